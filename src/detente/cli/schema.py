"""`detente schema`."""

from __future__ import annotations

import click

__all__ = ["command"]


@click.command("schema")
def command() -> None:
    """Print the JSON Schema of the case format, for editors that complete and check as you type.

    Keep it beside a case as situation.schema.json and begin situation.yaml with the line
    `# yaml-language-server: $schema=situation.schema.json`.
    """
    from detente.case.schema import situation_schema
    from detente.cli.terminal import print_json

    print_json(situation_schema())
