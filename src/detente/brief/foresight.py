"""What to know of stable states that rest on foresight, in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from detente.brief.words import CONCEPTS, actor_name, counted, joined
from detente.conflict.concepts.limited_move import NonMyopic

if TYPE_CHECKING:
    from collections.abc import Iterator

    from detente.case.situation import Situation
    from detente.conflict.stability import Stability

__all__ = ["foresight_words"]


def foresight_words(situation: Situation, result: Stability) -> Iterator[str]:
    """From when on nothing changes, or that it does in a cycle; and where ends are not unique."""
    for name, found in result.foresight.items():
        if isinstance(found, NonMyopic):
            yield f"{CONCEPTS[name]}: {cycle_words(situation, result, found)}."
        elif several := int(np.count_nonzero(~found.unique)):
            verdicts = counted(len(result.actors) * int(result.space.mask.sum()), "verdict")
            yield (
                f"{CONCEPTS[name]}: where play ends is not unique in {several:,} of {verdicts}; "
                "it counts as the worst it may be for whoever counts on it."
            )
    if result.foresight and len(result.actors) > 2:
        yield "With more than two actors each expects that whoever is worst for it moves next."


def cycle_words(situation: Situation, result: Stability, found: NonMyopic) -> str:
    """From how many moves on the answer stays, or comes back."""
    ahead = f"{counted(found.since, 'move')} ahead"
    if found.period == 1:
        return f"looking further than {ahead} makes no difference"
    counts = found.to_dict(result.actors)["alternating"].items()
    turns = joined(f"{count:,} for {actor_name(situation, actor)}" for actor, count in counts)
    return (
        f"from {ahead} on the answers come back every {found.period} moves; states that are stable "
        f"by turns only are not non-myopically stable: {turns}"
    )
