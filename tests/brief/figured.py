"""One figure of each kind, made by hand; whatever text is in it may be asked for."""

from __future__ import annotations

from collections.abc import Callable

from detente.brief.figures.box import Kept, Peel, Peeled, Within, box_limits
from detente.brief.figures.convergence import Course, convergence
from detente.brief.figures.figure import Figure
from detente.brief.figures.goals import GoalShares, goals_met
from detente.brief.figures.shares import ClaimShare, claim_shares
from detente.brief.figures.strategies import Measure, Measured, strategy_measures
from detente.brief.figures.tornado import Level, Moved, tornado
from detente.futures.judging.convergence import Stage

LONG = (
    "Under a limit on strikes that covers pre-emption and every other use, peace is an equilibrium"
)
SOURCE = "base, 2,000 futures."


def claims(text: str = "North protests") -> Figure:
    rows = (
        ClaimShare(
            *("presses", "II.1", text, "likely", "supported", 0.83),
            *((0.8, 0.86), (0.7, 0.9), 0.3, (0.55, 1.0), text),
        ),
        ClaimShare(
            *("peace", "III.4", LONG, "certain", "contradicted", 0.04),
            *((0.03, 0.06), None, None, (1.0, 1.0), ""),
        ),
        ClaimShare(
            *("eases", "", text, "unlikely", "assumed", 0.18),
            *(None, None, None, (0.0, 0.45), text),
        ),
    )
    return claim_shares(rows, SOURCE)


def strategies(text: str = "Join only") -> Figure:
    cells = {
        ("join", "calm"): Measured("11%", 0.11),
        ("wait", "calm"): Measured("90%", 0.9),
        ("wait", "regret"): Measured("3.2 bn", 0.5),
    }
    measures = (Measure("calm", text, text), Measure("regret", "largest regret", "in bn"))
    return strategy_measures({"join": text, "wait": LONG}, measures, cells, SOURCE, "wait")


def goals(text: str = "the market stays open") -> Figure:
    rows = [
        GoalShares(strategy, view, goal, 0.5, 0.25, 0.2)
        for strategy in (LONG, text)
        for view in ("", "hawk")
        for goal in (text, "talks take place")
    ]
    return goals_met(rows, SOURCE)


def movers(text: str = "Washington retrenches") -> Figure:
    levels = Level("no", 0.7), Level(text, 0.9)
    quarters = Level("lowest quarter", 0.1), Level("highest quarter", 0.6)
    rows = [
        Moved("presses", "II.1", text, 0.83, (0.55, 1.0), text, levels),
        Moved("peace", "III.4", LONG, 0.2, (1.0, 1.0), LONG, quarters),
        Moved("presses", "II.1", text, 0.83, (0.55, 1.0), "growth", quarters),
    ]
    return tornado(rows, SOURCE)


def course(text: str = "North protests") -> Figure:
    stages = (Stage(25, 0.7, 0.5, 0.9), Stage(250, 0.8, 0.75, 0.85), Stage(2000, 0.83, 0.8, 0.86))
    courses = [
        Course(f"claim_{n}", "II.1", text if n else LONG, (0.0, 0.45), stages) for n in range(4)
    ]
    return convergence(courses, SOURCE)


def box(text: str = "growth of trade") -> Figure:
    limits = (
        Within(text, (0.0, 10.0), (2.0, 4.5), "% a year"),
        Kept(LONG, ("no", text), (text,)),
        Kept(text, ("calm", "sour", "angry"), ("calm", "angry")),
    )
    peels = Peel(1.0, 0.2, 0), Peel(0.9, 0.5, 1), Peel(0.7, 0.9, 3)
    return box_limits(Peeled(f"in which {text} fails", text, limits, peels[2], peels), SOURCE)


FIGURES: tuple[Callable[..., Figure], ...] = (claims, strategies, goals, movers, course, box)
