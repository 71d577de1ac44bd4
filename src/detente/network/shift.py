"""Whether an actor's position is higher, lower or equal: before and after, or beside another's.

A measure that is a share of a whole moves by construction when others move. A direction therefore
holds only where the measure has it, one beside it that is not normalised has it too and none has
the opposite; and it is robust only if it survives that any single arrangement is left out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

from detente.errors import CannotAnswer
from detente.network.changes import require_actors
from detente.network.hypergraph import Hypergraph, hypergraph
from detente.network.measures import MEASURES, TOLERANCE, Measure, require_measure
from detente.network.ranks import aligned

if TYPE_CHECKING:
    from datetime import date

    from detente.case.situation import Situation
    from detente.network.changes import Change

__all__ = ["Answer", "At", "Carrier", "Direction", "Shift", "carriers", "change", "lead"]

Direction = Literal["higher", "lower", "equal"]
SIGNS: Mapping[Direction, int] = {"higher": 1, "lower": -1, "equal": 0}
WORDS = {sign: direction for direction, sign in SIGNS.items()}


@dataclass(frozen=True)
class At:
    """A day, and what is changed of the record on it."""

    day: date
    changes: tuple[Change, ...] = ()


class Answer(NamedTuple):
    """Whether a direction holds."""

    holds: bool | None
    """None where it turns with a single arrangement."""
    why: str
    flips: tuple[str, ...] = ()
    """The arrangements without any one of which the answer is the opposite."""


class Carrier(NamedTuple):
    """An arrangement and what a position owes to it."""

    arrangement: str
    drop: float | None
    """By how much the measure is less without it; none where it cannot be told without it."""


@dataclass(frozen=True)
class Shift:
    """How a measure of an actor compares with another value of it."""

    actor: str
    measure: str
    layer: str
    before: float
    """The value it is compared with."""
    after: float
    signs: Mapping[str, int]
    """The measure, then those beside it: 1 where it is higher, -1 lower, 0 equal."""
    left_out: Mapping[str, Mapping[str, int]]
    """The same with each arrangement left out throughout, but for those a change names."""
    untold: tuple[str, ...] = ()
    """Arrangements without which the measure cannot be told."""
    other: str | None = None
    """Whose value it is compared with, where that is another actor's."""

    @property
    def difference(self) -> float:
        """After less before."""
        return self.after - self.before

    def answer(self, direction: Direction) -> Answer:
        """Whether the position is higher, lower or equal, and why.

        It holds, or does not, only if that is the same whichever arrangement is left out.
        """
        found = _is_so(self.measure, self.signs, direction)
        flips = tuple(
            arrangement
            for arrangement, signs in self.left_out.items()
            if _is_so(self.measure, signs, direction) != found
        )
        why = _why(self, direction, found)
        if flips:
            return Answer(None, f"{why}; the opposite without {' or '.join(flips)}", flips)
        return Answer(found, why)


def change(
    situation: Situation, actor: str, measure: str, layer: str, before: At, after: At
) -> Shift:
    """How an actor's position differs between two days, or with a change of the record.

    Parameters
    ----------
    situation
        Whose arrangements are taken.
    actor
        An actor; one that is absent has what a party to nothing has.
    measure
        A name of `MEASURES`.
    layer
        A layer, or `all`.
    before, after
        The day and the changes of each.

    Raises
    ------
    InputError
        For an unknown measure, layer, arrangement or actor.
    CannotAnswer
        Where one of the networks cannot carry the measure, or it says nothing of the actor.
    """
    require_actors(situation, actor)
    networks = tuple(hypergraph(situation, at.day, layer, at.changes) for at in (before, after))
    named = {each.arrangement for at in (before, after) for each in at.changes}
    return _shift((actor, actor), require_measure(measure), layer, networks, named)


def lead(situation: Situation, actors: tuple[str, str], measure: str, layer: str, at: At) -> Shift:
    """How the first actor's position differs from the second's, in the same network.

    Parameters, and what is raised, as for `change`.
    """
    require_actors(situation, *actors)
    network = hypergraph(situation, at.day, layer, at.changes)
    named = {each.arrangement for each in at.changes}
    ends = (actors[1], actors[0])
    return _shift(ends, require_measure(measure), layer, (network, network), named)


