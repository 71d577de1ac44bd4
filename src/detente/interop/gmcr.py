"""Cases of GMCR+ and gmcr-py: a `.gmcr` file as the values of a `situation.yaml`.

One door checks both: what is read here goes on to the same checks as a file written by hand.

References
----------
[KinsaraPetersonsHipelKilgour2015]
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import reduce
from itertools import chain
from typing import TYPE_CHECKING, Any

import numpy as np
import yaml

from detente.case.expression import RESERVED
from detente.errors import InputError
from detente.interop.gmcr_model import Fault, read_model, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from detente.interop.gmcr_model import DecisionMaker, Model, Pattern

__all__ = ["gmcr_to_yaml", "read_gmcr"]

# Where states are numbered: states times infeasible patterns, and feasible states.
MOST_COMPARISONS = 2**30
MOST_RANKED = 1_000_000  # a file of 2 MB cannot rank more


@dataclass(frozen=True)
class Names:
    """The names under which decision makers and options go on."""

    actors: tuple[str, ...]
    """By the decision maker's place in the file."""
    options: tuple[str, ...]
    """`actor.option`, by option number."""


def read_gmcr(path: Path) -> tuple[dict[str, Any], tuple[str, ...]]:
    """The values of a `situation.yaml` that says the same, and what it leaves out.

    Parameters
    ----------
    path
        A `.gmcr` file.

    Returns
    -------
    situation : dict
        The sections of a case; its scalars are text. A state's code follows the option numbers of
        the file: its first character is option 0.
    remarks : tuple of str
        One for each thing that was left out.

    Raises
    ------
    InputError
        If the file is not a `.gmcr` file, or contradicts itself; with the place and a cure.
    """
    try:
        model = read_model(path)
        return situation(path.stem, model), model.remarks
    except Fault as fault:
        raise InputError(f"{path}: {fault}") from None


def gmcr_to_yaml(path: Path) -> str:
    """The `situation.yaml` to go on with: what a `.gmcr` file says, and what it does not.

    Parameters
    ----------
    path
        A `.gmcr` file.

    Raises
    ------
    InputError
        As for `read_gmcr`.
    """
    values, remarks = read_gmcr(path)
    head = {key: values.pop(key) for key in ("detente", "id", "title")}
    parts = [head | {"detente": 1}, *({section: value} for section, value in values.items())]
    return "\n".join([comments(remarks), *map(dumped, parts)])


