"""Precedent: how often past cases of a kind came out so, with its exact interval."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.claims.outcome import Standing, unknown
from detente.claims.verdict import WORDS

if TYPE_CHECKING:
    from datetime import date

    from detente.case.format import Precedent, PrecedentTest
    from detente.case.situation import Claim, Situation
    from detente.claims.report import Verdict

__all__ = ["exact_interval", "standing"]

CONFIDENCE = 0.95


def standing(claim: Claim, situation: Situation) -> Standing:
    """Whether the base rate is what the author's word requires.

    Of the precedents of the kind that are dated by `as_of`, the hits are those with the outcome.
    The verdict is that of the whole exact interval; undecided where it straddles what the word
    requires. No number of past cases proves that something is certain, or impossible.
    """
    test: PrecedentTest = claim.test  # type: ignore[assignment]
    trials = {
        id: each
        for id, each in situation.precedents.items()
        if is_trial(each, test, situation.as_of)
    }
    if not trials:
        by = f" by {situation.as_of}" if situation.as_of else ""
        return unknown(f"the case has no precedent of `{test.of}`{by}")
    hits = [id for id, each in trials.items() if each.outcome == test.outcome]
    share = len(hits) / len(trials)
    low, high = exact_interval(len(hits), len(trials))
    return Standing(
        verdict_of(claim.modality, low, high),
        f"{len(hits)} of {len(trials)} precedents of `{test.of}` came out as `{test.outcome}`: "
        f"{share:.0%} (exact 95% interval {low:.0%} to {high:.0%})",
        open=True,
        share=share,
        low=low,
        high=high,
        details={
            "method": "Clopper-Pearson",
            "confidence": CONFIDENCE,
            "hits": len(hits),
            "trials": len(trials),
            "precedents": {id: each.outcome for id, each in trials.items()},
        },
    )


def is_trial(precedent: Precedent, test: PrecedentTest, as_of: date | None) -> bool:
    return precedent.kind == test.of and (as_of is None or precedent.on <= as_of)


def verdict_of(modality: str, low: float, high: float) -> Verdict:
    """By the whole interval."""
    met = {WORDS[modality].met_by(end) for end in (low, high)}
    if len(met) > 1:
        return "undecided"
    return "supported" if met.pop() else "contradicted"


def exact_interval(hits: int, trials: int) -> tuple[float, float]:
    """The shares that these hits do not speak against, at 95 %.

    References
    ----------
    [ClopperPearson1934]

    Examples
    --------
    >>> [round(end, 4) for end in exact_interval(0, 10)]
    [0.0, 0.3085]
    """
    from scipy.special import betaincinv

    tail = (1 - CONFIDENCE) / 2
    low = betaincinv(hits, trials - hits + 1, tail) if hits else 0.0
    high = betaincinv(hits + 1, trials - hits, 1 - tail) if hits < trials else 1.0
    return float(low), float(high)
