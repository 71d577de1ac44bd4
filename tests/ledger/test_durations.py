"""How long stages last: against published durations, and the product-limit estimator by hand."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from detente.ledger.durations import Duration, durations
from detente.ledger.status import stays
from tests.ledger.ledgers import day, history, promise

if TYPE_CHECKING:
    from collections.abc import Sequence

    from detente.case.format import Commitment

# Freireich and others 1963, weeks in remission: the data survival programs are compared on
TREATED = [6, 6, 6, 7, 10, 13, 16, 22, 23], [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
NOBODY: list[int] = []
PLACEBO = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23], NOBODY
NOW = 100


def left_after(days: int) -> Commitment:
    return promise(history=history((day(0), "announced"), (day(days), "planned")))


def lasting(days: int) -> Commitment:
    return promise(history=history((day(NOW - days), "announced")))


def announced(over: Sequence[int], still: Sequence[int]) -> Duration:
    """What is said of the stage `announced` of commitments that stayed so long."""
    commitments = [*map(left_after, over), *map(lasting, still)]
    return durations([stays(each, day(NOW)) for each in commitments], day(NOW))[0]


@pytest.mark.parametrize(
    ("stayed", "median", "low", "high"), [(TREATED, 23, 13, None), (PLACEBO, 8, 4, 11)]
)
def test_published_medians_and_intervals_are_reproduced(
    stayed: tuple[list[int], list[int]], median: int, low: int, high: int | None
) -> None:
    found = announced(*stayed)
    assert (found.median, found.low, found.high) == (median, low, high)
    assert (found.stays, found.left) == (21, len(stayed[0]))


class Estimate(NamedTuple):
    """After so many days this share is left, and the 95 % interval of it."""

    day: int
    left: Fraction
    low: float
    high: float


def estimates(over: list[int], still: list[int]) -> list[Estimate]:
    """The product-limit estimator with Greenwood's variance, on the scale of log(-log)."""
    left, variance, found = Fraction(1), 0.0, []
    for at in sorted(set(over)):
        here, leave = sum(each >= at for each in [*over, *still]), over.count(at)
        left *= 1 - Fraction(leave, here)
        low = high = math.nan
        if left:
            variance += leave / (here * (here - leave))
            wide = 1.959964 * math.sqrt(variance) / abs(math.log(left))
            low, high = float(left) ** math.exp(wide), float(left) ** math.exp(-wide)
        found.append(Estimate(at, left, low, high))
    return found


def first(days: list[int]) -> int | None:
    return days[0] if days else None


STAYED = st.lists(st.integers(0, 12), max_size=9).flatmap(
    lambda over: st.tuples(
        st.just(over), st.lists(st.integers(0, 12), min_size=max(5 - len(over), 0), max_size=9)
    )
)


@given(STAYED)
@example(([1, 1, 2, 2, 3, 5, 5, 5, 5], [3]))  # one half on day 3, and a hair more in floats
def test_median_and_interval_are_what_the_definition_says(
    stayed: tuple[list[int], list[int]],
) -> None:
    found, literal = announced(*stayed), estimates(*stayed)
    assert found.median == first([each.day for each in literal if each.left <= Fraction(1, 2)])
    assert found.low == first([each.day for each in literal if each.low <= 0.5])
    assert found.high == first([each.day for each in literal if each.high <= 0.5])


def test_few_stays_are_counted_and_nothing_is_estimated() -> None:
    few, enough = announced([1, 2, 3, 4], []), announced([1, 2, 3, 4, 5], [])
    assert (few.stays, few.left, few.is_estimated, few.median) == (4, 4, False, None)
    assert (enough.is_estimated, enough.median) == (True, 3)


def test_a_median_is_not_reached_where_most_stay() -> None:
    found = announced([3], [5, 6, 7, 8])
    assert (found.is_estimated, found.median) == (True, None)


def test_where_all_left_on_the_same_day_there_is_a_median_without_an_interval() -> None:
    found = announced([7] * 6, [])
    assert (found.median, found.low, found.high) == (7, None, None)


def test_lapsing_ends_a_stay_and_what_is_final_has_no_duration() -> None:
    gone = promise(history=history((day(0), "planned"), (day(4), "lapsed")))
    done = promise(history=history((day(0), "planned"), (day(6), "delivered")))
    found = durations([stays(gone, day(9)), stays(done, day(9))], day(9))
    assert [(each.status, each.stays, each.left) for each in found] == [("planned", 2, 2)]


def test_a_stay_is_censored_where_knowledge_ends() -> None:
    known = [promise(history=history((day(0), "announced"))) for _ in range(5)]
    longest = promise(history=history((day(0), "announced"), (day(6), "planned")))
    found = durations([stays(each, day(9)) for each in [*known, longest]], day(5))
    assert found[0].median == 6  # five were lost sight of on day 5, and the last one left on day 6


def test_a_step_taken_after_knowledge_ended_begins_a_stay_of_no_length() -> None:
    told = promise(history=history((day(0), "announced"), (day(9), "planned")))
    assert [stay.days(day(5)) for stay in stays(told, day(12))] == [9, 0]
