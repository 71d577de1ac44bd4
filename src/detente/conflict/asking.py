"""What an actor's preference comes to, and what its analyst should be asked about it.

A list of statements ranks every state, also those nobody thought of. Here are both ends of that
ranking, and pairs of states whose order may surprise: one statement outvotes several. How two given
states compare is in `detente.conflict.decision`.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from detente.case import states
from detente.case.future import nominal
from detente.case.situation import Ranking, Statements
from detente.conflict.preferences import ranks
from detente.conflict.space import space
from detente.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from detente.case.future import Future
    from detente.case.situation import Levels, Option, Situation, Statement

__all__ = ["Ends", "Question", "Tie", "ends", "questions"]

MOST_CHANGED = 2  # options in which the two states of a question differ
COMBINATIONS = 1_500  # nearest to the status quo, among which questions are looked for
SHOWN = 3  # combinations kept of a tie


@dataclass(frozen=True)
class Tie:
    """States an actor is indifferent between."""

    place: int
    """1 for the best."""
    combinations: tuple[Levels, ...]
    """Levels of the options the preference speaks about; the first few."""
    count: int
    """How many combinations there are."""


@dataclass(frozen=True)
class Ends:
    """Both ends of an actor's ranking."""

    top: tuple[Tie, ...]
    """Best first."""
    bottom: tuple[Tie, ...]
    """The worst last."""
    places: int
    """How many places the ranking has."""


@dataclass(frozen=True)
class Question:
    """Two states whose order an analyst should confirm."""

    better: Levels
    """Levels of the options the statements name, in the state the list prefers."""
    worse: Levels
    changed: tuple[str, ...]
    """The options in which they differ."""
    statement: Statement
    """Decides."""
    outvoted: tuple[Statement, ...]
    """Speak for the other state."""


# ------------------------------------------------------------------------------------ the ends


def ends(situation: Situation, actor: str, most: int = 3) -> Ends:
    """The states an actor's preference puts on top and at the bottom.

    Parameters
    ----------
    situation
        What the analyst wrote.
    actor
        A decision maker.
    most
        How many places to show at each end.

    Raises
    ------
    InputError
        For somebody who decides nothing.
    """
    _refuse_bystander(situation, actor)
    future = nominal(situation)
    every = space(situation.options, situation.infeasible, future.values)
    named = _named(situation, actor, future)
    order = ranks(every, situation.preferences[actor], actor, future).reshape(every.shape)
    unnamed = tuple(k for k, option in enumerate(situation.options) if option not in named)
    order = order.max(axis=unnamed)
    occurring = np.unique(order[order >= 0])[::-1]
    ties = [_tie(order, int(rank), place, named) for place, rank in _both_ends(occurring, most)]
    return Ends(tuple(ties[:most]), tuple(ties[most:]), len(occurring))


def _both_ends(occurring: NDArray[np.int32], most: int) -> list[tuple[int, int]]:
    """The places at both ends with their ranks, none twice."""
    places = list(enumerate(occurring.tolist(), start=1))
    return places[:most] + places[max(most, len(places) - most) :]


def _tie(order: NDArray[np.int32], rank: int, place: int, named: Sequence[Option]) -> Tie:
    found = np.argwhere(order == rank)
    combinations = (_levels(row, named) for row in found[:SHOWN])
    return Tie(place, tuple(combinations), len(found))


def _levels(row: NDArray[np.int64], named: Sequence[Option]) -> dict[str, int]:
    return {option.id: int(level) for option, level in zip(named, row, strict=True)}


def _named(situation: Situation, actor: str, future: Future) -> list[Option]:
    """The options an actor's preference speaks about; a ranking speaks about all."""
    preference = situation.preferences[actor]
    if isinstance(preference, Ranking):
        return list(situation.options)
    if isinstance(preference, Statements):
        expressions = [statement.prefer for statement in future.statements[actor]]
    else:
        expressions = [preference.utility]
    spoken = {id for expression in expressions for id in expression.options}
    return [option for option in situation.options if option.id in spoken]


def _refuse_bystander(situation: Situation, actor: str) -> None:
    if actor not in situation.preferences:
        deciders = ", ".join(situation.decision_makers)
        raise InputError(f"no decision maker `{actor}`: one of {deciders}")


