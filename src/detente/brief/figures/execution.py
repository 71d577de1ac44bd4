"""How much of what each party promised is carried out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from detente.brief.document import Table, Words
from detente.brief.figures.figure import Figure
from detente.brief.figures.layers import (
    Layer,
    chart,
    cut,
    grid,
    key,
    labels,
    rounded,
    shades,
    share_axis,
    spans,
)
from detente.brief.figures.theme import BLUE, INK, RULE, SOFT
from detente.brief.words import percent

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["Executed", "execution_by_party"]

WIDTH, LEFT, ROW, BAR = 320, 190, 30, 15
CHARACTERS = 28
PARTS: Mapping[str, tuple[str, float]] = {
    "delivered": (INK, 1.0),
    "in execution": (BLUE, 0.75),
    "neither": (RULE, 0.6),
}
"""Part of what was promised -> its colour and how strong, darkest first."""


@dataclass(frozen=True)
class Executed:
    """Of what one party promised, how much is carried out."""

    party: str
    """What it is called."""
    commitments: int
    executed: int
    """How many are in execution or delivered."""
    delivered: int


def execution_by_party(rows: Sequence[Executed], source: str) -> Figure:
    """A bar for every party: delivered, in execution, neither."""
    return Figure(
        id="execution",
        title="How much of what each party promised is carried out",
        spec=drawing(rows),
        table=table(rows),
        caption=(
            "Each bar is all commitments of a party: delivered, in execution, neither of them. "
            "Beside it how many are carried out, that is in execution or delivered, of how many."
        ),
        source=source,
        caveat=(
            "Every commitment counts the same, and for each of its parties: a vision beside a "
            "contract. Shares of a few are coarse."
        ),
        description=f"Share carried out: {'; '.join(map(told, rows))}.",
    )


def told(row: Executed) -> str:
    """One row in words."""
    share = percent(row.executed / row.commitments)
    return f"{row.party} {share}, {row.executed} of {row.commitments}"


def drawing(rows: Sequence[Executed]) -> dict[str, Any]:
    height = ROW * len(rows)
    axis = share_axis("share of its commitments")
    middles = [ROW * (number + 0.5) for number in range(len(rows))]
    names = [
        {"text": cut(row.party, CHARACTERS), "y": middle}
        for row, middle in zip(rows, middles, strict=True)
    ]
    counts = [
        {"text": f"{row.executed} of {row.commitments}", "y": middle}
        for row, middle in zip(rows, middles, strict=True)
    ]
    return chart(
        WIDTH,
        height,
        axis,
        [
            grid(height, axis),
            bars(rows, middles),
            labels(names, at=-LEFT),
            labels(counts, at=WIDTH + 14, color=SOFT),
        ],
    )


def bars(rows: Sequence[Executed], middles: Sequence[float]) -> Layer:
    """The parts of every row, side by side."""
    values = []
    for row, middle in zip(rows, middles, strict=True):
        ends = (0, row.delivered, row.executed, row.commitments)
        values += [
            {
                "x": rounded(start / row.commitments),
                "x2": rounded(end / row.commitments),
                "y": middle - BAR / 2,
                "y2": middle + BAR / 2,
                "part": part,
                "said": f"{row.party}: {end - start} of {row.commitments} {part}",
            }
            for part, start, end in zip(PARTS, ends, ends[1:], strict=False)
            if end > start
        ]
    return spans(values, {"type": "rect"}, **shades("part", PARTS, key(LEFT)))


def table(rows: Sequence[Executed]) -> Table:
    head = ("party", "commitments", "carried out", "of which delivered", "share carried out")
    body: tuple[tuple[Words, ...], ...] = tuple(
        (
            (row.party,),
            (str(row.commitments),),
            (str(row.executed),),
            (str(row.delivered),),
            (percent(row.executed / row.commitments),),
        )
        for row in rows
    )
    return Table("Carried out: in execution or delivered", head, body)
