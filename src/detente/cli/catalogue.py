"""`detente catalogue`."""

from __future__ import annotations

import click

__all__ = ["command"]


@click.command("catalogue")
def command() -> None:
    """List the cases that ship, one a line: its id, then its title.

    Any command that takes a PATH takes such an id.
    """
    from detente.brief.words import printable
    from detente.catalogue import catalogue

    entries = catalogue()
    width = max(len(entry.id) for entry in entries)
    for entry in entries:
        click.echo(f"{entry.id:<{width}}  {printable(entry.title)}")
