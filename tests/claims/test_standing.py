"""Claims whose answer is the same in every future, against counts and definitions done by hand."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import product
from math import comb
from typing import TYPE_CHECKING

import pytest

from detente.claims.precedent import exact_interval
from detente.claims.record import agree
from detente.claims.report import ClaimResult
from detente.futures.drawing.design import Design
from detente.futures.judging import assembly
from detente.futures.judging.once import run_once
from detente.futures.running.driver import Means, Settings

if TYPE_CHECKING:
    from tests.claims.conftest import Judge, Tell

STAGE = """\
detente: 1
id: small
title: A small argument
as_of: 2024-04-16
focus: rok
actors: {rok: {}, prc: {}, usa: {}, jpn: {}, gbr: {}}
options: {rok: {join: {}}, prc: {press: {}}}
sources:
  early: {type: report, title: Early, issued: 2024-01-01}
  late: {type: report, title: Late, issued: 2025-01-01}
"""


def asked(judge: Judge, test: str, *sections: str, modality: str = "certain") -> ClaimResult:
    cited = "evidence: [{source: early}]"
    claim = f"claims: {{k: {{says: C, modality: {modality}, {cited}, test: {{{test}}}}}}}"
    return judge("preferences: {}", *sections, claim, stage=STAGE)["k"]


# ---------------------------------------------------------------------------------------- record


@pytest.mark.parametrize(
    ("test", "verdict", "share"),
    [
        ("is: so", "supported", 1),
        ("is: not_so", "contradicted", 0),
        ("is: partly", "contingent", None),
        ("stated: 20, found: [{value: 20}]", "supported", 1),
        ("stated: 20, found: [{value: 20.5}]", "contradicted", 0),
        ("stated: [10, 20], found: [{value: 10}, {value: [20, 30]}]", "supported", 1),
        ("stated: [10, 20], found: [{value: 9.9}, {value: [20.1, 30]}]", "contradicted", 0),
        ("stated: [10, 20], found: [{value: 15.3}, {value: 23}]", "contingent", None),
    ],
)
def test_a_record_is_borne_out_by_all_by_none_or_by_some(
    judge: Judge, test: str, verdict: str, share: float | None
) -> None:
    result = asked(judge, f"kind: record, about: a fact, {test}")
    assert (result.verdict, result.share, result.open) == (verdict, share, False)
    assert (result.low, result.high, result.against) == (share, share, None)


def test_a_record_nobody_looked_up_is_untested(judge: Judge) -> None:
    result = asked(judge, "kind: record, about: a fact")
    assert (result.verdict, result.reason) == ("untested", "nobody looked it up")


def test_sources_that_differ_are_named(judge: Judge) -> None:
    found = "[{value: 15.3, evidence: [{source: early}]}, {value: 23, evidence: [{source: late}]}]"
    result = asked(judge, f"kind: record, about: a fact, stated: [10, 20], found: {found}")
    assert result.reason == "10 to 20 is stated; early 15.3; late 23: sources differ"
    assert result.details["found"] == [
        {"value": 15.3, "sources": ["early"], "within": True},
        {"value": 23, "sources": ["late"], "within": False},
    ]


def test_numbers_agree_that_have_a_value_in_common() -> None:
    for low, high, least, most in product(range(4), repeat=4):
        if low <= high and least <= most:
            shared = set(range(low, high + 1)) & set(range(least, most + 1))
            assert agree((low, high), (least, most)) == bool(shared)


ARGUES = """\
recommendation: {strategy: hold, evidence: [{source: early}]}
strategies: {hold: {rok.join: no}}
"""


def test_the_arguments_own_text_bears_nothing_out(judge: Judge) -> None:
    result = asked(judge, "kind: record, about: it, is: so", ARGUES)
    assert (result.verdict, result.share) == ("untested", None)
    assert result.reason == "no source is cited for it but the argument's own"


# ------------------------------------------------------------------------------------- precedent


def tail(hits: int, trials: int, share: float) -> float:
    """The probability of so many hits or more."""
    return sum(
        comb(trials, n) * share**n * (1 - share) ** (trials - n) for n in range(hits, trials + 1)
    )


def interval_by_halving(hits: int, trials: int) -> tuple[float, float]:
    """Clopper and Pearson's ends: where one tail has a probability of exactly 2.5 %."""
    ends = []
    for count, wanted in ((hits, 0.025), (hits + 1, 0.975)):
        low, high = 0.0, 1.0
        for _ in range(60):
            middle = (low + high) / 2
            low, high = (middle, high) if tail(count, trials, middle) < wanted else (low, middle)
        ends.append(low)
    return (ends[0] if hits else 0.0, ends[1] if hits < trials else 1.0)


