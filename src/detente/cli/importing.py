"""`detente import`: other programs' cases, and other people's data."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from detente.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from detente.interop.alliances import Layout
    from detente.interop.reading import Problem
    from detente.interop.tables import Table

__all__ = ["command"]

KINDS_SHOWN = 20
ROWS_SHOWN = 3


class Kinds(click.Group):
    """Kinds of files as commands of their own; without one, a file is one of GMCR+ or Gambit."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the first argument as a kind, or else as a file of GMCR+ or Gambit."""
        if args and args[0] not in (*self.commands, *ctx.help_option_names):
            is_game = any(each.endswith((".nfg", ".efg")) for each in args)
            args = ["gambit" if is_game else "gmcr", *args]
        return super().parse_args(ctx, args)


def shared(function: Callable[..., None]) -> Callable[..., None]:
    """The argument and the options that all data sets share."""
    for decorator in (
        click.option(
            "--data-version",
            metavar="TEXT",
            help="Version of the data set. Default: as the file's name or columns say.",
        ),
        click.option(
            "--retrieved",
            type=click.DateTime(["%Y-%m-%d"]),
            metavar="DATE",
            help="When the file was retrieved. Default: when it was last written.",
        ),
        click.option(
            "--out",
            "folder",
            metavar="DIR",
            type=click.Path(path_type=Path, file_okay=False),
            help="Write into this folder, also a list of every problem; stdout if left out. "
            "Nothing is overwritten.",
        ),
        click.argument("file", metavar="FILE", type=click.Path(path_type=Path)),
    ):
        function = decorator(function)
    return function


def of_alliances(function: Callable[..., None]) -> Callable[..., None]:
    """What data sets of alliances share beyond that."""
    for decorator in (
        click.option(
            "--source",
            metavar="ID",
            help="The case's source for the data set, cited as evidence. Default: an assumption.",
        ),
        click.option(
            "--to", "last", type=int, default=2100, metavar="YEAR", help="Last year. Default: all."
        ),
        click.option(
            "--from",
            "first",
            type=int,
            default=1500,
            metavar="YEAR",
            help="First year. Default: all.",
        ),
        click.option(
            "--actors",
            metavar="LIST",
            required=True,
            help="Actors of the case, separated by commas, each an ISO code, a Correlates of War "
            "code or abbreviation, or a name with one of these: usa,jpn,rok,prc=CHN.",
        ),
    ):
        function = decorator(function)
    return function


@click.group("import", cls=Kinds)
def command() -> None:
    """Take over a case of GMCR+ or gmcr-py (.gmcr), a game of Gambit's, or other people's data.

    `detente import FILE` is short for `detente import gmcr FILE`, or, of an .nfg or .efg file, for
    `detente import gambit FILE`. What is wrong in a file of data
    goes to stderr with its rows; nothing is mended in silence.
    """


output_option = click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write the case to this file; stdout if left out. Nothing is overwritten.",
)


@command.command("gmcr")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@output_option
def gmcr(file: Path, output: Path | None) -> None:
    """Turn a GMCR+ or gmcr-py file (.gmcr) into a situation.yaml.

    Other commands read such files as they are; import one to go on writing it.
    """
    from detente.interop.gmcr import gmcr_to_yaml

    put_case(gmcr_to_yaml(file), output)


@command.command("gambit")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@output_option
def gambit(file: Path, output: Path | None) -> None:
    """Turn a game of Gambit's (.nfg, .efg) into a situation.yaml, payoffs into rankings."""
    from detente.interop.gambit import gambit_to_yaml

    put_case(gambit_to_yaml(file), output)


def put_case(text: str, output: Path | None) -> None:
    """Print a case, or write it."""
    if output is None:
        click.echo(text, nl=False)
    else:
        write(text, output)


@command.command("atop")
@of_alliances
@shared
def atop(file: Path, **asked: Any) -> None:
    """Turn directed dyad-years of ATOP 5.1 (.csv, .csv.gz) into an arrangements.yaml."""
    from detente.interop.atop import ATOP

    import_alliances(file, ATOP, **asked)


@command.command("cow-alliances")
@of_alliances
@shared
def cow_alliances(file: Path, **asked: Any) -> None:
    """Turn dyad-years of the COW alliances 4.1 into an arrangements.yaml."""
    from detente.interop.cow import ALLIANCES

    import_alliances(file, ALLIANCES, **asked)


