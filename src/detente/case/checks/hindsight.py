"""Whether what came later stands apart from what the analysis may see."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from detente.case.checks.draft import Finding
from detente.case.routes import matching

if TYPE_CHECKING:
    from collections.abc import Iterator

    from detente.case.checks.draft import Draft
    from detente.case.format import Uncertainty

__all__ = ["back_in_time", "known_before", "not_their_values", "undated_aftermath"]

DATED = (
    "aftermath.commitments.*.#.on", "aftermath.events.*.on", "aftermath.precedents.*.on",
    "aftermath.forecasts.*.on",
)  # fmt: skip
TRUTHS = ("no", "yes")


def undated_aftermath(draft: Draft) -> Iterator[Finding]:
    """An aftermath of no day, or of one before it."""
    situation = draft.situation
    if situation.aftermath is None:
        return
    if situation.as_of is None:
        message = "the case does not say as of when it is written"
        yield Finding(("aftermath",), message, "write `as_of: 2024-04-16`", key=True)
    elif situation.aftermath.until < situation.as_of:
        message = f"{situation.aftermath.until} is before {situation.as_of}"
        yield Finding(("aftermath", "until"), message)


def known_before(draft: Draft) -> Iterator[Finding]:
    """What stands in the aftermath and was known already."""
    as_of = draft.situation.as_of
    if as_of is None:
        return
    for pattern in DATED:
        for route, day in matching(draft.document.value, pattern):
            if str(day) <= as_of.isoformat():
                message = f"{day} is no later than {as_of}"
                yield Finding(route, message, "what was known stands in the section itself")


def back_in_time(draft: Draft) -> Iterator[Finding]:
    """Steps of the aftermath before the step they follow: histories are read in their order."""
    after = draft.situation.aftermath
    for name, later in (after.commitments if after else {}).items():
        steps = (*draft.situation.commitments[name].history[-1:], *later)
        first = len(later) - len(steps) + 1
        for place, (before, step) in enumerate(pairwise(steps), first):
            if step.on < before.on:
                message = f"{step.on} is before {before.on}, when it was {before.status}"
                yield Finding(("aftermath", "commitments", name, place, "on"), message)


def not_their_values(draft: Draft) -> Iterator[Finding]:
    """Resolved uncertainties that came out as something they cannot be."""
    situation = draft.situation
    resolved = situation.aftermath.resolved if situation.aftermath else {}
    for name, each in resolved.items():
        values = values_of(situation.uncertainties.get(name))
        route = ("aftermath", "resolved", name, "is")
        if not values:
            message = f"`{name}` is a number; only events, executions and choices are resolved"
            yield Finding(route, message)
        elif each.is_ not in values:
            yield Finding(route, f"`{each.is_}` is none of {', '.join(values)}")


def values_of(unknown: Uncertainty | None) -> tuple[str, ...]:
    """What an uncertainty can come out as; nothing where it is a number."""
    if unknown is None or unknown.kind == "event":  # what is no uncertainty is an execution
        return TRUTHS
    return tuple(unknown.weights) if unknown.kind == "choice" else ()
