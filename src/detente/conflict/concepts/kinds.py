"""Concepts under preferences that say more than ranks, by the kind: `a` to `d`, `strong`, `fuzzy`.

A kind reads what it is named for, and degrees of strength never matter to the others. What is
unknown and what is fuzzy changes how states compare, so no kind passes over it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.conflict.concepts import fuzzy, strength, unknown
from detente.errors import CannotAnswer

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from detente.conflict.model import Conflict

__all__ = ["is_plain", "refuse_beyond", "rows"]


def is_plain(conflict: Conflict, kind: str) -> bool:
    """Whether the kind finds nothing that ranks do not say."""
    told = conflict.beyond
    return not told.unknown and not told.fuzzy and (kind == "fuzzy" or kind in unknown.TYPES)


def rows(conflict: Conflict, base: str, kind: str) -> NDArray[np.bool_]:
    """The stable states of every actor under a concept, its preferences read as the kind says.

    Parameters
    ----------
    conflict
        The graph model.
    base
        `nash`, `gmr`, `smr` or `seq`.
    kind
        `a` to `d`, `strong` or `weak`, a degree after it if any, or `fuzzy`.

    Returns
    -------
    ndarray
        `(actors, states) bool`; false where infeasible.

    Raises
    ------
    CannotAnswer
        Where preferences are beyond this kind, or it would take too long.
    """
    refuse_beyond(conflict, base, kind)
    if kind in unknown.TYPES:
        return unknown.rows(conflict, base, kind)
    return fuzzy.rows(conflict, base) if kind == "fuzzy" else strength.rows(conflict, base, kind)


def refuse_beyond(conflict: Conflict, base: str, kind: str) -> None:
    """Refuse preferences that the kind would have to pass over."""
    told = conflict.beyond
    if told.unknown and kind not in unknown.TYPES:
        what, instead, whose = "unknown", f"{base}_a` to `{base}_d", told.unknown
    elif told.fuzzy and kind != "fuzzy":
        what, instead, whose = "fuzzy", f"{base}_fuzzy", told.fuzzy
    else:
        return
    raise CannotAnswer(
        f"`{base}_{kind}` is not defined where preferences are {what}, those of "
        f"`{'`, `'.join(whose)}`: ask for `{instead}`, or for `{base}`, which leaves out what is "
        f"{what}"
    )
