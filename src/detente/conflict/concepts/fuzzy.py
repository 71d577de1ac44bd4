"""Stability where preference is a matter of degree [BasharKilgourHipel2012].

An actor prefers t to s to the degree r(t, s), with r(s, t) = 1 - r(t, s); the certainty of that is
r(t, s) - r(s, t), between -1 and 1. A fuzzy improvement is a move of a certainty that reaches the
actor's threshold, 0 < γ ≤ 1. An answer deters where its certainty against the state left falls
short of it; those who answer credibly do so by fuzzy improvements, each by its own threshold.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from detente.case.situation import Ranking
from detente.conflict.concepts import deterrence
from detente.conflict.concepts.deterrence import Reading
from detente.conflict.relation import pairs

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from detente.case.situation import Preference
    from detente.conflict.model import Conflict
    from detente.conflict.relation import Relation
    from detente.conflict.space import Space

__all__ = ["fuzzy", "rows"]


def rows(conflict: Conflict, base: str) -> NDArray[np.bool_]:
    """The fuzzily stable states of every actor.

    Parameters
    ----------
    conflict
        The graph model.
    base
        `nash`, `gmr`, `smr` or `seq`.

    Returns
    -------
    ndarray
        `(actors, states) bool`; false where infeasible.

    Raises
    ------
    CannotAnswer
        Where it would take too long, before it is begun.

    References
    ----------
    [BasharKilgourHipel2012]
    """
    related = deterrence.relations(conflict, conflict.beyond.fuzzy)
    return deterrence.rows(conflict, base, related, Reading())


def fuzzy(space: Space, preference: Preference, row: NDArray[np.int32]) -> Relation | None:
    """What an actor prefers with sufficient certainty; None if that is as it ranks the states.

    Parameters
    ----------
    space
        The states.
    preference
        The actor's.
    row
        `(states,) int32`, its ranks; pairs that are not written are certain.
    """
    if not isinstance(preference, Ranking) or preference.threshold is None:
        return None
    ends = zip(
        space.indices([pair.better for pair in preference.fuzzy]).tolist(),
        space.indices([pair.than for pair in preference.fuzzy]).tolist(),
        strict=True,
    )
    # Decimal, since in binary numbers 0.7 - 0.3 is less than 0.4.
    threshold = Decimal(str(preference.threshold))
    told: dict[tuple[int, int], bool | None] = {}
    for pair, (better, than) in zip(preference.fuzzy, ends, strict=True):
        certainty = 2 * Decimal(str(pair.degree)) - 1
        told[than, better] = certainty >= threshold
        told[better, than] = -certainty >= threshold
    return pairs(row, told)
