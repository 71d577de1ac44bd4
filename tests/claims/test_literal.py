"""Claims on random cases, against the definitions written out."""

from __future__ import annotations

import json
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from detente.case import load
from detente.case.situation import Situation
from detente.claims import run_claims
from tests.claims import oracle
from tests.claims.cases import Case, random_case

cases = st.randoms().map(random_case)


graph_form = st.randoms().map(lambda rng: random_case(rng, graph_form=True))


def read(case: Case) -> Situation:
    """The case as the program reads it; what is JSON is YAML."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "situation.yaml"
        file.write_text(json.dumps(case.written()), encoding="utf-8")
        return load(file)


SPOKEN_OF = {
    "verdict", "open", "share", "against", "difference", "told_together", "undetermined",
}  # fmt: skip


def found(claim: dict[str, Any]) -> dict[str, Any]:
    """What `claims.json` says of a claim, as far as the oracle speaks of it."""
    return {key: value for key, value in claim.items() if key in SPOKEN_OF} | {
        "hinges": sorted(list(map(str, hinge.values())) for hinge in claim["hinges"]),
        "failed_premises": sorted(claim["failed_premises"]),
        "concepts": {each["concept"]: under(each) for each in claim["concepts"]},
    }


def under(concept: dict[str, Any]) -> dict[str, Any]:
    sides = {side: concept[side] and settlement(concept[side]) for side in ("commit", "contrast")}
    return {"holds": concept["holds"], "against": concept["against"], **sides}


def settlement(settled: dict[str, Any]) -> dict[str, Any]:
    assert settled["share_of_feasible"] == round(
        settled["equilibria_count"] / max(settled["feasible_count"], 1), 6
    )
    kept = ("attainable", "attainable_count", "equilibria_count", "feasible_count")
    return {key: settled[key] for key in kept}


@settings(max_examples=120)
@given(case=cases)
def test_claims_come_to_what_the_definitions_say(case: Case) -> None:
    report = run_claims(read(case)).to_dict()
    assert {claim["id"]: found(claim) for claim in report["claims"]} == oracle.expected(case)


@settings(max_examples=40)
@given(case=graph_form)
def test_claims_in_graph_form_come_to_what_the_definitions_say(case: Case) -> None:
    report = run_claims(read(case)).to_dict()
    assert {claim["id"]: found(claim) for claim in report["claims"]} == oracle.expected(case)


@settings(max_examples=80)
@given(case=cases)
def test_strategies_bring_what_the_definitions_say(case: Case) -> None:
    results = {each["strategy"]: each for each in run_claims(read(case)).to_dict()["strategies"]}
    expected = {id: oracle.strategy(case, levels) for id, levels in case.strategies.items()}
    for id, each in expected.items():
        assert {key: results[id][key] for key in ("goals", "responses")} == each
        shown = {each["concept"]: settlement(each) for each in results[id]["settlements"]}
        assert shown == oracle.settlements(case, case.strategies[id])
    bounds = oracle.bounds(case)
    for bound, other in product(bounds, repeat=2):
        first, second = (results[id][side] for id, side in (bound, other))
        assert (first > second) == (bounds[bound] > bounds[other])
