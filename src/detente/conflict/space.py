"""The state space: an n-dimensional array with one axis for each option."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, NoReturn

import numpy as np

from detente.case.states import (
    DIGITS,
    LARGEST,
    code_levels,
    feasible,
    representatives,
    size,
)
from detente.conflict.graph import first_among, in_graph_form
from detente.conflict.moves import Axis, Jumps, Lines, axes, jumps, lines
from detente.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from detente.case.situation import Infeasible, Levels, Option, Situation
    from detente.conflict.graph import Graph

__all__ = ["Space", "space", "states_of"]

MOST_PARTS = 2**13  # of one actor; which leads to which takes the square of it
CHARACTERS = np.frombuffer(DIGITS.encode(), dtype=np.uint8)


@dataclass(frozen=True, eq=False)
class Space:
    """The states of a situation; a state is a flat index into `shape`, in C order.

    An option fixed by `restricted` keeps an axis of length one, so that codes, expressions and
    preferences read the same before and after.
    """

    options: tuple[Option, ...]
    """One axis each, in code order."""
    feasible: NDArray[np.bool_]
    """`shape`, which states can be."""
    origin: tuple[int, ...]
    """For each axis, the level at its first position: 0 unless the option is fixed."""
    graph: Graph | None = None
    """The moves, where they are not those of option form. Combinations that are one state with
    another, before them in code order, are infeasible then."""

    @property
    def shape(self) -> tuple[int, ...]:
        """The length of each axis."""
        return self.feasible.shape

    @property
    def size(self) -> int:
        """The number of states, infeasible ones included."""
        return self.feasible.size

    @property
    def actors(self) -> tuple[str, ...]:
        """The actors with options, in the order of their options; then those with arcs alone."""
        if self.graph is not None:
            return tuple(self.graph.between)
        return tuple(dict.fromkeys(option.actor for option in self.options))

    @property
    def _all_axes(self) -> tuple[Axis, ...]:
        return axes(self.options, self.shape)

    @cached_property
    def mask(self) -> NDArray[np.bool_]:
        """`(states,)`, the feasible states."""
        return self.feasible.reshape(-1)

    @cached_property
    def all_feasible(self) -> bool:
        """Whether nothing is ruled out."""
        return bool(self.feasible.all())

    @property
    def transitive(self) -> bool:
        """Whether all moves are those of option form: two in a row by one actor are one move."""
        return self.graph is None

    @cached_property
    def lines(self) -> Mapping[str, Lines]:
        """For each actor with options, where it can move."""
        return {actor: lines(self._all_axes, actor) for actor in self.actors}

    @cached_property
    def jumps(self) -> Jumps:
        """The moves of all actors from single states."""
        return jumps(self._all_axes, self.actors)

    def axes(self) -> dict[str, NDArray[np.int64]]:
        """The level of each option, along its own axis only: what expressions are evaluated on."""
        spans = zip(self.origin, self.shape, strict=True)
        levels = np.ix_(*(np.arange(first, first + length) for first, length in spans))
        return {option.id: along for option, along in zip(self.options, levels, strict=True)}

    def codes(self, states: NDArray[Any]) -> list[str]:
        """The code of each state: one base-36 character for each option."""
        positions = np.unravel_index(np.asarray(states, dtype=np.int64), self.shape)
        text = np.empty((len(states), len(self.shape)), dtype=np.uint8)
        for column, (position, first) in enumerate(zip(positions, self.origin, strict=True)):
            text[:, column] = CHARACTERS[position + first]
        codes: list[str] = text.view(f"S{len(self.shape)}")[:, 0].astype(np.str_).tolist()
        return codes

    def code(self, state: int) -> str:
        """The code of one state."""
        return self.codes(np.array([state]))[0]

    def combinations(self, codes: Sequence[str]) -> NDArray[np.int64]:
        """The combinations of levels with these codes, feasible or not.

        Raises
        ------
        InputError
            For a code that names none of this space.
        """
        levels = [code_levels(code, self.options) or self._refuse(code) for code in codes]
        places = np.array(levels, dtype=np.int64).reshape(len(codes), len(self.shape)) - self.origin
        outside = np.flatnonzero(((places < 0) | (places >= self.shape)).any(axis=1))
        if outside.size:
            self._refuse(codes[outside[0]])
        states: NDArray[np.int64] = np.ravel_multi_index(tuple(places.T), self.shape)
        return states

    def indices(self, codes: Sequence[str]) -> NDArray[np.int64]:
        """The states with these codes; `InputError` if there is none."""
        combinations = self.combinations(codes)
        return combinations if self.graph is None else self.graph.stands_for[combinations]

    def index(self, code: str) -> int:
        """The state with this code; `InputError` if there is none."""
        return int(self.indices([code])[0])

    @cached_property
    def possible(self) -> NDArray[np.bool_]:
        """`shape`, the combinations that are feasible states, or one state with such."""
        if self.graph is None:
            return self.feasible
        return self.feasible | ~self.graph.first.reshape(self.shape)

    def spread(self, values: NDArray[Any]) -> NDArray[Any]:
        """`(states,)`: values of states, given to all combinations that count as them."""
        return values if self.graph is None else values[self.graph.stands_for]

    def feasible_under(self, levels: Levels) -> NDArray[np.bool_]:
        """The states where these options are fixed, one axis for each option."""
        cut = self.slices(levels)
        if self.graph is None:
            return self.feasible[cut]
        inside = self.inside(levels)
        first = first_among(self.graph.stands_for[inside]) == np.arange(inside.size)
        left: NDArray[np.bool_] = self.possible[cut] & first.reshape(self.possible[cut].shape)
        return left

    def standing_for(self, combinations: NDArray[np.int64], levels: Levels) -> NDArray[np.int64]:
        """The states that possible combinations with these levels count as where those are fixed.

        Of the combinations that are one state it is the first that has these levels.
        """
        if self.graph is None:
            return combinations
        inside = self.inside(levels)
        first = first_among(self.graph.stands_for[inside])
        return inside[first[np.searchsorted(inside, combinations)]]

    def inside(self, levels: Levels) -> NDArray[np.int64]:
        """The combinations with these levels, in the order they have where those are fixed."""
        return np.arange(self.size).reshape(self.shape)[self.slices(levels)].reshape(-1)

    def restricted(self, levels: Levels) -> Space:
        """The states in which these options stand at these levels.

        Parameters
        ----------
        levels
            Option id -> index of its level.

        Raises
        ------
        InputError
            For an option or a level that this space does not have.
        """
        slices = self.slices(levels)
        origin = tuple(
            first + (cut.start or 0) for first, cut in zip(self.origin, slices, strict=True)
        )
        feasible = np.ascontiguousarray(self.feasible_under(levels))
        graph = None if self.graph is None else self.graph.among(self.inside(levels))
        return replace(self, feasible=feasible, origin=origin, graph=graph)

    def holding(self, levels: Levels) -> Space:
        """The same combinations, of which those alone are feasible that have these levels."""
        if not levels:
            return self
        held = np.zeros_like(self.feasible)
        held[self.slices(levels)] = self.feasible_under(levels)
        graph = None if self.graph is None else self.graph.holding(self.inside(levels))
        return replace(self, feasible=held, graph=graph)

    def slices(self, levels: Levels) -> tuple[slice, ...]:
        """The part of each axis that is left when these options are fixed."""
        unknown = set(levels) - {option.id for option in self.options}
        if unknown:
            raise InputError(f"no option is called `{min(unknown)}`")
        return tuple(
            self._fixed(axis, levels[option.id]) if option.id in levels else slice(None)
            for axis, option in enumerate(self.options)
        )

    def _fixed(self, axis: int, level: int) -> slice:
        position = level - self.origin[axis]
        if not 0 <= position < self.shape[axis]:
            raise InputError(f"`{self.options[axis].id}` cannot be fixed at level {level} here")
        return slice(position, position + 1)

    def _refuse(self, code: str) -> NoReturn:
        raise InputError(
            f"`{code}` is not a state here: a code has {len(self.options)} characters, "
            f"like {self.code(0)}, each the index of the option's level"
        )


def space(
    options: tuple[Option, ...], infeasible: Iterable[Infeasible], values: Mapping[str, Any]
) -> Space:
    """The state space of these options.

    Parameters
    ----------
    options
        In code order.
    infeasible
        The states that cannot be.
    values
        Uncertainty -> its value, for infeasibilities that name one.

    Raises
    ------
    InputError
        Where the space is too large, before anything is allocated, or has no feasible state.
    """
    _refuse_large(options)
    possible = feasible(options, infeasible, values)
    if not possible.any():
        raise InputError("no state is feasible: the infeasibilities rule out all of them")
    return Space(options, possible, (0,) * len(options))


def states_of(situation: Situation, values: Mapping[str, Any]) -> Space:
    """The state space of a situation, with its moves in graph form if it writes them out.

    Parameters
    ----------
    situation
        What the analyst wrote.
    values
        Uncertainty -> its value.

    Raises
    ------
    InputError
        As `space`.
    CannotAnswer
        Where there are too many moves to be written out.
    """
    states = space(situation.options, situation.infeasible, values)
    if not (situation.arcs or situation.one_step or situation.same):
        return states
    alike = representatives(situation.options, states.feasible, situation.same, values)
    return in_graph_form(states, situation, alike)


def _refuse_large(options: tuple[Option, ...]) -> None:
    if size(options) > LARGEST:
        raise InputError(
            f"{len(options)} options make {size(options):,} states, "
            f"more than the {LARGEST:,} that can be settled: leave options out, or make one option "
            "with levels of several that exclude each other; ruling states out frees no room"
        )
    one_way = [option for option in options if option.moves != "both"]
    for actor in dict.fromkeys(option.actor for option in one_way):
        parts = size(option for option in one_way if option.actor == actor)
        if parts > MOST_PARTS:
            raise InputError(
                f"the one-way options of `{actor}` combine in {parts:,} ways, "
                f"more than the {MOST_PARTS:,} that can be told apart: leave some out, or let "
                "those move both ways that nothing hinges on"
            )
