"""How it was computed, and what it cannot say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.brief.document import Bullets, Section, Strong, Words, paragraph
from detente.brief.words import MEANINGS
from detente.futures.judging.report import EnsembleReport

if TYPE_CHECKING:
    from detente.brief.document import Block
    from detente.claims.report import Report

__all__ = ["limits", "method"]

CONCEPT_WORDS = {
    "Nash": "nobody gains by moving alone.",
    "SEQ": "every gain can be undone by answers that serve those who answer.",
    "GMR": "every gain can be undone by some moves of the others, whatever these cost them.",
    "SMR": "the same, and the actor has no way out afterwards.",
}


def method(report: Report) -> Section:
    """The definitions in a few words."""
    futures = "one future, the middle of what is stated" if report.futures == 1 else (
        f"{report.futures:,} futures"
    )  # fmt: skip
    seed = "" if report.seed is None else f", seed {report.seed}"
    concepts: list[Words] = [(Strong(f"{name}: "), words) for name, words in CONCEPT_WORDS.items()]
    verdicts: list[Words] = [(Strong(f"{name}: "), f"{words}.") for name, words in MEANINGS.items()]
    return Section(
        "method",
        "Method",
        (
            paragraph(
                "The graph model for conflict resolution: every actor may change its own options "
                "at once, states are compared by its preference statements, most important first, "
                "and a state is an equilibrium if it is stable for every actor. Four concepts of "
                "stability stand side by side; the headline is Nash."
            ),
            Bullets(tuple(concepts)),
            paragraph(
                "A test settles the situation with the named options fixed and asks about the "
                "equilibria that unilateral improvements reach from the nearest states to the "
                "status quo. A claim of cause is asked under its contrast too, and rests on the "
                "difference. Then every preference statement is dropped once and every two "
                "neighbours are swapped once, to see on which of them a verdict hinges."
            ),
            Bullets(tuple(verdicts)),
            *over_futures(report),
            paragraph(f"Computed in {futures}{seed}, by Detente {report.version}."),
        ),
    )


def over_futures(report: Report) -> list[Block]:
    """How verdicts over many futures come about."""
    if not isinstance(report, EnsembleReport) or report.drawn is None:
        return []
    return [
        paragraph(
            "A future fixes everything that is stated as unknown. A claim's share is the part of "
            "the determined futures in which it holds; its interval of 95 % speaks of sampling "
            "alone and comes from blocks of futures where there are enough. Probabilities stated "
            "as intervals are drawn at their middle, and the draws are reweighted to their ends. "
            f"Single statements were varied in the first {report.drawn.varied:,} futures."
        )
    ]


def limits(report: Report) -> Section:
    """What a reader must not take from it."""
    items = [
        "A verdict speaks of the model under its stated assumptions, never of the world.",
        "A share of futures is a part of the stated uncertainty, not a probability of the world.",
        "Untested does not mean doubtful, and supported does not mean true.",
        "The model has no clock: it says what holds, not when it comes about.",
        "Actors are taken to know each other's preferences.",
        "What nobody wrote down as an option or an actor cannot happen here.",
    ]
    if report.futures == 1:
        items.insert(2, "One future was tested; what the stated uncertainties change is not shown.")
    return Section("limits", "Limits", (Bullets(tuple((item,) for item in items)),))
