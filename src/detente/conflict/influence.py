"""Who and what matters: the equilibria that come or go when one thing is left out.

An actor is left out by freezing its options at the status quo, an option likewise, a statement by
dropping it from its actor's list. Each is left out alone, everything else staying as it is, and
the equilibria are compared with those of the whole.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from detente.case.concepts import split
from detente.case.future import nominal
from detente.conflict.concepts.registry import BY_ACTOR, refuse_unknown, rows
from detente.conflict.model import conflict
from detente.conflict.preferences import truths
from detente.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

    import pandas as pd
    from numpy.typing import NDArray

    from detente.case.future import Future
    from detente.case.situation import Levels, Situation
    from detente.conflict.model import Conflict
    from detente.conflict.space import Space

__all__ = ["KINDS", "Difference", "Influence", "Without", "influence"]

Kind = Literal["actor", "option", "statement"]

KINDS: tuple[Kind, ...] = ("actor", "option", "statement")
"""What can be left out."""
OWN = ("nash", "gmr", "smr")
"""Concepts under which an actor's preferences count for its own stability alone."""


@dataclass(frozen=True)
class Difference:
    """How the equilibria of one concept change."""

    vanished: NDArray[np.int64]
    """States that are equilibria of the whole, and none of what is left."""
    appeared: NDArray[np.int64]
    """States that are equilibria of what is left, and none of the whole."""


@dataclass(frozen=True)
class Without:
    """What becomes of the equilibria without one thing."""

    kind: Kind
    id: str
    """Of the actor, option or statement."""
    changes: Mapping[str, Difference]
    """By concept; empty where nothing is feasible without it."""

    @property
    def matters(self) -> bool:
        """Whether any equilibrium comes or goes."""
        return any(each.vanished.size or each.appeared.size for each in self.changes.values())


@dataclass(frozen=True, eq=False)
class Influence:
    """Which equilibria come and go as one thing at a time is left out."""

    situation: str
    """The situation's id."""
    space: Space
    equilibria: Mapping[str, NDArray[np.int64]]
    """Concept -> the equilibria of the whole."""
    without: tuple[Without, ...]
    """Actors first, then options, then statements, each in the order of the case."""
    method: str = "leave one out, frozen at the status quo or dropped"
    version: str = field(default_factory=lambda: version("detente"))

    def to_dict(self) -> dict[str, Any]:
        """What `detente influence --json` prints."""
        return {
            "format": "detente.influence/1",
            "situation": self.situation,
            "equilibria": {
                concept: self.space.codes(states) for concept, states in self.equilibria.items()
            },
            "without": [
                {"kind": each.kind, "id": each.id, "changes": self._codes(each)}
                for each in self.without
            ],
            "method": self.method,
            "version": self.version,
        }

    def _codes(self, without: Without) -> dict[str, dict[str, list[str]]]:
        return {
            concept: {
                "vanished": self.space.codes(each.vanished),
                "appeared": self.space.codes(each.appeared),
            }
            for concept, each in without.changes.items()
        }

    def to_frame(self) -> pd.DataFrame:
        """One row for each thing left out and concept, with how many equilibria come and go."""
        import pandas as pd

        columns = ["kind", "id", "concept", "vanished", "appeared"]
        body = [
            (each.kind, each.id, concept, change.vanished.size, change.appeared.size)
            for each in self.without
            for concept, change in each.changes.items()
        ]
        return pd.DataFrame(body, columns=columns)


def influence(
    situation: Situation,
    concepts: Sequence[str] = ("nash",),
    kinds: Sequence[Kind] = KINDS,
    *,
    future: Future | None = None,
    told: Callable[[str], object] = lambda _: None,
) -> Influence:
    """Which equilibria come and go without each actor, option and statement.

    Parameters
    ----------
    situation
        What the analyst wrote.
    concepts
        Under which equilibria are compared.
    kinds
        What is left out.
    future
        The draw of everything unknown; the nominal one if left out.
    told
        Hears what is left out, before it is worked out.

    Raises
    ------
    InputError
        For an unknown concept, a situation the graph model cannot take, or an infeasible status
        quo where something is to be frozen there.
    CannotAnswer
        Where a concept is not defined for it or would take too long.

    Examples
    --------
    Neither of the two equilibria of the crisis is left where one side cannot act.

    >>> from detente.case import load
    >>> found = influence(load("fraser/cuban_missile_crisis"), ["seq"], ["actor"])
    >>> [(each.id, len(each.changes["seq"].vanished)) for each in found.without]
    [('us', 2), ('ussr', 2)]
    """
    refuse_unknown(concepts)
    future = nominal(situation) if future is None else future
    whole = Whole(situation, future, conflict(situation, future), tuple(concepts))
    found = []
    for kind, id in asked(situation, future, kinds):
        told(f"without {id}")
        found.append(Without(kind, id, whole.without(kind, id)))
    equilibria = {name: np.flatnonzero(mask) for name, mask in whole.settled.items()}
    return Influence(situation.id, whole.model.space, equilibria, tuple(found))


