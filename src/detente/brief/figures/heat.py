"""A table whose cells are shaded: rows by columns, the stronger the more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from detente.brief.figures.layers import LINE, chart, down, labels, lines_of, rounded
from detente.brief.figures.theme import BLUE, INK, SOFT, WHITE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from detente.brief.figures.layers import Layer

__all__ = ["Cell", "heat_map"]

LEFT, CHARACTERS = 250, 34
LETTER = 7
"""How wide a letter over a column is at most [pixels]."""
STRONG = 0.85
"""From this shade on a cell's number is white, on any page."""


@dataclass(frozen=True)
class Cell:
    """What stands where a row and a column meet."""

    shown: str
    """The number as it is shown: `72%`, `3.1 bn`."""
    shade: float | None
    """From 0 to 1; None where nothing could be measured."""


def heat_map(
    rows: Mapping[str, str],
    columns: Mapping[str, str],
    cells: Mapping[tuple[str, str], Cell],
    size: tuple[int, int] = (84, 40),
) -> dict[str, Any]:
    """The drawing.

    Parameters
    ----------
    rows
        Id -> its words, from top to bottom.
    columns
        Id -> its words, from left to right.
    cells
        (row, column) -> what stands there; a pair may be missing.
    size
        Width and height of a cell [pixels].
    """
    width, height = size
    shown: list[dict[str, Any]] = [
        {
            "x": place * width + 1,
            "x2": (place + 1) * width - 1,
            "y": row * height + 1,
            "y2": (row + 1) * height - 1,
            "middle": (place + 0.5) * width,
            "line": (row + 0.5) * height,
            "text": cell.shown,
            "shade": rounded(cell.shade),
            "said": f"{says}, {heading}: {cell.shown}",
        }
        for row, (id, says) in enumerate(rows.items())
        for place, (column, heading) in enumerate(columns.items())
        if (cell := cells.get((id, column)))
    ]
    return chart(
        width * len(columns),
        height * len(rows),
        None,
        [
            shaded([each for each in shown if each["shade"] is not None]),
            written([each for each in shown if not is_strong(each)], INK),
            written([each for each in shown if is_strong(each)], WHITE),
            headings(list(columns.values()), width),
            names(list(rows.values()), height),
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


def headings(columns: Sequence[str], width: int) -> Layer:
    """The names of the columns, over them."""
    lines = [lines_of(says, width // LETTER, 3) for says in columns]
    placed = [
        {"x": (place + 0.5) * width, "y": -12 - LINE * (len(said) - 1 - n), "text": line}
        for place, said in enumerate(lines)
        for n, line in enumerate(said)
    ]
    return labels(placed, align="center", color=SOFT, fontSize=11)


def names(rows: Sequence[str], height: int) -> Layer:
    """The names of the rows, beside them."""
    placed = [
        {"y": (row + 0.5) * height - LINE * (len(lines) - 1) / 2 + LINE * n, "text": line}
        for row, says in enumerate(rows)
        for lines in [lines_of(says, CHARACTERS)]
        for n, line in enumerate(lines)
    ]
    return labels(placed, at=-LEFT)
