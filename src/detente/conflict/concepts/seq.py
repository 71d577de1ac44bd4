"""Sequential stability (SEQ).

A state s is SEQ stable for actor i if every improvement s₁ ∈ Rᵢ⁺(s) meets a credible answer: some
s₂ ∈ R⁺_{N∖i}(s₁), reached by a legal sequence in which every move improves on where it is made for
whoever makes it, is no better than s for i [FraserHipel1979], [FraserHipel1984];
[FangHipelKilgour1993], ch. 3.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.conflict.relaxation import all_deterred, worst_of_improvements

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from detente.conflict.model import Conflict

__all__ = ["stable", "worst"]


def stable(conflict: Conflict, actor: str) -> NDArray[np.bool_]:
    """`(states,) bool`: where every improvement may be answered in the others' own interest.

    References
    ----------
    [FraserHipel1979]; [FangHipelKilgour1993], ch. 3.
    """
    return all_deterred(conflict, actor, worst(conflict, actor))


def worst(conflict: Conflict, actor: str) -> NDArray[np.int32]:
    """`(states,) int32`: the worst that others who improve themselves do to the actor."""
    return worst_of_improvements(conflict, actor, conflict.ranks_of(actor))
