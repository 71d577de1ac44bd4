"""The first two pages: the question, the recommendation stress-tested, and what to weaken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.brief.document import (
    Badge,
    Bullets,
    Code,
    Inline,
    Paragraph,
    Section,
    Strong,
    Table,
    Words,
    paragraph,
)
from detente.brief.verdicts import (
    finding_words,
    hinges_words,
    is_weak,
    result_of,
    why_words,
)
from detente.brief.words import (
    MEANINGS,
    SECTIONS,
    actor_name,
    counted,
    doings_words,
    holder,
    joined,
    part_words,
    percent,
    quoted,
    sentence,
    statements_by_id,
)
from detente.case.checks import coverage
from detente.case.situation import Statements
from detente.futures.judging.report import EnsembleReport

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from detente.brief.document import Block
    from detente.claims.report import ClaimResult, Finding, Recommended, Report, StrategyResult
    from detente.futures.judging.report import StrategyShares

__all__ = ["memo"]

ABOUT_THE_CHOICE = ("not_best", "unbeaten", "goal_missed")
"""Findings that stand with the recommendation."""


def memo(report: Report) -> Section:
    """The memo with which a brief begins."""
    parts = [
        question(report),
        recommendation(report, report.recommendation) if report.recommendation else None,
        to_weaken(report),
        found(report),
        assumed(report),
    ]
    return Section("memo", "Memo", (), tuple(part for part in parts if part))


# --------------------------------------------------------------------------------------- question


def question(report: Report) -> Section:
    situation = report.situation
    deciders = [actor_name(situation, actor) for actor in situation.decision_makers]
    feasible = report.settlements[0].feasible_count
    frame = (
        f"{joined(deciders)} decide over {counted(len(situation.options), 'option')}: "
        f"{counted(feasible, 'feasible state')}."
    )
    tested = sum(result.verdict != "untested" for result in report.claims)
    if not report.claims:
        return Section("question", "The question", (paragraph(frame),))
    futures = f", each in {report.futures:,} futures" if report.futures > 1 else ""
    tally = f"Of {counted(len(report.claims), 'claim')} {tested:,} could be tested{futures}: "
    return Section(
        "question", "The question", (paragraph(frame), Paragraph((tally, *badges(report))))
    )


def badges(report: Report) -> Iterator[Inline]:
    """How many claims have each verdict."""
    verdicts = [result.verdict for result in report.claims]
    for verdict in MEANINGS:
        if verdict in verdicts:
            yield Badge(verdict, verdicts.count(verdict))
            yield " "


# --------------------------------------------------------------------------------- recommendation


def recommendation(report: Report, recommended: Recommended) -> Section:
    situation = report.situation
    strategy = situation.strategies[recommended.strategy]
    says = situation.recommendation and situation.recommendation.says
    fixes = doings_words(situation, strategy.levels, strategy.levels.keys())
    result = next(each for each in report.strategies if each.strategy == recommended.strategy)
    blocks: list[Block] = [
        paragraph(Strong(sentence(says or strategy.says)), is_lead=True),
        paragraph(rests_on_words(recommended)),
        *premises(report, recommended),
        paragraph(Strong("As modelled: "), f"{fixes}. ", *settled_words(report, result)),
        *kept_up(report, recommended.strategy),
        *standing(report),
    ]
    return Section("recommendation", "The recommendation, stress-tested", tuple(blocks))


def rests_on_words(recommended: Recommended) -> str:
    """How much of what it rests on gives way."""
    total = len(recommended.rests_on)
    if not total:
        return "The case names no claim it rests on."
    gone, untested = len(recommended.gives_way), len(recommended.untested)
    stands = total - gone - untested
    return (
        f"It rests on {counted(total, 'claim')}, directly or through others: "
        f"{gone or 'none'} {'gives' if gone == 1 else 'give'} way, "
        f"{untested or 'none'} {'is' if untested == 1 else 'are'} untested, "
        f"{stands or 'none'} {'stands' if stands == 1 else 'stand'}."
    )


def premises(report: Report, recommended: Recommended) -> list[Block]:
    """The claims under the recommendation: those that give way first, the untested by place."""
    results = [result_of(report, claim) for claim in recommended.rests_on]
    tested = [each for each in results if each.verdict != "untested"]
    tested.sort(key=lambda each: each.claim.id not in recommended.gives_way)
    rows = tuple(
        (sentence_cell(each), (Badge(each.verdict),), (why_words(report, each),)) for each in tested
    )
    head = ("claim", "verdict", "why")
    untested = places(each for each in results if each.verdict == "untested")
    blocks: list[Block] = []
    if rows:
        blocks.append(
            Table("What the recommendation rests on, as far as it was tested", head, rows)
        )
    if untested:
        blocks.append(paragraph(f"Untested: {untested}."))
    return blocks


def places(results: Iterable[ClaimResult]) -> str:
    """Where claims stand in the text; by their ids where the case does not say."""
    return ", ".join(dict.fromkeys(each.claim.at or each.claim.id for each in results))


def sentence_cell(result: ClaimResult) -> Words:
    """A claim with its place in the text."""
    claim = result.claim
    says = sentence(claim.says)
    return (Strong(f"{claim.at} "), says) if claim.at else (says,)


def settled_words(report: Report, result: StrategyResult) -> Words:
    """Where the strategy settles and which goals that meets."""
    nash = result.settlements[0]
    if not nash.attainable_count:
        return ("No Nash equilibrium is attainable under it, so nothing is settled.",)
    outcomes = counted(
        nash.attainable_count, "attainable Nash equilibrium", "attainable Nash equilibria"
    )
    where = "In the nominal future it" if report.futures > 1 else "It"
    parts = [f"{where} settles in {outcomes}."]
    for met, words in (("every", "Meets"), ("some", "Meets in some of them"), ("none", "Misses")):
        goals = [goal for goal, extent in result.goals.items() if extent == met]
        if goals:
            says = joined(report.situation.goals[goal].says for goal in goals)
            parts.append(f"{words}: {says}.")
    return (" ".join(parts),)


def kept_up(report: Report, strategy: str) -> list[Block]:
    """Over many futures: which goals it meets how often, and how often nothing is better."""
    shares = report.strategy_shares if isinstance(report, EnsembleReport) else ()
    found = [
        each
        for each in shares
        if (each.view, each.strategy, each.concept) == ("", strategy, "nash")
    ]
    parts = [part for each in found for part in kept_parts(report, each)]
    return [paragraph(Strong("Over the stated futures: "), " ".join(parts))] if parts else []


def kept_parts(report: Report, found: StrategyShares) -> Iterator[str]:
    """What one strategy keeps up, in sentences."""
    goals = report.situation.goals
    met = [
        f"“{goals[goal].says}” in {part_of(each.every.share)}"
        for goal, each in found.goals.items()
        if each.every.share is not None
    ]
    if met:
        yield f"every outcome under it meets {joined(met)}."
    if found.unbeaten.share is not None:
        yield f"It is unbeaten by any other strategy in {part_of(found.unbeaten.share)}."


def part_of(share: float) -> str:
    """A part in a word, with its share where the word leaves that open."""
    return f"{part_words(share)} of them" + (f" ({percent(share)})" if 0 < share < 1 else "")


def standing(report: Report) -> list[Block]:
    """Whether another strategy serves the focal actor better."""
    about = [each for each in report.findings if each.kind in ABOUT_THE_CHOICE]
    where: Words = (Strong("In the nominal future: "),) if report.futures > 1 else ()
    return [paragraph(*where, finding_words(report, each)) for each in about]


# -------------------------------------------------------------------------------------- to weaken


def to_weaken(report: Report) -> Section:
    shown = report.recommendation.gives_way if report.recommendation else ()
    weak = of_the_text([each for each in report.claims if is_weak(each)])
    rest = [each for each in weak if each.claim.id not in shown]
    rows = tuple(
        (sentence_cell(each), (Badge(each.verdict),), (Code(hinges_words(each) or "–"),))
        for each in rest
    )
    lead = (
        "Contradicted in the model, resting on a single typed-in statement, "
        f"{'turning on one unknown, ' if report.futures > 1 else ''}or true as well "
        "without the cause: to be said more weakly, or supported by what is missing."
    )
    blocks: list[Block] = [paragraph(lead)]
    if above := places(each for each in weak if each not in rest):
        blocks.append(paragraph(f"Those above that give way: {above}."))
    if rows:
        head = ("the text says", "verdict", "hinges on")
        blocks.append(Table("The others" if above else "In the order of the text", head, rows))
    if not weak:
        blocks = [paragraph("None.")]
    return Section("weaken", "Sentences to weaken", tuple(blocks))


def of_the_text(results: list[ClaimResult]) -> list[ClaimResult]:
    """The claims that cite a place; where any does, the rest are questions of the case's own."""
    return [each for each in results if each.claim.at] or results


