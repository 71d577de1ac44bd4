"""The parts of the documentation that are read off the program, written into the pages by cog.

`make samples` refreshes them, `make lint` checks that they are up to date.
"""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[1]
TERMINAL = {"COLUMNS": "80", "NO_COLOR": "1", "PYTHONIOENCODING": "utf-8"}


def listing(path: str, language: str = "yaml") -> None:
    """A file of the checkout, as a block."""
    print(f"```{language}\n{(CHECKOUT / path).read_text(encoding='utf-8').rstrip()}\n```")


def shown(command: str, *, first: int | None = None, remarks: bool = False) -> None:
    """A command and what it prints in a terminal of 80 columns, cut after `first` lines.

    Remarks, which go to stderr, are shown only where asked for.
    """
    arguments = shlex.split(command)
    program = Path(sys.executable).with_name(arguments[0])
    done = subprocess.run(
        [program, *arguments[1:]],
        cwd=CHECKOUT,
        env={**os.environ, **TERMINAL},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT if remarks else subprocess.PIPE,
        check=True,
        text=True,
    )
    lines = [line.rstrip() for line in done.stdout.rstrip().splitlines()]
    if first is not None and len(lines) > first:
        lines = [*lines[:first], "…"]
    print("\n".join(["```console", f"$ {command}", *lines, "```"]))


def commands() -> None:
    """Every command's help, one heading each."""
    import click

    from detente.cli.main import main

    context = click.Context(main, info_name="detente", max_content_width=80, terminal_width=80)
    for name in main.list_commands(context):
        command = main.get_command(context, name)
        assert command is not None
        inner = click.Context(command, info_name=name, parent=context, terminal_width=80)
        print(f"## `detente {name}`\n\n```text\n{command.get_help(inner).rstrip()}\n```\n")
        for kind, part in getattr(command, "commands", {}).items():
            within = click.Context(part, info_name=kind, parent=inner, terminal_width=80)
            print(f"### `detente {name} {kind}`\n\n```text\n{part.get_help(within)}\n```\n")
