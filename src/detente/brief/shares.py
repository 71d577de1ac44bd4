"""Shares of stated futures in words: how often a claim holds, and what turns that.

A share is a part of the stated uncertainty, never a probability of the world, and no sentence here
calls it one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.brief.words import MODALITIES, joined, part_words, percent, quoted, statements_by_id
from detente.claims.verdict import WORDS

if TYPE_CHECKING:
    from detente.brief.unknowns import Unknowns
    from detente.futures.judging.report import AtLevel, EnsembleClaim, Judged
    from detente.futures.judging.shares import Share

__all__ = [
    "between",
    "first_hinge",
    "required",
    "share_sentence",
    "turning",
    "why_over_futures",
    "with_interval",
]


POINT = 0.01


def required(modality: str) -> tuple[float, float]:
    """The shares that meet an author's word; its end may be excluded.

    Examples
    --------
    >>> required("likely"), required("unlikely")
    ((0.55, 1.0), (0.0, 0.45))
    """
    word = WORDS[modality]
    return (word.threshold, 1.0) if word.sign > 0 else (0.0, round(1 - word.threshold, 9))


def between(low: float | None, high: float | None) -> str:
    """An interval of shares; one number where its ends read alike, a dash where there is none."""
    if low is None or high is None:
        return "–"
    return percent(low) if percent(low) == percent(high) else f"{percent(low)} to {percent(high)}"


def with_interval(share: Share) -> str:
    """A share with its 95 % interval, where that is a point wide."""
    if share.share is None:
        return "undetermined"
    if share.low is None or share.high is None or share.high - share.low < POINT:
        return percent(share.share)
    return f"{percent(share.share)} ({between(share.low, share.high)})"


def share_sentence(share: Share) -> str:
    """In how many futures it holds, and under the contrast."""
    if share.share is None:
        return "is determined in no future"
    held = f"holds in {part_words(share.share)} of the stated futures ({percent(share.share)})"
    if share.against is None:
        return held
    if share.difference == 0:
        return f"{held}, with or without the cause: it makes no difference"
    return f"{held}; under the contrast in {part_words(share.against)} ({percent(share.against)})"


def why_over_futures(unknowns: Unknowns, result: EnsembleClaim, judged: Judged) -> str:
    """Why a claim has its verdict over many futures; sentences without the first capital."""
    word = MODALITIES[result.claim.modality]
    low, high = required(result.claim.modality)
    said = share_sentence(judged.share)
    if judged.verdict == "contingent":
        return f"{said}, but {contingent(unknowns, judged)}"
    if judged.verdict == "undecided":
        more = f"; {judged.needed:,} futures should tell" if judged.needed else ""
        return f"{said}: too near to what “{word}” requires{more}"
    return f"{said}; “{word}” requires {bounds(low, high)}"


def bounds(low: float, high: float) -> str:
    """What a word requires."""
    if low == high or low == 1 or high == 0:
        return percent(low) if low == 1 else percent(high)
    return f"more than {percent(low)}" if high == 1 else f"less than {percent(high)}"


def contingent(unknowns: Unknowns, judged: Judged) -> str:
    """What makes the verdict another one."""
    if judged.contingent_on:
        first = judged.contingent_on[0]
        return f"in {percent(first.share.share or 0)} where {turning(unknowns, first)}"
    ends = judged.range and between(judged.range.lower, judged.range.upper)
    return f"from {ends} over the stated intervals of probability"


def turning(unknowns: Unknowns, at: AtLevel) -> str:
    """A factor at a level, as a clause."""
    return unknowns.clause(at.factor, at.level)


def first_hinge(unknowns: Unknowns, result: EnsembleClaim) -> str:
    """The first thing a verdict hinges on; empty if no single one turns it."""
    judged = result.judged
    if judged is None:
        return ""
    statements = statements_by_id(unknowns.situation)
    if judged.break_even:
        return quoted(statements[judged.break_even.statement])
    if judged.contingent_on:
        return turning(unknowns, judged.contingent_on[0])
    flips = sorted(judged.flips, key=lambda flip: flip.change == "swapped")
    return joined(quoted(statements[flip.statement]) for flip in flips[:1])
