"""The argument: what the recommendation rests on, and which sentences claim too much."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.brief.document import Badge, Section, Table, Words, paragraph
from detente.brief.figures.reasoning import Reason, reasoning
from detente.brief.verdicts import result_of, strategy_words
from detente.brief.words import MODALITIES, counted, sentence
from detente.claims.graph import GIVES_WAY, argument

if TYPE_CHECKING:
    from collections.abc import Sequence

    from detente.brief.document import Block
    from detente.claims.graph import Argument, Weakening
    from detente.claims.report import Report

__all__ = ["argued", "cure"]

FEWEST = 5
"""Sentences that are drawn; fewer are read faster as a table."""
RECOMMENDATION = "the recommendation"
"""Its id among those of claims; no claim has one with a blank."""

CURES = {
    "assumed": "say that it is assumed: one statement typed in tells the answer",
    "contingent": "say on what it depends",
    "premise": "say that a premise of it is contradicted",
    "no_difference": "claim no cause: it is no different without",
}


def argued(report: Report) -> Section | None:
    """The chapter; nothing where no claim leans on another and none claims too much."""
    found = argument(report)
    parts = [beneath(report, found), everything(report, found), to_weaken(report, found)]
    kept = tuple(part for part in parts if part)
    return Section("argument", "The argument", (), kept) if kept else None


def beneath(report: Report, found: Argument) -> Section | None:
    """What the recommendation rests on, directly and through others."""
    recommended = report.situation.recommendation
    under = [id for id, node in found.nodes.items() if node.under_recommendation]
    if recommended is None or not under:
        return None
    failing = [id for id in under if found.nodes[id].verdict in GIVES_WAY]
    untested = [id for id in under if found.nodes[id].verdict == "untested"]
    words = strategy_words(report.situation, recommended.strategy)
    top = Reason(RECOMMENDATION, "", words, None, found.direct, len(failing), len(untested))
    lead = paragraph(
        f"“{words}” rests on {counted(len(under), 'claim')}, {len(found.direct)} of them "
        f"directly. Of all these {len(failing)} give way and {len(untested)} are untested."
    )
    title = "What the recommendation rests on"
    reasons = [*(reason(report, found, id) for id in under), top]
    return Section("argument-premises", title, (lead, shown(report, "argument", title, reasons)))


def everything(report: Report, found: Argument) -> Section | None:
    """The whole argument, where the recommendation rests on a part of it only."""
    if not found.nodes or all(node.under_recommendation for node in found.nodes.values()):
        return None
    title = "The whole argument"
    reasons = [reason(report, found, id) for id in found.nodes]
    return Section("argument-whole", title, (shown(report, "argument-whole", title, reasons),))


def shown(report: Report, id: str, title: str, reasons: Sequence[Reason]) -> Block:
    """A figure, or its table alone where there is little to draw."""
    futures = "the nominal future" if report.futures == 1 else f"{report.futures:,} futures"
    source = f"{report.situation.id}, verdicts in {futures}; Detente {report.version}."
    figure = reasoning(id, title, reasons, source)
    return figure if len(reasons) >= FEWEST else figure.table


def reason(report: Report, found: Argument, id: str) -> Reason:
    """A claim of the graph."""
    node, claim = found.nodes[id], result_of(report, id).claim
    failing, untested = len(node.failing), len(node.untested)
    return Reason(id, claim.at, claim.says, node.verdict, node.rests_on, failing, untested)


def to_weaken(report: Report, found: Argument) -> Section | None:
    """Sentences that say more than the model bears out, and what they could say."""
    if not found.weaken:
        return None
    rows = tuple(weaken_row(report, each) for each in found.weaken)
    head = ("sentence", "said as", "verdict", "instead")
    lead = paragraph(
        f"{counted(len(rows), 'sentence')} of the text {'claims' if len(rows) == 1 else 'claim'} "
        "more than the model bears out, under its stated assumptions."
    )
    table = Table("In the order of the case", head, rows)
    return Section("argument-weaken", "What could be said instead", (lead, table))


def weaken_row(report: Report, each: Weakening) -> tuple[Words, ...]:
    """A sentence, and what would be borne out."""
    result = result_of(report, each.claim)
    return (
        (f"{result.claim.at} {sentence(result.claim.says)}".strip(),),
        (MODALITIES[each.says],),
        (Badge(result.verdict),),
        (cure(each),),
    )


def cure(each: Weakening) -> str:
    """What a sentence could say instead."""
    bears = f"say “{MODALITIES[each.bears]}”" if each.bears else "leave it out: no word fits"
    return CURES.get(each.why, bears)
