"""How far a run is, on stderr: a bar on a terminal, a line now and then in a log."""

from __future__ import annotations

import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from detente.brief.words import counted
from detente.futures.running.driver import Progress

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["watched"]

QUIET = 20.0  # seconds between two lines in a log


@contextmanager
def watched() -> Iterator[Progress]:
    """Show on stderr how far a run is: a bar on a terminal, a line now and then in a log."""
    if not sys.stderr.isatty():
        yield Log()
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )
    from rich.progress import Progress as Drawn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeElapsedColumn(),
        TimeRemainingColumn(compact=True),
    )
    with Drawn(*columns, console=Console(stderr=True), transient=True) as drawn:
        yield Bar(drawn)


class Paced(Progress):
    """Knows how fast it goes."""

    def __init__(self) -> None:
        self._begun: tuple[float, int] | None = None

    def rate(self, done: int) -> float:
        """Futures a second, since the first word."""
        now = time.monotonic()
        if self._begun is None:
            self._begun = (now, done)
        begin, before = self._begun
        return (done - before) / (now - begin) if now > begin else 0.0


class Log(Paced):
    """A line now and then."""

    def __init__(self) -> None:
        super().__init__()
        self._said = time.monotonic()

    def at(self, done: int, failed: int, asked: int) -> None:
        """Say it if nothing was said for a while."""
        rate = self.rate(done)
        if time.monotonic() - self._said < QUIET or not rate:
            return
        self._said = time.monotonic()
        left = (asked - done) / rate
        lost = f", {failed:,} without a result" if failed else ""
        click.echo(
            f"{done:,} of {asked:,} futures{lost}; {rate:,.3g} a second, {left:,.0f} s left",
            err=True,
        )

    def on(self, words: str) -> None:
        """Say it if nothing was said for a while."""
        if time.monotonic() - self._said >= QUIET:
            self._said = time.monotonic()
            click.echo(words, err=True)

    def say(self, words: str) -> None:
        """Say it."""
        click.echo(words, err=True)


class Bar(Paced):
    """A bar with rate and time left."""

    def __init__(self, drawn: Any) -> None:
        super().__init__()
        self._drawn = drawn
        self._task = drawn.add_task("futures", total=None, rate="")

    def at(self, done: int, failed: int, asked: int) -> None:
        """Draw it."""
        rate = self.rate(done)
        words = f"{rate:,.3g}/s" if rate else ""
        if failed:
            words = f"{counted(failed, 'failure')} {words}"
        self._drawn.update(self._task, completed=done, total=asked, rate=words)

    def on(self, words: str) -> None:
        """Show it in place of the bar's name."""
        self._drawn.update(self._task, description=words)

    def say(self, words: str) -> None:
        """Say it above the bar."""
        self._drawn.console.print(words, markup=False, highlight=False)
