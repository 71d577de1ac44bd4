"""Measures of the network as indicators: what options enact changes them.

A measure is computed once for each combination of levels of the options whose actor joins or
leaves something in its layer, and reaches expressions as a table over those options. Where levels
do the same to the network, it is computed once for all of them.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from math import prod
from typing import TYPE_CHECKING

import numpy as np

from detente.case.tables import filled, tables
from detente.errors import CannotAnswer, InputError
from detente.network.changes import Change
from detente.network.hypergraph import hypergraph, hypergraph_of, layers
from detente.network.measures import require_measure
from detente.network.positions import day_of
from detente.network.ranks import aligned

if TYPE_CHECKING:
    from collections.abc import Iterator

    from detente.case.format import NetworkEntry
    from detente.case.situation import Indicator, Option, Situation
    from detente.case.tree import Table
    from detente.network.hypergraph import Hypergraph

__all__ = ["MOST", "with_network"]

DIGITS = 12
"""To which numbers are rounded, so that a strength of two is no less than two."""

MOST = 1_024
"""Combinations of levels for which one indicator is computed."""


def with_network(situation: Situation) -> Situation:
    """The situation with what its indicators measure in the network as of its day.

    An option's `enacts` has its actor join or leave an arrangement while the option is at that
    level, if there is such an arrangement yet; of two options that change the same party of the
    same arrangement, the later one in the order of the case prevails.

    Raises
    ------
    InputError
        Where no day is known, or where more than `MOST` combinations of levels would have to be
        measured.
    CannotAnswer
        Where the network cannot carry the measure in some combination.
    """
    return filled(
        situation,
        {
            name: measured(situation, situation.indicators[name], table)
            for name, table in tables(situation).items()
        },
    )


def measured(situation: Situation, indicator: Indicator, table: Table) -> Table:
    """The table of one indicator with its numbers."""
    asked = indicator.network
    assert asked is not None
    options = [situation.option(axis) for axis in table.axes]
    shape = tuple(len(option.levels) for option in options)
    place = f"indicators.{indicator.id}"
    if prod(shape) > MOST:
        raise InputError(
            f"{place}: {prod(shape):,} combinations of levels change the layer `{asked.layer}`; at "
            f"most {MOST:,} are measured\n  name a layer that fewer options enact something in"
        )
    known: dict[tuple[Change, ...], float] = {}
    numbers = []
    for levels in product(*map(range, shape)):
        enacting = enacted(options, levels)
        changes = tuple(each for each in enacting if each.arrangement in situation.arrangements)
        if changes not in known:
            known[changes] = value(situation, asked, changes, place)
        numbers.append(known[changes])
    return replace(table, shape=shape, numbers=tuple(numbers))


def enacted(options: list[Option], levels: tuple[int, ...]) -> Iterator[Change]:
    """What options at these levels do to the network."""
    for option, level in zip(options, levels, strict=True):
        enactment = option.enacts.get(option.levels[level])
        if enactment and enactment.join:
            yield Change(enactment.join, option.actor)
        if enactment and enactment.leave:
            yield Change(enactment.leave, option.actor, inside=False)


def value(
    situation: Situation, asked: NetworkEntry, changes: tuple[Change, ...], place: str
) -> float:
    """The measure of the actor in the network so changed."""
    try:
        network = in_layer(situation, asked.layer, changes)
        found = float(aligned(require_measure(asked.measure), network, [asked.actor])[0])
    except InputError as error:
        raise InputError(f"{place}: {error}") from None
    except CannotAnswer as error:
        raise CannotAnswer(f"{place}: {asked.measure} {where(changes)}: {error}") from None
    if np.isnan(found):
        raise CannotAnswer(
            f"{place}: {asked.measure} says nothing of {asked.actor} {where(changes)}"
        )
    return float(f"{found:.{DIGITS}g}")


def in_layer(situation: Situation, layer: str, changes: tuple[Change, ...]) -> Hypergraph:
    """The network of a layer as of the day of the case; empty where nothing is in it yet."""
    if layer not in layers(situation):
        return hypergraph_of({})
    return hypergraph(situation, day_of(situation, None), layer, changes)


def where(changes: tuple[Change, ...]) -> str:
    """Under which changes: `with aukus_pillar2:rok`."""
    return ", ".join(map(str, changes)) or "in the network as it is"
