"""Which of two states an actor prefers, by which statement, how much, and how surely."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from detente.case import states
from detente.case.future import nominal
from detente.case.situation import Ranking, Statements
from detente.conflict.preferences import ranks
from detente.conflict.space import states_of
from detente.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from detente.case.future import Future
    from detente.case.situation import Situation, Statement
    from detente.conflict.space import Space

__all__ = ["Decision", "decision"]


@dataclass(frozen=True)
class Decision:
    """How an actor compares two states."""

    better: str | None
    """The code of the one it prefers, what is unknown left out; None for a tie."""
    statement: Statement | None
    """The most important statement that is true in one of them only; None without statements."""
    outvoted: tuple[Statement, ...]
    """Less important statements that speak for the other state."""
    degree: int = 1
    """How much better: 1 mildly, 2 greatly, and so on."""
    unknown: bool = False
    """Whether nobody knows how the actor compares them."""
    doubtful: Statement | None = None
    """The unknown statement that would decide before any other."""
    preferred: float | None = None
    """Of a fuzzy preference: to what degree, from 0 to 1, the second state is preferred."""


def decision(situation: Situation, actor: str, first: str, second: str) -> Decision:
    """How an actor compares two states.

    Parameters
    ----------
    situation
        What the analyst wrote; taken in its nominal future.
    actor
        A decision maker.
    first, second
        The codes of two feasible states.

    Raises
    ------
    InputError
        For somebody who decides nothing, or a code of no feasible state.
    """
    if actor not in situation.preferences:
        deciders = ", ".join(situation.decision_makers)
        raise InputError(f"no decision maker `{actor}`: one of {deciders}")
    future = nominal(situation)
    _refuse_impossible(situation, future, (first, second))
    if isinstance(situation.preferences[actor], Statements):
        return _by_statements(situation, actor, future, first, second)
    return _by_rank(situation, actor, future, first, second)


def _by_statements(
    situation: Situation, actor: str, future: Future, first: str, second: str
) -> Decision:
    """By the most important statement that is true in one of them only."""
    held, doubted = future.statements[actor], future.unknown.get(actor, ())
    for_first, for_second = _speakers(situation, held, future, first, second)
    deciding = min(for_first + for_second, key=held.index, default=None)
    place = len(held) if deciding is None else held.index(deciding)
    differing = sum(
        _speakers(situation, [each.statement for each in doubted], future, first, second), ()
    )
    doubtful = next(
        (each.statement for each in doubted if each.place <= place and each.statement in differing),
        None,
    )
    found = Decision(None, None, (), unknown=doubtful is not None, doubtful=doubtful)
    if deciding is None:
        return found
    better, outvoted = (first, for_second) if deciding in for_first else (second, for_first)
    return replace(
        found, better=better, statement=deciding, outvoted=outvoted, degree=deciding.degree
    )


def _speakers(
    situation: Situation, held: Sequence[Statement], future: Future, first: str, second: str
) -> list[tuple[Statement, ...]]:
    """The statements true in the first state only, and those true in the second only."""
    one, other = ({**future.values, **_by_option(situation, code)} for code in (first, second))
    sides = {each.id: int(each.prefer.on(one)) - int(each.prefer.on(other)) for each in held}
    return [tuple(each for each in held if sides[each.id] == side) for side in (1, -1)]


def _by_rank(situation: Situation, actor: str, future: Future, first: str, second: str) -> Decision:
    """By a ranking or a utility, where no statement decides."""
    every = states_of(situation, future.values)
    preference = situation.preferences[actor]
    order = ranks(every, preference, actor, future)
    here, there = order[every.indices([first, second])].tolist()
    better = None if here == there else first if here > there else second
    found = Decision(better, None, ())
    if not isinstance(preference, Ranking):
        return found
    steps = preference.degrees[::-1][min(here, there) : max(here, there)]
    return replace(
        found,
        degree=max(steps, default=1),
        unknown=any(_all_among(every, (first, second), group) for group in preference.unknown),
        preferred=_preferred(every, preference, first, second),
    )


def _all_among(every: Space, compared: Sequence[str], group: Sequence[str]) -> bool:
    return set(every.indices(compared).tolist()) <= set(every.indices(group).tolist())


def _preferred(every: Space, ranking: Ranking, first: str, second: str) -> float | None:
    """To what degree the second is preferred, where that is written."""
    asked = every.indices([first, second]).tolist()
    for pair in ranking.fuzzy:
        written = every.indices([pair.than, pair.better]).tolist()
        if written == asked:
            return pair.degree
        if written[::-1] == asked:
            return float(1 - Decimal(str(pair.degree)))
    return None


def _refuse_impossible(situation: Situation, future: Future, codes: Sequence[str]) -> None:
    for code in codes:
        values = {**future.values, **_by_option(situation, code)}
        if any(rule.when.on(values) for rule in situation.infeasible):
            raise InputError(f"`{code}` is not feasible")


def _by_option(situation: Situation, code: str) -> dict[str, int]:
    """The levels a code spells."""
    levels = states.code_levels(code, situation.options)
    if levels is None:
        raise InputError(f"`{code}` is not a state: a code has one character for each option")
    return {option.id: level for option, level in zip(situation.options, levels, strict=True)}
