"""How sure are we: shares of the stated futures, and how far to trust them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.brief.document import (
    Badge,
    Bullets,
    Code,
    Paragraph,
    Section,
    Strong,
    Table,
    Words,
    paragraph,
)
from detente.brief.figures.convergence import convergence
from detente.brief.figures.goals import goals_met
from detente.brief.figures.shares import claim_shares
from detente.brief.figures.strategies import strategy_measures
from detente.brief.memo import badges
from detente.brief.rows import claim_rows, course_of, goal_rows, judged_claims, measure_cells
from detente.brief.shares import with_interval
from detente.brief.verdicts import result_of, strategy_words
from detente.brief.words import CONCEPTS, counted, joined, sentence

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from detente.brief.document import Block
    from detente.brief.unknowns import Unknowns
    from detente.claims.report import ClaimResult
    from detente.futures.choosing.regret import Measured
    from detente.futures.choosing.robustness import Robustness
    from detente.futures.judging.experts import Disagreement, ExpertResult
    from detente.futures.judging.necessity import Necessity
    from detente.futures.judging.report import (
        Drawn,
        EnsembleClaim,
        EnsembleReport,
        Judged,
        StrategyShares,
    )

__all__ = ["DESIGNS", "how_sure", "source_words"]

MOST_STRATEGIES = 20
"""That are shown; where a case names none, every combination of options is one."""

DESIGNS = {
    "lhs": "Latin hypercube in blocks of 250",
    "sobol": "scrambled Sobol' sequence",
    "random": "independent draws",
    "factorial": "every combination, by its weight",
    "saltelli": "Saltelli's design",
}


def how_sure(report: EnsembleReport, unknowns: Unknowns, drawn: Drawn) -> Section:
    """The chapter."""
    claims = judged_claims(report)
    source = source_words(report, drawn)
    parts = [
        over_futures(unknowns, claims, source),
        beside_nominal(claims),
        by_concept(claims, drawn),
        by_expert(report, unknowns, claims),
        strategies(report, unknowns, source),
        in_all_futures(report, unknowns),
        enough(report, claims, source),
    ]
    blocks = (drawn_words(drawn), Paragraph(("Verdicts: ", *badges(report))))
    return Section("how-sure", "How sure are we", blocks, tuple(part for part in parts if part))


def drawn_words(drawn: Drawn) -> Paragraph:
    """What was drawn, and what was left out."""
    asked = drawn.ok + drawn.failed
    failed = (
        f" {counted(drawn.failed, 'future')} failed and {'is' if drawn.failed == 1 else 'are'} "
        "left out of every share."
        if drawn.failed
        else " None failed."
    )
    return paragraph(
        f"Everything that is stated as unknown, {counted(drawn.factors, 'factor')}, was drawn "
        f"{asked:,} times ({DESIGNS.get(drawn.design, drawn.design)}, seed {drawn.seed}), and the "
        f"whole argument was tested in each of these futures.{failed} Shares are shares of these "
        "stated futures, not probabilities of the world."
    )


def source_words(report: EnsembleReport, drawn: Drawn) -> str:
    """What stands under every figure."""
    design = DESIGNS.get(drawn.design, drawn.design)
    missing = f", {drawn.failed:,} failed" if drawn.failed else ""
    return (
        f"{report.situation.id}, {drawn.ok:,} futures ({design}, seed {drawn.seed}{missing}); "
        f"Detente {report.version}."
    )


# ---------------------------------------------------------------------------------------- claims


def over_futures(
    unknowns: Unknowns, claims: Sequence[EnsembleClaim], source: str
) -> Section | None:
    """The shares of all claims."""
    rows = claim_rows(unknowns, claims)
    if not rows:
        return None
    blocks: list[Block] = [claim_shares(rows, source)]
    unsettled = [each for each in claims if each.judged and each.judged.undetermined]
    if unsettled:
        items: list[Words] = [
            (f"{sentence(each.claim.says)} {counted(each.undetermined, 'future')}.",)
            for each in unsettled
        ]
        blocks += [
            paragraph("Undetermined, because nothing is attainable, and counted apart:"),
            Bullets(tuple(items)),
        ]
    return Section("shares", "Every claim over the futures", tuple(blocks))


def beside_nominal(claims: Sequence[EnsembleClaim]) -> Section:
    """Claims of which the nominal future alone says something else."""
    rows = tuple(
        (
            claim_cell(each),
            (Badge(each.nominal.verdict),),
            (Badge(each.judged.verdict),),
            (with_interval(each.judged.share),),
        )
        for each in claims
        if each.nominal and each.judged and each.nominal.verdict != each.judged.verdict
    )
    head = ("claim", "nominal future", "over the futures", "share")
    block: Block = (
        Table("Where one future and many part", head, rows)
        if rows
        else paragraph("Every verdict is that of the nominal future alone.")
    )
    return Section("nominal", "What the nominal future alone would have said", (block,))


def claim_cell(result: ClaimResult) -> Words:
    """A claim with its place."""
    place = (Strong(f"{result.claim.at} "),) if result.claim.at else ()
    return (*place, sentence(result.claim.says), " ", Code(result.claim.id))


def by_concept(claims: Sequence[EnsembleClaim], drawn: Drawn) -> Section | None:
    """Shares under each concept, side by side."""
    if len(drawn.concepts) < 2:
        return None
    rows = tuple(
        (
            claim_cell(each),
            *((share_under(each, concept),) for concept in drawn.concepts),
        )
        for each in claims
    )
    head = ("claim", *(CONCEPTS[concept] for concept in drawn.concepts))
    lead = paragraph(
        "Concepts of stability stand side by side: by which of them actors reason is not drawn and "
        "never averaged."
    )
    table = Table("Shares of stated futures by concept", head, rows)
    return Section("by-concept", "Under each concept of stability", (lead, table))


def share_under(result: EnsembleClaim, concept: str) -> str:
    """A claim's share under a concept."""
    for under in result.concepts:
        found = getattr(under, "futures", None)
        if under.concept == concept and found is not None:
            return with_interval(found.share)
    return "–"


