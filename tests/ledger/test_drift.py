"""Drift within a source, and words that go beyond the ledger."""

from __future__ import annotations

from typing import Any

import pytest

from detente.ledger.drift import beyond, drifts
from tests.ledger.ledgers import day, history, ledger, promise

SOURCES = {
    "essay": {
        "type": "article", "title": "An essay", "issued": str(day(10)),
        "paragraphs": ["EN", "I.4", "II.2"],
    },
    "later": {"type": "article", "title": "A later one", "issued": str(day(20))},
}  # fmt: skip
READ = day(12)


def wording(strength: str, at: str | None, source: str = "essay", **fields: Any) -> dict[str, Any]:
    evidence = {"source": source} if at is None else {"source": source, "at": at}
    return {"says": strength, "strength": strength, "evidence": [evidence]} | fields


def case(*wordings: dict[str, Any], status: str = "considered") -> Any:
    """A commitment put in these words, with this status when the essay appeared."""
    steps = history((day(9), status))
    return ledger({"entry": promise(wordings=list(wordings), history=steps)}, SOURCES)


def places(found: Any) -> list[str | None]:
    return [place.at for place in found.places]


def test_words_that_grow_stronger_from_place_to_place_are_a_drift() -> None:
    situation = case(
        wording("in_execution", "II.2"), wording("considered", "EN"), wording("planned", "I.4")
    )
    (drift,) = drifts(situation, READ)
    assert (drift.commitment, drift.source, drift.course) == ("entry", "essay", "hardens")
    assert places(drift) == ["EN", "I.4", "II.2"]  # the source's order, not the case's
    assert not drift.parties_differ


@pytest.mark.parametrize(
    ("strengths", "course"),
    [
        (["vision", "considered"], "hardens"),
        (["planned", "announced", "announced"], "softens"),
        (["announced", "planned", "announced"], "wavers"),
    ],
)
def test_a_drift_has_a_course(strengths: list[str], course: str) -> None:
    written = [
        wording(each, at) for each, at in zip(strengths, ["EN", "I.4", "II.2"], strict=False)
    ]
    (drift,) = drifts(case(*written), READ)
    assert drift.course == course


def test_the_same_strength_everywhere_is_no_drift() -> None:
    assert drifts(case(wording("planned", "EN"), wording("planned", "II.2")), READ) == ()


def test_binding_others_elsewhere_is_a_drift() -> None:
    situation = case(wording("planned", "EN"), wording("planned", "II.2", parties=["jpn"]))
    (drift,) = drifts(situation, READ)
    assert (drift.course, drift.parties_differ) == (None, True)
    assert [place.parties for place in drift.places] == [("usa", "jpn"), ("jpn",)]


def test_naming_the_same_parties_in_another_order_is_no_drift() -> None:
    situation = case(wording("planned", "EN"), wording("planned", "II.2", parties=["jpn", "usa"]))
    assert drifts(situation, READ) == ()


def test_two_sources_that_differ_are_no_drift_of_either() -> None:
    situation = case(wording("planned", "EN"), wording("considered", "p. 1", "later"))
    assert drifts(situation, day(30)) == ()


def test_a_source_that_had_not_appeared_is_not_read() -> None:
    situation = case(wording("planned", "p. 1", "later"), wording("considered", "p. 2", "later"))
    assert drifts(situation, day(19)) == ()
    assert len(drifts(situation, day(20))) == 1


def test_a_place_the_source_does_not_list_comes_last() -> None:
    situation = case(
        wording("planned", "note 1"), wording("vision", "II.2"), wording("vision", "EN")
    )
    (drift,) = drifts(situation, READ)
    assert places(drift) == ["EN", "II.2", "note 1"]


def test_words_stronger_than_the_status_go_beyond_the_ledger() -> None:
    situation = case(
        wording("considered", "EN"), wording("planned", "I.4"), wording("vision", "II.2")
    )
    (found,) = beyond(situation, READ)
    assert (found.place.at, found.place.strength, found.status) == ("I.4", "planned", "considered")
    assert (found.stronger, found.also_binds) == (True, ())


def test_words_are_not_beyond_it_once_the_record_has_caught_up() -> None:
    steps = history((day(9), "planned"), (day(15), "delivered"))
    words = [wording("delivered", "II.2")]
    situation = ledger({"jjoc": promise(wordings=words, history=steps)}, SOURCES)
    assert [each.status for each in beyond(situation, day(14))] == ["planned"]
    assert beyond(situation, day(15)) == ()


def test_words_on_what_was_begun_and_given_up_are_measured_by_what_was_reached() -> None:
    steps = history((day(5), "in_execution"), (day(9), "cancelled"))
    words = [wording("in_execution", "EN"), wording("delivered", "II.2")]
    situation = ledger({"given_up": promise(wordings=words, history=steps)}, SOURCES)
    assert [(each.place.at, each.status) for each in beyond(situation, READ)] == [
        ("II.2", "in_execution")
    ]


def test_a_promise_of_nothing_goes_beyond_it_and_a_vision_does_not() -> None:
    words = [wording("vision", "EN"), wording("considered", "II.2")]
    situation = ledger({"nothing": promise(wordings=words)}, SOURCES)
    assert [(each.place.at, each.status) for each in beyond(situation, READ)] == [("II.2", None)]


def test_words_that_bind_others_go_beyond_it_and_words_that_bind_fewer_do_not() -> None:
    words = [
        wording("planned", "EN", parties=["usa", "aus"]), wording("planned", "I.4", parties=["jpn"])
    ]  # fmt: skip
    (found,) = beyond(case(*words, status="planned"), READ)
    assert (found.place.at, found.stronger, found.also_binds) == ("EN", False, ("aus",))
