"""Whether moves written one by one lead from state to state, and views are of somebody else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from detente.case.checks.draft import Finding
from detente.case.situation import Statements, Utility
from detente.case.states import code_levels

if TYPE_CHECKING:
    from collections.abc import Iterator

    from detente.case.checks.draft import Draft
    from detente.case.expression import Expression
    from detente.case.situation import Preference

__all__ = [
    "arcs_without_states", "moves_written_twice", "states_told_apart", "views_of_oneself",
]  # fmt: skip


def arcs_without_states(draft: Draft) -> Iterator[Finding]:
    """Arcs that begin or end in what is no feasible state, or where they begin."""
    for actor, arcs in draft.situation.arcs.items():
        for start, ends in arcs.items():
            if not is_combination(draft, start):
                message = f"`{start}` is not the code of a feasible state"
                yield Finding(("arcs", actor, start), message, key=True)
            for place, end in enumerate(ends):
                if not is_combination(draft, end):
                    message = f"`{end}` is not the code of a feasible state"
                    yield Finding(("arcs", actor, start, place), message)
                elif end == start:
                    yield Finding(("arcs", actor, start, place), "ends where it begins")


def is_combination(draft: Draft, code: str) -> bool:
    """Whether a text is the code of a state that can be, by whatever name."""
    levels = code_levels(code, draft.options)
    return levels is not None and bool(draft.combinations[levels])


def states_told_apart(draft: Draft) -> Iterator[Finding]:
    """States that are said to be one, and yet are valued differently."""
    for place, rule in enumerate(draft.situation.same):
        members = np.broadcast_to(rule.when.on(draft.values), draft.combinations.shape)
        members = members & draft.combinations
        for _, actor, preference in draft.preferences():
            for valued in expressions_of(preference):
                worth = np.broadcast_to(valued.on(draft.values), members.shape)[members]
                if worth.size and np.any(worth != worth[0]):
                    message = f"`{actor}` tells apart what is one state: by `{valued}`"
                    hint = "the first of their codes decides what the state is worth"
                    yield Finding(("same_when", place, "when"), message, hint)
                    break


def expressions_of(preference: Preference) -> Iterator[Expression]:
    """What a preference looks at, state by state."""
    if isinstance(preference, Statements):
        yield from (statement.prefer for statement in preference.statements)
    elif isinstance(preference, Utility):
        yield preference.utility


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
