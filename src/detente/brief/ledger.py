"""What was promised and what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.brief.document import Code, Section, Strong, Table, Words, paragraph
from detente.brief.figures.execution import Executed, execution_by_party
from detente.brief.figures.timeline import Promise, status_words, timeline
from detente.brief.words import actor_name, counted, joined, percent, sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from detente.brief.document import Block
    from detente.case.situation import Situation
    from detente.ledger.assessment import Assessment, Row
    from detente.ledger.drift import Beyond, Drift, Place

__all__ = ["commitments", "layer_label"]


def commitments(situation: Situation, version: str) -> Section | None:
    """The chapter; nothing of a case that promises nothing, or does not say as of when."""
    if not situation.commitments or situation.as_of is None:
        return None
    from detente.ledger.assessment import assess

    found = assess(situation)
    source = f"{situation.id}, commitments as of {found.as_of}; Detente {version}."
    parts = [
        Section(
            "timeline-of", "Over time", (timeline(promises(situation, found), found.as_of, source),)
        ),
        by_party(situation, found, source),
        drift(situation, found),
    ]
    blocks: tuple[Block, ...] = (lead(found), statuses(situation, found))
    title = "What was promised and what became of it"
    return Section("commitments", title, blocks, tuple(part for part in parts if part))


def lead(found: Assessment) -> Block:
    """How much there is, and how much of it is carried out."""
    every = next((share for share in found.shares if share.by == "all"), None)
    carried = (
        f" Of {every.commitments} that still stand for themselves {every.executed} "
        f"{'is' if every.executed == 1 else 'are'} carried out "
        f"({percent(every.share_executed)}): {every.executed - every.delivered} in execution, "
        f"{every.delivered} delivered."
        if every
        else ""
    )
    late = sum(row.overdue for row in found.rows)
    overdue = f" Overdue: {counted(late, 'commitment')}." if late else ""
    return paragraph(
        f"The case records {counted(len(found.rows), 'commitment')}; this is what had become of "
        f"them by {found.as_of}.{carried}{overdue}"
    )


def layer_label(situation: Situation, layer: str) -> str:
    """What a layer is called."""
    entry = situation.layers.get(layer)
    return str(entry.label) if entry and entry.label else layer.replace("_", " ")


def by_layer(found: Assessment) -> list[Row]:
    """The commitments, those of a layer together, in the order of the case."""
    order = list(dict.fromkeys(row.layer for row in found.rows))
    return sorted(found.rows, key=lambda row: order.index(row.layer))


def statuses(situation: Situation, found: Assessment) -> Table:
    """Every commitment with its status."""
    rows = tuple(
        (
            (sentence(row.says), " ", Code(row.id)),
            (layer_label(situation, row.layer),),
            (joined(actor_name(situation, party) for party in row.parties),),
            (Strong(status_words(row.status)), f" since {row.since}" if row.since else ""),
            (due_words(row),),
            (row.bindingness or "–",),
        )
        for row in by_layer(found)
    )
    head = ("commitment", "layer", "parties", "status", "due", "binding")
    return Table(f"Commitments by layer, as of {found.as_of}", head, rows)


def due_words(row: Row) -> str:
    """When it is due, and how late it is or was."""
    if row.due is None:
        return "–"
    if row.slippage is None:
        return str(row.due)
    if row.overdue:
        return f"{row.due}, {counted(row.slippage, 'day')} ago"
    when = "late" if row.slippage > 0 else "early"
    return (
        f"{row.due}, delivered {counted(abs(row.slippage), 'day')} {when}"
        if row.slippage
        else f"{row.due}, delivered on the day"
    )


def promises(situation: Situation, found: Assessment) -> list[Promise]:
    """The rows of the timeline."""
    return [
        Promise(
            row.says,
            layer_label(situation, row.layer),
            row.status,
            row.since,
            row.due,
            row.overdue,
            tuple(span for span in found.spans if span.id == row.id),
        )
        for row in by_layer(found)
    ]


# ---------------------------------------------------------------------------------------- shares


def by_party(situation: Situation, found: Assessment, source: str) -> Section | None:
    """How much of what each party promised is carried out."""
    names = {"all": "all commitments"}
    rows = [
        Executed(
            names.get(share.by) or actor_name(situation, *share.of),
            share.commitments,
            share.executed,
            share.delivered,
        )
        for share in found.shares
        if share.by in ("all", "party")
    ]
    if not rows:
        return None
    return Section("executed", "Party by party", (execution_by_party(rows, source),))


# ----------------------------------------------------------------------------------------- drift


def drift(situation: Situation, found: Assessment) -> Section | None:
    """Where a source puts a commitment differently in different places, or too strongly."""
    blocks: list[Block] = []
    if found.drifts:
        rows = tuple(drift_row(situation, found, each) for each in found.drifts)
        head = ("commitment", "source", "how", "its words, in order")
        blocks.append(Table("One source, the same commitment, different words", head, rows))
    if found.beyond:
        rows = tuple(beyond_row(situation, found, each) for each in found.beyond)
        head = ("commitment", "source", "its words", "on record")
        blocks.append(
            Table(f"Words that say more than had come about by {found.as_of}", head, rows)
        )
    return Section("drift", "Where words and record part", tuple(blocks)) if blocks else None


def drift_row(situation: Situation, found: Assessment, each: Drift) -> tuple[Words, ...]:
    differs = [each.course or "", "binds different parties" if each.parties_differ else ""]
    places = "; then ".join(
        place_words(situation, place, with_parties=each.parties_differ) for place in each.places
    )
    return (
        (says_of(found, each.commitment),),
        (Code(each.source),),
        (", ".join(filter(None, differs)),),
        (places,),
    )


def beyond_row(situation: Situation, found: Assessment, each: Beyond) -> tuple[Words, ...]:
    return (
        (says_of(found, each.commitment),),
        (Code(each.source),),
        (place_words(situation, each.place, with_parties=False),),
        ("; ".join(on_record(situation, each)),),
    )


def on_record(situation: Situation, each: Beyond) -> Iterator[str]:
    """How far it had come, and whom it does not bind."""
    if each.stronger:
        yield f"it was {status_words(each.status)}"
    if each.also_binds:
        bound = joined((actor_name(situation, party) for party in each.also_binds), "or")
        yield f"it does not bind {bound}"


def says_of(found: Assessment, commitment: str) -> str:
    return next(row.says for row in found.rows if row.id == commitment)


def place_words(situation: Situation, place: Place, *, with_parties: bool) -> str:
    """Where, in which words, how strong, and whom they bind."""
    bound = f"; {joined(actor_name(situation, party) for party in place.parties)}"
    parties = bound if with_parties else ""
    return f"{place.at or '?'} “{place.says}” ({status_words(place.strength)}{parties})"