# --------------------------------------------------------------------------------------- findings


def found(report: Report) -> Section:
    others = [each for each in report.findings if each.kind not in ABOUT_THE_CHOICE]
    in_full = [each for each in others if each.kind == "open_supported"]
    items: list[Words] = [(finding_words(report, each),) for each in in_full]
    items += grouped(report, others)
    blocks = (Bullets(tuple(items)),) if items else (paragraph("None."),)
    return Section("findings", "Findings nobody typed in", blocks)


GROUPS = {
    "nominal_only": "{count} held up in the nominal future, but not over the stated futures",
    "futures_only": "{count} held up over the stated futures, though not in the nominal one",
    "open_contradicted": "{count} went against the claim",
    "no_difference": "{count} held with the cause and as well without it",
    "concepts_part": "{count} came out differently under SEQ than under Nash",
}


def grouped(report: Report, findings: Sequence[Finding]) -> Iterator[Words]:
    """One item for each kind of finding: how many, and where in the text."""
    for kind, words in GROUPS.items():
        results = [result_of(report, each.claim or "") for each in findings if each.kind == kind]
        if results:
            tests = "open test" if kind == "open_contradicted" else "claim"
            count = counted(len(results), tests)
            yield (f"{words.format(count=count)}: {places(results)}.",)


