"""`detente assess`."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from detente.brief.words import printable
from detente.cli.arguments import as_json, as_of_option, path_argument

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from detente.case.situation import Situation
    from detente.ledger.assessment import Assessment, Row
    from detente.ledger.drift import Beyond, Drift, Place
    from detente.ledger.durations import Duration
    from detente.ledger.shares import Share

__all__ = ["command"]

COLUMNS = (("  status", 14), ("since", 10), ("due", 10), ("days late", 9), ("commitment", 0))
"""What the table shows, and how wide."""
GROUPS = {"all": "", "party": "party", "layer": "layer", "counterpart": "pair of parties"}
"""What shares are of -> how it is called."""


@click.command("assess")
@path_argument
@as_of_option
@click.option("--informed", is_flag=True, help="As of the last day of the case's aftermath.")
@click.option(
    "--export",
    "file",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Also write the commitments as a table: .csv, .xlsx or .parquet.",
)
@as_json
def command(
    path: str, as_of: date | None, informed: bool, file: Path | None, as_json: bool
) -> None:
    """Say what was promised and what became of it, as of a day.

    Prints every commitment with its status, the shares that are carried out, how long each stage
    takes, and where a source says more in one place than in another, or than
    the ledger does. After
    the day the case is written for, its `aftermath` is read too.
    """
    from detente.cli.terminal import loaded, print_json
    from detente.ledger.assessment import assess

    situation = loaded(path)
    found = assess(situation, asked_day(situation, as_of, informed))
    if file is not None:
        export(found, file)
    if as_json:
        print_json(found.to_dict())
    else:
        show(situation, found)


def asked_day(situation: Situation, day: date | None, informed: bool) -> date | None:
    """The day that the options name; none where it is the case's own."""
    if day is not None and informed:
        raise click.UsageError("--informed says the day: leave out --as-of")
    if informed:
        from detente.case.hindsight import informed as with_aftermath

        return with_aftermath(situation).as_of
    return day


def export(found: Assessment, file: Path) -> None:
    """Write the commitments as a table, in the format that the file's ending asks for."""
    from detente.errors import InputError
    from detente.futures.reading.export import harmless

    frame = found.to_frame()
    writers: Mapping[str, Callable[[Path], object]] = {
        ".csv": frame.to_csv,
        ".xlsx": harmless(frame).to_excel,
        ".parquet": frame.to_parquet,
    }
    if file.suffix not in writers:
        raise InputError(f"{file}: unknown ending `{file.suffix}`\n  one of {', '.join(writers)}")
    try:
        writers[file.suffix](file)
    except OSError as error:
        raise InputError(f"{file}: {error.strerror or error}") from None


# --------------------------------------------------------------------------------- what is shown


def show(situation: Situation, found: Assessment) -> None:
    """The ledger by layer, then shares, durations, drifts."""
    from detente.brief.words import counted

    click.echo(printable(situation.title))
    known = ""
    if found.known_until < found.as_of:
        known = f"; recorded until {found.known_until}, and nothing later is known"
    click.echo(f"{counted(len(found.rows), 'commitment')} as of {found.as_of}{known}")
    show_rows(situation, found.rows)
    show_shares(situation, found.shares)
    show_durations(found.durations)
    show_drifts(found)


def show_rows(situation: Situation, rows: Sequence[Row]) -> None:
    """The commitments of each layer under its name."""
    from detente.cli.terminal import columns, heading

    if rows:
        heading("  ".join(f"{name:<{wide}}" for name, wide in COLUMNS).rstrip())
    for layer in dict.fromkeys(row.layer for row in rows):
        click.echo(printable(layer_name(situation, layer)))
        columns([padded(row_cells(row)) for row in rows if row.layer == layer])
    if any(row.overdue for row in rows):
        click.echo("\n+ not delivered, and counting")


def padded(cells: Sequence[str]) -> list[str]:
    """Cells as wide as their columns, so that the tables of all layers are aligned."""
    return [f"{cell:<{wide}}" for cell, (_, wide) in zip(cells, COLUMNS, strict=True)]


