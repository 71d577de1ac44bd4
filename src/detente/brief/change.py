"""What would change our mind: where claims fail, what moves them, how little must change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.brief.document import (
    Badge,
    Block,
    Bullets,
    Code,
    Section,
    Strong,
    Table,
    Words,
    paragraph,
)
from detente.brief.figures.box import box_limits
from detente.brief.figures.tornado import tornado
from detente.brief.rows import box_of, judged_claims, moved_rows
from detente.brief.verdicts import result_of, strategy_words
from detente.brief.words import counted, percent, sentence

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from detente.brief.document import Inline
    from detente.brief.unknowns import Unknowns
    from detente.futures.changing.answers import Answer
    from detente.futures.changing.breakeven import BreakEvens, Switch, Tried
    from detente.futures.changing.signposts import Observation, Signpost, Signposts, Turning
    from detente.futures.discovering.discovery import Discovery
    from detente.futures.judging.report import EnsembleClaim, EnsembleReport

__all__ = ["change_our_mind"]

BOXES_DRAWN = 3
"""Boxes of several limits that get a figure, the best first; all boxes are said in words."""


def change_our_mind(report: EnsembleReport, unknowns: Unknowns, source: str) -> Section | None:
    """The chapter; None where nothing of it was worked out."""
    claims = judged_claims(report)
    parts = [
        boxes(report, unknowns, source),
        movers(unknowns, claims, source),
        least_changes(report, unknowns),
        what_to_watch(report, unknowns),
        more_futures(claims),
    ]
    found = tuple(part for part in parts if part)
    return Section("change", "What would change our mind", (), found) if found else None


# ----------------------------------------------------------------------------------------- boxes


def boxes(report: EnsembleReport, unknowns: Unknowns, source: str) -> Section | None:
    """In which futures claims fail and the recommendation misses its goals, in words."""
    found: Sequence[Discovery] = tuple(report.analyses.get("discovery") or ())
    with_boxes = [each for each in found if each.found]
    if not with_boxes:
        return None
    items = tuple(item for each in with_boxes for item in box_items(report, unknowns, each))
    worth_drawing = [each for each in with_boxes if len(each.found[0].box.limits) > 1]
    worth_drawing.sort(key=lambda each: -each.found[0].box.coverage * each.found[0].box.density)
    drawn = tuple(
        box_limits(
            box_of(unknowns, each, each.found[0], short_name(report, each)),
            source,
            id=f"box-{number}",
        )
        for number, each in enumerate(worth_drawing[:BOXES_DRAWN], 1)
    )
    lead = paragraph(
        "Boxes of futures, found by peeling: a few conditions that hold most of the futures in "
        "which something fails, and little else."
    )
    return Section("boxes", "Where claims fail", (lead, Bullets(items), *drawn))


def box_items(report: EnsembleReport, unknowns: Unknowns, found: Discovery) -> Iterator[Words]:
    """Each box of one search, as a sentence."""
    name, fails = long_name(report, found), FAILS[found.interest]
    for number, each in enumerate(found.found):
        said = unknowns.box(each.box, f"{'it' if number else subject(found)} {fails}")
        yield (Strong(f"{name} ") if number == 0 else "Also: ", said)


FAILS = {"fails": "fails", "misses_goals": "misses a goal", "regretted": "is regretted"}


def subject(found: Discovery) -> str:
    return "the claim" if found.about == "claim" else "the strategy"


def short_name(report: EnsembleReport, found: Discovery) -> str:
    """A claim by its place, a strategy by its words."""
    if found.about == "strategy":
        return f"“{strategy_words(report.situation, found.id)}”"
    claim = result_of(report, found.id).claim
    return claim.at or f"“{claim.says}”"


def long_name(report: EnsembleReport, found: Discovery) -> str:
    """What is asked about, as a sentence."""
    if found.about == "strategy":
        return f"“{strategy_words(report.situation, found.id)}”."
    claim = result_of(report, found.id).claim
    return f"{claim.at} {sentence(claim.says)}".strip()


# ---------------------------------------------------------------------------------------- movers


def movers(unknowns: Unknowns, claims: Sequence[EnsembleClaim], source: str) -> Section | None:
    """The factors that move each claim beyond noise."""
    rows = moved_rows(unknowns, claims)
    return Section("movers", "Claim by claim", (tornado(rows, source),)) if rows else None


# ------------------------------------------------------------------------------------ break-even


def least_changes(report: EnsembleReport, unknowns: Unknowns) -> Section | None:
    """How little must change in the nominal future for an answer to be another."""
    found: BreakEvens | None = report.analyses.get("break_evens")
    if found is None or not found.tried:
        return None
    rows = tuple(
        (
            (tried_words(unknowns, tried),),
            (value_words(unknowns, tried, tried.nominal),),
            (value_words(unknowns, tried, switches[0].value),),
            switched_cell(report, switches),
        )
        for tried, switches in by_change(found.switches)
    )
    head = ("if this", "were not", "but", "then")
    blocks: list[Block] = [
        paragraph(
            "In the nominal future one thing was changed at a time, as far as the case lets it; "
            "this is the smallest change that makes an answer another one."
        )
    ]
    if rows:
        blocks.append(Table("Break-even points", head, rows))
    if found.firm:
        blocks.append(paragraph(Strong("Flips nothing: "), firm_words(unknowns, found.firm)))
    return Section("break-even", "How little must change", tuple(blocks))


def firm_words(unknowns: Unknowns, firm: Sequence[Tried]) -> str:
    """What can be anything that is stated without an answer changing."""
    swaps = sum(each.kind == "swap" for each in firm)
    named = [tried_words(unknowns, each) for each in firm if each.kind != "swap"]
    if swaps:
        named.append(f"{counted(swaps, 'exchange')} of two neighbouring statements")
    return sentence("; ".join(named))


def tried_words(unknowns: Unknowns, tried: Tried) -> str:
    """What was changed."""
    if tried.kind == "swap":
        return unknowns.statements(tried.factor.split(" > "), " above ")
    if tried.kind == "credence":
        return unknowns.statements([tried.factor])
    return unknowns.says(tried.factor)


def value_words(unknowns: Unknowns, tried: Tried, value: float | str) -> str:
    """What it comes to."""
    if tried.kind == "swap":
        return "so" if value == tried.nominal else "the other way round"
    if isinstance(value, str):
        return value.replace("_", " ")
    factor = unknowns.factors.get(tried.factor)
    unit = f" {factor.unit}" if factor and factor.unit else ""
    return f"{value:.4g}{unit}"


def by_change(switches: Sequence[Switch]) -> list[tuple[Tried, list[Switch]]]:
    """What flips at the same value of the same thing; what beats the recommendation first."""
    found: dict[tuple[str, float | str], list[Switch]] = {}
    for each in switches:
        found.setdefault((each.tried.factor, each.value), []).append(each)
    ordered = sorted(found.values(), key=lambda each: (each[0].claim is not None, -len(each)))
    return [(each[0].tried, each) for each in ordered]


def switched_cell(report: EnsembleReport, switches: Sequence[Switch]) -> Words:
    """Which answers are then others: the recommendation, then claims by their new verdict."""
    words: list[Inline] = []
    by_answer: dict[Answer, list[Switch]] = {}
    for switch in switches:
        if switch.claim is None:
            others = " or ".join(f"“{strategy_words(report.situation, x)}”" for x in switch.better)
            words.append(f"the recommendation is {switch.after}{others and ' by '}{others}. ")
        else:
            by_answer.setdefault(switch.after, []).append(switch)
    for answer, flipped in by_answer.items():
        words += [answer_part(answer), " "]
        for number, each in enumerate(flipped):
            words += [*(", " if number else ""), *name_of(report, str(each.claim))]
        words.append(" ")
    return tuple(words)


def answer_part(answer: Answer) -> Inline:
    """An answer: a verdict, or whether the recommendation stands."""
    if answer == "stands" or answer == "beaten" or answer == "undetermined":
        return str(answer)
    return Badge(answer)


# ------------------------------------------------------------------------------------- signposts


def what_to_watch(report: EnsembleReport, unknowns: Unknowns) -> Section | None:
    """The observations that would turn a verdict or the recommendation, what turns most first."""
    found: Signposts | None = report.analyses.get("signposts")
    if found is None:
        return None
    shown = found.signposts[:SIGNPOSTS_SHOWN]
    rows = tuple(
        ((observed_words(unknowns, post.observation),), known_by(found, post.observation), *turns)
        for post in shown
        for turns in [turned_cells(report, post)]
    )
    if not rows:
        blocks: list[Block] = [
            paragraph("No single observation within what is stated would turn an answer.")
        ]
    else:
        more = len(found.signposts) - len(shown)
        caption = "What to watch for" + (f"; {more:,} more would turn less" if more else "")
        head = ("if one sees that", "by", "turns", "share")
        blocks = [Table(caption, head, rows)]
    return Section("signposts", "Signposts", (*blocks, *worth_of_knowing(unknowns, found)))


SIGNPOSTS_SHOWN = 12


def observed_words(unknowns: Unknowns, seen: Observation) -> str:
    """What could be observed, as a clause."""
    if seen.kind == "statement":
        return f"not so: {unknowns.statements([seen.factor])}"
    if seen.bound is not None:
        side = "below" if seen.level.startswith("lowest") else "above"
        unit = f" {seen.unit}" if seen.unit else ""
        return f"{unknowns.says(seen.factor)} lies {side} {seen.bound:.3g}{unit}"
    level = f"{seen.level} first" if seen.kind == "order" else seen.level
    return unknowns.clause(seen.factor, level)


def known_by(found: Signposts, seen: Observation) -> Words:
    """When it will be known."""
    return (seen.by.isoformat() if seen.by else found.horizon or "–",)


def turned_cells(report: EnsembleReport, post: Signpost) -> tuple[Words, Words]:
    """What an observation turns, and to which shares."""
    turned: list[Inline] = []
    for each in post.turns:
        name = ("the recommendation",) if each.claim is None else name_of(report, each.claim)
        turned += [*("; " if turned else ""), *name, " ", answer_part(each.after)]
    return tuple(turned), ("; ".join(map(moved_words, post.turns)),)


def moved_words(turning: Turning) -> str:
    """The share before and after; where only the contrast moves, the lead over it."""
    before, after = turning.share, turning.then
    shares = percent(before.share or 0), percent(after.share or 0)
    if shares[0] == shares[1] and before.difference is not None and after.difference is not None:
        leads = f"{100 * before.difference:.0f} → {100 * after.difference:.0f}"
        return f"ahead of the contrast by {leads} points"
    return f"{shares[0]} → {shares[1]}"


def name_of(report: EnsembleReport, claim: str) -> Words:
    """A claim by its place in the text and its id."""
    place = result_of(report, claim).claim.at
    return (f"{place} ", Code(claim)) if place else (Code(claim),)


def worth_of_knowing(unknowns: Unknowns, found: Signposts) -> Iterator[Block]:
    """What it would be worth to know each factor before choosing, in the unit of the utility."""
    if found.worth is None:
        return
    rows = tuple(
        (
            (unknowns.says(each.factor),),
            (f"{each.worth:.3g} {found.worth.unit}",),
            ("exact" if each.noise is None else f"{each.noise:.3g} {found.worth.unit}",),
        )
        for each in found.worth.factors
    )
    caption = (
        f"Worth of knowing before choosing; of knowing everything {found.worth.perfect:.3g} "
        f"{found.worth.unit}"
    )
    yield Table(caption, ("factor", "worth at most", "of which chance alone"), rows)


# ---------------------------------------------------------------------------------- more futures


def more_futures(claims: Sequence[EnsembleClaim]) -> Section | None:
    """What drawing more futures would settle, and what it would not."""
    open_ = [each for each in claims if each.judged and each.judged.verdict == "undecided"]
    if not open_:
        return None
    items: list[Words] = [
        (f"{each.claim.at} {sentence(each.claim.says)}".strip(), needed_words(each))
        for each in open_
    ]
    return Section(
        "more-futures",
        "What more futures would settle",
        (
            paragraph(f"{counted(len(open_), 'claim')} lie too near to what the word requires:"),
            Bullets(tuple(items)),
        ),
    )


def needed_words(result: EnsembleClaim) -> str:
    """How many futures would tell."""
    needed = result.judged.needed if result.judged else None
    if needed is None:
        return " No number of futures can be named."
    return f" About {needed:,} futures in all should tell."
