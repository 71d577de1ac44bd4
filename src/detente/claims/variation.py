"""The same situation but for a statement or two: what verdicts are tried against."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from detente.case.situation import Statements
from detente.claims.settling import Settled, Settling
from detente.conflict.preferences import truths
from detente.conflict.stability import CONCEPTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    from numpy.typing import NDArray

    from detente.case.future import Doubted, Future
    from detente.case.situation import Concept, Levels, Situation, Statement
    from detente.claims.report import Change
    from detente.conflict.model import Conflict

__all__ = ["Addition", "Variation", "Varied", "variations", "variations_of_file"]


@dataclass(frozen=True)
class Variation:
    """Statements of one actor that are dropped, or two that change places."""

    actor: str
    places: tuple[int, ...]
    """Among the statements held, from 0."""
    change: Change

    def statements(self, future: Future) -> tuple[Statement, ...]:
        """Those that are dropped, or that change places."""
        held = future.statements[self.actor]
        return tuple(held[place] for place in self.places)

    def ranks(self, plain: Settling) -> NDArray[np.int32]:
        """`(combinations,) int32`: the actor's scale then."""
        held = plain.truths(self.actor)
        if self.change == "swapped":
            return held.swapped(*self.places)
        return held.without(*self.places)


@dataclass(frozen=True)
class Addition:
    """A statement of an actor, doubted so far, that is held."""

    actor: str
    doubted: Doubted
    change: Change = "added"

    def statements(self, _: Future) -> tuple[Statement, ...]:
        """The one that is added."""
        return (self.doubted.statement,)

    def ranks(self, plain: Settling) -> NDArray[np.int32]:
        """`(combinations,) int32`: the actor's scale then."""
        held, place = plain.future.statements[self.actor], self.doubted.place
        then = (*held[:place], self.doubted.statement, *held[place:])
        here = plain.ground.scale_space(self.actor, plain.future)
        return truths(here, then, plain.future.values).ranks()


def variations(future: Future) -> Iterator[Variation | Addition]:
    """Every statement dropped, every two neighbours swapped, and every doubted one held."""
    for actor, doubted in future.doubted.items():
        yield from (Addition(actor, each) for each in doubted)
    for actor, held in future.statements.items():
        for place in range(len(held)):
            yield Variation(actor, (place,), "dropped")
            if place + 1 < len(held):
                yield Variation(actor, (place, place + 1), "swapped")


def variations_of_file(situation: Situation, future: Future) -> Iterator[Variation | Addition]:
    """Every doubted statement held, every other dropped, every two neighbours of the file swapped.

    Neighbours are those that follow each other in the file among the statements held; they
    exchange the places they have in this future. Two of one `any_order` group are not swapped:
    their order is drawn.
    """
    for actor, doubted in future.doubted.items():
        yield from (Addition(actor, each) for each in doubted)
    for actor, held in future.statements.items():
        written = places_in_file(situation, actor)
        places = sorted(range(len(held)), key=lambda place: written[held[place].id])
        yield from (Variation(actor, (place,), "dropped") for place in places)
        for one, other in pairwise(places):
            if held[one].group is None or held[one].group != held[other].group:
                yield Variation(actor, (one, other), "swapped")


def places_in_file(situation: Situation, actor: str) -> dict[str, int]:
    """Statement id -> its place in the actor's list."""
    preference = situation.preferences[actor]
    written = preference.statements if isinstance(preference, Statements) else ()
    return {statement.id: place for place, statement in enumerate(written)}


class Varied(Settling):
    """A situation with one actor's preferences varied, as far as possible from what is known of it.

    Parameters
    ----------
    plain
        The situation as it is.
    variation
        What is different.
    """

    def __init__(self, plain: Settling, variation: Variation | Addition) -> None:
        self.situation, self.future, self.ground = plain.situation, plain.future, plain.ground
        self._plain, self._actor = plain, variation.actor
        self.board = plain.board.with_scale(variation.actor, variation.ranks(plain))
        self._known = {}

    @cached_property
    def model(self) -> Conflict:
        """The conflict in which nothing is fixed."""
        return self._plain.model.with_ranks(self._actor, self.board.row(self._actor))

    def committed(self, levels: Levels) -> Conflict:
        """The conflict with these options fixed."""
        key = ("committed", frozenset(levels.items()))
        plain = self._plain.committed(levels)
        return self.once(key, lambda: plain.with_ranks(self._actor, self._row_under(levels)))

    def _row_under(self, levels: Levels) -> NDArray[np.int32]:
        row = self.model.ranks_of(self._actor).reshape(self.space.shape)
        return row[self.space.slices(levels)].reshape(-1)

    def is_alike(self, levels: Levels) -> bool:
        """Whether the actor improves by the same moves, wherever play leads unvaried."""
        key = ("is_alike", frozenset(levels.items()))
        return self.once(key, lambda: self._is_alike(levels))

    def _is_alike(self, levels: Levels) -> bool:
        rows = self._plain.passed(levels, self._actor)
        return self.board.improves_alike(self._plain.board, self._actor, levels, rows)

    def _settle(self, levels: Levels, concept: Concept) -> Settled:
        if concept != "nash" or not self.is_alike(levels):
            return super()._settle(levels, concept)
        plain = self._plain.under(levels)
        own = self.board.ranks_of(plain.attainable)[self._actor]
        return replace(plain, ranks={**plain.ranks, self._actor: own})

    def equilibria(self, levels: Levels, concept: Concept) -> NDArray[np.bool_]:
        """`(states,) bool`: every equilibrium of the committed conflict."""
        if concept == "seq":
            return super().equilibria(levels, concept)
        # Nobody else's stability rests on how this actor ranks the states.
        own = CONCEPTS[concept](self.committed(levels), self._actor)
        return own & self._plain.stable_for_others(levels, concept, self._actor)
