"""What could be known on the day a case is written for, and what is known by now: item by item."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from detente.case import load
from detente.case.hindsight import blind, informed
from detente.case.perceived import statements_seen
from detente.case.situation import Perception
from detente.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

    from detente.case.situation import Situation

CASE = """\
detente: 1
id: small
title: Before and after
as_of: 2024-04-16
actors: {rok: {}, prc: {}}
sources:
  before: {type: report, title: Before, issued: 2024-04-16}
  month: {type: report, title: The month only, issued: 2024-04}
  undated: {type: report, title: Undated}
  after: {type: report, title: After, issued: 2024-04-17}
arrangements:
  old: {name: O, layer: l, kind: k, parties: [rok, prc], evidence: [{source: before}]}
  both: {name: B, layer: l, kind: k, parties: [rok, prc],
         evidence: [{source: after}, {source: month}]}
  new: {name: N, layer: l, kind: k, parties: [rok, prc], evidence: [{source: after}]}
  bare: {name: A, layer: l, kind: k, parties: [rok, prc], assumption: as a rule}
commands:
  staff: {name: S, actors: [rok], evidence: [{source: undated}]}
  corps: {name: C, actors: [rok], evidence: [{source: after}]}
tasks:
  watch: {label: W, evidence: [{source: before}]}
  strike: {label: S, evidence: [{source: after}]}
capabilities:
  radar: {label: R, arrangements: [old, new], tasks: [watch, strike]}
  sonar: {label: S, actors: [rok], evidence: [{source: after}]}
commitments:
  promise: {says: P, parties: [rok], layer: l, executed: [0.2, 0.4], evidence: [{source: before}],
            history: [{on: 2024-01-01, status: announced}, {on: 2024-04-16, status: planned},
                      {on: 2024-04-17, status: delivered}]}
  unheard: {says: U, parties: [rok], layer: l, evidence: [{source: after}]}
  doubted: {says: D, parties: [rok], layer: l, executed: [0.1, 0.3], evidence: [{source: after}]}
events:
  then: {on: 2024-04-16, says: T}
  next: {on: 2024-04-17, says: N}
precedents:
  first: {kind: k, on: 2016-07-08, outcome: o}
  found: {kind: k, on: 2016-07-08, outcome: o, evidence: [{source: after}]}
  last: {kind: k, on: 2024-04-17, outcome: o}
uncertainties:
  storm: {kind: event, probability: [0.1, 0.3], evidence: [{source: after}]}
  mood: {kind: choice, weights: {calm: 1, angry: 3}}
  cost: {kind: uniform, range: [0, 1]}
options: {rok: {go: {evidence: [{source: after}]}}, prc: {block: {}}}
preferences:
  rok:
    - {prefer: rok.go, evidence: [{source: before}]}
    - {prefer: not prc.block, evidence: [{source: after}]}
    - any_order: [{prefer: prc.block}, {prefer: not rok.go, evidence: [{source: after}]}]
  prc: {ranking: ["01", "11", "00", "10"], evidence: [{source: after}]}
views: {other: {prc: [{prefer: rok.go, evidence: [{source: after}]}, {prefer: prc.block}]}}
perceptions:
  rok: {preferences: {prc: [{prefer: rok.go, evidence: [{source: after}]}, {prefer: prc.block}]},
        perceptions: {prc: {unaware: [rok.go], evidence: [{source: after}]}}}
  prc: {unaware: [rok.go], evidence: [{source: after}]}
claims:
  said: {says: S, evidence: [{source: after}], untested: no measure}
  number: {says: N, test: {kind: record, about: a number, stated: 1, found: [
           {value: 1, evidence: [{source: before}]}, {value: 2, evidence: [{source: after}]}]}}
aftermath:
  until: 2026-04-16
  commitments: {promise: [{on: 2025-01-01, status: cancelled}]}
  arrangements:
    old: {name: O, layer: l, kind: k, parties: [rok, prc], to: 2025-01-01}
    late: {name: L, layer: l, kind: k, parties: [rok, prc], from: 2025-01-01}
  commands: {corps: {name: Again, actors: [rok]}}
  resolved: {storm: {is: yes}, mood: {is: calm}, promise: {is: no}}
  events: {quarrel: {on: 2025-02-01, says: Q}}
  precedents: {again: {kind: k, on: 2025-05-01, outcome: o}}