# ----------------------------------------------------------------------------------- questions


def questions(situation: Situation, actor: str, most: int = 5) -> tuple[Question, ...]:
    """Pairs of states whose order an analyst should confirm, the most doubtful first.

    The two states of a pair differ in one or two options, and the one the list prefers is better
    on no more statements than the other, only on a more important one. There is one pair for each
    statement that so decides against others: the fewest options changed, the most statements
    outvoted, near the status quo. Statements whose order the case leaves open are not asked about.

    Parameters
    ----------
    situation
        What the analyst wrote.
    actor
        A decision maker.
    most
        How many pairs to show.

    Raises
    ------
    InputError
        For somebody who decides nothing.
    """
    _refuse_bystander(situation, actor)
    future = nominal(situation)
    named, held = _named(situation, actor, future), future.statements.get(actor, ())
    levels, away = _near_status_quo(situation, named, future)
    columns = dict(zip((option.id for option in named), levels.T, strict=True))
    truths = [statement.prefer.on({**future.values, **columns}) for statement in held]
    pairs = _doubtful(levels, np.array(truths, dtype=np.bool_).T, away) if held else []
    asked = (_question(pair, levels, named, held) for pair in pairs)
    return tuple(itertools.islice((each for each in asked if not _left_open(each)), most))


def _near_status_quo(
    situation: Situation, named: Sequence[Option], future: Future
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The feasible combinations of levels nearest to the status quo, and how far they are.

    Returns
    -------
    levels : ndarray
        `(combinations, options)`.
    away : ndarray
        `(combinations,)`, in options changed.
    """
    feasible = states.feasible(situation.options, situation.infeasible, future.values)
    unnamed = tuple(k for k, option in enumerate(situation.options) if option not in named)
    levels = np.argwhere(feasible.any(axis=unnamed))
    here = [situation.status_quo[option.id] for option in named]
    away = np.count_nonzero(levels != here, axis=1)
    nearest = np.argsort(away, kind="stable")[:COMBINATIONS]
    return levels[nearest], away[nearest]


class _Pair(NamedTuple):
    """Two combinations by their rows, the better first."""

    better: int
    worse: int
    deciding: int
    """The place of the deciding statement, from 0."""
    outvoted: tuple[int, ...]


def _doubtful(
    levels: NDArray[np.int64], truths: NDArray[np.bool_], away: NDArray[np.int64]
) -> list[_Pair]:
    """For each deciding statement the pair most worth asking about, the most doubtful first."""
    changed = np.count_nonzero(levels[:, None, :] != levels[None, :, :], axis=2)
    first, second = np.nonzero(np.triu(changed <= MOST_CHANGED, k=1))
    differ = truths[first] ^ truths[second]
    deciding = differ.argmax(axis=1)
    first_ahead = truths[first, deciding]
    better, worse = np.where(first_ahead, (first, second), (second, first))
    agree = np.count_nonzero(differ & truths[better], axis=1)
    against = np.count_nonzero(differ & truths[worse], axis=1)
    keys = (away[first] + away[second], agree - against, changed[first, second], deciding)
    order = [row for row in np.lexsort(keys) if against[row] >= agree[row] > 0]
    best = {int(deciding[row]): int(row) for row in reversed(order)}
    return [
        _Pair(int(better[row]), int(worse[row]), place, _places(differ[row] & truths[worse[row]]))
        for place, row in sorted(best.items(), key=lambda item: agree[item[1]] - against[item[1]])
    ]


def _places(marks: NDArray[np.bool_]) -> tuple[int, ...]:
    return tuple(np.flatnonzero(marks).tolist())


def _question(
    pair: _Pair, levels: NDArray[np.int64], named: Sequence[Option], held: Sequence[Statement]
) -> Question:
    better, worse = _levels(levels[pair.better], named), _levels(levels[pair.worse], named)
    return Question(
        better,
        worse,
        tuple(option for option, level in better.items() if worse[option] != level),
        held[pair.deciding],
        tuple(held[place] for place in pair.outvoted),
    )


def _left_open(question: Question) -> bool:
    """Whether the case itself says that nobody knows which of these statements weighs more."""
    group = question.statement.group
    return group is not None and all(each.group == group for each in question.outvoted)
