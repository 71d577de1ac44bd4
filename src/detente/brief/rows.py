"""Results over many futures as the rows of figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.brief.figures.box import Kept, Peel, Peeled, Within
from detente.brief.figures.convergence import Course
from detente.brief.figures.goals import GoalShares
from detente.brief.figures.heat import Cell
from detente.brief.figures.shares import ClaimShare
from detente.brief.figures.strategies import Measure
from detente.brief.figures.tornado import Level, Moved
from detente.brief.shares import first_hinge, required
from detente.brief.verdicts import strategy_words
from detente.brief.words import MODALITIES, percent
from detente.futures.discovering.boxes import Interval
from detente.futures.judging.report import EnsembleClaim

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from detente.brief.unknowns import Unknowns
    from detente.futures.choosing.regret import Score
    from detente.futures.discovering.boxes import Limit
    from detente.futures.discovering.discovery import Discovery, Found
    from detente.futures.judging.convergence import Stage
    from detente.futures.judging.report import AtLevel, EnsembleReport, Judged, StrategyShares

__all__ = [
    "box_of",
    "claim_rows",
    "course_of",
    "goal_rows",
    "judged_claims",
    "measure_cells",
    "moved_rows",
]

MOST_FACTORS = 4
"""That are shown of what moves a claim; its table has no more."""


# ---------------------------------------------------------------------------------------- claims


def judged_claims(report: EnsembleReport) -> tuple[EnsembleClaim, ...]:
    """The claims that could be tested over the futures."""
    return tuple(
        each
        for each in report.claims
        if isinstance(each, EnsembleClaim) and each.judged is not None
    )


def claim_rows(unknowns: Unknowns, claims: Sequence[EnsembleClaim]) -> tuple[ClaimShare, ...]:
    """Every claim that is determined in some future."""
    return tuple(
        claim_row(unknowns, each, each.judged, each.judged.share.share)
        for each in claims
        if each.judged is not None and each.judged.share.share is not None
    )


def claim_row(
    unknowns: Unknowns, result: EnsembleClaim, judged: Judged, share: float
) -> ClaimShare:
    claim, found = result.claim, judged.share
    ranging = judged.range
    return ClaimShare(
        claim=claim.id,
        place=claim.at,
        says=claim.says,
        word=MODALITIES[claim.modality],
        verdict=judged.verdict,
        share=share,
        interval=pair(found.low, found.high),
        range=pair(ranging.lower, ranging.upper) if ranging else None,
        against=found.against,
        required=required(claim.modality),
        hinges=first_hinge(unknowns, result),
    )


def pair(low: float | None, high: float | None) -> tuple[float, float] | None:
    """Two ends, where both are known."""
    return None if low is None or high is None else (low, high)


def moved_rows(unknowns: Unknowns, claims: Sequence[EnsembleClaim]) -> tuple[Moved, ...]:
    """What moves each claim beyond noise: the strongest few factors."""
    return tuple(
        row
        for each in claims
        if each.judged is not None and each.judged.share.share is not None
        for row in factors_of(unknowns, each, each.judged)
    )


def factors_of(unknowns: Unknowns, result: EnsembleClaim, judged: Judged) -> Iterator[Moved]:
    by_factor: dict[str, list[AtLevel]] = {}
    for at in judged.factors:
        by_factor.setdefault(at.factor, []).append(at)
    for factor, ats in list(by_factor.items())[:MOST_FACTORS]:
        levels = tuple(
            Level(unknowns.level(factor, at.level), at.share.share)
            for at in ats
            if at.share.share is not None
        )
        yield Moved(
            claim=result.claim.id,
            place=result.claim.at,
            says=result.claim.says,
            share=judged.share.share or 0.0,
            required=required(result.claim.modality),
            factor=unknowns.says(factor),
            levels=levels,
        )


# ------------------------------------------------------------------------------------ strategies


def goal_rows(unknowns: Unknowns, shares: Sequence[StrategyShares]) -> tuple[GoalShares, ...]:
    """Every strategy by every account, goal by goal, under the headline concept."""
    situation = unknowns.situation
    order = dict.fromkeys(each.strategy for each in shares)
    together = [
        (strategy, each)
        for strategy in order
        for each in shares
        if (each.strategy, each.concept) == (strategy, "nash")
    ]
    rows = [
        GoalShares(
            strategy=strategy_words(situation, strategy),
            view=each.view,
            goal=situation.goals[goal].says,
            every=met.every.share,
            some=max(0.0, met.some.share - met.every.share),
            none=1 - met.some.share,
        )
        for strategy, each in together
        for goal, met in each.goals.items()
        if met.every.share is not None and met.some.share is not None
    ]
    return tuple(rows)


def measure_cells(
    unknowns: Unknowns, shares: Sequence[StrategyShares], scores: Sequence[Score] = ()
) -> tuple[tuple[Measure, ...], Mapping[tuple[str, str], Cell]]:
    """Strategies by measure: shares that orders allow, then scores in the unit of a utility."""
    goals = unknowns.situation.goals
    own = [each for each in shares if (each.view, each.concept) == ("", "nash")]
    measures = [
        *(
            Measure(f"goal {goal}", each.says, "share of futures in which every outcome meets it")
            for goal, each in goals.items()
        ),
        Measure("unbeaten", "unbeaten", "share of futures in which no other strategy is better"),
    ]
    cells: dict[tuple[str, str], Cell] = {}
    for each in own:
        for goal, met in each.goals.items():
            if met.every.share is not None:
                cells[each.strategy, f"goal {goal}"] = shown(met.every.share)
        if each.unbeaten.share is not None:
            cells[each.strategy, "unbeaten"] = shown(each.unbeaten.share)
    for score in scores:
        measures.append(Measure(score.measure, score.measure.replace("_", " "), score.says))
        cells |= {(id, score.measure): cell for id, cell in scored(score).items()}
    return tuple(measures), cells


def shown(share: float) -> Cell:
    return Cell(percent(share), share)


def scored(score: Score) -> Mapping[str, Cell]:
    """What each strategy scores, shaded from the worst to the best of them."""
    values = {id: value for id, value in score.values.items() if value is not None}
    worst, best = min(values.values(), default=0.0), max(values.values(), default=0.0)
    if score.less_is_better:
        worst, best = best, worst
    unit = f" {score.unit}" if score.unit else ""
    return {
        id: Cell(f"{value:.3g}{unit}", (value - worst) / (best - worst) if best != worst else 0.5)
        for id, value in values.items()
    }


# ----------------------------------------------------------------------------------------- boxes


def box_of(unknowns: Unknowns, discovery: Discovery, found: Found, about: str) -> Peeled:
    """A box with the way to it.

    Parameters
    ----------
    unknowns
        The words for what is not known.
    discovery
        Where the box was found.
    found
        The box.
    about
        What fails in it: `III.2`.
    """
    box = found.box
    fails = FAILS[discovery.interest]
    return Peeled(
        subject=f"in which {about} {fails}",
        said=unknowns.box(box, f"{about} {fails}"),
        limits=tuple(limit_of(unknowns, each, discovery) for each in box.limits.values()),
        chosen=Peel(box.coverage, box.density, len(box.limits)),
        peels=tuple(
            Peel(step.box.coverage, step.box.density, len(step.box.limits)) for step in found.steps
        ),
    )


FAILS = {"fails": "fails", "misses_goals": "misses a goal", "regretted": "is regretted"}


def limit_of(unknowns: Unknowns, limit: Limit, discovery: Discovery) -> Within | Kept:
    """A limit, drawn as a range or as some levels of all."""
    if isinstance(limit, Interval):
        stated = discovery.ranges[limit.factor]
        low = stated[0] if limit.low is None else limit.low
        high = stated[1] if limit.high is None else limit.high
        unit = unknowns.factors[limit.factor].unit or ""
        return Within(unknowns.says(limit.factor), stated, (low, high), unit)
    kept = tuple(unknowns.level(limit.factor, each) for each in limit.kept)
    rest = tuple(unknowns.level(limit.factor, each) for each in limit.left_out)
    factor, what = unknowns.factors[limit.factor], unknowns.says(limit.factor)
    if factor.kind == "order":  # whose levels are too many to be listed
        return Kept(f"{what} (first)" if limit.about == "first" else what, (*kept, *rest), kept)
    return Kept(what, tuple(unknowns.level(limit.factor, each) for each in factor.levels), kept)


# ----------------------------------------------------------------------------------- convergence


def course_of(result: EnsembleClaim, stages: Sequence[Stage]) -> Course:
    """How one claim's share settled."""
    claim = result.claim
    return Course(
        claim=claim.id,
        place=claim.at,
        says=claim.says,
        required=required(claim.modality),
        stages=tuple(stages),
    )