def layer_name(situation: Situation, layer: str) -> str:
    entry = situation.layers.get(layer)
    return entry.label if entry and entry.label else layer.replace("_", " ")


def row_cells(row: Row) -> tuple[str, str, str, str, str]:
    """Status, since when, due, days late, and what was promised."""
    late = "" if row.slippage is None else f"{row.slippage}{'+' if row.overdue else ''}"
    status = f"  {status_words(row.status)}"
    return status, str(row.since or ""), str(row.due or ""), late, f"{row.says} [{row.id}]"


def status_words(status: str | None) -> str:
    return status.replace("_", " ") if status else "nothing yet"


def show_shares(situation: Situation, shares: Sequence[Share]) -> None:
    """Of all commitments, by party, layer and pair: the share carried out, and of how many."""
    from detente.cli.terminal import columns, heading

    if shares:
        heading("Carried out (in execution or delivered), of which delivered, of how many")
    for by, label in GROUPS.items():
        if label and any(share.by == by for share in shares):
            click.echo(f"by {label}")
        columns([share_cells(situation, share) for share in shares if share.by == by], indent=2)


def share_cells(situation: Situation, share: Share) -> tuple[str, str, str, str]:
    """The two shares, how many there are, and whose they are."""
    from detente.brief.words import actor_name

    if share.by == "layer":
        name = layer_name(situation, *share.of)
    else:
        name = " and ".join(actor_name(situation, party) for party in share.of)
    executed, delivered = f"{share.share_executed:>4.0%}", f"{share.share_delivered:>4.0%}"
    return executed, delivered, f"of {share.commitments:<3}", name or "all"


def show_durations(durations: Sequence[Duration]) -> None:
    """The median stay in each stage, where enough is known."""
    from detente.cli.terminal import columns, heading

    if not durations:
        return
    heading("How long a stage lasts so far: median days (95 % interval)")
    columns([(status_words(each.status), duration_words(each)) for each in durations], indent=2)


def duration_words(found: Duration) -> str:
    """`120 (90 to 200); 7 of 9 have left it`, or why there is no median."""
    from detente.ledger.durations import FEWEST

    left = f"{found.left} of {found.stays} have left it"
    if not found.is_estimated:
        return f"{left}: fewer than {FEWEST}, no estimate"
    if found.median is None:
        return f"median not reached; {left}"
    return f"{found.median} ({interval_words(found)}); {left}"


def interval_words(found: Duration) -> str:
    if found.low is None:
        return "no interval"
    return f"at least {found.low}" if found.high is None else f"{found.low} to {found.high}"


def show_drifts(found: Assessment) -> None:
    """Where a source puts a commitment differently, and where it goes beyond the ledger."""
    from detente.cli.terminal import columns, heading

    if found.drifts:
        heading("Drift: one source, the same commitment, different words")
        columns([(each.commitment, drift_words(each)) for each in found.drifts], indent=2)
    if found.beyond:
        heading(f"Beyond the ledger: words that say more than had come about by {found.as_of}")
        columns([(each.commitment, beyond_words(each)) for each in found.beyond], indent=2)


def beyond_words(found: Beyond) -> str:
    """The words, how far the commitment had come, and whom it does not bind."""
    words = f"{found.source} {place_words(found.place, with_parties=False)}"
    if found.stronger:
        words += f"; it was {status_words(found.status)}"
    if found.also_binds:
        words += f"; would also bind {', '.join(found.also_binds)}"
    return words


def drift_words(drift: Drift) -> str:
    """What differs, then the places with their words."""
    differs = [drift.course or "", "different parties" if drift.parties_differ else ""]
    places = " -> ".join(
        place_words(place, with_parties=drift.parties_differ) for place in drift.places
    )
    return f"{', '.join(filter(None, differs))} in {drift.source}: {places}"


def place_words(place: Place, *, with_parties: bool) -> str:
    parties = f"; {', '.join(place.parties)}" if with_parties else ""
    return f"{place.at or '?'} “{place.says}” ({status_words(place.strength)}{parties})"
