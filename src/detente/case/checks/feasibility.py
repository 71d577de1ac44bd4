"""What the options and infeasibilities of a case amount to as a set of states."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from detente.case import states
from detente.case.checks.draft import Finding, option_route

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from detente.case.checks.draft import Draft
    from detente.case.situation import Infeasible

__all__ = [
    "coupled_actors", "idle_infeasibilities", "impossible_levels", "infeasible_status_quo",
    "no_feasible_state", "no_nominal_state", "too_many_states",
]  # fmt: skip

BYTES = 15  # for each state and actor, from the situation to the verdicts
MOST_APPLIED = 2**31
"""States times what is worked out for each of them."""


def too_many_states(draft: Draft) -> Iterator[Finding]:
    """More states or options than arrays can hold, or more rules than can be applied to them."""
    size, rules = states.size(draft.options), len(draft.situation.infeasible)
    views = sum(map(len, draft.situation.views.values()))
    if size > states.LARGEST:
        actors = len({option.actor for option in draft.options})
        countable = size < 10**15
        count = f"{size:,}" if countable else f"10^{math.log10(size):.0f}"
        room = f"{size * actors * BYTES / 1e9:,.0f} GB" if countable else "more room than there is"
        message = f"{count} combinations of levels; at most {states.LARGEST:,} are taken on"
        hint = (
            f"they would take {room}: leave out options or levels, or make options that exclude "
            "each other one option with levels; a rule frees no room"
        )
        yield Finding(("options",), message, hint, key=True)
    elif len(draft.options) > states.MOST_OPTIONS:
        message = f"{len(draft.options)} options; at most {states.MOST_OPTIONS} are taken on"
        yield Finding(("options",), message, "leave out options that never vary", key=True)
    elif size * (rules + views) > MOST_APPLIED:
        message = f"{size:,} states are too many for {rules:,} infeasibilities and {views:,} views"
        yield Finding(("options",), message, "drop options, levels or rules", key=True)


def no_feasible_state(draft: Draft) -> Iterator[Finding]:
    """The rule that rules out the last state in every future."""
    if draft.possible.any():
        return
    for place, _, left in ruled_out_in_turn(draft):
        if not left.any():
            others = ", together with the rules before it" if place else ""
            yield Finding(("infeasible", place, "when"), f"rules out every state{others}")
            return


def no_nominal_state(draft: Draft) -> Iterator[Finding]:
    """Rules that leave no state in the nominal future, and some in another one."""
    if not draft.left_nominally.any():
        message = "rule out every state in the nominal future: it will be refused"
        yield Finding(("infeasible",), message, "make them wait for what is less likely", key=True)


def ruled_out_in_turn(draft: Draft) -> Iterator[tuple[int, NDArray[np.bool_], NDArray[np.bool_]]]:
    """Of the rules that hold in every future: place, states ruled out anew, states left."""
    left = np.ones([len(option.levels) for option in draft.options], dtype=np.bool_)
    for place, rule in draft.sure_rules():
        anew = left & rule.when.on(draft.values)
        left = left & ~anew
        yield place, anew, left


def impossible_levels(draft: Draft) -> Iterator[Finding]:
    """Options that never vary, and levels that never occur, in any future."""
    for axis, option in enumerate(draft.options):
        others = tuple(other for other in range(len(draft.options)) if other != axis)
        occurs = draft.combinations.any(axis=others)
        if occurs.sum() == 1:
            message = f"never varies: `{option.levels[int(np.argmax(occurs))]}` is its only level"
            yield Finding(option_route(option), message, "leave it out", key=True)
        elif not occurs.all():
            message = f"its level `{option.levels[int(np.argmin(occurs))]}` never occurs"
            yield Finding(option_route(option), message, key=True)


def idle_infeasibilities(draft: Draft) -> Iterator[Finding]:
    """Rules that rule out nothing new; a rule that waits for an event cannot be judged here."""
    message, hint = "rules out nothing that was not ruled out already", "leave it out"
    for place, anew, _ in ruled_out_in_turn(draft):
        if not anew.any():
            yield Finding(("infeasible", place, "when"), message, hint)


def coupled_actors(draft: Draft) -> Iterator[Finding]:
    """Rules by which what one actor may do depends on another."""
    for place, rule in enumerate(draft.situation.infeasible):
        actors = actors_in(rule)
        if len(actors) > 1:
            message = f"couples options of {' and '.join(actors)}: one can trap the other"
            hint = "make consent an option and membership an indicator"
            yield Finding(("infeasible", place, "when"), message, hint)


def actors_in(rule: Infeasible) -> list[str]:
    return sorted({option.partition(".")[0] for option in rule.when.options})


def infeasible_status_quo(draft: Draft) -> Iterator[Finding]:
    """A status quo that is ruled out."""
    here = tuple(draft.situation.status_quo[option.id] for option in draft.options)
    if not draft.feasible_combinations[here]:
        message = "the status quo is infeasible; what starts from it will be refused"
        yield Finding(("status_quo",), message, "name the levels it should start from", key=True)