# ---------------------------------------------------------------------------------------- assumed


def assumed(report: Report) -> Section:
    told, orders = tuple(typed_in(report)), tuple(unknown_orders(report))
    blocks: list[Block] = [paragraph(covered(report))]
    if told:
        blocks += [paragraph("Typed-in statements that tell the model an answer:"), Bullets(told)]
    if orders:
        kept = "Statements of which nobody knows which weighs more; " + (
            "the case's order was kept:" if report.futures == 1 else "every order was drawn:"
        )
        blocks += [paragraph(kept), Bullets(orders)]
    return Section("assumed", "What was assumed", tuple(blocks))


def covered(report: Report) -> str:
    """How much of the case carries evidence or says that it is assumed."""
    parts = [
        f"{supported} of {total} {SECTIONS[section]}"
        for section, (supported, total) in coverage(report.situation).items()
    ]
    return f"Evidence or a stated assumption stands behind {joined(parts)}."


def typed_in(report: Report) -> Iterator[Words]:
    """The statements that tell the model an answer, with the claims they decide."""
    decided: dict[str, list[ClaimResult]] = {}
    for result in report.claims:
        if result.break_even:
            decided.setdefault(result.break_even.statement, []).append(result)
    statements = statements_by_id(report.situation)
    for id, results in decided.items():
        name = holder(report.situation, statements[id])
        yield (f"{name}: {quoted(statements[id])} decides ", Strong(places(results)), ".")


def unknown_orders(report: Report) -> Iterator[Words]:
    """Groups of statements whose order nobody knows; the order of the file was kept."""
    for actor, preference in report.situation.preferences.items():
        held = preference.statements if isinstance(preference, Statements) else ()
        for group in sorted({each.group for each in held if each.group is not None}):
            members = joined((quoted(each) for each in held if each.group == group), "or")
            yield (f"{actor_name(report.situation, actor)}: {members}.",)
