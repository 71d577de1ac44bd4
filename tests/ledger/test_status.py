"""The status on a day is that of the last step by then."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.ledger.status import amounts_to, reached, status_at, stays
from tests.ledger.ledgers import ENDS, LADDER, STATUSES, day, history, ledgers, promise

if TYPE_CHECKING:
    from detente.case.format import Commitment, Status

AUKUS = promise(
    announced="2024-04-08",
    history=history(
        ("2024-04-08", "considered"), ("2024-10-01", "planned"), ("2025-07-16", "in_execution")
    ),
)


@pytest.mark.parametrize(
    ("on", "status"),
    [
        ("2024-04-07", None),
        ("2024-04-08", "considered"),
        ("2024-09-30", "considered"),
        ("2024-10-01", "planned"),
        ("2030-01-01", "in_execution"),
    ],
)
def test_a_step_holds_from_its_day_to_the_next_one(on: str, status: str | None) -> None:
    assert status_at(AUKUS, date.fromisoformat(on)) == status


def test_the_announcement_is_a_step_where_the_history_has_none_by_then() -> None:
    silent = promise(announced=day(3))
    later = promise(announced=day(3), history=history((day(5), "delivered")))
    assert [status_at(silent, day(n)) for n in (2, 3, 9)] == [None, "announced", "announced"]
    assert [status_at(later, day(n)) for n in (2, 3, 5)] == [None, "announced", "delivered"]


def test_of_several_steps_on_a_day_the_last_one_is_its_status() -> None:
    both = promise(history=history((day(1), "announced"), (day(1), "in_execution")))
    assert status_at(both, day(1)) == "in_execution"
    assert [(stay.status, stay.days(day(4))) for stay in stays(both, day(4))] == [
        ("announced", 0), ("in_execution", 3),
    ]  # fmt: skip


def test_a_step_that_changes_nothing_prolongs_the_stay() -> None:
    phases = promise(history=history((day(1), "in_execution"), (day(5), "in_execution")))
    (stay,) = stays(phases, day(9))
    assert (stay.start, stay.end, stay.days(day(9))) == (day(1), None, 8)


def literal_steps(commitment: Commitment) -> list[tuple[date, str]]:
    steps: list[tuple[date, str]] = [(step.on, step.status) for step in commitment.history]
    announced = commitment.announced
    if announced is not None and all(on > announced for on, _ in steps):
        steps.append((announced, "announced"))
    return sorted(steps, key=lambda step: step[0])


@given(ledgers(1), st.integers(0, 16))
def test_status_is_what_the_definition_says(drawn: dict[str, Commitment], number: int) -> None:
    (commitment,) = drawn.values()
    by_then = [status for on, status in literal_steps(commitment) if on <= day(number)]
    assert status_at(commitment, day(number)) == (by_then[-1] if by_then else None)


@given(ledgers(1), st.integers(0, 16))
def test_stays_follow_on_each_other_without_a_gap(
    drawn: dict[str, Commitment], number: int
) -> None:
    (commitment,) = drawn.values()
    found = stays(commitment, day(number))
    for earlier, later in pairwise(found):
        assert earlier.end == later.start
        assert earlier.status != later.status
    assert all(status_at(commitment, stay.start) for stay in found)
    assert [stay.end for stay in found[-1:]] == [None] * bool(found)


@pytest.mark.parametrize("asked", STATUSES)
@pytest.mark.parametrize("had", STATUSES)
def test_a_later_stage_amounts_to_an_earlier_one_and_an_end_to_itself(
    had: Status, asked: Status
) -> None:
    ladder = {(one, other) for one in LADDER for other in LADDER[: LADDER.index(one) + 1]}
    assert amounts_to(had, asked) == ((had, asked) in ladder | {(end, end) for end in ENDS})


def test_what_was_reached_stays_reached_when_it_is_given_up() -> None:
    given_up = promise(history=history((day(1), "in_execution"), (day(5), "cancelled")))
    assert reached(given_up, "planned", day(9))
    assert reached(given_up, "cancelled", day(9))
    assert not reached(given_up, "cancelled", day(4))
    assert not reached(given_up, "delivered", day(9))
