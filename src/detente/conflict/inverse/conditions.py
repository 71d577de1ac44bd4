"""What an actor must want for a state to be stable for it: weakest conditions, the others fixed.

Whether a state s is stable for actor i depends, the others' preferences given, on one thing only:
which states are no better for i than s. Every move of i to some s₁ asks for something there,

    Nash        s₁ is no better than s;
    GMR, SEQ    s₁ or some answer s₂ of the others to it is no better than s;
    SMR, SSEQ   s₁ is no better, or some s₂ is, and with it every s₃ that i can move to from there,
    SIM         s₁ or some state that others make of it by improving from s at the same time,

where the answers are all that the others' moves lead to (GMR, SMR), or their improvements (SEQ,
SSEQ, SIM), which are not i's to change. A state is stable exactly if all moves get what they ask
for [KinsaraKilgourHipel2015]. No ranking is looked at: the conditions are read off the moves.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import chain, pairwise
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

from detente.conflict.coalitions.answers import led_to, made_at_once, refuse_many
from detente.conflict.reach import moves
from detente.conflict.search import own_strategy
from detente.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from detente.conflict.model import Conflict

__all__ = ["ANSWERED", "Condition", "Conditions", "conditions", "stable_at"]

States = NDArray[np.int64]

Answers = Literal["moves", "improvements", "at_once"]

ANSWERED: Mapping[str, tuple[Answers, bool] | None] = {
    "nash": None,
    "gmr": ("moves", False),
    "smr": ("moves", True),
    "seq": ("improvements", False),
    "sseq": ("improvements", True),
    "sim": ("at_once", False),
}
"""Concept -> how others answer, if at all, and whether the actor may move after that."""

MOST_SETS = 2**20  # of states that must be no better together
NOWHERE: States = np.zeros(0, dtype=np.int64)


@dataclass(frozen=True, eq=False)
class Condition:
    """What one move asks for: some alternative all of whose states are no better than the state."""

    move: int
    """The state that the actor could move to."""
    alone: States
    """Sorted: each of these is an alternative by itself."""
    together: tuple[States, ...] = ()
    """Each of these sets is an alternative, every state of it being no better; sorted."""

    @property
    def alternatives(self) -> Iterable[States]:
        """All of them, none of which implies another."""
        return chain(self.alone.reshape(-1, 1), self.together)

    def holds(self, no_better: NDArray[np.bool_]) -> bool:
        """Whether it is met where these states, `(states,) bool`, are no better."""
        return bool(no_better[self.alone].any()) or any(
            bool(no_better[states].all()) for states in self.together
        )


@dataclass(frozen=True, eq=False)
class Conditions:
    """All that an actor must want for a state to be stable for it; every one must hold."""

    actor: str
    concept: str
    state: int
    each: tuple[Condition, ...]
    """By move; those that another one implies are left out. None: stable whatever it wants."""

    @cached_property
    def states(self) -> States:
        """The states whose comparison with the wished-for one matters, sorted."""
        parts = [part for each in self.each for part in (each.alone, *each.together)]
        once = {id(part): part for part in parts}  # lines are shared
        return np.unique(np.concatenate([NOWHERE, *once.values()]))

    def hold(self, no_better: NDArray[np.bool_]) -> bool:
        """Whether the state is stable where these states, `(states,) bool`, are no better."""
        return all(each.holds(no_better) for each in self.each)


def conditions(conflict: Conflict, actor: str, state: int, concept: str) -> Conditions:
    """The weakest conditions on an actor's preferences under which a state is stable for it.

    Parameters
    ----------
    conflict
        The graph model; of its preferences only the others' are read, and only under concepts
        whose answers must be improvements.
    actor, state, concept
        The verdict that is wished for: a feasible state, one of `ANSWERED`.

    Raises
    ------
    InputError
        For an unknown actor or concept, or an infeasible state.
    CannotAnswer
        Where too many sets of states would have to be written down.

    References
    ----------
    [KinsaraKilgourHipel2015], [WangHipelFangDang2018]

    Examples
    --------
    Nobody disarms first in the prisoner's dilemma unless defecting would be answered in kind.

    >>> from detente.case import load
    >>> from detente.conflict.model import conflict
    >>> dilemma = conflict(load("fang/prisoners_dilemma"))
    >>> (each,) = conditions(dilemma, "row", dilemma.space.index("00"), "seq").each
    >>> dilemma.space.codes(each.alone)
    ['10', '11']
    """
    _refuse(conflict, actor, state, concept)
    reader = Reader(conflict, actor, state, concept)
    asked = [reader.condition(move) for move in moves(conflict, actor, state).tolist()]
    left = tuple(each for each in asked if each)
    # Where moves lie on lines, different moves have no alternatives of single states in common.
    each = left if conflict.space.transitive else _minimal(left)
    return Conditions(actor, concept, state, each)


def stable_at(conflict: Conflict, actor: str, state: int, concept: str) -> bool:
    """Whether a feasible state is stable for an actor, as its preferences are."""
    ranks, reader = conflict.ranks_of(actor), Reader(conflict, actor, state, concept)
    no_better = ranks <= ranks[state]
    better = moves(conflict, actor, state)
    asked = map(reader.condition, better[~no_better[better]].tolist())
    return all(each is None or each.holds(no_better) for each in asked)


def _refuse(conflict: Conflict, actor: str, state: int, concept: str) -> None:
    if actor not in conflict.actors:
        raise InputError(f"no decision maker `{actor}`: one of {', '.join(conflict.actors)}")
    if concept not in ANSWERED:
        known = ", ".join(ANSWERED)
        raise InputError(f"no conditions are known for `{concept}`, only for one of {known}")
    if not conflict.space.mask[state]:
        raise InputError(f"`{conflict.space.code(state)}` is not feasible")


class Reader:
    """Reads the conditions of one verdict off the moves."""

    def __init__(self, conflict: Conflict, actor: str, state: int, concept: str) -> None:
        self.conflict, self.actor, self.state = conflict, actor, state
        self.answered = ANSWERED[concept]
        self._known: dict[int, dict[int, States]] = {}

    def condition(self, move: int) -> Condition | None:
        """What one move asks for; None where it has it anyway."""
        if self.answered is None:
            return Condition(move, np.array([move]))
        how, moves_after = self.answered
        answers = self.answers(move, how)
        if not moves_after:
            return None if self.state in answers else Condition(move, answers)
        if self.conflict.space.transitive:
            return self._along_lines(move, answers)
        after = (moves(self.conflict, self.actor, answer) for answer in answers.tolist())
        escapes = [np.append(ends, answer) for ends, answer in zip(after, answers, strict=True)]
        return _lean(
            move, [np.array([move]), *(np.unique(each[each != self.state]) for each in escapes)]
        )

    def answers(self, move: int, how: Answers) -> States:
        """A state and all that the others make of it, sorted."""
        if how == "at_once":
            return made_at_once(self.conflict, self.actor, self.state, move)
        return led_to(self.conflict, self.actor, move, improved=how == "improvements")

    def _along_lines(self, move: int, answers: States) -> Condition:
        """What a move asks for where an answer and the moves after it lie on a line of the actor's.

        No two answers lie on one line, since the others leave the actor's strategy as it is, and
        only the move itself lies on its own.
        """
        jumps, row = self.conflict.space.jumps, self.conflict.actors.index(self.actor)
        own, guard = own_strategy(jumps, row, move), jumps.guards[row]
        strategies = slice(jumps.start[row], jumps.start[row + 1])
        leads = ((jumps.heights[strategies] | guard) - jumps.heights[own]) & guard == guard
        known = self._known.setdefault(int(jumps.heights[own]), {})
        bases = (answers[answers != move] - int(jumps.offsets[own])).tolist()
        self._write_out(known, bases, jumps.offsets[strategies][leads].astype(np.int64))
        alone = [move] + [int(known[base][0]) for base in bases if len(known[base]) == 1]
        together = tuple(known[base] for base in bases if len(known[base]) > 1)
        return Condition(move, np.sort(alone), together)

    def _write_out(self, known: dict[int, States], bases: list[int], offsets: States) -> None:
        """The feasible states of some lines; they are shared by all conditions."""
        fresh = [base for base in bases if base not in known]
        if sum(map(len, self._known.values())) + len(fresh) > MOST_SETS:
            refuse_many(self.actor, len(bases))
        lines = np.add.outer(np.array(fresh, dtype=np.int64), np.sort(offsets))
        feasible = self.conflict.space.mask[lines]
        ends = np.cumsum([0, *np.count_nonzero(feasible, axis=1)]).tolist()
        flat = lines[feasible]
        known |= {
            base: flat[start:end] for base, (start, end) in zip(fresh, pairwise(ends), strict=True)
        }


# ------------------------------------------------------------------------------------ absorption


def _lean(move: int, sets: list[States]) -> Condition:
    """The alternatives that none of the others implies."""
    alone = np.unique(np.concatenate([states for states in sets if len(states) == 1]))
    larger = {states.tobytes(): states for states in sets if len(states) > 1}
    left = [states for states in larger.values() if not np.isin(states, alone).any()]
    return Condition(move, alone, tuple(_least(left)))


def _least(sets: list[States]) -> list[States]:
    """The sets that contain no other one."""
    if len(np.unique(np.concatenate([NOWHERE, *sets]))) == sum(map(len, sets)):
        return sets
    kept: list[States] = []
    for states in sorted(sets, key=len):
        if not any(np.isin(least, states, assume_unique=True).all() for least in kept):
            kept.append(states)
    return kept


def _minimal(asked: Iterable[Condition]) -> tuple[Condition, ...]:
    """The conditions that none of the others implies, by move."""
    kept: list[Condition] = []
    for each in sorted(asked, key=lambda each: (len(each.alone) + len(each.together), each.move)):
        if not any(_implies(stronger, each) for stronger in kept):
            kept = [other for other in kept if not _implies(each, other)] + [each]
    return tuple(sorted(kept, key=lambda each: each.move))


def _implies(one: Condition, other: Condition) -> bool:
    """Whether every alternative of the first contains one of the second."""
    if not np.isin(one.alone, other.alone, assume_unique=True).all():
        return False
    return all(
        bool(np.isin(states, other.alone).any())
        or any(np.isin(least, states, assume_unique=True).all() for least in other.together)
        for states in one.together
    )
