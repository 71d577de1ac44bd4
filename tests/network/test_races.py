"""Arms races: those Gibler, Rider and Hutchison coded, and the rule on years one can count."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest

from detente.errors import InputError
from detente.network.races import Episode, grew, races

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from numpy.typing import NDArray

    Array = NDArray[np.float64]
    Arming = Callable[[int], Array]

YEARS = np.arange(1816, 2023)
USA, CHINA, NORTH_KOREA, SOUTH_KOREA, JAPAN = 2, 710, 731, 732, 740


@pytest.fixture(scope="module")
def arming(shared: Path) -> Arming:
    """Code -> `(2, years)`: spending and personnel."""
    table = pd.read_csv(shared / "data" / "cow_nmc.csv").set_index("ccode")

    def of(code: int) -> Array:
        rows = table.loc[code].set_index("year")[["milex", "milper"]].reindex(YEARS)
        return rows.to_numpy(np.float64).T

    return of


def test_66_of_the_71_coded_races_are_found(shared: Path, arming: Arming) -> None:
    coded = pd.read_csv(shared / "data" / "grh_arms_races.csv")
    columns = ["ccode1", "ccode2", "styear", "endyear"]
    found = [
        any(
            each.start <= end and each.end >= start
            for each in races(YEARS, arming(one), arming(other))
        )
        for one, other, start, end in coded[columns].to_numpy(np.int64).tolist()
    ]
    assert (sum(found), len(found)) == (66, 71)


def test_the_two_koreas_raced_when_they_were_coded_to(arming: Arming) -> None:
    found = races(YEARS, arming(NORTH_KOREA), arming(SOUTH_KOREA))
    assert found == (Episode(1973, 1976), Episode(1978, 1981))


def test_races_after_the_coded_years(arming: Arming) -> None:
    assert Episode(1991, 1993) in races(YEARS, arming(CHINA), arming(JAPAN))
    assert Episode(2002, 2004) in races(YEARS, arming(USA), arming(CHINA))


def test_no_two_of_china_japan_and_korea_raced_from_2014_to_2024(shared: Path) -> None:
    table = pd.read_csv(shared / "data" / "sipri_milex_actors.csv")
    wide = table.pivot_table(
        index="country", columns="year", values="constant2023_usd_m_rel2025", dropna=False
    )
    years = np.arange(2013, 2025)
    spent = {name: wide.loc[name, years].to_numpy(np.float64) for name in wide.index}
    for one, other in (("China", "Japan"), ("China", "Korea, South"), ("Japan", "Korea, South")):
        assert races(years, spent[one], spent[other]) == ()
    assert races(years, spent["Russia"], spent["Russia"]) == (Episode(2022, 2024),)


def growing(*percent: float) -> Array:
    """A series of 100 that then grows by so many per cent a year."""
    return np.cumprod(np.array([100.0, *(1 + each / 100 for each in percent)]))


def test_exactly_the_rate_counts() -> None:
    """Whatever floating point makes of it."""
    assert grew(growing(8, 8, 8, 7.9)).tolist() == [False, True, True, True, False]
    assert grew(np.array([1.02, 1.1016])).tolist() == [False, True]
    assert 1.02 * 1.08 > 1.1016


def test_two_years_are_no_race() -> None:
    years = np.arange(1900, 1904)
    assert races(years, growing(9, 9, 1), growing(9, 9, 9)) == ()
    assert races(years, growing(9, 9, 1), growing(9, 9, 9), length=2) == (Episode(1901, 1902),)


def test_the_years_must_be_the_same_on_both_sides() -> None:
    years = np.arange(1900, 1907)
    early, late = growing(9, 9, 9, 0, 0, 0), growing(0, 0, 0, 9, 9, 9)
    assert races(years, early, late) == ()
    assert races(years, early, early) == (Episode(1901, 1903),)


def test_each_side_arms_in_its_own_way_but_keeps_to_it() -> None:
    years = np.arange(1900, 1904)
    fast, slow = growing(9, 9, 9), growing(1, 1, 1)
    assert races(years, np.stack([fast, slow]), np.stack([slow, fast])) == (Episode(1901, 1903),)
    by_turns = np.stack([growing(9, 0, 9), growing(0, 9, 0)])
    assert races(years, by_turns, fast) == ()


def test_a_year_without_data_ends_an_episode() -> None:
    gap = growing(9, 9, 9, 9, 9)
    gap[3] = np.nan
    assert races(np.arange(1900, 1906), gap, growing(9, 9, 9, 9, 9)) == ()


def test_nothing_grows_from_nothing() -> None:
    assert not grew(np.array([0.0, 5.0])).any()


def test_shorter_than_a_race() -> None:
    assert races(np.arange(1900, 1902), growing(9), growing(9)) == ()


def test_years_and_series_must_fit() -> None:
    with pytest.raises(InputError, match="consecutive ones are wanted"):
        races(np.array([1900, 1902]), growing(9), growing(9))
    with pytest.raises(InputError, match=r"series of shape \(3,\)"):
        races(np.arange(1900, 1902), growing(9), growing(9, 9))
