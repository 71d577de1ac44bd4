"""Nash stability.

A state is Nash stable for an actor if the actor has no unilateral improvement from it:
Rᵢ⁺(s) = ∅ [Nash1950]; [FangHipelKilgour1993], ch. 3.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.conflict.relaxation import all_deterred

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from detente.conflict.model import Conflict

__all__ = ["stable"]


def stable(conflict: Conflict, actor: str) -> NDArray[np.bool_]:
    """`(states,) bool`: where the actor can do no better by moving alone.

    References
    ----------
    [Nash1950]; [FangHipelKilgour1993], ch. 3.
    """
    nobody_answers = conflict.ranks_of(actor)
    return all_deterred(conflict, actor, nobody_answers)
