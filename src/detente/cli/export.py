"""`detente export`."""

from __future__ import annotations

from pathlib import Path

import click

__all__ = ["command"]

GAMES = (".nfg", ".efg")


@click.command("export")
@click.argument("what", metavar="DIR|PATH")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
def command(what: str, file: Path) -> None:
    """Write the futures of a run, or a case as a game, for other programs.

    FILE says the format by its ending. Of the run in DIR, with what was found in its futures:
    `.csv` makes a folder with a file for each frame, `.xlsx` a workbook with a sheet for each,
    `.dta` a Stata file of the futures and others beside it. Of the case at PATH, for Gambit: `.nfg`
    is its strategic form, `.efg` the same as a tree. A game never overwrites a file.
    """
    if file.suffix in GAMES:
        export_game(what, file)
        return
    from detente.futures.reading.run import open_run

    for written in open_run(what).export(file):
        click.echo(written)


def export_game(path: str, file: Path) -> None:
    """Write a case as a game."""
    from detente.brief.cardinal import efg, nfg
    from detente.cli.importing import write
    from detente.cli.terminal import loaded
    from detente.conflict.strategic import strategic_form

    situation = loaded(path)
    text = (nfg if file.suffix == ".nfg" else efg)(situation, strategic_form(situation))
    write(text, file)
