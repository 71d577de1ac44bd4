"""What a `.gmcr` file of GMCR+ or gmcr-py holds, checked and frozen.

The file is one JSON object: binary options by number, decision makers who own them, patterns of
infeasible states, and preferences as prioritised statements or as rankings of state numbers.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

__all__ = ["DecisionMaker", "Fault", "Model", "Option", "Pattern", "read_model", "shown"]

LARGEST = 2_000_000  # bytes
MOST_NAMED = 200  # options, and decision makers
MOST_PATTERNS = 5_000  # infeasible patterns, and statements of one decision maker

MOVES = {"both": "both", "fwd": "up", "back": "down"}
RANKINGS = ("preferenceRanking", "preferenceVector")
RANKINGS_DECIDE = ("useManualPreferenceRanking", "useManualPreferenceVectors")
COALITIONS = ("coalitions", "coalitionsFull")

# Read, or derived from what is read, or only saying where the file comes from.
MODEL_KEYS = {"options", "decisionMakers", "infeasibles", "misperceptions", "payoffs"}
MODEL_KEYS |= {"program", "version", *RANKINGS_DECIDE, *COALITIONS}
MAKER_KEYS = {"name", "options", "preferences", "misperceptions", "payoffs", *RANKINGS}
OPTION_KEYS = {"name", "permittedDirection"}

SAVE_AGAIN = "save the model from GMCR+ or gmcr-py again"

Json = dict[str, Any]
Conjunction = tuple[tuple[int, bool], ...]
"""Options by number, each taken or not; all must be so."""
Pattern = tuple[Conjunction, ...]
"""True of a state if any of its conjunctions is."""


class Fault(Exception):
    """What is wrong with the file, and how to mend it."""

    def __init__(self, message: str, cure: str) -> None:
        super().__init__(f"{message}\n  {cure}")


@dataclass(frozen=True)
class Option:
    """A binary option."""

    name: str
    moves: str
    """`both`; `up` if it may only be taken; `down` if it may only be dropped."""


@dataclass(frozen=True)
class DecisionMaker:
    """A decision maker with the preferences that decide."""

    name: str
    options: tuple[int, ...]
    statements: tuple[Pattern, ...]
    """Most important first; empty where rankings decide."""
    ranking: tuple[tuple[int, ...], ...]
    """State numbers, the best class first; empty where statements decide."""


@dataclass(frozen=True)
class Model:
    """The conflict that a file describes."""

    options: tuple[Option, ...]
    decision_makers: tuple[DecisionMaker, ...]
    infeasible: tuple[Pattern, ...]
    rankings_decide: bool
    remarks: tuple[str, ...]
    """What the file says beyond that."""


def read_model(path: Path) -> Model:
    """Read and check a file.

    Raises
    ------
    Fault
        With the first thing that is wrong.
    """
    content = json_object(path)
    options = objects(content, "options")
    makers = objects(content, "decisionMakers")
    rankings_decide = any(content.get(key) for key in RANKINGS_DECIDE)
    model = Model(
        options=tuple(option(entry, f"options[{k}]") for k, entry in enumerate(options)),
        decision_makers=tuple(
            decision_maker(entry, len(options), rankings_decide) for entry in makers
        ),
        infeasible=patterns(content, "infeasibles", len(options)),
        rankings_decide=rankings_decide,
        remarks=tuple(remarks(content, makers, options)),
    )
    check_owners(model)
    return model


def option(entry: Json, at: str) -> Option:
    direction = entry.get("permittedDirection", "both")
    if not isinstance(direction, str) or direction not in MOVES:
        raise Fault(f"{at}: unknown direction {shown(direction)}", f"one of {', '.join(MOVES)}")
    return Option(printable(entry["name"]), MOVES[direction])


def decision_maker(entry: Json, options: int, rankings_decide: bool) -> DecisionMaker:
    at = f"decision maker {shown(entry['name'])}: "
    owned = [number(k, options, f"{at}options") for k in listed(entry, "options", at)]
    return DecisionMaker(
        printable(entry["name"]),
        tuple(owned),
        () if rankings_decide else patterns(entry, "preferences", options, at),
        ranking(entry, at) if rankings_decide and owned else (),
    )


def ranking(entry: Json, at: str) -> tuple[tuple[int, ...], ...]:
    key = next((key for key in RANKINGS if key in entry), RANKINGS[0])
    return tuple(
        tuple(place) if isinstance(place, list) else (place,) for place in listed(entry, key, at)
    )


def check_owners(model: Model) -> None:
    owners = Counter(chain.from_iterable(maker.options for maker in model.decision_makers))
    for k, option in enumerate(model.options):
        if owners[k] != 1:
            what = f"option {k} {shown(option.name)} is listed by decision makers {owners[k]} times"
            raise Fault(what, "list it once")


# --------------------------------------------------------------------------------------- patterns


def patterns(of: Json, key: str, options: int, at: str = "") -> tuple[Pattern, ...]:
    """The patterns under a key; older files lack the key where there are none."""
    found = [] if of.get(key) is None else few(listed(of, key, at), MOST_PATTERNS, f"{at}`{key}`")
    return tuple(pattern(entry, options, f"{at}{key}[{k}]") for k, entry in enumerate(found))


def pattern(entry: object, options: int, at: str) -> Pattern:
    """A conjunction, or a compound that is true if any of its members is."""
    members = entry.get("members") if isinstance(entry, dict) else [entry]
    if not isinstance(members, list) or not members:
        raise Fault(f"{at}: expected `members`, a list that is not empty", SAVE_AGAIN)
    return tuple(conjunction(member, options, at) for member in members)


def conjunction(entry: object, options: int, at: str) -> Conjunction:
    if not isinstance(entry, list) or not entry:
        raise Fault(f"{at}: expected options with Y or N", 'write it as [[0, "Y"], [2, "N"]]')
    return tuple(literal(pair, options, at) for pair in entry)


def literal(pair: object, options: int, at: str) -> tuple[int, bool]:
    if not isinstance(pair, list) or len(pair) != 2 or pair[1] not in ("Y", "N"):
        raise Fault(f"{at}: expected an option with Y or N", 'write it as [0, "Y"]')
    return number(pair[0], options, at), pair[1] == "Y"


def number(entry: object, options: int, at: str) -> int:
    if type(entry) is not int or not 0 <= entry < options:
        raise Fault(f"{at}: {shown(entry)} is no option", f"options go from 0 to {options - 1}")
    return entry


# ------------------------------------------------------------------------------------------- JSON


def json_object(path: Path) -> Json:
    """The object that a file holds."""
    try:
        content = json.loads(few_bytes(path).decode("utf-8-sig"))
    except OSError as error:
        raise Fault(f"cannot be read: {error.strerror}", "check the path") from None
    except RecursionError:
        raise Fault("nested too deeply: not read", SAVE_AGAIN) from None
    except json.JSONDecodeError as error:
        raise Fault(f"not JSON: {error.msg} in line {error.lineno}", SAVE_AGAIN) from None
    except ValueError:  # not UTF-8, or a number of thousands of digits
        raise Fault("not JSON", SAVE_AGAIN) from None
    if not isinstance(content, dict):
        raise Fault(f"expected an object, got {shown(content)}", SAVE_AGAIN)
    return content


def few_bytes(path: Path) -> bytes:
    if path.stat().st_size > LARGEST:
        limit = f"{LARGEST // 1_000_000} MB"
        raise Fault(f"larger than {limit}: not read", "delete `payoffs`: they are derived")
    return path.read_bytes()


def listed(of: Json, key: str, at: str = "") -> list[Any]:
    """The list under a key that must be there."""
    if key not in of:
        raise Fault(f"{at}`{key}` is missing", SAVE_AGAIN)
    found = of[key]
    if not isinstance(found, list):
        raise Fault(f"{at}`{key}`: expected a list, got {shown(found)}", SAVE_AGAIN)
    return found


def objects(of: Json, key: str) -> list[Json]:
    """The objects under a key, each with a name."""
    found = few(listed(of, key), MOST_NAMED, f"`{key}`")
    for k, entry in enumerate(found):
        if not isinstance(entry, dict) or not isinstance(entry.get("name"), str):
            raise Fault(f"{key}[{k}]: expected an object with a `name`", SAVE_AGAIN)
    if not found:
        raise Fault(f"`{key}` is empty", "a conflict needs at least one")
    return found


def few(found: list[Any], most: int, what: str) -> list[Any]:
    if len(found) > most:
        raise Fault(f"{what} has {len(found):,} entries", f"at most {most:,} are read")
    return found


def shown(value: object) -> str:
    """What stands in the file, in a few characters."""
    if isinstance(value, list | dict):
        return "a list" if isinstance(value, list) else "an object"
    text = printable(value if isinstance(value, str) else json.dumps(value))
    return f"`{text if len(text) <= 40 else text[:39] + '…'}`"


def printable(text: str) -> str:
    """The text on one line, without characters that cannot be shown."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


# ---------------------------------------------------------------------------------------- remarks


def remarks(content: Json, makers: Sequence[Json], options: Sequence[Json]) -> Iterator[str]:
    """What the file says that a situation does not take over."""
    if any(entry.get("misperceptions") for entry in (content, *makers)):
        yield "misperceptions are left out: every actor sees every state"
    if any(is_joint(entry) for key in COALITIONS for entry in entries(content.get(key))):
        yield "coalitions are left out: every actor decides for itself"
    for maker in makers:
        if not maker.get("options"):
            yield f"{shown(maker['name'])} has no options: its preferences are left out"
    for where, holders, known in (
        ("", [content], MODEL_KEYS),
        (" of decision makers", makers, MAKER_KEYS),
        (" of options", options, OPTION_KEYS),
    ):
        for key in dict.fromkeys(chain.from_iterable(holders)):
            if key not in known:
                yield f"unknown key {shown(key)}{where} is left out"


def entries(coalitions: object) -> list[Any]:
    return coalitions if isinstance(coalitions, list) else []


def is_joint(entry: object) -> bool:
    """Whether an entry of the coalitions joins several decision makers."""
    return isinstance(entry, list | dict) and len(entry) > 1
