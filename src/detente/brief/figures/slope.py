"""How the ranks of actors changed between two days, and how much of that a single tie carries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from detente.brief.document import Table, Words
from detente.brief.figures.figure import Figure
from detente.brief.figures.layers import across, chart, cut, down, labels, spans
from detente.brief.figures.theme import INK, SOFT, actor_look

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from detente.brief.document import Mark
    from detente.brief.figures.layers import Layer

__all__ = ["Placed", "Stood", "rank_change"]

WIDTH, ROW, TOP = 300, 24, 12
COLUMN, NAMES = 10, 16
"""Between ranges that stand beside each other, and between these and the names [pixels]."""
CHARACTERS = 24


@dataclass(frozen=True)
class Placed:
    """An actor's rank on one day."""

    rank: int
    """1 is the first; equals share the better one."""
    left_out: tuple[int, int]
    """The best and the worst rank with any single arrangement left out."""
    value: float


@dataclass(frozen=True)
class Stood:
    """An actor on both days."""

    mark: Mark
    before: Placed | None
    """None where it was a party to nothing."""
    after: Placed | None


def rank_change(
    rows: Sequence[Stood], days: tuple[date, date], measure: str, source: str
) -> Figure:
    """A line for each actor from its rank on one day to that on the other, with ranges.

    Parameters
    ----------
    rows
        Actors.
    days
        The earlier and the later day.
    measure
        What the ranks are by, in words.
    source
        What they were computed from.
    """
    before, after = days
    return Figure(
        id="ranks",
        title=f"Rank by {measure}, {before} and {after}",
        spec=drawing(rows, days),
        table=table(rows, days),
        caption=(
            "Mark: the rank on a day, the first at the top; equals stand under each other and "
            "carry the same number. Bar through it, and the numbers in brackets: from the best to "
            "the worst rank when any one arrangement is left out."
        ),
        source=source,
        caveat=(
            "A rank depends on which arrangements are listed, and moves when others join or "
            "leave; one whose bar is long rests on a single arrangement."
        ),
        description=f"Ranks by {measure} on {before} and {after}: {'; '.join(map(told, rows))}.",
    )


def told(row: Stood) -> str:
    """One actor in words."""
    return f"{row.mark.name} {rank_words(row.before)} to {rank_words(row.after)}"


def rank_words(placed: Placed | None) -> str:
    """A rank with its range."""
    if placed is None:
        return "–"
    low, high = placed.left_out
    return f"{placed.rank}" if low == high else f"{placed.rank} ({low}–{high})"


# --------------------------------------------------------------------------------------- drawing


def drawing(rows: Sequence[Stood], days: tuple[date, date]) -> dict[str, Any]:
    """Both days with their ranges; lines between them."""
    before = ordered([(row, row.before) for row in rows])
    after = ordered([(row, row.after) for row in rows])
    height = TOP + ROW * max(len(before), len(after))
    sides = ((spots(before), before, -1, 0), (spots(after), after, 1, WIDTH))
    points = [
        {
            row.mark.actor: (edge + side * spot.across, spot.y)
            for spot, (row, _) in zip(spots, each, strict=True)
        }
        for spots, each, side, edge in sides
    ]
    return chart(
        WIDTH,
        height,
        None,
        [
            connected(rows, *points),
            *(ranges(*each) for each in sides),
            *dots(rows, points),
            *(named(*each) for each in sides),
            heading(days),
        ],
    )


Standing = list[tuple["Stood", Placed]]


def ordered(rows: Sequence[tuple[Stood, Placed | None]]) -> Standing:
    """Those who have a rank, the first at the top."""
    placed = [(row, each) for row, each in rows if each is not None]
    return sorted(placed, key=lambda pair: pair[1].rank)


def line_of(rank: float) -> float:
    """How far down a rank stands [pixels]."""
    return TOP + ROW * (rank - 0.5)


class Spot(NamedTuple):
    """Where a mark and its range stand [pixels]."""

    across: float
    """Away from the edge of the plot."""
    y: float
    top: float
    """Of the range."""
    bottom: float


