"""Whether what is not known can be drawn as it is stated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.case.checks.draft import Finding
from detente.case.correlation import at_odds

if TYPE_CHECKING:
    from collections.abc import Iterator

    from detente.case.checks.draft import Draft

__all__ = ["impossible_correlations", "repeated_correlations"]


def repeated_correlations(draft: Draft) -> Iterator[Finding]:
    """Pairs of factors that are named twice."""
    found = set()
    for place, correlation in enumerate(draft.situation.correlations):
        pair = frozenset(correlation.between)
        if pair in found:
            message = f"`{'` and `'.join(correlation.between)}` stand together twice"
            yield Finding(("correlations", place, "between"), message)
        found.add(pair)


def impossible_correlations(draft: Draft) -> Iterator[Finding]:
    """Correlations that no variables have together."""
    if names := at_odds(draft.situation.correlations):
        message = f"no variables correlate like {', '.join(f'`{name}`' for name in names)} all do"
        hint = "lower the ranks, or correlate the pairs left out, which count as independent"
        yield Finding(("correlations",), message, hint, key=True)