class Dumper(yaml.SafeDumper):
    """Lists stand below their key, not beside it."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


def dumped(part: dict[str, Any]) -> str:
    """A part of the case in YAML; what is innermost stands on one line."""
    flow = None if any(isinstance(value, dict | list) for value in part.values()) else False
    return yaml.dump(
        part, Dumper=Dumper, sort_keys=False, allow_unicode=True, default_flow_style=flow, width=95
    )


def comments(remarks: Sequence[str]) -> str:
    """What to know before going on."""
    lines = [
        "Imported from a .gmcr file, which holds neither sources nor a status quo: give each item",
        "`evidence` or an `assumption`, and say in `status_quo` where things stand.",
        *(f"Note: {remark}." for remark in remarks),
    ]
    return "".join(f"# {line}\n" for line in lines)


# -------------------------------------------------------------------------------------- situation


def situation(stem: str, model: Model) -> dict[str, Any]:
    """The values of a `situation.yaml`."""
    names = names_of(model)
    options = option_entries(model, names)
    file_order = [f"{actor}.{option}" for actor, own in options.items() for option in own]
    values: dict[str, Any] = {
        "detente": "1",
        "id": snake_case(stem) or "imported",
        "title": stem if stem.isprintable() else "imported",
        "actors": {
            actor: {"name": maker.name or actor}
            for actor, maker in zip(names.actors, model.decision_makers, strict=True)
        },
        "options": options,
    }
    if file_order != list(names.options):
        values["option_order"] = list(names.options)
    if model.infeasible:
        values["infeasible"] = [{"when": formula(rule, names)} for rule in model.infeasible]
    return values | {"preferences": preferences(model, names)}


def option_entries(model: Model, names: Names) -> dict[str, dict[str, dict[str, str]]]:
    """The options of each actor that has any, in the order of the decision makers."""
    entries: dict[str, dict[str, dict[str, str]]] = {actor: {} for actor in names.actors}
    for option_id, option in zip(names.options, model.options, strict=True):
        actor, _, name = option_id.partition(".")
        moves = {} if option.moves == "both" else {"moves": option.moves}
        entries[actor][name] = {"label": option.name or name} | moves
    return {actor: own for actor, own in entries.items() if own}


def preferences(model: Model, names: Names) -> dict[str, Any]:
    """What each decision maker with options wants."""
    deciders = {
        actor: maker
        for actor, maker in zip(names.actors, model.decision_makers, strict=True)
        if maker.options
    }
    if model.rankings_decide:
        states = feasible_states(model)
        return {
            actor: {"ranking": ranking(maker, states, len(model.options))}
            for actor, maker in deciders.items()
        }
    return {
        actor: [{"prefer": formula(statement, names)} for statement in maker.statements]
        for actor, maker in deciders.items()
    }


def ranking(maker: DecisionMaker, states: NDArray[np.intp], options: int) -> list[str | list[str]]:
    """State numbers, counted from 1 among the feasible states, as codes."""
    for number in chain.from_iterable(maker.ranking):
        if type(number) is not int or not 1 <= number <= states.size:
            what = f"decision maker {shown(maker.name)}: {shown(number)} is no feasible state"
            raise Fault(what, f"feasible states go from 1 to {states.size}")
    classes = [[code(states[number - 1], options) for number in tied] for tied in maker.ranking]
    return [tied[0] if len(tied) == 1 else tied for tied in classes]


def formula(rule: Pattern, names: Names) -> str:
    """The pattern in the language of expressions."""
    members = [
        " and ".join(("" if taken else "not ") + names.options[k] for k, taken in member)
        for member in rule
    ]
    if len(members) == 1:
        return members[0]
    return " or ".join(f"({text})" if " and " in text else text for text in members)


def feasible_states(model: Model) -> NDArray[np.intp]:
    """The decimals of the feasible states, in the order in which the file numbers them.

    A state's decimal is the sum of 2^k over the options k taken: the last option is the first axis.
    """
    shape = (2,) * len(model.options)
    ruled_out = set(chain.from_iterable(model.infeasible))
    if 2 ** len(shape) * (1 + len(ruled_out)) > MOST_COMPARISONS:
        what = f"{len(shape)} options and {len(ruled_out)} infeasible patterns"
        raise Fault(f"{what} are too many to number the states", "let statements decide instead")
    taken = np.indices(shape, dtype=np.bool_, sparse=True)[::-1]
    feasible = np.ones(shape, dtype=np.bool_)
    for conjunction in ruled_out:
        feasible &= ~reduce(np.logical_and, (taken[k] == yes for k, yes in conjunction))
    if (count := np.count_nonzero(feasible)) > MOST_RANKED:
        raise Fault(f"{count:,} states are too many to rank", "let statements decide instead")
    return np.flatnonzero(feasible)


def code(decimal: int, options: int) -> str:
    """A state's code: the lowest bit, option 0, comes first."""
    return f"{decimal:0{options}b}"[::-1]


# ------------------------------------------------------------------------------------------ names


def names_of(model: Model) -> Names:
    """Names that expressions can use, each only once."""
    actors = tuple(unique((maker.name for maker in model.decision_makers), "actor"))
    ids: dict[int, str] = {}
    for actor, maker in zip(actors, model.decision_makers, strict=True):
        words = unique((model.options[k].name for k in maker.options), "option")
        ids |= {k: f"{actor}.{word}" for k, word in zip(maker.options, words, strict=True)}
    return Names(actors, tuple(ids[k] for k in range(len(model.options))))


def unique(names: Iterable[str], kind: str) -> Iterator[str]:
    """The names in snake case; a number is added where one is taken already."""
    taken = set(RESERVED)
    for k, name in enumerate(names):
        word = snake_case(name) or f"{kind}_{k + 1}"
        free, count = word, 1
        while free in taken:
            count += 1
            free = f"{word}_{count}"
        taken.add(free)
        yield free


def snake_case(name: str) -> str:
    """Letters and digits of the name, accents dropped; empty where no letter begins it."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    word = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")
    return word if word[:1].isalpha() else ""
