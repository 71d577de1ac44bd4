"""The reaction diagram: who moves whom where, from the state in which play starts."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import atan2, cos, degrees, sin
from typing import TYPE_CHECKING, Any

from detente.brief.document import Table, Words
from detente.brief.figures.figure import Figure
from detente.brief.figures.layered import BOX, ROW, layered
from detente.brief.figures.layers import Layer, across, bars, chart, down, labels, lines_of
from detente.brief.figures.theme import INK, PAPER, SOFT, WASH, actor_look
from detente.brief.words import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from detente.brief.document import Mark

__all__ = ["Arrow", "Place", "reaction"]

CHARACTERS, LINES, LEADING, SIZE, INSET = 25, 2, 14, 10, 7
LETTER, SYMBOL, NARROWEST = 7, 26, 420
"""Of the key: how wide a letter is, and a symbol, and the least the key may take [pixels]."""
WEDGE = "M1,0L-1,-.6L-1,.6Z"
HEAD = 5
"""How far from its end an arrow's head is centred [pixels]."""
DASHES = {False: [1, 0], True: [5, 4]}

Point = tuple[float, float]


@dataclass(frozen=True)
class Place:
    """A state in the diagram."""

    code: str
    says: str
    """What is new in it, in a few words."""
    whole: str
    """The state in words."""
    kind: str
    """`start`, `equilibrium`, both in one string, or nothing."""
    is_end: bool
    """Whether it is an equilibrium, or what was asked for."""


@dataclass(frozen=True)
class Arrow:
    """A move in the diagram."""

    before: str
    after: str
    mark: Mark
    """Of the mover."""
    says: str
    """What it does."""
    cost: str
    """Why nobody would make the move; empty of an improvement."""


def reaction(
    title: str,
    places: Sequence[Place],
    arrows: Sequence[Arrow],
    source: str,
    *,
    whole: bool,
) -> Figure:
    """States from left to right, each joined to where moves lead.

    Parameters
    ----------
    title
        What it shows.
    places
        States, each after one from which an arrow leads to it.
    arrows
        Moves among them.
    source
        What they were computed from.
    whole
        Whether every improvement from every state that improvements lead to is drawn.
    """
    drawn = "every improvement" if whole else "shortest sequences of moves"
    return Figure(
        id="reaction",
        title=title,
        spec=drawing(places, arrows),
        table=table(places, arrows),
        caption=(
            f"From left to right, {drawn}. Mark and colour: who moves. Dashed: a move that nobody "
            "would make, for it gains its mover nothing, or leaves an equilibrium. In a box: the "
            "state's code, and what is new in it; thick border: an equilibrium, or what was asked "
            "for."
        ),
        source=source,
        caveat=(
            "An arrow says what its mover could do, not that it will; where several lead on from a "
            "box, nothing says which is taken."
        ),
        description=f"{counted(len(places), 'state')}, {counted(len(arrows), 'move')}: "
        + "; ".join(f"{each.mark.name} from {each.before} to {each.after}" for each in arrows)
        + ".",
    )


# --------------------------------------------------------------------------------------- drawing


def drawing(places: Sequence[Place], arrows: Sequence[Arrow]) -> dict[str, Any]:
    """Boxes in columns, moves behind them, the key above."""
    order = {each.code: place for place, each in enumerate(places)}
    rests_on: dict[str, list[str]] = {code: [] for code in order}
    for each in arrows:  # what leads back is laid out the other way round: no circles
        first, last = sorted((each.before, each.after), key=order.__getitem__)
        if first not in rests_on[last]:
            rests_on[last].append(first)
    found = layered(rests_on)
    routes = [route(found.routes, each) for each in arrows]
    width = max(round(found.width), NARROWEST)
    marks = {each.mark.actor: each.mark for each in arrows}
    return chart(
        width,
        round(found.height),
        None,
        [
            *(rules_of(*both) for both in zip(arrows, routes, strict=True)),
            *boxes(places, found.boxes),
            *heads(arrows, routes),
            *key_of(list(marks.values()), width),
            words(places, found.boxes),
        ],
    )


def route(routes: Mapping[tuple[str, str], Sequence[Point]], arrow: Arrow) -> tuple[Point, ...]:
    """The corners of an arrow, from where it starts."""
    there = routes.get((arrow.before, arrow.after))
    back = routes.get((arrow.after, arrow.before), ())
    return tuple(there) if there else tuple(reversed(back))