def by_expert(
    report: EnsembleReport, unknowns: Unknowns, claims: Sequence[EnsembleClaim]
) -> Section | None:
    """Verdicts by each expert's lists."""
    views = list(report.situation.views)
    if not views:
        return None
    rows = tuple(
        (
            claim_cell(each),
            judged_cell(each.judged),
            *(judged_cell(of_view(each, view)) for view in views),
        )
        for each in claims
    )
    lead = paragraph(
        "Experts' lists stand in place of the case's own; they are reported side by side and never "
        "pooled."
    )
    table = Table("Verdicts and shares by expert", ("claim", "the case", *views), rows)
    differing = tuple(partings(report, unknowns))
    more: tuple[Block, ...] = (Bullets(differing),) if differing else ()
    return Section("by-expert", "Expert by expert", (lead, table, *more))


def of_view(result: EnsembleClaim, view: str) -> Judged | None:
    """A claim by an expert's lists."""
    return next((each for each in result.views if each.view == view), None)


def judged_cell(judged: Judged | None) -> Words:
    """A verdict and its share."""
    return ("–",) if judged is None else (Badge(judged.verdict), f" {with_interval(judged.share)}")


def partings(report: EnsembleReport, unknowns: Unknowns) -> Iterator[Words]:
    """Where two lists part, and which statement makes the difference."""
    found: Sequence[ExpertResult] = tuple(report.analyses.get("experts") or ())
    pairs: dict[tuple[str, str], dict[str, list[str]]] = {}
    for result in found:
        claim = result_of(report, result.claim).claim
        for each in result.disagreements:
            reasons = pairs.setdefault((each.one, each.other), {})
            reasons.setdefault(because(unknowns, each), []).append(claim.at or claim.id)
    for (one, other), reasons in pairs.items():
        said = "; ".join(f"{joined(places)}, {reason}" for reason, places in reasons.items())
        yield (Strong(f"{view_name(one)} and {view_name(other)} part "), f"on {said}.")


def view_name(view: str) -> str:
    """An expert, or the case's own lists."""
    return view or "the case"


def because(unknowns: Unknowns, found: Disagreement) -> str:
    """What makes the difference."""
    if found.because == "not_tried":
        return "of which no reason was sought, for no statements were varied"
    if found.because == "together":
        return "by several statements together, none alone"
    said = joined(
        (
            f"{unknowns.statements([each.statement], view=each.view)} ({each.change})"
            for each in found.decisive
        ),
        "or",
    )
    return f"by one statement: {said}"


# ------------------------------------------------------------------------------------ strategies


