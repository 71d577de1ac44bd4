"""What coalitions would do, in sentences made from witnesses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from detente.brief.explain import WIDEST, own_words, step_phrases
from detente.brief.weighing import reason
from detente.brief.words import CONCEPTS, actor_name, counted, joined

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from detente.brief.explain import Move
    from detente.case.situation import Situation
    from detente.conflict.decision import Decision

__all__ = [
    "Departure",
    "Group",
    "Reasons",
    "alike",
    "departure_words",
    "members_words",
    "path_rows",
    "reasons_words",
    "smallest",
]


@dataclass(frozen=True)
class Group:
    """What a group of actors does, one after the other; a single actor makes one move."""

    actors: tuple[str, ...]
    moves: tuple[Move, ...]


@dataclass(frozen=True)
class Departure:
    """Where a coalition could go, and what the others can do about it."""

    improvement: str
    """The code of the state it would move to."""
    path: tuple[Move, ...]
    gains: Mapping[str, Decision]
    """How each member compares that state with the present one."""
    sanction: tuple[Group, ...] | None
    """An answer that deters; None if there is none."""
    losses: Mapping[str, Decision]
    """The members who do not prefer its end to the present state, and how they compare them."""
    escaped: tuple[Group, ...] | None = None
    """An answer that would deter but for the coalition's own last moves."""


@dataclass(frozen=True)
class Reasons:
    """Why a state is stable for a coalition under a concept, or is not."""

    concept: str
    coalition: tuple[str, ...]
    state: str
    improvements: int
    undeterred: int
    departures: tuple[Departure, ...]


def members_words(situation: Situation, coalition: Sequence[str]) -> str:
    """A coalition by its members' names."""
    return joined(actor_name(situation, actor) for actor in coalition)


def smallest(coalitions: Collection[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Those of some coalitions that contain no other of them."""
    return [each for each in coalitions if not any({*one} < {*each} for one in coalitions)]


def reasons_words(situation: Situation, concepts: Sequence[str], found: Reasons) -> list[str]:
    """The verdict under these concepts, then its grounds, one improvement each."""
    under = joined(CONCEPTS[concept] for concept in concepts)
    shown = [departure_words(situation, found, each) for each in found.departures]
    more = found.improvements - len(shown)
    rest = [f"… and {counted(more, 'more improvement')}."] if more else []
    return [f"{under}: {standing(found)}.", *shown, *rest]


def alike(told: Sequence[Reasons]) -> list[tuple[tuple[str, ...], Reasons]]:
    """One coalition's reasons, those that say the same under several concepts once.

    Returns
    -------
    list
        The concepts, and the reasons of the one among them that admits most answers.
    """
    same: dict[tuple[object, ...], list[Reasons]] = {}
    for each in told:
        same.setdefault((each.undeterred, repr(each.departures)), []).append(each)
    return [
        (
            tuple(each.concept for each in those),
            min(those, key=lambda each: WIDEST.index(each.concept)),
        )
        for those in same.values()
    ]


def standing(found: Reasons) -> str:
    """Whether the state holds, and how much the coalition could gain."""
    number, loose, is_joint = found.improvements, found.undeterred, len(found.coalition) > 1
    if not number:
        alone = "there is nothing to gain by moving alone"
        return f"holds; {'nothing that they can get to serves all of them' if is_joint else alone}"
    gains = counted(number, "joint improvement" if is_joint else "improvement")
    if not loose:
        return f"holds; {gains}, {'deterred' if number == 1 else 'each of them deterred'}"
    if found.concept == "nash":
        return f"does not hold; {gains}"
    return f"does not hold; {gains}, {loose:,} not deterred"


def departure_words(situation: Situation, found: Reasons, departure: Departure) -> str:
    """Who moves what, why each of them gains, and what the others would do."""
    steps = sequence_words(situation, found.state, departure.path)
    gains = "; ".join(
        f"{actor_name(situation, actor)} gains{reason('which serves', decision)}"
        for actor, decision in departure.gains.items()
    )
    told = f"To {departure.improvement}: {steps}. {gains}."
    if found.concept == "nash":
        return told
    if departure.sanction is not None:
        answered = groups_words(situation, departure.improvement, departure.sanction)
        return f"{told} But then {answered}. {losses_words(situation, departure)}."
    if departure.escaped is None:
        whom = "any of them" if len(found.coalition) > 1 else "it"
        return f"{told} {NO_ANSWER[found.concept].format(whom)}"
    *answers, out = departure.escaped
    answered = groups_words(situation, departure.improvement, answers)
    way_out = sequence_words(situation, answers[-1].moves[-1].state, out.moves)
    escape = "they escape" if len(found.coalition) > 1 else "it escapes"
    return f"{told} Then {answered}; but {escape} to {out.moves[-1].state}: {way_out}."


NO_ANSWER = {
    "gmr": "No moves of the others would leave {} as badly off as now.",
    "smr": "No moves of the others would leave {} as badly off as now.",
    "seq": "No credible answer would leave {} as badly off as now.",
}


def losses_words(situation: Situation, departure: Departure) -> str:
    """Whom an answer leaves no better off, and why."""
    return "; ".join(
        f"{actor_name(situation, actor)} is then {worse(decision)}"
        for actor, decision in departure.losses.items()
    )


def worse(decision: Decision) -> str:
    """No better off than now, or worse, and at the cost of what."""
    if decision.better is None:
        return "no better off than now"
    return f"worse off than now{reason('at the cost of', decision)}"


def sequence_words(situation: Situation, start: str, moves: Sequence[Move]) -> str:
    """Moves one after the other, in one line."""
    phrases = step_phrases(situation, start, moves)
    return ", then ".join(
        f"{actor_name(situation, move.actor)}: {phrase}"
        for move, phrase in zip(moves, phrases, strict=True)
    )


def groups_words(situation: Situation, start: str, groups: Sequence[Group]) -> str:
    """What those who answer would do, group by group."""
    states = [start, *(group.moves[-1].state for group in groups)]
    said = (
        group_words(situation, before, group) for before, group in zip(states, groups, strict=False)
    )
    return ", and then ".join(said)


def group_words(situation: Situation, start: str, group: Group) -> str:
    """What one group would do."""
    after, names = group.moves[-1].state, members_words(situation, group.actors)
    if len(group.actors) > 1:
        told = sequence_words(situation, start, group.moves)
        return f"{names} would answer together {after} ({told})"
    return f"{names} would answer {after}: {joined(own_words(situation, start, after))}"


def path_rows(situation: Situation, start: str, moves: Sequence[Move]) -> list[tuple[str, str]]:
    """Each state on a way, and who does what to get there."""
    phrases = step_phrases(situation, start, moves)
    return [
        (move.state, f"{actor_name(situation, move.actor)}: {phrase}")
        for move, phrase in zip(moves, phrases, strict=True)
    ]
