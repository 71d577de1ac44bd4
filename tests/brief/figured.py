"""One figure of each kind, made by hand; whatever text is in it may be asked for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from detente.brief.document import Mark
from detente.brief.figures.box import Kept, Peel, Peeled, Within, box_limits
from detente.brief.figures.convergence import Course, convergence
from detente.brief.figures.crosswalk import tasks_served
from detente.brief.figures.execution import Executed, execution_by_party
from detente.brief.figures.figure import Figure
from detente.brief.figures.goals import GoalShares, goals_met
from detente.brief.figures.heat import Cell
from detente.brief.figures.network import Party, Tie, network_map
from detente.brief.figures.outcomes import Column, Row, outcomes
from detente.brief.figures.reaction import Arrow, Place, reaction
from detente.brief.figures.reasoning import Reason, reasoning
from detente.brief.figures.shares import ClaimShare, claim_shares
from detente.brief.figures.slope import Placed, Stood, rank_change
from detente.brief.figures.strategies import Measure, strategy_measures
from detente.brief.figures.timeline import Promise, timeline
from detente.brief.figures.tornado import Level, Moved, tornado
from detente.futures.judging.convergence import Stage
from detente.ledger.assessment import Span

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
        ("join", "calm"): Cell("11%", 0.11),
        ("wait", "calm"): Cell("90%", 0.9),
        ("wait", "regret"): Cell("3.2 bn", 0.5),
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


DAYS = date(2014, 4, 16), date(2024, 4, 16)


def promised(text: str = "a joint command") -> Figure:
    first, last = date(2023, 1, 1), DAYS[1]
    spans = (
        Span("base", text, "command", "announced", first, date(2024, 1, 1)),
        Span("base", text, "command", "in_execution", date(2024, 1, 1), last),
    )
    ended = Span("visit", LONG, text, "lapsed", date(2024, 3, 1), last)
    rows = [
        Promise(text, "command", "in_execution", date(2024, 1, 1), date(2024, 2, 1), True, spans),
        Promise(LONG, "command", None, None, date(2025, 7, 1), False, ()),
        Promise(LONG, text, "lapsed", date(2024, 3, 1), date(2040, 1, 1), False, (ended,)),
    ]
    return timeline(rows, last, SOURCE)


def carried_out(text: str = "Japan") -> Figure:
    rows = [Executed("all commitments", 8, 3, 1), Executed(text, 4, 0, 0), Executed(LONG, 2, 2, 2)]
    return execution_by_party(rows, SOURCE)


def mapped(text: str = "Japan") -> Figure:
    """Three actors in a treaty of three, two of them in two more; a fourth is a party to none."""
    places = {"usa": (0.9, 0.4), "jpn": (0.2, 0.5), "rok": (0.3, 0.0), "prc": (0.0, 1.0)}
    parties = {
        id: Party(Mark(id, text if id == "jpn" else id.upper(), number), place)
        for number, (id, place) in enumerate(places.items())
    }
    ties = [
        Tie(1, text, "treaty", ("usa", "jpn"), None),
        Tie(2, LONG, text, ("jpn", "usa"), None),
        Tie(4, "three", "treaty", ("usa", "jpn", "rok"), (0.5, 0.3)),
    ]
    return network_map(("all", text), DAYS[1], parties, ties, ["treaty", text], SOURCE)


def ranked(text: str = "Japan") -> Figure:
    rows = [
        Stood(Mark("usa", "USA", 0), Placed(1, (1, 1), 2.0), Placed(1, (1, 2), 2.5)),
        Stood(Mark("jpn", text, 1), Placed(2, (2, 4), 1.5), Placed(2, (1, 3), 2.25)),
        Stood(Mark("rok", "ROK", 2), Placed(2, (2, 3), 1.5), Placed(3, (2, 4), 1.25)),
        Stood(Mark("prc", "PRC", 9), None, Placed(4, (3, 4), 1.0)),
    ]
    return rank_change(rows, DAYS, text, SOURCE)


def argued(text: str = "Beijing objects") -> Figure:
    """`end` leans on `middle` and, past its column, on `start`; `aside` on what is untested."""
    reasons = [
        Reason("start", "I.1", text, "contradicted", (), 0, 0),
        Reason("middle", "", LONG, "supported", ("start",), 1, 0),
        Reason("unknown", "I.2", text, "untested", (), 0, 0),
        Reason("aside", "I.3", text, "supported", ("unknown",), 0, 1),
        Reason("end", "", text, None, ("start", "middle", "aside", "elsewhere"), 1, 1),
    ]
    return reasoning("argument", text, reasons, SOURCE)


def crossed(text: str = "missile defence") -> Figure:
    served = {("one", "pact"): [text], ("two", "club"): [text, LONG], ("one", "club"): [LONG]}
    tasks = {"one": text, "two": LONG, "three": "reserves"}
    return tasks_served(tasks, {"pact": "A pact", "club": text}, served, SOURCE)


def reacted(text: str = "close the plant") -> Figure:
    north, south = Mark("north", text, 0), Mark("south", "South", 1)
    places = (
        Place("00", text, text, "(start)", False),
        Place("10", text, LONG, "", False),
        Place("01", LONG, text, "", False),
        Place("11", text, text, "(equilibrium)", True),
    )
    arrows = (
        Arrow("00", "10", north, text, ""),
        Arrow("00", "01", south, LONG, "it gains nothing by it"),
        Arrow("10", "11", south, text, ""),
        Arrow("11", "00", north, text, "its gain is deterred"),
    )
    return reaction("Where moves lead from 00", places, arrows, SOURCE, whole=True)


def matrix(text: str = "close the plant") -> Figure:
    states = (Column("00", "start"), Column("11", text), Column("012345678901234", "blocked"))
    rows = (
        Row(Mark("north", text, 0), text, ("–", "yes", "–")),
        Row(Mark("south", "South", 1), LONG, ("accept", text, LONG)),
    )
    return outcomes("What is done in each", states, rows, SOURCE)


FIGURES: tuple[Callable[..., Figure], ...] = (
    *(claims, strategies, goals, movers, course, box),
    *(promised, carried_out, mapped, ranked, argued, crossed, reacted, matrix),
)
