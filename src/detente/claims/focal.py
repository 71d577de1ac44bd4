"""What the focal actor can choose between: the strategies it names, or all it has."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from detente.case.situation import Strategy
from detente.case.states import size

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from detente.case.situation import Option, Situation

__all__ = ["MOST", "strategies"]

MOST = 64
"""Where none is named, the largest number of strategies that are all played."""


def strategies(situation: Situation) -> Mapping[str, Strategy]:
    """The strategies that are played in every future, by id.

    The named ones; where none is named, every combination of levels of the focal actor's own
    options that one-way moves allow from the status quo, called `rok.path=wait rok.host=no`. None
    where there is no focal actor, or there would be more than `MOST`.

    Examples
    --------
    >>> from detente.case import load
    >>> list(strategies(load("fraser/cuban_missile_crisis")))[:2]
    ['us.air_strike=no us.blockade=no', 'us.air_strike=no us.blockade=yes']
    """
    if situation.strategies:
        return situation.strategies
    own = [option for option in situation.options if option.actor == situation.focus]
    if not own or size(own) > MOST:
        return {}
    levels = (allowed(option, situation.status_quo[option.id]) for option in own)
    every = (spelt(own, combination) for combination in product(*levels))
    return {strategy.id: strategy for strategy in every}


def allowed(option: Option, here: int) -> range:
    """The levels that the option's own direction leaves from the status quo."""
    first = here if option.moves == "up" else 0
    last = here if option.moves == "down" else len(option.levels) - 1
    return range(first, last + 1)


def spelt(own: Sequence[Option], levels: Sequence[int]) -> Strategy:
    """A strategy that fixes all of an actor's options, named by them."""
    chosen = list(zip(own, levels, strict=True))
    return Strategy(
        id=" ".join(f"{option.id}={option.levels[level]}" for option, level in chosen),
        says="; ".join(option.level_labels[level] for option, level in chosen),
        levels={option.id: level for option, level in chosen},
    )