def carriers(
    situation: Situation, actor: str, measure: str, layer: str, at: At
) -> tuple[Carrier, ...]:
    """Which arrangements an actor's position rests on: what it loses without each, most first.

    Parameters, and what is raised, as for `change`. Arrangements without which nothing changes are
    left out.
    """
    require_actors(situation, actor)
    network, of = hypergraph(situation, at.day, layer, at.changes), require_measure(measure)
    whole = _value(of, network, actor)
    found = []
    for edge in network.edges:
        try:
            drop = whole - _value(of, network.without(edge), actor)
        except CannotAnswer:
            found.append(Carrier(edge, None))
            continue
        if abs(drop) > TOLERANCE * abs(whole):
            found.append(Carrier(edge, drop))
    return tuple(sorted(found, key=lambda each: np.inf if each.drop is None else -each.drop))


# ------------------------------------------------------------------------------------- the rule


def _is_so(measure: str, signs: Mapping[str, int], direction: Direction) -> bool:
    """Whether a direction holds by these signs."""
    wanted = SIGNS[direction]
    beside = [sign for name, sign in signs.items() if name != measure]
    if signs[measure] != wanted:
        return False
    share = MEASURES[measure].normalised and bool(beside)
    if wanted == 0:
        return not (share and any(beside))
    return -wanted not in beside and (wanted in beside or not share)


def _why(shift: Shift, direction: Direction, found: bool) -> str:
    """The signs in words."""
    values = f"{shift.measure} {shift.before:.4g} → {shift.after:.4g}"
    if shift.other:
        values = f"{shift.measure} {shift.after:.4g} beside {shift.other}'s {shift.before:.4g}"
    beside = {name: WORDS[sign] for name, sign in shift.signs.items() if name != shift.measure}
    said = ", ".join(f"{name} {word}" for name, word in beside.items())
    if found or shift.signs[shift.measure] != SIGNS[direction]:
        others = f" ({said})" if said else ""
        return f"{values}: {WORDS[shift.signs[shift.measure]]}{others}"
    if MEASURES[shift.measure].normalised:
        return f"{values}, but it is a share, which moves when others do: {said}"
    return f"{values}, but {said}"


def _shift(
    ends: tuple[str, str],
    measure: Measure,
    layer: str,
    networks: Sequence[Hypergraph],
    named: set[str],
) -> Shift:
    """The signs with everything, and with each arrangement left out of both networks."""
    before, after = (
        _value(measure, network, actor) for network, actor in zip(networks, ends, strict=True)
    )
    left_out: dict[str, Mapping[str, int]] = {}
    untold = []
    for edge in dict.fromkeys(edge for network in networks for edge in network.edges):
        if edge in named:
            continue  # what is supposed to change is not also supposed away
        signs = _signs(measure, [network.without(edge) for network in networks], ends)
        if measure.name in signs:
            left_out[edge] = signs
        else:
            untold.append(edge)
    return Shift(
        ends[1],
        measure.name,
        layer,
        before,
        after,
        _signs(measure, networks, ends),
        left_out,
        tuple(untold),
        ends[0] if ends[0] != ends[1] else None,
    )


def _signs(
    measure: Measure, networks: Sequence[Hypergraph], actors: tuple[str, str]
) -> dict[str, int]:
    """The sign by the measure and by those beside it, where they can be told."""
    found = {}
    for name in (measure.name, *measure.beside):
        try:
            before, after = (
                _value(MEASURES[name], network, actor)
                for network, actor in zip(networks, actors, strict=True)
            )
        except CannotAnswer:
            continue
        found[name] = _sign(before, after)
    return found


def _value(measure: Measure, network: Hypergraph, actor: str) -> float:
    value = float(aligned(measure, network, [actor])[0])
    if np.isnan(value):
        raise CannotAnswer(f"{measure.name} says nothing of {actor}: no tie joins it to the others")
    return value


def _sign(before: float, after: float) -> int:
    if abs(after - before) <= TOLERANCE * max(abs(before), abs(after)):
        return 0
    return 1 if after > before else -1
