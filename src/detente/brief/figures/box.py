"""A box of futures: how each factor is restricted in it, and what it was peeled from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from detente.brief.document import Table, Words
from detente.brief.figures.figure import Figure
from detente.brief.figures.layers import (
    LINE,
    across,
    bars,
    chart,
    labels,
    lines_of,
    rounded,
)
from detente.brief.figures.theme import BLUE, RULE, SOFT, VERMILLION
from detente.brief.words import counted, percent

if TYPE_CHECKING:
    from collections.abc import Sequence


__all__ = ["Kept", "Peel", "Peeled", "Within", "box_limits"]

WIDTH, LEFT, PANEL, GAP = 210, 226, 150, 56
CHARACTERS = 30
BAR, ROW = 14, 46
SHORTEST = 0.02


@dataclass(frozen=True)
class Within:
    """A factor that is a number, between two bounds."""

    factor: str
    """What the factor is, in words."""
    stated: tuple[float, float]
    """Over all futures."""
    kept: tuple[float, float]
    unit: str = ""

    @property
    def words(self) -> str:
        """The bounds as one reads them."""
        low, high = self.kept
        return f"{low:.3g} to {high:.3g}{self.unit and ' ' + self.unit}"

    @property
    def all_words(self) -> str:
        """What is stated, as one reads it."""
        low, high = self.stated
        return f"{low:.3g} to {high:.3g}{self.unit and ' ' + self.unit}"


@dataclass(frozen=True)
class Kept:
    """A factor with levels, of which the box keeps some."""

    factor: str
    """What the factor is, in words."""
    levels: tuple[str, ...]
    """All of them, in words."""
    kept: tuple[str, ...]

    @property
    def words(self) -> str:
        """The levels that are kept."""
        return ", ".join(self.kept)

    @property
    def all_words(self) -> str:
        """All levels."""
        return ", ".join(self.levels)


@dataclass(frozen=True)
class Peel:
    """A step of the peeling: how much is covered, and how densely."""

    coverage: float
    density: float
    factors: int
    """How many factors are restricted."""


@dataclass(frozen=True)
class Peeled:
    """A box of futures."""

    subject: str
    """What happens in it, for the title: `in which II.3 fails`."""
    said: str
    """The box in a sentence."""
    limits: tuple[Within | Kept, ...]
    """Of the factors that are restricted."""
    chosen: Peel
    peels: tuple[Peel, ...]
    """The boxes to choose from, from all futures inwards."""


def box_limits(box: Peeled, source: str, id: str = "box") -> Figure:
    """The limits of a box, and the trajectory on which it was chosen.

    Parameters
    ----------
    box
        What was found.
    source
        What the numbers were computed from.
    id
        Names the figure where there are several.
    """
    return Figure(
        id=id,
        title=f"The futures {box.subject}",
        spec=drawing(box.limits, box.peels, box.chosen),
        table=table(box.limits, box.chosen),
        caption=(
            "Left: for each factor that matters, all that is stated (light) and what the box keeps "
            "of it (dark). Right: every box on the way from all futures to the densest; further "
            "right covers more, higher is purer; the ringed one is shown."
        ),
        source=source,
        caveat=(
            "A box describes the stated futures it was found in; where the limits lie is known no "
            "better than the stated ranges."
        ),
        description=box.said,
    )


# --------------------------------------------------------------------------------------- drawing


def drawing(limits: Sequence[Within | Kept], peels: Sequence[Peel], chosen: Peel) -> dict[str, Any]:
    height = max(ROW * len(limits), 130)
    return {
        "hconcat": [restricted(limits, height), trajectory(peels, chosen, height)],
        "spacing": GAP,
    }


def restricted(limits: Sequence[Within | Kept], height: int) -> dict[str, Any]:
    """The factors with what is kept of them; pixels across, for units differ."""
    light, dark, names, ends = [], [], [], []
    for row, limit in enumerate(limits):
        middle = ROW * (row + 0.5)
        lines = lines_of(limit.factor, CHARACTERS)
        top = middle - LINE * (len(lines) - 1) / 2
        names += [{"y": top + LINE * n, "text": line} for n, line in enumerate(lines)]
        whole, kept = spans(limit)
        light += [at(span, middle) for span in whole]
        dark += [at(span, middle) for span in kept]
        (shown,) = lines_of(limit.words, 40, 1) or ("",)
        ends.append({"y": middle + BAR / 2 + 9, "text": shown})
    return chart(
        WIDTH,
        height,
        None,
        [
            bars(light, colour=RULE),
            bars(dark, colour=BLUE),
            labels(names, at=-LEFT),
            labels(ends, at=0, fontSize=10.5, color=SOFT),
        ],
    )


def spans(limit: Within | Kept) -> tuple[list[tuple[float, float]], list[tuple[float, float]]]:
    """What is stated and what is kept, as parts of the width."""
    if isinstance(limit, Within):
        low, high = limit.stated
        width = (high - low) or 1.0
        start, end = ((value - low) / width for value in limit.kept)
        return [(0.0, 1.0)], [(min(start, 1 - SHORTEST), max(end, start + SHORTEST))]
    size = 1 / len(limit.levels)
    cells = [(place * size, (place + 1) * size) for place in range(len(limit.levels))]
    kept = [cell for cell, level in zip(cells, limit.levels, strict=True) if level in limit.kept]
    return cells, kept


def at(span: tuple[float, float], middle: float) -> dict[str, Any]:
    """A bar, with a hair of space to the next."""
    start, end = span
    return {
        "x": round(start * WIDTH + 1, 1),
        "x2": round(end * WIDTH - 1, 1),
        "y": middle - BAR / 2 - 5,
        "y2": middle + BAR / 2 - 5,
    }


def trajectory(peels: Sequence[Peel], chosen: Peel, height: int) -> dict[str, Any]:
    """Coverage against density of every box on the way."""
    steps = [
        {
            "x": rounded(each.coverage),
            "density": rounded(each.density),
            "said": (
                f"{counted(each.factors, 'factor')}: covers {percent(each.coverage)}, density "
                f"{percent(each.density)}"
            ),
        }
        for each in peels
    ]
    ring = [{"x": rounded(chosen.coverage), "density": rounded(chosen.density), "said": "shown"}]
    axis = {"values": [0, 0.5, 1], "format": ".0%"}
    scale = {"domain": [0, 1], "nice": False}
    shared = {"type": "quantitative", "scale": scale}
    y = {**shared, "field": "density", "axis": axis | {"title": "density"}}
    path = {
        "data": {"values": steps},
        "mark": {"type": "point", "filled": True, "color": SOFT, "opacity": 1, "size": 16},
        "encoding": {"x": across("x"), "y": y, "description": {"field": "said"}},
    }
    shown = {
        "data": {"values": ring},
        "mark": {"type": "point", "filled": False, "color": VERMILLION, "size": 120}
        | {"opacity": 1, "strokeWidth": 2},
        "encoding": {"x": across("x"), "y": y, "description": {"field": "said"}},
    }
    x = {"axis": axis | {"title": "coverage"}, "scale": scale}
    return {
        "width": PANEL,
        "height": height,
        "layer": [path, shown],
        "encoding": {"x": x},
    }


# ----------------------------------------------------------------------------------------- table


def table(limits: Sequence[Within | Kept], chosen: Peel) -> Table:
    body: tuple[tuple[Words, ...], ...] = tuple(
        ((limit.factor,), (limit.words,), (limit.all_words,)) for limit in limits
    )
    caption = f"The box covers {percent(chosen.coverage)} at a density of {percent(chosen.density)}"
    return Table(caption, ("factor", "in the box", "stated"), body)
