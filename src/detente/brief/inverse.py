"""What would have to change for a state to last, in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.brief.words import CONCEPTS, counted, joined, share_words
from detente.conflict.described import description

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from detente.conflict.conditions import Condition, Conditions
    from detente.conflict.inverse import Wish
    from detente.conflict.rankings import Rankings
    from detente.conflict.space import Space

__all__ = ["alike", "condition_words", "demand_words", "wish_words"]

SPELT = 6  # states of a condition that are named one by one
LONGEST_COUNT = 10**12  # beyond which only the share of the rankings is readable


def alike(wishes: Mapping[str, Wish]) -> list[tuple[tuple[str, ...], Wish]]:
    """One actor's wishes, those that come to the same under several concepts once."""
    same: dict[object, list[str]] = {}
    for concept, wish in wishes.items():
        same.setdefault(_content(wish.conditions), []).append(concept)
    return [(tuple(concepts), wishes[concepts[0]]) for concepts in same.values()]


def _content(conditions: Conditions) -> object:
    return tuple(
        (each.alone.tobytes(), *(states.tobytes() for states in each.together))
        for each in conditions.each
    )


def wish_words(concepts: Sequence[str], wish: Wish) -> str:
    """Whether the state is stable for an actor, and how much that asks of its preferences."""
    under = joined(CONCEPTS[concept] for concept in concepts)
    if not wish.met:
        return f"{under}: stable, whatever it wants."
    unmet = wish.met.count(False)
    many = counted(len(wish.met), "condition")
    said = f"not stable: {unmet:,} of {many} unmet" if unmet else f"stable: {many} met"
    return f"{under}: {said}; {rankings_words(wish.rankings)}."


def rankings_words(found: Rankings | None) -> str:
    """How many strict rankings would do."""
    if found is None:
        return "how many of its strict rankings would do cannot be counted"
    share = share_words(found.share) if found.share < 0.9999 else "over 99.99%"
    if found.counts is None or found.counts[1] > LONGEST_COUNT:
        return f"{share} of its strict rankings would do"
    satisfying, every = found.counts
    return f"{satisfying:,} of its {every:,} strict rankings ({share}) would do"


def demand_words(code: str, wish: Wish) -> str:
    """What the conditions that follow ask for."""
    plain = all(len(each.alone) == 1 and not each.together for each in wish.conditions.each)
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
