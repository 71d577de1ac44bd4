"""`detente influence`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from detente.cli.arguments import as_json, concepts_of, path_argument

if TYPE_CHECKING:
    from detente.case.situation import Situation
    from detente.conflict.influence import Influence

__all__ = ["command"]

KINDS = ("actors", "options", "statements")
SHOWN = 25  # rows of a kind
CODES = 3  # of states that come or go


@click.command("influence")
@path_argument
@concepts_of("nash")
@click.option(
    "--of",
    "kinds",
    type=click.Choice(KINDS),
    multiple=True,
    help="What is left out; may be repeated. Default: all three.",
)
@click.option("--out", metavar="DIR", help="Write the heat map there.")
@as_json
def command(
    path: str, concepts: tuple[str, ...], kinds: tuple[str, ...], out: str | None, as_json: bool
) -> None:
    """Show which equilibria come and go without each actor, option and statement.

    An actor or an option is left out by freezing it at the status quo, a statement by dropping it;
    each alone, with everything else as it is.
    """
    from detente.brief.influence import influence_map
    from detente.cli.terminal import loaded, print_json, working
    from detente.conflict.influence import influence

    situation = loaded(path)
    wanted: Any = tuple(kind.removesuffix("s") for kind in kinds or KINDS)
    with working("leaving one out") as told:
        found = influence(situation, concepts, wanted, told=told)
    if out is not None:
        from detente.brief.files import write_figures

        click.echo(f"written: {write_figures([influence_map(situation, found)], out)}", err=True)
    if as_json:
        print_json(found.to_dict())
    else:
        show(situation, found)


def show(situation: Situation, found: Influence) -> None:
    """What matters, kind by kind, and how much does not."""
    from detente.brief.influence import ordered
    from detente.brief.words import CONCEPTS, counted
    from detente.cli.terminal import columns, heading, paragraph

    whole = (
        f"{CONCEPTS[concept]} {counted(states.size, 'equilibrium', 'equilibria')}"
        for concept, states in found.equilibria.items()
    )
    paragraph(f"{situation.title}\nThe whole: {', '.join(whole)}")
    for kind in dict.fromkeys(each.kind for each in found.without):
        rows = [each for each in ordered(found) if each.kind == kind]
        idle = sum(each.kind == kind for each in found.without) - len(rows)
        heading(f"Without one {kind}")
        columns([row(situation, found, each) for each in rows[:SHOWN]], indent=2)
        if len(rows) > SHOWN:
            paragraph(f"… and {len(rows) - SHOWN:,} more: --json lists all of them", indent=2)
        if idle:
            paragraph(f"Nothing changes without {counted(idle, f'other {kind}')}.", indent=2)


def row(situation: Situation, found: Influence, without: Any) -> tuple[str, str]:
    """What is left out, and what comes and goes under each concept."""
    from detente.brief.influence import change_words, without_words
    from detente.brief.words import CONCEPTS

    lines = [without_words(situation, without)]
    for concept, change in without.changes.items():
        if not change.vanished.size and not change.appeared.size:
            continue
        states = [("−", change.vanished), ("+", change.appeared)]
        if max(change.vanished.size, change.appeared.size) > CODES:
            said = change_words(change)
        else:
            said = " ".join(
                f"{mark}{code}" for mark, each in states for code in found.space.codes(each)
            )
        lines.append(f"{CONCEPTS[concept]}: {said}")
    return without.id, "\n".join(lines)
