"""Whether strategies and claims ask something that can be answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.case import states
from detente.case.checks.draft import Finding
from detente.case.format import Response, StabilityTest
from detente.case.order import circles

if TYPE_CHECKING:
    from collections.abc import Iterator

    from detente.case.checks.draft import Draft
    from detente.case.situation import Option

__all__ = [
    "circular_premises", "commitments_against_moves", "contradicting_commitments",
    "foreign_options", "frozen_expectations", "nobody_in_focus", "sanctions_under_nash",
    "unknown_states",
]  # fmt: skip


def nobody_in_focus(draft: Draft) -> Iterator[Finding]:
    """Strategies or goals of nobody in particular."""
    situation = draft.situation
    for section in ("strategies", "goals"):
        if getattr(situation, section) and situation.focus is None:
            message = f"whose {section} are these?"
            yield Finding((section,), message, "`focus:` names the actor", key=True)


def foreign_options(draft: Draft) -> Iterator[Finding]:
    """Strategies that fix options of another actor than the focal one."""
    for step in draft.steps():
        owners = {option: option.partition(".")[0] for option in (*step.before, *step.levels)}
        focus = draft.situation.focus or next(iter(owners.values()), None)
        for option in step.levels:
            if owners[option] != focus:
                message = f"`{option}` is not for `{focus}` to choose"
                yield Finding((*step.route, option), message, key=True)


def contradicting_commitments(draft: Draft) -> Iterator[Finding]:
    """Levels that a rule rules out by themselves, in every future."""
    for committed in draft.commitments():
        levels = {**committed.before, **committed.levels}
        for _, rule in draft.sure_rules():
            if rule.when.options <= levels.keys() and rule.when.on({**draft.values, **levels}):
                message = f"is infeasible: `{rule.when}` is ruled out"
                yield Finding(committed.route, message, key=True)


def commitments_against_moves(draft: Draft) -> Iterator[Finding]:
    """Levels that cannot be reached from the status quo, because an option moves one way."""
    options = {option.id: option for option in draft.options}
    for committed in draft.commitments():
        for name, level in committed.levels.items():
            option = options[name]
            now = committed.before.get(name, draft.situation.status_quo[name])
            if not can_move(option, now, level):
                message = (
                    f"`{name}` moves only {option.moves}: "
                    f"not from `{option.levels[now]}` to `{option.levels[level]}`"
                )
                yield Finding((*committed.route, name), message, key=True)


def can_move(option: Option, now: int, level: int) -> bool:
    if option.moves == "both":
        return True
    return level >= now if option.moves == "up" else level <= now


def frozen_expectations(draft: Draft) -> Iterator[Finding]:
    """Claims that expect something of an option they fix themselves."""
    for route, response in draft.tests(Response):
        frozen = draft.situation.fixed(response.commit)
        expect = draft.situation.claims[str(route[1])].formulas["expect"]
        named = sorted(expect.names & frozen.keys())
        if named:
            message = f"expects something of `{named[0]}`, which the test itself fixes"
            yield Finding((*route, "expect"), message, "expect what the others do")


def unknown_states(draft: Draft) -> Iterator[Finding]:
    """Codes that are no state, or an infeasible one."""
    for route, test in draft.tests(StabilityTest):
        if "state" in draft.situation.claims[str(route[1])].formulas:
            continue
        levels = states.code_levels(test.state, draft.options)
        if levels is None:
            hint = f"one character for each of the {len(draft.options)} options"
            yield Finding((*route, "state"), f"`{test.state}` is not the code of a state", hint)
        elif not draft.combinations[levels]:
            yield Finding((*route, "state"), f"`{test.state}` is infeasible")


def sanctions_under_nash(draft: Draft) -> Iterator[Finding]:
    """Claims of sanctions under a concept that knows none."""
    for route, test in draft.tests(StabilityTest):
        if test.because and test.concept == "nash":
            message = "Nash stability knows no sanctions: nobody can be the reason"
            yield Finding((*route, "because"), message, "concept: seq, smr or gmr")


def circular_premises(draft: Draft) -> Iterator[Finding]:
    """Claims that rest on themselves."""
    premises = {name: claim.rests_on for name, claim in draft.situation.claims.items()}
    for circle in circles(premises):
        message = f"rests on itself: {' → '.join([*circle, circle[0]])}"
        yield Finding(("claims", circle[0], "rests_on"), message, key=True)
