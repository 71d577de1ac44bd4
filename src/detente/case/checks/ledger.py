"""Whether commitments follow each other, and end, as they can."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from detente.case.checks.draft import Finding
from detente.case.order import circles

if TYPE_CHECKING:
    from collections.abc import Iterator

    from detente.case.checks.draft import Draft

__all__ = ["circular_predecessors", "steps_after_the_end"]

ENDS = ("lapsed", "cancelled", "superseded")


def circular_predecessors(draft: Draft) -> Iterator[Finding]:
    """Commitments that follow from themselves."""
    uses = {
        name: [each.predecessor] if each.predecessor else []
        for name, each in draft.situation.commitments.items()
    }
    for circle in circles(uses):
        message = f"follows from itself: {' → '.join([*circle, circle[0]])}"
        yield Finding(("commitments", circle[0], "predecessor"), message, key=True)


def steps_after_the_end(draft: Draft) -> Iterator[Finding]:
    """Histories that go on after the commitment has ended."""
    after = draft.situation.aftermath
    for name, commitment in draft.situation.commitments.items():
        steps = [
            (("commitments", name, "history", place), step)
            for place, step in enumerate(commitment.history)
        ]
        later = after.commitments.get(name, ()) if after else ()
        steps += [
            (("aftermath", "commitments", name, place), step) for place, step in enumerate(later)
        ]
        for (_, before), (route, step) in pairwise(steps):
            if before.status in ENDS:
                message = f"{step.status} on {step.on}, after it was {before.status}"
                hint = "a promise that is made anew is a commitment of its own"
                yield Finding(route, message, hint)
                break
