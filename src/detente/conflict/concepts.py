"""The stability concepts by name: which function finds the stable states of each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from detente.case.concepts import LISTED, known, split
from detente.conflict import gmr, nash, seq, smr, sseq
from detente.conflict.model import Conflict
from detente.conflict.threads import side_by_side
from detente.errors import CannotAnswer, InputError

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["BY_ACTOR", "refuse_unknown", "rows"]

Row = Callable[[Conflict, str], NDArray[np.bool_]]

BY_ACTOR: Mapping[str, Row] = {
    "nash": nash.stable,
    "gmr": gmr.stable,
    "smr": smr.stable,
    "seq": seq.stable,
    "sseq": sseq.stable,
}
"""Concepts that judge each actor for itself: `(model, actor) -> (states,) bool`."""


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
    if not kind and base in BY_ACTOR:
        found = side_by_side(
            lambda actor: BY_ACTOR[base](model, actor), model.actors, model.space.size
        )
        return np.array(found, dtype=np.bool_).reshape(len(model.actors), model.space.size)
    raise CannotAnswer(f"`{name}` is not here yet")


def refuse_unknown(names: Iterable[str]) -> None:
    """Refuse what is no concept."""
    for name in names:
        if not known(name):
            raise InputError(f"no concept `{name}`: one of {LISTED}")
