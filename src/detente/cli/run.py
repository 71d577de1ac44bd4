"""`detente run`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from detente.brief.words import printable
from detente.cli.arguments import as_json, path_argument

if TYPE_CHECKING:
    from collections.abc import Sequence

    from detente.claims.report import ClaimResult, Recommended, Report

__all__ = ["command"]

FAILED = 1
FINDINGS_SHOWN = 8
OUTCOMES_SHOWN = 5
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
    help="Futures to draw. Only the nominal one is tested so far.",
)
@click.option(
    "--seed",
    type=int,
    metavar="K",
    expose_value=False,  # nothing is drawn yet
    help="Seed of the draws; the nominal future draws nothing.",
)
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
) -> None:
    """Test the argument of a case: what the recommendation rests on and what gives way.

    Prints the recommendation, findings nobody typed in, a line for each claim, the stable
    outcomes, and writes the brief. Verdicts do not change the exit code unless --fail-on says so.
    """
    from detente.brief.files import prepared, write
    from detente.claims import run_claims
    from detente.cli.terminal import loaded, print_json, working

    refuse_ensembles(futures)
    situation = loaded(path)
    folder = prepared(out or Path("out") / situation.id)
    with working("reading") as progress:
        report = run_claims(situation, progress=progress)
    files = write(report, folder)
    if as_json:
        print_json(report.to_dict())
    else:
        show(report, files)
    if any(result.verdict in fail_on for result in report.claims):
        click.get_current_context().exit(FAILED)


def refuse_ensembles(futures: int) -> None:
    from detente.errors import CannotAnswer

    if futures != 1:
        raise CannotAnswer(
            f"{futures:,} futures: ensembles are not there yet; one nominal future is tested\n"
            "  leave --futures out"
        )


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
    return printable("\n".join([situation.title, ", ".join([*dates, "one nominal future"])]))


def show_recommendation(report: Report, recommended: Recommended) -> None:
    """What the recommendation rests on, and which of that gives way."""
    from detente.brief.memo import rests_on_words
    from detente.brief.verdicts import result_of, strategy_words
    from detente.cli.terminal import heading, paragraph

    heading("Recommendation")
    paragraph(strategy_words(report.situation, recommended.strategy), indent=2)
    paragraph(rests_on_words(recommended), indent=2)
    claim_lines([result_of(report, claim) for claim in recommended.gives_way])


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
    """One line for each claim, then the count."""
    from detente.brief.words import verdict_counts
    from detente.cli.terminal import heading

    heading("Claims: verdict, place, claim, what it hinges on")
    claim_lines(report.claims)
    click.echo(f"  {verdict_counts([result.verdict for result in report.claims])}")


def claim_lines(results: Sequence[ClaimResult]) -> None:
    """Verdict, place in the text, the claim in words, what it hinges on; one line each."""
    from detente.cli.terminal import width

    places = max((len(result.claim.at) for result in results), default=0)
    for result in results:
        verdict = click.style(f"{result.verdict:<12}", **STYLES.get(result.verdict, {}))
        place = f"{printable(result.claim.at):<{places}}"
        room = width() - places - len("  contradicted    ")
        where = f"{place}  " if places else ""
        click.echo(f"  {verdict}  {where}{claim_and_hinges(result, room)}")


def claim_and_hinges(result: ClaimResult, room: int) -> str:
    """A claim, cut where the line is too short; never the ids of what it hinges on."""
    from detente.brief.verdicts import hinges_words
    from detente.cli.terminal import text

    hinges = f"  [{hinges_words(result)}]" if result.flips else ""
    says = text(result.claim.says)
    says.truncate(max(room - len(hinges), 20), overflow="ellipsis", pad=bool(hinges))
    return says.plain + hinges


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
