"""Why a state holds or does not, in sentences made from witnesses."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from detente.brief.weighing import as_far_as, deterrence, gain_words, reason
from detente.brief.words import (
    CONCEPTS,
    actor_name,
    counted,
    differences,
    joined,
)
from detente.case.concepts import split

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from detente.case.situation import Situation
    from detente.conflict.decision import Decision
    from detente.conflict.verdict import Foresight

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
    """How the actor compares what it ends in with the present state."""
    escaped: tuple[Move, ...] | None = None
    """A sequence that would deter but for the actor's own last move."""
    foreseen: tuple[Move, ...] | None = None
    """Under limited moves: what the actor anticipates, whether it deters or not."""


@dataclass(frozen=True)
class Ground:
    """Why a state is stable for an actor under a concept, or is not."""

    concept: str
    actor: str
    state: str
    improvements: int
    undeterred: int
    answers: tuple[Answer, ...]
    at_once: bool = False
    """Whether the others' answers are given at the same time."""
    together: tuple[str, ...] = ()
    """The others who would move at the same time."""
    foresight: Foresight | None = None
    """Under limited moves, which `improvements` and `answers` then are: of any moves."""

    @property
    def stable(self) -> bool:
        """Whether every improvement is deterred."""
        return self.undeterred == 0

    @property
    def base(self) -> str:
        """The concept without its kind."""
        return split(self.concept)[0]

    @property
    def kind(self) -> str:
        """How preferences are read: plainly, or `a` of `seq_a`."""
        return split(self.concept)[1]


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
        apart = (each.at_once, each.concept == "sim", each.together, each.foresight, each.kind)
        says = (each.improvements, each.undeterred, each.answers, each.improvements and apart)
        same.setdefault(says, []).append(each)
    return [(tuple(each.concept for each in told), min(told, key=width)) for told in same.values()]


def width(ground: Ground) -> int:
    """The less, the more answers its concept admits."""
    return WIDEST.index(ground.base) if ground.base in WIDEST else len(WIDEST)


WIDEST = ("gmr", "smr", "seq", "sseq", "fh_smr", "fh_seq", "sim", "nash")


def ground_words(situation: Situation, concepts: Sequence[str], ground: Ground) -> list[str]:
    """The verdict under these concepts, then its grounds, one improvement each."""
    under = joined(CONCEPTS[concept] for concept in concepts)
    shown = [answer_words(situation, ground, answer) for answer in ground.answers]
    more = ground.improvements - len(shown)
    rest = [f"… and {counted(more, 'more improvement')}."] if more else []
    return [f"{under}: {standing(situation, ground)}.", *shown, *rest]


def standing(situation: Situation, ground: Ground) -> str:
    """Whether the state holds, and how many improvements there are."""
    if ground.foresight is not None:
        return standing_ahead(ground, ground.foresight)
    number, loose = ground.improvements, ground.undeterred
    if not number:
        return "holds; there is nothing to gain by moving alone"
    gains = counted(number, "improvement")
    if ground.stable:
        struck_out = ground.at_once and ground.concept != "sim"
        others = f", struck out together with {names(situation, ground)}" if struck_out else ""
        return f"holds{others}; {gains}, {'deterred' if number == 1 else 'each of them deterred'}"
    if ground.base == "nash":
        return f"does not hold; {gains}"
    free = "" if number == 1 else "none of them " if loose == number else f"{loose:,} of them not "
    return f"does not hold; {gains}, {free or 'not '}deterred"


def names(situation: Situation, ground: Ground) -> str:
    """The others who would move at the same time."""
    return joined(actor_name(situation, other) for other in ground.together)


def standing_ahead(ground: Ground, foresight: Foresight) -> str:
    """Whether the state holds for an actor that looks several moves ahead."""
    number, paying = ground.improvements, ground.undeterred
    if not number:
        return "holds; there is no move to make"
    verdict = "holds" if ground.stable else "does not hold"
    if foresight.alternates:
        turns = f"the answer changes and comes back every {foresight.period} moves"
        verdict = f"neither holds nor fails for good: looking ever further ahead, {turns}"
    better = f"{paying:,} of them ending better" if paying else "none of them ending better"
    if number == 1:
        better = "which ends better" if paying else "which ends no better"
    lasting = foresight.since is not None and not foresight.alternates
    ahead = f"{counted(foresight.moves, 'move')} ahead{' or more' if lasting else ''}"
    return f"{verdict}; looking {ahead}: {counted(number, 'move')}, {better}"


