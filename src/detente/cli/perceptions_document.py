"""What `detente perceptions --json` prints."""

from __future__ import annotations

from dataclasses import asdict
from functools import partial
from math import isinf
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from detente.case.situation import Signal
    from detente.conflict.hypergames.correcting import Correction
    from detente.conflict.hypergames.hypergame import Hypergame
    from detente.conflict.hypergames.signals import Judged
    from detente.conflict.reach import Step

    States = NDArray[np.bool_] | NDArray[np.int64]

__all__ = ["correction_dict", "document", "sent_dict", "surprising_moves"]

FORMAT = "detente.perceptions/1"
LOOKED_FROM = 200  # states from which moves are compared


def document(
    found: Hypergame,
    corrected: Sequence[Correction],
    told: Sequence[tuple[Signal, Judged, Correction | None]],
) -> dict[str, Any]:
    """Every game, who is surprised by what, and what would change it."""
    perceptions = found.known.situation.perceptions
    return {
        "format": FORMAT,
        "situation": found.known.situation.id,
        "actors": list(found.actors),
        "real": by_concept(found, found.real.expected),
        "equilibria": by_concept(found, found.settled),
        "attained": by_concept(found, found.attained),
        "unseen": by_concept(found, found.unseen),
        "games": {actor: game_dict(found, actor) for actor in perceptions},
        "corrections": [correction_dict(each) for each in corrected],
        "signals": [signal_dict(signal, judged, effect) for signal, judged, effect in told],
    }


def by_concept(found: Hypergame, of: Callable[[str], States]) -> dict[str, list[str]]:
    """Concept -> codes of states."""
    return {concept: codes(found, of(concept)) for concept in found.concepts}


def codes(found: Hypergame, states: States) -> list[str]:
    """Of a mask, or of states."""
    return found.space.codes(np.flatnonzero(states) if states.dtype == np.bool_ else states)


def game_dict(found: Hypergame, actor: str) -> dict[str, Any]:
    """What an actor sees, and what surprises it."""
    perception = found.known.situation.perceptions[actor]
    unforeseen, imagined = surprising_moves(found, actor)
    return {
        "preferences": list(perception.preferences),
        "unaware": list(perception.unaware),
        "perceptions": list(perception.perceptions),
        "perceived": int(found.games[actor].perceived.sum()),
        "expected": by_concept(found, found.games[actor].expected),
        "in_vain": by_concept(found, lambda concept: found.in_vain(actor, concept)),
        "unexpected": by_concept(found, lambda concept: found.unexpected(actor, concept)),
        "unforeseen": [move_dict(found, *move) for move in unforeseen],
        "imagined": [move_dict(found, *move) for move in imagined],
    }


def move_dict(found: Hypergame, state: int, step: Step) -> dict[str, str]:
    before, after = found.space.codes(np.array([state, step.state]))
    return {"actor": step.actor, "from": before, "to": after}


def surprising_moves(
    found: Hypergame, actor: str
) -> tuple[list[tuple[int, Step]], list[tuple[int, Step]]]:
    """Moves an actor does not foresee, and moves it imagines.

    From where things stand, and from where it expects them to come to rest.
    """
    rest = np.flatnonzero(found.games[actor].expected(found.concepts[0]))[:LOOKED_FROM]
    states = list(dict.fromkeys([*found.starts.tolist(), *rest.tolist()]))[:LOOKED_FROM]
    return (
        [(state, step) for state in states for step in found.unforeseen(actor, state)],
        [(state, step) for state in states for step in found.imagined(actor, state)],
    )


def correction_dict(correction: Correction) -> dict[str, Any]:
    """What a correction changes, by concept."""
    before = correction.before
    return {
        "pieces": [asdict(piece) for piece in correction.pieces],
        "vanish": by_concept(before, correction.vanish),
        "appear": by_concept(before, correction.appear),
        "no_longer_attained": by_concept(before, correction.no_longer_attained),
        "newly_attained": by_concept(before, correction.newly_attained),
        "expected": {
            actor: {
                "vanish": by_concept(before, partial(correction.no_longer_expected, actor)),
                "appear": by_concept(before, partial(correction.newly_expected, actor)),
            }
            for actor in dict.fromkeys(piece.actor for piece in correction.pieces)
        },
    }


def signal_dict(signal: Signal, told: Judged, effect: Correction | None) -> dict[str, Any]:
    open_end = told.scale and [None if isinf(end) else end for end in told.scale]
    return {
        "sender": signal.sender,
        "receiver": signal.receiver,
        **asdict(told),
        "scale": open_end,
        "priors": told.priors,
        "convinces": told.convinces,
        "unbelieved": effect and sent_dict(effect.before, signal.receiver),
        "believed": effect and correction_dict(effect),
    }


def sent_dict(found: Hypergame, receiver: str) -> dict[str, Any]:
    """Where it settles once a signal is sent and nobody's view is another."""
    return {
        "equilibria": by_concept(found, found.settled),
        "attained": by_concept(found, found.attained),
        "expected": by_concept(found, found.games[receiver].expected),
    }
