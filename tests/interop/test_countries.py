"""The crosswalk of states against the list of states and the shape of ISO codes."""

import re
from collections import defaultdict
from itertools import combinations
from pathlib import Path

import pandas as pd
import pytest

from detente.errors import InputError
from detente.interop.countries import State, by_cow, by_iso3, by_sipri, named, states

CASE = {
    "USA": 2, "CAN": 20, "GBR": 200, "RUS": 365, "CHN": 710, "TWN": 713, "PRK": 731, "KOR": 732,
    "JPN": 740, "IND": 750, "PHL": 840, "AUS": 900, "NZL": 920,
}  # fmt: skip


@pytest.mark.parametrize(("iso3", "cow"), CASE.items())
def test_states_of_the_2024_case_have_their_codes(iso3: str, cow: int) -> None:
    state = by_iso3(iso3)
    assert state is not None
    assert state.cow == cow
    assert by_cow(cow) == state


def test_codes_and_years_are_those_of_the_list_of_states(shared: Path) -> None:
    known = pd.read_csv(shared / "data" / "cow_states.csv")
    spans = known.groupby("ccode").agg({"stateabb": "first", "styear": "min", "endyear": "max"})
    ours: dict[int, list[State]] = defaultdict(list)
    for state in states():
        ours[state.cow].append(state)
    assert set(ours) == set(spans.index)
    for code, mine in ours.items():
        row = spans.loc[code]
        assert {state.abbreviation for state in mine} == {row["stateabb"]}
        assert min(state.since for state in mine) == row["styear"]
        assert (mine[-1].until or 2016) == row["endyear"]  # the list ends in 2016


def test_every_code_of_the_real_alliances_and_capabilities_is_known(shared: Path) -> None:
    atop = pd.read_csv(shared / "data" / "atop_alliance.csv.gz", usecols=["ccode1", "ccode2"])
    nmc = pd.read_csv(shared / "data" / "cow_nmc.csv", usecols=["ccode"])
    codes = set(atop["ccode1"]) | set(atop["ccode2"]) | set(nmc["ccode"])
    assert codes <= {state.cow for state in states()}


def test_iso_codes_are_three_capital_letters() -> None:
    codes = [state.iso3 for state in states() if state.iso3]
    assert all(re.fullmatch("[A-Z]{3}", code) for code in codes)
    without = {state.name for state in states() if not state.iso3 and (state.until or 2016) > 1945}
    assert without == {"Zanzibar", "South Viet Nam"}


def test_no_two_states_share_a_code_or_a_name_at_the_same_time() -> None:
    for one, other in combinations(states(), 2):
        overlap = range(
            max(one.since, other.since), min(one.until or 9999, other.until or 9999)
        )  # the last year of one may be the first of the next
        if overlap:
            assert one.cow != other.cow
            assert not one.iso3 or one.iso3 != other.iso3
            assert not set(one.sipri) & set(other.sipri)


def test_names_sipri_uses_are_found(shared: Path) -> None:
    excerpt = pd.read_csv(shared / "data" / "sipri_milex_actors.csv")
    assert all(by_sipri(name) for name in excerpt["country"].unique())


@pytest.mark.parametrize(
    ("name", "cow"),
    [
        ("Korea, South", 732), ("Korea, North‡", 731), ("United States of America", 2),
        ("Viet Nam", 816), ("Türkiye", 640), ("Côte d’Ivoire", 437), ("Trinidad & Tobago", 52),
        ("Yemen, North", 678), ("Yemen", 679), ("USSR", 365), ("Congo, DR", 490),
    ],
)  # fmt: skip
def test_names_are_found_whatever_accents_and_footnotes(name: str, cow: int) -> None:
    state = by_sipri(name)
    assert state is not None
    assert state.cow == cow


def test_one_name_is_another_state_at_another_time() -> None:
    found = {year: by_sipri("Germany", year) for year in (1920, 1950, 1960, 1990, 2024)}
    assert {year: state and state.cow for year, state in found.items()} == {
        1920: 255, 1950: None, 1960: 260, 1990: 255, 2024: 255,
    }  # fmt: skip


def test_a_state_is_one_through_its_last_year() -> None:
    assert [by_cow(817, year) is not None for year in (1953, 1954, 1975, 1976)] == [
        False, True, True, False,
    ]  # fmt: skip


def test_iso_goes_before_the_abbreviations_of_cow() -> None:
    assert [named(code).name for code in ("aus", "AUT", "rok", "che", "255")] == [
        "Australia", "Austria", "South Korea", "Switzerland", "Germany",
    ]  # fmt: skip


@pytest.mark.parametrize("written", ["xyz", "9999", "", "prc"])
def test_a_state_that_is_none_is_refused_with_a_cure(written: str) -> None:
    with pytest.raises(InputError, match=f"no state `{written}`\n  give an ISO code"):
        named(written)
