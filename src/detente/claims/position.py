"""Position: an actor's place in the alliance network, then and now, or beside others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from detente.claims.outcome import Standing, later, unknown, yes_or_no
from detente.errors import CannotAnswer, InputError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from detente.case.format import Position
    from detente.case.situation import Claim, Situation
    from detente.network.changes import Change
    from detente.network.shift import Answer, At, Shift

__all__ = ["standing"]

SUMS = ("hyperdegree", "strength")
"""Measures that add up an actor's own arrangements, whatever else there is."""
RISING = (*SUMS, "degree", "katz", "core", "eigenvector", "hypergraph_eigenvector")
"""Measures in which an actor that joins something rises, or as good as always."""


def standing(claim: Claim, situation: Situation) -> Standing:
    """Whether the position is as claimed, by every measure that may not say the opposite.

    Untested where a day lies after `as_of`, or the network cannot carry the measure; contingent
    where leaving out a single arrangement turns the answer.
    """
    from detente.network.positions import day_of

    test: Position = claim.test  # type: ignore[assignment]
    try:
        day = day_of(situation, test.at)
        if to_come := later(max(day, test.against or day), situation.as_of):
            return to_come
        if new := [name for name in changed(test) if name not in situation.arrangements]:
            return unknown(f"`{new[0]}` was not known as of {day}: `detente backtest` looks it up")
        return judged(claim, situation, day)
    except (CannotAnswer, InputError) as error:
        return unknown(str(error).splitlines()[0])


def changed(test: Position) -> list[str]:
    """The arrangements that the test supposes otherwise."""
    return [change.partition(":")[0] for change in (*test.with_, *test.without)]


def judged(claim: Claim, situation: Situation, day: date) -> Standing:
    """By the comparisons that the test asks for, all of them together."""
    test: Position = claim.test  # type: ignore[assignment]
    before, after = sides(test, day)
    shifts = dict(compared(situation, test, before, after))
    answers = [shift.answer(test.is_) for shift in shifts.values()]
    reason = "; ".join(
        f"than {other}: {answer.why}" if other else answer.why
        for other, answer in zip(shifts, answers, strict=True)
    )
    compared_with = zip(shifts.items(), answers, strict=True)
    details = {"comparisons": [detailed(*shift, answer) for shift, answer in compared_with]}
    is_open = not is_typed_in(situation, test, before, after)
    found = {answer.holds for answer in answers}
    if None in found and False not in found:
        return Standing("contingent", reason, is_open, details=details)
    return yes_or_no(claim, False not in found, reason, details, is_open=is_open)


def sides(test: Position, day: date) -> tuple[At, At]:
    """What it is compared with, and what is compared."""
    from detente.network.changes import changes
    from detente.network.shift import At

    return At(test.against or day), At(day, changes(test.with_, test.without))


def compared(
    situation: Situation, test: Position, before: At, after: At
) -> Iterator[tuple[str, Shift]]:
    """The actor beside each other one; beside itself, under no name, on the two sides."""
    from detente.network.shift import change, lead

    if not test.than:
        yield "", change(situation, test.actor, test.measure, test.layer, before, after)
    for other in test.than:
        yield other, lead(situation, (test.actor, other), test.measure, test.layer, after)


def detailed(other: str, shift: Shift, answer: Answer) -> dict[str, Any]:
    """One comparison, as JSON knows it."""
    return {
        **({"than": other} if other else {}),
        "measure": shift.measure,
        "layer": shift.layer,
        "before": shift.before,
        "after": shift.after,
        "signs": dict(shift.signs),
        "holds": answer.holds,
        "flips": list(answer.flips),
        "untold": list(shift.untold),
    }


def is_typed_in(situation: Situation, test: Position, before: At, after: At) -> bool:
    """Whether the answer is read off what was entered by hand.

    Who joins an arrangement rises by joining it, in any measure of how much it is tied. The sum of
    an actor's own arrangements changes by what the test itself supposes, or by the one arrangement
    on record that makes the difference.
    """
    from detente.network.hypergraph import hypergraph

    if test.than:
        return False
    if test.measure in RISING and any(is_of(each, test.actor, situation) for each in after.changes):
        return True
    if test.measure not in SUMS:
        return False
    if after.changes:
        return True
    own = []
    for at in (before, after):
        network = hypergraph(situation, at.day, test.layer)
        own.append({edge for edge in network.edges if test.actor in network.parties(edge)})
    return len(own[0] ^ own[1]) < 2


def is_of(change: Change, actor: str, situation: Situation) -> bool:
    """Whether it is the actor itself that joins or leaves."""
    if change.actor is not None:
        return change.actor == actor
    return actor in situation.arrangements[change.arrangement].parties
