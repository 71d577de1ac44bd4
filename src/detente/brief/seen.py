"""The chapter on who sees what, and on what could be believed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.brief.chapters import preferred, support_words
from detente.brief.document import Section, Table, paragraph
from detente.brief.perceptions import belief_words, costs_words, sees_words, told_words
from detente.brief.words import actor_name
from detente.conflict.hypergames.signals import judged

if TYPE_CHECKING:
    from collections.abc import Iterator

    from detente.brief.document import Block, Words
    from detente.case.situation import Perception, Signal, Situation

__all__ = ["seen"]

OPENING = (
    "Not everybody sees the game as it is. What somebody takes others to want is typed in, like "
    "preferences, and harder to know; claims that are judged in such a view say so."
)


def seen(situation: Situation) -> Section | None:
    """What each actor takes others to want, and what its signals would tell."""
    parts = [
        Section(f"seen-{actor}", f"How {actor_name(situation, actor)} sees it", tuple(blocks))
        for actor, perception in situation.perceptions.items()
        for blocks in [views(situation, actor, perception)]
    ]
    if situation.signals:
        parts.append(Section("signals", "What could be believed", (signals(situation),)))
    if not parts:
        return None
    opening = (paragraph(OPENING),) if situation.perceptions else ()
    return Section("seen", "Who sees what", opening, tuple(parts))


def views(situation: Situation, actor: str, perception: Perception) -> Iterator[Block]:
    """One view, and the views ascribed in it to others."""
    name = actor_name(situation, actor)
    yield paragraph(sees_words(situation, actor, perception))
    for other, preference in perception.preferences.items():
        whom = actor_name(situation, other)
        yield preferred(f"What {name} takes {whom} to prefer, most important first", preference)
    for other, within in perception.perceptions.items():
        yield paragraph(f"What {name} thinks that {actor_name(situation, other)} sees:")
        yield from views(situation, other, within)


def signals(situation: Situation) -> Table:
    """What each signal tells, by the gains and costs as they were entered."""
    head = ("signal", "from, to", "tells", "belief", "costs", "rests on")
    rows = tuple(signal_row(situation, each) for each in situation.signals.values())
    return Table("Signals, by the gains and costs as they were entered", head, rows)


def signal_row(situation: Situation, signal: Signal) -> tuple[Words, ...]:
    found = judged(signal)
    sender, receiver = (actor_name(situation, each) for each in (signal.sender, signal.receiver))
    return (
        (signal.says,),
        (f"{sender} to {receiver}",),
        (told_words(found),),
        (belief_words(found),),
        (costs_words(found),),
        support_words(signal.support),
    )
