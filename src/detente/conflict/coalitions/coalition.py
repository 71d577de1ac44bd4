"""Stability for coalitions: whether several actors would leave a state together.

A coalition H moves by legal sequences through feasible states: R_H(s). A *coalition improvement*
ends in a state that every member prefers: CI_H(s) = {t ∈ R_H(s) : t ≻ᵢ s for all i ∈ H}. A state s
is stable for H if each improvement s₁ ∈ CI_H(s) is deterred; it is under

* **Nash** by nothing [KilgourHipelFangPeng2001];
* **GMR** by some s₂ ∈ R_{N∖H}(s₁) that not all of H prefer to s;
* **SMR** by such an s₂ where, besides, not all of H prefer s₃ to s for any s₃ ∈ R_H(s₂);
* **SEQ** by such an s₂ that a credible answer leads to [InoharaHipel2008], [InoharaHipel2008b].

A credible answer has two published readings. `individual`: a legal sequence of unilateral
improvements by single actors, R⁺_{N∖H}(s₁) [XuHipelKilgourFang2018], ch. 8. `coalitional`: a
sequence of coalition improvements by groups of the others, no group twice in a row; a single actor
is a group too [InoharaHipel2008]. The second admits more answers, so keeps more states.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import chain, combinations
from typing import TYPE_CHECKING, Literal, NamedTuple, NoReturn

import numpy as np

from detente.case.concepts import CORE
from detente.conflict.coalitions.traced import Rule, Side, answer, answer_each, leave_each, side
from detente.conflict.legal import NOT_FOUND, TOO_LONG, Game, Trail, game, reach, trail
from detente.errors import CannotAnswer, InputError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from numpy.typing import NDArray

    from detente.conflict.model import Conflict

__all__ = ["CREDIBLE", "Coalition", "Credible", "all_coalitions", "coalition"]

Credible = Literal["individual", "coalitional"]
CREDIBLE: tuple[Credible, ...] = ("individual", "coalitional")

MOST_COALITIONS = 2**12
MOST_LOOKS = 2 * 10**10  # at single moves, for one question: a minute or so
MOST_NODES = 2**26  # a state told apart by who moved last


@dataclass(frozen=True, eq=False)
class Coalition:
    """Actors who would leave a state together, and what they fear; see `coalition`."""

    conflict: Conflict
    members: tuple[str, ...]
    concept: str
    credible: Credible
    frozen: frozenset[str] = frozenset()
    """Actors who cannot move."""

    @cached_property
    def others(self) -> tuple[str, ...]:
        """Those who may answer."""
        still = {*self.members, *self.frozen}
        return tuple(actor for actor in self.conflict.actors if actor not in still)

    def moves(self, state: int) -> NDArray[np.int64]:
        """R_H(s): the other states that legal sequences of the members lead to, sorted."""
        return np.setdiff1d(self.trails.going.states[: self._reached(state)], [state])

    def improvements(self, state: int) -> NDArray[np.int64]:
        """CI_H(s): those of them that every member prefers, sorted."""
        return np.sort(self.trails.going.states[self.gains(state)])

    def holds(self, state: int) -> bool:
        """Whether a state is stable for the coalition."""
        return not self.leaves([state])[0]

    def leaves(self, states: Sequence[int] | NDArray[np.integer]) -> NDArray[np.bool_]:
        """`(states,) bool`: which of these states the coalition would leave.

        Raises
        ------
        CannotAnswer
            Where more moves would have to be looked at than in a minute or so.
        """
        every = np.asarray(states, dtype=np.int64)
        leaves = np.array([self._is_outdone(int(state)) for state in every], dtype=np.bool_)
        if not leaves.any():
            return leaves
        self.trails.work[0] = 0
        leaves[leaves], is_done = leave_each(
            self.game, self.side, self.rest, self.rule, self.trails, every[leaves]
        )
        if not is_done:
            self._give_up()
        return leaves

    def _is_outdone(self, state: int) -> bool:
        """Whether the members' options allow anything that all of them prefer, legally or not."""
        space = self.conflict.space
        places = np.unravel_index(state, space.shape)
        cut = tuple(
            slice(None) if option.actor in self.members or not space.transitive else place
            for option, place in zip(space.options, places, strict=True)
        )
        better = space.feasible[cut]
        for member in self.members:
            ranks = self.conflict.ranks_of(member)
            better = better & (ranks.reshape(space.shape)[cut] > ranks[state])
            if not better.any():
                return False
        return True

    # ------------------------------------------------------------ single searches, and their trails

    def gains(self, state: int) -> NDArray[np.int64]:
        """The places of CI_H(s) on the trail of the members, each state once, the nearest first."""
        ends = self.trails.going.states[: self._reached(state)]
        _, first = np.unique(ends, return_index=True)
        ranks = self.conflict.ranks[self.side.movers]
        gain = (ranks[:, ends[first]] > ranks[:, [state]]).all(axis=0)
        return np.sort(first[gain])

    def answer(self, state: int, improvement: int, *, final: bool | None = None) -> int:
        """The place on the trail of the others where an answer ends, or `NOT_FOUND`.

        `final` says whether the coalition has the last move, if not as the concept says.
        """
        if not self.rule.any:
            return NOT_FOUND
        rule = self.rule if final is None else self.rule._replace(final=final)
        trails = (self.trails.answering, self.trails.within)
        found = answer(self.game, self.side, self.rest, rule, state, trails, improvement)
        return self._or_give_up(found)

    def answered(self, state: int, improvements: NDArray[np.int64]) -> NDArray[np.bool_]:
        """`(improvements,) bool`: which of these improvements the others can deter."""
        trails = (self.trails.answering, self.trails.within)
        answered, is_done = answer_each(
            self.game, self.side, self.rest, self.rule, state, trails, improvements
        )
        if not is_done:
            self._give_up()
        return answered

    def _reached(self, state: int) -> int:
        self.trails.work[0] = 0
        return self._or_give_up(reach(self.game, self.side.movers, self.trails.going, state))

    def _or_give_up(self, found: int) -> int:
        if found == TOO_LONG:
            self._give_up()
        return found

    def _give_up(self) -> NoReturn:
        raise CannotAnswer(
            f"what {' and '.join(self.members)} would do under {self.concept.upper()} takes more "
            f"than {MOST_LOOKS:,} looks at single moves, in {self.conflict.space.size:,} states: "
            "freeze options, or ask about fewer states, a smaller coalition, or Nash alone"
        )

    # -------------------------------------------------------------------- what compiled code takes

    @cached_property
    def game(self) -> Game:
        """The moves and preferences."""
        return game(self.conflict)

    @cached_property
    def rule(self) -> Rule:
        """Which answers the coalition fears."""
        together = self.concept == "seq" and self.credible == "coalitional"
        return Rule(self.concept != "nash", self.concept == "seq", together, self.concept == "smr")

    @cached_property
    def side(self) -> Side:
        """The members."""
        return side(self.conflict.actors, self.members, [])

    @cached_property
    def rest(self) -> Side:
        """The others."""
        return side(self.conflict.actors, self.others, self.groups)

    @cached_property
    def groups(self) -> Sequence[tuple[str, ...]]:
        """The groups in which the others may answer, if they may; the smallest first."""
        return all_coalitions(self.others) if self.rule.together else []

    @cached_property
    def trails(self) -> Trails:
        """Where searches leave what they have visited."""
        work = np.array([0, MOST_LOOKS], dtype=np.int64)
        lasts = len(self.conflict.actors)
        self._refuse_large(max(lasts, len(self.groups)))
        return Trails(
            trail(self.game, lasts, work),
            trail(self.game, max(lasts, len(self.groups)), work),
            trail(self.game, lasts, work),
        )

    def _refuse_large(self, lasts: int) -> None:
        nodes = self.conflict.space.size * lasts
        if not self.conflict.space.transitive and nodes > MOST_NODES:
            raise CannotAnswer(
                f"{self.conflict.space.size:,} states told apart by who of {lasts:,} moved last "
                f"make {nodes:,}, more than the {MOST_NODES:,} that can be searched: leave actors "
                "out, or ask for individual answers"
            )


