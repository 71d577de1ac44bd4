"""Why a state holds or does not, in sentences made from witnesses."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from detente.brief.words import (
    CONCEPTS,
    actor_name,
    counted,
    differences,
    joined,
    quoted,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from detente.case.situation import Situation
    from detente.conflict.asking import Decision

__all__ = ["Answer", "Ground", "Move", "alike", "ground_words", "step_phrases", "verdict_words"]


@dataclass(frozen=True)
class Move:
    """One move: who makes it, and the code of the state it ends in."""

    actor: str
    state: str


@dataclass(frozen=True)
class Answer:
    """One improvement of an actor, and what the others can do about it."""

    improvement: str
    """The code of the state the actor would move to."""
    gain: Decision
    """How the actor compares that state with the present one."""
    sanction: tuple[Move, ...] | None
    """The shortest sequence that deters; None if there is none."""
    loss: Decision | None
    """How the actor compares the end of the sanction with the present state."""
    escaped: tuple[Move, ...] | None = None
    """A sequence that would deter but for the actor's own last move."""


@dataclass(frozen=True)
class Ground:
    """Why a state is stable for an actor under a concept, or is not."""

    concept: str
    actor: str
    state: str
    improvements: int
    undeterred: int
    answers: tuple[Answer, ...]

    @property
    def stable(self) -> bool:
        """Whether every improvement is deterred."""
        return self.undeterred == 0


def verdict_words(equilibrium: Mapping[str, bool]) -> str:
    """Under which concepts a state is an equilibrium."""
    kept = [CONCEPTS[concept] for concept, holds in equilibrium.items() if holds]
    lost = [CONCEPTS[concept] for concept, holds in equilibrium.items() if not holds]
    if not lost:
        return f"An equilibrium under {joined(kept)}."
    if not kept:
        return f"No equilibrium under {joined(lost, 'or')}."
    return f"An equilibrium under {joined(kept)}, not under {joined(lost, 'or')}."


def alike(grounds: Sequence[Ground]) -> list[tuple[tuple[str, ...], Ground]]:
    """One actor's grounds, those that say the same under several concepts once.

    Returns
    -------
    list
        The concepts, and the ground of the one among them that admits most answers.
    """
    same: dict[tuple[object, ...], list[Ground]] = {}
    for each in grounds:
        same.setdefault((each.improvements, each.undeterred, each.answers), []).append(each)
    return [
        (tuple(each.concept for each in told), min(told, key=lambda each: WIDEST[each.concept]))
        for told in same.values()
    ]


WIDEST = {"gmr": 0, "smr": 1, "seq": 2, "nash": 3}


def ground_words(situation: Situation, concepts: Sequence[str], ground: Ground) -> list[str]:
    """The verdict under these concepts, then its grounds, one improvement each."""
    under = joined(CONCEPTS[concept] for concept in concepts)
    shown = [answer_words(situation, ground, answer) for answer in ground.answers]
    more = ground.improvements - len(shown)
    rest = [f"… and {counted(more, 'more improvement')}."] if more else []
    return [f"{under}: {standing(ground)}.", *shown, *rest]


def standing(ground: Ground) -> str:
    """Whether the state holds, and how many improvements there are."""
    number, loose = ground.improvements, ground.undeterred
    if not number:
        return "holds; there is nothing to gain by moving alone"
    gains = counted(number, "improvement")
    if ground.stable:
        return f"holds; {gains}, {'deterred' if number == 1 else 'each of them deterred'}"
    if ground.concept == "nash":
        return f"does not hold; {gains}"
    free = "" if number == 1 else "none of them " if loose == number else f"{loose:,} of them not "
    return f"does not hold; {gains}, {free or 'not '}deterred"


def answer_words(situation: Situation, ground: Ground, answer: Answer) -> str:
    """What the actor would gain, who would answer how, and whether that deters."""
    what = joined(own_words(situation, ground.state, answer.improvement))
    gain = f"It could move to {answer.improvement}: {what}{reason('which serves', answer.gain)}."
    if ground.concept == "nash":
        return gain
    if answer.sanction is not None:
        told = path_words(situation, answer.improvement, answer.sanction)
        return f"{gain} But then {told}. {deterrence(answer)}"
    if answer.escaped is None:
        return f"{gain} {NO_ANSWER[ground.concept]}"
    *steps, escape = answer.escaped
    told = path_words(situation, answer.improvement, steps)
    way_out = joined(own_words(situation, steps[-1].state, escape.state))
    return f"{gain} Then {told}; but it escapes to {escape.state}: {way_out}."


NO_ANSWER = {
    "gmr": "No moves of the others would leave it as badly off as now.",
    "smr": "No moves of the others would leave it as badly off as now.",
    "seq": "No answer that serves the others would leave it as badly off as now.",
}


def deterrence(answer: Answer) -> str:
    """Why the end of the sanction deters."""
    loss = answer.loss
    if loss is None or loss.better is None:
        return "That leaves it no better off than now, so the move does not pay."
    return f"That leaves it worse off than now{reason('at the cost of', loss)}."


def reason(opening: str, decision: Decision) -> str:
    """The statement that decides, where one does."""
    return f", {opening} {quoted(decision.statement)}" if decision.statement else ""


def own_words(situation: Situation, before: str, after: str) -> Sequence[str]:
    """What the mover does after its move that it did not do before."""
    return [phrase for doing in differences(situation, before, after) for phrase in doing.phrases]


def path_words(situation: Situation, start: str, steps: Sequence[Move]) -> str:
    """A sequence of answers in one line."""
    said = [
        f"{actor_name(situation, step.actor)} would answer {step.state}: {what}"
        for step, what in zip(steps, step_phrases(situation, start, steps), strict=True)
    ]
    return ", and then ".join(said)


def step_phrases(situation: Situation, start: str, steps: Sequence[Move]) -> list[str]:
    """What each step of a sequence changes."""
    states = [start, *(step.state for step in steps)]
    return [
        joined(own_words(situation, before, after)) for before, after in itertools.pairwise(states)
    ]
