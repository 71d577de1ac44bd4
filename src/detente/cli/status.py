"""`detente status`."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import click

from detente.cli.arguments import as_json

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from detente.futures.judging.report import Judged
    from detente.futures.reading.run import Run
    from detente.futures.running.store import Store

__all__ = ["command", "show_run"]

REASONS_SHOWN = 5


@click.command("status")
@click.argument("folder", metavar="DIR")
@as_json
def command(folder: str, as_json: bool) -> None:
    """Show how far a run is, while it runs and after, and its verdicts so far."""
    from detente.cli.terminal import print_json

    if as_json:
        print_json(status(folder))
    else:
        show_run(folder)


def status(folder: str) -> dict[str, Any]:
    """How far a run is, as JSON knows it."""
    store, run = opened(folder)
    counts = run.counts
    return {
        "situation": store.manifest.situation,
        "futures": store.manifest.futures,
        "done": sum(counts.values()),
        **counts,
        "rate": rate(store),
        "reasons": dict(reasons(store)),
        "claims": [
            {
                "id": claim,
                "verdict": judged.verdict,
                "share": judged.share.share,
                "low": judged.share.low,
                "high": judged.share.high,
            }
            for claim, judged in verdicts(run).items()
        ],
    }


def opened(folder: str) -> tuple[Store, Run]:
    from detente.futures.reading.run import run_of
    from detente.futures.running.store import opened

    store = opened(folder)
    return store, run_of(store)


def verdicts(run: Run) -> Mapping[str, Judged]:
    """The verdict of every tested claim so far, by the case's own lists."""
    from detente.futures.judging.shares import counted
    from detente.futures.judging.verdicts import Court

    if not sum(run.counts.values()):
        return {}
    sums = counted(run)
    court = Court(run.situation, sums)
    keys = [sums.layout.claims[head] for head in sums.layout.headlines]
    return {key.name: court.judge(column) for column, key in enumerate(keys) if not key.view}


def rate(store: Store) -> float | None:
    """Futures a second, from when its shards were written; None where fewer than two were."""
    written = sorted((store.place.changed(shard.name), shard) for shard in store.shards())
    if len(written) < 2 or written[-1][0] <= written[0][0]:
        return None
    futures = sum(shard.stop - shard.start for _, shard in written[1:])
    return float(futures / (written[-1][0] - written[0][0]))


def reasons(store: Store) -> Sequence[tuple[str, int]]:
    """Why futures have no result, the commonest first."""
    found: Counter[str] = Counter()
    for table in store.tables(["status", "reason"]):
        rows = zip(table["status"].to_pylist(), table["reason"].to_pylist(), strict=True)
        found.update(f"{status}: {reason}" for status, reason in rows if status != "ok")
    return found.most_common(REASONS_SHOWN)


# --------------------------------------------------------------------------------- what is shown


def show_run(folder: str) -> None:
    """How far it is, what failed, and the verdicts so far."""
    store, run = opened(folder)
    show_progress(store, run.counts)
    found = verdicts(run)
    if found:
        show_verdicts(run, found)


def show_progress(store: Store, counts: Mapping[str, int]) -> None:
    """How many futures are done, how fast, and why some have no result."""
    from detente.brief.words import printable

    asked, done = store.manifest.futures, sum(counts.values())
    line = f"{store.manifest.situation}: {done:,} of {asked:,} futures"
    if asked > done and (speed := rate(store)):
        line += f", {speed:,.3g} a second, about {(asked - done) / speed:,.0f} s left"
    click.echo(printable(line))
    for why, futures in reasons(store):
        click.echo(printable(f"  {futures:,} without a result: {why}"))


def show_verdicts(run: Run, found: Mapping[str, Judged]) -> None:
    """A line a claim: verdict, share with its interval, the claim in words."""
    from detente.cli.run import STYLES
    from detente.cli.terminal import heading, text, width

    heading("Claims so far: verdict, share of futures (95 % interval), claim")
    for claim, judged in found.items():
        verdict = click.style(f"{judged.verdict:<12}", **STYLES.get(judged.verdict, {}))
        says = text(run.situation.claims[claim].says)
        says.truncate(max(width() - 38, 20), overflow="ellipsis")
        click.echo(f"  {verdict}  {interval(judged):<20}  {says.plain}")


def interval(judged: Judged) -> str:
    """`62 % (55-69 %)`; nothing where the claim is determined in no future."""
    share = judged.share
    if share.share is None or share.low is None or share.high is None:
        return ""
    return f"{share.share:.0%} ({share.low:.0%} to {share.high:.0%})"
