"""What an actor takes others to want, over many futures."""

from __future__ import annotations

from pathlib import Path

import pytest

from detente.brief.unknowns import Unknowns
from detente.case import Situation, load
from detente.claims.evaluation import Evaluator
from detente.futures.changing.breakeven import break_evens
from detente.futures.drawing.corners import names_read
from detente.futures.drawing.design import Design
from detente.futures.drawing.draws import draws

FEAR = "says: have the upper hand, role: means,"


def with_fear(folder: Path, held: str, rest: str = "") -> Situation:
    """The example, its fear held so."""
    text = Path("docs/how-to/perceived/situation.yaml").read_text(encoding="utf-8")
    changed = text.replace(FEAR, f"{FEAR} {held},") + rest
    (folder / "situation.yaml").write_text(changed, encoding="utf-8")
    return load(folder)


@pytest.fixture(scope="module")
def feared(tmp_path_factory: pytest.TempPathFactory) -> Situation:
    """The fear is held only where there is an incident."""
    unknown = "uncertainties: {incident: {kind: event, probability: 0.4, assumption: the test}}\n"
    return with_fear(tmp_path_factory.mktemp("feared"), "when: incident", unknown)


@pytest.mark.parametrize(("credence", "then"), [("[0.5, 0.9]", "dropped"), ("0.3", "held")])
def test_a_fear_that_is_doubted_is_tried_the_other_way(
    tmp_path: Path, credence: str, then: str
) -> None:
    found = break_evens(with_fear(tmp_path, f"credence: {credence}"))
    turned = {(each.tried.factor, each.claim, each.value) for each in found.switches}
    assert turned == {("north:south.1", "north_stays_armed", then)}


def test_an_event_that_only_a_perception_reads_is_tried(feared: Situation) -> None:
    found = break_evens(feared)
    assert {(each.tried.factor, each.claim) for each in found.switches} == {
        ("incident", "north_stays_armed")
    }


def test_futures_are_told_apart_by_what_is_perceived_in_them(feared: Situation) -> None:
    drawn = draws(feared, Design(), 0, 40)
    rows, inverse = drawn.distinct()
    assert len(rows) == 2
    assert names_read(feared) == {"incident"}
    evaluate = Evaluator(feared, ("seq",))
    for row in range(40):
        incident = bool(drawn.columns["incident"][row])
        assert evaluate(drawn.future(row)) == evaluate(drawn.future(int(rows[inverse[row]])))
        answers = {each.claim: each.holds for each in evaluate(drawn.future(row)).asked}
        assert answers == {"north_stays_armed": incident, "really_it_need_not": True}


def test_a_statement_is_said_to_be_held_in_somebodys_eyes(feared: Situation) -> None:
    assert Unknowns(feared).statements(["north:south.1"]) == (
        "South, as North sees it: “have the upper hand”"
    )
