"""What would have to change for a state to last, in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.brief.words import CONCEPTS, counted, joined, quoted, share_words
from detente.conflict.inverse.described import description

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from detente.conflict.inverse.cheapest import Change
    from detente.conflict.inverse.conditions import Condition, Conditions
    from detente.conflict.inverse.edits import Edit
    from detente.conflict.inverse.inverse import Demand
    from detente.conflict.inverse.rankings import Rankings
    from detente.conflict.space import Space

__all__ = ["alike", "change_words", "condition_words", "demand_words", "verdict_words"]

SPELT = 6  # states of a condition that are named one by one
WAYS = 3  # told of a change
LONGEST_COUNT = 10**12  # beyond which only the share of the rankings is readable


def alike(demands: Mapping[str, Demand]) -> list[tuple[tuple[str, ...], Demand]]:
    """One actor's demands, those that come to the same under several concepts once."""
    same: dict[object, list[str]] = {}
    for concept, demand in demands.items():
        same.setdefault(_content(demand.conditions), []).append(concept)
    return [(tuple(concepts), demands[concepts[0]]) for concepts in same.values()]


def _content(conditions: Conditions) -> object:
    return tuple(
        (each.alone.tobytes(), *(states.tobytes() for states in each.together))
        for each in conditions.each
    )


def verdict_words(concepts: Sequence[str], demand: Demand) -> str:
    """Whether the state is stable for an actor, and how much that asks of its preferences."""
    under = joined(CONCEPTS[concept] for concept in concepts)
    if not demand.met:
        return f"{under}: stable, whatever it wants."
    unmet = demand.met.count(False)
    many = counted(len(demand.met), "condition")
    said = f"not stable: {unmet:,} of {many} unmet" if unmet else f"stable: {many} met"
    return f"{under}: {said}; {rankings_words(demand.rankings)}."


def rankings_words(found: Rankings | None) -> str:
    """How many strict rankings would do."""
    if found is None:
        return "how many of its strict rankings would do cannot be counted"
    share = share_words(found.share) if found.share < 0.9999 else "over 99.99%"
    if found.counts is None or found.counts[1] > LONGEST_COUNT:
        return f"{share} of its strict rankings would do"
    satisfying, every = found.counts
    return f"{satisfying:,} of its {every:,} strict rankings ({share}) would do"


def demand_words(code: str, demand: Demand) -> str:
    """What the conditions that follow ask for."""
    plain = all(len(each.alone) == 1 and not each.together for each in demand.conditions.each)
    which = "Each of these" if plain else "Of each line something"
    return f"{which} must be no better for it than {code}:"


def condition_words(space: Space, condition: Condition) -> str:
    """The alternatives of one condition, by their codes where they are few."""
    alone, together = condition.alone, condition.together
    total = len(alone) + sum(map(len, together))
    if total <= 2 * SPELT:
        sets = [f"all of {joined(space.codes(states))}" for states in together]
        return joined([*space.codes(alone), *sets], "or")
    parts = []
    if len(alone) <= SPELT:
        parts += space.codes(alone)
    else:
        where = description(space, alone)
        parts.append(f"one of {len(alone):,} states" + (f" where {where}" if where else ""))
    if together:
        sizes = {len(states) for states in together}
        size = f"{min(sizes):,}" if len(sizes) == 1 else f"{min(sizes):,} to {max(sizes):,}"
        parts.append(f"all states of one of {len(together):,} sets of {size}")
    return joined(parts, "or")


# ------------------------------------------------------------------------------------- changes


def change_words(change: Change, aim: str) -> list[str]:
    """What is known of the cheapest change that has an aim, then the first ways to make it."""
    if change.cost == 0:
        return ["Nothing has to change."]
    if change.at_least is None:
        return [f"No change of its statements would {aim}."]
    if change.cost is None:
        return [
            f"No change was found that would {aim}; fewer than {change.at_least:,} edits do not."
        ]
    lead = f"Cheapest change to {aim}: {counted(change.cost, 'edit')}."
    if not change.exact:
        lead = (
            f"Best change found to {aim}: {counted(change.cost, 'edit')}. Fewer than "
            f"{change.at_least:,} do not; what lies between is open."
        )
    ways = [way_words(way) for way in change.ways[:WAYS]]
    more = change.count - len(ways)
    return [lead, *ways, *([f"… or one of {more:,} other ways"] if more > 0 else [])]


def way_words(way: Sequence[Edit]) -> str:
    """Some edits in a line."""
    said = joined(map(edit_words, way))
    if any(edit.tells for edit in way):
        return f"{said} (which tells the model the answer: a means)"
    return said


def edit_words(edit: Edit) -> str:
    """One edit."""
    first, *second = map(quoted, edit.statements)
    if edit.change == "dropped":
        return f"drop {first}"
    if edit.change == "swapped":
        return f"swap {first} with {second[0]}"
    return f"add {first} as no. {edit.place} of {edit.actor}"
