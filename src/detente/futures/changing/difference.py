"""The difference between two runs, results or versions of a case: what changed, and why.

What changed: verdicts, shares, the recommendation. Two shares are *apart* if their 95 % intervals
do not overlap, which asks for more than that their difference is not zero. Where both runs drew the
same futures (the same factors, design and seed), every future is compared with itself: how much the
share changed, with an interval that is far narrower, and in which part of the futures the claim
came out otherwise.

Why: what was changed in the case, as far as both are there to be read, and how differently the two
were run. Which of several changes did it is not said.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import reduce
from operator import add
from typing import TYPE_CHECKING, Any

import numpy as np

from detente.case.changes import Change, changes
from detente.claims.report import plain
from detente.futures.changing.versions import SETTINGS, Standing, Told, Version, version_of
from detente.futures.drawing.factors import factors
from detente.futures.judging.intervals import Intervals, Tally
from detente.futures.reading.blocks import block_size, blocks, layout_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pandas as pd

    from detente.futures.reading.blocks import Block
    from detente.futures.reading.run import Run

__all__ = ["ClaimChange", "Difference", "Paired", "Setting", "difference"]


@dataclass(frozen=True)
class Paired:
    """A claim in the same futures of two runs."""

    change: float
    """Share after less share before, over the futures in which it is determined in both."""
    low: float
    high: float
    """With its 95 % interval."""
    otherwise: float
    """The part of these futures in which it holds in one and not in the other."""
    futures: float
    """How many there are, by weight."""


@dataclass(frozen=True)
class ClaimChange:
    """One claim before and after."""

    claim: str
    before: Told | None
    """None: it was not there."""
    after: Told | None
    paired: Paired | None = None
    """Where both runs drew the same futures."""

    @property
    def is_other_verdict(self) -> bool:
        """Whether its verdict is another, or it came or went."""
        if self.before is None or self.after is None:
            return True
        return self.before.verdict != self.after.verdict

    @property
    def are_apart(self) -> bool:
        """Whether the shares differ by more than chance would have it."""
        if self.paired is not None:
            return self.paired.low > 0 or self.paired.high < 0
        return apart(self.before, self.after)

    @property
    def has_changed(self) -> bool:
        """Whether there is something to say of it."""
        some = self.paired is not None and self.paired.otherwise > 0
        return self.is_other_verdict or self.are_apart or some


@dataclass(frozen=True)
class Setting:
    """Something in how they were run that is not the same."""

    name: str
    before: Any
    after: Any


@dataclass(frozen=True, eq=False)
class Difference:
    """What changed from one version of an argument to another, and why."""

    before: Version
    after: Version
    claims: tuple[ClaimChange, ...]
    """Every claim of either; those of the later in its order, then those that went."""
    case: tuple[Change, ...] | None
    """What was changed in the case; None where one of the two is not there to be read."""
    settings: tuple[Setting, ...]
    is_paired: bool
    """Whether both drew the same futures."""

    @property
    def changed(self) -> tuple[ClaimChange, ...]:
        """The claims of which there is something to say."""
        return tuple(each for each in self.claims if each.has_changed)

    @property
    def is_other_recommendation(self) -> bool:
        """Whether another strategy is recommended, other claims give way, or it stands apart."""
        one, other = self.before.recommendation, self.after.recommendation
        if one is None or other is None:
            return one is not other
        named = [(each.strategy, sorted(each.gives_way)) for each in (one, other)]
        return named[0] != named[1] or apart(one, other)

    def to_dict(self) -> dict[str, Any]:
        """As JSON knows it."""
        case = None if self.case is None else [plain(change) for change in self.case]
        return {
            "format": "detente.diff/1",
            "before": version_dict(self.before),
            "after": version_dict(self.after),
            "paired": self.is_paired,
            "claims": [claim_dict(each) for each in self.changed],
            "unchanged": [each.claim for each in self.claims if not each.has_changed],
            "recommendation_changed": self.is_other_recommendation,
            "case": case,
            "settings": [plain(setting) for setting in self.settings],
        }

    def to_frame(self) -> pd.DataFrame:
        """One row a claim, by its id."""
        import pandas as pd

        rows = [frame_row(each) for each in self.claims]
        return pd.DataFrame(rows, columns=COLUMNS).set_index("claim")


COLUMNS = [
    "claim", "before", "after", "share_before", "share_after",
    "apart", "change", "low", "high", "otherwise",
]  # fmt: skip


def frame_row(each: ClaimChange) -> dict[str, Any]:
    before, after = each.before, each.after
    paired = {} if each.paired is None else plain(each.paired)
    return {
        "claim": each.claim,
        "before": before and before.verdict,
        "after": after and after.verdict,
        "share_before": before and before.share,
        "share_after": after and after.share,
        "apart": each.are_apart,
        **{key: value for key, value in paired.items() if key in COLUMNS},
    }


def version_dict(version: Version) -> dict[str, Any]:
    return {
        "name": version.name,
        "situation": version.situation,
        "recommendation": version.recommendation and plain(version.recommendation),
        **version.settings,
    }


def claim_dict(each: ClaimChange) -> dict[str, Any]:
    verdict = {"verdict_changed": each.is_other_verdict, "apart": each.are_apart}
    return {**plain(each), **verdict}


def apart(one: Told | Standing | None, other: Told | Standing | None) -> bool:
    """Whether two intervals have nothing in common."""
    if one is None or other is None:
        return False
    bounds = (one.low, one.high, other.low, other.high)
    if any(bound is None for bound in bounds):
        return False
    low, high, other_low, other_high = (float(bound) for bound in bounds if bound is not None)
    return low > other_high or high < other_low


def difference(before: str | Path | Version, after: str | Path | Version) -> Difference:
    """What changed from one version of an argument to another, and why.

    Parameters
    ----------
    before, after
        Folders of runs or of results, cases, or what was read of them.

    Raises
    ------
    InputError
        If nothing of the kind is there.

    Examples
    --------
    >>> found = difference("fang/chicken", "fang/chicken")
    >>> found.changed, found.case, found.settings
    ((), (), ())
    """
    one, other = (
        each if isinstance(each, Version) else version_of(each) for each in (before, after)
    )
    if one.is_of_one_future != other.is_of_one_future:  # which knows no share to be apart from
        one, other = without_intervals(one), without_intervals(other)
    pairs = None
    if one.run and other.run and drew_the_same(one.run, other.run):
        pairs = paired(one.run, other.run)
    every = [*other.claims, *(claim for claim in one.claims if claim not in other.claims)]
    return Difference(
        one,
        other,
        tuple(
            ClaimChange(
                claim, one.claims.get(claim), other.claims.get(claim), (pairs or {}).get(claim)
            )
            for claim in every
        ),
        changes(one.case, other.case) if one.case and other.case else None,
        tuple(settings(one, other)),
        pairs is not None,
    )


def without_intervals(version: Version) -> Version:
    """The same, in which a single future says true or false and no share."""
    if not version.is_of_one_future:
        return version
    claims = {id: replace(told, low=None, high=None) for id, told in version.claims.items()}
    standing = version.recommendation and replace(version.recommendation, low=None, high=None)
    return replace(version, claims=claims, recommendation=standing)


def settings(one: Version, other: Version) -> Iterator[Setting]:
    """What is not the same in how they were run; of a single future there is little to say."""
    is_unlike = one.is_of_one_future != other.is_of_one_future
    for name in ("version", "futures") if is_unlike else SETTINGS:
        before, after = one.settings.get(name), other.settings.get(name)
        if before != after:
            yield Setting(name, before, after)


# ------------------------------------------------------------------------------- the same futures


def drew_the_same(one: Run, other: Run) -> bool:
    """Whether two runs put the same random numbers to the same use, as far as both go.

    A probability may have changed: then a future draws the same number and may come to something
    else by it. Weights of a factorial design may not.
    """
    return draws_of(one) == draws_of(other)


def draws_of(run: Run) -> tuple[Any, ...]:
    """What the futures of a run rest on."""
    design = run.manifest["design"]
    exact = design == "factorial"
    return (
        design,
        run.manifest["seed"],
        [
            (each.name, each.kind, len(each.levels), each.weights if exact else ())
            for each in factors(run.situation)
        ],
    )


def paired(one: Run, other: Run) -> dict[str, Paired]:
    """Each claim in both runs, future by future; by the case's own lists and headline concepts."""
    layouts = layout_of(one), layout_of(other)
    mine, theirs = (
        {layout.claims[column]: column for column in layout.headlines} for layout in layouts
    )
    keys = [key for key in mine if key in theirs and not key.view]
    columns = [mine[key] for key in keys], [theirs[key] for key in keys]
    size = block_size(str(one.manifest["design"]))
    sums = [
        compared(pair, columns, size)
        for pair in together(blocks(one, layouts[0]), blocks(other, layouts[1]), size)
    ]
    if not keys or not sums:
        return {}
    tally = reduce(add, sums)
    low, high = intervals_of(one).differences(*(tally[n] for n in range(4)))
    numbers = np.stack([tally.means[0], low, high, tally.means[4], tally.counts[0]], axis=1)
    return {
        key.name: Paired(*map(float, row))
        for key, row in zip(keys, numbers, strict=True)
        if row[-1] > 0
    }


