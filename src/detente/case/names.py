"""Every name in a case against what it may refer to, in one pass over the file.

Tables say which fields hold expressions and which hold names. They are read off the file as it
stands, not off the checked model, so that a misspelt field in one place does not hide a misspelt
name in another.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from detente.case import states
from detente.case.expression import Expression, ExpressionError, expression
from detente.case.format.parts import CHANGE, NAME, OPTION
from detente.case.known import Known
from detente.case.parse import CONNECTIVES
from detente.case.problems import DidYouMean, Problem
from detente.case.resolve import RESERVED
from detente.case.routes import evidence, matching

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from detente.case.document import Document, Route, Value

__all__ = ["Resolved", "resolve_names"]

Wanted = Literal["truth", "number"] | None

LISTS = (
    "preferences.*", "views.*.*", "perceptions.*.preferences.*",
    "perceptions.*.perceptions.*.preferences.*",
)  # fmt: skip
"""Where what an actor wants may stand."""

STATEMENTS = tuple(f"{listed}.{item}" for listed in LISTS for item in ("#", "#.any_order.#"))

FORMULAS: Mapping[str, Wanted] = {
    "infeasible.#.when": "truth",
    "same_when.#.when": "truth",
    "states.#.when": "truth",
    "indicators.*.formula": None,
    "goals.#.test": "truth",
    "claims.*.test.expect": "truth",
    "claims.*.test.state": "truth",
    "strategies.*.then.#.if": "truth",
    **{f"{listed}.utility": "number" for listed in LISTS},
    **{f"{statement}.{field}": "truth" for statement in STATEMENTS for field in ("prefer", "when")},
}
"""Fields that hold an expression -> what is asked for."""

NAMES: Mapping[str, str] = {
    "focus": "decision maker",
    "recommendation.strategy": "strategy",
    "recommendation.rests_on.#": "claim",
    "arrangements.*.parties.#": "actor",
    "commands.*.actors.#": "actor",
    "commands.*.under.#.command": "command",
    "commitments.*.parties.#": "actor",
    "commitments.*.predecessor": "commitment",
    "commitments.*.wordings.#.parties.#": "actor",
    "events.*.actors.#": "actor",
    "options.*.*.enacts.*.join": "arrangement",
    "options.*.*.enacts.*.leave": "arrangement",
    "option_order.#": "option",
    "one_step.#": "decision maker",
    "one_step": "decision maker",
    "perceptions.*.unaware.#": "option",
    "perceptions.*.perceptions.*.unaware.#": "option",
    "signals.*.sender": "decision maker",
    "signals.*.receiver": "decision maker",
    "indicators.*.network.actor": "actor",
    "indicators.*.network.layer": "layer",
    "claims.*.rests_on.#": "claim",
    "claims.*.test.for": "decision maker",
    "claims.*.test.for.#": "decision maker",
    "claims.*.test.seen_by": "perception",
    "claims.*.test.signal": "signal",
    "claims.*.test.because": "decision maker",
    "claims.*.test.actor": "actor",
    "claims.*.test.layer": "layer",
    "claims.*.test.than.#": "actor",
    "claims.*.test.commitment": "commitment",
    "claims.*.test.commitments.#": "commitment",
    "claims.*.test.party": "actor",
    "tasks.*.actor": "actor",
    "capabilities.*.arrangements.#": "arrangement",
    "capabilities.*.actors.#": "actor",
    "capabilities.*.tasks.#": "task",
    "correlations.#.between.#": "factor",
    "precedents.*.actor": "actor",
    "precedents.*.target": "actor",
    "aftermath.arrangements.*.parties.#": "actor",
    "aftermath.commands.*.actors.#": "actor",
    "aftermath.commands.*.under.#.command": "command",
    "aftermath.events.*.actors.#": "actor",
    "aftermath.precedents.*.actor": "actor",
    "aftermath.precedents.*.target": "actor",
}
"""Fields that hold a name -> what it names."""

KEYS: Mapping[str, str] = {
    "options.*": "actor",
    "arcs.*": "actor",
    "frozen.*": "option",
    "preferences.*": "actor",
    "perceptions.*": "decision maker",
    "perceptions.*.preferences.*": "decision maker",
    "perceptions.*.perceptions.*": "decision maker",
    "perceptions.*.perceptions.*.preferences.*": "decision maker",
    "signals.*.commit.*": "option",
    "views.*.*": "actor",
    "status_quo.*": "option",
    "claims.*.test.commit.*": "option",
    "claims.*.test.against.*": "option",
    "claims.*.test.under.*": "option",
    "strategies.*.commit.*": "option",
    "strategies.*.then.#.commit.*": "option",
    "aftermath.commitments.*": "commitment",
    "aftermath.resolved.*": "factor",
    "aftermath.forecasts.*": "claim",
}
"""Mappings whose keys are names -> what they name."""

LEVELS = (
    "status_quo.*",
    "frozen.*",
    "strategies.*.*",
    "strategies.*.commit.*",
    "strategies.*.then.#.commit.*",
    "signals.*.commit.*",
    "claims.*.test.commit.*",
    "claims.*.test.against.*",
    "claims.*.test.under.*",
)
"""Where an option's name leads to one of its levels."""

