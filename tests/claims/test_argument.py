"""The argument as a whole: kinds of test, premises, the recommendation, findings."""

from __future__ import annotations

import pytest

from detente.case import load
from detente.claims import run_claims
from detente.claims.verdict import meets
from tests.claims.conftest import Judge, Tell

# ------------------------------------------------------------------------------- what is not run


def test_a_trend_says_what_it_waits_for(judge: Judge) -> None:
    result = judge("""
    preferences: {}
    claims: {k: {says: C, test: {kind: trend, of: warheads, is: higher}}}
    """)["k"]
    assert (result.kind, result.verdict) == ("trend", "untested")
    assert result.reason == "waits for dynamic models"
    assert (result.share, result.open, result.flips, result.concepts) == (None, False, (), ())


def test_a_claim_without_a_test_gives_its_own_reason(judge: Judge) -> None:
    result = judge("""
    preferences: {}
    claims: {k: {says: C, untested: "normative: says what ought to be weighed"}}
    """)["k"]
    assert (result.kind, result.verdict) == ("none", "untested")
    assert result.reason == "normative: says what ought to be weighed"


# -------------------------------------------------------------------------- what the word requires


@pytest.mark.parametrize(
    ("modality", "enough", "too_little"),
    [
        ("possible", 0.21, 0.20),
        ("likely", 0.56, 0.55),
        ("very_likely", 0.96, 0.95),
        ("almost_certain", 0.96, 0.95),
        ("certain", 1.0, 0.999),
        ("unlikely", 0.44, 0.46),
        ("very_unlikely", 0.04, 0.06),
        ("almost_no_chance", 0.04, 0.06),
        ("impossible", 0.0, 0.001),
    ],
)
def test_each_word_has_its_threshold(modality: str, enough: float, too_little: float) -> None:
    denies = enough < 0.5 and modality != "possible"
    helps, nothing, harms = (-0.3, 0.0, 0.3) if denies else (0.3, 0.0, -0.3)
    assert meets(modality, enough, None)
    assert meets(modality, enough, helps)
    assert not meets(modality, too_little, None)
    assert not meets(modality, too_little, helps)
    assert not meets(modality, enough, nothing)
    assert not meets(modality, enough, harms)


# -------------------------------------------------------------------------------------- premises

CHAIN = """
preferences: {prc: [{prefer: rok.join implies prc.press}]}
recommendation: {strategy: join, rests_on: [last]}
strategies: {join: {rok.join: yes}, wait: {rok.join: no}}
claims:
  fails: {says: C, test: {commit: {rok.join: no}, expect: prc.press}}
  told: {says: C, test: {commit: {rok.join: yes}, expect: prc.press}}
  unknown: {says: C, untested: normative}
  middle: {says: C, untested: normative, rests_on: [fails, told, unknown]}
  last: {says: C, rests_on: [middle], test: {commit: {rok.join: yes}, expect: prc.press}}
  apart: {says: C, untested: normative, rests_on: [told]}
"""


def test_a_failed_premise_marks_every_conclusion_that_leans_on_it(judge: Judge) -> None:
    result = judge(CHAIN)
    assert {id: each.verdict for id, each in result.items()} == {
        "fails": "contradicted", "told": "assumed", "unknown": "untested",
        "middle": "untested", "last": "assumed", "apart": "untested",
    }  # fmt: skip
    marked = {id: each.failed_premises for id, each in result.items() if each.failed_premises}
    assert marked == {"middle": ("fails",), "last": ("fails",)}


def test_the_recommendation_rests_on_premises_of_premises(tell: Tell) -> None:
    found = tell(CHAIN).recommendation
    assert found is not None
    assert found.strategy == "join"
    assert found.rests_on == ("last", "middle", "fails", "told", "unknown")
    assert found.gives_way == ("last", "fails", "told")
    assert found.untested == ("middle", "unknown")


def test_an_argument_may_recommend_nothing(tell: Tell) -> None:
    report = tell("preferences: {}")
    assert (report.recommendation, report.claims, report.findings) == (None, (), ())


# ------------------------------------------------------------------------- strategies and findings

COURSES = """
recommendation: {{strategy: {recommended}}}
preferences:
  rok: [{{prefer: prc.press == none}}, {{prefer: rok.join}}]
  prc: [{{prefer: "rok.join and not rok.hedge implies prc.press >= words"}}]
goals: [{{id: calm, test: prc.press == none}}, {{id: joined, test: rok.join}}]
strategies:
  join: {{rok.join: yes, rok.hedge: no}}
  wait: {{rok.join: no, rok.hedge: no}}
  hedged: {{rok.join: yes, rok.hedge: yes}}
"""


