"""What would have to change for a state to last: the inverse of stability analysis."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

import numpy as np

from detente.case.asked import formula
from detente.case.concepts import CORE
from detente.case.future import nominal
from detente.case.states import looks_like_code
from detente.conflict.inverse.amending import Wish
from detente.conflict.inverse.conditions import conditions
from detente.conflict.inverse.described import description
from detente.conflict.inverse.rankings import rankings
from detente.conflict.model import conflict
from detente.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from detente.case.future import Future
    from detente.case.situation import Situation
    from detente.conflict.inverse.cheapest import Change
    from detente.conflict.inverse.conditions import Condition, Conditions
    from detente.conflict.inverse.edits import Edit
    from detente.conflict.inverse.rankings import Rankings
    from detente.conflict.space import Space

__all__ = ["Demand", "Inverse", "inverse", "one_state"]

LISTED = 200  # states of one condition that are written out
MATCHES_SHOWN = 5


@dataclass(frozen=True, eq=False)
class Demand:
    """What one actor must want for the state to be stable for it under one concept."""

    conditions: Conditions
    met: tuple[bool, ...]
    """Of each condition, whether what the actor wants now meets it."""
    rankings: Rankings | None
    """How many strict rankings meet all of them; None where that cannot be counted."""
    change: Change
    """The cheapest change of its own statements that does what is wished for."""

    @property
    def stable(self) -> bool:
        """Whether the state is stable for the actor as things are."""
        return all(self.met)


@dataclass(frozen=True, eq=False)
class Inverse:
    """What every actor must want for one state to be stable, the others' preferences fixed."""

    situation: str
    """The situation's id."""
    space: Space
    state: int
    actors: Mapping[str, Mapping[str, Demand]]
    """Decision maker -> concept -> what it must want."""
    together: Mapping[str, Change]
    """Concept -> the cheapest change to all statements that makes the state an equilibrium, or
    breaks it; none where not all actors were asked about."""
    breaking: bool
    """Whether changes are to break it."""
    method: str = "weakest conditions on which states are no better, read off the moves"
    version: str = field(default_factory=partial(version, "detente"))

    def to_dict(self) -> dict[str, Any]:
        """What `detente inverse --json` prints."""
        return {
            "format": "detente.inverse/1",
            "situation": self.situation,
            "state": self.space.code(self.state),
            "feasible": int(np.count_nonzero(self.space.mask)),
            "wished": "broken" if self.breaking else "stable",
            "actors": {
                actor: {
                    concept: _demand_dict(self.space, demand) for concept, demand in demands.items()
                }
                for actor, demands in self.actors.items()
            },
            "together": {
                concept: _change_dict(change) for concept, change in self.together.items()
            },
        }


def inverse(
    situation: Situation,
    state: str,
    concepts: Sequence[str] = CORE,
    *,
    actors: Sequence[str] | None = None,
    breaking: bool = False,
    added: Sequence[str] = (),
) -> Inverse:
    """What every actor must want for a state to be stable, in the nominal future.

    Parameters
    ----------
    situation
        What the analyst wrote.
    state
        A code, or an expression that is true in exactly one feasible state.
    concepts
        Any of `nash`, `gmr`, `smr`, `seq`, `sseq`, `sim`.
    actors
        Whose conditions; all decision makers if left out.
    breaking
        Whether the cheapest change is to break what is stable.
    added
        Expressions that may be added to lists of statements, besides what is written and doubted.

    Raises
    ------
    InputError
        For an unknown actor or concept, or a text that does not mean one feasible state.
    CannotAnswer
        Where conditions are too large to be written down.

    References
    ----------
    [KinsaraKilgourHipel2015], [WangHipelFangDang2018]

    Examples
    --------
    Of Syria's 720 strict rankings 240 make releasing water last by Nash, and 384 by SEQ.

    >>> from detente.case import load
    >>> found = inverse(load("kinsara/syria_iraq_1975"), "100", ["nash", "seq"])
    >>> [demand.rankings.counts for demand in found.actors["syria"].values()]
    [(240, 720), (384, 720)]
    """
    future = nominal(situation)
    model = conflict(situation, future)
    wanted = one_state(situation, model.space, state, future)
    formulas = tuple(formula(situation, text) for text in added)
    wishes = [
        Wish(situation, future, model, wanted, concept, breaking, formulas) for concept in concepts
    ]
    demands = {
        actor: {wish.concept: _demand(wish, actor) for wish in wishes}
        for actor in (model.actors if actors is None else actors)
    }
    together = {
        wish.concept: wish.change_of_all(
            {actor: each[wish.concept].change for actor, each in demands.items()}
        )
        for wish in (wishes if actors is None else ())
    }
    return Inverse(situation.id, model.space, wanted, demands, together, breaking)


