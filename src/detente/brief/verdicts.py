"""Results in words: why a verdict, what it hinges on, what nobody typed in.

A verdict speaks of the model under its stated assumptions, never of the world.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from detente.brief.shares import why_over_futures
from detente.brief.unknowns import Unknowns
from detente.brief.words import (
    CONCEPTS,
    actor_name,
    joined,
    percent,
    quoted,
    statements_by_id,
)
from detente.claims.focal import strategies
from detente.futures.judging.report import EnsembleClaim

if TYPE_CHECKING:
    from detente.case.situation import Situation
    from detente.claims.report import BreakEven, ClaimResult, Finding, Report

__all__ = [
    "finding_words",
    "hinges_words",
    "is_weak",
    "result_of",
    "strategy_words",
    "why_words",
]


def result_of(report: Report, claim: str) -> ClaimResult:
    """The result of a claim."""
    return next(each for each in report.claims if each.claim.id == claim)


def is_weak(result: ClaimResult) -> bool:
    """Whether the text should say it more weakly: it is contradicted, assumed or contingent.

    A claim that holds as well under its contrast is contradicted by that alone.
    """
    return result.verdict in ("contradicted", "assumed", "contingent")


def strategy_words(situation: Situation, strategy: str) -> str:
    """A strategy as the case words it; where it names none, its levels in words."""
    return strategies(situation)[strategy].says


# --------------------------------------------------------------------------------------- verdicts


def hinges_words(result: ClaimResult, most: int = 3) -> str:
    """The ids of the statements a verdict hinges on; empty if no single one flips it.

    Statements held or not first: a verdict that only turns on the order of two is less fragile.
    """
    order = sorted(result.flips, key=lambda flip: flip.change == "swapped")
    ids = list(dict.fromkeys(flip.statement for flip in order))
    more = f" +{len(ids) - most}" if len(ids) > most else ""
    return " ".join(ids[:most]) + more


def why_words(report: Report, result: ClaimResult) -> str:
    """Why a claim has its verdict, in a sentence."""
    if result.reason or result.verdict == "untested":
        return sentence_from(result.reason or "no reason is given")
    if result.break_even is not None:
        return assumed_words(report.situation, result, result.break_even)
    if isinstance(result, EnsembleClaim) and result.judged is not None:
        unknowns = Unknowns(report.situation)
        return sentence_from(why_over_futures(unknowns, result, result.judged))
    together = together_words(report.situation, result) if result.told_together else ""
    return sentence_from(outcome_words(result)) + together


def sentence_from(words: str) -> str:
    return words[:1].upper() + words[1:] + ("" if words.endswith((".", "?")) else ".")


def outcome_words(result: ClaimResult) -> str:
    """What the test came to, with its contrast."""
    holds = "holds" if result.share else "does not hold"
    if result.against is None:
        return holds
    if result.difference == 0:
        return f"{holds}, with or without the cause: it makes no difference"
    return f"{holds}; under the contrast it {'holds' if result.against else 'does not'}"


def assumed_words(situation: Situation, result: ClaimResult, even: BreakEven) -> str:
    """The statement that tells the model the answer, and the credence at which that ends."""
    statement = statements_by_id(situation)[even.statement]
    flip = next(
        flip
        for flip in result.flips
        if flip.statement == even.statement and flip.change != "swapped"
    )
    otherwise = "without it" if flip.change == "dropped" else "if it is held"
    stated = "" if even.stated is None else f"; stated: {span(even.stated)}"
    switch = (
        f" It switches at a credence of {even.credence:.2f}{stated}."
        if even.credence is not None
        else ""
    )
    return (
        f"Rests on one typed-in statement, {quoted(statement)}: {flip.becomes} {otherwise}.{switch}"
    )


def together_words(situation: Situation, result: ClaimResult) -> str:
    """The statements that only together hold up a verdict."""
    statements = statements_by_id(situation)
    told = joined(quoted(statements[id]) for id in result.told_together)
    return f" Rests on typed-in statements taken together: {told}."


def span(interval: Sequence[float]) -> str:
    """An interval of credences."""
    low, high = interval
    return f"{low:g}" if low == high else f"{low:g} to {high:g}"


# --------------------------------------------------------------------------------------- findings


def finding_words(report: Report, finding: Finding) -> str:
    """A finding in a sentence or two."""
    return FINDINGS[finding.kind](report, finding)


def claimed(report: Report, finding: Finding) -> str:
    """The claim a finding is about, with its place in the text."""
    claim = result_of(report, finding.claim or "").claim
    return f"{claim.at}: {claim.says}" if claim.at else claim.says


def open_supported(report: Report, finding: Finding) -> str:
    return f"Follows though nobody typed it in. {claimed(report, finding)}."


def open_contradicted(report: Report, finding: Finding) -> str:
    return f"Fails a test that was open. {claimed(report, finding)}."


def no_difference(report: Report, finding: Finding) -> str:
    return f"Comes with the cause, and as well without it. {claimed(report, finding)}."


def concepts_part(report: Report, finding: Finding) -> str:
    holds = [CONCEPTS[each] for each, answer in finding.details.items() if answer]
    fails = [CONCEPTS[each] for each, answer in finding.details.items() if not answer]
    parted = f"Holds under {joined(holds)}, not under {joined(fails, 'or')}."
    return f"{parted} {claimed(report, finding)}."


def not_best(report: Report, finding: Finding) -> str:
    situation = report.situation
    other = strategy_words(situation, finding.details["other"])
    chosen = strategy_words(situation, finding.strategy or "")
    focus = actor_name(situation, situation.focus or "")
    return (
        f"“{other}” serves {focus} better, in its own order, than “{chosen}”: every outcome it "
        "can end in is at least as good, and some is better."
    )


def unbeaten(report: Report, finding: Finding) -> str:
    situation, beaten = report.situation, finding.details["beaten"]
    chosen = strategy_words(situation, finding.strategy or "")
    focus = actor_name(situation, situation.focus or "")
    if len(beaten) == len(situation.strategies) - 1:
        others = "any other strategy of the case"
    else:
        named = joined(f"“{strategy_words(situation, each)}”" for each in beaten)
        others = f"{named}; no strategy of the case serves it better"
    return f"“{chosen}” serves {focus} better, in its own order, than {others}."


def goal_missed(report: Report, finding: Finding) -> str:
    situation = report.situation
    goal = situation.goals[finding.details["goal"]].says
    others = joined(f"“{strategy_words(situation, each)}”" for each in finding.details["others"])
    chosen = strategy_words(situation, finding.strategy or "")
    return f"“{chosen}” never attains “{goal}”; {others} can."


def nominal_only(report: Report, finding: Finding) -> str:
    held = percent(finding.details["share"])
    return (
        f"Follows in the nominal future but in only {held} of the stated futures, less than its "
        f"word requires. {claimed(report, finding)}."
    )


def futures_only(report: Report, finding: Finding) -> str:
    held = percent(finding.details["share"])
    return (
        f"Does not follow in the nominal future but in {held} of the stated futures, which is what "
        f"its word requires. {claimed(report, finding)}."
    )


def nearly_constant(report: Report, finding: Finding) -> str:
    share = finding.details["share"]
    rare = percent(min(share, 1 - share))
    what = "holds" if share < 0.5 else "fails"
    return (
        f"Hangs on almost nothing that is stated as unknown: it {what} in {rare} of the futures. "
        f"{claimed(report, finding)}."
    )


FINDINGS: Mapping[str, Callable[[Report, Finding], str]] = {
    "open_supported": open_supported,
    "open_contradicted": open_contradicted,
    "no_difference": no_difference,
    "concepts_part": concepts_part,
    "not_best": not_best,
    "unbeaten": unbeaten,
    "goal_missed": goal_missed,
    "nominal_only": nominal_only,
    "futures_only": futures_only,
    "nearly_constant": nearly_constant,
}
