"""`detente signposts`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from detente.cli.arguments import as_json

if TYPE_CHECKING:
    from detente.brief.unknowns import Unknowns
    from detente.case.situation import Situation
    from detente.futures.changing.signposts import Signpost, Signposts, Turning
    from detente.futures.choosing.information import Information

__all__ = ["command"]

SHOWN = 20
WORTH_SHOWN = 8


@click.command("signposts")
@click.argument("folder", metavar="DIR")
@as_json
def command(folder: str, as_json: bool) -> None:
    """Say what to watch: observations that would turn a verdict or the recommendation.

    DIR is the folder of a run, as `detente ensemble` writes it. An observation is one thing that
    nobody knows yet becoming known; what it turns is told by the futures in which it is so, beyond
    what noise could explain. Where the focal actor has a `utility` with a `unit` also what it
    would be worth to know each of these things before choosing.
    """
    from detente.brief.unknowns import Unknowns
    from detente.cli.terminal import print_json, working
    from detente.futures.changing.signposts import signposts
    from detente.futures.reading.run import open_run

    run = open_run(folder)
    with working("looking for signposts"):
        found = signposts(run)
    if as_json:
        print_json(found.to_dict())
    else:
        show(run.situation, found, Unknowns(run.situation))


def show(situation: Situation, found: Signposts, unknowns: Unknowns) -> None:
    """The signposts, what turns most first."""
    from detente.brief.words import counted, printable
    from detente.cli.terminal import paragraph

    click.echo(printable(situation.title))
    failed = f", {found.failed:,} failed and left out" if found.failed else ""
    click.echo(f"{counted(found.futures, 'future')}, {found.design}, seed {found.seed}{failed}")
    if not found.signposts:
        click.echo()
        paragraph(
            "No single observation would turn an answer beyond what noise could explain; "
            "more futures may show some."
        )
    for post in found.signposts[:SHOWN]:
        show_post(found, post, unknowns)
    if more := len(found.signposts) - SHOWN:
        click.echo(
            f"\n… and {more:,} more: --json lists all of them" if more > 0 else "", nl=more > 0
        )
    if found.worth is not None:
        show_worth(found.worth)


def show_post(found: Signposts, post: Signpost, unknowns: Unknowns) -> None:
    """One observation and all it turns."""
    from detente.brief.change import observed_words
    from detente.cli.terminal import columns, heading

    seen = post.observation
    by = f"due {seen.by}" if seen.by else f"within {found.horizon}" if found.horizon else ""
    heading(f"{observed_words(unknowns, seen)} [{seen.factor}]{f', {by}' if by else ''}")
    columns([turn_row(turning) for turning in post.turns], indent=2)


def turn_row(turning: Turning) -> tuple[str, str, str]:
    """What is turned, to what, and by which shares."""
    from detente.brief.words import percent

    name = turning.claim or "the recommendation"
    shares = f"{percent(turning.share.share or 0)} -> {percent(turning.then.share or 0)} of futures"
    if turning.share.share == turning.then.share and turning.then.difference is not None:
        ends = (turning.share.difference or 0.0, turning.then.difference)
        shares = "difference {:+.2f} -> {:+.2f}".format(*ends)
    return f"{turning.before} -> {turning.after}", name, shares


def show_worth(worth: Information) -> None:
    """What it would be worth to know each thing before choosing."""
    from detente.cli.terminal import columns, heading, paragraph

    heading(f"Worth of knowing before choosing, at most [{worth.unit}]")
    rows = [
        (
            each.factor,
            f"{each.worth:.3g}",
            "exact" if each.noise is None else f"noise {each.noise:.2g}",
        )
        for each in worth.factors[:WORTH_SHOWN]
    ]
    columns(rows, indent=2)
    paragraph(f"Of knowing everything: {worth.perfect:.3g}.", indent=2)
