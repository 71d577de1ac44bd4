"""Verdicts that no preferences could change are not open."""

from __future__ import annotations

import pytest

from tests.claims.conftest import STAGE, Judge

ANSWERED = "preferences: {prc: [{prefer: rok.join implies prc.press, role: end}]}"


def is_open(judge: Judge, claim: str, *sections: str, stage: str = STAGE) -> bool:
    claims = f"claims: {{c: {{says: C, test: {{{claim}}}}}}}"
    result = judge(*(sections or (ANSWERED,)), claims, stage=stage)["c"]
    assert result.verdict in ("supported", "contradicted")
    return result.open


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        ("commit: {rok.join: yes}, expect: prc.press", True),
        ("commit: {rok.join: yes}, expect: rok.join", False),
        ("commit: {rok.join: yes}, expect: rok.join or prc.press", False),
        ("commit: {rok.join: yes}, expect: rok.join and prc.press", True),
        ("commit: {rok.join: yes}, against: {rok.join: no}, expect: rok.join", False),
        ("commit: {rok.join: yes}, against: {rok.join: no}, expect: rok.join or prc.press", True),
        ("commit: {rok.join: yes}, against: {rok.join: no}, expect: not rok.join", False),
        ("commit: {rok.join: yes}, against: {rok.join: yes}, expect: prc.press", False),
    ],
)
def test_what_the_test_fixes_itself_is_read_off(judge: Judge, claim: str, expected: bool) -> None:
    assert is_open(judge, claim) == expected


def test_what_the_infeasibilities_leave_is_read_off(judge: Judge) -> None:
    claim = "commit: {rok.join: yes}, expect: prc.press"
    trapped = "infeasible: [{when: rok.join and prc.press == none}]"
    assert not is_open(judge, claim, ANSWERED, trapped)


@pytest.mark.parametrize(("status_quo", "expected"), [("trade", False), ("words", True)])
def test_what_cannot_be_taken_back_is_read_off(
    judge: Judge, status_quo: str, expected: bool
) -> None:
    one_way = STAGE.replace("[none, words, trade]}", "[none, words, trade], moves: up}")
    claim = "commit: {rok.join: yes}, expect: prc.press == trade"
    here = f"status_quo: {{prc.press: {status_quo}}}"
    assert is_open(judge, claim, ANSWERED, here, stage=one_way) == expected


GOALS = """
goals: [{id: joined, test: rok.join}, {id: calm, test: prc.press == none}]
strategies: {join: {rok.join: yes}, wait: {rok.join: no}, quiet: {prc.press: none}}
"""


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        ("under: join, against: wait, of: calm, is: worse", True),
        ("under: join, against: wait, of: joined, is: better", False),
        ("under: quiet, against: wait, of: joined, is: better", True),
        ("under: quiet, against: join, of: joined, is: better", False),  # never more than every
        ("under: quiet, against: quiet, of: joined, is: equal", False),
        ("under: join, against: wait, of: best(prc), is: equal", True),
        ("under: join, against: join, of: best(prc), is: equal", False),
    ],
)
def test_a_comparison_that_has_one_outcome_is_read_off(
    judge: Judge, claim: str, expected: bool
) -> None:
    assert is_open(judge, "kind: compare, " + claim, ANSWERED, GOALS) == expected


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        ('state: "0000", for: rok, is: stable', True),
        ('state: "0000", for: rok, is: unstable', True),
        ('state: "0000", for: usa, is: stable', False),  # back, and never forth
        ('state: "0000", for: usa, is: unstable', False),
        ("state: usa.back or rok.hedge, for: usa, is: stable", True),
        ("state: usa.back or rok.hedge, for: usa, is: stable, in: some", False),
        ('state: "0000", is: equilibrium', True),
        ('state: "0000", for: rok, is: stable, because: prc', False),  # Nash knows no sanctions
        ('state: "0000", for: rok, is: stable, concept: seq, because: prc', True),
        ('state: "0000", for: usa, is: stable, concept: seq, because: prc', False),
    ],
)
def test_who_cannot_move_is_stable_by_construction(
    judge: Judge, claim: str, expected: bool
) -> None:
    stuck = STAGE.replace("back: {}", "back: {moves: down}")
    assert is_open(judge, "kind: stability, " + claim, ANSWERED, stage=stuck) == expected


def test_where_only_the_frozen_actor_could_leave_nobody_is_the_reason(judge: Judge) -> None:
    claim = 'kind: stability, state: "0", is: equilibrium, concept: seq, because: rok'
    stage = """\
detente: 1
id: lonely
title: One actor
actors: {rok: {}}
options: {rok: {join: {}}}
"""
    assert not is_open(judge, claim, "preferences: {rok: [{prefer: not rok.join}]}", stage=stage)
