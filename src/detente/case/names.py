"""Every name in a case against what it may refer to, in one pass over the file.

Two tables say which fields hold expressions and which hold names. They are read off the file as it
stands, not off the checked model, so that a misspelt field in one place does not hide a misspelt
name in another.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from detente.case.document import Document, Route
from detente.case.expression import (
    RESERVED,
    Expression,
    ExpressionError,
    Names,
    expression,
    suggestion,
)
from detente.case.problems import Problem

__all__ = ["Resolved", "resolve_names"]

Wanted = Literal["truth", "any", "future"]
"""A truth value over states, anything, or a truth value over uncertainties alone."""

FORMULAS: Mapping[str, Wanted] = {
    "infeasible.#.when": "truth",
    "indicators.*.formula": "any",
    "goals.#.test": "truth",
    "claims.*.test.expect": "truth",
    "claims.*.test.state": "truth",
    **{
        f"{list_of}.{field}": wanted
        for list_of in ("preferences.*", "views.*.*")
        for field, wanted in {
            "#.prefer": "truth",
            "#.when": "future",
            "#.any_order.#.prefer": "truth",
            "#.any_order.#.when": "future",
            "utility": "any",
        }.items()
    },
}

NAMES: Mapping[str, str] = {
    "focus": "actors",
    "recommendation.strategy": "strategies",
    "recommendation.rests_on.#": "claims",
    "arrangements.*.parties.#": "actors",
    "commitments.*.parties.#": "actors",
    "commitments.*.predecessor": "commitments",
    "options.*.*.enacts.*.join": "arrangements",
    "options.*.*.enacts.*.leave": "arrangements",
    "option_order.#": "option ids",
    "claims.*.rests_on.#": "claims",
    "claims.*.test.for": "actors",
    "claims.*.test.because": "actors",
    "claims.*.test.actor": "actors",
    "claims.*.test.with": "arrangements",
    "claims.*.test.without": "arrangements",
    "claims.*.test.commitment": "commitments",
    "capabilities.*.arrangements.#": "arrangements",
    "capabilities.*.actors.#": "actors",
    "precedents.*.actor": "actors",
    "precedents.*.target": "actors",
}
"""Fields that hold a name -> the section it must stand in."""

KEYS: Mapping[str, str] = {
    "options.*": "actors",
    "preferences.*": "actors",
    "views.*.*": "actors",
}
"""Mappings whose keys are names of another section."""

LEVELS = (
    "status_quo",
    "strategies.*",
    "claims.*.test.commit",
    "claims.*.test.against",
    "claims.*.test.under",
)
"""Mappings from options to levels; in tests a strategy's name may stand instead."""


@dataclass(frozen=True)
class Resolved:
    """The expressions of a case by where they stand, and what was wrong with its names."""

    expressions: Mapping[Route, Expression]
    problems: tuple[Problem, ...]


def resolve_names(document: Document) -> Resolved:
    """Check every name and read every expression."""
    return Checker(document).resolved()


