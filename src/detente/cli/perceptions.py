"""`detente perceptions`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from detente.cli.arguments import as_json, concepts_option, path_argument
from detente.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from detente.case.situation import Signal
    from detente.conflict.hypergames.correcting import Correction
    from detente.conflict.hypergames.hypergame import Hypergame
    from detente.conflict.hypergames.signals import Judged

    Told = Sequence[tuple[Signal, Judged, Correction | None]]

__all__ = ["command"]

SHOWN = 12  # states under one concept, and moves of one actor


@click.command("perceptions")
@path_argument
@concepts_option
@as_json
def command(path: str, concepts: tuple[str, ...], as_json: bool) -> None:
    """Show who sees what, who is surprised, and what correcting it or a signal would change.

    Each actor is judged in the game as it sees it. A state that is stable for everybody so is a
    hypergame equilibrium; what an actor expects are the equilibria of its own game. Signals are
    judged by what they cost either type of sender: free words change nothing.
    """
    from detente.cli.perceptions_document import document
    from detente.cli.terminal import loaded, print_json, working
    from detente.conflict.hypergames.correcting import corrections
    from detente.conflict.hypergames.hypergame import hypergame

    situation = loaded(path)
    if not situation.perceptions and not situation.signals:
        raise InputError(
            f"{situation.id} has no `perceptions` and no `signals`: everybody sees everything as "
            "it is, and `detente stability` says where it settles"
        )
    with working("looking through everybody's eyes"):
        found = hypergame(situation, concepts)
        corrected = corrections(found)
        told = list(signals(found))
    if as_json:
        print_json(document(found, corrected, told))
    else:
        show(found, corrected, told)


def signals(found: Hypergame) -> Iterator[tuple[Signal, Judged, Correction | None]]:
    """What each signal tells, and what would change if it were believed."""
    from detente.conflict.hypergames.correcting import believed
    from detente.conflict.hypergames.signals import judged

    for signal in found.known.situation.signals.values():
        yield signal, judged(signal), believed(found, signal)


# ---------------------------------------------------------------------------------------- tables


def show(found: Hypergame, corrected: Sequence[Correction], told: Told) -> None:
    """Who sees what; where that leaves everybody; who is surprised; what would change it."""
    from detente.brief.perceptions import sees_words
    from detente.brief.words import counted, printable
    from detente.cli.terminal import heading, paragraph

    situation = found.known.situation
    count = counted(int(found.space.mask.sum()), "feasible state")
    click.echo(f"{printable(situation.title)}\n{count}, {counted(len(found.actors), 'actor')}")
    if situation.perceptions:
        heading("Who sees what")
        for actor, perception in situation.perceptions.items():
            paragraph(sees_words(situation, actor, perception), indent=2)
        for concept in found.concepts:
            show_equilibria(found, concept)
        show_surprises(found)
        show_corrections(found, corrected)
    if told:
        show_signals(told)


def show_equilibria(found: Hypergame, concept: str) -> None:
    """The equilibria of every game side by side."""
    import numpy as np

    from detente.brief.words import CONCEPTS, counted, state_words
    from detente.cli.terminal import draw, heading, table, text

    heading(CONCEPTS[concept])
    seers = list(found.known.situation.perceptions)
    attained = np.zeros(found.space.size, dtype=np.bool_)
    attained[found.attained(concept)] = True
    marks = {
        "as it is": found.real.expected(concept),
        "as each sees it": found.settled(concept),
        "attained": attained,
        **{f"{seer} expects": found.games[seer].expected(concept) for seer in seers},
        "not all see it": found.unseen(concept),
    }
    states = np.flatnonzero(np.any(list(marks.values()), axis=0))
    if not states.size:
        click.echo("  no equilibrium in any game")
        return
    shown = {name: mask for name, mask in marks.items() if name != "not all see it" or mask.any()}
    rows = table("state", *shown, "in words", whole=("state",))
    for state, code in zip(states[:SHOWN], found.space.codes(states[:SHOWN]), strict=True):
        cells = ["x" if mask[state] else "-" for mask in shown.values()]
        rows.add_row(code, *cells, text(state_words(found.known.situation, code)))
    draw(rows, indent=2)
    if states.size > SHOWN:
        more = counted(int(states.size) - SHOWN, "more state")
        click.echo(f"  … and {more}: --json lists all of them")


def show_surprises(found: Hypergame) -> None:
    """The moves that somebody does not foresee, or imagines."""
    from detente.brief.words import counted
    from detente.cli.terminal import heading, paragraph

    heading("Who is surprised by which moves")
    lines = list(surprises(found))
    for line in lines[:SHOWN] or ["Nobody, from where things stand or are expected to rest."]:
        paragraph(line, indent=2)
    if len(lines) > SHOWN:
        click.echo(f"  … and {counted(len(lines) - SHOWN, 'more move')}: --json lists them")


def surprises(found: Hypergame) -> Iterator[str]:
    """Each of them in a sentence."""
    import numpy as np

    from detente.brief.perceptions import move_words
    from detente.cli.perceptions_document import surprising_moves

    situation = found.known.situation
    for actor in situation.perceptions:
        for is_real, moves in zip((True, False), surprising_moves(found, actor), strict=True):
            for state, step in moves:
                both = found.space.codes(np.array([state, step.state]))
                yield move_words(situation, actor, both, step.actor, is_real=is_real)


def show_corrections(found: Hypergame, corrected: Sequence[Correction]) -> None:
    """What correcting a perception is worth."""
    from detente.brief.perceptions import pieces_words
    from detente.cli.terminal import heading, paragraph

    situation, everything = found.known.situation, corrected[-1].pieces
    heading("What correcting a perception changes")
    for each in corrected:
        paragraph(pieces_words(situation, each.pieces, len(everything)), indent=2)
        show_changes(each)


def show_changes(correction: Correction) -> None:
    """By concept, what vanishes and appears: for everybody, and for who is corrected."""
    from detente.brief.perceptions import change_words
    from detente.brief.words import CONCEPTS, actor_name
    from detente.cli.perceptions_document import correction_dict
    from detente.cli.terminal import columns

    situation, found = correction.before.known.situation, correction_dict(correction)
    changes = {
        "equilibria": (found["vanish"], found["appear"]),
        "attained": (found["no_longer_attained"], found["newly_attained"]),
        **{
            f"{actor_name(situation, actor)} expects": (each["vanish"], each["appear"])
            for actor, each in found["expected"].items()
        },
    }
    rows = [
        [CONCEPTS[concept], what, change_words(gone[concept][:SHOWN], fresh[concept][:SHOWN])]
        for concept in correction.before.concepts
        for what, (gone, fresh) in changes.items()
        if gone[concept] or fresh[concept]
    ]
    columns(rows or [["nothing changes"]], indent=6)


def show_signals(told: Told) -> None:
    """What each signal tells, at what cost and credence, and what belief would change."""
    from detente.brief.perceptions import belief_words, costs_words, told_words
    from detente.cli.terminal import heading, paragraph

    heading("Signals")
    for signal, judged, effect in told:
        paragraph(f"{signal.says} ({signal.sender} to {signal.receiver})", indent=2)
        for words in (told_words(judged), belief_words(judged), costs_words(judged)):
            paragraph(words, indent=4)
        if effect and signal.commit:
            show_sent(effect.before, signal.receiver)
        if effect and judged.convinces is not False:
            paragraph("If it is believed:", indent=4)
            show_changes(effect)


def show_sent(sent: Hypergame, receiver: str) -> None:
    """Where it settles once a signal is sent, believed or not."""
    from detente.brief.words import CONCEPTS, actor_name
    from detente.cli.perceptions_document import sent_dict
    from detente.cli.terminal import columns, paragraph

    found, name = sent_dict(sent, receiver), actor_name(sent.known.situation, receiver)
    paragraph("Once it is sent and nobody can take it back, believed or not:", indent=4)
    rows = []
    for concept in sent.concepts:
        ends, expected = (codes_words(found[what][concept]) for what in ("attained", "expected"))
        rows.append([CONCEPTS[concept], f"attained {ends}; {name} expects {expected}"])
    columns(rows, indent=6)


def codes_words(codes: Sequence[str]) -> str:
    """Codes in a sentence, the first of many."""
    more = f" and {len(codes) - SHOWN:,} more" if len(codes) > SHOWN else ""
    return " ".join(codes[:SHOWN]) + more or "nothing"
