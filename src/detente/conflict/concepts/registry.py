"""The stability concepts by name: which function finds the stable states of each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from detente.case.concepts import LISTED, known, split
from detente.conflict.concepts import fraser_hipel, gmr, kinds, nash, seq, sim, smr, sseq
from detente.conflict.concepts.limited_move import LimitedMove, NonMyopic, limited_move, non_myopic
from detente.conflict.model import Conflict
from detente.conflict.threads import side_by_side
from detente.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["BY_ACTOR", "FRASER_HIPEL", "foreseen", "refuse_unknown", "rows"]

Row = Callable[[Conflict, str], NDArray[np.bool_]]

BY_ACTOR: Mapping[str, Row] = {
    "nash": nash.stable,
    "gmr": gmr.stable,
    "smr": smr.stable,
    "seq": seq.stable,
    "sseq": sseq.stable,
}
"""Concepts that judge each actor for itself: `(model, actor) -> (states,) bool`."""

FRASER_HIPEL = {"fh_seq": "seq", "fh_smr": "smr"}
"""The solutions of Fraser and Hipel, and the concept of their sequential step."""


def rows(model: Conflict, name: str) -> NDArray[np.bool_]:
    """The stable states of every actor under a concept.

    Parameters
    ----------
    model
        The conflict.
    name
        Any name of `detente.case.concepts.NAMES`.

    Returns
    -------
    ndarray
        `(actors, states) bool`; false where infeasible.

    Raises
    ------
    InputError
        For a name that is no concept's.
    CannotAnswer
        Where the concept is not defined for such a conflict, or would take too long.
    """
    refuse_unknown([name])
    base, kind = split(name)
    if kind and not kinds.is_plain(model, kind):
        return kinds.rows(model, base, kind)
    if base in BY_ACTOR:
        one = BY_ACTOR[base]
        found = side_by_side(lambda actor: one(model, actor), model.actors, model.space.size)
        return np.array(found, dtype=np.bool_).reshape(len(model.actors), model.space.size)
    if base in FRASER_HIPEL:
        return fraser_hipel.stable(model, rows(model, FRASER_HIPEL[base]))
    if base == "sim":
        return sim.stable(model)
    return foreseen(model, base).stable


def foreseen(model: Conflict, name: str) -> LimitedMove | NonMyopic:
    """What actors anticipate under `l1` to `l9` or `nm`."""
    return non_myopic(model) if name == "nm" else limited_move(model, int(name[1:]))


def refuse_unknown(names: Iterable[str]) -> None:
    """Refuse what is no concept."""
    for name in names:
        if not known(name):
            raise InputError(f"no concept `{name}`: one of {LISTED}")
