"""`claims.json`: its keys and types, the same bytes every time, nothing of the run in it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from detente.case import load
from detente.claims import run_claims
from tests.claims.conftest import Tell

ARGUMENT = """
sources: {note: {type: report, title: A note}}
preferences:
  rok: [{prefer: prc.press == none}, {any_order: [{prefer: rok.join}, {prefer: usa.back}]}]
  prc:
    - {prefer: rok.join implies prc.press, credence: [0.6, 0.9]}
    - {prefer: not usa.back or rok.hedge, role: end}
  usa: [{prefer: rok.join implies usa.back}, {prefer: rok.join implies usa.back}]
recommendation: {strategy: join, rests_on: [response]}
goals: [{id: calm, test: prc.press == none}]
strategies: {join: {rok.join: yes}, wait: {rok.join: no}}
claims:
  response:
    says: {en: It answers, ko: 대응한다}
    modality: likely
    tags: [C1]
    evidence: [{source: note, at: III.2}, {source: note, at: III.3}]
    rests_on: [state]
    test: {commit: {rok.join: yes}, against: {rok.join: no}, expect: prc.press}
  both: {says: B, test: {commit: {rok.join: yes}, expect: usa.back}}
  state: {says: S, test: {kind: stability, state: "0000", for: rok, is: stable, concept: seq}}
  better: {says: B, test: {kind: compare, under: wait, against: join, of: calm, is: better}}
  record: {says: R, test: {kind: record, about: a fact}}
  advice: {says: A, untested: normative}
"""

NUMBER = (float, int, type(None))
KEYS: dict[str, type | tuple[type, ...]] = {
    "id": str, "says": str, "at": str, "tags": list, "modality": str, "kind": str,
    "verdict": str, "reason": (str, type(None)), "open": bool,
    "share": NUMBER, "low": NUMBER, "high": NUMBER, "against": NUMBER, "difference": NUMBER,
    "flips": list, "hinges": list, "break_even": (dict, type(None)), "told_together": list,
    "rests_on": list, "failed_premises": list,
    "undetermined": int, "failed": int, "futures": int, "concepts": list, "details": dict,
}  # fmt: skip


@pytest.fixture
def found(tell: Tell) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(json.dumps(tell(ARGUMENT).to_dict()))
    return read


def test_the_document_says_what_it_is(found: dict[str, Any]) -> None:
    assert list(found) == [
        "format", "situation", "version", "futures", "seed", "recommendation",
        "claims", "strategies", "settlements", "findings",
    ]  # fmt: skip
    assert (found["format"], found["situation"]) == ("detente.claims/1", "small")
    assert (found["futures"], found["seed"]) == (1, None)


def test_every_claim_has_every_key_and_its_type(found: dict[str, Any]) -> None:
    assert [claim["id"] for claim in found["claims"]] == [
        "response", "both", "state", "better", "record", "advice",
    ]  # fmt: skip
    for claim in found["claims"]:
        assert list(claim) == list(KEYS)
        for key, types in KEYS.items():
            assert isinstance(claim[key], types), key
        assert all(isinstance(statement, str) for statement in claim["flips"])


def test_a_claim_is_written_as_the_contract_says(found: dict[str, Any]) -> None:
    response, both, *_ = found["claims"]
    assert {key: response[key] for key in list(KEYS)[:17]} == {
        "id": "response", "says": "It answers", "at": "III.2, III.3", "tags": ["C1"],
        "modality": "likely", "kind": "response", "verdict": "assumed", "reason": None,
        "open": False, "share": 1.0, "low": 1.0, "high": 1.0, "against": 0.0, "difference": 1.0,
        "flips": ["prc.1"],
        "hinges": [
            {
                "statement": "prc.1", "change": "dropped",
                "swapped_with": None, "becomes": "contradicted",
            }
        ],
        "break_even": {"statement": "prc.1", "credence": 0.55, "stated": [0.6, 0.9]},
    }  # fmt: skip
    assert (both["verdict"], both["told_together"]) == ("supported", ["usa.1", "usa.2"])


def test_a_flip_is_listed_once_however_often_its_statement_flips(found: dict[str, Any]) -> None:
    for claim in found["claims"]:
        assert claim["flips"] == list(
            dict.fromkeys(hinge["statement"] for hinge in claim["hinges"])
        )


def test_concepts_carry_what_they_were_asked_about(found: dict[str, Any]) -> None:
    response, _, state, *_ = found["claims"]
    assert [each["concept"] for each in response["concepts"]] == ["nash", "seq", "smr", "gmr"]
    assert [each["concept"] for each in state["concepts"]] == ["seq", "nash", "smr", "gmr"]
    assert response["concepts"][0] == {
        "concept": "nash",
        "holds": True,
        "against": False,
        "commit": {
            "concept": "nash",
            "attainable": ["1011", "1021"],
            "attainable_count": 2,
            "equilibria_count": 4,
            "feasible_count": 12,
            "share_of_feasible": 0.333333,
        },
        "contrast": {
            "concept": "nash",
            "attainable": ["0000"],
            "attainable_count": 1,
            "equilibria_count": 12,
            "feasible_count": 12,
            "share_of_feasible": 1.0,
        },
    }
    assert state["concepts"][0]["commit"] is None


def test_strategies_and_findings_are_plain_too(found: dict[str, Any]) -> None:
    join, _ = found["strategies"]
    assert list(join) == ["strategy", "settlements", "goals", "responses", "best", "worst"]
    assert join["responses"]["prc.press"] == ["words", "trade"]
    assert all(list(each) == ["kind", "claim", "strategy", "details"] for each in found["findings"])
    assert found["recommendation"] == {
        "strategy": "join", "rests_on": ["response", "state"],
        "gives_way": ["response", "state"], "untested": [],
    }  # fmt: skip


def test_a_frame_has_one_row_a_claim(tell: Tell) -> None:
    frame = tell(ARGUMENT).to_frame()
    assert list(frame.index) == ["response", "both", "state", "better", "record", "advice"]
    assert frame.loc["response", "flips"] == ["prc.1"]
    assert not {"concepts", "hinges", "break_even"} & set(frame.columns)


# -------------------------------------------------------------------------------- the same again

WRITE = """\
import json, sys
from detente.case import load
from detente.claims import run_claims
print(json.dumps(run_claims(load(sys.argv[1])).to_dict()))
"""


def written(file: Path, hash_seed: str) -> str:
    return subprocess.run(
        [sys.executable, "-c", WRITE, str(file)],
        env={**os.environ, "PYTHONHASHSEED": hash_seed},
        check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip


def test_the_same_argument_gives_the_same_bytes(tell: Tell, tmp_path: Path) -> None:
    first = json.dumps(tell(ARGUMENT).to_dict())
    file = tmp_path / "situation.yaml"
    assert json.dumps(run_claims(load(file)).to_dict()) == first
    assert {written(file, "1"), written(file, "2")} == {first + "\n"}


def test_nothing_of_the_run_is_written(tell: Tell, tmp_path: Path) -> None:
    text = json.dumps(tell(ARGUMENT).to_dict())
    assert str(tmp_path) not in text
    assert str(Path.cwd()) not in text
    assert re.search(r"\d{4}-\d\d-\d\d|\d\d:\d\d", text) is None
