"""When each commitment was in which status, and when it is due."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from detente.brief.document import Table, Words
from detente.brief.figures.figure import Figure
from detente.brief.figures.layers import (
    LINE,
    chart,
    columns,
    grid,
    key,
    labels,
    lines_of,
    shades,
    spans,
    symbols,
)
from detente.brief.figures.theme import BLUE, CROSS, INK, PAPER, SOFT, VERMILLION
from detente.brief.words import counted
from detente.ledger.status import ENDS, PROGRESS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from detente.brief.figures.layers import Layer
    from detente.ledger.assessment import Span

__all__ = ["Promise", "status_words", "timeline"]

WIDTH, LEFT, SAYS, RIGHT = 300, 450, 330, 18
CHARACTERS, LAYER_CHARACTERS = 52, 18
BAR, ROW, GROUP = 11, 26, 8
AHEAD = 4
"""Years after the day of the assessment that are shown; what is due later is named at the edge."""

STRENGTHS: Mapping[str, tuple[str, float]] = {
    "considered": (BLUE, 0.16),
    "announced": (BLUE, 0.36),
    "planned": (BLUE, 0.6),
    "in execution": (BLUE, 1.0),
    "delivered": (INK, 1.0),
}
"""Stage -> its colour and how strong: the further a promise has come, the darker, also in grey."""


@dataclass(frozen=True)
class Promise:
    """A commitment on its way."""

    says: str
    layer: str
    """What its layer is called."""
    status: str | None
    """On the day of the assessment; None where there was nothing yet."""
    since: date | None
    due: date | None
    overdue: bool
    spans: tuple[Span, ...]
    """The times during which it had a status."""


class Frame(NamedTuple):
    """The time that is shown."""

    first: int
    """The year at whose start it begins."""
    last: int
    as_of: date


def timeline(promises: Sequence[Promise], as_of: date, source: str) -> Figure:
    """A bar for each status that a commitment has had, as of a day.

    Parameters
    ----------
    promises
        Those of a layer stand together.
    as_of
        The day of the assessment.
    source
        What it was read from.
    """
    return Figure(
        id="timeline",
        title="What was promised and what became of it, over time",
        spec=drawing(promises, framed(promises, as_of)),
        table=table(promises),
        caption=(
            "Bar: how long a commitment had a status; the darker, the further it had come, and "
            "black once it is delivered. Dot: the day of a step. Cross: it ended undelivered. "
            "Diamond: when it is due, filled where that has passed undelivered; a year at the edge "
            f"is a due date beyond it. Line down: {as_of}, the day of the assessment."
        ),
        source=source,
        caveat="A status is what was on record by that day, not how much work was done.",
        description=f"Timeline of {counted(len(promises), 'commitment')} as of {as_of}: "
        f"{', '.join(counts(promises))}.",
    )


def counts(promises: Sequence[Promise]) -> Iterator[str]:
    """How many have come to which status, the furthest first."""
    found = [each.status for each in promises]
    for status in (*reversed(PROGRESS), *ENDS, None):
        if status in found:
            yield f"{found.count(status)} {status_words(status)}"


def status_words(status: str | None) -> str:
    """A status as it is written."""
    return status.replace("_", " ") if status else "nothing yet"


# --------------------------------------------------------------------------------------- drawing


def framed(promises: Sequence[Promise], as_of: date) -> Frame:
    """From the year of the first step to that of the last due date that can be shown."""
    starts = [span.start for each in promises for span in each.spans]
    ends = [as_of, *(span.end for each in promises for span in each.spans)]
    dues = [each.due for each in promises if each.due and each.due.year < as_of.year + AHEAD]
    return Frame(
        min([as_of, *starts, *dues]).year, max(day.year for day in [*ends, *dues]) + 1, as_of
    )


def drawing(promises: Sequence[Promise], frame: Frame) -> dict[str, Any]:
    """The rows of the plot, those of a layer under each other."""
    places = list(row_places(promises))
    height = round(places[-1] + ROW / 2)
    step = max(1, (frame.last - frame.first) // 6)
    ticks = [*range(frame.first, frame.last, step), frame.last]
    axis = {"values": ticks, "format": "d", "title": None, "grid": False}
    rows = list(zip(promises, places, strict=True))
    today = [{"x": year(frame.as_of), "y": -4, "y2": height}]
    return chart(
        WIDTH,
        height,
        axis,
        [
            grid(height, axis),
            bars(rows),
            columns(today, colour=INK),
            starts(rows),
            ended(rows),
            *dues(rows, frame),
            *row_labels(rows),
        ],
    )


def row_places(promises: Sequence[Promise]) -> Iterator[float]:
    """The middle of each row [pixels from the top]; a little more room between layers."""
    top = 0.0
    for _, group in groupby(promises, key=lambda each: each.layer):
        for each in group:
            height = ROW + LINE * (len(lines_of(each.says, CHARACTERS)) - 1)
            yield top + height / 2
            top += height
        top += GROUP


def year(day: date) -> float:
    """A day as a number of years."""
    length = (day.replace(month=12, day=31) - day.replace(month=1, day=1)).days + 1
    return round(day.year + (day.timetuple().tm_yday - 1) / length, 4)


Rows = list[tuple[Promise, float]]


def bars(rows: Rows) -> Layer:
    """The spans of every stage."""
    values = [
        {
            "x": year(span.start),
            "x2": year(span.end),
            "y": middle - BAR / 2,
            "y2": middle + BAR / 2,
            "status": status_words(span.status),
            "said": f"{each.says}: {status_words(span.status)} from {span.start} to {span.end}",
        }
        for each, middle in rows
        for span in each.spans
        if span.status not in ENDS
    ]
    return spans(values, {"type": "rect"}, **shades("status", STRENGTHS, key(LEFT)))


def starts(rows: Rows) -> Layer:
    """A dot on the day of every step: a status of a few days is seen by it alone."""
    values = [
        {
            "x": year(span.start),
            "y": middle,
            "status": status_words(span.status),
            "said": f"{each.says}: {status_words(span.status)} on {span.start}",
        }
        for each, middle in rows
        for span in each.spans
        if span.status not in ENDS
    ]
    below = symbols(values, size=70, color=PAPER, aria=False)
    dots = symbols(
        values, shades("status", STRENGTHS, key(LEFT)), size=52, stroke=INK, strokeWidth=0.8
    )
    return {"layer": [below, dots]} if values else {}


def ended(rows: Rows) -> Layer:
    """A cross where a commitment lapsed, was cancelled or superseded."""
    values = [
        {
            "x": year(each.since),
            "y": middle,
            "said": f"{each.says}: {status_words(each.status)} on {each.since}",
        }
        for each, middle in rows
        if each.status in ENDS and each.since
    ]
    return symbols(values, shape=CROSS, color=INK, size=60)


def dues(rows: Rows, frame: Frame) -> list[Layer]:
    """Due dates: a diamond, or a year at the edge of the plot."""
    marks: dict[bool, list[dict[str, Any]]] = {False: [], True: []}
    beyond = []
    for each, middle in rows:
        if each.due and each.due.year < frame.last:
            said = f"{each.says}: due on {each.due}"
            marks[each.overdue].append({"x": year(each.due), "y": middle, "said": said})
        elif each.due:
            beyond.append({"x": frame.last, "y": middle, "text": f"due {each.due.year}"})
    diamond: dict[str, Any] = {
        "shape": "diamond",
        "size": 80,
        "stroke": VERMILLION,
        "strokeWidth": 1.6,
    }
    return [
        symbols(marks[False], color=PAPER, **diamond),
        symbols(marks[True], color=VERMILLION, **diamond),
        labels(beyond, align="right", color=VERMILLION, fontSize=11, dx=-2),
    ]


def row_labels(rows: Rows) -> list[Layer]:
    """Layer, sentence and status of each row."""
    layers, sentences, states = [], [], []
    said = ""
    for each, middle in rows:
        lines = lines_of(each.says, CHARACTERS)
        top = middle - LINE * (len(lines) - 1) / 2
        sentences += [{"text": line, "y": top + LINE * n} for n, line in enumerate(lines)]
        states.append({"text": status_words(each.status), "y": middle})
        if each.layer != said:
            said = each.layer
            named = lines_of(said, LAYER_CHARACTERS)
            layers += [{"text": line, "y": top + LINE * n} for n, line in enumerate(named)]
    return [
        labels(layers, at=-LEFT, color=SOFT, fontSize=11),
        labels(sentences, at=-SAYS),
        labels(states, at=WIDTH + RIGHT, color=INK),
    ]


# ----------------------------------------------------------------------------------------- table


def table(promises: Sequence[Promise]) -> Table:
    body: tuple[tuple[Words, ...], ...] = tuple(
        (
            (each.says,),
            (each.layer,),
            (steps_words(each),),
            (status_words(each.status),),
            (f"{each.due}{', passed' if each.overdue else ''}" if each.due else "–",),
        )
        for each in promises
    )
    return Table("Steps", ("commitment", "layer", "steps", "status", "due"), body)


def steps_words(promise: Promise) -> str:
    """Its statuses with their days."""
    told = [f"{status_words(span.status)} {span.start}" for span in promise.spans]
    return " → ".join(told) or "–"
