"""What claims came to in the futures tried so far: one evaluation for all that come to the same."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

from detente.claims.argument import KINDS, headline
from detente.claims.evaluation import Asked, Evaluated, Evaluator
from detente.conflict.ground import Ground
from detente.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Mapping, Sequence

    from detente.case.future import Future
    from detente.case.situation import Concept
    from detente.futures.drawing.corners import Corner, Corners

__all__ = ["Tried"]


class Tried:
    """What claims came to in the futures tried so far.

    Parameters
    ----------
    corners
        The futures there are.
    concept
        By which claims are settled; None: each by its own.
    """

    def __init__(self, corners: Corners, concept: Concept | None) -> None:
        claims = corners.situation.claims.items()
        self.corners = corners
        self._claims = {id: claim for id, claim in claims if type(claim.test) in KINDS}
        self._concept, self._ground = concept, Ground(corners.situation)
        self._known: dict[Hashable, dict[str, bool | None]] = {}
        self._corners: dict[Hashable, Corner] = {}
        self._found: dict[str, set[bool]] = {id: set() for id in self._claims}

    def __len__(self) -> int:
        return len(self._known)

    @property
    def claims(self) -> tuple[str, ...]:
        """The claims that can be tested."""
        return tuple(self._claims)

    @property
    def open(self) -> tuple[str, ...]:
        """Those not yet known both to hold in some future and not to hold in another."""
        return tuple(claim for claim, found in self._found.items() if len(found) < 2)

    def concept_of(self, claim: str) -> Concept:
        """By which a claim is settled."""
        return self._concept or headline(self._claims[claim])

    def answers(self, claim: str) -> dict[Corner, bool | None]:
        """What a claim came to, future by future; None: undetermined."""
        known = ((self._corners[key], answers) for key, answers in self._known.items())
        return {corner: answers[claim] for corner, answers in known if claim in answers}

    def ask(self, corner: Corner, claims: Sequence[str]) -> Mapping[str, bool | None]:
        """What these claims come to in a future."""
        future = self.corners.draws([corner]).future(0)
        key = seen_of(future)
        self._corners.setdefault(key, corner)
        known = self._known.setdefault(key, {})
        missing = [claim for claim in claims if claim not in known]
        if missing:
            for claim, answer in self._answers(missing, future):
                known[claim] = answer
                self._found[claim].add(answer is True)
        return known

    def _answers(self, claims: Sequence[str], future: Future) -> Iterator[tuple[str, bool | None]]:
        for each in self._evaluated(claims, future).asked:
            if each.concept == self.concept_of(each.claim):
                yield each.claim, each.holds if each.is_determined else None

    def _evaluated(self, claims: Sequence[str], future: Future, *, vary: bool = False) -> Evaluated:
        concepts = [] if self._concept is None or vary else [self._concept]
        asked = replace(
            self.corners.situation, claims={claim: self._claims[claim] for claim in claims}
        )
        try:
            return Evaluator(asked, concepts, self._ground)(future, vary=vary)
        except InputError:  # no state is feasible in it, or a utility is no number
            nothing = (
                Asked(id, self.concept_of(id), holds=None, against=None, is_determined=False)
                for id in claims
            )
            return Evaluated(tuple(nothing), ())

    def nearly_lost(self, corners: Sequence[Corner]) -> Iterator[Corner]:
        """These futures; first, for each open claim, where most single statements turn it."""
        claims = self.open
        turns = {corner: self._turns(corner, claims) for corner in corners} if claims else {}
        orders = [sorted(turns, key=lambda at: -turns[at][claim]) for claim in claims]
        yield from dict.fromkeys(chain.from_iterable(zip(*orders, strict=True)))

    def _turns(self, corner: Corner, claims: Sequence[str]) -> Counter[str]:
        future = self.corners.draws([corner]).future(0)
        turned = self._evaluated(claims, future, vary=True).turned
        return Counter(each.claim for each in turned)

    def nearest(self, claim: str, answer: bool | None) -> Corner | None:
        """Of the futures in which a claim came to this, the nearest to the nominal one."""
        found = [corner for corner, each in self.answers(claim).items() if each is answer]
        return min(found, key=self._distance, default=None)

    def _distance(self, corner: Corner) -> int:
        return sum(here != usual for here, usual in zip(corner, self.corners.nominal, strict=True))

    def bring_near(self, claim: str, answer: bool | None) -> None:
        """Put back what can be put back without another answer, one factor at a time."""
        corner = self.nearest(claim, answer)
        while corner is not None:
            nearer = (
                (*corner[:place], usual, *corner[place + 1 :])
                for place, usual in enumerate(self.corners.nominal)
                if corner[place] != usual
            )
            corner = next((at for at in nearer if self.ask(at, [claim])[claim] is answer), None)


def seen_of(future: Future) -> Hashable:
    """What an evaluation sees of a future: who holds what in which order, and the values."""
    held = tuple(
        (actor, tuple(statement.id for statement in statements))
        for actor, statements in future.statements.items()
    )
    return held, tuple(future.values.items())
