"""The argument as a graph, on one whose premises and verdicts are written out."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

import detente
from detente.claims.graph import Argument, Weakening, argument
from detente.claims.report import ClaimResult, Report, Verdict
from tests.brief.argued import ARGUED
from tests.case.writing import read

PREMISES = {"base": (), "left": ("base",), "right": (), "top": ("left", "right"), "alone": ()}


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """A report of one claim, to be written over."""
    return detente.run(read(tmp_path_factory.mktemp("argued"), ARGUED))


def report(
    plain: Report, verdicts: dict[str, Verdict], direct: tuple[str, ...] = (), **fields: Any
) -> Report:
    """A report in which these claims, leaning on each other as above, have these verdicts."""
    results = []
    for name, verdict in verdicts.items():
        claim = replace(plain.claims[0].claim, id=name, rests_on=PREMISES[name], modality="certain")
        share: dict[str, Any] = {"share": 1.0, "low": 1.0, "high": 1.0, "difference": None} | fields
        results.append(replace(plain.claims[0], claim=claim, verdict=verdict, **share))
    recommendation = plain.situation.recommendation
    assert recommendation is not None
    situation = replace(
        plain.situation,
        claims={result.claim.id: result.claim for result in results},
        recommendation=replace(recommendation, rests_on=direct),
    )
    return replace(plain, situation=situation, claims=tuple(results))


def drawn(plain: Report, **changed: Verdict) -> Argument:
    verdicts: dict[str, Verdict] = dict.fromkeys(PREMISES, "supported")
    return argument(report(plain, verdicts | changed, ("left",)))


def test_levels_rise_from_what_rests_on_nothing(plain: Report) -> None:
    nodes = drawn(plain).nodes
    assert {name: node.level for name, node in nodes.items()} == {
        "base": 0, "left": 1, "right": 0, "top": 2,
    }  # fmt: skip
    assert nodes["base"].carries == ("left",)
    assert [name for name, node in nodes.items() if node.under_recommendation] == ["base", "left"]


def test_what_gives_way_is_marked_up_to_the_conclusion(plain: Report) -> None:
    nodes = drawn(plain, base="assumed", right="untested").nodes
    assert nodes["left"].failing == nodes["top"].failing == ("base",)
    assert nodes["top"].untested == ("right",)
    assert nodes["base"].failing == ()


def test_a_conclusion_of_a_contradicted_premise_claims_too_much(plain: Report) -> None:
    weaken = drawn(plain, base="contradicted").weaken
    assert weaken[1:] == (
        Weakening("left", "certain", None, "premise"),
        Weakening("top", "certain", None, "premise"),
    )


@pytest.mark.parametrize(
    ("share", "difference", "bears", "why"),
    [
        (0.97, None, "almost_certain", "share"),
        (0.9, None, "likely", "share"),
        (0.3, None, "possible", "share"),
        (0.1, None, None, "share"),
        (0.9, 0.1, "likely", "share"),
        (1.0, 0.0, None, "no_difference"),
    ],
)
def test_the_strongest_weaker_word_is_that_of_the_share(
    plain: Report, share: float, difference: float | None, bears: str | None, why: str
) -> None:
    found = report(plain, {"right": "contradicted"}, share=share, difference=difference)
    assert argument(found).weaken == (Weakening("right", "certain", bears, why),)


@pytest.mark.parametrize("verdict", ["assumed", "contingent"])
def test_what_is_assumed_or_depends_should_say_so(plain: Report, verdict: Verdict) -> None:
    found = argument(report(plain, {"right": verdict}))
    assert found.weaken == (Weakening("right", "certain", None, verdict),)


def test_a_word_that_denies_gives_way_to_one_that_denies(plain: Report) -> None:
    written = report(plain, {"right": "contradicted"}, share=0.1)
    (result,) = written.claims
    denied: ClaimResult = replace(result, claim=replace(result.claim, modality="impossible"))
    (weakened,) = argument(replace(written, claims=(denied,))).weaken
    assert weakened.bears == "unlikely"
