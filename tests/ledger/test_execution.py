"""A test of execution holds where it holds however things go on, and is open where they differ."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.case.format import Execution
from detente.ledger.execution import executed
from tests.ledger.ledgers import ENDS, LADDER, STATUSES, day, history, ledger, ledgers, promise
from tests.ledger.test_status import literal_steps

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from detente.case.format import Commitment

Steps = list[tuple["date", str]]


def asked(by: int = 10, status: str | list[str] = "in_execution", **fields: Any) -> Execution:
    return Execution.model_validate(
        {"kind": "execution", "by": str(day(by)), "status": status} | fields
    )


def went_on(commitment: Commitment, by: date, known: date) -> Iterator[Steps]:
    """All that may have happened by a day: nothing more, or one more step, unless it had ended."""
    steps = [(on, status) for on, status in literal_steps(commitment) if on <= min(known, by)]
    yield steps
    if by > known and (not steps or steps[-1][1] not in ENDS):
        for status in STATUSES:
            yield [*steps, (by, status)]


def literally(steps: Steps, test: Execution) -> bool:
    """Whether a commitment of these steps has come to what is asked."""
    return any(
        status == wanted
        or ({status, wanted} <= set(LADDER) and LADDER.index(status) > LADDER.index(wanted))
        for _, status in steps
        for wanted in test.status
    )


def answers(commitments: list[Commitment], test: Execution, known: date) -> set[bool]:
    """The answers of all the ways in which things may have gone on."""
    found = set()
    for ways in product(*(went_on(each, test.by, known) for each in commitments)):
        share = sum(literally(steps, test) for steps in ways) / len(ways)
        least = 1 if test.at_least is None and test.at_most is None else test.at_least or 0
        most = 1 if test.at_most is None else test.at_most
        found.add(least <= share <= most)
    return found


SHARES = st.none() | st.sampled_from(["0", "0.25", "0.5", "0.75", "1"])
BOUNDS = st.tuples(SHARES, SHARES).filter(
    lambda bounds: None in bounds or float(bounds[0] or 0) <= float(bounds[1] or 0)
)


@given(
    ledgers(3),
    st.integers(0, 14),
    st.integers(0, 14),
    st.lists(st.sampled_from(STATUSES), min_size=1, max_size=2),
    BOUNDS,
)
def test_the_answer_is_given_where_every_course_of_events_gives_it(
    commitments: dict[str, Commitment],
    by: int,
    known: int,
    status: list[str],
    bounds: tuple[str | None, str | None],
) -> None:
    at_least, at_most = bounds
    test = asked(by, status, at_least=at_least, at_most=at_most)
    found = executed(ledger(commitments), test, day(known))
    possible = answers(list(commitments.values()), test, day(known))
    assert found.holds == (possible.pop() if len(possible) == 1 else None)


UNDER_WAY = promise(history=history((day(0), "planned"), (day(4), "in_execution")))
PLANNED = promise("aus usa", layer="industry", history=history((day(0), "planned")))
CANCELLED = promise(history=history((day(0), "planned"), (day(2), "cancelled")))
THREE = ledger({"under_way": UNDER_WAY, "planned": PLANNED, "cancelled": CANCELLED})


@pytest.mark.parametrize(
    ("test", "known", "holds"),
    [
        (asked(commitment="under_way"), 4, True),  # known long before the day
        (asked(commitment="under_way"), 3, None),  # it happened, and was not known yet
        (asked(3, commitment="under_way"), 99, False),
        (asked(commitment="planned"), 9, None),
        (asked(commitment="planned"), 10, False),
        (asked(commitment="cancelled"), 2, False),  # nothing more will come of it
        (asked(commitment="cancelled", status=["lapsed", "cancelled"]), 2, True),
        (asked(commitment="cancelled", status="superseded"), 2, False),
        (asked(commitment="planned", status="cancelled"), 5, None),
        (asked(at_least="0.3"), 5, True),
        (asked(at_least="0.5"), 5, None),
        (asked(at_least="0.7"), 5, False),  # at most two of three can
        (asked(at_most="0.7"), 5, True),
        (asked(at_most="0.5"), 5, None),
        (asked(at_most="0.3"), 5, False),
        (asked(), 5, False),  # all of them
        (asked(layer="industry"), 10, False),
        (asked(party="jpn", status="planned"), 1, True),
        (asked(party="aus", status="cancelled"), 10, False),  # another one was
        (asked(party="jpn", status="cancelled", at_least="0.5"), 10, True),
        (asked(party="jpn", layer="command", at_least="0.5"), 5, True),
        (asked(commitments=["under_way", "planned"], at_least="0.5"), 5, True),
    ],
)
def test_what_is_certain_already_is_said(test: Execution, known: int, holds: bool | None) -> None:
    assert executed(THREE, test, day(known)).holds is holds


def test_the_reason_counts_what_has_and_what_still_may() -> None:
    found = executed(THREE, asked(at_least="0.5"), day(5))
    assert found.why == (
        "1 of 3 reached in_execution by 2024-01-11; 1 still may, known until 2024-01-06"
    )
    assert [(row.id, row.status, row.reached) for row in found.rows] == [
        ("under_way", "in_execution", True),
        ("planned", "planned", None),
        ("cancelled", "cancelled", False),
    ]


def test_a_commitment_that_was_not_known_yet_decides_nothing() -> None:
    test = asked(commitments=["under_way", "later"])
    found = executed(THREE, test, day(99))
    assert (found.holds, [row.reached for row in found.rows]) == (None, [True, None])


def test_nothing_selected_is_no_answer() -> None:
    found = executed(THREE, asked(layer="space"), day(99))
    assert (found.holds, found.why) == (None, "no such commitment is known")
