"""What the case says: actors, options, claims with their sources, preferences and assumptions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.brief.document import (
    Badge,
    Bullets,
    Code,
    Link,
    Mark,
    Paragraph,
    Section,
    Strong,
    Table,
    Words,
    paragraph,
)
from detente.brief.references import references
from detente.brief.tested import asked_words
from detente.brief.verdicts import why_words
from detente.brief.words import (
    MODALITIES,
    joined,
    sentence,
)
from detente.case.situation import Ranking, Statements

if TYPE_CHECKING:
    from collections.abc import Iterator

    from detente.brief.document import Block
    from detente.case.situation import (
        Option,
        Preference,
        Situation,
        Statement,
        Support,
    )
    from detente.claims.report import ClaimResult, Report

__all__ = ["actors", "assumptions", "claims", "mark", "options", "sources"]

MOVES = {"both": "either way", "up": "only up", "down": "only down"}


def mark(situation: Situation, actor: str) -> Mark:
    """An actor with its colour and shape."""
    places = list(dict.fromkeys([*situation.decision_makers, *situation.actors]))
    return Mark(actor, situation.actors[actor].name, places.index(actor))


def support_words(support: Support) -> Words:
    """The evidence an item rests on, or what is assumed instead."""
    cited = [
        f"{evidence.source}, {evidence.at}" if evidence.at else evidence.source
        for evidence in support.evidence
    ]
    words: list[str] = ["; ".join(cited)] if cited else []
    if support.assumption:
        words.append(f"assumed: {support.assumption}")
    return (". ".join(words) or "–",)


# ------------------------------------------------------------------------------ actors, options


def actors(situation: Situation) -> Section:
    """Who decides, and who else is a party."""
    deciders = situation.decision_makers
    rows = tuple(
        (
            (mark(situation, actor), " ", Code(actor)),
            (situation.actors[actor].note or "–",),
            (str(sum(option.actor == actor for option in situation.options)),),
        )
        for actor in deciders
    )
    blocks: list[Block] = [Table("Decision makers", ("actor", "who is meant", "options"), rows)]
    others = [each.name for each in situation.actors.values() if each.id not in deciders]
    if others:
        blocks.append(paragraph(f"Parties that decide nothing here: {joined(others)}."))
    return Section("actors", "Actors", tuple(blocks))


def options(situation: Situation) -> Section:
    """What each actor may do, and what cannot be."""
    rows = tuple(
        (
            (mark(situation, option.actor),),
            (option.label, " ", Code(option.id)),
            levels_cell(situation, option),
            (MOVES[option.moves],),
            support_words(option.support),
        )
        for option in situation.options
    )
    head = ("actor", "option", "levels (status quo marked)", "moves", "rests on")
    blocks: list[Block] = [Table("What each actor may do", head, rows)]
    if situation.infeasible:
        rules = tuple(
            (
                (Code(rule.when.text),),
                (rule.because or "–",),
                support_words(rule.support),
            )
            for rule in situation.infeasible
        )
        blocks.append(Table("What cannot be", ("states where", "because", "rests on"), rules))
    return Section("options", "Options", tuple(blocks))


def levels_cell(situation: Situation, option: Option) -> Words:
    """An option's levels, the one that stands now marked."""
    words: list[str | Strong] = []
    for level, label in enumerate(option.level_labels):
        said = label
        is_now = level == situation.status_quo[option.id]
        words += [" · " if words else "", Strong(said) if is_now else said]
    return tuple(words)


# ---------------------------------------------------------------------------------------- claims


def claims(report: Report) -> Section:
    """Every claim with its verdict, its reason and where it stands."""
    if not report.claims:
        return Section("claims", "Claims", (paragraph("The case makes no claims."),))
    rows = tuple(claim_row(report, result) for result in report.claims)
    head = ("claim", "said as", "verdict", "why, and what was asked", "source")
    return Section("claims", "Claims", (Table("In the order of the case", head, rows),))


