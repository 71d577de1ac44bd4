"""Responses: where play starts, what it can come to, and what a contrast takes away."""

from __future__ import annotations

import pytest

from detente.errors import CaseError
from tests.claims.conftest import STAGE, Judge, Tell

# Beijing presses where Seoul hedges not; Seoul hedges where Beijing presses: nothing settles.
CYCLE = """
rok: [{prefer: "rok.hedge iff prc.press == words"}]
prc: [{prefer: "prc.press != trade"}, {prefer: "prc.press == words iff not rok.hedge"}]
"""


def preferences(text: str) -> str:
    return "preferences:\n" + "".join(f"  {line}\n" for line in text.strip().splitlines())


# ----------------------------------------------------------------------------------- undetermined


def test_what_never_settles_is_untested_and_says_so(judge: Judge) -> None:
    result = judge(
        preferences(CYCLE),
        """
    claims: {c: {says: C, test: {commit: {rok.join: yes}, expect: prc.press, in: some}}}
    """,
    )["c"]
    assert (result.verdict, result.reason) == (
        "untested",
        "no equilibrium is attainable under the commitment",
    )
    assert (result.share, result.undetermined, result.open, result.flips) == (None, 1, False, ())


def test_a_claim_of_cause_needs_its_contrast_to_settle(judge: Judge) -> None:
    result = judge(
        preferences(CYCLE),
        """
    claims:
      c: {says: C, test: {commit: {rok.hedge: no}, against: {rok.join: no}, expect: prc.press}}
      alone: {says: C, test: {commit: {rok.hedge: no}, expect: prc.press}}
    """,
    )
    assert (result["c"].verdict, result["c"].share) == ("untested", None)
    assert result["c"].reason == "no equilibrium is attainable under the contrast"
    assert result["alone"].share == 1.0


def test_what_never_settles_cannot_be_compared(judge: Judge) -> None:
    result = judge(
        preferences(CYCLE),
        """
    claims:
      c:
        says: C
        test: {kind: compare, under: {rok.hedge: no}, against: {}, of: best(rok), is: better}
    """,
    )["c"]
    assert result.reason == "no equilibrium is attainable under the contrast"


@pytest.mark.parametrize(
    ("commit", "against", "side"),
    [("yes", "no", "the commitment"), ("no", "yes", "the contrast")],
)
def test_an_infeasible_side_is_named(judge: Judge, commit: str, against: str, side: str) -> None:
    result = judge(f"""
    preferences: {{}}
    infeasible: [{{when: rok.join and usa.back}}, {{when: rok.join and not usa.back}}]
    claims:
      c:
        says: C
        test: {{commit: {{rok.join: {commit}}}, against: {{rok.join: {against}}}, expect: usa.back}}
    """)["c"]
    assert (result.verdict, result.undetermined) == ("untested", 1)
    assert result.reason == f"no feasible state under {side}"


# -------------------------------------------------------------------------------------- contrasts


def test_an_effect_that_comes_without_its_cause_is_contradicted(tell: Tell) -> None:
    report = tell("""
    preferences: {prc: [{prefer: prc.press}]}
    claims:
      c: {says: C, test: {commit: {rok.join: yes}, against: {rok.join: no}, expect: prc.press}}
    """)
    (result,) = report.claims
    assert (result.share, result.against, result.difference) == (1.0, 1.0, 0.0)
    assert (result.verdict, result.open) == ("contradicted", True)
    assert [each.kind for each in report.findings] == ["open_contradicted", "no_difference"]


@pytest.mark.parametrize(
    ("statement", "verdict"),
    [
        ("rok.join implies prc.press == none", "supported"),  # 0 with the cause, 1 without
        ("prc.press == none", "contradicted"),  # 0 either way: denied, but no difference
        ("rok.join implies prc.press", "contradicted"),  # 1 either way
    ],
)
@pytest.mark.parametrize("word", ["unlikely", "very_unlikely", "almost_no_chance", "impossible"])
def test_a_word_that_denies_asks_for_less_with_the_cause_than_without(
    judge: Judge, word: str, statement: str, verdict: str
) -> None:
    result = judge(f"""
    preferences: {{prc: [{{prefer: {statement}, role: end}}, {{prefer: prc.press, role: end}}]}}
    claims:
      c:
        says: C
        modality: {word}
        test: {{commit: {{rok.join: yes}}, against: {{rok.join: no}}, expect: prc.press}}
    """)["c"]
    assert result.verdict == verdict


def test_every_asks_more_than_some(judge: Judge) -> None:
    result = judge("""
    preferences: {prc: [{prefer: prc.press}]}
    claims:
      every: {says: C, test: {commit: {rok.join: yes}, expect: prc.press == words}}
      some: {says: C, test: {commit: {rok.join: yes}, expect: prc.press == words, in: some}}
    """)
    assert (result["every"].share, result["some"].share) == (0.0, 1.0)


# ----------------------------------------------------------------------------------------- starts


def test_an_infeasible_status_quo_starts_from_the_nearest_states(judge: Judge) -> None:
    result = judge("""
    preferences: {}
    infeasible: [{when: prc.press == none}]
    claims:
      words: {says: C, test: {commit: {rok.join: yes}, expect: prc.press == words, in: some}}
      trade: {says: C, test: {commit: {rok.join: yes}, expect: prc.press == trade, in: some}}
      back: {says: C, test: {commit: {rok.join: yes}, expect: usa.back, in: some}}
    """)
    assert [each.share for each in result.values()] == [1.0, 1.0, 0.0]
    (nash, *_) = result["words"].concepts
    assert nash.commit is not None
    assert nash.commit.attainable == ("1010", "1020")


ONE_WAY = STAGE.replace("[none, words, trade]}", "[none, words, trade], moves: up}")


def test_a_one_way_option_of_several_levels_goes_on_from_where_it_stands(judge: Judge) -> None:
    result = judge(
        """
        preferences: {prc: [{prefer: "prc.press == none"}, {prefer: "prc.press == trade"}]}
        status_quo: {prc.press: words}
        claims:
          on: {says: C, test: {commit: {rok.join: yes}, expect: prc.press == trade}}
          held: {says: C, test: {commit: {prc.press: trade}, expect: prc.press == trade}}
        """,
        stage=ONE_WAY,
    )
    assert [each.share for each in result.values()] == [1.0, 1.0]


def test_what_cannot_be_taken_back_cannot_be_fixed_below(judge: Judge) -> None:
    with pytest.raises(CaseError, match=r"`prc\.press` .*moves only up"):
        judge(
            """
        preferences: {}
        status_quo: {prc.press: words}
        claims: {c: {says: C, test: {commit: {prc.press: none}, expect: usa.back}}}
        """,
            stage=ONE_WAY,
        )
