"""Pictures of where everybody stands: maps of layers, and ranks on two days."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.brief.chapters import mark
from detente.brief.document import Section
from detente.brief.figures.network import Party, Tie, network_map
from detente.brief.figures.slope import Placed, Stood, rank_change
from detente.brief.ledger import layer_label

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from detente.brief.figures.figure import Figure
    from detente.case.situation import Situation
    from detente.network.positions import LayerPositions, Positions
    from detente.network.ranks import Rank

__all__ = ["ALL", "RANKED", "changed", "layer_name", "maps"]

ALL = "all"
RANKED = "katz"
"""By which actors are sorted and compared over time: it is not normalised."""
MAPS = 4
YEARS = 10
"""Over which ranks are compared, where no claim of the case names the days."""


def layer_name(situation: Situation, layer: str) -> str:
    """What a layer is called."""
    return "all layers together" if layer == ALL else layer_label(situation, layer)


def maps(situation: Situation, found: Positions, source: str) -> Iterator[Figure]:
    """The map of all layers together, and of those with most arrangements."""
    from detente.network.layout import layout

    places = layout(situation, found.as_of)
    parties = {
        actor: Party(mark(situation, actor), places[actor])
        for actor in situation.actors
        if actor in places
    }
    kinds = list(dict.fromkeys(each.kind for each in situation.arrangements.values()))
    for name in mapped(found):
        ties = ties_of(situation, found.layers[name], places)
        layer = (name, layer_name(situation, name))
        yield network_map(layer, found.as_of, parties, ties, kinds, source)


def mapped(found: Positions) -> list[str]:
    """The layers that are drawn: all together, then the largest of more than one arrangement."""
    sizes = {name: len(layer.network.edges) for name, layer in found.layers.items()}
    others = [name for name, size in sizes.items() if name != ALL and 1 < size < sizes[ALL]]
    return [ALL, *sorted(others, key=lambda name: -sizes[name])[: MAPS - 1]]


def ties_of(
    situation: Situation, layer: LayerPositions, places: Mapping[str, tuple[float, float]]
) -> list[Tie]:
    """The arrangements of a layer, numbered as in the case."""
    numbers = {id: number for number, id in enumerate(situation.arrangements, start=1)}
    return [
        Tie(
            numbers[edge],
            situation.arrangements[edge].name,
            situation.arrangements[edge].kind,
            layer.network.parties(edge),
            places.get(edge) if len(layer.network.parties(edge)) > 2 else None,
        )
        for edge in layer.network.edges
    ]


def changed(situation: Situation, found: Positions, source: str) -> Section | None:
    """Ranks on two days."""
    from detente.network.positions import positions
    from detente.network.ranks import ranks_of

    first, last = compared(situation, found.as_of)
    ends = [
        positions(situation, day, [ALL], measures=[RANKED]).layers[ALL] for day in (first, last)
    ]
    if not all(RANKED in layer.values for layer in ends):
        return None
    ranks = [ranks_of(layer.network, [RANKED]).ranks[RANKED] for layer in ends]
    rows = [
        Stood(
            mark(situation, actor),
            *(placed(layer, each, actor) for layer, each in zip(ends, ranks, strict=True)),
        )
        for actor in situation.actors
        if any(actor in layer.network.actors for layer in ends)
    ]
    figure = rank_change(rows, (first, last), "Katz centrality, all layers together", source)
    return Section("rank-change", "What has changed", (figure,))


def compared(situation: Situation, day: date) -> tuple[date, date]:
    """The days that a claim compares, if both are known; else the last ten years."""
    for claim in situation.claims.values():
        earlier = getattr(claim.test, "against", None)
        later = getattr(claim.test, "at", None)
        if getattr(claim.test, "kind", "") == "position" and earlier and later and later <= day:
            return earlier, later
    # 29 February has a namesake in few years; the 28th is as good.
    return day.replace(year=day.year - YEARS, day=min(day.day, 28)), day


def placed(layer: LayerPositions, ranks: Mapping[str, Rank], actor: str) -> Placed | None:
    """An actor's rank on a day."""
    value = layer.value(RANKED, actor)
    if value is None:
        return None
    return Placed(ranks[actor].rank, ranks[actor].left_out, value)
