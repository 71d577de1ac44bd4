"""`detente run`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from detente.brief.words import printable
from detente.cli.arguments import (
    as_json,
    concepts_drawn,
    design_option,
    path_argument,
    seed_option,
    varied_option,
    workers_option,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from detente.case.situation import Situation
    from detente.claims.report import ClaimResult, Recommended, Report
    from detente.futures.judging.report import EnsembleReport

__all__ = ["command"]

FAILED = 1
FINDINGS_SHOWN = 8
OUTCOMES_SHOWN = 5
WIDE = 0.05  # of an interval, below which more futures are not worth their time
STYLES: Mapping[str, dict[str, Any]] = {
    "supported": {"fg": "green"},
    "contradicted": {"fg": "red", "bold": True},
    "assumed": {"fg": "yellow"},
    "contingent": {"fg": "magenta"},
    "undecided": {"fg": "cyan"},
    "untested": {"dim": True},
}
FAILABLE = ("contradicted", "assumed", "contingent", "undecided", "untested")


@click.command("run")
@path_argument
@click.option(
    "--out",
    metavar="DIR",
    type=click.Path(path_type=Path, file_okay=False),
    help="Where claims.json, brief.html and brief.md go. Default: out/ and the case's id.",
)
@click.option(
    "--futures",
    type=click.IntRange(1),
    default=1,
    metavar="N",
    show_default=True,
    help="Futures to draw; 1 is the nominal one, in the middle of what is stated.",
)
@seed_option
@design_option
@concepts_drawn
@workers_option
@varied_option
@click.option(
    "--fail-on",
    multiple=True,
    type=click.Choice(FAILABLE),
    help="End with exit code 1 if a claim has this verdict; may be given several times.",
)
@as_json
def command(
    path: str,
    out: Path | None,
    futures: int,
    fail_on: tuple[str, ...],
    as_json: bool,
    **asked: Any,
) -> None:
    """Test the argument of a case: what the recommendation rests on and what gives way.

    Prints the recommendation, findings nobody typed in, a line for each claim, the stable
    outcomes, and writes the brief. Verdicts do not change the exit code unless --fail-on says so.
    With --futures, shares are of futures, and nothing of a run is kept but the report:
    `detente ensemble` keeps every future.
    """
    from detente.brief.files import prepared, write
    from detente.cli.terminal import loaded, print_json

    situation = loaded(path)
    folder = prepared(out or Path("out") / situation.id)
    report = nominal(situation) if futures == 1 else over(situation, futures, asked)
    files = write(report, folder)
    if as_json:
        print_json(report.to_dict())
    else:
        show(report, files)
    if any(result.verdict in fail_on for result in report.claims):
        click.get_current_context().exit(FAILED)


def nominal(situation: Situation) -> Report:
    """The argument in the nominal future."""
    from detente.claims import run_claims
    from detente.cli.terminal import working

    with working("reading") as progress:
        return run_claims(situation, progress=progress)


def over(situation: Situation, futures: int, asked: Mapping[str, Any]) -> EnsembleReport:
    """The argument over many futures; interrupted, it says that none of them is kept."""
    from detente.cli.ensemble import INTERRUPTED, asked_for, interruptible
    from detente.cli.progress import watched
    from detente.futures.judging.once import run_once

    settings, means = asked_for(asked)
    try:
        with interruptible(), watched() as progress:
            return run_once(situation, futures, settings, means, progress, progress.on)
    except KeyboardInterrupt:
        click.echo(
            "\ninterrupted; no future is kept: `detente ensemble` keeps what is finished", err=True
        )
        click.get_current_context().exit(INTERRUPTED)


# --------------------------------------------------------------------------------- what is shown


def show(report: Report, files: Sequence[Path]) -> None:
    """The report in the order in which it should be read."""
    from detente.cli.terminal import heading

    click.echo(printable_title(report))
    if report.recommendation:
        show_recommendation(report, report.recommendation)
    show_findings(report)
    if report.claims:
        show_claims(report)
    show_outcomes(report)
    heading("The brief")
    for file in files:
        click.echo(f"  {file}")


def printable_title(report: Report) -> str:
    """The question and what was tested."""
    situation = report.situation
    dates = [f"as of {situation.as_of}"] if situation.as_of else []
    dates += [f"horizon {situation.horizon}"] if situation.horizon else []
    return printable("\n".join([situation.title, ", ".join([*dates, futures_words(report)])]))


def futures_words(report: Report) -> str:
    """How many futures there are, how they were drawn, and how many say nothing."""
    drawn = getattr(report, "drawn", None)
    if drawn is None:
        return "one nominal future"
    failed = f", {drawn.failed:,} failed" if drawn.failed else ""
    return f"{report.futures:,} futures ({drawn.design}, seed {drawn.seed}){failed}"


def show_recommendation(report: Report, recommended: Recommended) -> None:
    """What the recommendation rests on, and which of that gives way."""
    from detente.brief.memo import rests_on_words
    from detente.brief.verdicts import result_of, strategy_words
    from detente.cli.terminal import heading, paragraph

    heading("Recommendation")
    paragraph(strategy_words(report.situation, recommended.strategy), indent=2)
    paragraph(rests_on_words(recommended), indent=2)
    claim_lines([result_of(report, claim) for claim in recommended.gives_way], report)


def show_findings(report: Report) -> None:
    """The first findings, those about the recommendation first."""
    from detente.brief.verdicts import finding_words
    from detente.cli.terminal import columns, heading

    heading("Findings nobody typed in")
    shown = [finding_words(report, each) for each in report.findings[:FINDINGS_SHOWN]]
    columns([("-", words) for words in shown], indent=2)
    if more := len(report.findings) - len(shown):
        click.echo(f"  … and {more} more in the brief")
    elif not shown:
        click.echo("  none")


def show_claims(report: Report) -> None:
    """One line for each claim, then the count, and what more futures would settle."""
    from detente.brief.words import verdict_counts
    from detente.cli.terminal import heading

    shares = "share of futures (95 % interval), " if is_drawn(report) else ""
    heading(f"Claims: verdict, {shares}place, claim, what it hinges on")
    claim_lines(report.claims, report)
    click.echo(f"  {verdict_counts([result.verdict for result in report.claims])}")
    if is_drawn(report):
        show_what_more_would_tell(report)
    else:
        show_what_futures_would_tell(report)


def show_what_futures_would_tell(report: Report) -> None:
    """What one future leaves open."""
    from detente.cli.terminal import paragraph
    from detente.futures.drawing.factors import factors

    if unknown := len(factors(report.situation)):
        paragraph(
            f"One future of many: {unknown} things are not known. `--futures 250` draws them, "
            "gives each verdict the share of futures it rests on, and says what would change it.",
            indent=2,
        )


def is_drawn(report: Report) -> bool:
    """Whether futures were drawn."""
    return getattr(report, "drawn", None) is not None


def show_what_more_would_tell(report: Report) -> None:
    """What is undecided, and how many futures would settle it."""
    from detente.brief.words import counted

    needed = {
        result.claim.id: judged.needed
        for result in report.claims
        if (judged := getattr(result, "judged", None)) and judged.verdict == "undecided"
    }
    known = [futures for futures in needed.values() if futures is not None]
    if known:
        click.echo(
            f"  {counted(len(known), 'undecided claim')} would be settled by about "
            f"{max(known):,} futures, if shares stay as they are."
        )
    elif not needed:
        click.echo("  No verdict waits for more futures.")
    show_what_would_sharpen(report)


def show_what_would_sharpen(report: Report) -> None:
    """How wide shares are known, and what about halves that: a width goes with the root."""
    from detente.cli.terminal import paragraph

    shares = [judged.share for each in report.claims if (judged := getattr(each, "judged", None))]
    widths = [s.high - s.low for s in shares if s.high is not None and s.low is not None]
    if (widest := max(widths, default=0.0)) >= WIDE:
        paragraph(
            f"The widest interval of a share spans {100 * widest:.0f} points; "
            f"`--futures {4 * report.futures}` would about halve it.",
            indent=2,
        )


def claim_lines(results: Sequence[ClaimResult], report: Report) -> None:
    """Verdict, share, place in the text, the claim, what it hinges on; one line each."""
    from detente.cli.terminal import width

    places = max((len(result.claim.at) for result in results), default=0)
    shares = [share_cell(result) for result in results] if is_drawn(report) else []
    wide = max(map(len, shares), default=0)
    room = width() - places - len("  contradicted    ") - (wide + 2 if shares else 0)
    for number, result in enumerate(results):
        verdict = click.style(f"{result.verdict:<12}", **STYLES.get(result.verdict, {}))
        share = f"{shares[number]:<{wide}}  " if shares else ""
        where = f"{printable(result.claim.at):<{places}}  " if places else ""
        click.echo(f"  {verdict}  {share}{where}{claim_and_hinges(result, room)}".rstrip())


def share_cell(result: ClaimResult) -> str:
    """`62 % (55 to 69 %)`; the share of an assumed claim was typed in: what it needs instead."""
    from detente.brief.shares import with_interval

    judged = getattr(result, "judged", None)
    if judged is None or judged.share.share is None:
        return ""
    if result.verdict != "assumed":
        return with_interval(judged.share)
    needs = result.break_even and result.break_even.credence
    return f"needs a credence of {needs:.2f}" if needs is not None else "as typed in"


def claim_and_hinges(result: ClaimResult, room: int) -> str:
    """A claim, cut where the line is too short; never the ids of what it hinges on."""
    from detente.cli.terminal import text

    hinges = f"  [{words}]" if (words := hinge_ids(result)) else ""
    says = text(result.claim.says)
    says.truncate(max(room - len(hinges), 20), overflow="ellipsis", pad=bool(hinges))
    return says.plain + hinges


def hinge_ids(result: ClaimResult) -> str:
    """The statements it hinges on; of many futures the first thing, be it a factor's level."""
    from detente.brief.verdicts import hinges_words

    judged = getattr(result, "judged", None)
    if judged is not None and result.verdict == "contingent" and judged.contingent_on:
        first = judged.contingent_on[0]
        return printable(f"{first.factor}: {first.level}")
    return hinges_words(result) if result.flips else ""


def show_outcomes(report: Report) -> None:
    """Where free play settles: every concept counted, the attainable Nash equilibria in words."""
    from detente.brief.words import CONCEPTS, counted, share_words, state_words
    from detente.cli.terminal import columns, heading

    heading("Stable outcomes, nobody committed")
    for each in report.settlements:
        kept = counted(each.equilibria_count, "equilibrium", "equilibria")
        click.echo(
            f"  {CONCEPTS[each.concept]:<4}  {kept} ({share_words(each.share_of_feasible)} of the "
            f"feasible states), {each.attainable_count:,} attainable"
        )
    shown = report.settlements[0].attainable[:OUTCOMES_SHOWN]
    columns([(code, state_words(report.situation, code)) for code in shown], indent=2)
    if more := report.settlements[0].attainable_count - len(shown):
        click.echo(f"  … and {more:,} more")