def _demand(wish: Wish, actor: str) -> Demand:
    model, state = wish.model, wish.state
    asked = conditions(model, actor, state, wish.concept)
    ranks = model.ranks_of(actor)
    met = tuple(each.holds(ranks <= ranks[state]) for each in asked.each)
    counted = rankings(asked, int(np.count_nonzero(model.space.mask)))
    return Demand(asked, met, counted, wish.change_of(asked))


# ----------------------------------------------------------------------------------- which state


def one_state(situation: Situation, space: Space, text: str, future: Future) -> int:
    """The one feasible state that a code or an expression means.

    Raises
    ------
    InputError
        Where it means none, or several.
    """
    if looks_like_code(text, len(situation.options)):
        state = space.index(text)
        if not space.mask[state]:
            raise InputError(f"`{text}` is not feasible: the infeasibilities rule it out")
        return state
    wanted = formula(situation, text)
    truth = np.broadcast_to(wanted.on({**future.values, **space.axes()}), space.shape)
    states = np.flatnonzero(truth & space.feasible)
    if states.size == 1:
        return int(states[0])
    raise InputError(_not_one(space, text, truth, states))


def _not_one(space: Space, text: str, truth: NDArray[np.bool_], states: NDArray[np.intp]) -> str:
    if not states.size:
        ruled_out = int(np.count_nonzero(truth))
        return f"`{text}` is true in no feasible state" + (
            f"; the infeasibilities rule out the {ruled_out:,} where it would be" * bool(ruled_out)
        )
    shown = ", ".join(space.codes(states[:MATCHES_SHOWN]))
    more = f" and {states.size - MATCHES_SHOWN:,} more" * (states.size > MATCHES_SHOWN)
    open_options = [
        option.id
        for option, positions in zip(
            space.options, np.unravel_index(states, space.shape), strict=True
        )
        if np.unique(positions).size > 1
    ]
    return (
        f"`{text}` is true in {states.size:,} feasible states, one is asked for: {shown}{more}\n"
        f"join to it with `and` what is left open: {', '.join(open_options)}"
    )


# ------------------------------------------------------------------------------------------ JSON


def _demand_dict(space: Space, demand: Demand) -> dict[str, Any]:
    conditions = zip(demand.conditions.each, demand.met, strict=True)
    counts = demand.rankings and demand.rankings.counts
    return {
        "stable": demand.stable,
        "conditions": [_condition_dict(space, each, met) for each, met in conditions],
        "rankings": counts and {"satisfying": counts[0], "of": counts[1]},
        "share": demand.rankings and demand.rankings.share,
        "change": _change_dict(demand.change),
    }


def _change_dict(change: Change) -> dict[str, Any]:
    return {
        "cost": change.cost,
        "at_least": change.at_least,
        "exact": change.exact,
        "count": change.count,
        "ways": [[_edit_dict(edit) for edit in way] for way in change.ways],
    }


def _edit_dict(edit: Edit) -> dict[str, Any]:
    return {
        "actor": edit.actor,
        "change": edit.change,
        "statements": [each.id for each in edit.statements],
        "place": edit.place,
        "tells": edit.tells,
    }


def _condition_dict(space: Space, condition: Condition, met: bool) -> dict[str, Any]:
    listed = list(_listed(space, condition))
    return {
        "move": space.code(condition.move),
        "met": met,
        "no_better": listed,
        "when": description(space, condition.alone) if not condition.together else None,
        "left_out": len(condition.alone) + len(condition.together) - len(listed),
    }


def _listed(space: Space, condition: Condition) -> Iterator[list[str]]:
    """The first alternatives, each a list of states that must be no better together."""
    yield from ([code] for code in space.codes(condition.alone[:LISTED]))
    room = LISTED - len(condition.alone)
    for states in condition.together:
        room -= len(states)
        if room < 0:
            return
        yield space.codes(states)
