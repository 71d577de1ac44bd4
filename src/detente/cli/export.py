"""`detente export`."""

from __future__ import annotations

from pathlib import Path

import click

__all__ = ["command"]


@click.command("export")
@click.argument("folder", metavar="DIR")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
def command(folder: str, file: Path) -> None:
    """Write the futures of a run, and what was found in them, for other programs.

    FILE says the format by its ending: `.csv` makes a folder with a file for each frame, `.xlsx` a
    workbook with a sheet for each, `.dta` a Stata file of the futures and others beside it.
    """
    from detente.futures.reading.run import open_run

    for written in open_run(folder).export(file):
        click.echo(written)
