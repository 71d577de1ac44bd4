"""Why a coalition would leave a state, or stays: where it could go, and what answers that."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from detente.conflict.coalitions.traced import escape, side
from detente.conflict.legal import NOT_FOUND, lead, places_to
from detente.conflict.reach import Step

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from detente.conflict.coalitions.coalition import Coalition, Credible
    from detente.conflict.legal import Trail

__all__ = ["CoalitionResponse", "CoalitionWitness", "Leg", "coalition_witness", "undeterred"]


class Leg(NamedTuple):
    """What a group of actors does together; a single actor makes one move."""

    actors: tuple[str, ...]
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class CoalitionResponse:
    """What the others can do about one coalition improvement."""

    improvement: int
    """The state the coalition would move to."""
    path: tuple[Step, ...]
    """A shortest legal sequence of its members that leads there."""
    sanction: tuple[Leg, ...] | None
    """A shortest answer of the others that deters; None if there is none."""
    escaped: tuple[Leg, ...] | None = None
    """Under SMR, where nothing deters: an answer that would, were it not for the coalition's own
    moves at its end."""


@dataclass(frozen=True)
class CoalitionWitness:
    """Why a state is stable for a coalition, or is not."""

    concept: str
    credible: Credible
    coalition: tuple[str, ...]
    state: int
    improvements: int
    """How many there are; `responses` may stop short of them."""
    undeterred: int
    """How many of them nothing answers."""
    responses: tuple[CoalitionResponse, ...]
    """The undeterred first, then those that change fewest options."""

    @property
    def stable(self) -> bool:
        """Whether every improvement is deterred."""
        return self.undeterred == 0


def coalition_witness(party: Coalition, state: int, *, most: int = 5) -> CoalitionWitness:
    """Why a state is stable for a coalition, or is not.

    Parameters
    ----------
    party
        The coalition, and what it fears.
    state
        A feasible state.
    most
        How many improvements to answer in detail.

    References
    ----------
    [KilgourHipelFangPeng2001]; [InoharaHipel2008].

    Examples
    --------
    The Ministry gives way at Elmira, and Uniroyal accepts; on the way the Ministry is worse off.

    >>> from detente.case import load
    >>> from detente.conflict.coalitions.coalition import coalition
    >>> from detente.conflict.model import conflict
    >>> elmira = conflict(load("hipel/elmira"))
    >>> both = coalition(elmira, ["ministry", "uniroyal"])
    >>> (response,) = coalition_witness(both, elmira.space.index("001")).responses
    >>> [(mover, elmira.space.code(state)) for mover, state in response.path]
    [('ministry', '101'), ('uniroyal', '111')]
    """
    places = party.gains(state)
    going = party.trails.going
    ends = going.states[places]
    answered = party.answered(state, ends)
    order = np.lexsort((places, changed(party, state, ends), answered))[:most]
    return CoalitionWitness(
        party.concept,
        party.credible,
        party.members,
        state,
        len(ends),
        int(np.count_nonzero(~answered)),
        tuple(response(party, state, int(ends[k]), path(party, going, places[k])) for k in order),
    )


def changed(party: Coalition, state: int, ends: NDArray[np.int64]) -> NDArray[np.int64]:
    """`(ends,)`: in how many options states differ from one."""
    shape = party.conflict.space.shape
    here = np.array(np.unravel_index(state, shape))
    there = np.array(np.unravel_index(ends, shape))
    count: NDArray[np.int64] = np.sum(there != here[:, None], axis=0)
    return count


def undeterred(
    party: Coalition, state: int, among: NDArray[np.bool_]
) -> tuple[CoalitionResponse, ...]:
    """The improvements from a state to some others, `(states,) bool`, that nothing answers."""
    ranks, going = party.conflict.ranks[party.side.movers], party.trails.going
    wanted = np.flatnonzero(among)
    if not (ranks[:, wanted] > ranks[:, [state]]).all(axis=0).any():
        return ()
    places = party.gains(state)
    places = places[among[going.states[places]]]
    ends = going.states[places]
    loose = ~party.answered(state, ends)
    return tuple(
        CoalitionResponse(int(end), path(party, going, place), None)
        for place, end in zip(places[loose], ends[loose], strict=True)
    )


def response(
    party: Coalition, state: int, improvement: int, there: tuple[Step, ...]
) -> CoalitionResponse:
    """What the others can do about an improvement."""
    place = party.answer(state, improvement)
    if place != NOT_FOUND:
        return CoalitionResponse(improvement, there, legs(party, place))
    return CoalitionResponse(improvement, there, None, escaped(party, state, improvement))


def escaped(party: Coalition, state: int, improvement: int) -> tuple[Leg, ...] | None:
    """An answer that would deter if it were final, and the coalition's way out of it."""
    if not party.rule.final:
        return None
    place = party.answer(state, improvement, final=False)
    if place == NOT_FOUND:
        return None
    answer, within = legs(party, place), party.trails.within
    out = escape(party.game, party.side, state, within, answer[-1].steps[-1].state)
    return (*answer, Leg(party.members, path(party, within, out)))


def path(party: Coalition, along: Trail, place: int) -> tuple[Step, ...]:
    """The moves of single actors that led to a place."""
    return tuple(
        Step(party.conflict.actors[along.movers[spot]], int(along.states[spot]))
        for spot in places_to(along, place)
    )


def legs(party: Coalition, place: int) -> tuple[Leg, ...]:
    """What those who answer did to get to a place, group by group."""
    along = party.trails.answering
    if not party.rule.together:
        return tuple(Leg((step.actor,), (step,)) for step in path(party, along, place))
    spots = places_to(along, place)
    return tuple(leg(party, along, spot) for spot in spots)


def leg(party: Coalition, along: Trail, place: int) -> Leg:
    """What a group did to get to a place."""
    group, within = party.groups[along.movers[place]], party.trails.within
    movers = side(party.conflict.actors, group, []).movers
    before = along.states[along.before[place]]
    there = lead(party.game, movers, within, before, along.states[place])
    return Leg(group, path(party, within, there))
