"""The same situation but for a statement or two: what verdicts are tried against."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from detente.case.format import Compare, StabilityTest
from detente.case.situation import Statements
from detente.claims.outcome import headline
from detente.claims.settling import Settled, Settling
from detente.claims.steps import played
from detente.conflict.alone import ALONE
from detente.conflict.model import conflict_among
from detente.conflict.preferences import truths

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from detente.case.future import Doubted, Future
    from detente.case.situation import Claim, Concept, Levels, Situation, Statement, Strategy
    from detente.claims.report import Change
    from detente.claims.settling import States
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

    def held(self, future: Future) -> tuple[Statement, ...]:
        """What the actor holds then."""
        held = list(future.statements[self.actor])
        if self.change == "swapped":
            one, other = self.places
            held[one], held[other] = held[other], held[one]
            return tuple(held)
        return tuple(each for place, each in enumerate(held) if place not in self.places)

    def future(self, future: Future) -> Future:
        """The future in which the actor holds that."""
        gone = sorted(self.places, reverse=True) if self.change == "dropped" else []
        return holding(future, self.actor, self.held(future), [(place, -1) for place in gone])

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

    def held(self, future: Future) -> tuple[Statement, ...]:
        """What the actor holds then."""
        held, place = future.statements[self.actor], self.doubted.place
        return (*held[:place], self.doubted.statement, *held[place:])

    def future(self, future: Future) -> Future:
        """The future in which the actor holds that."""
        return holding(future, self.actor, self.held(future), [(self.doubted.place, 1)])

    def ranks(self, plain: Settling) -> NDArray[np.int32]:
        """`(combinations,) int32`: the actor's scale then."""
        here = plain.ground.scale_space(self.actor, plain.future)
        return truths(here, self.held(plain.future), plain.future.values).ranks()