CHANGES = (
    "claims.*.test.with", "claims.*.test.with.#", "claims.*.test.without",
    "claims.*.test.without.#",
)  # fmt: skip
"""Fields that name an arrangement, or one of its parties: `aukus:jpn`."""

STRATEGIES = ("claims.*.test.commit", "claims.*.test.against", "claims.*.test.under")
"""Where a strategy's name may stand instead of options at levels."""


OVER_STATES = ("infeasible", "same_when", "states")
"""Sections in which `when` speaks about states, and not about what nobody knows."""

BOUND = re.compile(r"(?:best|worst)\(([A-Za-z][A-Za-z0-9_]*)\)")
"""The best or worst outcome of an actor, with which strategies are compared."""


@dataclass(frozen=True)
class Resolved:
    """The expressions of a case by where they stand, and what was wrong with its names."""

    expressions: Mapping[Route, Expression]
    problems: tuple[Problem, ...]


def resolve_names(document: Document) -> Resolved:
    """Check every name and read every expression."""
    checker = Checker(document)
    expressions = dict(checker.expressions())
    checker.check_circles()
    checker.check_definitions()
    checker.check_names()
    checker.check_changes()
    checker.check_strategies()
    checker.check_levels()
    checker.check_outcomes()
    checker.check_option_order()
    return Resolved(expressions, tuple(checker.problems))


