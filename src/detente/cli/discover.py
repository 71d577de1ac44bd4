"""`detente discover`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from detente.case.concepts import CORE
from detente.cli.arguments import as_json, seeded

if TYPE_CHECKING:
    from detente.brief.unknowns import Unknowns
    from detente.case.situation import Situation
    from detente.futures.discovering.discovery import Discovery, Found
    from detente.futures.discovering.interest import Question
    from detente.futures.reading.run import Run

__all__ = ["command"]

STEPS_SHOWN = 12


@click.command("discover")
@click.argument("folder", metavar="DIR")
@click.option("--claim", metavar="ID", help="Ask in which futures this claim fails.")
@click.option("--strategy", metavar="ID", help="Ask in which futures this one misses a goal.")
@click.option(
    "--regret",
    type=float,
    metavar="X",
    help="With --strategy: ask where another would bring this much more, in the utility's unit.",
)
@click.option(
    "--method",
    type=click.Choice(["prim", "cart"]),
    default="prim",
    show_default=True,
    help="Peel boxes (PRIM), or grow a classification tree (CART).",
)
@click.option("--concept", type=click.Choice(CORE), help="Default: a claim's headline; Nash.")
@click.option("--view", metavar="EXPERT", default="", help="The expert whose lists count.")
@click.option("--step", type=click.IntRange(0), metavar="N", help="Take this step of the peeling.")
@seeded("resampling")
@as_json
def command(folder: str, as_json: bool, **asked: Any) -> None:
    """Find where a claim fails or a strategy misses its goals.

    DIR is the folder of a run, as `detente ensemble` writes it. What is found are boxes: limits on
    a few of the things nobody knows, which hold most of the futures of interest (coverage) and
    little else (density). A limit's quasi-p-value says how easily so dense a box would come about
    if the limit did not matter; beside it, how often the search came back to the same factor on
    resampled futures.
    """
    from detente.cli.terminal import print_json, working
    from detente.errors import CannotAnswer
    from detente.futures.discovering.discovery import Searching, boxes_for
    from detente.futures.reading.run import open_run

    run = open_run(folder)
    question = question_of(run, asked)
    how = Searching(asked["method"], step=asked["step"], seed=asked["seed"])
    with working("looking for boxes"):
        found = boxes_for(question, how)
    if found.reason:
        raise CannotAnswer(reason_words(found))
    if as_json:
        print_json(found.to_dict())
    else:
        show(run.situation, found)


def question_of(run: Run, asked: dict[str, Any]) -> Question:
    """Which futures are of interest."""
    from detente.futures.discovering.interest import claim_fails, strategy_fails

    claim, strategy, view, concept = (
        asked[key] for key in ("claim", "strategy", "view", "concept")
    )
    if (claim is None) == (strategy is None):
        raise click.UsageError("name one claim or one strategy: --claim ID or --strategy ID")
    if claim is not None:
        return claim_fails(run, claim, view, concept)
    return strategy_fails(run, strategy, view, concept or "nash", asked["regret"])


def reason_words(found: Discovery) -> str:
    """How often what was asked about happens, and why no box is found where none is."""
    from detente.brief.words import CONCEPTS, counted, percent

    what = {
        "fails": f"claim `{found.id}` fails",
        "misses_goals": f"strategy `{found.id}` misses a goal",
        "regretted": f"strategy `{found.id}` is regretted more than {found.threshold}",
    }[found.interest]
    futures = counted(found.futures, "determined future")
    of_them = f"{what} in {found.of_interest:,} of {futures}"
    return {
        None: f"{of_them} ({percent(found.share)}), under {CONCEPTS[found.concept]}",
        "none": f"{what} in none of {futures}: there is nothing to tell apart",
        "all": f"{what} in all of {futures}: there is nothing to tell apart",
        "few": f"{of_them}: too few on one side to be told from chance\n  draw more futures",
        "nothing_tells": f"{of_them}, and no limit on what was drawn tells them from the others",
    }[found.reason]


# --------------------------------------------------------------------------------- what is shown


def show(situation: Situation, found: Discovery) -> None:
    """The boxes, and how else the first could have been chosen."""
    from detente.brief.unknowns import Unknowns
    from detente.brief.words import counted, percent, sentence
    from detente.cli.terminal import heading, paragraph

    paragraph(sentence(reason_words(found)))
    left_out = [
        f"{counted(number, 'future')} {what}"
        for number, what in ((found.undetermined, "undetermined"), (found.failed, "failed"))
        if number
    ]
    if left_out:
        paragraph(f"Left out: {', '.join(left_out)}.")
    unknowns = Unknowns(situation)
    for place, each in enumerate(found.found, 1):
        heading(f"Box {place}")
        show_box(each, unknowns)
    if len(found.found) > 1:
        paragraph(
            f"Together they cover {percent(found.coverage)} at a density of "
            f"{percent(found.density)}."
        )
    if found.searching.method == "prim":
        show_steps(found.found[0])


def show_box(found: Found, unknowns: Unknowns) -> None:
    """Its limits, then how well they tell the futures apart."""
    from detente.brief.words import percent
    from detente.cli.terminal import columns, paragraph

    box = found.box
    rows = []
    for name, limit in box.limits.items():
        again = (found.stability or {}).get(name)
        rows.append(
            (
                f"quasi-p {box.quasi_p[name]:.1g}",
                "" if again is None else f"again {percent(again)}",
                unknowns.limit(limit),
            )
        )
    columns(rows, indent=2)
    paragraph(
        f"Covers {percent(box.coverage)} of the futures of interest; {percent(box.density)} of "
        f"the {box.cases:,} futures in it are of interest (density); they are "
        f"{percent(box.mass)} of all.",
        indent=2,
    )


def show_steps(found: Found) -> None:
    """Some of the boxes on the way, the one that was taken among them."""
    from detente.brief.words import percent
    from detente.cli.terminal import draw, heading, table

    heading("Other boxes on the way (--step N takes one; --json has them all)")
    drawn = table("step", "coverage", "density", "mass", "limits", "")
    apart = max(len(found.steps) // STEPS_SHOWN, 1)
    for place, step in enumerate(found.steps):
        if place % apart == 0 or place in (found.taken, len(found.steps) - 1):
            drawn.add_row(
                str(place),
                *map(percent, (step.box.coverage, step.box.density, step.box.mass)),
                str(len(step.box.limits)),
                "taken" if place == found.taken else "",
            )
    draw(drawn, indent=2)