def rules_of(arrow: Arrow, corners: Sequence[Point]) -> Layer:
    """The line of an arrow."""
    said = f"{arrow.mark.name} moves from {arrow.before} to {arrow.after}: {arrow.says}"
    return {
        "data": {
            "values": [
                {"x": x, "y": y, "x2": x2, "y2": y2, "said": said}
                for (x, y), (x2, y2) in pairwise(corners)
            ]
        },
        "mark": {
            "type": "rule",
            "color": actor_look(arrow.mark)[0],
            "strokeWidth": 1.6,
            "strokeDash": DASHES[bool(arrow.cost)],
        },
        "encoding": {
            "x": across("x"),
            "x2": {"field": "x2"},
            "y": down("y"),
            "y2": {"field": "y2"},
            "description": {"field": "said"},
        },
    }


def heads(arrows: Sequence[Arrow], routes: Sequence[Sequence[Point]]) -> Iterator[Layer]:
    """At the end of each arrow its head, near its start the mark of who moves."""
    for arrow, corners in zip(arrows, routes, strict=True):
        (x, y), (near_x, near_y), *_ = corners
        before, end = corners[-2:]
        colour, shape = actor_look(arrow.mark)
        turn = atan2(end[1] - before[1], end[0] - before[0])
        head = {
            "x": round(end[0] - HEAD * cos(turn), 1),
            "y": round(end[1] - HEAD * sin(turn), 1),
            "angle": round(degrees(turn), 1),
        }
        yield point([head], WEDGE, colour, 110, {"angle": ANGLE})
        yield point([{"x": (x + near_x) / 2, "y": (y + near_y) / 2}], shape, colour, 80, {})


ANGLE = {"field": "angle", "type": "quantitative", "scale": None}


def point(
    values: Sequence[Mapping[str, Any]], shape: str, colour: str, size: int, more: Mapping[str, Any]
) -> Layer:
    """Symbols of one look."""
    look = {"shape": shape, "color": colour, "size": size, "stroke": PAPER, "strokeWidth": 0.8}
    return {
        "data": {"values": list(values)},
        "mark": {"type": "point", "filled": True, "opacity": 1, "aria": False, **look},
        "encoding": {"x": across("x"), "y": down("y"), **more},
    }


def key_of(marks: Sequence[Mark], width: int) -> Iterator[Layer]:
    """Who is who, in lines above the drawing."""
    spots: list[tuple[float, int]] = []
    left, line = 0.0, 0
    for mark in marks:
        wide = SYMBOL + LETTER * len(mark.name)
        if left and left + wide > width:
            left, line = 0.0, line + 1
        spots.append((left, line))
        left += wide
    for mark, (left, at) in zip(marks, spots, strict=True):
        y = -20.0 - 18 * (line - at)
        colour, shape = actor_look(mark)
        yield point([{"x": left + 5, "y": y}], shape, colour, 90, {})
        yield labels([{"x": left + 16, "y": y, "text": mark.name}], fontSize=11)


def boxes(places: Sequence[Place], spots: Mapping[str, Point]) -> Iterator[Layer]:
    """The boxes; those where play ends with a thick border."""
    for is_end in (False, True):
        values = [
            {"x": x, "x2": x + BOX, "y": y - ROW / 2 + 5, "y2": y + ROW / 2 - 5}
            for each in places
            if each.is_end == is_end
            for x, y in [spots[each.code]]
        ]
        look = {"stroke": INK, "strokeWidth": 2} if is_end else {"stroke": SOFT, "strokeWidth": 0.8}
        yield bars(values, colour=WASH if is_end else PAPER, cornerRadius=3, **look)


def words(places: Sequence[Place], spots: Mapping[str, Point]) -> Layer:
    """What stands in the boxes."""
    values = []
    for each in places:
        x, y = spots[each.code]
        head = lines_of(f"{each.code} {each.kind}", CHARACTERS)
        said = [*head, *lines_of(each.says, CHARACTERS, LINES + 1 - len(head))]
        top = y - LEADING * (len(said) - 1) / 2
        values += [{"x": x + INSET, "y": top + LEADING * n, "text": t} for n, t in enumerate(said)]
    return labels(values, fontSize=SIZE)


# ----------------------------------------------------------------------------------------- table


def table(places: Sequence[Place], arrows: Sequence[Arrow]) -> Table:
    whole = {each.code: each for each in places}
    body: tuple[tuple[Words, ...], ...] = tuple(
        (
            (f"{each.before} {whole[each.before].kind}".strip(),),
            (each.mark,),
            (each.says,),
            (f"{each.after} {whole[each.after].kind}".strip(),),
            (whole[each.after].whole,),
            (each.cost or "–",),
        )
        for each in arrows
    )
    head = ("from", "who", "does what", "to", "where", "why nobody would")
    return Table("Moves, one in each row", head, body)
