"""The argument of a situation, tested in one future: a verdict for every claim."""

from __future__ import annotations

from dataclasses import dataclass, replace
from importlib.metadata import version
from typing import TYPE_CHECKING

import numpy as np

from detente.case.format import Compare, Response, StabilityTest
from detente.claims import compare, response, stability
from detente.claims.findings import findings
from detente.claims.hinges import break_even, hinges, plain_verdict, telling
from detente.claims.outcome import headline
from detente.claims.report import ClaimResult, Recommended, Report, Settlement, UnderConcept
from detente.claims.settling import Settled, Settling
from detente.claims.standing import standings
from detente.claims.steps import played
from detente.claims.strategies import strategy_results
from detente.claims.structure import is_structural
from detente.claims.told import told_together

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from detente.case.future import Future
    from detente.case.situation import Claim, Concept, Situation, Strategy
    from detente.claims.hinges import Hinge
    from detente.claims.outcome import Outcome, Standing

__all__ = ["headline", "run_claims"]

CONCEPTS: tuple[Concept, ...] = ("nash", "seq", "smr", "gmr")
"""In the order in which they are shown: the headline, and its robustness."""

KINDS: Mapping[type, Callable[..., Outcome]] = {
    Response: response.outcome,
    StabilityTest: stability.outcome,
    Compare: compare.outcome,
}
"""The kinds of test that can be run."""

WAITING: Mapping[str, str] = {"trend": "waits for dynamic models"}
"""Kinds of test that are read and checked, and not run yet."""

SHOWN = 12  # equilibria whose codes are kept
GIVES_WAY = ("contradicted", "assumed", "contingent")


def run_claims(
    situation: Situation,
    future: Future | None = None,
    *,
    progress: Callable[[str], None] = lambda _: None,
) -> Report:
    """Test every claim of a situation in one future.

    Parameters
    ----------
    situation
        What the analyst wrote.
    future
        The draw of everything unknown; the nominal one if left out.
    progress
        Told what is being worked on.

    Examples
    --------
    >>> from detente.case import load
    >>> report = run_claims(load("hipel/elmira"))
    >>> [(each.concept, each.attainable) for each in report.settlements][:2]
    [('nash', ('001',)), ('seq', ('001',))]
    """
    settling = Settling(situation, future)
    standing = standings(situation)
    progress("settling the situation under each commitment")
    testable = [claim for claim in situation.claims.values() if type(claim.test) in KINDS]
    outcomes = {claim.id: ask(claim, settling) for claim in testable}
    progress("dropping and swapping each preference statement")
    trials = tried(settling, outcomes)
    progress("comparing strategies and concepts")
    results = tuple(
        result_of(claim, settling, trials[claim.id])
        if claim.id in trials
        else unsettled(claim, standing.get(claim.id))
        for claim in situation.claims.values()
    )
    results = with_failed_premises(situation, results)
    strategies = strategy_results(settling, lambda strategy: settlements(settling, strategy))
    return Report(
        situation=situation,
        claims=results,
        strategies=strategies,
        settlements=settlements(settling, situation.strategy({})),
        findings=findings(situation, results, strategies),
        recommendation=recommended(situation, results),
        futures=1,
        seed=None,
        version=version("detente"),
    )


def ask(claim: Claim, settling: Settling) -> Outcome:
    """What a claim's test comes to under its headline concept."""
    return KINDS[type(claim.test)](claim, settling, headline(claim))


# -------------------------------------------------------------------------------------- trials


@dataclass(frozen=True)
class Trial:
    """What a test came to, and which statements that depends on."""

    outcome: Outcome
    hinges: tuple[Hinge, ...] = ()
    told_together: tuple[str, ...] = ()

    @property
    def told(self) -> Hinge | None:
        """The single statement that told the answer."""
        return telling(self.hinges)


def tried(settling: Settling, outcomes: Mapping[str, Outcome]) -> dict[str, Trial]:
    """Each outcome with the statements whose absence or order would change its verdict."""
    claims = settling.situation.claims
    verdicts = {
        id: plain_verdict(claims[id], outcome)
        for id, outcome in outcomes.items()
        if outcome.is_determined
    }
    found = hinges(settling, verdicts, ask)
    loose = {id: verdict for id, verdict in verdicts.items() if not telling(found[id])}
    together = told_together(settling, loose, ask)
    return {
        id: Trial(outcome, found.get(id, ()), together.get(id, ()))
        for id, outcome in outcomes.items()
    }


# ------------------------------------------------------------------------------------- results


