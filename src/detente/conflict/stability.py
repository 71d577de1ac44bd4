"""Where a situation settles: the stable states of each actor and the equilibria, by concept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from detente.case.concepts import CORE, FORESIGHT
from detente.conflict.concepts.registry import BY_ACTOR, foreseen, refuse_unknown, rows
from detente.conflict.model import Conflict, conflict
from detente.conflict.threads import side_by_side
from detente.errors import InputError

if TYPE_CHECKING:
    import pandas as pd

    from detente.case.future import Future
    from detente.case.situation import Option, Situation
    from detente.conflict.concepts.limited_move import LimitedMove, NonMyopic
    from detente.conflict.space import Space

__all__ = ["CONCEPTS", "Stability", "equilibria", "stability", "stable_states"]

CONCEPTS = CORE
"""Those asked for where none are named."""
SHOWN = 20  # equilibria listed in a notebook


@dataclass(frozen=True, eq=False)
class Stability:
    """The stable states and equilibria of a situation, and how they were found."""

    situation: str
    """The situation's id."""
    space: Space
    stable: Mapping[str, NDArray[np.bool_]]
    """Concept -> `(actors, states) bool`; false where infeasible."""
    foresight: Mapping[str, LimitedMove | NonMyopic] = field(default_factory=dict)
    """For concepts that look moves ahead: where play ends, or from when on it repeats itself."""
    method: str = "graph model, legal sequences of any length"
    version: str = field(default_factory=lambda: version("detente"))

    @property
    def concepts(self) -> tuple[str, ...]:
        """The concepts asked for."""
        return tuple(self.stable)

    @property
    def actors(self) -> tuple[str, ...]:
        """The decision makers, one row each in `stable`."""
        return self.space.actors

    @property
    def options(self) -> tuple[Option, ...]:
        """The options, in code order."""
        return self.space.options

    def equilibria(self, concept: str) -> list[str]:
        """The codes of the states that are stable for every actor, sorted."""
        return self.space.codes(np.flatnonzero(self.settled(concept)))

    def settled(self, concept: str) -> NDArray[np.bool_]:
        """`(states,) bool`: the states that are stable for every actor."""
        if concept not in self.stable:
            raise InputError(f"no concept `{concept}` here: one of {', '.join(self.stable)}")
        settled: NDArray[np.bool_] = np.logical_and.reduce(self.stable[concept])
        return settled & self.space.mask

    def to_dict(self, *, stable: bool = True) -> dict[str, Any]:
        """What `detente stability --json` prints.

        Parameters
        ----------
        stable
            Whether to list each actor's stable states besides the equilibria.
        """
        result: dict[str, Any] = {
            "format": "detente.stability/1",
            "situation": self.situation,
            "actors": list(self.actors),
            "options": [
                {"id": option.id, "actor": option.actor, "levels": list(option.levels)}
                for option in self.options
            ],
            "feasible": int(np.count_nonzero(self.space.mask)),
        }
        if self.foresight:
            ahead = self.foresight.items()
            result["foresight"] = {name: found.to_dict(self.actors) for name, found in ahead}
        if stable:
            result["stable"] = {concept: self._by_actor(concept) for concept in self.concepts}
        result["equilibria"] = {concept: self.equilibria(concept) for concept in self.concepts}
        return result

    def to_frame(self) -> pd.DataFrame:
        """One row for each concept and feasible state; who finds it stable, and whether all do."""
        import pandas as pd

        states = np.flatnonzero(self.space.mask)
        codes = pd.Index(self.space.codes(states), name="state")
        frames = {
            concept: pd.DataFrame(
                np.vstack([rows[:, states], rows[:, states].all(axis=0)]).T,
                index=codes,
                columns=[*self.actors, "equilibrium"],
            )
            for concept, rows in self.stable.items()
        }
        return pd.concat(frames, names=["concept"])

    def _by_actor(self, concept: str) -> dict[str, list[str]]:
        rows = zip(self.actors, self.stable[concept], strict=True)
        return {actor: self.space.codes(np.flatnonzero(row)) for actor, row in rows}

    def _repr_html_(self) -> str:
        rows = "".join(self._html_row(concept) for concept in self.concepts)
        feasible = np.count_nonzero(self.space.mask)
        return (
            f"<table><caption>{escape(self.situation)}: {feasible:,} feasible states</caption>"
            f"<tr><th>concept</th><th>equilibria</th><th>states</th></tr>{rows}</table>"
        )

    def _html_row(self, concept: str) -> str:
        states = np.flatnonzero(self.settled(concept))
        shown = " ".join(self.space.codes(states[:SHOWN])) + (" …" if states.size > SHOWN else "")
        return (
            f"<tr><td>{escape(concept)}</td><td>{states.size:,}</td><td>{shown or 'none'}</td></tr>"
        )


def stability(
    situation: Situation,
    concepts: Sequence[str] = CONCEPTS,
    *,
    future: Future | None = None,
) -> Stability:
    """Where a situation settles.

    Parameters
    ----------
    situation
        What the analyst wrote.
    concepts
        Any of `detente.case.concepts.NAMES`.
    future
        The draw of everything unknown; the nominal one if left out.

    Raises
    ------
    InputError
        For an unknown concept, or a situation the graph model cannot take.

    References
    ----------
    [FangHipelKilgour1993], ch. 3; [KilgourHipelFang1987]

    Examples
    --------
    In the prisoner's dilemma both may keep to what harms neither, if each fears an answer.

    >>> from detente.case import load
    >>> found = stability(load("fang/prisoners_dilemma"), ["nash", "seq"])
    >>> found.equilibria("nash"), found.equilibria("seq")
    (['11'], ['00', '11'])
    """
    model = conflict(situation, future)
    ahead = {name: foreseen(model, name) for name in concepts if name in FORESIGHT}
    others = stable_states(model, [name for name in concepts if name not in ahead])
    stable = {name: ahead[name].stable if name in ahead else others[name] for name in concepts}
    return Stability(situation.id, model.space, stable, ahead)


def stable_states(
    model: Conflict, concepts: Sequence[str] = CONCEPTS
) -> dict[str, NDArray[np.bool_]]:
    """Each actor's stable states.

    Returns
    -------
    dict
        Concept -> `(actors, states) bool`; false where infeasible.
    """
    refuse_unknown(concepts)
    if any(concept != "nash" for concept in concepts):  # which alone compares no improvements
        side_by_side(model.order, model.actors, model.space.size)
    apart = [concept for concept in concepts if concept in BY_ACTOR]
    tasks = [(BY_ACTOR[concept], actor) for concept in apart for actor in model.actors]
    found = side_by_side(lambda task: task[0](model, task[1]), tasks, model.space.size)
    shape = (len(apart), len(model.actors), model.space.size)
    by_actor = dict(zip(apart, np.array(found, dtype=np.bool_).reshape(shape), strict=True))
    return {
        concept: by_actor[concept] if concept in by_actor else rows(model, concept)
        for concept in concepts
    }


def equilibria(model: Conflict, concept: str) -> NDArray[np.bool_]:
    """`(states,) bool`: the states that are stable for every actor."""
    settled: NDArray[np.bool_] = np.logical_and.reduce(stable_states(model, [concept])[concept])
    return settled & model.space.mask
