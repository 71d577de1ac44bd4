"""What could be known as of the day a case is written for, and what is known by now."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from detente.case.format import Record
from detente.case.situation import Perception, Statements
from detente.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from detente.case.format import (
        Aftermath,
        Commitment,
        Evidence,
        Resolved,
        Step,
        Test,
        Uncertainty,
    )
    from detente.case.situation import Preference, Situation

__all__ = ["blind", "informed", "is_known"]

Item = TypeVar("Item")
CERTAIN, NEVER = (1.0, 1.0), (0.0, 0.0)


def blind(situation: Situation) -> Situation:
    """The situation as it could be known by `as_of`: what only later sources support is dropped.

    What rests on an assumption stays. The questions stay whatever supports them, for they are not
    what is known: options, infeasibilities, uncertainties, indicators, strategies, goals and
    claims, rankings and utilities, and a commitment whose execution is uncertain. What was found
    about a claim of record goes. A capability that stays may name arrangements that went: nobody
    shares it through those.

    Raises
    ------
    InputError
        Where the case does not say as of when it is written.
    """
    as_of = day_of(situation)

    def known(items: Mapping[str, Item]) -> dict[str, Item]:
        return {
            name: item
            for name, item in items.items()
            if is_known(situation, getattr(item, "evidence", ()), as_of)
        }

    return replace(
        situation,
        arrangements=known(situation.arrangements),
        commands=known(situation.commands),
        tasks=known(situation.tasks),
        capabilities=known(situation.capabilities),
        commitments={
            name: commitment.model_copy(update={"history": by(commitment.history, as_of)})
            for name, commitment in situation.commitments.items()
            if commitment.executed is not None or is_known(situation, commitment.evidence, as_of)
        },
        events={name: event for name, event in situation.events.items() if event.on <= as_of},
        precedents={
            name: each for name, each in known(situation.precedents).items() if each.on <= as_of
        },
        preferences={
            actor: held_by(situation, preference, as_of)
            for actor, preference in situation.preferences.items()
        },
        perceptions={
            actor: seen_so_by(situation, perception, as_of)
            for actor, perception in situation.perceptions.items()
        },
        views={
            expert: {actor: held_by(situation, each, as_of) for actor, each in lists.items()}
            for expert, lists in situation.views.items()
        },
        claims={
            name: replace(claim, test=found_by(situation, claim.test, as_of))
            for name, claim in situation.claims.items()
        },
        aftermath=None,
    )


def informed(situation: Situation) -> Situation:
    """The situation as it is known by the end of its aftermath.

    Histories go on, arrangements and commands stand as they are now, and uncertainties that have
    been resolved are no longer uncertain.

    Raises
    ------
    InputError
        Where the case has no `aftermath`.
    """
    after = situation.aftermath
    if after is None:
        raise InputError(
            f"{situation.id} has no `aftermath`: nothing is known of what came later\n"
            "  write what became of commitments, arrangements and forecasts there, with sources"
        )
    return replace(
        situation,
        as_of=after.until,
        arrangements={**situation.arrangements, **after.arrangements},
        commands={**situation.commands, **after.commands},
        commitments={
            name: gone_on(commitment, name, after)
            for name, commitment in situation.commitments.items()
        },
        events={**situation.events, **after.events},
        precedents={**situation.precedents, **after.precedents},
        uncertainties={
            name: settled(unknown, after.resolved.get(name))
            for name, unknown in situation.uncertainties.items()
        },
        aftermath=None,
    )


def day_of(situation: Situation) -> date:
    """As of when the case is written."""
    if situation.as_of is None:
        raise InputError(
            f"{situation.id} does not say as of when it is written\n  write `as_of: 2024-04-16`"
        )
    return situation.as_of


def is_known(situation: Situation, evidence: tuple[Evidence, ...], day: date) -> bool:
    """Whether something could be known by a day: it needs no source, or one had appeared.

    A source of which only the month or year is known counts from its beginning on.
    """
    issued = [situation.sources[each.source].issued for each in evidence]
    return not issued or any(each is None or each <= day.isoformat() for each in issued)


def by(history: tuple[Step, ...], day: date) -> tuple[Step, ...]:
    """The steps up to a day."""
    return tuple(step for step in history if step.on <= day)


def held_by(situation: Situation, preference: Preference, day: date) -> Preference:
    """A list without the statements that nothing supported by a day."""
    if not isinstance(preference, Statements):
        return preference
    return Statements(
        tuple(
            statement
            for statement in preference.statements
            if is_known(situation, statement.support.evidence, day)
        )
    )


def seen_so_by(situation: Situation, perception: Perception, day: date) -> Perception:
    """A perception without what nothing supported by a day: there it sees things as they are."""
    if not is_known(situation, perception.support.evidence, day):
        return Perception()
    return replace(
        perception,
        preferences={
            actor: held_by(situation, each, day) for actor, each in perception.preferences.items()
        },
        perceptions={
            actor: seen_so_by(situation, each, day)
            for actor, each in perception.perceptions.items()
        },
    )


def found_by(situation: Situation, test: Test | None, day: date) -> Test | None:
    """A test of record without the numbers that only later sources give."""
    if not isinstance(test, Record):
        return test
    found = tuple(each for each in test.found if is_known(situation, each.evidence, day))
    return test.model_copy(update={"found": found})


def gone_on(commitment: Commitment, name: str, after: Aftermath) -> Commitment:
    """A commitment with what became of it; its execution no longer uncertain where resolved."""
    later = after.commitments.get(name, ())
    update: dict[str, object] = {"history": (*commitment.history, *later)}
    if commitment.executed is not None and (resolved := after.resolved.get(name)):
        update["executed"] = certainty(resolved)
    return commitment.model_copy(update=update)


def settled(unknown: Uncertainty, resolved: Resolved | None) -> Uncertainty:
    """An uncertainty that came out as it did."""
    if resolved is None:
        return unknown
    if unknown.kind == "choice":
        weights = {value: float(value == resolved.is_) for value in unknown.weights}
        return unknown.model_copy(update={"weights": weights})
    return unknown.model_copy(update={"probability": certainty(resolved)})


def certainty(resolved: Resolved) -> tuple[float, float]:
    """A probability of one or of none."""
    return CERTAIN if resolved.is_ == "yes" else NEVER