class Trails(NamedTuple):
    """The trails of a coalition, of those who answer, and of what lies within an answer."""

    going: Trail
    answering: Trail
    within: Trail

    @property
    def work(self) -> NDArray[np.int64]:
        """What they share."""
        return self.going.work


def coalition(
    conflict: Conflict,
    members: Iterable[str],
    concept: str = "nash",
    credible: Credible = "individual",
    *,
    frozen: Collection[str] = (),
) -> Coalition:
    """A coalition and what it fears: ready to be asked about states.

    Parameters
    ----------
    conflict
        The graph model.
    members
        Decision makers; one alone is judged as by the individual concept.
    concept
        One of `nash`, `gmr`, `smr`, `seq`.
    credible
        Under SEQ, which answers are credible: those by `individual` improvements, or those by
        `coalitional` ones.
    frozen
        Actors who cannot move.

    Raises
    ------
    InputError
        For nobody, an unknown actor, concept or reading.

    References
    ----------
    [KilgourHipelFangPeng2001]; [InoharaHipel2008]; [XuHipelKilgourFang2018], ch. 8.

    Examples
    --------
    The Ministry and Uniroyal leave the deadlock of Elmira together, which neither leaves alone.

    >>> from detente.case import load
    >>> from detente.conflict.model import conflict
    >>> elmira = conflict(load("hipel/elmira"))
    >>> both = coalition(elmira, ["ministry", "uniroyal"])
    >>> elmira.space.codes(both.improvements(elmira.space.index("001")))
    ['111']
    """
    named = set(members)
    for actor in sorted((named | set(frozen)) - set(conflict.actors)):
        raise InputError(f"no decision maker `{actor}`: one of {', '.join(conflict.actors)}")
    if not named:
        raise InputError("a coalition of nobody: name at least one decision maker")
    if concept not in CORE:
        raise InputError(f"no concept for coalitions `{concept}`: one of {', '.join(CORE)}")
    if credible not in CREDIBLE:
        raise InputError(f"no reading of credible `{credible}`: one of {', '.join(CREDIBLE)}")
    ordered = tuple(actor for actor in conflict.actors if actor in named)
    return Coalition(conflict, ordered, concept, credible, frozenset(frozen))


def all_coalitions(actors: Sequence[str]) -> list[tuple[str, ...]]:
    """Every non-empty group of these actors, the smallest first.

    Raises
    ------
    CannotAnswer
        Where there are too many.
    """
    if 2 ** len(actors) > MOST_COALITIONS:
        raise CannotAnswer(
            f"{len(actors)} actors form {2 ** len(actors) - 1:,} coalitions, more than the "
            f"{MOST_COALITIONS - 1:,} that are gone through: name those in question"
        )
    sizes = range(1, len(actors) + 1)
    return list(chain.from_iterable(combinations(actors, size) for size in sizes))
