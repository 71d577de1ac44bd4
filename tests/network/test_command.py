"""Who stands above whom, and who can decide without whom, as forces were led in the Pacific."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from detente.case.format import Command
from detente.errors import InputError
from detente.network.command import altered, command_structure
from tests.network.arranged import arranged

if TYPE_CHECKING:
    from detente.case.situation import Situation

BEFORE, AFTER = date(2024, 4, 16), date(2025, 4, 16)


def command(actors: str, **fields: Any) -> Command:
    return Command.model_validate({"name": actors, "actors": actors.split()} | fields)


@pytest.fixture
def situation() -> Situation:
    """American forces in Japan ask Hawaii, until they are given authority of their own; in Korea a
    combined command leads both armies in war; Japan has a joint command from 2025."""
    commands = {
        "forces_japan": command(
            "usa", under=[{"command": "pacific"}], authority=[{"from": "2025-01-01"}]
        ),
        "pacific": command("usa", authority=[{}]),
        "combined": command("usa rok", under=[{"command": "military_committee"}], authority=[{}]),
        "military_committee": command("usa rok"),
        "ground": command("rok", under=[{"command": "combined"}]),
        "peacetime": command("rok", authority=[{}]),
        "joint": command("jpn", **{"from": "2025-03-24"}, authority=[{}]),
    }
    return replace(arranged({}, ["usa", "rok", "jpn"]), commands=commands)


def test_a_command_asks_the_nearest_one_above_that_has_authority(situation: Situation) -> None:
    found = command_structure(situation, BEFORE).posts
    assert found["forces_japan"].asks == ("pacific",)
    assert found["ground"].asks == ("combined",)
    assert found["combined"].asks == ("combined",)


def test_without_authority_anywhere_the_highest_is_asked(situation: Situation) -> None:
    post = command_structure(situation, BEFORE).posts["military_committee"]
    assert (post.authority, post.asks, post.needs) == (
        False,
        ("military_committee",),
        ("usa", "rok"),
    )


def test_depth_counts_the_commands_above(situation: Situation) -> None:
    found = command_structure(situation, BEFORE)
    assert {id: post.depth for id, post in found.posts.items()} == {
        "forces_japan": 1,
        "pacific": 0,
        "combined": 1,
        "military_committee": 0,
        "ground": 2,
        "peacetime": 0,
    }
    assert found.depth == 3


def test_who_leads_a_combined_command_needs_the_other(situation: Situation) -> None:
    found = command_structure(situation, BEFORE)
    assert found.combined == ("combined", "military_committee")
    assert found.alone("rok") == ("peacetime",)
    assert found.together("rok") == {
        "combined": ("usa",),
        "military_committee": ("usa",),
        "ground": ("usa",),
    }
    assert found.alone("usa") == ("forces_japan", "pacific")


def test_between_two_days_commands_come_and_gain_authority(situation: Situation) -> None:
    before, after = (command_structure(situation, day) for day in (BEFORE, AFTER))
    found = altered(before, after)
    assert [each.command for each in found] == ["forces_japan", "joint"]
    assert found[0].after is not None
    assert found[0].after.asks == ("forces_japan",)
    assert found[1].before is None


def test_authority_lies_with_whoever_is_above_along_every_line() -> None:
    commands = {
        "unit": command("a", under=[{"command": "national"}, {"command": "allied"}]),
        "national": command("a", under=[{"command": "chief"}], authority=[{}]),
        "chief": command("a", authority=[{}]),
        "allied": command("a b", authority=[{}]),
    }
    found = command_structure(replace(arranged({}, ["a", "b"]), commands=commands), BEFORE)
    assert found.posts["unit"].asks == ("national", "allied")
    assert found.posts["unit"].needs == ("a", "b")
    assert found.posts["unit"].depth == 2


def test_a_line_holds_from_its_first_day_until_the_day_before_its_end() -> None:
    line = {"command": "top", "from": "2024-01-01", "to": "2025-01-01"}
    commands = {"top": command("a"), "unit": command("a", under=[line])}
    situation = replace(arranged({}, ["a"]), commands=commands)
    days = [date(2023, 12, 31), date(2024, 1, 1), date(2024, 12, 31), date(2025, 1, 1)]
    lines = [command_structure(situation, day).posts["unit"].under for day in days]
    assert lines == [(), ("top",), ("top",), ()]


def test_a_line_to_a_command_that_does_not_exist_leads_nowhere() -> None:
    commands = {
        "top": command("a", **{"from": "2030-01-01"}),
        "unit": command("a", under=[{"command": "top"}]),
    }
    found = command_structure(replace(arranged({}, ["a"]), commands=commands), BEFORE)
    assert found.posts["unit"].asks == ("unit",)


def test_a_command_above_itself_is_refused() -> None:
    commands = {
        "one": command("a", under=[{"command": "two"}]),
        "two": command("a", under=[{"command": "one"}]),
    }
    with pytest.raises(InputError, match=r"2024-04-16 one stands above itself: \w+ under \w+"):
        command_structure(replace(arranged({}, ["a"]), commands=commands), BEFORE)


def test_no_commands_have_no_depth() -> None:
    assert command_structure(arranged({}), BEFORE).depth == 0
