"""What the actors' preferences say beyond ranks: what is unknown, fuzzy, or of what strength."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from detente.conflict.concepts.fuzzy import fuzzy
from detente.conflict.concepts.strength import steps
from detente.conflict.concepts.unknown import unknown
from detente.conflict.relation import Beyond

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from detente.case.future import Future
    from detente.case.situation import Preference
    from detente.conflict.space import Space

__all__ = ["beyond"]

Told = TypeVar("Told")


def beyond(
    space: Space,
    rows: Sequence[NDArray[np.int32]],
    preferences: Mapping[str, Preference],
    future: Future,
) -> Beyond:
    """What preferences say beyond ranks.

    Parameters
    ----------
    space
        The states.
    rows
        For each decision maker `(states,) int32`, its ranks.
    preferences
        Everybody's.
    future
        Which statements are held, and what the uncertainties come to.
    """
    wanted = {actor: preferences[actor] for actor in space.actors}
    ranked = dict(zip(space.actors, rows, strict=True))
    return Beyond(
        told({a: unknown(space, wish, future, a, ranked[a]) for a, wish in wanted.items()}),
        told({a: fuzzy(space, wish, ranked[a]) for a, wish in wanted.items()}),
        told({a: steps(space, wish, future, a) for a, wish in wanted.items()}),
    )


def told(of: Mapping[str, Told | None]) -> dict[str, Told]:
    """Without the actors of whom nothing is told."""
    return {actor: each for actor, each in of.items() if each is not None}
