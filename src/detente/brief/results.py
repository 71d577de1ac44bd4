"""What the model shows: where play settles, and what the others do about each strategy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.brief.chapters import mark
from detente.brief.document import Bullets, Code, Section, Strong, Table, Words, paragraph
from detente.brief.verdicts import finding_words, strategy_words
from detente.brief.words import (
    CONCEPTS,
    actor_name,
    counted,
    doings,
    joined,
    level_words,
    levels_of,
    share_words,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from detente.brief.document import Block, Inline
    from detente.case.situation import Situation
    from detente.claims.report import Report, Settlement, StrategyResult

__all__ = ["all_findings", "outcomes", "responses"]

VACUOUS = 0.01
"""From this part of the feasible states on, "some equilibrium" says little."""

EXTENT = {"every": "● met", "some": "◐ met in some", "none": "○ missed", None: "– unsettled"}


# -------------------------------------------------------------------------------- stable outcomes


def outcomes(report: Report) -> Section:
    """Where free play from the status quo settles, by concept."""
    rows = tuple(settlement_row(settlement) for settlement in report.settlements)
    head = ("concept", "attainable", "equilibria", "of the feasible states")
    blocks: list[Block] = [
        paragraph(
            "Nobody is committed to anything here: play starts at the status quo and follows "
            "unilateral improvements to the first equilibrium it meets."
        ),
        Table("Equilibria by stability concept", head, rows),
    ]
    loose = [each for each in report.settlements if each.share_of_feasible >= VACUOUS]
    if loose:
        named = joined(CONCEPTS[each.concept] for each in loose)
        blocks.append(
            paragraph(f"{named} keep so many states that “some equilibrium” says little there.")
        )
    return Section("outcomes", "Stable outcomes", (*blocks, nash_outcomes(report)))


def settlement_row(settlement: Settlement) -> tuple[Words, ...]:
    return (
        (CONCEPTS[settlement.concept],),
        (f"{settlement.attainable_count:,}",),
        (f"{settlement.equilibria_count:,}",),
        (share_words(settlement.share_of_feasible),),
    )


def nash_outcomes(report: Report) -> Block:
    """The attainable equilibria of the headline concept, in words."""
    nash = report.settlements[0]
    if not nash.attainable:
        return paragraph("No Nash equilibrium is attainable from the status quo.")
    rows = tuple(((Code(code),), state_cell(report.situation, code)) for code in nash.attainable)
    more = nash.attainable_count - len(rows)
    caption = "Attainable Nash equilibria" + (f"; {more:,} more are left out" if more else "")
    return Table(caption, ("state", "who does what"), rows)


def state_cell(situation: Situation, code: str) -> Words:
    """A state with the marks of those who act in it."""
    words: list[Inline] = []
    for doing in doings(situation, levels_of(situation, code)):
        words += [mark(situation, doing.actor), f": {', '.join(doing.phrases)}. "]
    return tuple(words) or ("Nobody does anything.",)


# -------------------------------------------------------------------------------------- responses


def responses(report: Report) -> Section | None:
    """What each strategy achieves, and what every other actor does about it."""
    if not report.strategies:
        return None
    blocks: list[Block] = [
        paragraph(
            "Each strategy is committed to, and the others' answers are those of the attainable "
            "Nash equilibria."
        )
    ]
    if report.situation.goals:
        blocks.append(goals_table(report))
    blocks += [answers_table(report), *same_under_all(report)]
    return Section("responses", "Responses to each strategy", tuple(blocks))


def goals_table(report: Report) -> Table:
    goals = report.situation.goals
    rows = tuple(
        (
            strategy_cell(report, result),
            *((EXTENT[result.goals.get(goal)],) for goal in goals),
        )
        for result in report.strategies
    )
    head = ("strategy", *(goal.says for goal in goals.values()))
    return Table("Which goals each strategy meets", head, rows)


def strategy_cell(report: Report, result: StrategyResult) -> Words:
    """A strategy by its words; the recommended one stands out."""
    words = strategy_words(report.situation, result.strategy)
    chosen = report.recommendation and report.recommendation.strategy == result.strategy
    return (Strong(words), " (recommended)") if chosen else (words,)


def answers_table(report: Report) -> Table:
    """What the actors do about each strategy, where that differs between strategies."""
    varying = varying_actors(report)
    rows = tuple(
        (
            strategy_cell(report, result),
            (f"{result.settlements[0].attainable_count:,}",),
            *((answer_words(report.situation, result, actor),) for actor in varying),
        )
        for result in report.strategies
    )
    head = ("strategy", "outcomes", *(actor_name(report.situation, actor) for actor in varying))
    return Table("What the others do", head, rows)


def answers(
    situation: Situation, result: StrategyResult, actor: str
) -> Mapping[str, tuple[str, ...]]:
    """Option id -> its levels in the outcomes, for one actor's free options."""
    own = {option.id for option in situation.options if option.actor == actor}
    return {id: levels for id, levels in result.responses.items() if id in own}


def varying_actors(report: Report) -> list[str]:
    """The actors other than the focal one who do not do the same under every strategy."""
    return [
        actor
        for actor in report.situation.decision_makers
        if actor != report.situation.focus
        and len({str(answers(report.situation, each, actor)) for each in report.strategies}) > 1
    ]


def answer_words(situation: Situation, result: StrategyResult, actor: str) -> str:
    """What one actor does: options above their first level, alternatives joined by "or"."""
    said = []
    for id, levels in answers(situation, result, actor).items():
        option = situation.option(id)
        indexes = [option.levels.index(level) for level in levels]
        if any(indexes) or (indexes and indexes != [situation.status_quo[id]]):
            said.append(joined((level_words(option, level) for level in indexes), "or"))
    return ", ".join(said) or "–"


def same_under_all(report: Report) -> list[Block]:
    """What the rest does whatever the strategy."""
    situation, first = report.situation, report.strategies[0]
    varying = {*varying_actors(report), situation.focus}
    same = [actor for actor in situation.decision_makers if actor not in varying]
    items: list[Words] = [
        (mark(situation, actor), f": {answer_words(situation, first, actor)}") for actor in same
    ]
    return [paragraph("Whatever the strategy:"), Bullets(tuple(items))] if items else []


# --------------------------------------------------------------------------------------- findings


def all_findings(report: Report) -> Section:
    """Every finding, one by one."""
    items: list[Words] = [(finding_words(report, finding),) for finding in report.findings]
    count = counted(len(items), "finding")
    blocks = (paragraph(f"{count}."), Bullets(tuple(items))) if items else (paragraph("None."),)
    return Section("all-findings", "Findings, one by one", blocks)
