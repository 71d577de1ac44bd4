"""`detente necessity`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from detente.case.concepts import CORE
from detente.cli.arguments import as_json, seeded

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from detente.case.situation import Concept, Situation
    from detente.futures.judging.necessity import Necessity, Status

__all__ = ["command"]

HEADINGS: Mapping[Status, str] = {
    "necessary": "Necessary: holds however the open questions come out",
    "no_counterexample": "No counter-example found",
    "possible": "Possible: holds in some futures and not in others",
    "no_example": "Holds in no future that was tried",
    "impossible": "Impossible: fails however the open questions come out",
    "undetermined": "Undetermined: nothing is attainable in any future that was tried",
}


@click.command("necessity")
@click.argument("path", metavar="PATH")
@click.option(
    "--limit",
    type=click.IntRange(1),
    default=500,
    show_default=True,
    metavar="N",
    help="The most futures that are evaluated.",
)
@seeded("sample")
@click.option("--concept", type=click.Choice(CORE), help="Default: each claim's headline.")
@click.option("--view", metavar="EXPERT", default="", help="Whose lists count, of an expert's.")
@as_json
def command(
    path: str, limit: int, seed: int, concept: Concept | None, view: str, as_json: bool
) -> None:
    """Say which claims must hold, may hold, or cannot, whatever is not known.

    PATH is a case, or the folder of a run. A claim is necessary if it holds in every combination of
    orders, held and dropped statements, events, executions and choices, however rare. Where there
    are too many, or numbers are read, futures are sampled and a counter-example is searched for.
    Each counter-example differs from the nominal future in as few things as could be.
    """
    from detente.cli.terminal import print_json, working
    from detente.futures.judging.necessity import necessity

    situation = situation_at(path)
    with working("trying futures") as progress:
        found = necessity(
            situation.seen_by(view), concept, limit=limit, seed=seed, progress=progress
        )
    if as_json:
        claims = [each.to_dict() for each in found]
        print_json(
            {
                "format": "detente.necessity/1",
                "situation": situation.id,
                "view": view,
                "claims": claims,
            }
        )
    else:
        show(situation.seen_by(view), found)


def situation_at(path: str) -> Situation:
    """The case, or the case of a run."""
    from detente.cli.terminal import loaded
    from detente.futures.reading.run import open_run

    if (Path(path) / "manifest.json").exists():
        return open_run(path).situation
    return loaded(path)


# --------------------------------------------------------------------------------- what is shown


def show(situation: Situation, found: Sequence[Necessity]) -> None:
    """Claims by what they are, each with the nearest future that speaks against it."""
    from detente.brief.words import printable
    from detente.cli.terminal import heading

    click.echo(printable(situation.title))
    click.echo(printable(tried_words(found)))
    for status, words in HEADINGS.items():
        of_it = [each for each in found if each.status == status]
        if of_it:
            heading(words)
            for each in of_it:
                show_claim(situation, each)


def tried_words(found: Sequence[Necessity]) -> str:
    """How many futures there are, and how many were tried."""
    from detente.brief.words import counted, joined

    if not found:
        return "no claim can be tested"
    first = found[0]
    there = counted(first.combinations, "combination")
    if first.is_exhaustive:
        return f"{there} of what is open, every one tried"
    numbers = f"; {joined(first.numbers)} can only be sampled" if first.numbers else ""
    most = counted(max(each.futures for each in found), "future")
    return f"{there} of what is open{numbers}; up to {most} tried, seed {first.seed}"


def show_claim(situation: Situation, found: Necessity) -> None:
    """A claim in a line or two."""
    from detente.brief.words import counted
    from detente.cli.terminal import paragraph

    claim = situation.claims[found.claim]
    tried = "" if found.is_exhaustive else f" ({counted(found.futures, 'future')})"
    paragraph(f"{claim.says}{tried}", indent=2)
    if found.status == "possible":
        for line in turning_lines(situation, found):
            paragraph(line, indent=4)


def turning_lines(situation: Situation, found: Necessity) -> list[str]:
    """When it holds and when not: the nominal future, and what has to be otherwise."""
    assert found.example is not None
    assert found.counterexample is not None
    against = "fails" if found.counterexample.holds is False else "is undetermined"
    return [
        f"{verb} {differing_words(situation, example.differs)}"
        for verb, example in (("holds", found.example), (against, found.counterexample))
    ]


def differing_words(situation: Situation, differs: Mapping[str, str | float]) -> str:
    """In what a future differs from the nominal one."""
    from detente.brief.unknowns import Unknowns
    from detente.brief.words import joined

    if not differs:
        return "in the nominal future"
    unknowns = Unknowns(situation)
    return f"if {joined(unknowns.comes_to(name, value) for name, value in differs.items())}"
