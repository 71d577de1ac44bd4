"""How the shares of a run settled as futures were added, in the order of their numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from detente.futures.judging.intervals import Intervals, Tally
from detente.futures.reading.blocks import block_size, blocks, layout_of

if TYPE_CHECKING:
    from detente.futures.reading.blocks import Block, Layout
    from detente.futures.reading.run import Run

__all__ = ["Stage", "convergence"]

WITHIN = (25, 50, 100)
"""Futures of the first block after which the shares are looked at too."""


@dataclass(frozen=True)
class Stage:
    """A share after so many futures, with its 95 % interval."""

    futures: int
    """Drawn, failed ones too."""
    share: float
    low: float
    high: float


def convergence(run: Run) -> Mapping[str, tuple[Stage, ...]]:
    """The share of every claim after some of the futures, ever more, and after all.

    Parameters
    ----------
    run
        An ensemble.

    Returns
    -------
    dict
        Claim -> its stages, by the case's own lists and its headline concept; a claim that is
        undetermined in every future has none. Nothing for a factorial run, whose futures come in
        no order that means anything.
    """
    design, layout = str(run.manifest["design"]), layout_of(run)
    if design == "factorial":
        return {}
    intervals = Intervals(design, clusters=len(layout.factors) + 2 if design == "saltelli" else 1)
    columns = [column for column in layout.headlines if not layout.claims[column].view]
    found: dict[str, list[Stage]] = {layout.claims[column].name: [] for column in columns}
    for futures, tally in prefixes(run, layout, columns):
        low, high = intervals.shares(tally)
        rows = zip(found.values(), tally.counts, tally.means, low, high, strict=True)
        for stages, count, mean, least, most in rows:
            if count > 0:
                stages.append(Stage(futures, float(mean), float(least), float(most)))
    return {claim: tuple(stages) for claim, stages in found.items() if stages}


def prefixes(run: Run, layout: Layout, columns: list[int]) -> Iterator[tuple[int, Tally]]:
    """The sums over the first futures: of some of the first block, of 1, 2, 4, … blocks, of all."""
    size = block_size(str(run.manifest["design"]))
    tally, seen, looked = None, 0, 0
    for number, block in enumerate(blocks(run, layout), 1):
        if number == 1:
            for stop in (stop for stop in WITHIN if stop < len(block.index)):
                yield stop, tallied(block.cut(0, stop), columns, size)
        added = tallied(block, columns, size)
        tally = added if tally is None else tally + added
        seen += len(block.index)
        if number & (number - 1) == 0:
            looked = seen
            yield seen, tally
    if tally is not None and looked < seen:
        yield seen, tally


def tallied(block: Block, columns: list[int], size: int) -> Tally:
    """What a block adds to the shares of some claims."""
    weights = block.weight[:, None]
    hits = (weights * block.holds[:, columns]).sum(axis=0)
    counts = (weights * block.determined[:, columns]).sum(axis=0)
    return Tally.block(hits, counts, whole=len(block.index) >= size)
