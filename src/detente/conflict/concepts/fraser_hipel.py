"""The solution of Fraser and Hipel: sequential sanctions first, then simultaneous ones.

A state s is stable for actor i if i is rational there (it has no improvement), or sequentially
sanctioned, or *struck out*: at least two actors find s unstable so far, and each improvement of i
is deterred by improvements that some of the others among them would make from s at the same time
[FraserHipel1979]; [FraserHipel1984]. Who is unstable so far is found for all actors before anyone
is struck out.

`fh_seq` takes SEQ for the sequential step, as Fraser and Hipel do; `fh_smr` takes SMR.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.conflict.concepts import sim

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from detente.conflict.model import Conflict

__all__ = ["stable"]


def stable(conflict: Conflict, sanctioned: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """`(actors, states) bool`: where each actor is rational, sanctioned, or struck out.

    Parameters
    ----------
    conflict
        In option form.
    sanctioned
        `(actors, states)`, the stable states after the sequential step, the rational among them.

    Raises
    ------
    CannotAnswer
        In graph form, or where there are too many combinations.

    References
    ----------
    [FraserHipel1984]
    """
    unstable = conflict.space.mask & ~sanctioned
    return sanctioned | sim.deterred(conflict, unstable, unstable)
