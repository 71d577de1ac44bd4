"""The report of a run: verdicts over the futures, the nominal future beside them, and analyses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from detente.claims.argument import recommended, run_claims, with_failed_premises
from detente.claims.findings import findings
from detente.claims.report import Finding
from detente.claims.settling import Settling
from detente.claims.structure import is_structural
from detente.errors import CannotAnswer
from detente.futures.judging.report import (
    ConceptShare,
    Drawn,
    EnsembleClaim,
    EnsembleReport,
    GoalShare,
    OverFutures,
    StrategyShares,
)
from detente.futures.judging.shares import Share, counted, share_at
from detente.futures.judging.verdicts import Court, has_contrast

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from detente.case.situation import Claim, Concept
    from detente.claims.report import ClaimResult, Report, UnderConcept
    from detente.futures.judging.report import Judged
    from detente.futures.judging.shares import Counted
    from detente.futures.reading.run import Run

__all__ = ["report_of", "widest"]

LARGEST = 20_000  # futures, the first, from which discovery, sensitivity and robustness are taken
NEARLY_CONSTANT = 0.01
FEWEST_TRIED, MOST_TRIED = 10, 500  # futures in which a counter-example is looked for


def report_of(run: Run, progress: Callable[[str], None] = lambda _: None) -> EnsembleReport:
    """The argument of a situation, tested over the futures of a run.

    Parameters
    ----------
    run
        What came of its futures; of a run that is not finished, those that are there.
    progress
        Told what is being worked on.

    Returns
    -------
    EnsembleReport
        The same for the same futures, however they were computed.
    """
    progress("counting futures")
    sums = counted(run, progress)
    nominal = run_claims(run.situation, progress=progress)
    claims = claims_of(run, sums, nominal)
    return EnsembleReport(
        situation=run.situation,
        claims=claims,
        strategies=nominal.strategies,
        settlements=nominal.settlements,
        findings=(*beyond_nominal(claims), *findings(run.situation, claims, nominal.strategies)),
        recommendation=recommended(run.situation, claims),
        futures=sums.ok + sums.failed,
        seed=int(run.manifest["seed"]),
        version=nominal.version,
        drawn=drawn_of(run, sums),
        strategy_shares=tuple(strategy_shares(sums, tuple(run.manifest["concepts"]))),
        analyses=analyses(run, sums, claims, progress),
    )


def widest(run: Run) -> float | None:
    """The width of the widest interval of any tested claim; None where none is determined."""
    sums = counted(run)
    court = Court(run.situation, sums)
    shares = [court.hearing(column).share for column in range(len(sums.layout.headlines))]
    widths = [
        each.high - each.low for each in shares if each.high is not None and each.low is not None
    ]
    return max(widths, default=None)


def drawn_of(run: Run, sums: Counted) -> Drawn:
    """How the futures were drawn."""
    return Drawn(
        design=str(run.manifest["design"]),
        seed=int(run.manifest["seed"]),
        concepts=tuple(run.manifest["concepts"]),
        ok=sums.ok,
        failed=sums.failed,
        varied=sums.varied_futures,
        factors=len(sums.layout.factors),
    )


# -------------------------------------------------------------------------------------- claims


def claims_of(run: Run, sums: Counted, nominal: Report) -> tuple[ClaimResult, ...]:
    """Every claim over the futures; one without a test stays as it is."""
    court, settling = Court(run.situation, sums), Settling(run.situation)
    judged = {
        (one.view, name): one
        for column, head in enumerate(sums.layout.headlines)
        for name in [sums.layout.claims[head].name]
        for one in [court.judge(column)]
    }
    results = tuple(
        claim_of(result, judged, sums, settling)
        if ("", result.claim.id) in judged
        else EnsembleClaim(**{**vars(result), "futures": sums.ok + sums.failed})
        for result in nominal.claims
    )
    return with_failed_premises(run.situation, results)


def claim_of(
    nominal: ClaimResult,
    judged: Mapping[tuple[str, str], Judged],
    sums: Counted,
    settling: Settling,
) -> EnsembleClaim:
    """A claim over the futures, by all lists."""
    claim = nominal.claim
    own = judged["", claim.id]
    share = own.share
    return EnsembleClaim(
        claim=claim,
        kind=nominal.kind,
        verdict=own.verdict,
        reason=None if own.verdict != "untested" else why_untested(nominal),
        open=is_open(nominal, own, settling),
        share=share.share,
        low=share.low,
        high=share.high,
        against=share.against,
        difference=share.difference,
        flips=own.flips,
        break_even=own.break_even,
        told_together=nominal.told_together,
        concepts=tuple(over_futures(each, claim, sums) for each in nominal.concepts),
        undetermined=own.undetermined,
        failed=sums.failed,
        futures=sums.ok + sums.failed,
        nominal=nominal,
        judged=own,
        views=tuple(one for (view, name), one in judged.items() if view and name == claim.id),
    )


def why_untested(nominal: ClaimResult) -> str:
    """Why no future says anything."""
    return nominal.reason or "it is determined in no future that was drawn"


def is_open(nominal: ClaimResult, own: Judged, settling: Settling) -> bool:
    """Whether it could go against us by something nobody typed in."""
    told = "assumed" in (own.verdict, nominal.verdict) or nominal.told_together
    if told or own.verdict == "untested":
        return False
    if nominal.share is not None:  # then nothing but its structure could have closed it
        return nominal.open
    return not is_structural(nominal.claim, settling)


def over_futures(nominal: UnderConcept, claim: Claim, sums: Counted) -> OverFutures:
    """A claim under one concept: the nominal future, and the share of the futures."""
    places = [
        place
        for place, key in enumerate(sums.layout.claims)
        if key == ("", claim.id, nominal.concept)
    ]
    if not places:
        return OverFutures(**vars(nominal))
    contrast = has_contrast(claim)
    share = share_at(sums.asked[:, places], sums.intervals(), contrast=contrast)[0]
    return OverFutures(**vars(nominal), futures=ConceptShare(share, int(sums.missing[places[0]])))


# ---------------------------------------------------------------------------------- strategies


def strategy_shares(sums: Counted, concepts: tuple[Concept, ...]) -> Iterator[StrategyShares]:
    """Every strategy by view and concept: goals met, and rivals kept off."""
    low, high = sums.intervals().shares(sums.met)
    means, counts = sums.met.means, sums.met.counts

    def share(row: int, column: int) -> Share:
        if counts[row, column] <= 0:
            return Share(None, None, None)
        mean, least, most = (float(each[row, column]) for each in (means, low, high))
        return Share(mean, least, most, futures=float(counts[row, column]))

    for column, key in enumerate(sums.layout.strategies):
        goals = {
            goal: GoalShare(share(2 * n, column), share(2 * n + 1, column))
            for n, goal in enumerate(sums.layout.goals)
        }
        undetermined = int(sums.unattained[column])
        concept = next(each for each in concepts if each == key.concept)
        yield StrategyShares(
            key.view, key.name, concept, goals, share(len(means) - 1, column), undetermined
        )


# ------------------------------------------------------------------------------------ findings


def beyond_nominal(claims: tuple[ClaimResult, ...]) -> Iterator[Finding]:
    """Where the futures say other than the nominal one, and shares that hardly vary."""
    for result in claims:
        if isinstance(result, EnsembleClaim) and result.judged and result.nominal:
            yield from of_claim(result, result.judged, result.nominal)


def of_claim(result: EnsembleClaim, judged: Judged, nominal: ClaimResult) -> Iterator[Finding]:
    share = judged.share.share
    if share is None:
        return
    before, after = plain_of(nominal), judged.plain
    details: dict[str, Any] = {"share": share, "nominal": nominal.verdict}
    if before == "supported" and after == "contradicted":
        yield Finding("nominal_only", claim=result.claim.id, details=details)
    if before == "contradicted" and after == "supported":
        yield Finding("futures_only", claim=result.claim.id, details=details)
    if 0 < min(share, 1 - share) <= NEARLY_CONSTANT:
        yield Finding("nearly_constant", claim=result.claim.id, details={"share": share})


def plain_of(nominal: ClaimResult) -> str:
    """What the nominal future says by itself, also of a claim that is assumed."""
    from detente.claims.verdict import meets

    if nominal.share is None:
        return "untested"
    is_met = meets(nominal.claim.modality, nominal.share, nominal.difference)
    return "supported" if is_met else "contradicted"


# ------------------------------------------------------------------------------------ analyses


def analyses(
    run: Run, sums: Counted, claims: tuple[ClaimResult, ...], progress: Callable[[str], None]
) -> dict[str, Any]:
    """What else the run shows; what it cannot carry is left out."""
    first = run.head(LARGEST)
    found: dict[str, Any] = {}
    for name, analysis in ANALYSES.items():
        progress(name.replace("_", " "))
        try:
            found[name] = analysis(first, sums, claims)
        except CannotAnswer:
            continue
    return {name: each for name, each in found.items() if each}


def robust(run: Run, _: Counted, __: tuple[ClaimResult, ...]) -> list[Any]:
    from detente.futures.choosing.robustness import robustness

    views = ("", *run.situation.views)
    return [
        robustness(run, concept, view) for view in views for concept in run.manifest["concepts"]
    ]


def by_experts(run: Run, sums: Counted, claims: tuple[ClaimResult, ...]) -> list[Any]:
    from detente.futures.judging.experts import compared

    is_varied = sums.varied_futures > 0
    return [
        compared(run.situation, each.claim.id, (each.judged, *each.views), is_varied=is_varied)
        for each in claims
        if isinstance(each, EnsembleClaim) and each.judged and run.situation.views
    ]


def discovered(run: Run, _: Counted, claims: tuple[ClaimResult, ...]) -> list[Any]:
    from detente.futures.discovering.discovery import discover

    found = [discover(run, claim=each.claim.id) for each in claims if varies(each)]
    recommended = run.situation.recommendation
    if recommended and run.situation.goals:
        found.append(discover(run, strategy=recommended.strategy))
    return found


def sensitive(run: Run, _: Counted, claims: tuple[ClaimResult, ...]) -> list[Any]:
    from detente.futures.discovering.sensitivity import sensitivities

    return [sensitivities(run, each.claim.id) for each in claims if varies(each)]


def varies(result: ClaimResult) -> bool:
    """Whether a claim holds in some futures and fails in some."""
    is_drawn = isinstance(result, EnsembleClaim) and result.judged is not None
    return is_drawn and result.share is not None and 0 < result.share < 1


def posts(run: Run, sums: Counted, _: tuple[ClaimResult, ...]) -> Any:
    from detente.futures.changing.signposts import signposts

    return signposts(run, sums)


def in_numbers(run: Run, _: Counted, __: tuple[ClaimResult, ...]) -> Any:
    from detente.futures.choosing.regret import measured, payoffs

    return measured(payoffs(run))


def tipping(run: Run, sums: Counted, _: tuple[ClaimResult, ...]) -> Any:
    from detente.futures.changing.breakeven import break_evens

    return break_evens(run.situation, run, sums)


def necessary(run: Run, sums: Counted, _: tuple[ClaimResult, ...]) -> list[Any]:
    """Searched at no more than a quarter of the cost of the run."""
    from detente.futures.judging.necessity import necessity

    limit = min(sums.ok // 4, MOST_TRIED)
    return list(necessity(run.situation, limit=limit)) if limit >= FEWEST_TRIED else []


def converging(run: Run, _: Counted, __: tuple[ClaimResult, ...]) -> Any:
    from detente.futures.judging.convergence import convergence

    return convergence(run)


ANALYSES: Mapping[str, Callable[[Run, Counted, tuple[ClaimResult, ...]], Any]] = {
    "robustness": robust,
    "measured": in_numbers,
    "experts": by_experts,
    "discovery": discovered,
    "sensitivities": sensitive,
    "break_evens": tipping,
    "signposts": posts,
    "necessity": necessary,
    "convergence": converging,
}
"""What else is shown, by name; a `CannotAnswer` of one leaves it out."""
