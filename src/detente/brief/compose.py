"""The brief of a report: the memo first, then everything it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.brief.capabilities import reach
from detente.brief.change import change_our_mind
from detente.brief.chapters import actors, assumptions, claims, options, sources
from detente.brief.document import Document
from detente.brief.ledger import commitments
from detente.brief.memo import memo
from detente.brief.method import limits, method
from detente.brief.positions import standing
from detente.brief.reasons import argued
from detente.brief.results import all_findings, outcomes, responses
from detente.brief.seen import seen
from detente.brief.sure import how_sure, source_words
from detente.brief.unknowns import Unknowns
from detente.brief.words import actor_name
from detente.futures.judging.report import EnsembleReport

if TYPE_CHECKING:
    from collections.abc import Iterator

    from detente.brief.document import Section
    from detente.claims.report import Report

__all__ = ["brief"]


def brief(report: Report) -> Document:
    """The brief of a report, ready to be rendered."""
    situation = report.situation
    chapters = (
        *over_futures(report),
        commitments(situation, report.version),
        standing(situation, report.version),
        argued(report),
        reach(situation, report.version),
        actors(situation),
        options(situation),
        outcomes(report),
        responses(report),
        claims(report),
        all_findings(report),
        assumptions(situation),
        seen(situation),
        method(report),
        limits(report),
        sources(situation),
    )
    return Document(
        situation.title,
        tuple(facts(report)),
        memo(report),
        tuple(chapter for chapter in chapters if chapter),
    )


def over_futures(report: Report) -> Iterator[Section | None]:
    """What many futures show; nothing of a report of the nominal future alone."""
    if isinstance(report, EnsembleReport) and report.drawn is not None:
        unknowns = Unknowns(report.situation)
        yield how_sure(report, unknowns, report.drawn)
        yield change_our_mind(report, unknowns, source_words(report, report.drawn))


def facts(report: Report) -> Iterator[tuple[str, str]]:
    """What stands under the title."""
    situation = report.situation
    yield "case", situation.id
    if situation.as_of:
        yield "as of", situation.as_of.isoformat()
    if situation.horizon:
        yield "horizon", situation.horizon
    if situation.focus:
        yield "focus", actor_name(situation, situation.focus)
    if report.futures > 1:
        yield "futures", f"{report.futures:,}"
