"""What it would be worth to know a factor before choosing, in the unit of the utility.

With a factor known one may choose another strategy for each of its levels; what that brings on
average, over choosing once for all, is its expected value of partial perfect information
`[RaiffaSchlaifer1961]`. It is an upper bound on what finding out may cost.

A number is cut into bins of equally many futures, `[StrongOakley2013]`. Two errors run against each
other: within a bin the number counts as unknown, which makes it seem worth less; and the best of
several means of few futures is too good by chance, which makes everything seem worth more. The
second is shown as `noise`: what a factor that has nothing to do with the outcome would seem worth.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd
    from numpy.typing import NDArray

    from detente.futures.choosing.regret import Payoffs
    from detente.futures.reading.run import Run

__all__ = ["Information", "Worth", "information"]

BINS = 20
LEAST = 25  # futures in a bin
SHUFFLES = 20
NO_FACTORS = frozenset({"status", "reason", "weight", "varied"})


@dataclass(frozen=True)
class Worth:
    """What it would be worth to know one factor."""

    factor: str
    worth: float
    """In the unit; never above what it is worth to know everything."""
    noise: float | None
    """What a factor without any influence would seem worth; None where the value is exact."""
    levels: int
    """Levels that came up, or bins of a number."""
    is_binned: bool


@dataclass(frozen=True)
class Information:
    """What it would be worth to know everything, and each factor alone."""

    perfect: float
    """To know the future: the expected regret of the best single choice."""
    factors: tuple[Worth, ...]
    """The most valuable first."""
    unit: str
    futures: int
    seed: int

    def to_frame(self) -> pd.DataFrame:
        """One row a factor."""
        import pandas as pd

        return pd.DataFrame([vars(each) for each in self.factors], columns=list(COLUMNS))

    def to_dict(self) -> dict[str, Any]:
        """As JSON."""
        from detente.claims.report import plain

        found: dict[str, Any] = plain(self)
        return found


COLUMNS = tuple(Worth.__dataclass_fields__)


def information(run: Run, table: Payoffs, *, seed: int = 0) -> Information:
    """What it would be worth to know each factor before choosing a strategy.

    Parameters
    ----------
    run
        The ensemble the payoffs are of.
    table
        What each strategy brings in each future.
    seed
        Of the shuffles that give the noise.

    References
    ----------
    [RaiffaSchlaifer1961]; [StrongOakley2013] for numbers.
    """
    is_exact = run.manifest.get("design") == "factorial"
    weighed = table.values * table.weights
    rng = np.random.default_rng(seed)
    found = []
    for name, codes, is_binned in grouped(run, table):
        noise = None
        if not is_exact or is_binned:
            shuffled = (rng.permutation(codes) for _ in range(SHUFFLES))
            noise = float(np.mean([gain(each, weighed) for each in shuffled]))
        levels = int(codes.max()) + 1
        found.append(Worth(name, gain(codes, weighed), noise, levels, is_binned))
    return Information(
        perfect=gain(np.arange(len(table.futures)), weighed),
        factors=tuple(sorted(found, key=lambda each: -each.worth)),
        unit=table.unit,
        futures=len(table.futures),
        seed=seed,
    )


def gain(codes: NDArray[np.int64], weighed: NDArray[np.float64]) -> float:
    """What choosing for each code apart brings over choosing once.

    Parameters
    ----------
    codes
        `(futures,)`, from 0.
    weighed
        `(strategies, futures)`: what each strategy brings, times the future's weight.
    """
    by_code = np.stack([np.bincount(codes, weights=each) for each in weighed])
    apart, once = by_code.max(axis=0).sum(), by_code.sum(axis=1).max()
    scale = np.abs(by_code).sum()
    return float(apart - once) if apart - once > 1e-12 * scale else 0.0


def grouped(run: Run, table: Payoffs) -> Iterator[tuple[str, NDArray[np.int64], bool]]:
    """Each factor with its code in each future, and whether it is a number in bins."""
    import pandas as pd

    drawn = run.futures.loc[table.futures]
    for name in drawn.columns:
        expert, colon, _ = str(name).partition(":")
        if name in NO_FACTORS or (colon and expert != table.view):
            continue
        is_number = pd.api.types.is_float_dtype(drawn[name])
        codes = binned(drawn[name].to_numpy()) if is_number else levels(drawn[name])
        yield str(name), codes, is_number


def levels(drawn: pd.Series[Any]) -> NDArray[np.int64]:
    """`(futures,)`: the levels that came up, numbered."""
    return np.unique(np.asarray(drawn.astype(str)), return_inverse=True)[1]


def binned(values: NDArray[np.float64]) -> NDArray[np.int64]:
    """`(futures,)`: the bin of a number, in bins of equally many futures."""
    bins = min(max(len(values) // LEAST, 1), BINS)
    places = np.argsort(np.argsort(values, kind="stable"), kind="stable")
    return places * bins // len(values)
