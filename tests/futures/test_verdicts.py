"""Verdicts over many futures, by example: what is assumed, contingent, undecided, borne out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from detente.case import load
from detente.claims.report import Flip
from detente.futures.judging.report import EnsembleClaim
from detente.futures.judging.shares import Share
from detente.futures.judging.verdicts import borne_out
from tests.futures.argued import asked, claim, judged


def it(folder: Path, *sections: str, futures: int = 400) -> EnsembleClaim:
    return judged(asked(folder, *sections, futures=futures))["it"]


def taste(credence: str, role: str = "means") -> str:
    return (
        "preferences: {theirs: [{prefer: ours.go implies theirs.answer, "
        f"role: {role}, credence: {credence}}}, {{prefer: not theirs.answer, role: cost}}]}}"
    )


# --------------------------------------------------------------------------------------- assumed


def test_a_share_that_is_the_credence_somebody_typed_in_is_assumed(tmp_path: Path) -> None:
    result = it(tmp_path, taste("[0.4, 0.9]"), claim())
    assert result.verdict == "assumed"
    assert result.share == pytest.approx(0.65, abs=0.01)
    assert not result.open
    assert result.flips[0] == Flip("theirs.1", "dropped", None, "contradicted")
    assert result.break_even is not None
    assert result.break_even.statement == "theirs.1"
    assert result.break_even.credence == pytest.approx(0.55, abs=1e-6)
    assert result.break_even.stated == (0.4, 0.9)


def test_a_doubted_means_that_would_bear_the_claim_out_tells_it_too(tmp_path: Path) -> None:
    result = it(tmp_path, taste("[0.1, 0.3]"), claim())
    assert result.verdict == "assumed"
    assert result.share == pytest.approx(0.2, abs=0.01)
    assert result.flips[0] == Flip("theirs.1", "added", None, "supported")


def test_a_means_nobody_doubts_is_found_by_dropping_it(tmp_path: Path) -> None:
    means = "preferences: {theirs: [{prefer: ours.go implies theirs.answer, role: means}]}"
    result = it(tmp_path, means, claim(), futures=40)
    assert (result.verdict, result.share) == ("assumed", 1.0)
    assert result.flips == (Flip("theirs.1", "dropped", None, "contradicted"),)


def test_a_means_that_counts_in_the_last_combinations_only_is_found(tmp_path: Path) -> None:
    events = {"late": 0.6} | {f"other_{n}": 0.5 for n in range(8)}
    uncertainties = "\n".join(
        [
            "uncertainties:",
            *(f"  {name}: {{kind: event, probability: {p}}}" for name, p in events.items()),
        ]
    )
    means = "preferences: {theirs: [{prefer: theirs.answer, role: means, when: late}]}"
    run = asked(
        tmp_path, uncertainties, means, claim(), futures=512, design="factorial", varied=None
    )
    result = judged(run)["it"]
    assert result.verdict == "assumed"
    assert result.share == pytest.approx(0.6)
    assert result.flips == (Flip("theirs.1", "dropped", None, "contradicted"),)


def test_an_end_somebody_doubts_makes_the_claim_contingent_on_it(tmp_path: Path) -> None:
    result = it(tmp_path, taste("[0.4, 0.9]", role="end"), claim())
    assert result.verdict == "contingent"
    assert result.judged is not None
    first = result.judged.contingent_on[0]
    assert (first.factor, first.level, first.share.share) == ("theirs.1", "dropped", 0.0)


# ------------------------------------------------------------------------------------ contingent

RAIN = "uncertainties: {rain: {kind: event, probability: %s}}"
IF_IT_RAINS = "preferences: {theirs: [{prefer: theirs.answer, role: end, when: rain}]}"


def test_a_claim_that_one_event_decides_is_contingent_on_it(tmp_path: Path) -> None:
    result = it(tmp_path, RAIN % "0.7", IF_IT_RAINS, claim())
    assert result.verdict == "contingent"
    assert result.judged is not None
    turning = {(at.factor, at.level): at.share.share for at in result.judged.contingent_on}
    assert turning == {("rain", "no"): 0.0}
    assert result.judged.range is None


def test_a_share_over_an_interval_of_probabilities_comes_as_a_range(tmp_path: Path) -> None:
    result = it(tmp_path, RAIN % "[0.4, 0.9]", IF_IT_RAINS, claim(modality="possible"))
    assert result.judged is not None
    assert result.judged.range is not None
    assert result.judged.range.lower == pytest.approx(0.4, abs=0.01)
    assert result.judged.range.upper == pytest.approx(0.9, abs=0.01)
    assert result.judged.range.lower_at == {"rain": 0.4}
    assert result.judged.range.upper_at == {"rain": 0.9}


# ---------------------------------------------------------------------- supported and undecided

ALWAYS = "preferences: {theirs: [{prefer: theirs.answer, role: end}]}"
PAIR = """
uncertainties:
  one: {kind: event, probability: 0.5}
  two: {kind: event, probability: 0.5}
