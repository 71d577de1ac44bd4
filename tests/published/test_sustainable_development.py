"""The sustainable development conflict.

[HamoudaKilgourHipel2004]; [XuHipelKilgourFang2018], chs. 3 and 6. The orders and equilibria are as
remembered from these, not read again in print.
"""

import pytest

import detente
from detente.case import load
from detente.conflict.model import conflict
from tests.published.answers import equilibria, labelled, order, stable

CASE = "hipel/sustainable_development"

# Agencies proactive? developers sustainable?
STATES = {"s1": ["11"], "s2": ["10"], "s3": ["01"], "s4": ["00"]}


@pytest.mark.parametrize(
    ("concept", "published"),
    [("nash", {"s1"}), ("gmr", {"s1", "s3"}), ("smr", {"s1", "s3"}), ("seq", {"s1"})],
)
def test_sustainable_development_lasts(concept: str, published: set[str]) -> None:
    assert equilibria(CASE, concept, STATES) == published


def test_passive_agencies_are_stable_only_under_a_sanction() -> None:
    assert stable(CASE, "nash", "agencies", STATES) == {"s1", "s2"}
    assert stable(CASE, "gmr", "agencies", STATES) == {"s1", "s2", "s3"}
    assert stable(CASE, "gmr", "developers", STATES) == {"s1", "s3"}


def test_the_statements_yield_the_published_orders() -> None:
    assert order(CASE, "agencies", STATES) == [{"s1"}, {"s3"}, {"s2"}, {"s4"}]
    assert order(CASE, "developers", STATES) == [{"s3"}, {"s1"}, {"s4"}, {"s2"}]


def test_sustainable_development_is_much_preferred() -> None:
    """ENV: s1 > s3 >> s2 > s4; DEV: s3 > s1 >> s4 > s2."""
    for steps in conflict(load(CASE)).beyond.steps.values():
        assert (steps.ranks.tolist(), steps.degrees.tolist()) == ([2], [2])


def test_passive_agencies_are_kept_by_a_strong_sanction_that_is_not_credible() -> None:
    names = ("gmr_strong", "smr_strong", "gmr_weak", "smr_weak", "seq_strong")
    found = detente.stability(load(CASE), names)
    lasting = {name: labelled(found.equilibria(name), STATES) for name in names}
    assert lasting == {
        "gmr_strong": {"s1", "s3"},
        "smr_strong": {"s1", "s3"},
        "gmr_weak": set(),
        "smr_weak": set(),
        "seq_strong": {"s1"},
    }


def test_what_would_happen_anyway_is_no_effect() -> None:
    verdicts = {result.claim.id: result.verdict for result in detente.run(CASE).claims}
    assert verdicts["proactive_and_sustainable_lasts"] == "supported"
    assert verdicts["watching_makes_them_sustainable"] == "contradicted"
