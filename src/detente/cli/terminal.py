"""What commands have in common when they show something.

Results go to stdout and read well in 80 columns, without colour and piped; remarks and progress go
to stderr. Rich is imported only where something is drawn.
"""

from __future__ import annotations

import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from detente.brief.words import counted, printable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from rich.console import RenderableType
    from rich.table import Table
    from rich.text import Text

    from detente.case.overlay import Changes
    from detente.case.problems import Problem
    from detente.case.situation import Situation

__all__ = [
    "columns",
    "draw",
    "heading",
    "loaded",
    "paragraph",
    "print_json",
    "table",
    "text",
    "width",
    "working",
]

WARNINGS_SHOWN = 5


def loaded(path: str, changes: Changes = ()) -> Situation:
    """The case, with what was asked to be changed; its warnings said briefly on stderr."""
    from detente.loading import load

    situation = load(path, changes=changes)
    if situation.warnings:
        click.echo(printable(brief_warnings(path, situation.warnings)), err=True)
    return situation


def brief_warnings(path: str, warnings: Sequence[Problem]) -> str:
    """How many there are, and the first of them in a line each."""
    lines = [
        f"{Path(each.place.file).name}:{each.place.line}: {each.check}: {each.message}"
        for each in warnings[:WARNINGS_SHOWN]
    ]
    more = len(warnings) - len(lines)
    rest = f"; {more:,} more" if more else ""
    count = counted(len(warnings), "warning")
    return "\n".join([*lines, f"{count}{rest}: `detente check {path}` shows them in full"])


def draw(drawing: RenderableType, indent: int = 0) -> None:
    """Print something of Rich's; nothing in a case is taken for markup, no line ends in blanks."""
    from rich.console import Console
    from rich.padding import Padding

    console = Console(markup=False, highlight=False, emoji=False)
    with console.capture() as captured:
        console.print(Padding(drawing, (0, 0, 0, indent), expand=False))
    for line in captured.get().splitlines():
        click.echo(line.rstrip(), color=console.is_terminal)


def heading(words: str) -> None:
    """A line that opens a part."""
    click.echo(f"\n{click.style(printable(words), bold=True)}")


def paragraph(words: str, indent: int = 0) -> None:
    """Text wrapped between words, at the width of the terminal or 80 columns."""
    draw(text(words), indent)


def columns(rows: Sequence[Sequence[str]], indent: int = 0) -> None:
    """Rows of text side by side; only the last column is wrapped."""
    if not rows:
        return
    grid = table(*("" for _ in rows[0][1:]), whole=("",))
    grid.add_column(overflow="fold")
    grid.show_header = False
    for row in rows:
        grid.add_row(*map(text, row))
    draw(grid, indent)


def text(words: str) -> Text:
    """Words as they stand, whoever wrote them."""
    from rich.text import Text

    return Text(printable(words))


def table(*headers: str, whole: Sequence[str] = ()) -> Table:
    """A table without lines; the columns in `whole` are never broken or cut."""
    from rich.table import Table

    drawn = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for header in headers:
        if header in whole:
            drawn.add_column(header, no_wrap=True, overflow="ignore")
        else:
            drawn.add_column(header, overflow="fold")
    return drawn


def print_json(document: object) -> None:
    """One JSON document; beyond ASCII nothing is spelled out, so that any pipe takes it."""
    import json

    click.echo(json.dumps(document, indent=2))


def width() -> int:
    """Columns of the terminal, or 80."""
    import shutil

    return shutil.get_terminal_size().columns


@contextmanager
def working(on: str) -> Iterator[Callable[[str], None]]:
    """Show on stderr what is being worked on, where stderr is a terminal."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console

    with Console(stderr=True).status(on) as status:
        yield status.update
