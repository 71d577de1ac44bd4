"""Comparisons: by a goal, and by an actor's own order."""

from __future__ import annotations

from itertools import product

import pytest

from tests.claims.conftest import STAGE, Judge

CALM = """
preferences:
  rok: [{prefer: prc.press == none}, {prefer: rok.join}]
  prc: [{prefer: rok.join implies prc.press >= words}, {prefer: rok.hedge or prc.press == none}]
goals:
  - {id: calm, test: prc.press == none}
  - {id: peace, test: prc.press != trade}
strategies: {join: {rok.join: yes}, wait: {rok.join: no, rok.hedge: no}, loose: {rok.join: no}}
"""


def comparisons(of: str, under: str, against: str) -> str:
    tests = "\n".join(
        f"  {word}: {{says: C, test: {{kind: compare, under: {under}, against: {against}, "
        f"of: {of}, is: {word}}}}}"
        for word in ("better", "worse", "equal")
    )
    return f"claims:\n{tests}\n"


@pytest.mark.parametrize(
    ("of", "under", "against", "true"),
    [
        ("calm", "wait", "join", "better"),
        ("calm", "join", "wait", "worse"),
        ("calm", "wait", "loose", "equal"),  # in every outcome, here and there
        ("peace", "wait", "join", "better"),  # in every outcome, not only in some
        ("best(rok)", "wait", "join", "better"),
        ("worst(rok)", "join", "wait", "worse"),
        ("best(usa)", "join", "wait", "equal"),  # it has no preferences
        ("worst(rok)", "wait", "wait", "equal"),
    ],
)
def test_strategies_are_compared_in_the_same_future(
    judge: Judge, of: str, under: str, against: str, true: str
) -> None:
    result = judge(CALM, comparisons(of, under, against))
    assert {word: each.share for word, each in result.items()} == {
        word: float(word == true) for word in result
    }


def test_a_comparison_is_one_answer_and_has_no_contrast(judge: Judge) -> None:
    result = judge(CALM, comparisons("calm", "wait", "join"))["better"]
    assert (result.verdict, result.against, result.difference) == ("assumed", None, None)
    (nash, *_) = result.concepts
    assert nash.commit is not None
    assert nash.contrast is not None
    assert (nash.commit.attainable, nash.contrast.attainable) == (("0000",), ("1010", "1020"))


def test_strategies_can_be_written_out(judge: Judge) -> None:
    levels = ("{rok.join: no, rok.hedge: no}", "{rok.join: yes}")
    assert judge(CALM, comparisons("calm", *levels))["better"].share == 1.0


# What a long list decides last: 40 statements, more than one machine word holds.
WIDE = STAGE.replace(
    "rok: {join: {}, hedge: {}}", "rok: {join: {}, hedge: {}, far: {levels: [a, b, c, d, e]}}"
)
FILLERS = [f'"rok.far != {level}"' for level in "abcde"]


def long_list(last: str) -> str:
    fillers = [filler for _, filler in product(range(8), FILLERS)]
    statements = "\n".join(f"    - {{prefer: {text}, role: end}}" for text in [*fillers, last])
    return f"preferences:\n  rok:\n{statements}\n"


def test_outcomes_stay_comparable_when_a_long_list_is_varied(judge: Judge) -> None:
    strategies = "strategies: {join: {rok.join: yes, rok.far: a}, wait: {rok.join: no, rok.far: a}}"
    claims = comparisons("best(rok)", "join", "wait")
    result = judge(long_list("rok.join"), strategies, claims, stage=WIDE)["better"]
    assert result.share == 1.0
    assert [(f.statement, f.change, f.becomes) for f in result.flips] == [
        ("rok.41", "dropped", "contradicted")
    ]
    reverse = judge(long_list("rok.join"), strategies, claims, stage=WIDE)["worse"]
    assert (reverse.share, reverse.flips) == (0.0, ())