def test_strategies_show_what_others_do_and_what_it_brings(tell: Tell) -> None:
    join, wait, hedged = tell(COURSES.format(recommended="join")).strategies
    assert join.goals == {"calm": "none", "joined": "every"}
    assert join.responses == {"prc.press": ("words", "trade"), "usa.back": ("no",)}
    assert join.best == join.worst
    assert wait.best is not None
    assert hedged.best is not None
    assert join.best is not None
    assert join.best < wait.best < hedged.best
    assert [each.concept for each in join.settlements] == ["nash", "seq", "smr", "gmr"]


def test_a_recommendation_is_told_what_serves_better(tell: Tell) -> None:
    found = [
        (each.kind, each.details) for each in tell(COURSES.format(recommended="join")).findings
    ]
    assert found == [
        ("not_best", {"other": "wait"}),
        ("not_best", {"other": "hedged"}),
        ("goal_missed", {"goal": "calm", "others": ["wait", "hedged"]}),
    ]


def test_a_recommendation_that_nothing_beats_is_told_what_it_beats(tell: Tell) -> None:
    (found,) = tell(COURSES.format(recommended="hedged")).findings
    assert (found.kind, found.strategy) == ("unbeaten", "hedged")
    assert found.details == {"beaten": ["join", "wait"]}


def test_a_strategy_at_its_worst_as_good_as_another_at_its_best_serves_better(tell: Tell) -> None:
    report = tell("""
    recommendation: {strategy: join}
    preferences:
      rok: [{prefer: "prc.press != trade"}]
      prc: [{prefer: "rok.join and not rok.hedge implies prc.press >= words"}]
    strategies: {join: {rok.join: yes, rok.hedge: no}, hedged: {rok.join: yes, rok.hedge: yes}}
    """)
    (found,) = report.findings
    assert (found.kind, found.details) == ("not_best", {"other": "hedged"})


def test_what_never_comes_makes_no_finding_of_no_difference(tell: Tell) -> None:
    report = tell("""
    preferences: {prc: [{prefer: prc.press == none}]}
    claims:
      c: {says: C, test: {commit: {rok.join: yes}, against: {rok.join: no}, expect: prc.press}}
    """)
    assert [each.kind for each in report.findings] == ["open_contradicted"]


def test_a_strategy_that_never_settles_is_neither_better_nor_worse(tell: Tell) -> None:
    report = tell("""
    recommendation: {strategy: calm}
    preferences:
      rok: [{prefer: "rok.hedge iff prc.press == words"}, {prefer: rok.join}]
      prc: [{prefer: "prc.press != trade"}, {prefer: "prc.press == words iff not rok.hedge"}]
    strategies: {calm: {rok.join: no, rok.hedge: no}, never: {rok.join: yes}}
    """)
    calm, never = report.strategies
    assert (calm.best is None, never.best, never.worst) == (False, None, None)
    assert never.responses == {"rok.hedge": (), "prc.press": (), "usa.back": ()}
    assert report.findings == ()


def test_open_tests_are_findings_the_supported_first(tell: Tell) -> None:
    report = tell("""
    preferences: {prc: [{prefer: "prc.press != none", role: end}]}
    claims:
      calm: {says: C, test: {commit: {rok.join: yes}, expect: prc.press == none}}
      noise: {says: C, test: {commit: {rok.join: yes}, expect: prc.press}}
    """)
    assert [(each.kind, each.claim) for each in report.findings] == [
        ("open_supported", "noise"),
        ("open_contradicted", "calm"),
    ]


def test_foresight_that_changes_an_answer_is_a_finding(tell: Tell) -> None:
    report = tell("""
    preferences:
      prc: [{prefer: not rok.hedge}, {prefer: prc.press == words, role: end}]
      rok: [{prefer: prc.press iff rok.hedge, role: end}]
    claims: {c: {says: C, test: {commit: {rok.join: yes}, expect: prc.press == words}}}
    """)
    assert [each.kind for each in report.findings] == ["open_supported", "concepts_part"]
    assert report.findings[1].details == {"nash": True, "seq": False}


def test_a_focal_actor_that_decides_nothing_gains_nothing(tell: Tell) -> None:
    report = tell("strategies: {quiet: {prc.press: none}}\npreferences: {}", stage=ONLOOKER)
    (quiet,) = report.strategies
    assert (quiet.best, quiet.worst) == (None, None)


ONLOOKER = """\
detente: 1
id: onlooker
title: Nobody is in focus
actors: {prc: {}}
options: {prc: {press: {levels: [none, words]}}}
"""


def test_a_notebook_shows_one_row_a_claim_and_keeps_text_text(tell: Tell) -> None:
    html = tell("""
    preferences: {prc: [{prefer: rok.join implies prc.press}]}
    claims: {c: {says: "<b>C</b>", test: {commit: {rok.join: yes}, expect: prc.press}}}
    """)._repr_html_()
    assert "<tr><td>assumed</td><td></td><td>&lt;b&gt;C&lt;/b&gt;</td><td>prc.1</td></tr>" in html


def test_a_case_without_claims_has_an_empty_frame() -> None:
    assert run_claims(load("fang/chicken")).to_frame().empty
