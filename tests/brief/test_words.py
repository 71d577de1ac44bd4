"""States and statements in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import detente
from detente.brief.words import (
    doings,
    level_words,
    quoted,
    state_name,
    state_words,
    statements_by_id,
)
from detente.case.situation import Option

if TYPE_CHECKING:
    from detente.claims import Report


def switch(label: str) -> Option:
    return Option("a.x", "a", ("no", "yes"), "both", label, ("no", "yes"))


def scale(level: str, says: str | None = None) -> Option:
    labels = ("none", says or level)
    return Option(
        "a.x", "a", ("none", level.replace("close the market", "trade")), "both", "pressure", labels
    )


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("00000", "nobody does anything"),
        ("10100", "South: host the base; North: protest"),
        ("11011", "South: host the base, offer talks; North: accept talks; Ally: stay"),
    ],
)
def test_a_state_says_who_does_what(report: Report, code: str, words: str) -> None:
    assert state_words(report.situation, code) == words


@pytest.mark.parametrize(
    ("option", "level", "words"),
    [
        (switch("host the base"), 1, "host the base"),
        (switch("host the base"), 0, "not host the base"),
        (scale("close the market"), 1, "close the market"),
        (scale("all_trade", says="all trade"), 1, "pressure (all trade)"),
    ],
)
def test_a_level_is_said_in_its_own_words_or_with_its_option(
    option: Option, level: int, words: str
) -> None:
    assert level_words(option, level) == words


def test_what_left_the_status_quo_is_said_too() -> None:
    garrison = detente.load("fraser/garrison")
    gone = {option.id: 0 for option in garrison.options if garrison.status_quo[option.id]}
    assert {phrase for each in doings(garrison, gone) for phrase in each.phrases} == {
        f"not {garrison.option(option).label}" for option in gone
    }


def test_statements_are_quoted_by_id_and_words(report: Report) -> None:
    statements = statements_by_id(report.situation)
    assert quoted(statements["north.3"]) == "north.3 (talk with South)"
    assert quoted(statements["north.4"]) == "north.4 (not north.accept)"


def test_a_state_has_the_first_name_that_is_true_of_it() -> None:
    """A strike after an attack is war, and not a first strike, whose name comes after it."""
    case = detente.load("kim/first_strike")
    assert [state_name(case, code) for code in ("020", "101", "001", "100")] == [
        "Peace",
        "War",
        "A first strike",
        "An attack without an answer",
    ]
    assert state_words(case, "001") == "A first strike (South Korea: use its strike forces)"


def test_most_cases_name_no_states() -> None:
    assert state_name(detente.load("fang/chicken"), "00") is None
