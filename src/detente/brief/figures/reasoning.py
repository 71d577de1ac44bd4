"""The argument as a graph: what leans on what, and where it gives way."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from detente.brief.document import Badge, Strong, Table, Words
from detente.brief.figures.figure import Figure
from detente.brief.figures.layered import BOX, ROW, layered
from detente.brief.figures.layers import (
    Layer,
    bars,
    chart,
    labels,
    lines_of,
    look,
    spans,
    symbols,
)
from detente.brief.figures.theme import INK, PAPER, SOFT, VERDICTS, VERMILLION, WASH
from detente.brief.words import counted
from detente.claims.graph import GIVES_WAY

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from detente.claims.report import Verdict

__all__ = ["Reason", "reasoning"]

INSET = 12
CHARACTERS, LINES, LEADING, SIZE = 22, 3, 14, 10
STATES: Mapping[str, tuple[str, list[float], float]] = {
    "holds": (INK, [1, 0], 1.2),
    "untested": (SOFT, [4, 3], 1.4),
    "gives way": (VERMILLION, [1, 0], 2.2),
}
"""What a line carries -> its colour, its dash and its width."""


Point = tuple[float, float]


@dataclass(frozen=True)
class Reason:
    """A claim, or the recommendation, in the argument."""

    id: str
    place: str
    """Where it stands in the text."""
    says: str
    verdict: Verdict | None
    """None of the recommendation."""
    rests_on: tuple[str, ...]
    """Ids of others."""
    failing: int
    """How many of those below it, directly or through others, give way."""
    untested: int
    """How many of them are untested."""


def reasoning(id: str, title: str, reasons: Sequence[Reason], source: str) -> Figure:
    """Claims from left to right, each right of all that it rests on.

    Parameters
    ----------
    id, title
        Of the figure.
    reasons
        Claims, and the recommendation where it is among them. What they rest on beside them is
        not drawn.
    source
        What the verdicts were computed from.
    """
    return Figure(
        id=id,
        title=title,
        spec=drawing(reasons),
        table=table(reasons),
        caption=(
            "Each box rests on those to its left that a line joins to it. Mark: its verdict. "
            "Thick coloured line: the premise gives way, or something further down does (it is "
            "contradicted, assumed or contingent); dashed: it is untested, or something further "
            "down is; thin: neither. A thick border: the box rests on something that gives way."
        ),
        source=source,
        caveat=(
            "Which claim rests on which is a reading of the text, entered by hand; a conclusion "
            "may be true though its premise fails."
        ),
        description=f"{counted(len(reasons), 'sentence')} of the argument; "
        f"{counted(sum(each.failing > 0 for each in reasons), 'of them rests', 'of them rest')} on "
        "what gives way: " + ("; ".join(map(told, filter(shaken, reasons))) or "none") + ".",
    )


def shaken(reason: Reason) -> bool:
    """Whether something below gives way."""
    return reason.failing > 0


def told(reason: Reason) -> str:
    """A sentence with how much gives way below it."""
    return f"{reason.place or reason.says} ({reason.failing})"


# --------------------------------------------------------------------------------------- drawing


def drawing(reasons: Sequence[Reason]) -> dict[str, Any]:
    """Boxes in columns, lines behind them."""
    known = {each.id: each for each in reasons}
    found = layered({id: [to for to in each.rests_on if to in known] for id, each in known.items()})
    spots = found.boxes
    verdicts = {name: seen for name, seen in VERDICTS.items() if name in kinds(reasons)}
    legend = {"orient": "none", "legendX": 0, "legendY": -44, "direction": "horizontal"}
    return chart(
        round(found.width),
        round(found.height),
        None,
        [
            *lines(known, found.routes),
            *boxes(reasons, spots),
            symbols(
                [
                    {
                        "x": spots[each.id][0] + INSET,
                        "y": spots[each.id][1],
                        "verdict": each.verdict,
                        "said": f"{each.place} {each.says}: {each.verdict}".strip(),
                    }
                    for each in reasons
                    if each.verdict
                ],
                look("verdict", verdicts, legend),
                size=90,
            ),
            *words(reasons, spots),
        ],
    )


def kinds(reasons: Sequence[Reason]) -> set[str]:
    """The verdicts that occur."""
    return {each.verdict for each in reasons if each.verdict}


def carried(premise: Reason) -> str:
    """What a line from this premise carries."""
    if premise.verdict in GIVES_WAY or premise.failing:
        return "gives way"
    return "untested" if premise.verdict == "untested" or premise.untested else "holds"


def lines(
    known: Mapping[str, Reason], routes: Mapping[tuple[str, str], Sequence[Point]]
) -> list[Layer]:
    """From premises to conclusions; those that give way above the others."""
    values: dict[str, list[dict[str, Any]]] = {state: [] for state in STATES}
    for (premise, id), route in routes.items():
        state = carried(known[premise])
        said = f"{known[premise].says} carries {known[id].says}: {state}"
        values[state] += [
            {"x": x, "y": y, "x2": x2, "y2": y2, "said": said}
            for (x, y), (x2, y2) in pairwise(route)
        ]
    return [drawn(values[state], *STATES[state]) for state in STATES if values[state]]


def drawn(
    values: Sequence[Mapping[str, Any]], colour: str, dash: Sequence[float], width: float
) -> Layer:
    """Lines of one kind."""
    mark = {"type": "rule", "color": colour, "strokeDash": list(dash), "strokeWidth": width}
    return spans(values, mark)


def boxes(reasons: Sequence[Reason], spots: Mapping[str, Point]) -> list[Layer]:
    """The boxes; of what rests on something that gives way the border is thick."""
    values: dict[tuple[str, str, float], list[dict[str, Any]]] = {}
    for each in reasons:
        x, y = spots[each.id]
        fill = PAPER if each.verdict else WASH
        border = (fill, VERMILLION, 2.2) if each.failing else (fill, SOFT, 0.8)
        values.setdefault(border, []).append(
            {"x": x, "x2": x + BOX, "y": y - ROW / 2 + 5, "y2": y + ROW / 2 - 5}
        )
    return [
        bars(each, colour=fill, stroke=stroke, strokeWidth=width, cornerRadius=3)
        for (fill, stroke, width), each in values.items()
    ]


def words(reasons: Sequence[Reason], spots: Mapping[str, Point]) -> list[Layer]:
    """The sentences in the boxes, with their places in the text."""
    values = []
    for each in reasons:
        x, y = spots[each.id]
        said = f"{each.place}: {each.says}" if each.place else each.says
        found = lines_of(said, CHARACTERS, LINES)
        top = y - LEADING * (len(found) - 1) / 2
        left = x + (2 * INSET if each.verdict else 7)
        values += [{"x": left, "y": top + LEADING * n, "text": t} for n, t in enumerate(found)]
    return [labels(values, fontSize=SIZE)]


# ----------------------------------------------------------------------------------------- table


def table(reasons: Sequence[Reason]) -> Table:
    known = {each.id: each for each in reasons}
    body: tuple[tuple[Words, ...], ...] = tuple(
        (
            (f"{each.place} {each.says}".strip(),),
            (Badge(each.verdict) if each.verdict else Strong("recommended"),),
            ("; ".join(name(known[id]) for id in each.rests_on if id in known) or "–",),
            (str(each.failing or "–"),),
            (str(each.untested or "–"),),
        )
        for each in reasons
    )
    head = ("sentence", "verdict", "rests on", "give way below it", "untested below it")
    return Table("What rests on what", head, body)


def name(reason: Reason) -> str:
    """A sentence by its place and its words."""
    return f"{reason.place} {reason.says}".strip()
