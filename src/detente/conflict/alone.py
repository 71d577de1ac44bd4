"""What is stable for an actor that fears any move, worked out on what that depends on alone.

Under Nash, GMR and SMR nobody else's preferences count: what the others can do to an actor depends
on the options that its own preference names, and on those that infeasibility ties to them. The
states that agree on these are stable together, so that a few combinations stand for all states.
Under SEQ the others' preferences count, and with them whatever those name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from detente.conflict.concepts import gmr, nash, smr
from detente.conflict.graph_board import GraphBoard
from detente.conflict.model import Conflict

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray

    from detente.case.situation import Levels
    from detente.conflict.board import Board

__all__ = ["ALONE", "stable_alone"]

ALONE: Mapping[str, Callable[[Conflict, str], NDArray[np.bool_]]] = {
    "nash": nash.stable,
    "gmr": gmr.stable,
    "smr": smr.stable,
}
"""The concepts under which an actor's stability is nobody else's preferences' doing."""

NOBODY = np.empty(0, dtype=np.int32)
"""The ranks that nobody asks for."""


def stable_alone(board: Board, actor: str, concept: str, levels: Levels) -> NDArray[np.bool_]:
    """Where an actor is stable, in the shape of a commitment's states but for what is no matter.

    Parameters
    ----------
    board
        The conflict, nothing fixed.
    actor
        Whose stability.
    concept
        One of `ALONE`.
    levels
        The options that nobody can move.

    Returns
    -------
    ndarray
        bool, with the axes of the committed conflict's states, of length 1 where an option is of
        no matter: to be broadcast; meaningless where infeasible.

    References
    ----------
    [FangHipelKilgour1993], ch. 3.
    """
    if isinstance(board, GraphBoard):
        conflict = board.conflict.committed(levels)
        return ALONE[concept](conflict, actor).reshape(conflict.space.shape)
    place = board.actors.index(actor)
    scope, scale = board.layout.scopes[place], board.layout.scales[place]
    matters = zip(scope.options, scope.shape, strict=True)
    fixed = {option.id: levels[option.id] for option, n in matters if n > 1 and option.id in levels}
    ranks = board.scale(actor).reshape(scale.shape)
    own = np.where(scope.feasible, ranks, np.int32(-1))[scope.slices(fixed)].reshape(-1)
    rows = tuple(own if each == actor else NOBODY for each in board.actors)
    conflict = Conflict(board.layout.scope(place, frozenset(fixed.items())), rows)
    return ALONE[concept](conflict, actor).reshape(conflict.space.shape)