def answer_words(situation: Situation, ground: Ground, answer: Answer) -> str:
    """What the actor would gain, who would answer how, and whether that deters."""
    what = joined(own_words(situation, ground.state, answer.improvement))
    then = consequence(situation, ground, answer)
    gain = gain_words(ground, answer)
    return f"It could move to {answer.improvement}: {what}{gain}. {then}".rstrip()


def consequence(situation: Situation, ground: Ground, answer: Answer) -> str:
    """Who would answer how, and whether that deters."""
    if ground.base == "nash":
        return ""
    if answer.foreseen is not None:
        return course_words(situation, ground, answer, answer.foreseen)
    if answer.sanction is not None:
        tell = joint_words if ground.at_once else path_words
        told = tell(situation, answer.improvement, answer.sanction)
        return f"But {'' if ground.at_once else 'then '}{told}. {deterrence(ground, answer)}"
    if answer.escaped is None:
        return no_answer(situation, ground)
    *steps, escape = answer.escaped
    told = path_words(situation, answer.improvement, steps)
    way_out = joined(own_words(situation, steps[-1].state, escape.state))
    return f"Then {told}; but it escapes to {escape.state}: {way_out}."


def no_answer(situation: Situation, ground: Ground) -> str:
    """That nothing deters."""
    if ground.at_once:
        return "Nothing that others would do at the same time would leave it as badly off as now."
    badly = "much worse off than" if ground.kind.startswith("strong") else "as badly off as"
    said = f"{NO_ANSWER[ground.base]} would leave it {badly} now{as_far_as(ground)}."
    if not ground.together:
        return said
    too = names(situation, ground)
    return f"{said} {too} would move too, but that does not deter every improvement."


NO_ANSWER = {
    "gmr": "No moves of the others",
    "smr": "No moves of the others",
    "seq": "No answer that serves the others",
    "sseq": "No answer that serves the others",
    "fh_seq": "No answer that serves the others",
    "fh_smr": "No moves of the others",
}


def course_words(
    situation: Situation, ground: Ground, answer: Answer, course: Sequence[Move]
) -> str:
    """What an actor that looks ahead anticipates, and whether it pays."""
    told = path_words(situation, answer.improvement, course, ground.actor)
    then = f"Then {told}." if told else "Nobody would answer."
    if answer.sanction is not None:
        return f"{then} {deterrence(ground, answer)}"
    serves = reason("which serves", answer.loss) if answer.loss else ""
    return f"{then} That leaves it better off than now{serves}."


def joint_words(situation: Situation, start: str, steps: Sequence[Move]) -> str:
    """Changes made at the same time in one line."""
    phrases = step_phrases(situation, start, steps)
    said = joined(
        f"{actor_name(situation, step.actor)} would {what}"
        for step, what in zip(steps, phrases, strict=True)
    )
    return f"at the same time {said}, which together makes {steps[-1].state}"


def own_words(situation: Situation, before: str, after: str) -> Sequence[str]:
    """What the mover does after its move that it did not do before."""
    return [phrase for doing in differences(situation, before, after) for phrase in doing.phrases]


def path_words(
    situation: Situation, start: str, steps: Sequence[Move], actor: str | None = None
) -> str:
    """A sequence of answers in one line; those of the actor in question are its own next moves."""
    said = [
        f"{'it would go on to' if step.actor == actor else answering(situation, step.actor)} "
        f"{step.state}: {what}"
        for step, what in zip(steps, step_phrases(situation, start, steps), strict=True)
    ]
    return ", and then ".join(said)


def answering(situation: Situation, actor: str) -> str:
    return f"{actor_name(situation, actor)} would answer"


def step_phrases(situation: Situation, start: str, steps: Sequence[Move]) -> list[str]:
    """What each step of a sequence changes."""
    states = [start, *(step.state for step in steps)]
    return [
        joined(own_words(situation, before, after)) for before, after in itertools.pairwise(states)
    ]