class Checker:
    """Gathers what is wrong with the names of one document."""

    def __init__(self, document: Document) -> None:
        self.document = document
        assert isinstance(document.value, dict)
        self.known = Known(document.value)
        self.problems: list[Problem] = []

    def problem(
        self, route: Route, message: str, hint: str | DidYouMean = "", *, key: bool = False
    ) -> None:
        at = self.document.named(route[:-1] if key else route)
        self.problems.append(Problem(self.document.place(route, key=key), message, at, hint))

    # ------------------------------------------------------------------------------ expressions

    def expressions(self) -> Iterator[tuple[Route, Expression]]:
        for pattern, wanted in FORMULAS.items():
            for route, text in matching(self.document.value, pattern):
                if not isinstance(text, str) or self.is_code(route, text):
                    continue
                try:
                    read = expression(text, self.known.names, wanted=wanted)
                except ExpressionError as error:
                    self.report(route, error)
                    continue
                if route[-1] == "when" and route[0] not in OVER_STATES:
                    self.check_condition(route, read)
                yield route, read
        for name, table in self.known.names.tables.items():
            yield ("indicators", name, "formula"), Expression(name, table, is_truth=False)

    def is_code(self, route: Route, text: str) -> bool:
        """A stability test's `state` may be a code, which is no expression."""
        if route[-1] != "state" or text in self.known.names:
            return False
        return states.looks_like_code(text, len(self.known.levels))

    def check_condition(self, route: Route, when: Expression) -> None:
        if when.options:
            named = f"the option `{min(when.options)}`"
            self.problem(route, f"a condition names uncertainties only, not {named}")

    def report(self, route: Route, error: ExpressionError) -> None:
        for fault in error.faults:
            place = self.document.within(route, fault.start, fault.end)
            at = self.document.named(route)
            self.problems.append(Problem(place, fault.message, at, fault.hint))

    def check_circles(self) -> None:
        for circle in self.known.names.circles:
            route: Route = ("indicators", circle[0], "formula")
            path = " → ".join([*circle, circle[0]])
            self.problem(route, f"`{circle[0]}` is defined by itself: {path}")

    # ------------------------------------------------------------------------------------ names

    def check_definitions(self) -> None:
        """Names that could not be used in an expression, or would mean two things."""
        defined_in: dict[str, str] = {}
        for route, name in self.known.bare_names():
            if name in RESERVED:
                self.refuse_word(route, name)
            section = str(route[0])
            if defined_in.setdefault(name, section) != section:
                message = f"`{name}` is also one of `{defined_in[name]}`"
                self.problem(route, message, "choose another name", key=True)
        for route, word in self.known.level_words():
            if word in CONNECTIVES:
                self.refuse_word(route, word)
        goals = Counter(self.known.texts("goals.#.id"))
        for route, goal in matching(self.document.value, "goals.#.id"):
            if isinstance(goal, str) and goals[goal] > 1:
                self.problem(route, f"several goals are called `{goal}`")

    def refuse_word(self, route: Route, word: str) -> None:
        message = f"`{word}` is a word of the expression language"
        self.problem(route, message, "choose another name", key=True)

    def check_names(self) -> None:
        for pattern, kind in NAMES.items():
            for route, name in matching(self.document.value, pattern):
                self.check_name(route, name, kind)
        for pattern, kind in KEYS.items():
            for route, _ in matching(self.document.value, pattern):
                self.check_name(route, route[-1], kind, key=True)
        for route, cited in evidence(self.document.value):
            if "source" in cited:
                self.check_name((*route, "source"), cited["source"], "source")

    def check_changes(self) -> None:
        for pattern in CHANGES:
            for route, change in matching(self.document.value, pattern):
                if isinstance(change, str) and re.match(CHANGE, change):
                    arrangement, _, party = change.partition(":")
                    self.check_name(route, arrangement, "arrangement")
                    self.check_name(route, party or None, "actor")

    def check_name(self, route: Route, name: object, kind: str, *, key: bool = False) -> None:
        known = self.known.of(kind)
        if known is None or not isinstance(name, str) or not is_well_formed(name, kind):
            return  # what is wrong is said elsewhere
        if name in known:
            return
        if kind == "decision maker" and name in (self.known.of("actor") or ()):
            message = f"`{name}` has no options: it decides nothing"
            self.problem(route, message, DidYouMean("", known), key=key)
        else:
            self.problem(route, f"unknown {kind} `{name}`", DidYouMean(name, known), key=key)

    def kind_of_test(self, route: Route) -> Value:
        test = self.document.value
        for step in route[:-1]:
            test = test[step]  # type: ignore[index]
        return test.get("kind") if isinstance(test, dict) else None

    def check_strategies(self) -> None:
        """Strategies by name where options at levels could stand."""
        for pattern in STRATEGIES:
            for route, fixed in matching(self.document.value, pattern):
                self.check_name(route, fixed, "strategy")

    def check_levels(self) -> None:
        for pattern in LEVELS:
            for route, level in matching(self.document.value, pattern):
                self.check_level(route, str(route[-1]), level)
        for route, _ in matching(self.document.value, "options.*.*.enacts.*"):
            self.check_level(route, f"{route[1]}.{route[2]}", route[-1], key=True)
        for route, _ in matching(self.document.value, "strategies.*.*"):
            if "." in str(route[-1]):  # else a field, like `says`
                self.check_name(route, route[-1], "option", key=True)

    def check_level(self, route: Route, option: str, level: object, *, key: bool = False) -> None:
        levels = self.known.levels.get(option, ())
        if isinstance(level, str) and levels and level not in levels:
            message = f"`{level}` is not a level of `{option}`"
            self.problem(route, message, DidYouMean(level, levels), key=key)

    def check_outcomes(self) -> None:
        """`of` in a comparison: a goal, or the best or worst outcome of an actor."""
        for route, of in matching(self.document.value, "claims.*.test.of"):
            if not isinstance(of, str) or self.kind_of_test(route) != "compare":
                continue
            if bound := BOUND.fullmatch(of):
                self.check_name(route, bound[1], "decision maker")
            elif "(" in of:
                self.problem(route, f"`{of}` is neither a goal nor `best(actor)` or `worst(actor)`")
            else:
                self.check_name(route, of, "goal")

    def check_option_order(self) -> None:
        order = Counter(str(name) for _, name in matching(self.document.value, "option_order.#"))
        missing = [option for option in self.known.levels if option not in order]
        twice = [option for option, times in order.items() if times > 1]
        if order and (missing or twice):
            what = f"`{missing[0]}` is missing" if missing else f"`{twice[0]}` stands twice"
            self.problem(("option_order",), f"every option stands here once: {what}", key=True)


def is_well_formed(name: str, kind: str) -> bool:
    """Whether the name can be one at all; if not, its field says so."""
    pattern = {"option": OPTION, "layer": "", "goal": ""}.get(kind, NAME)
    return re.match(pattern, name) is not None
