"""A map of one layer of the network: who is tied to whom, and through which arrangement."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from detente.brief.document import Table, Words
from detente.brief.figures.figure import Figure
from detente.brief.figures.layers import LINE, across, chart, cut, down, labels, lines_of, spans
from detente.brief.figures.theme import INK, PAPER, SOFT, actor_look
from detente.brief.words import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from detente.brief.document import Mark
    from detente.brief.figures.layers import Layer

__all__ = ["Party", "Tie", "network_map"]

WIDTH, HEIGHT, MARGIN, GAP = 560, 500, 28, 46
KEY_CHARACTERS, NAME, KIND = 44, 24, 16
SHIFT = 5
"""Between lines that join the same two [pixels]."""
DASHES = ([1, 0], [7, 4], [1.5, 3], [10, 3, 2, 3], [4, 2], [14, 4], [7, 3, 1.5, 3, 1.5, 3])
"""The lines of kinds of arrangement, in the order in which the case brings them up."""

BOLD: Mapping[str, Any] = {"fontWeight": "bold", "fontSize": 11.5}
HALO: Mapping[str, Any] = {"stroke": PAPER, "strokeWidth": 3.5, "strokeJoin": "round"}


@dataclass(frozen=True)
class Party:
    """An actor on the map."""

    mark: Mark
    place: tuple[float, float]
    """Across and down, from 0 to 1; the same on the maps of all layers."""


@dataclass(frozen=True)
class Tie:
    """An arrangement on the map."""

    number: int
    """Stands beside it; the same on the maps of all layers."""
    name: str
    kind: str
    parties: tuple[str, ...]
    """Ids of actors."""
    place: tuple[float, float] | None
    """Of the hub of a star; None where it joins two."""


def network_map(
    layer: tuple[str, str],
    day: object,
    parties: Mapping[str, Party],
    ties: Sequence[Tie],
    kinds: Sequence[str],
    source: str,
) -> Figure:
    """The arrangements of a layer in force on a day: lines between two, stars of three and more.

    Parameters
    ----------
    layer
        Its name in the case, and what it is called.
    day
        On which they are in force.
    parties
        Every actor that any layer knows, by id; those without a tie here are drawn pale.
    ties
        The arrangements of this layer.
    kinds
        All kinds of arrangement of the case, so that each has the same line on every map.
    source
        What it was read from.
    """
    id, name = layer
    return Figure(
        id=f"network-{id}",
        title=f"Who is tied to whom: {name}",
        spec=drawing(parties, ties, kinds),
        table=table(parties, ties),
        caption=(
            "Line: an arrangement of two. Star: one of three or more, its small hub joined to each "
            "party. The number names it in the list. Pale: actors with no tie in this layer. "
            "Everybody stands at the same place in all maps; near each other are those with many "
            "ties, in whatever layer."
        ),
        source=source,
        caveat=(
            "A tie is an arrangement in force on paper; its line says nothing of how much is done "
            "under it, and places are not geography."
        ),
        description=f"Network of {name} on {day}: {counted(len(ties), 'arrangement')}. "
        f"Parties to how many: {', '.join(counts(parties, ties))}.",
    )


def counts(parties: Mapping[str, Party], ties: Sequence[Tie]) -> Iterator[str]:
    """To how many arrangements each actor is a party, those with most of them first."""
    found = {id: sum(id in tie.parties for tie in ties) for id in parties}
    for id in sorted(found, key=lambda id: -found[id]):
        if found[id]:
            yield f"{parties[id].mark.name} {found[id]}"


# --------------------------------------------------------------------------------------- drawing

Point = tuple[float, float]


def drawing(
    parties: Mapping[str, Party], ties: Sequence[Tie], kinds: Sequence[str]
) -> dict[str, Any]:
    """Lines first, then hubs and numbers, the actors and their names above them."""
    points = {id: at(party.place) for id, party in parties.items()}
    lines, numbers = [], []
    for tie, shift, share in shifted(ties):
        hub = at(tie.place) if tie.place else None
        ends = [points[each] for each in tie.parties]
        pairs = [(hub, end) for end in ends] if hub else [beside(ends[0], ends[1], shift)]
        lines += [segment(tie, *pair) for pair in pairs]
        numbers.append((tie, hub or along(*pairs[0], share)))
    key_lines = list(key_of(ties))
    return chart(
        WIDTH,
        max(HEIGHT, key_lines[-1]["y"] + LINE if key_lines else 0),
        None,
        [
            drawn_lines(lines, kinds),
            *numbered(numbers),
            *marks(parties, ties, points),
            labels(key_lines, at=WIDTH + GAP + 22),
            labels(list(key_numbers(key_lines)), at=WIDTH + GAP + 14, align="right", **BOLD),
        ],
    )


def at(place: tuple[float, float]) -> Point:
    """A place in pixels."""
    x, y = place
    return (
        round(MARGIN + x * (WIDTH - 2 * MARGIN), 1),
        round(MARGIN + y * (HEIGHT - 2 * MARGIN), 1),
    )


def shifted(ties: Sequence[Tie]) -> Iterator[tuple[Tie, float, float]]:
    """Ties, each with how far its line is moved aside and how far along it its number stands."""
    alike: dict[frozenset[str], list[Tie]] = {}
    for tie in ties:
        if tie.place is None:
            alike.setdefault(frozenset(tie.parties), []).append(tie)
    for tie in ties:
        same = alike.get(frozenset(tie.parties), [tie])
        turn = same.index(tie) if tie in same else 0
        yield tie, SHIFT * (turn - (len(same) - 1) / 2), (turn + 1) / (len(same) + 1)


def beside(one: Point, other: Point, shift: float) -> tuple[Point, Point]:
    """A line from one to the other, so far beside the straight one."""
    # From the same end whatever the order of parties, so that lines of one pair never cross.
    (x1, y1), (x2, y2) = sorted((one, other))
    length = max(((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5, 1.0)
    dx, dy = -(y2 - y1) / length * shift, (x2 - x1) / length * shift
    return (x1 + dx, y1 + dy), (x2 + dx, y2 + dy)


def along(one: Point, other: Point, share: float) -> Point:
    """A point of a line."""
    part = 0.3 + 0.4 * share
    return one[0] + part * (other[0] - one[0]), one[1] + part * (other[1] - one[1])


def segment(tie: Tie, one: Point, other: Point) -> dict[str, Any]:
    """A line, as it is drawn."""
    (x, y), (x2, y2) = one, other
    ends = {"x": round(x, 1), "y": round(y, 1), "x2": round(x2, 1), "y2": round(y2, 1)}
    return {**ends, "kind": cut(tie.kind, KIND), "said": f"{tie.number}: {tie.name}"}


def drawn_lines(lines: Sequence[Mapping[str, Any]], kinds: Sequence[str]) -> Layer:
    """The lines, dashed by kind."""
    if not lines:
        return {}
    seen = {each["kind"] for each in lines}
    dashes = {kind: DASHES[place % len(DASHES)] for place, kind in enumerate(kinds) if kind in seen}
    legend = {
        "orient": "none",
        "legendX": 0,
        "legendY": -30,
        "direction": "horizontal",
        "symbolType": "stroke",
        "symbolSize": 700,
        "symbolStrokeColor": SOFT,
    }
    scale = {"domain": list(dashes), "range": list(dashes.values())}
    dash = {"field": "kind", "type": "nominal", "scale": scale, "legend": legend}
    mark = {"type": "rule", "color": SOFT, "strokeWidth": 1.4}
    return spans(lines, mark, strokeDash=dash)


def numbered(numbers: Sequence[tuple[Tie, Point]]) -> list[Layer]:
    """The number of each arrangement, on its hub or its line."""
    values = [
        {"x": round(x, 1), "y": round(y, 1), "text": str(tie.number)} for tie, (x, y) in numbers
    ]
    hubs = [each for each, (tie, _) in zip(values, numbers, strict=True) if tie.place]
    plain = [each for each, (tie, _) in zip(values, numbers, strict=True) if not tie.place]
    return [
        dots(plain, PAPER, 170),
        dots(hubs, SOFT, 190),
        labels(plain, align="center", fontSize=9, color=INK),
        labels(hubs, align="center", fontSize=9, color=PAPER, fontWeight="bold"),
    ]


def dots(values: Sequence[Mapping[str, Any]], colour: str, size: int) -> Layer:
    """A disc under each number."""
    if not values:
        return {}
    return {
        "data": {"values": list(values)},
        "mark": {"type": "point", "filled": True, "opacity": 1, "shape": "circle"}
        | {"size": size, "color": colour, "aria": False},
        "encoding": {"x": across("x"), "y": down("y")},
    }


def marks(
    parties: Mapping[str, Party], ties: Sequence[Tie], points: Mapping[str, Point]
) -> list[Layer]:
    """The actors, each by its colour and shape, with its name; pale where it has no tie."""
    layers: list[Layer] = []
    names: dict[bool, list[dict[str, Any]]] = {True: [], False: []}
    for id, party in parties.items():
        x, y = points[id]
        tied = sum(id in tie.parties for tie in ties)
        colour, shape = actor_look(party.mark)
        said = f"{party.mark.name}: {counted(tied, 'arrangement')}"
        value = {"x": x, "y": y, "said": said}
        look = {"shape": shape, "color": colour, "stroke": INK, "strokeWidth": 0.8}
        layers.append(
            {
                "data": {"values": [value]},
                "mark": {"type": "point", "filled": True, **look}
                | ({"size": 230, "opacity": 1} if tied else {"size": 70, "opacity": 0.25}),
                "encoding": {
                    "x": across("x"),
                    "y": down("y"),
                    "description": {"field": "said"},
                },
            }
        )
        names[tied > 0].append({"x": x, "y": y + 17, "text": cut(party.mark.name, NAME)})
    return [
        labels(names[False], align="center", fontSize=10, color=SOFT, opacity=0.6),
        *layers,
        labels(names[True], color=PAPER, align="center", **BOLD, **HALO),
        labels(names[True], color=INK, align="center", **BOLD),
    ]


def key_of(ties: Sequence[Tie]) -> Iterator[dict[str, Any]]:
    """The list beside the map: the names, with the number at the first line of each."""
    y = 8.0
    for tie in ties:
        for line in lines_of(tie.name, KEY_CHARACTERS) or ("",):
            yield {"y": y, "text": line, "number": tie.number}
            y += LINE
        y += 3


def key_numbers(lines: Sequence[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """The numbers of the list."""
    for number, group in groupby(lines, key=lambda line: line["number"]):
        yield {"y": next(group)["y"], "text": str(number)}


# ----------------------------------------------------------------------------------------- table


def table(parties: Mapping[str, Party], ties: Sequence[Tie]) -> Table:
    body: tuple[tuple[Words, ...], ...] = tuple(
        (
            (f"{tie.number}. {tie.name}",),
            (tie.kind,),
            tuple(
                word
                for place, each in enumerate(tie.parties)
                for word in ((", ", parties[each].mark) if place else (parties[each].mark,))
            ),
        )
        for tie in ties
    )
    return Table("Arrangements and their parties", ("arrangement", "kind", "parties"), body)
