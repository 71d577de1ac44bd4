"""`detente evolve`: what is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Sequence

    from detente.cli.evolve import Found
    from detente.conflict.evolution.status_quo import Way

__all__ = ["show"]

SHOWN = 6  # ways, and ends of play
STEPS_SHOWN = 12


def show(found: Found) -> None:
    """The ways, those that are blocked, what is out of reach, and random play."""
    from detente.brief.words import printable, state_words
    from detente.cli.terminal import columns, heading, paragraph

    space, evolution = found.model.space, found.evolution
    code = space.code(evolution.start)
    click.echo(printable(found.situation.title))
    paragraph(f"From {code}: {state_words(found.situation, code)}")
    paragraph(lead(found))
    show_reached(found)
    show_blocked(found)
    if evolution.out_of_reach:
        heading("Out of reach: no moves lead there")
        first = evolution.out_of_reach[:SHOWN]
        rows = [(each, state_words(found.situation, each)) for each in found.codes(first)]
        columns(rows, indent=2)
        more(len(evolution.out_of_reach))
    show_spread(evolution.spread)
    show_play(found)
    show_run(found)


def lead(found: Found) -> str:
    """How many targets there are, and how many of them are reached as asked."""
    from detente.brief.words import CONCEPTS, counted

    evolution, concept = found.evolution, CONCEPTS[found.concept]
    targets = len(evolution.ways) + len(evolution.out_of_reach)
    words = ("state", "states")
    if found.to is None:
        words = (f"{concept} equilibrium", f"{concept} equilibria")
    how = "any moves" if evolution.by_moves else "improvements"
    bound = f", in at most {counted(found.steps, 'move')}" if found.steps is not None else ""
    which = "none" if not found.reached else f"{len(found.reached):,} of them"
    return f"{counted(targets, *words)}; {how} lead to {which}{bound}."


def more(count: int) -> None:
    """Say how many are not shown."""
    if count > SHOWN:
        click.echo(f"  … and {count - SHOWN:,} more: --json lists them")


def show_reached(found: Found) -> None:
    """The ways that count as asked, step by step."""
    from detente.brief.words import counted
    from detente.cli.terminal import heading

    if found.reached:
        heading("Reached" + ("" if found.evolution.by_moves else " by improvements"))
    for way in found.reached[:SHOWN]:
        code = found.model.space.code(way.target)
        length = counted(len(way.steps), "move")
        click.echo(f"  {code} in {length}" if way.steps else f"  {code} is where play starts")
        show_steps(found, way)
    more(len(found.reached))


def show_blocked(found: Found) -> None:
    """The others: where they are blocked, or how long they take."""
    from detente.brief.evolution import blocked_words
    from detente.brief.words import counted
    from detente.cli.terminal import heading, paragraph

    if found.others:
        heading("Longer" if found.evolution.by_moves else "Blocked, or longer than asked")
    for way in found.others[:SHOWN]:
        code = found.model.space.code(way.target)
        if found.evolution.by_moves or not way.costly:
            said = f"it takes {counted(len(way.steps), 'move')}"
        else:
            said = blocked_words(found.situation, found.model.space, found.evolution.start, way)
        paragraph(f"{code}: {said}", indent=2)
        show_steps(found, way)
    more(len(found.others))


def show_steps(found: Found, way: Way) -> None:
    """A way, step by step."""
    from detente.brief.evolution import step_rows
    from detente.cli.terminal import columns

    columns(step_rows(found.situation, found.model.space, found.evolution.start, way), indent=4)


def show_spread(spread: Sequence[int]) -> None:
    """How many states play can first come to at each step."""
    from detente.cli.terminal import heading, paragraph

    heading("States first come to at each step")
    shown = ", ".join(f"{count:,}" for count in spread[:STEPS_SHOWN])
    rest = f", … {sum(spread):,} in {len(spread) - 1:,} steps" if len(spread) > STEPS_SHOWN else ""
    paragraph(shown + rest, indent=2)


def show_play(found: Found) -> None:
    """Where random play ends."""
    from detente.brief.evolution import NO_PROBABILITY, end_words, play_words
    from detente.cli.terminal import columns, heading, paragraph

    play = found.play
    if play is None:
        return
    heading("If chance decides who moves")
    for said in play_words(play, found.concept):
        paragraph(said, indent=2)
    rows = []
    for end in play.ends[:SHOWN]:
        codes = found.codes(end.states)
        share = chance_words(end.probability, end.error)
        rows.append((share, codes[0], end_words(found.situation, codes)))
    columns(rows, indent=4)
    more(len(play.ends))
    paragraph(NO_PROBABILITY, indent=2)


def show_run(found: Found) -> None:
    """Where noisy play is in the long run."""
    from detente.brief.evolution import NO_PROBABILITY, noise_words, run_words
    from detente.brief.words import state_words
    from detente.cli.terminal import columns, heading, paragraph

    run = found.run
    if run is None:
        return
    heading("If actors err")
    paragraph(noise_words(run.noise), indent=2)
    paragraph(run_words(run), indent=2)
    rows = []
    for state, share in list(run.probabilities.items())[:SHOWN]:
        code = found.model.space.code(state)
        said = chance_words(share, run.errors.get(state, 0.0))
        rows.append((said, code, state_words(found.situation, code)))
    columns(rows, indent=4)
    more(len(run.probabilities))
    if found.play is None:
        paragraph(NO_PROBABILITY, indent=2)


def chance_words(share: float, error: float) -> str:
    """A probability with its standard error, where it has one."""
    return f"{share:.1%}" + (f" ± {error:.1%}" if error else "")
