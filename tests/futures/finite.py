"""A case of two actors in which whatever is not known comes in finitely many combinations."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from detente.futures.judging.shares import Counted

__all__ = ["AGAINST", "FINITE", "FOLLOWS", "shares"]

FINITE = """
detente: 1
id: finite
title: Does b go along?
focus: a
actors: {a: {}, b: {}}
options: {a: {go: }, b: {go: }}
uncertainties:
  war: {kind: event, probability: 0.3}
  path: {kind: choice, weights: {left: 1, right: 3}}
preferences:
  a: [{prefer: "a.go iff b.go"}]
  b:
    - {prefer: b.go, when: "war and path == right"}
    - any_order: [{prefer: "b.go iff a.go"}, {prefer: not b.go, credence: 0.6}]
goals: [{id: calm, test: not b.go}]
strategies: {staying: {a.go: no}, going: {a.go: yes}}
claims:
  follows: {says: It does, test: {commit: {a.go: yes}, against: {a.go: no}, expect: b.go}}
"""

AGAINST = 0.3 * 0.75
"""The share in which b goes though a stays: there is war, and the path is the right one."""

FOLLOWS = 1 - (1 - AGAINST) * 0.6 * 0.5
"""The share in which b goes if a does: but where, without that, it rather stays than goes along."""


def shares(sums: Counted) -> NDArray[np.float64]:
    """Of each claim under its commit and its contrast by concept, then of goals by strategy."""
    return np.concatenate([sums.asked.means[[0, 2]].ravel(), sums.met.means.ravel()])