def intervals_of(run: Run) -> Intervals:
    """How intervals are made for a run's design."""
    design = str(run.manifest["design"])
    clusters = len(factors(run.situation)) + 2 if design == "saltelli" else 1
    return Intervals(design, clusters=clusters)


def together(
    some: Iterator[Block], others: Iterator[Block], size: int
) -> Iterator[tuple[Block, Block]]:
    """The blocks that both runs have."""
    other = next(others, None)
    for block in some:
        number = block.index[0] // size
        while other is not None and other.index[0] // size < number:
            other = next(others, None)
        if other is not None and other.index[0] // size == number:
            yield block, other


def compared(pair: tuple[Block, Block], columns: tuple[list[int], list[int]], size: int) -> Tally:
    """`(5, claims)`: after less before, after, before, in both, in one only."""
    common, *rows = np.intersect1d(pair[0].index, pair[1].index, return_indices=True)
    sides = list(zip(pair, rows, columns, strict=True))
    before, after = (block.holds[row][:, column] for block, row, column in sides)
    determined = [block.determined[row][:, column] for block, row, column in sides]
    counts = pair[0].weight[rows[0]][:, None] * determined[0] * determined[1]
    quantities = np.stack([after - before, after, before, after * before, np.abs(after - before)])
    hits = (counts * quantities).sum(axis=1)
    return Tally.block(hits, np.tile(counts.sum(axis=0), (5, 1)), whole=len(common) >= size)