def spots(standing: Standing) -> list[Spot]:
    """Everybody's place: each range in the first column in which it covers no other."""
    found: list[Spot] = []
    ends: list[float] = []
    for place, (_, placed) in enumerate(standing):
        y = line_of(place + 1)
        low, high = placed.left_out
        top, bottom = min(line_of(low), y), max(line_of(high), y)
        column = next((n for n, end in enumerate(ends) if end < top), len(ends))
        ends[column : column + 1] = [bottom]
        found.append(Spot(COLUMN * column, y, top, bottom))
    return found


def connected(
    rows: Sequence[Stood],
    before: Mapping[str, tuple[float, float]],
    after: Mapping[str, tuple[float, float]],
) -> Layer:
    """The lines between the days."""
    values = [
        {
            **dict(zip(("x", "y"), before[id], strict=True)),
            **dict(zip(("x2", "y2"), after[id], strict=True)),
            "tone": actor_look(row.mark)[0],
            "said": told(row),
        }
        for row in rows
        if (id := row.mark.actor) in before and id in after
    ]
    if not values:
        return {}
    tone = {"field": "tone", "type": "nominal", "scale": None}
    return spans(values, {"type": "rule", "strokeWidth": 2, "opacity": 0.8}, color=tone)


def ranges(spots: Sequence[Spot], standing: Standing, side: int, edge: int) -> Layer:
    """From the best to the worst rank with one arrangement left out."""
    values = [
        {
            "x": edge + side * spot.across,
            "y": spot.top,
            "y2": spot.bottom,
            "tone": actor_look(row.mark)[0],
        }
        for spot, (row, _) in zip(spots, standing, strict=True)
        if spot.top < spot.bottom
    ]
    if not values:
        return {}
    return {
        "data": {"values": values},
        "mark": {"type": "rule", "strokeWidth": 5, "opacity": 0.4, "aria": False},
        "encoding": {
            "x": across("x"),
            "y": down("y"),
            "y2": {"field": "y2"},
            "color": {"field": "tone", "type": "nominal", "scale": None},
        },
    }


def dots(rows: Sequence[Stood], points: Sequence[Mapping[str, tuple[float, float]]]) -> list[Layer]:
    """The marks of the actors on both days."""
    layers: list[Layer] = []
    for row in rows:
        colour, shape = actor_look(row.mark)
        values = [
            {"x": x, "y": y, "said": told(row)}
            for each in points
            for x, y in [each.get(row.mark.actor, (None, None))]
            if x is not None
        ]
        layers.append(
            {
                "data": {"values": values},
                "mark": {"type": "point", "filled": True, "opacity": 1, "size": 100}
                | {"color": colour, "shape": shape, "stroke": INK, "strokeWidth": 0.8},
                "encoding": {
                    "x": across("x"),
                    "y": down("y"),
                    "description": {"field": "said"},
                },
            }
        )
    return layers


def named(spots: Sequence[Spot], standing: Standing, side: int, edge: int) -> Layer:
    """Ranks and names, outside the marks."""
    placed = [
        {
            "y": spot.y,
            "text": f"{cut(row.mark.name, CHARACTERS)}  {rank_words(each)}"
            if side < 0
            else f"{rank_words(each)}  {cut(row.mark.name, CHARACTERS)}",
        }
        for spot, (row, each) in zip(spots, standing, strict=True)
    ]
    at = edge + side * (max((spot.across for spot in spots), default=0) + NAMES)
    return labels(placed, at=at, align="right" if side < 0 else "left")


def heading(days: tuple[date, date]) -> Layer:
    """The days, over their ranks."""
    values = [
        {"x": at, "y": -8, "text": str(day)} for at, day in zip((0, WIDTH), days, strict=True)
    ]
    return labels(values, align="center", color=SOFT, fontSize=11)


# ----------------------------------------------------------------------------------------- table


def table(rows: Sequence[Stood], days: tuple[date, date]) -> Table:
    body: tuple[tuple[Words, ...], ...] = tuple(
        (
            (row.mark,),
            *((f"{each.value:.3f}" if each else "–",) for each in (row.before, row.after)),
            *((rank_words(each),) for each in (row.before, row.after)),
        )
        for row in rows
    )
    head = ("actor", *(f"value {day}" for day in days), *(f"rank {day}" for day in days))
    return Table("Values and ranks, with the range when one arrangement is left out", head, body)