@command.command("nmc")
@shared
def nmc(file: Path, **asked: Any) -> None:
    """Turn COW's national material capabilities into a tidy CSV: one value in each row."""
    from detente.interop.cow import read_nmc, tidy_nmc

    table = told(read_nmc(file, *edition(asked)))
    put(tidy_nmc(table).to_csv(index=False), "nmc.csv", table, asked["folder"])


@command.command("states")
@shared
def states(file: Path, **asked: Any) -> None:
    """Turn COW's list of states into a tidy CSV, with ISO codes."""
    from detente.interop.cow import read_states, tidy_states

    table = told(read_states(file, *edition(asked)))
    put(tidy_states(table).to_csv(index=False), "states.csv", table, asked["folder"])


@command.command("sipri")
@shared
def sipri(file: Path, **asked: Any) -> None:
    """Turn SIPRI's workbook of military expenditure into a tidy CSV: one value in each row."""
    from detente.interop.sipri import read_sipri, tidy_sipri

    table = told(read_sipri(file, *edition(asked)))
    put(tidy_sipri(table).to_csv(index=False), "sipri.csv", table, asked["folder"])


def import_alliances(file: Path, layout: Layout, **asked: Any) -> None:
    """The arrangements among some actors in some years."""
    from detente.interop.alliances import read_dyad_years
    from detente.interop.arrangements import actors_named, arrangements_yaml

    actors = actors_named(asked["actors"])
    if asked["first"] > asked["last"]:
        raise InputError(f"--from {asked['first']} lies after --to {asked['last']}")
    table = told(read_dyad_years(file, layout, *edition(asked)))
    years = range(asked["first"], asked["last"] + 1)
    text = arrangements_yaml(table, layout, actors, years, asked["source"])
    put(text, "arrangements.yaml", table, asked["folder"])


def edition(asked: dict[str, Any]) -> tuple[str | None, date | None]:
    """Version and date of retrieval, as far as they were told."""
    retrieved = asked["retrieved"]
    return asked["data_version"], retrieved and retrieved.date()


# ------------------------------------------------------------------------------------------ output


def put(text: str, name: str, table: Table, folder: Path | None) -> None:
    """Print what was made, or write it into a folder with a list of what was wrong in the file."""
    if folder is None:
        click.echo(text, nl=False)
        return
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"{folder}: {error.strerror}") from None
    write(text, folder / name)
    if table.problems:
        write(problems_csv(table.problems), folder / f"{Path(name).stem}-problems.csv")


def problems_csv(problems: Sequence[Problem]) -> str:
    """Every problem as CSV."""
    import pandas as pd

    return pd.DataFrame(problems, columns=["row", "what", "found"]).to_csv(index=False)


def write(text: str, file: Path) -> None:
    """Write a file that is not there yet, and say where."""
    try:
        with file.open("x", encoding="utf-8") as new:
            new.write(text)
    except FileExistsError:
        raise InputError(f"{file}: exists; nothing was overwritten") from None
    except OSError as error:
        raise InputError(f"{file}: {error.strerror}") from None
    click.echo(file)


def told(table: Table) -> Table:
    """The table, what was wrong with it said on stderr: how often, and the first of the rows."""
    from detente.brief.words import counted, printable

    kinds: dict[str, list[Problem]] = {}
    for problem in table.problems:
        kinds.setdefault(problem.what, []).append(problem)
    lines = [f"  {what}: {first_rows(found)}" for what, found in kinds.items()]
    if lines:
        head = f"{table.file}: {counted(len(table.problems), 'problem')}"
        click.echo("\n".join(map(printable, (head, *lines[:KINDS_SHOWN]))), err=True)
    if len(lines) > KINDS_SHOWN:
        click.echo(f"  {len(lines) - KINDS_SHOWN:,} more kinds", err=True)
    return table


def first_rows(problems: Sequence[Problem]) -> str:
    """`row 12 (0), row 88 (0), row 90 (0), 2 more`."""
    shown = [
        f"row {each.row:,} ({each.found[:60]})" if each.found else f"row {each.row:,}"
        for each in problems[:ROWS_SHOWN]
    ]
    more = len(problems) - len(shown)
    return ", ".join([*shown, f"{more:,} more"] if more else shown)