def result_of(claim: Claim, settling: Settling, trial: Trial) -> ClaimResult:
    """A claim's result, before its premises are looked at."""
    outcome, told = trial.outcome, trial.told
    return ClaimResult(
        claim=claim,
        kind=kind_of(claim),
        verdict="assumed" if told else plain_verdict(claim, outcome),
        reason=None if outcome.is_determined else outcome.why,
        open=is_open(claim, settling, trial),
        share=outcome.share,
        low=outcome.share,
        high=outcome.share,
        against=None if outcome.against is None else float(outcome.against),
        difference=outcome.difference,
        flips=tuple(hinge.flip for hinge in trial.hinges),
        break_even=break_even(claim, outcome, told) if told else None,
        told_together=trial.told_together,
        concepts=under_concepts(claim, settling),
        undetermined=0 if outcome.is_determined else 1,
    )


def is_open(claim: Claim, settling: Settling, trial: Trial) -> bool:
    """Whether the verdict could have gone the other way by something nobody typed in."""
    if not trial.outcome.is_determined or trial.told or trial.told_together:
        return False
    return not is_structural(claim, settling)


def unsettled(claim: Claim, found: Standing | None) -> ClaimResult:
    """A claim whose answer is the same in every future, or that has none."""
    kind = kind_of(claim)
    if found is None:
        reason = claim.untested or WAITING[kind]
        return ClaimResult(claim, kind, "untested", reason, False, None, None, None, None, None)
    return ClaimResult(
        claim=claim,
        kind=kind,
        verdict=found.verdict,
        reason=found.reason,
        open=found.open,
        share=found.share,
        low=found.low,
        high=found.high,
        against=None,
        difference=None,
        details=found.details,
    )


def kind_of(claim: Claim) -> str:
    return "none" if claim.test is None else claim.test.kind


def under_concepts(claim: Claim, settling: Settling) -> tuple[UnderConcept, ...]:
    """The same test under every concept, the headline first."""
    order = dict.fromkeys((headline(claim), *CONCEPTS))
    return tuple(under_concept(claim, settling, concept) for concept in order)


def under_concept(claim: Claim, settling: Settling, concept: Concept) -> UnderConcept:
    outcome = KINDS[type(claim.test)](claim, settling, concept)
    return UnderConcept(
        concept,
        outcome.holds,
        outcome.against,
        settlement(settling, outcome.commit, concept),
        settlement(settling, outcome.contrast, concept),
    )


def settlements(settling: Settling, strategy: Strategy) -> tuple[Settlement, ...]:
    """Where the situation settles under a strategy, by concept."""
    return tuple(
        found
        for concept in CONCEPTS
        if (found := settlement(settling, played(settling, strategy, concept), concept))
    )


def settlement(settling: Settling, settled: Settled | None, concept: Concept) -> Settlement | None:
    if settled is None:
        return None
    everywhere = settling.equilibria(settled.fixed, concept)
    return Settlement(
        concept=concept,
        attainable=settled.codes(SHOWN),
        attainable_count=settled.attainable.size,
        equilibria_count=int(np.count_nonzero(everywhere)),
        feasible_count=int(np.count_nonzero(settling.feasible(settled.fixed))),
    )


# ------------------------------------------------------------------------------------ premises


def premises(situation: Situation, claims: tuple[str, ...]) -> tuple[str, ...]:
    """These claims and all they rest on, directly or through others."""
    found = dict.fromkeys(claims)
    queue = list(claims)
    for claim in queue:
        new = [each for each in situation.claims[claim].rests_on if each not in found]
        found |= dict.fromkeys(new)
        queue += new
    return tuple(found)


def with_failed_premises(
    situation: Situation, results: tuple[ClaimResult, ...]
) -> tuple[ClaimResult, ...]:
    """A failed premise marks its conclusion; the conclusion's own verdict stands."""
    failed = {result.claim.id for result in results if result.verdict == "contradicted"}

    def below(claim: Claim) -> tuple[str, ...]:
        return tuple(each for each in premises(situation, claim.rests_on) if each in failed)

    return tuple(replace(result, failed_premises=below(result.claim)) for result in results)


def recommended(situation: Situation, results: tuple[ClaimResult, ...]) -> Recommended | None:
    """The recommendation, what it rests on, and which of that gives way."""
    if situation.recommendation is None:
        return None
    verdicts = {result.claim.id: result.verdict for result in results}
    rests_on = premises(situation, situation.recommendation.rests_on)
    return Recommended(
        situation.recommendation.strategy,
        rests_on,
        tuple(claim for claim in rests_on if verdicts[claim] in GIVES_WAY),
        tuple(claim for claim in rests_on if verdicts[claim] == "untested"),
    )
