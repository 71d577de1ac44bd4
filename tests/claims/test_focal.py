"""Which strategies are played: the named ones, or all the focal actor has."""

from __future__ import annotations

from dataclasses import replace

from detente.case import load
from detente.claims.focal import strategies


def test_named_strategies_are_those_of_the_case() -> None:
    situation = load("hipel/sustainable_development")
    assert strategies(situation) == situation.strategies


def test_without_names_every_combination_of_the_focal_actors_options_is_one() -> None:
    found = strategies(load("fraser/cuban_missile_crisis"))
    assert [dict(each.levels) for each in found.values()] == [
        {"us.air_strike": strike, "us.blockade": blockade}
        for strike in (0, 1)
        for blockade in (0, 1)
    ]
    assert found["us.air_strike=yes us.blockade=no"].id == "us.air_strike=yes us.blockade=no"


def test_nobody_plays_where_there_is_no_focal_actor() -> None:
    assert not strategies(replace(load("fraser/cuban_missile_crisis"), focus=None))


def test_a_strategy_takes_nothing_back_that_is_one_way() -> None:
    situation = load("fraser/cuban_missile_crisis")
    options = tuple(
        replace(option, moves="up" if option.id == "us.blockade" else option.moves)
        for option in situation.options
    )
    begun = replace(
        situation, options=options, status_quo={**situation.status_quo, "us.blockade": 1}
    )
    assert {each.levels["us.blockade"] for each in strategies(begun).values()} == {1}


def test_more_strategies_than_can_be_read_are_none() -> None:
    situation = load("fraser/cuban_missile_crisis")
    first = situation.options[0]
    wide = replace(first, levels=tuple("abcdefghijklmnopqrstuvwxyz0123456789"))
    assert not strategies(replace(situation, options=(wide, *situation.options[1:])))