preferences:
  theirs: [{prefer: theirs.answer, role: end, when: "(one and not two) or (two and not one)"}]
"""


def test_a_claim_that_holds_whatever_happens_is_supported(tmp_path: Path) -> None:
    result = it(tmp_path, RAIN % "0.7", ALWAYS, claim(modality="certain"))
    assert (result.verdict, result.share, result.high) == ("supported", 1.0, 1.0)
    assert result.low is not None
    assert 0.98 < result.low < 1.0
    assert result.open


def test_one_future_against_it_is_enough_against_all(tmp_path: Path) -> None:
    result = it(tmp_path, RAIN % "0.99", IF_IT_RAINS, claim(modality="certain"))
    assert result.judged is not None
    assert result.judged.plain == "contradicted"


def test_two_events_that_decide_only_together_leave_the_share_near_a_half(tmp_path: Path) -> None:
    result = it(tmp_path, PAIR, claim(), futures=100)
    assert result.judged is not None
    assert result.verdict == "undecided"
    assert result.judged.contingent_on == ()
    assert result.judged.needed is None or result.judged.needed > 100


def test_an_effect_that_comes_without_its_cause_makes_no_difference(tmp_path: Path) -> None:
    test = "commit: {ours.go: yes}, against: {ours.go: no}, expect: theirs.answer"
    result = it(tmp_path, RAIN % "0.7", ALWAYS, claim(test=test))
    assert (result.verdict, result.share, result.against) == ("contradicted", 1.0, 1.0)
    assert result.difference == 0.0


def test_a_cause_has_a_difference_with_an_interval(tmp_path: Path) -> None:
    want = "preferences: {theirs: [{prefer: ours.go implies theirs.answer, role: end, when: rain}, {prefer: not theirs.answer}]}"  # noqa: E501
    test = "commit: {ours.go: yes}, against: {ours.go: no}, expect: theirs.answer"
    result = it(tmp_path, RAIN % "0.7", want, claim(test=test, modality="possible"), futures=250)
    assert (result.share, result.against, result.difference) == (0.7, 0.0, 0.7)
    assert result.judged is not None
    share = result.judged.share
    assert share.difference_low is not None
    assert share.difference_high is not None
    assert 0.6 < share.difference_low < 0.7 < share.difference_high < 0.8


def test_what_never_differs_makes_no_difference_however_few_futures_there_are() -> None:
    judged = Share(0.9, 0.8, 0.95, 0.9, 0.0, -0.1, 0.1, futures=20, ever_differs=False)
    case = load("kim/first_strike")
    cause = replace(next(iter(case.claims.values())), modality="possible")
    assert borne_out(cause, judged) is False
    assert borne_out(cause, replace(judged, ever_differs=True)) is None


def test_what_is_never_determined_is_untested(tmp_path: Path) -> None:
    chase = """
    preferences:
      ours: [{prefer: ours.go iff theirs.shout}]
      theirs: [{prefer: not ours.go iff theirs.shout}]
    """
    test = "commit: {theirs.answer: yes}, expect: theirs.shout"
    result = it(tmp_path, RAIN % "0.7", chase, claim(test=test), futures=50)
    assert (result.verdict, result.share, result.undetermined) == ("untested", None, 50)
    assert result.reason


def test_an_expert_has_a_verdict_of_its_own(tmp_path: Path) -> None:
    views = "views: {doubter: {theirs: [{prefer: not theirs.answer, role: end}]}}"
    result = it(tmp_path, RAIN % "0.7", ALWAYS, views, claim(), futures=50)
    assert (result.verdict, result.share) == ("supported", 1.0)
    assert [(one.view, one.verdict, one.share.share) for one in result.views] == [
        ("doubter", "contradicted", 0.0)
    ]


def test_where_nothing_is_unknown_a_share_is_exact(tmp_path: Path) -> None:
    result = it(tmp_path, ALWAYS, claim(), futures=2)
    assert (result.verdict, result.share, result.low, result.high) == ("supported", 1.0, 1.0, 1.0)