def asked(
    situation: Situation, future: Future, kinds: Sequence[Kind]
) -> Iterator[tuple[Kind, str]]:
    """What is left out, one thing after the other."""
    names: dict[Kind, Sequence[str]] = {
        "actor": situation.decision_makers,
        "option": [each.id for each in situation.options if each.id not in situation.frozen],
        "statement": [each.id for held in future.statements.values() for each in held],
    }
    for kind in KINDS:
        if kind in kinds:
            yield from ((kind, name) for name in names[kind])


class Whole:
    """A conflict whose equilibria are known, ready to lose one thing at a time."""

    def __init__(
        self, situation: Situation, future: Future, model: Conflict, concepts: tuple[str, ...]
    ) -> None:
        self.situation, self.future, self.model = situation, future, model
        self.stable = {concept: rows(model, concept) for concept in concepts}
        self.settled = {concept: all_stable(model, each) for concept, each in self.stable.items()}

    def without(self, kind: Kind, id: str) -> dict[str, Difference]:
        """How the equilibria change without one thing."""
        if kind == "statement":
            settled = self.dropped(id)
        else:
            options = [each.id for each in self.situation.options if id in (each.id, each.actor)]
            levels = {option: self.situation.status_quo[option] for option in options}
            settled = self.frozen(levels, [id] if kind == "actor" else [])
        return {
            concept: difference(self.settled[concept], mask) for concept, mask in settled.items()
        }

    def frozen(self, levels: Levels, still: Collection[str]) -> dict[str, NDArray[np.bool_]]:
        """Concept -> the equilibria that are left when these options and actors do not move."""
        space = self.model.space
        cut = space.slices(levels)
        if not space.possible[cut].any():
            where = ", ".join(f"{option} at {level}" for option, level in levels.items())
            raise InputError(f"no state is feasible with {where}, as the status quo has it")
        left = self.model.committed(levels)
        if still and left.space.graph is not None:  # an actor's arcs may lead beyond its options
            left = left.without_moves(still)
        found = {}
        for concept in self.stable:
            mask = np.zeros(space.shape, dtype=np.bool_)
            mask[cut] = all_stable(left, rows(left, concept)).reshape(left.space.shape)
            found[concept] = mask.reshape(-1)
        return found

    def dropped(self, id: str) -> dict[str, NDArray[np.bool_]]:
        """Concept -> the equilibria that are left without one statement."""
        actor, place = next(
            (actor, place)
            for actor, held in self.future.statements.items()
            for place, each in enumerate(held)
            if each.id == id
        )
        left = self._with_less(actor, place)
        return {
            concept: all_stable(left, self._judged(left, actor, concept)) for concept in self.stable
        }

    def _with_less(self, actor: str, place: int) -> Conflict:
        held = self.future.statements[actor]
        if any(split(concept)[1] for concept in self.stable):  # these read more than ranks
            fewer = (*held[:place], *held[place + 1 :])
            statements = {**self.future.statements, actor: fewer}
            return conflict(self.situation, replace(self.future, statements=statements))
        ranks = truths(self.model.space, held, self.future.values).without(place)
        return self.model.with_ranks(actor, ranks)

    def _judged(self, left: Conflict, actor: str, concept: str) -> NDArray[np.bool_]:
        if concept not in OWN:
            return rows(left, concept)
        stable = self.stable[concept].copy()
        stable[left.actors.index(actor)] = BY_ACTOR[concept](left, actor)
        return stable


def all_stable(model: Conflict, stable: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """`(states,) bool`: stable for every actor, and feasible."""
    settled: NDArray[np.bool_] = np.logical_and.reduce(stable)
    return settled & model.space.mask


def difference(whole: NDArray[np.bool_], left: NDArray[np.bool_]) -> Difference:
    """What goes and what comes."""
    return Difference(np.flatnonzero(whole & ~left), np.flatnonzero(left & ~whole))
