"""`detente sensitivity`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from detente.cli.arguments import as_json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from detente.futures.discovering.sensitivity import Estimate, Influence, Sensitivity
    from detente.futures.reading.run import Run

__all__ = ["command"]

FACTORS_SHOWN = 10
FACTORS_OF_MANY = 3  # where several claims are shown


@click.command("sensitivity")
@click.argument("folder", metavar="DIR")
@click.option("--claim", metavar="ID", help="This claim alone. Default: every tested claim.")
@click.option("--view", metavar="EXPERT", default="", help="The expert whose lists count.")
@click.option(
    "--seed",
    type=click.IntRange(0),
    default=0,
    show_default=True,
    metavar="K",
    help="Seed of the resampling.",
)
@as_json
def command(folder: str, claim: str | None, view: str, seed: int, as_json: bool) -> None:
    """Say how much each thing nobody knows decides whether a claim holds.

    DIR is the folder of a run, as `detente ensemble` writes it. With --design saltelli these are
    Sobol' indices: the part of the variance that goes with a factor alone (first), and with it and
    its interactions (total). With other designs the total is estimated by permutation: how much
    worse a random forest foretells unseen futures when the factor is shuffled.
    """
    from detente.cli.terminal import print_json, working
    from detente.errors import CannotAnswer
    from detente.futures.discovering.sensitivity import sensitivities
    from detente.futures.reading.run import open_run

    run = open_run(folder)
    with working("sharing the variance out") as progress:
        found = []
        for id in [claim] if claim else tested(run, view):
            progress(id)
            found.append(sensitivities(run, id, view, seed=seed))
    if all(each.method is None for each in found):
        raise CannotAnswer(f"{nothing_words(found)}\n  more futures may tell")
    if as_json:
        results = [each.to_dict() for each in found]
        print_json({"format": "detente.sensitivities/1", "claims": results})
    else:
        for each in found:
            show(run, each, FACTORS_SHOWN if claim else FACTORS_OF_MANY)


def tested(run: Run, view: str) -> list[str]:
    """The claims that were tested, in the order of the case."""
    asked = set(run.claims.loc[run.claims["view"] == view, "claim"])
    return [claim for claim in run.situation.claims if claim in asked]


def nothing_words(found: Sequence[Sensitivity]) -> str:
    """Why there is nothing to share out."""
    if len(found) != 1:
        return "no claim varies over the futures of this run: there is nothing to share out"
    (each,) = found
    if each.no_indices == "few":
        return f"claim `{each.claim}`: {each.futures:,} determined futures are too few"
    return f"claim `{each.claim}` comes out the same in all {each.futures:,} determined futures"


# --------------------------------------------------------------------------------- what is shown


def show(run: Run, found: Sensitivity, most: int) -> None:
    """A claim and its most influential factors."""
    from detente.brief.unknowns import Unknowns
    from detente.brief.words import counted
    from detente.cli.terminal import draw, heading, paragraph, table, text

    heading(f"{found.claim}: {run.situation.claims[found.claim].says}")
    if found.method is None:
        paragraph(f"{nothing_words([found])}.", indent=2)
        return
    paragraph(method_words(found), indent=2)
    unknowns = Unknowns(run.situation)
    drawn = table("total", "first", "share", "factor", whole=("total", "first", "share"))
    for each in found.influences[:most]:
        factor = text(unknowns.says(each.factor))
        drawn.add_row(interval(each.total), interval(each.first), shares(each), factor)
    draw(drawn, indent=2)
    if (more := len(found.influences) - most) > 0:
        paragraph(f"… and {counted(more, 'factor')} more: --claim ID, --json", indent=2)


def method_words(found: Sensitivity) -> str:
    """How it was found, and how far to trust it."""
    futures = f"{found.futures:,} determined futures"
    if found.method == "sobol":
        return f"Sobol' indices over {futures}; share: where the factor is one thing or another."
    return (
        f"By permutation over {futures}; the forest foretells {found.skill:.0%} of the variance. "
        "Share: in what part of futures it holds where the factor is one thing or another."
    )


def interval(found: Estimate | None) -> str:
    """An estimate with its interval; nothing is minus nothing."""
    if found is None:
        return ""
    value, low, high = (round(each, 2) + 0.0 for each in (found.value, found.low, found.high))
    return f"{value:.2f} ({low:.2f} to {high:.2f})"


def shares(found: Influence) -> str:
    """The smallest and the largest share that goes with the factor."""
    from detente.brief.words import percent

    return " to ".join(percent(each.share) for each in found.extremes)