class Checker:
    """Gathers what is wrong with the names of one document."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.problems: list[Problem] = []
        self.levels = dict(written_levels(document.value))
        self.names = Names(
            {id: levels for id, levels in self.levels.items() if levels},
            dict(written_uncertainties(document.value)),
            {
                route[1]: formula
                for route, formula in at(document.value, "indicators.*.formula")
                if isinstance(formula, str) and isinstance(route[1], str)
            },
            excused=self.unreadable(),
        )

    def unreadable(self) -> Iterable[str]:
        """Options and indicators that stand in the file but could not be understood."""
        yield from (id for id, levels in self.levels.items() if not levels)
        yield from (str(route[-1]) for route, _ in at(self.document.value, "indicators.*"))
        yield from (str(route[-1]) for route, _ in at(self.document.value, "uncertainties.*"))

    def resolved(self) -> Resolved:
        expressions = dict(self.expressions())
        self.check_definitions()
        self.check_names()
        self.check_levels()
        self.check_tests()
        return Resolved(expressions, tuple(self.problems))

    def problem(
        self, route: Route, message: str, hint: str | None = None, *, key: bool = False
    ) -> None:
        at = self.document.named(route[:-1] if key else route)
        self.problems.append(Problem(self.document.place(route, key=key), message, at, hint))

    # ------------------------------------------------------------------------------ expressions

    def expressions(self) -> Iterator[tuple[Route, Expression]]:
        for pattern, wanted in FORMULAS.items():
            for route, text in at(self.document.value, pattern):
                if not isinstance(text, str) or self.is_code(route, text):
                    continue
                try:
                    read = expression(text, self.names, truth=wanted != "any")
                except ExpressionError as error:
                    self.report(route, error)
                    continue
                if wanted == "future" and read.options:
                    first = min(read.options)
                    self.problem(
                        route, f"`when` may name uncertainties only, not the option `{first}`"
                    )
                yield route, read

    def is_code(self, route: Route, text: str) -> bool:
        """A stability test's `state` may be a code, which is no expression."""
        return (
            route[-1] == "state"
            and "." not in text
            and text.isalnum()
            and text not in self.names.formulas
        )

    def report(self, route: Route, error: ExpressionError) -> None:
        place = self.document.place(route)
        for fault in error.faults:
            here = place.within(fault.start, fault.end) if fault.end else place
            self.problems.append(
                Problem(here, fault.message, self.document.named(route), fault.hint)
            )

    # ------------------------------------------------------------------------------------ names

    def check_definitions(self) -> None:
        """Names that could not be used in an expression, or would mean two things."""
        sections = ("actors.*", "options.*.*", "uncertainties.*", "indicators.*")
        seen: dict[str, Route] = {}
        for pattern in sections:
            for route, _ in at(self.document.value, pattern):
                name = str(route[-1])
                if name in RESERVED:
                    self.problem(
                        route,
                        f"`{name}` is a word of the expression language",
                        "choose another name",
                        key=True,
                    )
                if pattern in ("uncertainties.*", "indicators.*"):
                    if name in seen:
                        self.problem(
                            route,
                            f"`{name}` is also one of {seen[name][0]}",
                            "choose another name",
                            key=True,
                        )
                    seen[name] = route

    def check_names(self) -> None:
        for pattern, section in NAMES.items():
            for route, name in at(self.document.value, pattern):
                self.check_name(route, name, section)
        for pattern, section in KEYS.items():
            for route, _ in at(self.document.value, pattern):
                self.check_name(route, route[-1], section, key=True)
        for route, source in sources_cited(self.document.value):
            self.check_name(route, source, "sources")

    def check_name(self, route: Route, name: Any, section: str, *, key: bool = False) -> None:
        known = self.known(section)
        if isinstance(name, str) and name not in known:
            one = {"option ids": "option", "strategies": "strategy", "capabilities": "capability"}
            word = one.get(section, section.removesuffix("s"))
            self.problem(
                route,
                f"unknown {word} `{name}`",
                suggestion(name, known) or listing(known),
                key=key,
            )

    def known(self, section: str) -> list[str]:
        if section == "option ids":
            return list(self.levels)
        if section == "goals":
            return [id for _, id in at(self.document.value, "goals.#.id") if isinstance(id, str)]
        value = self.document.value
        found = value.get(section) if isinstance(value, dict) else None
        return list(found) if isinstance(found, dict) else []

    def check_levels(self) -> None:
        for pattern in LEVELS:
            for route, fixed in at(self.document.value, pattern):
                if isinstance(fixed, str) and pattern.startswith("claims"):
                    if not self.is_date(route):
                        self.check_name(route, fixed, "strategies")
                elif isinstance(fixed, dict):
                    self.check_fixed(route, fixed)
        for route, _ in at(self.document.value, "options.*.*.enacts.*"):
            self.check_level(
                (*route[:-1], route[-1]), f"{route[1]}.{route[2]}", route[-1], key=True
            )

    def is_date(self, route: Route) -> bool:
        """What `against` holds in a test of positions."""
        test = follow(self.document.value, route[:-1])
        return isinstance(test, dict) and test.get("kind") == "position"

    def check_fixed(self, route: Route, fixed: Mapping[str, Any]) -> None:
        for option, level in fixed.items():
            if route[0] == "strategies" and "." not in option:
                continue  # `says` and the like
            if option not in self.levels:
                hint = suggestion(option, self.levels) or listing(self.levels)
                self.problem((*route, option), f"unknown option `{option}`", hint, key=True)
            else:
                self.check_level((*route, option), option, level)

    def check_level(self, route: Route, option: str, level: Any, *, key: bool = False) -> None:
        levels = self.levels.get(option) or ()
        if isinstance(level, str) and levels and level not in levels:
            hint = suggestion(level, levels) or f"one of {', '.join(levels)}"
            self.problem(route, f"`{level}` is not a level of `{option}`", hint, key=key)

    def check_tests(self) -> None:
        """`of` in a comparison: a goal, or the best or worst outcome of an actor."""
        for route, of in at(self.document.value, "claims.*.test.of"):
            test = follow(self.document.value, route[:-1])
            if (
                not isinstance(of, str)
                or not isinstance(test, dict)
                or test.get("kind") != "compare"
            ):
                continue
            bound, bracket, actor = of.partition("(")
            if bracket and bound in ("best", "worst") and actor.endswith(")"):
                self.check_name(route, actor.removesuffix(")"), "actors")
            elif bracket:
                self.problem(route, f"`{of}` is neither a goal nor `best(actor)` or `worst(actor)`")
            else:
                self.check_name(route, of, "goals")


