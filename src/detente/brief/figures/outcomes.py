"""The outcome matrix: what each option is at in each of some states, side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from detente.brief.document import Table, Words
from detente.brief.figures.figure import Figure
from detente.brief.figures.layers import (
    Layer,
    across,
    bars,
    chart,
    columns,
    cut,
    down,
    labels,
    lines_of,
)
from detente.brief.figures.theme import INK, RULE, SOFT, WASH, actor_look
from detente.brief.words import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from detente.brief.document import Mark

__all__ = ["Column", "Row", "outcomes"]

LEFT, CHARACTERS, HEIGHT, LEADING = 300, 38, 38, 14
LETTER, LEAST = 7, 104
"""How wide a letter is at most, and a column at least [pixels]."""


@dataclass(frozen=True)
class Column:
    """A state."""

    code: str
    heading: str
    """What sets it apart: `status quo`, `reached`, `blocked`."""


@dataclass(frozen=True)
class Row:
    """An option, and the level it is at in each state."""

    mark: Mark
    """Of the actor whose option it is."""
    label: str
    levels: tuple[str, ...]
    """One for each column; `–` for an option not taken."""


def outcomes(title: str, states: Sequence[Column], rows: Sequence[Row], source: str) -> Figure:
    """States as columns, options as rows; what differs from the first column stands out.

    Parameters
    ----------
    title
        What it shows.
    states
        The columns, the state that the others are compared with first.
    rows
        The options.
    source
        What they were computed from.
    """
    return Figure(
        id="outcomes",
        title=title,
        spec=drawing(states, rows),
        table=table(states, rows),
        caption=(
            "A column for each state, a row for each option, with the mark of the actor whose it "
            "is. Shaded: another level than in the first column. –: not taken."
        ),
        source=source,
        caveat=(
            "An equilibrium is a state that nobody leaves under the concept named; it says nothing "
            "of how likely it is."
        ),
        description=f"{counted(len(rows), 'option')} in {counted(len(states), 'state')}: "
        + "; ".join(
            f"{state.code} ({state.heading}) differs in {differs(rows, place)}"
            for place, state in enumerate(states)
            if place
        )
        + ".",
    )


def differs(rows: Sequence[Row], place: int) -> str:
    """How many options are at another level than in the first state."""
    return counted(sum(row.levels[place] != row.levels[0] for row in rows), "option")


def drawing(states: Sequence[Column], rows: Sequence[Row]) -> dict[str, Any]:
    """Cells with words, names beside them, codes above."""
    width = max([LEAST, *(LETTER * len(each.code) + 6 for each in states)])
    height = HEIGHT * len(rows)
    lines = [{"x": width * place, "y": 0, "y2": height} for place in range(1, len(states))]
    return chart(
        width * len(states),
        height,
        None,
        [
            shaded(rows, width),
            columns(lines, colour=RULE),
            labels(list(cells(rows, width)), align="center", fontSize=10.5),
            *names(rows),
            *headings(states, width),
        ],
    )


def shaded(rows: Sequence[Row], width: int) -> Layer:
    """A field under what differs from the first column."""
    values = [
        {"x": place * width + 1, "x2": (place + 1) * width - 1, "y": y + 1, "y2": y + HEIGHT - 1}
        for y, row in placed(rows)
        for place, level in enumerate(row.levels)
        if level != row.levels[0]
    ]
    return bars(values, colour=WASH)


def placed(rows: Sequence[Row]) -> Iterator[tuple[int, Row]]:
    """The rows, each with its upper edge."""
    return ((HEIGHT * place, row) for place, row in enumerate(rows))


def cells(rows: Sequence[Row], width: int) -> Iterator[dict[str, Any]]:
    """The levels."""
    for y, row in placed(rows):
        for place, level in enumerate(row.levels):
            said = lines_of(level, width // LETTER, 2) or ("",)
            top = y + HEIGHT / 2 - LEADING * (len(said) - 1) / 2
            for n, line in enumerate(said):
                yield {"x": (place + 0.5) * width, "y": top + LEADING * n, "text": line}


def names(rows: Sequence[Row]) -> Iterator[Layer]:
    """The marks of the actors, and the options."""
    for y, row in placed(rows):
        colour, shape = actor_look(row.mark)
        value = {"x": -LEFT + 6, "y": y + HEIGHT / 2, "said": f"{row.mark.name}: {row.label}"}
        yield {
            "data": {"values": [value]},
            "mark": {"type": "point", "filled": True, "opacity": 1, "size": 80}
            | {"shape": shape, "color": colour},
            "encoding": {"x": across("x"), "y": down("y"), "description": {"field": "said"}},
        }
    values: list[Mapping[str, Any]] = []
    for y, row in placed(rows):
        said = lines_of(row.label, CHARACTERS) or ("",)
        top = y + HEIGHT / 2 - LEADING * (len(said) - 1) / 2
        values += [{"y": top + LEADING * n, "text": line} for n, line in enumerate(said)]
    yield labels(values, at=-LEFT + 18, fontSize=11)


def headings(states: Sequence[Column], width: int) -> Iterator[Layer]:
    """The codes, and what sets the states apart."""
    middles = [(place + 0.5) * width for place in range(len(states))]
    both = list(zip(middles, states, strict=True))
    codes = [{"x": x, "y": -12, "text": each.code} for x, each in both]
    said = [{"x": x, "y": -28, "text": cut(each.heading, width // LETTER + 2)} for x, each in both]
    yield labels(codes, align="center", fontSize=11, fontWeight="bold", color=INK)
    yield labels(said, align="center", fontSize=10.5, color=SOFT)


# ----------------------------------------------------------------------------------------- table


def table(states: Sequence[Column], rows: Sequence[Row]) -> Table:
    body: tuple[tuple[Words, ...], ...] = tuple(
        ((row.mark, f" {row.label}"), *((level,) for level in row.levels)) for row in rows
    )
    head = ("option", *(f"{each.code} ({each.heading})" for each in states))
    return Table("What each option is at", head, body)
