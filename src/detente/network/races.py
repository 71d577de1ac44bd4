"""Arms races between two states, as years in which both arm fast."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from detente.errors import InputError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

__all__ = ["Episode", "grew", "races"]

ROUNDING = 1e-9  # relative: 108 is 8 % more than 100, whatever floating point makes of it


@dataclass(frozen=True)
class Episode:
    """Years in which two sides raced, the first and the last included."""

    start: int
    end: int


def races(
    years: NDArray[np.integer],
    first: Array,
    second: Array,
    *,
    growth: float = 0.08,
    length: int = 3,
) -> tuple[Episode, ...]:
    """The episodes in which both sides' series grow fast together, in order.

    A year belongs to an episode if it is one of `length` consecutive years in each of which a
    series of the first side and a series of the second grow by at least `growth`: spending
    against spending, personnel against personnel, or one against the other. That the two are
    rivals is for the caller to say, with NaN in the years in which they are not.

    Parameters
    ----------
    years
        `(years,)`: consecutive.
    first, second
        `(years,)` or `(series, years)`: what each side spends, has under arms, …, each series in
        one unit throughout; NaN where not known, which ends an episode.
    growth
        From one year to the next, as a part of the former.
    length
        How many years of growth make a race.

    Raises
    ------
    InputError
        If the years are not consecutive, or the series do not fit them.

    Examples
    --------
    >>> arming = np.array([100, 110, 121, 133.1, 133.1])
    >>> races(np.arange(1910, 1915), arming, 2 * arming)
    (Episode(start=1911, end=1913),)

    References
    ----------
    [GiblerRiderHutchison2005].
    """
    if (np.diff(years) != 1).any():
        raise InputError("years: consecutive ones are wanted; write NaN for those without data")
    one, other = (grew(_rows(side, len(years)), growth) for side in (first, second))
    pairs = (one[:, None] & other[None]).reshape(-1, len(years))
    racing: NDArray[np.bool_] = np.logical_or.reduce(_in_runs(pairs, length))
    return _episodes(years, racing)


def grew(series: Array, growth: float = 0.08) -> NDArray[np.bool_]:
    """`(…, years)`: whether it is larger by so large a part than the year before.

    False in the first year, after a year without data, and from nothing.
    """
    before, after = series[..., :-1], series[..., 1:]
    fast = (before > 0) & (after >= before * (1 + growth) * (1 - ROUNDING))
    return np.concatenate([np.zeros_like(fast, shape=(*series.shape[:-1], 1)), fast], axis=-1)


def _rows(side: Array, years: int) -> Array:
    rows = np.atleast_2d(side)
    if rows.ndim != 2 or rows.shape[1] != years:
        raise InputError(f"series of shape {side.shape}: (years,) or (series, years) is wanted")
    return rows


def _in_runs(holds: NDArray[np.bool_], length: int) -> NDArray[np.bool_]:
    """Whether each place is in a run of at least so many places along the last axis."""
    runs = np.zeros_like(holds)
    for begin in range(holds.shape[-1] - length + 1):
        window = np.s_[..., begin : begin + length]
        runs[window] |= holds[window].all(axis=-1, keepdims=True)
    return runs


def _episodes(years: NDArray[np.integer], racing: NDArray[np.bool_]) -> tuple[Episode, ...]:
    edges = np.diff(np.concatenate([[0], racing.astype(np.int8), [0]]))
    starts, ends = np.flatnonzero(edges > 0), np.flatnonzero(edges < 0) - 1
    return tuple(
        Episode(int(years[start]), int(years[end])) for start, end in zip(starts, ends, strict=True)
    )
