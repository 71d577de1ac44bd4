"""`detente backtest`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from detente.brief.words import counted, joined, printable
from detente.cli.arguments import as_json, path_argument

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from detente.case.format.aftermath import Came
    from detente.claims.backtest import Backtest
    from detente.claims.forecast import Became, Scored

__all__ = ["command"]

CAME: Mapping[Came, str] = {
    "came_true": "came true",
    "did_not": "did not come",
    "other_cause": "came for another cause",
    "not_yet": "not yet decided",
    "untested": "its condition never came about",
}


@click.command("backtest")
@path_argument
@as_json
def command(path: str, as_json: bool) -> None:
    """Hold what an argument forecast against what came.

    Tests the case twice, each in its nominal future: blind, by what could be known as of its day,
    and informed, by its aftermath too. Shows what became of each forecast, with its sources, where
    hindsight changes a verdict, and what the record said against the argument already then. Stated
    likelihoods get a Brier score; what is called possible, or certain, is a hit or a miss.
    """
    from detente.claims.backtest import backtest
    from detente.cli.terminal import loaded, print_json, working

    situation = loaded(path)
    with working("reading") as progress:
        found = backtest(situation, progress)
    if as_json:
        print_json(found.to_dict())
    else:
        show(found)


# --------------------------------------------------------------------------------- what is shown


def show(found: Backtest) -> None:
    """Forecasts, changed verdicts, what was known then, the score."""
    from detente.cli.terminal import heading

    click.echo(printable(found.situation.title))
    click.echo(f"blind: as of {found.as_of}{left_out_words(found)}; informed: until {found.until}")
    heading("Forecasts: what became of them")
    show_forecasts(found.claims)
    heading("Verdicts that hindsight changes: blind → informed")
    show_verdicts(found.changed)
    heading(f"On record against the argument already as of {found.as_of}")
    show_verdicts(found.contradicted_then)
    heading("Score")
    show_score(found)


def left_out_words(found: Backtest) -> str:
    """What the blind run does without."""
    parts = [f"{len(names)} of {section}" for section, names in found.unseen.items()]
    return f" (without {joined(parts)}, known only later)" if parts else ""


def show_forecasts(claims: Sequence[Scored]) -> None:
    """Each with its day, what happened, and the sources."""
    from detente.cli.terminal import paragraph

    forecasts = [(each, each.outcome) for each in claims if each.outcome]
    for each, outcome in forecasts:
        paragraph(f"{CAME[outcome.came]}{day_words(outcome)}: {said(each)}", indent=2)
        paragraph(f"{outcome.says} {based_on(outcome)}", indent=4)
        paragraph(
            f"{each.blind.verdict} blind, {each.informed.verdict} informed{score_words(each)}",
            indent=4,
        )
    if not forecasts:
        click.echo("  none")


def day_words(outcome: Became) -> str:
    return f" ({outcome.on})" if outcome.on else ""


def said(each: Scored) -> str:
    """The claim with its place in the text."""
    claim = each.claim
    return f"{claim.at}: {claim.says}" if claim.at else claim.says


def based_on(outcome: Became) -> str:
    if outcome.computed:
        return "[computed]"
    return f"[{', '.join(outcome.sources) or 'no source'}]"


def score_words(each: Scored) -> str:
    """A hit, a miss, or the square error of a likelihood."""
    word = each.claim.modality.replace("_", " ")
    if each.is_hit is not None:
        return f"; called {word}: {'a hit' if each.is_hit else 'a miss'}"
    return "" if each.brier is None else f"; called {word}: Brier score {each.brier:.3f}"


def show_verdicts(claims: Sequence[Scored]) -> None:
    """Each verdict, then and now."""
    from detente.cli.terminal import columns

    rows = [(f"{each.blind.verdict} → {each.informed.verdict}", said(each)) for each in claims]
    columns(rows, indent=2)
    if not rows:
        click.echo("  none")


def show_score(found: Backtest) -> None:
    """How many came to what; a Brier score only of stated likelihoods."""
    from detente.cli.terminal import paragraph

    counts = found.counts
    paragraph(", ".join(f"{counts[came]} {words}" for came, words in CAME.items()), indent=2)
    hits, misses = counted(counts["hits"], "hit"), counted(counts["misses"], "miss", "misses")
    paragraph(f"{hits} and {misses} among what was called possible or certain", indent=2)
    scored = sum(each.brier is not None for each in found.claims)
    if found.brier is None:
        paragraph("no Brier score: no stated likelihood has been decided", indent=2)
    else:
        likelihoods = counted(scored, "stated likelihood")
        paragraph(f"Brier score {found.brier:.3f} over {likelihoods}", indent=2)