"""


@pytest.fixture
def situation(tmp_path: Path) -> Situation:
    file = tmp_path / "situation.yaml"
    file.write_text(CASE, encoding="utf-8")
    return load(file)


def steps(situation: Situation) -> list[str]:
    return [f"{step.on} {step.status}" for step in situation.commitments["promise"].history]


def wishes(situation: Situation, actor: str = "rok") -> list[str]:
    preference = situation.preferences[actor]
    return [statement.prefer.text for statement in preference.statements]  # type: ignore[union-attr]


def test_the_blind_see_what_some_source_of_that_day_supports_or_nothing_needs_to(
    situation: Situation,
) -> None:
    seen = blind(situation)
    assert list(seen.arrangements) == ["old", "both", "bare"]
    assert list(seen.commands) == ["staff"]
    assert (list(seen.tasks), list(seen.capabilities)) == (["watch"], ["radar"])
    assert list(seen.commitments) == ["promise", "doubted"]  # an expression may name the latter
    assert list(seen.events) == ["then"]
    assert list(seen.precedents) == ["first"]
    assert wishes(seen) == ["rok.go", "prc.block"]
    assert wishes(seen.seen_by("other"), "prc") == ["prc.block"]


def test_the_blind_take_nobody_to_see_otherwise_than_was_known(situation: Situation) -> None:
    seen = blind(situation).perceptions
    assert [each.id for each in statements_seen(blind(situation))] == ["rok:prc.2"]
    assert seen["rok"].perceptions == {"prc": Perception()}
    assert seen["prc"] == Perception()


def test_the_blind_see_histories_up_to_that_day(situation: Situation) -> None:
    assert steps(blind(situation)) == ["2024-01-01 announced", "2024-04-16 planned"]


def test_questions_stay_whatever_supports_them(situation: Situation) -> None:
    seen = blind(situation)
    assert (seen.options, seen.uncertainties) == (situation.options, situation.uncertainties)
    assert list(seen.claims) == ["said", "number"]
    assert seen.preferences["prc"] == situation.preferences["prc"]
    assert seen.aftermath is None


def test_the_blind_have_found_only_what_was_published(situation: Situation) -> None:
    found = blind(situation).claims["number"].test.found  # type: ignore[union-attr]
    assert [each.value for each in found] == [1]
    assert len(situation.claims["number"].test.found) == 2  # type: ignore[union-attr]


def test_the_informed_know_all_that_came(situation: Situation) -> None:
    known = informed(situation)
    assert known.as_of == date(2026, 4, 16)
    assert list(known.arrangements) == ["old", "both", "new", "bare", "late"]
    assert known.arrangements["old"].to == date(2025, 1, 1)
    assert known.commands["corps"].name == "Again"
    assert list(known.events) == ["then", "next", "quarrel"]
    assert list(known.precedents) == ["first", "found", "last", "again"]
    assert steps(known)[2:] == ["2024-04-17 delivered", "2025-01-01 cancelled"]
    assert known.aftermath is None


def test_what_is_resolved_is_no_longer_uncertain(situation: Situation) -> None:
    known = informed(situation)
    assert known.uncertainties["storm"].probability == (1, 1)  # type: ignore[union-attr]
    assert known.uncertainties["mood"].weights == {"calm": 1, "angry": 0}  # type: ignore[union-attr]
    assert known.uncertainties["cost"] == situation.uncertainties["cost"]
    assert known.commitments["promise"].executed == (0, 0)


def test_without_an_aftermath_nobody_is_informed(tmp_path: Path) -> None:
    (tmp_path / "situation.yaml").write_text(CASE[: CASE.index("aftermath:")], encoding="utf-8")
    with pytest.raises(InputError, match="small has no `aftermath`: nothing is known of what came"):
        informed(load(tmp_path))


def test_without_a_day_nobody_is_blind(tmp_path: Path) -> None:
    timeless = CASE[: CASE.index("aftermath:")].replace("as_of: 2024-04-16\n", "")
    (tmp_path / "situation.yaml").write_text(timeless, encoding="utf-8")
    with pytest.raises(InputError, match="small does not say as of when it is written"):
        blind(load(tmp_path))