def strategies(report: EnsembleReport, unknowns: Unknowns, source: str) -> Section | None:
    """How the strategies stand by orders, and by numbers where there are any."""
    shares = report.strategy_shares
    if not shares:
        return None
    situation = report.situation
    measured = report.analyses.get("measured")
    names = {each: strategy_words(situation, each) for each in most_unbeaten(shares)}
    measures, cells = measure_cells(unknowns, shares, measured.scores if measured else ())
    chosen = report.recommendation.strategy if report.recommendation else None
    blocks: list[Block] = [strategy_measures(names, measures, cells, source, chosen)]
    for robust in report.analyses.get("robustness") or ():
        if (robust.view, robust.concept) == ("", "nash"):
            blocks += dominance(report, robust)
    rows = goal_rows(unknowns, [each for each in shares if each.strategy in names])
    if rows:
        blocks.append(goals_met(rows, source))
    if measured is not None and measured.disagree:
        blocks.append(paragraph(Strong("The measures disagree: "), leads_words(report, measured)))
    return Section("robustness", "Strategies when we are wrong", tuple(blocks))


def most_unbeaten(shares: Sequence[StrategyShares]) -> list[str]:
    """The strategies in their order; of very many those that are unbeaten most often."""
    own = {each.strategy: each for each in shares if (each.view, each.concept) == ("", "nash")}
    kept = sorted(own, key=lambda id: -(own[id].unbeaten.share or 0.0))[:MOST_STRATEGIES]
    return [id for id in own if id in kept]


def dominance(report: EnsembleReport, robust: Robustness) -> list[Block]:
    """Strategies that are never better than another, and those that are best throughout."""
    items: list[Words] = []
    for each in robust.standings:
        name = f"“{strategy_words(report.situation, each.strategy)}”"
        if each.necessarily_best:
            items.append((f"{name} is best in every stated future.",))
        elif each.dominated_by:
            others = joined(
                f"“{strategy_words(report.situation, other)}”" for other in each.dominated_by
            )
            items.append((f"{name} is nowhere better and somewhere worse than {others}.",))
        elif not each.possibly_best:
            items.append((f"{name} is beaten in every stated future.",))
    return [Bullets(tuple(items))] if items else []


def leads_words(report: EnsembleReport, measured: Measured) -> str:
    """Which strategy leads by which measures."""
    said = [
        f"“{strategy_words(report.situation, strategy)}” leads by "
        f"{joined(measure.replace('_', ' ') for measure in led)}"
        for strategy, led in measured.leads.items()
        if led
    ]
    return f"{'; '.join(said)}."


# ------------------------------------------------------------------------- necessary, converged


STATUSES = {
    "necessary": "in every one (necessary)",
    "possible": "in some (possible)",
    "impossible": "in none (impossible)",
    "no_counterexample": "no exception was found",
    "no_example": "no case of it was found",
    "undetermined": "undetermined",
}


def in_all_futures(report: EnsembleReport, unknowns: Unknowns) -> Section | None:
    """Which claims hold however every open question comes out."""
    found: Sequence[Necessity] = tuple(report.analyses.get("necessity") or ())
    if not found:
        return None
    claims = {each.claim.id: each for each in report.claims}
    rows = tuple(
        (
            claim_cell(claims[each.claim]),
            (STATUSES[each.status],),
            (f"{each.holds:,} of {each.futures:,}{'' if each.is_exhaustive else ', sampled'}",),
            exception_cell(unknowns, each),
        )
        for each in found
    )
    lead = paragraph(
        "Here a combination counts however rare it is: every order left open, every statement held "
        "or not, every event."
    )
    head = ("claim", "holds", "combinations", "the nearest exception")
    table = Table("Over all combinations of what is open", head, rows)
    return Section("necessity", "What holds however it comes out", (lead, table))


def exception_cell(unknowns: Unknowns, found: Necessity) -> Words:
    """What is otherwise in the nearest counter-example."""
    if found.counterexample is None:
        return ("–",)
    said = [unknowns.comes_to(*item) for item in found.counterexample.differs.items()]
    return (joined(said) or "the nominal future itself",)


def enough(report: EnsembleReport, claims: Sequence[EnsembleClaim], source: str) -> Section | None:
    """Whether the shares have settled."""
    stages = report.analyses.get("convergence") or {}
    courses = [course_of(each, stages[each.claim.id]) for each in claims if each.claim.id in stages]
    if not courses:
        return None
    return Section("enough", "Convergence", (convergence(courses, source),))
