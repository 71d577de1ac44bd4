"""Forecasts against what came: blind beside informed, hits, misses and Brier scores by hand."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import pytest

from detente.case import load
from detente.claims.backtest import Backtest, backtest
from detente.claims.forecast import LIKELIHOODS, brier
from detente.claims.verdict import WORDS
from detente.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

CASE = """\
detente: 1
id: small
title: Before and after
as_of: 2024-04-16
focus: rok
actors: {rok: {}, prc: {}, usa: {}}
sources:
  memo: {type: report, title: Memo, issued: 2024-01-01}
  news: {type: report, title: News, issued: 2025-05-01}
options: {rok: {join: {}}, prc: {press: {}}}
arrangements:
  old: {name: O, layer: l, kind: k, parties: [rok, usa]}
commitments:
  staff: {says: S, parties: [usa], layer: l, history: [{on: 2024-04-10, status: announced}]}
  yard: {says: Y, parties: [usa], layer: l}
preferences:
  prc:
    - {prefer: rok.join implies prc.press, role: end, evidence: [{source: news}]}
    - {prefer: not prc.press}
claims:
  pressed: {says: Beijing presses, modality: likely,
            test: {commit: {rok.join: yes}, expect: prc.press}}
  calm: {says: It stays calm, modality: unlikely, untested: no index}
  may: {says: It may be, modality: possible, untested: no index}
  must: {says: It must be, untested: no index}
  never: {says: It cannot be, modality: impossible, untested: no index}
  cause: {says: It comes of it, modality: very_likely, untested: no index}
  kept: {says: The staff is there, modality: almost_certain,
         test: {kind: execution, commitment: staff, status: delivered, by: 2025-12-31}}
  begun: {says: The yard is there, modality: possible,
          test: {kind: execution, commitment: yard, status: delivered, by: 2025-12-31}}
  known: {says: A fact, test: {kind: record, about: it, stated: 10, found: [
          {value: 12, evidence: [{source: memo}]}, {value: 10, evidence: [{source: news}]}]}}
  plain: {says: Another fact, test: {kind: record, about: it, is: so}}
aftermath:
  until: 2026-04-16
  commitments: {staff: [{on: 2025-03-24, status: delivered}]}
  forecasts:
    pressed: {came: did_not, on: 2025-05-01, says: Not so, evidence: [{source: news, at: p. 1}]}
    calm: {came: came_true, says: So}
    may: {came: came_true, says: So}
    must: {came: did_not, says: Not so}
    never: {came: did_not, says: Not so}
    cause: {came: other_cause, says: It came otherwise}
"""


@pytest.fixture
def found(tmp_path: Path) -> Backtest:
    file = tmp_path / "situation.yaml"
    file.write_text(CASE, encoding="utf-8")
    return backtest(load(file))


def test_the_blind_do_without_what_was_published_later(found: Backtest) -> None:
    verdicts = {each.claim.id: (each.blind.verdict, each.informed.verdict) for each in found.claims}
    assert verdicts["pressed"] == ("contradicted", "supported")
    assert verdicts["kept"] == ("untested", "supported")
    assert verdicts["begun"] == ("untested", "contradicted")
    assert verdicts["known"] == ("contradicted", "contingent")
    assert [each.claim.id for each in found.changed] == ["pressed", "kept", "begun", "known"]
    assert found.unseen == {"preferences": ("prc.1",)}


def test_what_spoke_against_it_already_then_is_told(found: Backtest) -> None:
    (known,) = found.contradicted_then
    assert known.claim.id == "known"
    assert known.blind.reason == "10 is stated; memo 12"


def test_the_ledger_answers_where_nobody_wrote_what_came(found: Backtest) -> None:
    outcomes = {each.claim.id: each.outcome for each in found.claims}
    kept, begun, pressed = outcomes["kept"], outcomes["begun"], outcomes["pressed"]
    assert kept is not None
    assert begun is not None
    assert pressed is not None
    assert (kept.came, kept.on, kept.computed) == ("came_true", date(2025, 12, 31), True)
    assert (begun.came, begun.computed) == ("did_not", True)
    assert (pressed.came, pressed.sources, pressed.computed) == ("did_not", ("news",), False)
    assert outcomes["known"] is outcomes["plain"] is None  # facts of the day forecast nothing


def test_likelihoods_are_scored_and_possibilities_are_hit_or_miss(found: Backtest) -> None:
    scores = {each.claim.id: (each.is_hit, each.brier) for each in found.claims}
    assert scores == {
        "pressed": (None, pytest.approx(0.675**2)),  # likely: 55 to 80 %, and it did not come
        "calm": (None, pytest.approx((0.325 - 1) ** 2)),  # unlikely: 20 to 45 %, and it came
        "may": (True, None),
        "must": (False, None),
        "never": (True, None),
        "cause": (None, None),  # it came, and not by what the claim names
        "kept": (None, pytest.approx((0.97 - 1) ** 2)),  # almost certain: 95 to 99 %
        "begun": (False, None),
        "known": (None, None),
        "plain": (None, None),
    }
    assert found.brier == pytest.approx((0.675**2 + 0.675**2 + 0.03**2) / 3)


def test_everything_is_counted_once(found: Backtest) -> None:
    assert found.counts == {
        "came_true": 3, "did_not": 4, "other_cause": 1, "not_yet": 0, "untested": 0,
        "hits": 2, "misses": 2, "changed": 4, "contradicted_then": 1,
    }  # fmt: skip


def test_the_document_is_plain_and_says_how_it_was_made(found: Backtest) -> None:
    document = json.loads(json.dumps(found.to_dict()))
    assert list(document) == [
        "format", "situation", "version", "method", "as_of", "until", "counts", "brier", "unseen",
        "claims",
    ]  # fmt: skip
    assert document["format"] == "detente.backtest/1"
    assert (document["as_of"], document["until"]) == ("2024-04-16", "2026-04-16")
    assert document["brier"]["scored"] == 3
    pressed = document["claims"][0]
    assert pressed["outcome"] == {
        "came": "did_not", "on": "2025-05-01", "says": "Not so", "sources": ["news"],
        "computed": False,
    }  # fmt: skip
    assert (pressed["likelihood"], pressed["scored"]) == ([0.55, 0.8], None)
    assert (pressed["blind"]["verdict"], pressed["informed"]["share"]) == ("contradicted", 1)
    assert list(found.to_frame().index) == [each.claim.id for each in found.claims]


def test_only_likelihoods_have_a_range_and_it_grows_with_the_word() -> None:
    assert WORDS.keys() - LIKELIHOODS.keys() == {"possible", "certain", "impossible"}
    ends = [end for ends in LIKELIHOODS.values() for end in ends]
    assert ends == sorted(ends)


def test_the_score_is_the_square_error_at_the_middle() -> None:
    assert brier((0.6, 0.8), came=True) == pytest.approx(0.09)
    assert brier((0.6, 0.8), came=False) == pytest.approx(0.49)


def test_nothing_is_back_tested_without_an_aftermath(tmp_path: Path) -> None:
    (tmp_path / "situation.yaml").write_text(CASE[: CASE.index("aftermath:")], encoding="utf-8")
    with pytest.raises(InputError) as error:
        backtest(load(tmp_path))
    assert str(error.value) == (
        "small has no `aftermath`: nothing is known of what came later\n"
        "  write what became of commitments, arrangements and forecasts there, with sources"
    )
