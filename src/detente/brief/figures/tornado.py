"""What moves each claim: its share where a factor has this value, and where it has that."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from detente.brief.document import Code, Table, Words
from detente.brief.figures.figure import Figure
from detente.brief.figures.layers import (
    LINE,
    bars,
    chart,
    columns,
    field,
    grid,
    labels,
    lines_of,
    rounded,
    rules,
    share_axis,
    symbols,
)
from detente.brief.figures.theme import BLUE, INK, ORANGE, SOFT, WASH
from detente.brief.words import percent

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from detente.brief.figures.layers import Layer

__all__ = ["Level", "Moved", "tornado"]

WIDTH, LEFT, INDENT = 270, 330, 16
CHARACTERS, FACTOR_CHARACTERS, LEVEL_CHARACTERS = 52, 36, 14
ROW, APART = 36, 14
LEAST = 0.1
"""Factors that move a share by less stand in the table only."""


@dataclass(frozen=True)
class Level:
    """A claim's share where a factor has one value."""

    says: str
    """`yes`, `lowest quarter`, the name of a level."""
    share: float


@dataclass(frozen=True)
class Moved:
    """A claim and one factor that moves it."""

    claim: str
    """Its id."""
    place: str
    says: str
    share: float
    """Over all futures."""
    required: tuple[float, float]
    """The shares that meet the author's word."""
    factor: str
    """What the factor is, in words."""
    levels: tuple[Level, ...]

    @property
    def low(self) -> Level:
        """The level with the smallest share."""
        return min(self.levels, key=lambda level: level.share)

    @property
    def high(self) -> Level:
        """The level with the largest share."""
        return max(self.levels, key=lambda level: level.share)

    @property
    def swing(self) -> float:
        """How far the factor moves the share."""
        return self.high.share - self.low.share


def tornado(rows: Sequence[Moved], source: str) -> Figure:
    """For each claim a bar for every factor, the one that moves it most first.

    Parameters
    ----------
    rows
        Those to show, claims together.
    source
        What the numbers were computed from.
    """
    ordered = by_claim(rows)
    return Figure(
        id="movers",
        title="What moves each claim",
        spec=drawing([row for row in ordered if row.swing >= LEAST] or ordered),
        table=table(ordered),
        caption=(
            "Each bar runs from the smallest to the largest share in which the claim holds among "
            "the futures where the factor has the value written beside the end. Thin line: the "
            "share over all futures. Grey field: what the author's word requires. What moves "
            "a share by less than 10 points stands in the table only."
        ),
        source=source,
        caveat=(
            "A difference between groups of stated futures: what the model makes of a factor, not "
            "an effect measured in the world."
        ),
        description=f"What moves each claim most: {'; '.join(firsts(ordered))}.",
    )


def by_claim(rows: Sequence[Moved]) -> list[Moved]:
    """Claims in their order; under each the widest bar first."""
    order = list(dict.fromkeys(row.claim for row in rows))
    return sorted(rows, key=lambda row: (order.index(row.claim), -row.swing, row.factor))


def firsts(rows: Sequence[Moved]) -> list[str]:
    """The first factor of each claim, in words."""
    told: dict[str, str] = {}
    for row in rows:
        ends = f"from {percent(row.low.share)} to {percent(row.high.share)}"
        told.setdefault(row.claim, f"{row.place or row.claim}: {row.factor}, {ends}")
    return list(told.values())


# --------------------------------------------------------------------------------------- drawing


@dataclass(frozen=True)
class Group:
    """A claim and what moves it, laid out."""

    top: float
    lines: tuple[str, ...]
    rows: tuple[Moved, ...]

    @property
    def start(self) -> float:
        """Where the first bar begins."""
        return self.top + LINE * len(self.lines) + 4

    @property
    def end(self) -> float:
        """Where the last bar ends."""
        return self.start + ROW * len(self.rows)

    def placed(self) -> Iterator[tuple[Moved, float]]:
        """Every row with its middle."""
        return ((row, self.start + ROW * (n + 0.5)) for n, row in enumerate(self.rows))