# ------------------------------------------------------------------------ the file as it stands


def at(value: Any, pattern: str) -> Iterator[tuple[Route, Any]]:
    """The values a pattern leads to: `*` is any key, `#` any index."""
    found: list[tuple[Route, Any]] = [((), value)]
    for step in pattern.split("."):
        found = [
            ((*route, key), inner) for route, outer in found for key, inner in steps(outer, step)
        ]
    yield from found


def steps(value: Any, step: str) -> Iterable[tuple[str | int, Any]]:
    if step == "#":
        return enumerate(value) if isinstance(value, list) else ()
    if not isinstance(value, dict):
        return ()
    if step == "*":
        return value.items()
    return [(step, value[step])] if step in value else ()


def follow(value: Any, route: Route) -> Any:
    for step in route:
        value = value[step]
    return value


def sources_cited(value: Any, route: Route = ()) -> Iterator[tuple[Route, Any]]:
    """The source of every piece of evidence, wherever it stands."""
    items: Iterable[tuple[str | int, Any]] = ()
    if isinstance(value, dict):
        items = value.items()
        if route and isinstance(route[-1], int) and route[-2] == "evidence" and "source" in value:
            yield (*route, "source"), value["source"]
    elif isinstance(value, list):
        items = enumerate(value)
    for key, inner in items:
        yield from sources_cited(inner, (*route, key))


def written_levels(value: Any) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each option id with its levels; none where they could not be understood."""
    for (_, actor, name), entry in at(value, "options.*.*"):
        levels = entry.get("levels", ["no", "yes"]) if isinstance(entry, dict) else None
        levels = ["no", "yes"] if entry is None else levels
        is_readable = isinstance(levels, list | dict) and all(
            isinstance(level, str) for level in levels
        )
        yield f"{actor}.{name}", tuple(levels) if is_readable and levels is not None else ()


def written_uncertainties(value: Any) -> Iterator[tuple[str, tuple[str, ...] | None]]:
    """Each uncertainty with its values: `()` an event, None a number."""
    for route, entry in at(value, "uncertainties.*"):
        if not isinstance(entry, dict) or not isinstance(entry.get("kind"), str):
            continue
        weights = entry.get("weights")
        if entry["kind"] == "event":
            yield str(route[-1]), ()
        elif entry["kind"] == "choice":
            yield str(route[-1]), tuple(weights) if isinstance(weights, dict) else None
        else:
            yield str(route[-1]), None


def listing(known: Iterable[str]) -> str | None:
    """The known names, where there are few."""
    names = list(known)
    return f"known: {', '.join(names)}" if 0 < len(names) <= 8 else None
