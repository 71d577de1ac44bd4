"""How the share of every claim settles as futures are added."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from detente.brief.document import Code, Table, Words
from detente.brief.figures.figure import Figure
from detente.brief.figures.layers import lines_of, rounded
from detente.brief.figures.theme import BLUE, WASH
from detente.brief.words import percent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from detente.brief.figures.layers import Layer
    from detente.futures.judging.convergence import Stage

__all__ = ["Course", "convergence"]

PANEL, HEIGHT, COLUMNS, GAP = 190, 74, 3, 26
CHARACTERS = 30


@dataclass(frozen=True)
class Course:
    """How one claim's share settled."""

    claim: str
    """Its id."""
    place: str
    says: str
    required: tuple[float, float]
    """The shares that meet the author's word."""
    stages: tuple[Stage, ...]


def convergence(courses: Sequence[Course], source: str) -> Figure:
    """A small panel for each claim: its share so far, with its band."""
    return Figure(
        id="convergence",
        title="Whether enough futures were drawn",
        spec=drawing(courses),
        table=table(courses),
        caption=(
            "Line: the share after so many futures (on a logarithmic axis). Band: its 95 % interval"
            " of sampling. Grey field: what the author's word requires; a band that lies wholly "
            "inside or outside it decides."
        ),
        source=source,
        caveat=(
            "More futures narrow the band of sampling only, not what the stated uncertainties leave"
            " open."
        ),
        description=f"Shares after all futures: {'; '.join(map(told, courses))}.",
    )


def told(course: Course) -> str:
    """The last stage, in words."""
    last = course.stages[-1]
    return (
        f"{course.place or course.claim} {percent(last.share)}, between {percent(last.low)} and "
        f"{percent(last.high)}"
    )


def drawing(courses: Sequence[Course]) -> dict[str, Any]:
    """The panels, row by row."""
    ends = [stage.futures for course in courses for stage in course.stages]
    panels = [panel(course, min(ends), max(ends)) for course in courses]
    grouped = [panels[start : start + COLUMNS] for start in range(0, len(panels), COLUMNS)]
    return {"vconcat": [{"hconcat": row, "spacing": GAP} for row in grouped], "spacing": 18}


def panel(course: Course, first: int, last: int) -> dict[str, Any]:
    """One claim."""
    field = {"x": first, "x2": last, "y": course.required[0], "y2": course.required[1]}
    values = [
        {
            "x": stage.futures,
            "share": rounded(stage.share),
            "low": rounded(stage.low),
            "high": rounded(stage.high),
        }
        for stage in course.stages
    ]
    lines = lines_of(f"{course.place} {course.says}".strip(), CHARACTERS)
    title = {"text": list(lines), "fontSize": 11.5, "fontWeight": "normal", "offset": 6}
    layers = [
        {
            "data": {"values": [field]},
            "mark": {"type": "rect", "color": WASH, "aria": False},
            "encoding": {"x": futures(first, last, "x"), "x2": {"field": "x2"}}
            | {"y": share("y"), "y2": {"field": "y2"}},
        },
        drawn(values, first, last),
    ]
    return {"width": PANEL, "height": HEIGHT, "title": title, "layer": layers}


def drawn(values: Sequence[dict[str, Any]], first: int, last: int) -> Layer:
    """The band and the line in it."""
    band = {
        "mark": {"type": "area", "color": BLUE, "opacity": 0.28, "aria": False},
        "encoding": {"y": share("low"), "y2": {"field": "high"}},
    }
    line = {
        "mark": {"type": "line", "color": BLUE, "strokeWidth": 1.8, "aria": False},
        "encoding": {"y": share("share")},
    }
    return {
        "data": {"values": list(values)},
        "encoding": {"x": futures(first, last, "x")},
        "layer": [band, line],
    }


def futures(first: int, last: int, field: str) -> dict[str, Any]:
    """The number of futures, in powers."""
    axis = {"title": None, "grid": False, "tickCount": 3, "labelFlush": True, "format": "~s"}
    scale = {"type": "log", "domain": [first, last], "nice": False}
    return {"field": field, "type": "quantitative", "axis": axis, "scale": scale}


def share(field: str) -> dict[str, Any]:
    """A share, from none to all."""
    axis = {"title": None, "values": [0, 0.5, 1], "format": ".0%"}
    scale = {"domain": [0, 1], "nice": False}
    return {"field": field, "type": "quantitative", "axis": axis, "scale": scale}


def table(courses: Sequence[Course]) -> Table:
    stages = sorted({stage.futures for course in courses for stage in course.stages})
    shown = sorted({stages[0], stages[len(stages) // 2], stages[-1]})
    body: tuple[tuple[Words, ...], ...] = tuple(
        (
            (f"{course.place} " if course.place else "", course.says, " ", Code(course.claim)),
            *((at(course, number),) for number in shown),
        )
        for course in courses
    )
    head = ("claim", *(f"after {number:,} futures" for number in shown))
    return Table("Shares as futures are added, with their 95 % intervals", head, body)


def at(course: Course, futures: int) -> str:
    """The share after so many futures."""
    stage = next((each for each in course.stages if each.futures == futures), None)
    if stage is None:
        return "–"
    return f"{percent(stage.share)} ({percent(stage.low)} to {percent(stage.high)})"
