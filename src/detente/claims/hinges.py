"""On which statements a verdict hinges.

Every preference statement that is held is dropped once, every one that is doubted is added once,
and every two neighbours are swapped once; a change that gives the claim another verdict is a
*flip*. Where one statement of role `means` flips it by being held or not, the model was told the
answer, and the claim is *assumed*: what is left to ask is how far the statement is to be believed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from detente.claims.perception import everywhere, varied
from detente.claims.report import BreakEven, Flip, Verdict
from detente.claims.variation import variations
from detente.claims.verdict import meets
from detente.conflict.threads import side_by_side

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from detente.case.situation import Claim, Statement
    from detente.claims.outcome import Outcome
    from detente.claims.perception import InView
    from detente.claims.settling import Settling
    from detente.claims.variation import Addition, Variation

__all__ = ["Hinge", "break_even", "hinges", "plain_verdict", "telling"]


@dataclass(frozen=True)
class Hinge:
    """A variation that changes a verdict."""

    variation: Variation | Addition | InView
    statements: tuple[Statement, ...]
    """The one dropped or added, or the two swapped."""
    outcome: Outcome
    becomes: Verdict

    @property
    def flip(self) -> Flip:
        """The same by the statements' names."""
        first, *second = self.statements
        other = second[0].id if second else None
        return Flip(first.id, self.variation.change, other, self.becomes)

    @property
    def tells(self) -> bool:
        """Whether a single typed-in means is what decides."""
        return self.variation.change != "swapped" and self.statements[0].role == "means"


def hinges(
    settling: Settling,
    verdicts: Mapping[str, Verdict],
    ask: Callable[[Claim, Settling], Outcome],
) -> dict[str, tuple[Hinge, ...]]:
    """The hinges of every claim.

    Parameters
    ----------
    settling
        The situation in one future.
    verdicts
        Claim id -> its verdict as things are; claims whose verdict can flip.
    ask
        What a claim's test comes to in a situation.
    """
    claims = [settling.situation.claims[id] for id in verdicts]

    def under(variation: Variation | Addition | InView) -> list[tuple[str, Hinge]]:
        changed = varied(settling, variation)
        return [
            (claim.id, hinge)
            for claim in claims
            if not changed.leaves(claim)
            and (hinge := hinge_of(claim, ask(claim, changed), variation)).becomes
            != verdicts[claim.id]
        ]

    def hinge_of(claim: Claim, outcome: Outcome, variation: Variation | Addition | InView) -> Hinge:
        statements = variation.statements(settling.future)
        return Hinge(variation, statements, outcome, plain_verdict(claim, outcome))

    every = tuple(everywhere(settling, claims, lambda game: variations(game.future)))
    found = side_by_side(under, every, settling.space.size)
    return {
        id: tuple(hinge for each in found for name, hinge in each if name == id) for id in verdicts
    }


def plain_verdict(claim: Claim, outcome: Outcome) -> Verdict:
    """Supported or contradicted by one future; untested where that is undetermined."""
    if outcome.share is None:
        return "untested"
    holds = meets(claim.modality, outcome.share, outcome.difference)
    return "supported" if holds else "contradicted"


def telling(found: Sequence[Hinge]) -> Hinge | None:
    """The hinge on a typed-in means, if there is one."""
    return next((hinge for hinge in found if hinge.tells), None)


def break_even(claim: Claim, plain: Outcome, hinge: Hinge) -> BreakEven:
    """The credence in the deciding statement at which the author's word would just be met."""
    statement = hinge.statements[0]
    is_added = hinge.variation.change == "added"
    held, dropped = (hinge.outcome, plain) if is_added else (plain, hinge.outcome)
    credence = switching_point(claim.modality, held, dropped)
    return BreakEven(statement.id, credence, statement.credence)


STEPS = 40  # halvings: far below anything that is ever printed


class Sided(Protocol):
    """A share of futures, and how much more that is than under a contrast."""

    @property
    def share(self) -> float | None: ...
    @property
    def difference(self) -> float | None: ...


def switching_point(modality: str, held: Sided, dropped: Sided) -> float | None:
    """Where, between never and always held, the verdict switches."""
    if held.share is None or dropped.share is None:
        return None

    def met(credence: float) -> bool:
        share = mixed(held.share, dropped.share, credence)
        assert share is not None
        return meets(modality, share, mixed(held.difference, dropped.difference, credence))

    low, high, at_zero = 0.0, 1.0, met(0.0)
    for _ in range(STEPS):
        middle = (low + high) / 2
        low, high = (middle, high) if met(middle) == at_zero else (low, middle)
    return round(high, 6)


def mixed(held: float | None, dropped: float | None, credence: float) -> float | None:
    """A share over futures in which the statement is held with this credence."""
    if held is None or dropped is None:
        return None
    return credence * held + (1 - credence) * dropped
