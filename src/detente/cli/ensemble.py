"""`detente ensemble`."""

from __future__ import annotations

import signal
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from detente.cli.arguments import (
    as_json,
    concepts_drawn,
    design_option,
    path_argument,
    seed_option,
    varied_option,
    workers_option,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from detente.futures.judging.report import EnsembleReport
    from detente.futures.running.driver import Means, Progress, Settings
    from detente.futures.running.store import Store

__all__ = ["command"]

INTERRUPTED = 130


def part(
    _context: click.Context, _parameter: click.Parameter, written: str | None
) -> tuple[int, int] | None:
    """`2/4` as the second of four."""
    if written is None:
        return None
    number, _, parts = written.partition("/")
    if not (number.isdecimal() and parts.isdecimal() and 1 <= int(number) <= int(parts)):
        raise click.BadParameter(f"`{written}`: write 1/4 for the first of four")
    return int(number), int(parts)


@click.command("ensemble")
@path_argument
@click.option(
    "--futures",
    type=click.IntRange(1),
    default=1_000,
    show_default=True,
    metavar="N",
    help="Futures to draw. With --resume, a run can be extended.",
)
@seed_option
@design_option
@concepts_drawn
@workers_option
@click.option("--dask", metavar="ADDRESS", help="Work on the cluster of this Dask scheduler.")
@click.option(
    "--part",
    metavar="I/N",
    callback=part,
    help="Do the chunks of machine I of N, which share the folder.",
)
@click.option(
    "--until",
    type=click.FloatRange(0, 1, min_open=True),
    metavar="X",
    help="Stop before N futures, when the interval of every tested claim is this narrow.",
)
@click.option(
    "--timeout",
    type=click.FloatRange(0, min_open=True),
    metavar="S",
    help="Give up a future after so many seconds. Default: 300.",
)
@varied_option
@click.option("--resume", is_flag=True, help="Go on with the run in DIR, if there is one.")
@click.option(
    "--out",
    metavar="DIR",
    required=True,
    help="The folder of the run, or a URL that fsspec knows (s3://bucket/run).",
)
@as_json
def command(path: str, futures: int, out: str, as_json: bool, **asked: Any) -> None:
    """Test the argument of a case over many futures, and keep every one of them.

    DIR holds a shard for every finished chunk of futures, and in the end claims.json and the brief.
    A run that was killed loses only the chunks it was at: --resume goes on with it. Interrupted,
    it prints the verdicts so far. `detente status DIR` shows how far it is.
    """
    from detente.cli.progress import watched
    from detente.cli.terminal import loaded
    from detente.futures.running.driver import ensemble

    situation = loaded(path)
    settings, means = asked_for(asked)
    try:
        with interruptible(), watched() as progress:
            store = ensemble(situation, futures, out, settings, means, progress)
            report = finished(store, progress)
    except KeyboardInterrupt:
        interrupted(out)
        click.get_current_context().exit(INTERRUPTED)
    if report is None:
        rest = sum(shard.stop - shard.start for shard in store.missing())
        click.echo(f"this part is done; of the whole run {rest:,} futures are still to come")
        return
    show(report, delivered(report, out), as_json)


def asked_for(asked: Mapping[str, Any]) -> tuple[Settings, Means]:
    """The command line's options as what a run comes to, and by what it is done."""
    from detente.errors import InputError
    from detente.futures.drawing.design import Design
    from detente.futures.running.driver import Means, Settings

    if asked.get("dask") and asked["workers"]:
        raise InputError("--workers are of this machine, --dask has its own\n  leave one out")
    given = {name: asked[name] for name in ("timeout", "varied") if asked.get(name) is not None}
    settings = Settings(
        Design(asked["design"], asked["seed"]), asked["concepts"], until=asked.get("until"), **given
    )
    means = Means(asked["workers"], asked.get("dask"), asked.get("part"), bool(asked.get("resume")))
    return settings, means


def finished(store: Store, progress: Progress) -> EnsembleReport | None:
    """The report of a run; None if other machines are still at it."""
    from detente.futures.judging.assembly import report_of
    from detente.futures.reading.run import run_of

    if next(store.missing(), None):
        return None
    return report_of(run_of(store), progress.on)


def delivered(report: EnsembleReport, out: str) -> Sequence[Path]:
    """Write the claims and the brief into the run's folder; where they are."""
    from detente.brief.files import write
    from detente.futures.running.place import place

    where = place(out)
    if where.is_local:
        return write(report, out)
    with tempfile.TemporaryDirectory() as folder:
        write(report, folder)
        files = [file.relative_to(folder) for file in Path(folder).rglob("*") if file.is_file()]
        for file in sorted(files):
            where.put(file.as_posix(), Path(folder, file).read_bytes())
    return sorted(files)


def show(report: EnsembleReport, files: Sequence[Path], as_json: bool) -> None:
    """What `detente run` shows, of as many futures."""
    from detente.cli import run
    from detente.cli.terminal import print_json

    if as_json:
        print_json(report.to_dict())
    else:
        run.show(report, files)


# --------------------------------------------------------------------------- ended before its end


@contextmanager
def interruptible() -> Iterator[None]:
    """Being asked to end, as a cluster's queue does before it kills, is an interruption."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def interrupted(out: str) -> None:
    """Show what is known so far."""
    from detente.cli.status import show_run
    from detente.futures.running.store import kept

    if kept(out):
        show_run(out)
    click.echo(
        f"\ninterrupted; what is finished is kept: go on with --resume --out {out}", err=True
    )
