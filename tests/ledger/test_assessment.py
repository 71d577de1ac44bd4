"""The ledger on a day, by the definitions of its parts."""

from __future__ import annotations

import json
from itertools import combinations
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.case.format import Aftermath
from detente.errors import InputError
from detente.ledger.assessment import assess
from detente.ledger.status import status_at
from tests.ledger.ledgers import ACTORS, day, history, ledger, ledgers, promise

if TYPE_CHECKING:
    from detente.case.format import Commitment

EXECUTED = {"in_execution", "delivered"}


@pytest.mark.parametrize(
    ("steps", "late", "overdue"),
    [
        ([(3, "delivered")], -2, False),
        ([(5, "delivered")], 0, False),
        ([(8, "delivered")], 3, False),
        ([(8, "delivered"), (9, "delivered")], 3, False),
        ([(2, "in_execution")], 7, True),
        ([(2, "planned"), (4, "cancelled")], None, False),
    ],
)
def test_slippage_is_counted_in_days_from_the_due_date(
    steps: list[tuple[int, str]], late: int | None, overdue: bool
) -> None:
    written = history(*((day(number), status) for number, status in steps))
    (row,) = assess(ledger({"c": promise(due=day(5), history=written)}), day(12)).rows
    assert (row.slippage, row.overdue) == (late, overdue)


@pytest.mark.parametrize(("due", "on", "late"), [(5, 5, None), (5, 6, 1), (None, 9, None)])
def test_what_is_not_due_yet_does_not_slip(due: int | None, on: int, late: int | None) -> None:
    kept = promise(announced=day(0), due=None if due is None else day(due))
    (row,) = assess(ledger({"c": kept}), day(on)).rows
    assert row.slippage == late


def test_what_is_overdue_is_so_only_as_far_as_is_known() -> None:
    situation = ledger({"c": promise(announced=day(0), due=day(5))}, as_of=day(7))
    (row,) = assess(situation, day(100)).rows
    assert row.slippage == 2
    assert assess(situation, day(100)).known_until == day(7)
    (unknown,) = assess(
        ledger({"c": promise(announced=day(0), due=day(9))}, as_of=day(7)), day(100)
    ).rows
    assert unknown.slippage is None


def test_before_anything_was_announced_there_is_no_status() -> None:
    found = assess(ledger({"c": promise(announced=day(4))}), day(3))
    assert found.to_dict()["commitments"][0]["status"] is None
    assert (found.shares, found.durations, found.spans) == ((), (), ())


@given(ledgers(), st.integers(0, 16))
def test_shares_are_counts_of_what_has_a_status(
    commitments: dict[str, Commitment], number: int
) -> None:
    statuses = {name: status_at(each, day(number)) for name, each in commitments.items()}
    groups: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for name, status in statuses.items():
        if status is None:
            continue
        each = commitments[name]
        groups.setdefault(("all", ()), []).append(status)
        groups.setdefault(("layer", (each.layer,)), []).append(status)
        for party in each.parties:
            groups.setdefault(("party", (party,)), []).append(status)
        for pair in combinations(ACTORS, 2):
            if set(pair) <= set(each.parties):
                groups.setdefault(("counterpart", pair), []).append(status)
    expected = {
        group: (len(had), sum(s in EXECUTED for s in had), had.count("delivered"))
        for group, had in groups.items()
    }
    found = assess(ledger(commitments), day(number)).shares
    assert len({(each.by, each.of) for each in found}) == len(found)
    assert {
        (each.by, each.of): (each.commitments, each.executed, each.delivered) for each in found
    } == expected


def test_shares_divide_by_what_was_announced() -> None:
    written = {
        "begun": promise(history=history((day(0), "in_execution"))),
        "done": promise(history=history((day(0), "delivered"))),
        "lapsed": promise(history=history((day(0), "lapsed"))),
        "open": promise(announced=day(0)),
        "later": promise(announced=day(9)),
    }
    overall = assess(ledger(written), day(5)).shares[0]
    assert (overall.share_executed, overall.share_delivered) == (0.5, 0.25)


def test_what_a_successor_stands_for_is_not_counted_twice() -> None:
    old = promise(history=history((day(0), "announced"), (day(2), "superseded")))
    new = promise(history=history((day(2), "delivered")), predecessor="old")
    assert assess(ledger({"old": old, "new": new}), day(5)).shares[0].commitments == 1
    assert assess(ledger({"old": old}), day(5)).shares[0].commitments == 1


def test_shares_come_in_the_order_of_actors_and_layers() -> None:
    written = {
        "one": promise("usa jpn aus", layer="industry", announced=day(0)),
        "two": promise("jpn", layer="command", announced=day(0)),
    }
    found = [(each.by, each.of) for each in assess(ledger(written), day(1)).shares]
    assert found == [
        ("all", ()),
        *(("party", (actor,)) for actor in ("aus", "jpn", "usa")),
        *(("layer", (layer,)) for layer in ("industry", "command")),
        *(("counterpart", pair) for pair in combinations(("aus", "jpn", "usa"), 2)),
    ]


