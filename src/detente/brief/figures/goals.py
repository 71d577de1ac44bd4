"""How often each strategy meets each goal, by whose account of what the actors want."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate, groupby
from typing import TYPE_CHECKING, Any

from detente.brief.document import Table, Words
from detente.brief.figures.figure import Figure
from detente.brief.figures.layers import (
    LINE,
    chart,
    key,
    labels,
    lines_of,
    rounded,
    share_axis,
    spans,
)
from detente.brief.figures.theme import GREEN, INK, RULE, SKY, SOFT, VERMILLION
from detente.brief.words import percent

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from detente.brief.figures.layers import Layer

__all__ = ["GoalShares", "goals_met"]

LEFT, PANEL, GAP, BAR = 250, 140, 18, 15
ACROSS = 5
"""Goals beside each other."""

CHARACTERS = 34
EXTENTS: Mapping[str, tuple[str, str]] = {
    "every": ("met in every outcome", GREEN),
    "some": ("met in some", SKY),
    "none": ("missed", VERMILLION),
    "unsettled": ("unsettled", RULE),
}


@dataclass(frozen=True)
class GoalShares:
    """In what shares of futures one strategy meets one goal, by one account."""

    strategy: str
    """Its words."""
    view: str
    """The expert whose lists were used; empty for the case's own."""
    goal: str
    """Its words."""
    every: float
    some: float
    none: float

    @property
    def unsettled(self) -> float:
        """The share of futures without an attainable equilibrium."""
        return max(0.0, 1 - self.every - self.some - self.none)


def goals_met(rows: Sequence[GoalShares], source: str) -> Figure:
    """A bar for every strategy, goal and account.

    Parameters
    ----------
    rows
        Strategies in order; under each the accounts, under each of these the same goals.
    source
        What the numbers were computed from.
    """
    return Figure(
        id="goals",
        title="How often each strategy meets the goals",
        spec=drawing(rows),
        table=table(rows),
        caption=(
            "Each bar is all stated futures: those in which the goal is met in every attainable "
            "Nash equilibrium, in some, in none; unsettled where none is attainable."
        ),
        source=source,
        caveat="Experts stand side by side and are never pooled.",
        description="Share of stated futures in which a strategy meets a goal in every attainable "
        f"equilibrium: {'; '.join(told(each) for each in rows)}.",
    )


def told(row: GoalShares) -> str:
    """One row in words."""
    by = f" ({row.view})" if row.view else ""
    return f"{row.strategy}{by}, {row.goal}: {percent(row.every)}"


def drawing(rows: Sequence[GoalShares]) -> dict[str, Any]:
    """A panel for each goal, a few beside each other."""
    goals = list(dict.fromkeys(row.goal for row in rows))
    groups = [goals[start : start + ACROSS] for start in range(0, len(goals), ACROSS)]
    return {"vconcat": [beside(rows, group, goals[0]) for group in groups]} | {"spacing": 30}


def beside(rows: Sequence[GoalShares], goals: Sequence[str], first: str) -> dict[str, Any]:
    """The panels of some goals; the names of the strategies stand left of the first."""
    places = row_places(rows)
    height = round(max(places.values()) + BAR)
    panels = []
    for number, goal in enumerate(goals):
        held = [row for row in rows if row.goal == goal]
        layers = [
            segments(held, places, key(LEFT, 84) | {"columns": 2} if goal == first else None),
            heading(goal),
            *(names(rows, places) if number == 0 else []),
        ]
        panels.append(chart(PANEL, height, share_axis("") | {"values": [0, 0.5, 1]}, layers))
    return {"hconcat": panels, "spacing": GAP, "resolve": {"scale": {"color": "independent"}}}


def row_places(rows: Sequence[GoalShares]) -> dict[tuple[str, str], float]:
    """The middle of the bar of every strategy and account."""
    pairs = list(dict.fromkeys((row.strategy, row.view) for row in rows))
    places: dict[tuple[str, str], float] = {}
    top = 0.0
    for strategy, group in groupby(pairs, key=lambda pair: pair[0]):
        views = [view for _, view in group]
        lines = len(lines_of(strategy, CHARACTERS))
        titled = LINE * lines + 4 if len(views) > 1 else 0
        room = max((BAR + 4) * len(views), LINE * lines + 2)
        for number, view in enumerate(views):
            places[strategy, view] = top + titled + room * (number + 0.5) / len(views)
        top += titled + room + 12
    return places


def segments(
    rows: Sequence[GoalShares],
    places: Mapping[tuple[str, str], float],
    legend: Mapping[str, Any] | None,
) -> Layer:
    values = []
    for row in rows:
        parts = {extent: getattr(row, extent) for extent in EXTENTS}
        ends = [0.0, *accumulate(parts.values())]
        middle = places[row.strategy, row.view]
        values += [
            {
                "x": rounded(start),
                "x2": rounded(end),
                "y": middle - BAR / 2,
                "y2": middle + BAR / 2,
                "extent": EXTENTS[extent][0],
                "said": f"{row.strategy}{row.view and ', ' + row.view}, {row.goal}: "
                f"{EXTENTS[extent][0]} in {percent(parts[extent])}",
            }
            for extent, start, end in zip(parts, ends, ends[1:], strict=False)
            if end - start > 0
        ]
    scale = {
        "domain": [name for name, _ in EXTENTS.values()],
        "range": [colour for _, colour in EXTENTS.values()],
    }
    colour = {"field": "extent", "type": "nominal", "scale": scale, "legend": legend}
    return spans(values, {"type": "rect"}, color=colour)


def heading(goal: str) -> Layer:
    """The goal, over its panel."""
    lines = lines_of(goal, PANEL // 7, 2)
    placed = [{"y": -12 - LINE * (len(lines) - 1 - n), "text": t} for n, t in enumerate(lines)]
    return labels(placed, at=0, fontSize=11, color=SOFT)


def names(rows: Sequence[GoalShares], places: Mapping[tuple[str, str], float]) -> list[Layer]:
    """The strategies and, where there are several, the accounts."""
    with_views = len({row.view for row in rows}) > 1
    strategies: list[dict[str, Any]] = []
    views: list[dict[str, Any]] = []
    for strategy in dict.fromkeys(row.strategy for row in rows):
        middles = {view: y for (name, view), y in places.items() if name == strategy}
        lines = lines_of(strategy, CHARACTERS)
        first = min(middles.values())
        top = (
            first - BAR / 2 - LINE * len(lines) + LINE / 2 - 2
            if with_views
            else first - LINE * (len(lines) - 1) / 2
        )
        strategies += [{"y": top + LINE * n, "text": line} for n, line in enumerate(lines)]
        views += [{"y": y, "text": view or "the case"} for view, y in middles.items()]
    shown = labels(views, at=-14, align="right", color=SOFT, fontSize=11) if with_views else {}
    return [labels(strategies, at=-LEFT, color=INK), shown]


def table(rows: Sequence[GoalShares]) -> Table:
    head = ("strategy", "by", "goal", *(EXTENTS[extent][0] for extent in EXTENTS))
    body: tuple[tuple[Words, ...], ...] = tuple(
        (
            (row.strategy,),
            (row.view or "the case",),
            (row.goal,),
            *((percent(getattr(row, extent)),) for extent in EXTENTS),
        )
        for row in rows
    )
    return Table("Goals met, in shares of stated futures", head, body)