@pytest.mark.parametrize(("hits", "trials"), [(0, 1), (1, 1), (1, 4), (3, 8), (10, 10), (0, 30)])
def test_the_interval_is_exact(hits: int, trials: int) -> None:
    assert exact_interval(hits, trials) == pytest.approx(interval_by_halving(hits, trials))


def test_the_interval_is_that_of_the_kept_library() -> None:
    from scipy.stats import binomtest

    for trials in range(1, 12):
        for hits in range(trials + 1):
            kept = binomtest(hits, trials).proportion_ci(0.95, method="exact")
            assert exact_interval(hits, trials) == pytest.approx((kept.low, kept.high), abs=1e-12)


def past(hits: int, others: int) -> str:
    cases = [f"h{n}: {{kind: coercion, on: 2024-04-16, outcome: gave_in}}" for n in range(hits)]
    cases += [f"o{n}: {{kind: coercion, on: 2016-01-01, outcome: held}}" for n in range(others)]
    cases += [
        "later: {kind: coercion, on: 2024-04-17, outcome: gave_in}",
        "other: {kind: summit, on: 2016-01-01, outcome: gave_in}",
    ]
    return "precedents: {" + ", ".join(cases) + "}"


@pytest.mark.parametrize(
    ("hits", "others", "modality", "verdict"),
    [
        (20, 20, "possible", "supported"),  # 34 to 66 %: more than 20 %
        (2, 2, "possible", "undecided"),  # 7 to 93 %
        (0, 20, "possible", "contradicted"),  # at most 17 %
        (0, 20, "unlikely", "supported"),
        (20, 20, "likely", "undecided"),
        (20, 20, "very_likely", "contradicted"),
        (20, 0, "certain", "undecided"),  # no number of cases proves it
        (3, 1, "certain", "contradicted"),  # and one is enough against it
        (0, 20, "impossible", "undecided"),
        (1, 3, "impossible", "contradicted"),
    ],
)
def test_a_base_rate_is_judged_by_its_whole_interval(
    judge: Judge, hits: int, others: int, modality: str, verdict: str
) -> None:
    test = "kind: precedent, of: coercion, outcome: gave_in"
    result = asked(judge, test, past(hits, others), modality=modality)
    assert result.verdict == verdict
    assert result.share == hits / (hits + others)
    assert (result.low, result.high) == exact_interval(hits, hits + others)
    assert (result.details["hits"], result.details["trials"]) == (hits, hits + others)
    assert result.open


def test_without_a_precedent_by_the_day_there_is_nothing_to_count(judge: Judge) -> None:
    result = asked(judge, "kind: precedent, of: coercion, outcome: gave_in", past(0, 0))
    assert (result.verdict, result.share) == ("untested", None)
    assert result.reason == "the case has no precedent of `coercion` by 2024-04-16"


# ------------------------------------------------------------------------------------- execution

LEDGER = """
commitments:
  kept: {says: A, parties: [usa], layer: command, history: [{on: 2024-01-10, status: delivered}]}
  begun: {says: B, parties: [usa], layer: command, history: [{on: 2024-01-10, status: announced}]}
"""


