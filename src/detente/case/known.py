"""The names a case defines, read off the file as it stands."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from detente.case.resolve import Names
from detente.case.routes import matching
from detente.case.tree import Table

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from detente.case.document import Route, Value

__all__ = ["Known"]

DEFINED_IN = {
    "actor": "actors",
    "arrangement": "arrangements",
    "claim": "claims",
    "command": "commands",
    "commitment": "commitments",
    "decision maker": "options",
    "factor": "uncertainties",
    "goal": "goals",
    "layer": "arrangements",
    "option": "options",
    "perception": "perceptions",
    "signal": "signals",
    "source": "sources",
    "strategy": "strategies",
    "task": "tasks",
}
"""What can be named -> the section that defines it."""

IN_EXPRESSIONS = frozenset({"options", "uncertainties", "commitments", "indicators"})
REQUIRED = frozenset({"actors", "options"})
BINARY = ("no", "yes")


@dataclass(frozen=True)
class Known:
    """What a case defines; an item that cannot be read still has its name."""

    value: dict[str, Value]

    def of(self, kind: str) -> Collection[str] | None:
        """The names of everything of a kind; None where their section cannot be read."""
        return None if self.is_unreadable(DEFINED_IN[kind]) else self._by_kind[kind]

    def is_unreadable(self, section: str) -> bool:
        """Whether a section that defines names is missing, or is not what it should be."""
        written = self.value.get(section)
        if written is None:
            return section in REQUIRED
        return not isinstance(written, list if section == "goals" else dict)

    @cached_property
    def _by_kind(self) -> Mapping[str, Collection[str]]:
        kinds: dict[str, Collection[str]] = {
            kind: self.keys(f"{section}.*") for kind, section in DEFINED_IN.items()
        }
        return kinds | {
            "arrangement": self.keys("arrangements.*") | self.keys("aftermath.arrangements.*"),
            "command": self.keys("commands.*") | self.keys("aftermath.commands.*"),
            "option": self.levels,
            "decision maker": {option.partition(".")[0]: None for option in self.levels}
            | self.keys("arcs.*"),
            "factor": {name: None for name, _ in self.uncertainties()},
            "goal": dict.fromkeys(self.texts("goals.#.id")),
            "layer": dict.fromkeys(["all", *self.keys("layers.*"), *self.layers()]),
        }

    def layers(self) -> Iterator[str]:
        """The layers of arrangements and commitments."""
        for items in ("arrangements", "aftermath.arrangements", "commitments"):
            yield from self.texts(f"{items}.*.layer")
            yield from self.texts(f"{items}.*.layer.#")

    def keys(self, pattern: str) -> dict[str, None]:
        """The last keys of the routes that a pattern leads along."""
        return dict.fromkeys(str(route[-1]) for route, _ in matching(self.value, pattern))

    def texts(self, pattern: str) -> list[str]:
        """The texts a pattern leads to."""
        return [text for _, text in matching(self.value, pattern) if isinstance(text, str)]

    # ------------------------------------------------------------------- what expressions may name

    @cached_property
    def names(self) -> Names:
        """The names an expression may use; those that cannot be read are excused."""
        formulas = matching(self.value, "indicators.*.formula")
        return Names(
            {option: levels for option, levels in self.levels.items() if levels},
            dict(self.uncertainties()),
            {str(route[1]): formula for route, formula in formulas if isinstance(formula, str)},
            tables=dict(self.tables()),
            excused=Excused(self),
        )

    @cached_property
    def levels(self) -> dict[str, Sequence[str]]:
        """Each option with its levels; none where they cannot be read."""
        return {
            f"{route[1]}.{route[2]}": levels_of(entry)
            for route, entry in matching(self.value, "options.*.*")
        }

    def uncertainties(self) -> Iterator[tuple[str, Sequence[str] | None]]:
        """Each uncertainty with its values: `()` an event or an execution, None a number."""
        for route, entry in matching(self.value, "uncertainties.*"):
            written = entry if isinstance(entry, dict) else {}
            kind, weights = written.get("kind"), written.get("weights")
            if kind == "event":
                yield str(route[1]), ()
            elif isinstance(kind, str):
                yield str(route[1]), tuple(weights) if isinstance(weights, dict) else None
        for route, _ in matching(self.value, "commitments.*.executed"):
            yield str(route[1]), ()

    def tables(self) -> Iterator[tuple[str, Table]]:
        """Each indicator that measures the network, by the options that change its layer."""
        for route, written in matching(self.value, "indicators.*.network"):
            if isinstance(written, dict):
                layer = str(written.get("layer", "all"))
                yield str(route[1]), Table(str(route[1]), tuple(self.enacting(layer)))

    def enacting(self, layer: str) -> Iterator[str]:
        """The options with a level at which their actor joins or leaves something in a layer."""
        for option in self.levels:
            enacted = matching(self.value, f"options.{option}.enacts.*.*")
            if any(layer == "all" or layer in self.layers_of(each) for _, each in enacted):
                yield option

    def layers_of(self, arrangement: Value) -> Collection[str]:
        """The layer or layers of an arrangement, then and since."""
        there = f"arrangements.{arrangement}.layer"
        places = (there, f"{there}.#", f"aftermath.{there}", f"aftermath.{there}.#")
        return {layer for place in places for layer in self.texts(place)}

    # ---------------------------------------------------------------------------- what may clash

    def bare_names(self) -> Iterator[tuple[Route, str]]:
        """The names that stand in expressions without a dot."""
        for section in ("uncertainties", "indicators"):
            for route, _ in matching(self.value, f"{section}.*"):
                yield route, str(route[-1])
        for route, _ in matching(self.value, "commitments.*.executed"):
            yield route[:-1], str(route[1])

    def level_words(self) -> Iterator[tuple[Route, str]]:
        """The words with which options and choices are compared."""
        for pattern in ("options.*.*.levels.*", "uncertainties.*.weights.*"):
            for route, _ in matching(self.value, pattern):
                yield route, str(route[-1])
        for route, level in matching(self.value, "options.*.*.levels.#"):
            yield route, str(level)


class Excused(Container[str]):
    """The names that stand in a file, or could stand in a part of it that cannot be read."""

    def __init__(self, known: Known) -> None:
        self.everything = any(map(known.is_unreadable, IN_EXPRESSIONS))
        self.names = {*known.levels, *(name for _, name in known.bare_names())}
        self.actors = {
            route[1]
            for route, options in matching(known.value, "options.*")
            if not isinstance(options, dict)
        }

    def __contains__(self, name: object) -> bool:
        actor, dot, _ = str(name).partition(".")
        return self.everything or name in self.names or (bool(dot) and actor in self.actors)


def levels_of(entry: Value) -> Sequence[str]:
    levels = entry.get("levels") if isinstance(entry, dict) else None
    if levels is None:
        return BINARY
    is_readable = isinstance(levels, list | dict) and all(isinstance(w, str) for w in levels)
    return tuple(map(str, levels)) if is_readable else ()
