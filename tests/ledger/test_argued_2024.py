"""The commentary of 2024 against itself and against the record: the drifts its inventory lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from detente.case import load
from detente.ledger.assessment import assess

if TYPE_CHECKING:
    from detente.ledger.assessment import Assessment
    from detente.ledger.drift import Drift

TEXT = "kim2024"


@pytest.fixture(scope="module")
def found() -> Assessment:
    """The ledger on the day of the commentary."""
    return assess(load("kim/indo_pacific_2024"))


def drift(found: Assessment, commitment: str) -> Drift:
    return next(
        each for each in found.drifts if (each.commitment, each.source) == (commitment, TEXT)
    )


def beyond(found: Assessment, commitment: str) -> set[str | None]:
    """The places whose words are stronger than what had come about."""
    return {
        each.place.at
        for each in found.beyond
        if each.stronger and (each.commitment, each.source) == (commitment, TEXT)
    }


def test_cooperation_with_japan_hardens_from_prospective_to_entry(found: Assessment) -> None:
    words = drift(found, "i02_pillar2_japan")
    assert words.course == "hardens"
    assert words.places[0].strength == "considered"
    assert beyond(found, "i02_pillar2_japan") == {"II.2", "II.3"}


def test_the_joint_command_is_of_two_in_one_place_and_of_one_in_another(found: Assessment) -> None:
    words = drift(found, "i01_command_japan")
    assert {place.at: place.parties for place in words.places} == {
        "II.4": ("usa", "jpn"), "III.6": ("jpn",),
    }  # fmt: skip
    assert "III.6" in beyond(found, "i01_command_japan")  # founded eleven months later


@pytest.mark.parametrize("commitment", ["j01_spending", "i06_tomahawk"])
def test_spending_and_missiles_are_told_as_done_and_were_under_way(
    found: Assessment, commitment: str
) -> None:
    assert "III.6" in beyond(found, commitment)