def claim_row(report: Report, result: ClaimResult) -> tuple[Words, ...]:
    claim = result.claim
    asked = asked_words(report.situation, claim)
    failed = (
        f" Rests on what is contradicted: {', '.join(result.failed_premises)}."
        if result.failed_premises
        else ""
    )
    note = f" Note: {sentence(claim.note)}" if claim.note else ""
    return (
        (sentence(claim.says), " ", Code(claim.id)),
        (MODALITIES[claim.modality],),
        (Badge(result.verdict), " open test" if result.open else ""),
        (why_words(report, result) + failed, *(" Asked: ", *asked) * bool(asked), note),
        support_words(claim.support),
    )


# ----------------------------------------------------------------------------------- assumptions


def assumptions(situation: Situation) -> Section:
    """What each actor wants, statement by statement, and everything else that is assumed."""
    wants = tuple(
        wants_of(situation, actor, preference)
        for actor, preference in situation.preferences.items()
    )
    items = tuple(other_assumptions(situation))
    last = Section("other-assumptions", "Other assumptions", (Bullets(items),))
    return Section(
        "assumptions", "Preferences and assumptions", (), (*wants, last) if items else wants
    )


def wants_of(situation: Situation, actor: str, preference: Preference) -> Section:
    """An actor's preference."""
    name = mark(situation, actor)
    block = preferred(f"What {name.name} prefers, most important first", preference)
    return Section(f"wants-{actor}", f"What {name.name} wants", (block,))


def preferred(caption: str, preference: Preference) -> Block:
    """A preference, however it is written."""
    block: Block
    if isinstance(preference, Statements):
        rows = tuple(statement_row(statement) for statement in preference.statements)
        head = ("statement", "prefers", "role", "rests on")
        block = Table(caption, head, rows)
        if not rows:
            block = paragraph("Indifferent between all states.")
    elif isinstance(preference, Ranking):
        ranked = [" = ".join(tied) for tied in preference.classes]
        block = Paragraph(("Ranked, best first: ", Code(" > ".join(ranked))))
    else:
        block = Paragraph(("By the utility ", Code(preference.utility.text)))
    return block


def statement_row(statement: Statement) -> tuple[Words, ...]:
    conditions = [
        f"when {statement.when.text}" if statement.when else "",
        f"credence {statement.credence[0]:g}–{statement.credence[1]:g}"
        if statement.credence
        else "",
        "order unknown" if statement.group is not None else "",
    ]
    said = "; ".join(each for each in conditions if each)
    return (
        (Code(statement.id),),
        (
            f"{statement.says} " if statement.says else "",
            Code(statement.prefer.text),
            f" ({said})" if said else "",
        ),
        (statement.role,),
        support_words(statement.support),
    )


def other_assumptions(situation: Situation) -> Iterator[Words]:
    """Assumptions that stand beside anything but options and preferences."""
    named: list[tuple[str, Support]] = [
        *((each.label or each.id, each.support) for each in situation.indicators.values()),
        *((each.says, each.support) for each in situation.goals.values()),
        *((each.says, each.support) for each in situation.strategies.values()),
    ]
    for name, support in named:
        if support.assumption:
            yield (Strong(name), f": {support.assumption}.")
    for id, unknown in situation.uncertainties.items():
        if unknown.assumption:
            yield (Strong(unknown.says or id), f": {unknown.assumption}.")
    for note in situation.notes:
        yield (note,)


# --------------------------------------------------------------------------------------- sources


def sources(situation: Situation) -> Section:
    """Everything evidence points to, as a list of references."""
    rows = tuple(
        ((Code(each.source),), reference_words(each.text, situation.sources[each.source].url))
        for each in references(situation.sources)
    )
    blocks = (
        (Table("What evidence points to", ("name", "source"), rows),)
        if rows
        else (paragraph("None."),)
    )
    return Section("sources", "Sources", blocks)


def reference_words(text: str, address: str | None) -> Words:
    """A reference, in which the address of a web page leads there."""
    before, found, after = text.partition(address or "\n")
    if not found or not found.startswith(("https://", "http://")):
        return (text,)
    return (before, Link(found, found), after)
