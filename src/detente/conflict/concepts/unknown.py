"""Stability where it is not known how an actor compares some states [LiHipelKilgourFang2004].

Types a to d differ in what the actor makes of states of unknown comparison, U:

====  ==============================  =====================================
type  leaves for                      is deterred by an s₂ (SMR: and s₃)
====  ==============================  =====================================
a     improvements, and states s U t  known to be no better than s
b     improvements                    known to be no better than s
c     improvements, and states s U t  known to be no better, or of s U s₂
d     improvements                    known to be no better, or of s U s₂
====  ==============================  =====================================

GMR and SMR are answered by any of the others' legal sequences, SEQ, in all four types, by those in
which every move is an improvement or leads to a state of unknown comparison for who makes it. A
sequence that ends where it began is no answer.
"""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from detente.case.situation import Ranking
from detente.conflict.concepts import deterrence
from detente.conflict.concepts.deterrence import Reading
from detente.conflict.preferences import truths
from detente.conflict.relation import Prefixed, pairs

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from detente.case.future import Doubted, Future
    from detente.case.situation import Preference, Statement
    from detente.conflict.model import Conflict
    from detente.conflict.relation import Relation
    from detente.conflict.space import Space

__all__ = ["TYPES", "rows", "unknown"]

Ranks = NDArray[np.int32]

TYPES: Mapping[str, Reading] = {
    "a": Reading(leaves=True, minds=True),
    "b": Reading(leaves=False, minds=True),
    "c": Reading(leaves=True, minds=False),
    "d": Reading(leaves=False, minds=False),
}


def rows(conflict: Conflict, base: str, kind: str) -> NDArray[np.bool_]:
    """The stable states of every actor, where some comparisons are unknown.

    Parameters
    ----------
    conflict
        The graph model.
    base
        `nash`, `gmr`, `smr` or `seq`.
    kind
        The type, `a` to `d`.

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
    [LiHipelKilgourFang2004]; [XuHipelKilgourFang2018], ch. 5
    """
    related = deterrence.relations(conflict, conflict.beyond.unknown)
    return deterrence.rows(conflict, base, related, TYPES[kind])


def unknown(
    space: Space, preference: Preference, future: Future, actor: str, row: Ranks
) -> Relation | None:
    """What it is not known how an actor compares; None if there is nothing.

    Parameters
    ----------
    space
        The states.
    preference, future, actor
        The actor's statements, of which the future holds some, or its ranking.
    row
        `(states,) int32`, its ranks without what is unknown.
    """
    if isinstance(preference, Ranking) and preference.unknown:
        groups = [space.indices(group).tolist() for group in preference.unknown]
        return pairs(row, {pair: None for group in groups for pair in permutations(group, 2)})
    doubted = future.unknown.get(actor)
    return _prefixed(space, future, actor, doubted) if doubted else None


def _prefixed(space: Space, future: Future, actor: str, doubted: Sequence[Doubted]) -> Prefixed:
    """Option prioritisation, with the unknown statements where they would stand."""
    held = future.statements[actor]
    prefix: list[Statement] = []
    start = 0
    for each in doubted:
        prefix += [*held[start : each.place], each.statement]
        start = each.place
    groups, firsts = _numbered(space, truths(space, prefix, future.values).ranks())
    rest, _ = _numbered(space, truths(space, held[start:], future.values).ranks())
    here = {**future.values, **space.axes()}
    made = [_at(space, statement.prefer.on(here), firsts) for statement in prefix]
    unknown = np.array([statement.unknown for statement in prefix])
    return Prefixed(groups, np.array(made).T, unknown, rest)


def _numbered(space: Space, ranks: Ranks) -> tuple[Ranks, NDArray[np.int64]]:
    """Ranks numbered without gaps, -1 where infeasible; and the first state of each."""
    states = np.flatnonzero(space.mask)
    _, firsts, numbers = np.unique(ranks[states], return_index=True, return_inverse=True)
    numbered = np.full(space.size, -1, dtype=np.int32)
    numbered[states] = numbers
    return numbered, states[firsts]


def _at(space: Space, truth: NDArray[np.bool_], states: NDArray[np.int64]) -> NDArray[np.bool_]:
    """What is true on its own axes, in these states."""
    return np.broadcast_to(truth, space.shape)[np.unravel_index(states, space.shape)]
