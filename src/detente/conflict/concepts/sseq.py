"""Symmetric sequential stability (SSEQ).

A state s is SSEQ stable for actor i if every improvement s₁ ∈ Rᵢ⁺(s) meets a credible answer from
which i cannot escape: some s₂ ∈ R⁺_{N∖i}(s₁), reached by improvements of whoever makes them, is no
better than s for i, and neither is any s₃ ∈ Rᵢ(s₂) [RegoVieira2017].
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.conflict.relaxation import all_deterred, best_reply, worst_of_improvements

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from detente.conflict.model import Conflict

__all__ = ["stable", "worst"]


def stable(conflict: Conflict, actor: str) -> NDArray[np.bool_]:
    """`(states,) bool`: where every improvement may be answered in the others' interest, for good.

    References
    ----------
    [RegoVieira2017]
    """
    return all_deterred(conflict, actor, worst(conflict, actor))


def worst(conflict: Conflict, actor: str) -> NDArray[np.int32]:
    """`(states,) int32`: the worst of others who improve themselves, the actor moving last."""
    return worst_of_improvements(conflict, actor, best_reply(conflict, actor))
