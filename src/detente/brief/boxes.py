"""Boxes of futures and conditional shares in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from detente.brief.words import counted, joined, percent
from detente.futures.boxes import Interval

if TYPE_CHECKING:
    from detente.case.situation import Situation
    from detente.futures.boxes import Limit
    from detente.futures.conditional import ShareAt
    from detente.futures.discovery import Discovery
    from detente.futures.factors import Factor

__all__ = ["factor_words", "factors_by_name", "limit_words", "reason_words", "share_at_words"]

BINARY: Mapping[str, Mapping[str, str]] = {
    "event": {"no": "does not happen", "yes": "happens"},
    "executed": {"no": "is not executed", "yes": "is executed"},
    "held": {"dropped": "is not held", "held": "is held"},
}


def factors_by_name(situation: Situation) -> Mapping[str, Factor]:
    """What is drawn, by name."""
    from detente.futures.factors import factors

    return {factor.name: factor for factor in factors(situation)}


def factor_words(factor: Factor) -> str:
    """What a factor is: what the case says of it, or its name."""
    return factor.says or factor.name


def limit_words(limit: Limit, factor: Factor) -> str:
    """What a box asks of one factor.

    Examples
    --------
    >>> from detente.futures.factors import Factor
    >>> cost = Factor("cost", "number", says="cost of coercion", unit="% of GDP")
    >>> limit_words(Interval("cost", 0.5, None), cost)
    'cost of coercion at least 0.5 % of GDP'
    >>> from detente.futures.boxes import Levels
    >>> order = Factor("rok.1", "order")
    >>> limit_words(Levels("rok.1", ("a>b",), ("b>a",), "order"), order)
    'rok.1a above rok.1b'
    """
    if isinstance(limit, Interval):
        return f"{factor_words(factor)} {interval_words(limit, factor.unit)}"
    return levels_words(limit.kept, limit.about, factor)


def interval_words(limit: Interval, unit: str | None) -> str:
    """Between which numbers."""
    behind = f" {unit}" if unit else ""
    if limit.high is None:
        return f"at least {limit.low:.3g}{behind}"
    if limit.low is None:
        return f"at most {limit.high:.3g}{behind}"
    return f"from {limit.low:.3g} to {limit.high:.3g}{behind}"


def levels_words(levels: tuple[str, ...], about: str, factor: Factor) -> str:
    """At which levels."""
    if about == "first":
        return f"{joined([f'{factor.name}{letter}' for letter in levels], 'or')} stands first"
    if about == "order":
        return joined([order_words(level, factor) for level in levels], "or")
    binary = BINARY.get(factor.kind)
    if binary and len(levels) == 1:
        return f"{factor_words(factor)} {binary[levels[0]]}"
    return f"{factor_words(factor)}: {joined(levels, 'or')}"


def order_words(order: str, factor: Factor) -> str:
    """An order of statements, the most important first."""
    return " above ".join(f"{factor.name}{letter}" for letter in order.split(">"))


def share_at_words(at: ShareAt, factor: Factor) -> str:
    """Where a conditional share was taken."""
    if at.between is not None:
        return limit_words(Interval(factor.name, *at.between), factor)
    return levels_words((str(at.level),), at.about, factor)


def reason_words(found: Discovery) -> str:
    """Why there is no box, in a sentence."""
    futures = counted(found.futures, "determined future")
    of_interest = f"{found.of_interest:,} of {futures}"
    what = {
        "fails": f"claim `{found.id}` fails",
        "misses_goals": f"strategy `{found.id}` misses a goal",
        "regretted": f"strategy `{found.id}` is regretted more than {found.threshold}",
    }[found.interest]
    why = {
        "none": f"{what} in none of {futures}: there is nothing to tell apart",
        "all": f"{what} in all of {futures}: there is nothing to tell apart",
        "few": f"{what} in {of_interest}: too few on one side to tell apart from chance",
        "nothing_tells": f"{what} in {of_interest}, and no restriction on what was drawn tells "
        f"them from the others",
        None: f"{what} in {of_interest} ({percent(found.share)})",
    }
    return why[found.reason]
