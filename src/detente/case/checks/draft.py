"""A situation under check: its states worked out once, and where everything stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from detente.case import states
from detente.case.format import Compare, Response
from detente.case.future import nominal
from detente.case.situation import Statements

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from detente.case.document import Document, Route
    from detente.case.problems import DidYouMean
    from detente.case.situation import (
        Infeasible,
        Levels,
        Option,
        Perception,
        Preference,
        Situation,
        Statement,
    )

__all__ = ["Committed", "Draft", "Finding", "option_route", "placed"]

Kind = TypeVar("Kind")


@dataclass(frozen=True)
class Finding:
    """What a check found, and where in the file."""

    route: Route
    message: str
    hint: str | DidYouMean = ""
    key: bool = False


@dataclass(frozen=True)
class Committed:
    """Options that are fixed together, and where."""

    route: Route
    levels: Levels
    before: Levels = field(default_factory=dict)
    """What an earlier step has fixed."""


@dataclass(frozen=True)
class Draft:
    """What the checks look at; arrays are of the nominal future."""

    situation: Situation
    document: Document

    @property
    def options(self) -> Sequence[Option]:
        """The axes of the state space."""
        return self.situation.options

    @cached_property
    def uncertainties(self) -> Mapping[str, float | bool | int]:
        """The value of every uncertainty."""
        return nominal(self.situation).values

    @cached_property
    def values(self) -> Mapping[str, Any]:
        """What expressions are evaluated on."""
        return {**self.uncertainties, **states.axes(self.options)}

    @cached_property
    def feasible(self) -> NDArray[np.bool_]:
        """The states that are not ruled out; if all are, those that are so in some future only."""
        return self.left_nominally if self.left_nominally.any() else self.possible

    @cached_property
    def left_nominally(self) -> NDArray[np.bool_]:
        """The states that are not ruled out in the nominal future."""
        return self._standing(self._left_by(self.situation.infeasible))

    @cached_property
    def possible(self) -> NDArray[np.bool_]:
        """The states that are not ruled out in every future."""
        return self._standing(self.combinations)

    @cached_property
    def feasible_combinations(self) -> NDArray[np.bool_]:
        """As `feasible`, before any combinations are one state."""
        left = self._left_by(self.situation.infeasible)
        return left if left.any() else self.combinations

    @cached_property
    def combinations(self) -> NDArray[np.bool_]:
        """What is not ruled out in every future, before any of it is one state."""
        return self._left_by([rule for _, rule in self.sure_rules()])

    def _left_by(self, rules: Sequence[Infeasible]) -> NDArray[np.bool_]:
        return states.feasible(self.options, rules, self.uncertainties)

    def _standing(self, left: NDArray[np.bool_]) -> NDArray[np.bool_]:
        return states.distinct(self.options, left, self.situation.same, self.uncertainties)

    def sure_rules(self) -> Iterator[tuple[int, Infeasible]]:
        """The infeasibilities that are the same in every future, each with its place."""
        for place, rule in enumerate(self.situation.infeasible):
            if not rule.when.uncertainties:
                yield place, rule

    def preferences(self) -> Iterator[tuple[Route, str, Preference]]:
        """Every actor's preference, as the case or an expert sees it, with where it stands."""
        for actor, preference in self.situation.preferences.items():
            yield ("preferences", actor), actor, preference
        for expert, view in self.situation.views.items():
            for actor, preference in view.items():
                yield ("views", expert, actor), actor, preference
        for seer, perception in self.situation.perceptions.items():
            yield from seen(("perceptions", seer), perception)

    def preferences_of(self, kind: type[Kind]) -> Iterator[tuple[Route, Kind]]:
        """Every preference of a kind with where it stands."""
        for route, _, preference in self.preferences():
            if isinstance(preference, kind):
                yield route, preference

    def statements(self) -> Iterator[tuple[Route, Statement]]:
        """Every preference statement with where it stands."""
        for route, preference in self.preferences_of(Statements):
            yield from placed(route, preference.statements)

    def tests(self, kind: type[Kind]) -> Iterator[tuple[Route, Kind]]:
        """Every claim's test of a kind with where it stands."""
        for name, claim in self.situation.claims.items():
            if isinstance(claim.test, kind):
                yield ("claims", name, "test"), claim.test

    def commitments(self) -> Iterator[Committed]:
        """All options that are fixed together somewhere: by strategies, by either side of tests."""
        yield from self.steps()
        for route, response in self.tests(Response):
            yield from self._fixed(route, commit=response.commit, against=response.against)
        for route, compare in self.tests(Compare):
            yield from self._fixed(route, under=compare.under, against=compare.against)

    def steps(self) -> Iterator[Committed]:
        """What the strategies fix, in one step or several."""
        for name, strategy in self.situation.strategies.items():
            yield Committed(self.document.known(("strategies", name, "commit")), strategy.levels)
            for place, step in enumerate(strategy.then):
                route: Route = ("strategies", name, "then", place, "commit")
                yield Committed(route, step.levels, strategy.levels)

    def _fixed(self, route: Route, **sides: Any) -> Iterator[Committed]:
        for name, side in sides.items():
            if isinstance(side, dict):
                yield Committed((*route, name), self.situation.fixed(side))


def seen(route: Route, perception: Perception) -> Iterator[tuple[Route, str, Preference]]:
    """What an actor takes others to want, and what it thinks that others take others to want."""
    for actor, preference in perception.preferences.items():
        yield (*route, "preferences", actor), actor, preference
    for other, within in perception.perceptions.items():
        yield from seen((*route, "perceptions", other), within)


def placed(route: Route, statements: Sequence[Statement]) -> Iterator[tuple[Route, Statement]]:
    """The statements of one list, each with the route of its expression."""
    place, within = -1, 0
    for statement in statements:
        if statement.group is None:
            place += 1
            yield (*route, place, "prefer"), statement
            continue
        within = within + 1 if statement.group == place else 0
        place = statement.group
        yield (*route, place, "any_order", within, "prefer"), statement


def option_route(option: Option) -> Route:
    """Where an option stands."""
    return ("options", *option.id.split("."))
