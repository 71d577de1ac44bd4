"""Whether moves written one by one lead from state to state, and views are of somebody else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.case.checks.draft import Finding
from detente.case.checks.preferences import is_possible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from detente.case.checks.draft import Draft

__all__ = ["arcs_without_states", "moves_written_twice", "views_of_oneself"]


def arcs_without_states(draft: Draft) -> Iterator[Finding]:
    """Arcs that begin or end in what is no feasible state, or where they begin."""
    for actor, arcs in draft.situation.arcs.items():
        for start, ends in arcs.items():
            if not is_possible(draft, start):
                message = f"`{start}` is not the code of a feasible state"
                yield Finding(("arcs", actor, start), message, key=True)
            for place, end in enumerate(ends):
                if not is_possible(draft, end):
                    message = f"`{end}` is not the code of a feasible state"
                    yield Finding(("arcs", actor, start, place), message)
                elif end == start:
                    yield Finding(("arcs", actor, start, place), "ends where it begins")


def moves_written_twice(draft: Draft) -> Iterator[Finding]:
    """Actors that move along arcs, and are said to change one option at a time."""
    for place, actor in enumerate(draft.situation.one_step):
        if actor in draft.situation.arcs:
            message = f"`{actor}` moves along `arcs`: they say already where it can move"
            yield Finding(("one_step", place), message, "leave it out here")


def views_of_oneself(draft: Draft) -> Iterator[Finding]:
    """Actors that are said to see themselves otherwise than they are."""
    for actor, perception in draft.situation.perceptions.items():
        if actor in perception.preferences:
            message = "an actor knows its own preferences"
            route = ("perceptions", actor, "preferences", actor)
            yield Finding(route, message, "write them under `preferences`", key=True)
    for name, signal in draft.situation.signals.items():
        if signal.sender == signal.receiver:
            yield Finding(("signals", name, "receiver"), "is the sender itself")