@pytest.mark.parametrize(
    ("test", "verdict", "is_open"),
    [
        ("commitment: kept, status: delivered, by: 2024-02-01", "supported", False),
        ("commitment: begun, status: delivered, by: 2024-02-01", "contradicted", False),
        ("layer: command, status: delivered, by: 2024-02-01", "contradicted", True),
        ("layer: command, status: delivered, by: 2024-02-01, at_least: 0.5", "supported", True),
        ("layer: command, status: delivered, by: 2024-02-01, at_most: 0.4", "contradicted", True),
    ],
)
def test_the_ledger_answers_and_a_count_can_go_against_us(
    judge: Judge, test: str, verdict: str, is_open: bool
) -> None:
    result = asked(judge, f"kind: execution, {test}", LEDGER)
    assert (result.verdict, result.open) == (verdict, is_open)
    assert result.share == float(verdict == "supported")


def test_what_was_still_to_come_nobody_could_know(judge: Judge) -> None:
    result = asked(
        judge, "kind: execution, commitment: begun, status: delivered, by: 2025-01-01", LEDGER
    )
    assert (result.verdict, result.share, result.open) == ("untested", None, False)
    assert result.reason == (
        "2025-01-01 lies after 2024-04-16, as of when nobody could know: "
        "`detente backtest` looks it up"
    )


# -------------------------------------------------------------------------------------- position

NETWORK = """
arrangements:
  old: {name: O, layer: treaty, kind: treaty, parties: [rok, usa], from: 1953-10-01}
  other: {name: P, layer: treaty, kind: treaty, parties: [jpn, usa], from: 1960-01-19}
  body: {name: B, layer: tech, kind: body, parties: [jpn, usa, rok], from: 2021-03-12}
  second: {name: S, layer: tech, kind: body, parties: [jpn, usa, gbr], from: 2022-03-12}
  third: {name: T, layer: tech, kind: body, parties: [gbr, usa], from: 2020-01-01}
"""


@pytest.mark.parametrize(
    ("test", "verdict", "is_open"),
    [
        # Japan joins two arrangements of technology between the two days: by two sums.
        ("actor: jpn, measure: strength, layer: tech, against: 2020-06-01, is: higher",
         "supported", True),
        ("actor: jpn, measure: strength, layer: tech, against: 2020-06-01, is: lower",
         "contradicted", True),
        # One arrangement on record makes all the difference: typed in, and it hinges on it.
        ("actor: rok, measure: strength, layer: tech, against: 2020-06-01, is: higher",
         "contingent", False),
        # What the test supposes adds one to a sum by itself.
        ("actor: rok, measure: hyperdegree, with: 'second:rok', is: higher", "supported", False),
        # Who joins rises, whatever else there is: every walk stays, and some are added.
        ("actor: rok, measure: katz, with: 'second:rok', is: higher", "supported", False),
        # That others join is another matter.
        ("actor: rok, measure: katz, with: 'third:jpn', is: higher", "supported", True),
        ("actor: rok, measure: strength, without: old, is: lower", "supported", False),
        # Beside others, on the same day: 5 arrangements against 3 and 2.
        ("actor: usa, measure: hyperdegree, than: [jpn, rok], is: higher", "supported", True),
        ("actor: usa, measure: hyperdegree, than: [jpn, rok], is: equal", "contradicted", True),
        # jpn 3, rok 2: the same without one of Japan's.
        ("actor: jpn, measure: hyperdegree, than: [rok], is: higher", "contingent", True),
        # Of two others one settles it.
        ("actor: jpn, measure: hyperdegree, than: [rok, usa], is: higher", "contradicted", True),
    ],
)  # fmt: skip
def test_a_position_is_as_claimed_or_hinges_on_one_arrangement(
    judge: Judge, test: str, verdict: str, is_open: bool
) -> None:
    result = asked(judge, f"kind: position, {test}", NETWORK)
    assert (result.verdict, result.open) == (verdict, is_open)
    assert result.share == {"supported": 1, "contradicted": 0}.get(verdict)