def test_chains_lead_from_the_first_commitment_to_each_last_one() -> None:
    written = {
        "plan": promise(),
        "contract": promise(predecessor="plan"),
        "delivery": promise(predecessor="contract"),
        "training": promise(predecessor="plan"),
        "alone": promise(),
    }
    found = assess(ledger(written), day(0))
    assert found.chains == (("plan", "contract", "delivery"), ("plan", "training"))
    assert found.rows[0].successors == ("contract", "training")


def test_a_chain_that_runs_in_a_circle_ends() -> None:
    written = {
        "egg": promise(predecessor="hen"),
        "hen": promise(predecessor="egg"),
        "chick": promise(predecessor="egg"),
    }
    assert assess(ledger(written), day(0)).chains == (("hen", "egg", "chick"),)


@given(ledgers(2), st.integers(0, 16))
def test_spans_cover_the_days_from_the_first_step_on(
    commitments: dict[str, Commitment], number: int
) -> None:
    found = assess(ledger(commitments), day(number)).spans
    for name, each in commitments.items():
        days = [n for n in range(number) if status_at(each, day(n))]
        covered = {
            n: span.status
            for span in found
            for n in range(number)
            if span.id == name and span.start <= day(n) < span.end
        }
        assert covered == {n: status_at(each, day(n)) for n in days}


def test_a_stay_that_is_over_at_once_has_no_span_and_one_that_begins_has() -> None:
    at_once = history((day(1), "announced"), (day(1), "planned"), (day(5), "delivered"))
    found = assess(ledger({"c": promise(history=at_once)}), day(5)).spans
    assert [(span.status, span.start, span.end) for span in found] == [
        ("planned", day(1), day(5)), ("delivered", day(5), day(5)),
    ]  # fmt: skip


def test_a_span_never_ends_before_it_begins() -> None:
    told = promise(history=history((day(1), "announced"), (day(9), "planned")))
    found = assess(ledger({"c": told}, as_of=day(5)), day(12)).spans
    assert [(span.start, span.end) for span in found] == [(day(1), day(9)), (day(9), day(9))]


def test_a_day_after_the_case_reads_its_aftermath_and_no_earlier_one_does() -> None:
    steps = {"c": history((day(20), "delivered"))}
    after = Aftermath.model_validate({"until": str(day(30)), "commitments": steps})
    kept = promise(announced=day(0), due=day(15))
    situation = ledger({"c": kept}, as_of=day(10), aftermath=after)
    assert assess(situation).rows[0].status == "announced"
    (row,) = assess(situation, day(25)).rows
    assert (row.status, row.slippage) == ("delivered", 5)
    (row,) = assess(situation, day(19)).rows
    assert (row.status, row.slippage) == ("announced", 4)


def test_a_case_without_a_day_needs_one() -> None:
    with pytest.raises(InputError, match="as of when"):
        assess(ledger({}))


LATE = {
    "late": promise(
        "jpn usa", announced=day(0), due=day(5), history=history((day(8), "delivered"))
    ),
    "open": promise("jpn", layer="industry", announced=day(2), due=day(5), predecessor="late"),
    "unborn": promise(announced=day(30)),
}


def test_json_is_the_contract_that_outside_checks_rely_on() -> None:
    written = json.loads(json.dumps(assess(ledger(LATE), day(9)).to_dict()))
    assert (written["format"], written["as_of"]) == ("detente.assess/1", "2024-01-10")
    assert [
        (each["id"], each["status"], each["due"], each["parties"], each["slippage"])
        for each in written["commitments"]
    ] == [
        ("late", "delivered", "2024-01-06", ["jpn", "usa"], 3),
        ("open", "announced", "2024-01-06", ["jpn"], 4),
        ("unborn", None, None, ["usa", "jpn"], None),
    ]
    assert written["shares"][0] == {
        "by": "all", "of": [], "commitments": 2, "executed": 1, "delivered": 1,
        "share_executed": 0.5, "share_delivered": 0.5,
    }  # fmt: skip
    assert written["chains"] == [["late", "open"]]


def test_a_frame_has_days_as_days_and_missing_numbers_as_missing() -> None:
    frame = assess(ledger(LATE), day(9)).to_frame()
    assert frame["slippage"].isna().to_dict() == {"late": False, "open": False, "unborn": True}
    assert frame.loc["late", "slippage"] == 3
    assert frame.loc["late", "parties"] == "jpn usa"
    assert list((frame["due"] - frame["since"]).dt.days.dropna()) == [-3, 3]
    assert frame["overdue"].to_dict() == {"late": False, "open": True, "unborn": False}


def test_an_empty_ledger_has_an_empty_table() -> None:
    found = assess(ledger({}), day(0))
    assert len(found.to_frame()) == 0
    assert found.to_dict()["shares"] == []


def test_a_notebook_shows_the_table_and_takes_nothing_in_it_for_markup() -> None:
    shown = assess(ledger({"c": promise(says="<b>bold</b>", announced=day(0))}), day(1))
    assert "&lt;b&gt;bold" in shown._repr_html_()
