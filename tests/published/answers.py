"""Where published conflicts settle, in the states' published names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

import numpy as np

from detente.case import load
from detente.conflict.model import conflict
from detente.conflict.stability import Stability, stability

Labels = Mapping[str, Sequence[str]]
"""A published state -> the codes that stand for it."""


@cache
def settled(case: str) -> Stability:
    return stability(load(case))


def equilibria(case: str, concept: str, labels: Labels) -> set[str]:
    return labelled(settled(case).equilibria(concept), labels)


def stable(case: str, concept: str, actor: str, labels: Labels) -> set[str]:
    return labelled(settled(case).to_dict()["stable"][concept][actor], labels)


def labelled(codes: Sequence[str], labels: Labels) -> set[str]:
    """The published names; a state counts only if all codes that stand for it are there."""
    found = {label for label, alike in labels.items() if set(alike) <= set(codes)}
    assert {code for label in found for code in labels[label]} == set(codes)
    return found


def order(case: str, actor: str, labels: Labels) -> list[set[str]]:
    """An actor's classes of published states, best first."""
    model = conflict(load(case))
    ranks = np.asarray(model.ranks_of(actor)).reshape(-1)
    rank = {
        label: {int(ranks[model.space.index(code)]) for code in codes}
        for label, codes in labels.items()
    }
    assert all(len(same) == 1 for same in rank.values())
    by_rank = {
        min(same): {k for k, other in rank.items() if other == same} for same in rank.values()
    }
    return [by_rank[value] for value in sorted(by_rank, reverse=True)]
