"""How play gets somewhere, and where chance leads it, in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.brief.explain import Move, step_phrases
from detente.brief.words import CONCEPTS, actor_name, counted, state_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from detente.case.situation import Situation
    from detente.conflict.evolution.chain import RandomPlay
    from detente.conflict.evolution.noise import LongRun, Noise
    from detente.conflict.evolution.status_quo import Costly, Way
    from detente.conflict.space import Space

__all__ = [
    "NO_PROBABILITY",
    "blocked_words",
    "cost_words",
    "end_words",
    "moves_of",
    "noise_words",
    "play_words",
    "run_words",
    "step_rows",
]

NO_PROBABILITY = (
    "These are probabilities of the random process that is stated, not of the world: nobody knows "
    "who moves first, or how often anybody errs."
)


def moves_of(space: Space, way: Way) -> tuple[Move, ...]:
    """The steps of a way, states by their codes."""
    return tuple(Move(step.actor, space.code(step.state)) for step in way.steps)


def step_rows(situation: Situation, space: Space, start: int, way: Way) -> list[tuple[str, str]]:
    """For each step the state it ends in, and who does what; what it costs."""
    moves = moves_of(space, way)
    costs = {each.place: f" ({cost_words(each)})" for each in way.costly}
    phrases = step_phrases(situation, space.code(start), moves)
    return [
        (move.state, f"{actor_name(situation, move.actor)}: {phrase}{costs.get(place, '')}")
        for place, (move, phrase) in enumerate(zip(moves, phrases, strict=True))
    ]


def cost_words(costly: Costly) -> str:
    """Why nobody would make such a move."""
    return "its gain is deterred" if costly.gains else "it gains nothing by it"


def blocked_words(situation: Situation, space: Space, start: int, way: Way) -> str:
    """Where a way that costs is blocked first, and whose move that nobody would make it takes."""
    first = way.costly[0]
    led = counted(first.place, "improvement")
    before = way.steps[first.place - 1].state if first.place else start
    mover = actor_name(situation, way.steps[first.place].actor)
    where = f"after {led}, at {space.code(before)}" if first.place else "at once"
    more = counted(len(way.costly) - 1, "more move")
    others = f"; {more} on the way would cost as well" if len(way.costly) > 1 else ""
    return f"blocked {where}: {mover} would have to move, though {cost_words(first)}{others}"


# ------------------------------------------------------------------------------------- by chance


def play_words(found: RandomPlay, concept: str) -> Iterator[str]:
    """The process, how it was followed, and how long it takes."""
    each = "one of its improvements" if found.choice == "any" else "one of its best improvements"
    yield (
        f"At each state one of the actors who can improve is drawn, each as likely, and takes "
        f"{each}, each as likely; play stops at the first {CONCEPTS[concept]} equilibrium."
    )
    if found.plays is None:
        yield (
            f"Exact, from {counted(found.states, 'state')}; {found.moves:,.1f} moves are expected "
            "until play has ended, or goes round in a cycle for good."
        )
        return
    yield (
        f"Simulated: {counted(found.plays, 'play')}, seed {found.seed}; "
        f"{found.moves:,.1f} ± {found.moves_error:.1f} moves each (± is one standard error)."
    )
    if found.rest:
        yield f"{found.rest:.1%} of them had not ended after 1,000 moves."


def end_words(situation: Situation, codes: Sequence[str]) -> str:
    """An end of play in words."""
    if len(codes) == 1:
        return state_words(situation, codes[0])
    return f"a cycle of {len(codes):,} states, such as: {state_words(situation, codes[0])}"


def noise_words(noise: Noise) -> str:
    """How actors err."""
    if noise.rule == "mistakes":
        return (
            "In each round one of the decision makers is drawn, each as likely. With probability "
            f"{1 - noise.level:g} it takes one of its improvements or, at an equilibrium or "
            f"without any, stays; with probability {noise.level:g} it errs: any of its moves."
        )
    return (
        "In each round one of the decision makers is drawn, each as likely, and chooses among its "
        "moves and staying, with odds exponential in how far a state is up its ranking. Ranks are "
        f"no quantities: that its best has exp({noise.level:g}) times the odds of its worst, and "
        "equal steps count the same, is a convention."
    )


def run_words(found: LongRun) -> str:
    """How it was followed."""
    if found.plays is None:
        states = counted(len(found.probabilities), "state")
        return f"Exact, in the long run, for the {states} that play keeps coming to."
    return (
        f"Simulated: where {counted(found.plays, 'play')} stand after {found.rounds:,} rounds, "
        f"seed {found.seed}; ± is one standard error. That is not yet the long run."
    )
