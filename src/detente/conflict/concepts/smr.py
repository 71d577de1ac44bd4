"""Symmetric metarationality (SMR).

A state s is SMR stable for actor i if every improvement s₁ ∈ Rᵢ⁺(s) can be answered by some
s₂ ∈ R_{N∖i}(s₁) that is no better than s for i, and from which i cannot escape: no s₃ ∈ Rᵢ(s₂) is
better than s for i either [Howard1971]; [FangHipelKilgour1993], ch. 3.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.conflict.relaxation import all_deterred, best_reply, worst_of_moves

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from detente.conflict.model import Conflict

__all__ = ["stable", "worst"]


def stable(conflict: Conflict, actor: str) -> NDArray[np.bool_]:
    """`(states,) bool`: where every improvement may be answered for good.

    References
    ----------
    [Howard1971]; [FangHipelKilgour1993], ch. 3.
    """
    return all_deterred(conflict, actor, worst(conflict, actor))


def worst(conflict: Conflict, actor: str) -> NDArray[np.int32]:
    """`(states,) int32`: the worst the others can do, the actor having the last move."""
    return worst_of_moves(conflict, actor, best_reply(conflict, actor))
