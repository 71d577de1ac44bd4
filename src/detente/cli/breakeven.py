"""`detente breakeven`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from detente.cli.arguments import as_json, cases

if TYPE_CHECKING:
    from collections.abc import Iterator

    from detente.case.situation import Situation
    from detente.futures.changing.breakeven import BreakEvens, Switch
    from detente.futures.changing.tipping import Tipping
    from detente.futures.reading.run import Run

__all__ = ["command"]

TINY_BELOW = 0.001  # of a range: below, a move is said to be tiny


@click.command("breakeven")
@click.argument("path", metavar="PATH|DIR", shell_complete=cases)
@click.option(
    "--steps",
    type=click.IntRange(1, 100_000),
    default=100,
    show_default=True,
    metavar="N",
    help="Into how many steps the range of a number is divided.",
)
@as_json
def command(path: str, steps: int, as_json: bool) -> None:
    """Say how little must change for a verdict or the recommendation to flip.

    In the nominal future one thing at a time: each number within its range, each event and choice,
    each doubted statement held or not, each two neighbouring statements swapped. Of DIR, the
    folder of a run, also the probabilities at which its shares would no longer be what the
    author's words require.
    """
    from detente.cli.terminal import print_json, working
    from detente.futures.changing.breakeven import break_evens

    situation, run = asked_for(path)
    with working("trying changes") as progress:
        found = break_evens(situation, run, steps=steps, progress=progress)
    if as_json:
        print_json(found.to_dict())
    else:
        show(situation, found)


def asked_for(path: str) -> tuple[Situation, Run | None]:
    """The case, and the run if the path is the folder of one."""
    from pathlib import Path

    from detente.cli.terminal import loaded
    from detente.futures.reading.run import open_run
    from detente.futures.running.store import kept

    if Path(path).is_dir() and kept(path):
        run = open_run(path)
        return run.situation, run
    return loaded(path), None


# --------------------------------------------------------------------------------- what is shown


def show(situation: Situation, found: BreakEvens) -> None:
    """What flips something, what flips nothing, and at which probabilities shares tip."""
    from detente.brief.words import counted, printable
    from detente.cli.terminal import columns, heading

    click.echo(printable(situation.title))
    flipping = len({switch.tried.factor for switch in found.switches})
    tried = counted(len(found.tried), "thing")
    verb = "flips" if flipping == 1 else "flip"
    some = f"{flipping:,} of them {verb}" if flipping else "none of them flips"
    click.echo(f"{tried} changed one at a time in the nominal future; {some} an answer")
    if found.switches:
        heading("Smallest changes that flip an answer")
        columns([("change", "then"), *switch_rows(situation, found)], indent=2)
    show_firm(found)
    if found.tippings:
        heading(f"Probabilities at which an answer flips, over {counted(found.futures, 'future')}")
        head = ("probability of", "drawn", "flips at", "then")
        columns([head, *map(tipping_row, found.tippings)], indent=2)


def switch_rows(situation: Situation, found: BreakEvens) -> Iterator[tuple[str, str]]:
    """A row for each change, with all that it flips."""
    from detente.futures.drawing.factors import factors

    units = {factor.name: factor.unit for factor in factors(situation) if factor.unit}
    by_change: dict[tuple[str, float | str], list[Switch]] = {}
    for switch in found.switches:
        by_change.setdefault((switch.tried.factor, switch.value), []).append(switch)
    for some in by_change.values():
        unit = units.get(some[0].tried.factor, "")
        yield change_words(some[0], unit), "; ".join(map(answer_words, some))


def change_words(switch: Switch, unit: str) -> str:
    """What is changed, from what to what."""
    tried = switch.tried
    if tried.kind == "swap":
        return f"{switch.value}"
    ends = [
        f"{each:.6g}" if isinstance(each, float) else each for each in (tried.nominal, switch.value)
    ]
    moved = "" if switch.distance is None else f" ({distance_words(switch.distance)})"
    return f"{tried.factor}: {' -> '.join(ends)} {unit}".rstrip() + moved


def distance_words(distance: float) -> str:
    """How much of its range a number moves."""
    if distance < TINY_BELOW:
        return "less than 0.1% of its range"
    return f"{distance:.1%} of its range"


def answer_words(switch: Switch | Tipping) -> str:
    """Which answer becomes which."""
    better = getattr(switch, "better", ())
    if switch.claim is None:
        rivals = f" by {', '.join(better)}" if better else ""
        return f"recommendation {switch.after}{rivals}"
    return f"{switch.claim} {switch.after}"


def show_firm(found: BreakEvens) -> None:
    """What flips nothing."""
    from detente.brief.words import counted
    from detente.cli.terminal import heading, paragraph

    if not found.firm:
        return
    heading("Nothing within the stated range")
    swaps = sum(each.kind == "swap" for each in found.firm)
    named = [each.factor for each in found.firm if each.kind != "swap"]
    pairs = counted(swaps, "pair of neighbouring statements", "pairs of neighbouring statements")
    more = [pairs] if swaps else []
    paragraph(", ".join([*named, *more]), indent=2)


def tipping_row(tipping: Tipping) -> tuple[str, str, str, str]:
    """One probability, whether it lies within what is stated, and what flips."""
    within = {True: "", False: " (outside what is stated)", None: ""}[tipping.is_stated]
    level = (
        f"{tipping.level} first" if tipping.kind == "order" else f"{tipping.factor} {tipping.level}"
    )
    return (
        level,
        f"{tipping.drawn:.3g}",
        f"{tipping.probability:.3g}{within}",
        answer_words(tipping),
    )
