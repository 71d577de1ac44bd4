"""What the games that actors see hinge on: the statements that others are taken to hold.

A test that is `seen_by` an actor is judged in the game that it sees. The statements of its
perception are typed in like all others, so each of them is varied as well.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING

from detente.case.format import StabilityTest
from detente.claims.settling import Settling
from detente.claims.variation import Addition, Variation, Varied

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from detente.case.future import Future
    from detente.case.situation import Claim, Concept, Levels, Statement
    from detente.claims.report import Change
    from detente.claims.settling import Settled

    Vary = Callable[[Settling], Iterable[Variation | Addition]]

__all__ = ["InView", "everywhere", "varied"]


@dataclass(frozen=True)
class InView:
    """A variation of what an actor takes another to hold, or thinks that another takes it to."""

    seers: tuple[str, ...]
    """Through whose eyes, the outermost first."""
    variation: Variation | Addition
    future: Future = field(compare=False)
    """What everybody holds in that view."""

    @property
    def actor(self) -> str:
        """Who is taken to hold it."""
        return self.variation.actor

    @property
    def change(self) -> Change:
        """What is done."""
        return self.variation.change

    def statements(self, _: Future) -> tuple[Statement, ...]:
        """Those that are dropped or added, or that change places."""
        return self.variation.statements(self.future)


def everywhere(
    settling: Settling, claims: Iterable[Claim], vary: Vary
) -> Iterator[Variation | Addition | InView]:
    """The variations of what actors want, and of what those are seen to want whose views are asked.

    Parameters
    ----------
    settling
        The situation in one future.
    claims
        Those tested; a view that none of them asks for is not varied.
    vary
        The variations of a situation, as it is or as it is seen.
    """
    tests = [claim.test for claim in claims if isinstance(claim.test, StabilityTest)]
    seers = dict.fromkeys(test.seen_by for test in tests if test.seen_by)
    return chain(vary(settling), *(in_view(settling, (seer,), vary) for seer in seers))


def in_view(settling: Settling, seers: tuple[str, ...], vary: Vary) -> Iterator[InView]:
    """The variations of what an actor takes others to want, and thinks that others do."""
    *_, seer = seers
    perception, game = settling.situation.perceptions[seer], settling.seen(seer)
    for each in vary(game):
        if each.actor in perception.preferences:
            yield InView(seers, each, game.future)
    for other in perception.perceptions:
        yield from in_view(game, (*seers, other), vary)


def varied(settling: Settling, variation: Variation | Addition | InView) -> Varied | Glimpsed:
    """The situation with something varied."""
    if isinstance(variation, InView):
        return Glimpsed(settling, variation.seers, variation.variation)
    return Varied(settling, variation)


class Glimpsed(Settling):
    """A situation of which one actor's view alone is varied.

    Parameters
    ----------
    plain
        The situation as it is.
    seers
        Through whose eyes, the outermost first.
    variation
        What is different in that view.
    """

    def __init__(
        self, plain: Settling, seers: tuple[str, ...], variation: Variation | Addition
    ) -> None:
        self.situation, self.future, self.ground = plain.situation, plain.future, plain.ground
        self.board, self.fixed = plain.board, plain.fixed
        self._plain, self._seers, self._variation = plain, seers, variation
        self._known = {}

    def _seen(self, actor: str) -> Settling:
        first, *further = self._seers
        game = self._plain.seen(actor)
        if actor != first:
            return game
        if further:
            return Glimpsed(game, tuple(further), self._variation)
        return Varied(game, self._variation)

    def under(self, levels: Levels, concept: Concept = "nash") -> Settled:
        """Where the situation settles with these options fixed: where it does unvaried."""
        return self._plain.under(levels, concept)

    def leaves(self, claim: Claim) -> bool:
        """Whether a claim's test surely comes to the same: all but those seen by that actor."""
        test = claim.test
        return not (isinstance(test, StabilityTest) and test.seen_by == self._seers[0])