def test_the_arrangement_it_hinges_on_is_named(judge: Judge) -> None:
    test = "kind: position, actor: rok, measure: strength, layer: tech, against: 2020-06-01"
    result = asked(judge, f"{test}, is: higher", NETWORK)
    assert result.reason is not None
    assert result.reason.endswith("the opposite without body")
    (found,) = result.details["comparisons"]
    assert (found["before"], found["after"], found["flips"]) == (0, 1, ["body"])


@pytest.mark.parametrize(
    ("test", "reason"),
    [
        ("measure: strength, against: 2030-01-01", "2030-01-01 lies after 2024-04-16"),
        ("measure: strength, at: 2030-01-01, than: [usa]", "2030-01-01 lies after 2024-04-16"),
        (
            "measure: betweenness, layer: treaty, at: 1955-01-01, than: [usa]",
            "the network is compl",
        ),
    ],
)
def test_what_cannot_be_told_is_untested(judge: Judge, test: str, reason: str) -> None:
    result = asked(judge, f"kind: position, actor: rok, {test}, is: higher", NETWORK)
    assert (result.verdict, result.open) == ("untested", False)
    assert str(result.reason).startswith(reason)


def test_an_arrangement_of_the_aftermath_is_not_known_yet(judge: Judge) -> None:
    later = """
    aftermath:
      until: 2026-04-16
      arrangements:
        new: {name: N, layer: tech, kind: body, parties: [rok, gbr], from: 2025-01-01}
    """
    result = asked(
        judge, "kind: position, actor: rok, measure: katz, with: new, is: higher", NETWORK, later
    )
    assert result.verdict == "untested"
    assert str(result.reason).startswith("`new` was not known as of 2024-04-16")


# ------------------------------------------------------------------------------ the whole argument

ARGUMENT = f"""
preferences: {{prc: [{{prefer: rok.join implies prc.press, credence: 0.5}}]}}
{NETWORK}
{LEDGER}
{past(1, 3)}
claims:
  fact: {{says: F, evidence: [{{source: early}}],
         test: {{kind: record, about: a fact, is: not_so}}}}
  kept: {{says: K, test: {{kind: execution, layer: command, status: delivered, by: 2024-02-01,
          at_least: 0.5}}}}
  rises: {{says: R, test: {{kind: position, actor: jpn, measure: strength, layer: tech,
           against: 2020-06-01, is: higher}}}}
  often: {{says: O, modality: possible, test: {{kind: precedent, of: coercion, outcome: gave_in}}}}
  presses: {{says: P, modality: possible, rests_on: [fact],
             test: {{commit: {{rok.join: yes}}, expect: prc.press}}}}
"""


def test_they_are_premises_and_open_tests_like_any_other(tell: Tell) -> None:
    report = tell(ARGUMENT, stage=STAGE)
    presses = next(each for each in report.claims if each.claim.id == "presses")
    assert presses.failed_premises == ("fact",)
    opened = [(each.kind, each.claim) for each in report.findings]
    assert opened == [("open_supported", "kept"), ("open_supported", "rises")]


def test_many_futures_say_of_them_what_one_says(
    tell: Tell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(assembly, "ANALYSES", {})  # which take long and are not asked about
    nominal = tell(ARGUMENT, stage=STAGE)
    settings, means = Settings(Design("lhs", 0), ("nash",)), Means(workers=0)
    drawn = run_once(nominal.situation, 20, settings, means)
    for one, many in zip(nominal.claims[:4], drawn.claims[:4], strict=True):
        assert replace(one, futures=20) == ClaimResult(**{f: getattr(many, f) for f in vars(one)})
    assert json.loads(json.dumps(drawn.to_dict())) == drawn.to_dict()