def holding(
    future: Future, actor: str, held: tuple[Statement, ...], moves: Sequence[tuple[int, int]]
) -> Future:
    """A future in which an actor holds other statements.

    What is unknown keeps its place among them: `moves` says from which place on how many came.
    """
    unknown = list(future.unknown.get(actor, ()))
    for start, by in moves:
        unknown = [
            replace(each, place=each.place + by) if each.place > start else each for each in unknown
        ]
    return replace(
        future,
        statements={**future.statements, actor: held},
        unknown={**future.unknown, actor: tuple(unknown)} if unknown else future.unknown,
    )


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
        self.fixed = plain.fixed
        self._plain, self._actor, self._variation = plain, variation.actor, variation
        self.board = plain.board.with_scale(variation.actor, variation.ranks(plain))
        self._known = {}

    @cached_property
    def model(self) -> Conflict:
        """The conflict in which nothing is fixed."""
        return self._plain.model.with_ranks(self._actor, self.board.row(self._actor))

    @cached_property
    def exact(self) -> Conflict:
        """The same with all that preferences say beyond ranks."""
        return conflict_among(self.space, self.situation, self._variation.future(self.future))

    def _seen(self, actor: str) -> Settling:
        """Who takes the varied actor to want something else sees no difference."""
        game, perception = self._plain.seen(actor), self.situation.perceptions.get(actor)
        if perception and self._actor in perception.preferences:
            return game
        return Varied(game, self._variation)

    def committed(self, levels: Levels) -> Conflict:
        """The conflict with these options fixed."""
        if not self.space.transitive:
            return super().committed(levels)
        key = ("committed", frozenset(levels.items()))
        plain = self._plain.committed(levels)
        return self.once(key, lambda: plain.with_ranks(self._actor, self._row_under(levels)))

    def _row_under(self, levels: Levels) -> NDArray[np.int32]:
        row = self.model.ranks_of(self._actor).reshape(self.space.shape)
        return row[self.space.slices(levels)].reshape(-1)

    @cached_property
    def improves_alike(self) -> bool:
        """Whether the actor surely improves by the same moves from every state.

        What does not name its own options is true all along a line, or nowhere on it, and decides
        no move.
        """
        if not self.space.transitive:
            return False
        own = {option.id for option in self.situation.options if option.actor == self._actor}
        before = self.future.statements[self._actor]
        deciding = [
            [statement.id for statement in held if statement.prefer.options & own]
            for held in (before, self._variation.held(self.future))
        ]
        return deciding[0] == deciding[1]

    def leaves(self, claim: Claim) -> bool:
        """Whether a claim's test, under its headline concept, surely comes to the same."""
        concept = headline(claim)
        if isinstance(claim.test, StabilityTest) and claim.test.seen_by:
            seer = claim.test.seen_by
            return self.seen(seer) is self._plain.seen(seer)
        if isinstance(claim.test, StabilityTest):
            return self._stays_alike(claim.test, concept)
        if isinstance(claim.test, Compare) and f"({self._actor})" in claim.test.of:
            return False
        both = self._plain.once(("sides", claim.id), lambda: tuple(sides(claim, self.situation)))
        return all(self._ends_alike(side, concept) for side in both)

    def _stays_alike(self, test: StabilityTest, concept: Concept) -> bool:
        """Whether states surely stay as stable: what the actor's ranks count for, if anything.

        They count for the others under SEQ alone, where it is its improvements that sanction.
        """
        if test.for_ and self._actor not in test.for_:
            return concept in ALONE or (concept == "seq" and self.improves_alike)
        return len(test.for_) < 2 and concept == "nash" and self.improves_alike

    def _ends_alike(self, side: Strategy, concept: Concept) -> bool:
        if concept == "nash" and not side.then and self.is_alike(side.levels):
            return True
        key = ("ends_alike", side.id, frozenset(side.levels.items()), concept)
        return self.once(key, lambda: ends_alike(self, self._plain, side, concept))

    def is_alike(self, levels: Levels) -> bool:
        """Whether the actor improves by the same moves, wherever play leads unvaried."""
        key = ("is_alike", frozenset(levels.items()))
        return self.once(key, lambda: self._is_alike(levels))

    def _is_alike(self, levels: Levels) -> bool:
        if self.improves_alike or not self.space.transitive:
            return self.improves_alike
        rows = self._plain.passed(levels, self._actor)
        return self.board.improves_alike(self._plain.board, self._actor, levels, rows)

    def _settle(self, levels: Levels, concept: Concept) -> Settled:
        if concept != "nash" or not self.is_alike(levels):
            return super()._settle(levels, concept)
        plain = self._plain.under(levels)
        own = self.board.ranks_of(plain.attainable)[self._actor]
        return replace(plain, ranks={**plain.ranks, self._actor: own})

    def attained(self, levels: Levels, starts: States, concept: Concept) -> States:
        """The equilibria attained; looked for only until all there are have been met."""
        if concept != "nash" or not self.space.transitive:
            return super().attained(levels, starts, concept)
        return self.board.attainable(levels, starts, most=self._equilibria_count(levels))

    def _equilibria_count(self, levels: Levels) -> int:
        """How many Nash equilibria there are: only this actor leaves other states than before."""
        rows, leaving = self._plain.nearly_stable(levels)
        own = (leaving < 0) | (leaving == self.board.actors.index(self._actor))
        return int(np.count_nonzero(self.board.stays(self._actor, levels, rows[own])))

    def stable(self, actor: str, levels: Levels, concept: Concept) -> NDArray[np.bool_]:
        """Where an actor that fears any move is stable; the same for the others as unvaried."""
        if actor != self._actor:
            return self._plain.stable(actor, levels, concept)
        return super().stable(actor, levels, concept)


def sides(claim: Claim, situation: Situation) -> Iterator[Strategy]:
    """What a test commits to, and its contrast."""
    test: Any = claim.test
    for fixed in (getattr(test, "commit", None), getattr(test, "under", None), test.against):
        if fixed is not None:
            yield situation.strategy(fixed)


def ends_alike(one: Settling, other: Settling, side: Strategy, concept: Concept) -> bool:
    """Whether a strategy attains the same here and there."""
    first, second = (played(settling, side, concept) for settling in (one, other))
    return first.why == second.why and np.array_equal(first.attainable, second.attainable)
