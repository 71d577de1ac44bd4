"""Whether the model was told an answer by several statements at once.

A taste for an instrument that is written twice, or split into two, survives the dropping of either
half. So all of an actor's statements of role `means` that speak of what a claim asks about are
dropped together; where that flips the verdict, the claim is no open test.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from detente.case.format import Compare, Response
from detente.claims.hinges import plain_verdict
from detente.claims.perception import everywhere, varied
from detente.claims.variation import Variation
from detente.conflict.threads import side_by_side

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from detente.case.situation import Claim, Situation
    from detente.claims.outcome import Outcome
    from detente.claims.perception import InView
    from detente.claims.report import Verdict
    from detente.claims.settling import Settling
    from detente.claims.variation import Addition

__all__ = ["asked_about", "told_together"]


def told_together(
    settling: Settling,
    verdicts: Mapping[str, Verdict],
    ask: Callable[[Claim, Settling], Outcome],
) -> dict[str, tuple[str, ...]]:
    """The statements that only together hold up a verdict.

    Parameters
    ----------
    settling
        The situation in one future.
    verdicts
        Claim id -> its verdict as things are; claims that no single statement tells.
    ask
        What a claim's test comes to in a situation.

    Returns
    -------
    dict
        Claim id -> ids of statements; none where the verdict stands.
    """
    situation, future = settling.situation, settling.future
    groups: dict[Variation | Addition | InView, list[Claim]] = {}
    for claim in map(situation.claims.__getitem__, verdicts):
        asked = asked_about(claim, situation)
        for group in everywhere(settling, [claim], partial(means_about, asked)):
            groups.setdefault(group, []).append(claim)

    def flipped(group: Variation | Addition | InView) -> list[str]:
        changed = varied(settling, group)
        return [
            claim.id
            for claim in groups[group]
            if not changed.leaves(claim)
            and plain_verdict(claim, ask(claim, changed)) != verdicts[claim.id]
        ]

    found = zip(groups, side_by_side(flipped, groups, settling.space.size), strict=True)
    telling = [(id, group.statements(future)) for group, ids in found for id in ids]
    return {
        id: tuple(statement.id for name, told in telling if name == id for statement in told)
        for id in verdicts
    }


def means_about(options: frozenset[str], settling: Settling) -> Iterator[Variation]:
    """Each actor's tastes for instruments that name any of these options, where it has several."""
    for actor, held in settling.future.statements.items():
        places = tuple(
            place
            for place, statement in enumerate(held)
            if statement.role == "means" and statement.prefer.options & options
        )
        if len(places) > 1:
            yield Variation(actor, places, "dropped")


def asked_about(claim: Claim, situation: Situation) -> frozenset[str]:
    """The options a test's question names; all where it asks about whole states."""
    if isinstance(claim.test, Response):
        return claim.formulas["expect"].options
    if isinstance(claim.test, Compare) and claim.test.of in situation.goals:
        return situation.goals[claim.test.of].test.options
    return frozenset(option.id for option in situation.options)
