"""General metarationality (GMR).

A state s is GMR stable for actor i if every improvement s₁ ∈ Rᵢ⁺(s) can be answered: some
s₂ ∈ R_{N∖i}(s₁), reached by any legal sequence of the others' moves, is no better than s for i
[Howard1971]; [FangHipelKilgour1993], ch. 3.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.conflict.relaxation import all_deterred, worst_of_moves

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from detente.conflict.model import Conflict

__all__ = ["stable", "worst"]


def stable(conflict: Conflict, actor: str) -> NDArray[np.bool_]:
    """`(states,) bool`: where every improvement may be answered by moves that undo it.

    References
    ----------
    [Howard1971]; [FangHipelKilgour1993], ch. 3.
    """
    return all_deterred(conflict, actor, worst(conflict, actor))


def worst(conflict: Conflict, actor: str) -> NDArray[np.int32]:
    """`(states,) int32`: the worst the others can do to the actor from each state."""
    return worst_of_moves(conflict, actor, conflict.ranks_of(actor))
