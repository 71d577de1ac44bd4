"""How the strategies do by each measure: a table whose cells are shaded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from detente.brief.document import Strong, Table, Words
from detente.brief.figures.figure import Figure
from detente.brief.figures.layers import LINE, chart, down, labels, lines_of, rounded
from detente.brief.figures.theme import BLUE, INK, SOFT, WHITE
from detente.brief.words import joined, sentence

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from detente.brief.figures.layers import Layer

__all__ = ["Measure", "Measured", "strategy_measures"]

LEFT, CELL, ROW = 250, 84, 40
CHARACTERS, HEAD_CHARACTERS = 34, 12
STRONG = 0.85
"""From this shade on a cell's number is white, on any page."""


@dataclass(frozen=True)
class Measure:
    """A column: something by which strategies are judged."""

    id: str
    says: str
    """Short; stands over the column."""
    reads: str
    """What it measures, in a sentence."""


@dataclass(frozen=True)
class Measured:
    """A cell: a strategy by a measure."""

    shown: str
    """The number as it is shown: `72%`, `3.1 bn`."""
    shade: float | None
    """From 0, the worst, to 1, the best; None where nothing could be measured."""


def strategy_measures(
    strategies: Mapping[str, str],
    measures: Sequence[Measure],
    cells: Mapping[tuple[str, str], Measured],
    source: str,
    chosen: str | None = None,
) -> Figure:
    """A heat map of strategies by measures.

    Parameters
    ----------
    strategies
        Id -> its words, in the order of the rows.
    measures
        In the order of the columns.
    cells
        (strategy, measure) -> what it comes to; a pair may be missing.
    source
        What the numbers were computed from.
    chosen
        The recommended strategy.
    """
    return Figure(
        id="strategies",
        title="How each strategy does, measure by measure",
        spec=drawing(strategies, measures, cells),
        table=table(strategies, measures, cells, chosen),
        caption=" ".join(
            [
                "The stronger the colour the better, column by column.",
                *(f"{sentence(names)[:-1]}: {reads}." for reads, names in told_apart(measures)),
            ]
        ),
        source=source,
        caveat=(
            "Shares count futures and say nothing of how much is won or lost in them; orders of "
            "preference cannot say that."
        ),
        description=description(strategies, measures, cells),
    )


def description(
    strategies: Mapping[str, str],
    measures: Sequence[Measure],
    cells: Mapping[tuple[str, str], Measured],
) -> str:
    """The figure in words: the best strategies by each measure."""
    told = []
    for measure in measures:
        shades = {
            id: cells[id, measure.id].shade or 0.0 for id in strategies if (id, measure.id) in cells
        }
        best = [strategies[id] for id in shades if shades[id] == max(shades.values())]
        told.append(f"best by {measure.says}: {' and '.join(best)}")
    return f"{len(strategies)} strategies by {len(measures)} measures; {'; '.join(told)}."


def told_apart(measures: Sequence[Measure]) -> list[tuple[str, str]]:
    """What is measured, with the columns that measure it."""
    found: dict[str, list[str]] = {}
    for each in measures:
        found.setdefault(each.reads, []).append(each.says)
    return [(reads, joined(names)) for reads, names in found.items()]


# --------------------------------------------------------------------------------------- drawing


def drawing(
    strategies: Mapping[str, str],
    measures: Sequence[Measure],
    cells: Mapping[tuple[str, str], Measured],
) -> dict[str, Any]:
    shown: list[dict[str, Any]] = [
        {
            "x": place * CELL + 1,
            "x2": (place + 1) * CELL - 1,
            "y": row * ROW + 1,
            "y2": (row + 1) * ROW - 1,
            "middle": (place + 0.5) * CELL,
            "line": (row + 0.5) * ROW,
            "text": cell.shown,
            "shade": rounded(cell.shade),
            "said": f"{says}, {measure.says}: {cell.shown}",
        }
        for row, (id, says) in enumerate(strategies.items())
        for place, measure in enumerate(measures)
        if (cell := cells.get((id, measure.id)))
    ]
    return chart(
        CELL * len(measures),
        ROW * len(strategies),
        None,
        [
            shaded([each for each in shown if each["shade"] is not None]),
            written([each for each in shown if not is_strong(each)], INK),
            written([each for each in shown if is_strong(each)], WHITE),
            *headings(measures),
            rows(strategies),
        ],
    )


def is_strong(cell: Mapping[str, Any]) -> bool:
    """Whether a cell's number must be white to be read."""
    return bool(cell["shade"] is not None and cell["shade"] >= STRONG)


def shaded(values: Sequence[Mapping[str, Any]]) -> Layer:
    """The fields, stronger where better."""
    if not values:
        return {}
    scale = {"domain": [0, 1], "range": [0.06, 0.95]}
    return {
        "data": {"values": list(values)},
        "mark": {"type": "rect", "color": BLUE, "cornerRadius": 2},
        "encoding": {
            "x": {"field": "x", "type": "quantitative"},
            "x2": {"field": "x2"},
            "y": down("y"),
            "y2": {"field": "y2"},
            "description": {"field": "said"},
            "opacity": {
                "field": "shade",
                "type": "quantitative",
                "scale": scale,
                "legend": None,
            },
        },
    }


def written(values: Sequence[Mapping[str, Any]], colour: str) -> Layer:
    """The numbers in the fields."""
    placed = [{"x": each["middle"], "y": each["line"], "text": each["text"]} for each in values]
    return labels(placed, align="center", color=colour)


def headings(measures: Sequence[Measure]) -> list[Layer]:
    """The names of the columns, over them."""
    lines = [lines_of(each.says, HEAD_CHARACTERS, 3) for each in measures]
    placed = [
        {"x": (place + 0.5) * CELL, "y": -12 - LINE * (len(said) - 1 - n), "text": line}
        for place, said in enumerate(lines)
        for n, line in enumerate(said)
    ]
    return [labels(placed, align="center", color=SOFT, fontSize=11)]


def rows(strategies: Mapping[str, str]) -> Layer:
    """The names of the strategies, beside their rows."""
    placed = [
        {"y": (row + 0.5) * ROW - LINE * (len(lines) - 1) / 2 + LINE * n, "text": line}
        for row, says in enumerate(strategies.values())
        for lines in [lines_of(says, CHARACTERS)]
        for n, line in enumerate(lines)
    ]
    return labels(placed, at=-LEFT)


# ----------------------------------------------------------------------------------------- table


def table(
    strategies: Mapping[str, str],
    measures: Sequence[Measure],
    cells: Mapping[tuple[str, str], Measured],
    chosen: str | None,
) -> Table:
    head = ("strategy", *(measure.says for measure in measures))
    body: tuple[tuple[Words, ...], ...] = tuple(
        (
            (Strong(says), " (recommended)") if id == chosen else (says,),
            *(
                (cells[id, measure.id].shown if (id, measure.id) in cells else "–",)
                for measure in measures
            ),
        )
        for id, says in strategies.items()
    )
    return Table("Strategies by measure", head, body)
