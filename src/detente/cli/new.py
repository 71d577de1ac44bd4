"""`detente new`."""

from __future__ import annotations

from pathlib import Path

import click

__all__ = ["command"]


@click.command("new")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
def command(folder: Path) -> None:
    """Start a case that runs at once: a commented situation.yaml in DIR, and its schema.

    DIR is made; a folder that is not empty is left alone.
    """
    from detente.case.scaffold import new_case

    for file in new_case(folder):
        click.echo(file)
    click.echo(f"\nnow: detente run {folder}")