def groups(rows: Sequence[Moved]) -> list[Group]:
    """The claims, one under the other."""
    found: list[Group] = []
    for _, each in groupby(rows, key=lambda row: row.claim):
        held = tuple(each)
        top = found[-1].end + APART if found else 0.0
        text = f"{held[0].place} {held[0].says}".strip()
        found.append(Group(top, lines_of(text, CHARACTERS), held))
    return found


def drawing(rows: Sequence[Moved]) -> dict[str, Any]:
    laid = groups(rows)
    height, axis = round(laid[-1].end), share_axis()
    names = [
        {"y": group.top + LINE * (n + 0.5), "text": line}
        for group in laid
        for n, line in enumerate(group.lines)
    ]
    placed = [pair for group in laid for pair in group.placed()]
    factors = [
        {"y": y, "text": line}
        for row, middle in placed
        for y, line in centred(lines_of(row.factor, FACTOR_CHARACTERS), middle)
    ]
    return chart(
        WIDTH,
        height,
        axis,
        [
            bars([wanted(group) for group in laid], colour=WASH),
            grid(height, axis),
            labels(names, at=-LEFT, fontWeight="bold"),
            labels(factors, at=INDENT - LEFT),
            columns([overall(group) for group in laid], colour=INK),
            *moves(placed),
        ],
    )


def centred(lines: Sequence[str], middle: float) -> Iterator[tuple[float, str]]:
    """Lines around a middle."""
    top = middle - LINE * (len(lines) - 1) / 2
    return ((top + LINE * n, line) for n, line in enumerate(lines))


def wanted(group: Group) -> dict[str, Any]:
    """What the claim's word requires, behind its bars."""
    return {**field(group.rows[0].required), "y": group.start, "y2": group.end}


def overall(group: Group) -> dict[str, Any]:
    """The share over all futures, down the bars of the claim."""
    return {"x": rounded(group.rows[0].share), "y": group.start, "y2": group.end}


def moves(placed: Sequence[tuple[Moved, float]]) -> list[Layer]:
    """The bars, their ends, and what the ends are."""
    lows = [end(row, row.low, y) for row, y in placed]
    highs = [end(row, row.high, y) for row, y in placed]
    spans = [
        {"x": low["x"], "x2": high["x"], "y": low["y"]}
        for low, high in zip(lows, highs, strict=True)
    ]
    return [
        rules(spans, colour=BLUE, width=9, opacity=0.35),
        symbols(lows, color=ORANGE, shape="diamond", size=70),
        symbols(highs, color=BLUE, shape="circle", size=70),
        labels(lows, align="right", dx=-8, fontSize=10.5, color=SOFT),
        labels(highs, align="left", dx=8, fontSize=10.5, color=SOFT),
    ]


def end(row: Moved, level: Level, y: float) -> dict[str, Any]:
    """One end of a bar."""
    said = f"{row.place or row.claim}, {row.factor} {level.says}: {percent(level.share)}"
    (short,) = lines_of(level.says, LEVEL_CHARACTERS, 1) or ("",)
    return {"x": rounded(level.share), "y": y, "text": short, "said": said}


# ----------------------------------------------------------------------------------------- table


def table(rows: Sequence[Moved]) -> Table:
    head = ("claim", "factor", "all futures", "share by the factor's value", "moves it by")
    body: tuple[tuple[Words, ...], ...] = tuple(
        (
            (f"{row.place} " if row.place else "", row.says, " ", Code(row.claim)),
            (row.factor,),
            (percent(row.share),),
            ("; ".join(f"{level.says} {percent(level.share)}" for level in row.levels),),
            (f"{100 * row.swing:.0f} points",),
        )
        for row in rows
    )
    return Table("Shares where a factor has a value", head, body)
