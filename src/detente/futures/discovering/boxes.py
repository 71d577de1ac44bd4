"""Boxes: ranges and levels of a few factors that hold most of the futures of interest.

A box is judged by how much of what is of interest it holds and how little else
[BryantLempert2010]: *coverage*, the part of the futures of interest that lie in it; *density*, the
part of the futures in it that are of interest; *mass*, the part of all futures that lie in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "Box",
    "Cases",
    "Column",
    "Interval",
    "Levels",
    "Limit",
    "measured",
    "part",
    "plainest",
    "quasi_p",
    "together",
    "within",
]

About = Literal["value", "order", "first"]
Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Interval:
    """A factor between two numbers, both included; None where nothing limits it."""

    factor: str
    low: float | None = None
    high: float | None = None

    def __bool__(self) -> bool:
        return self.low is not None or self.high is not None

    def to_dict(self) -> dict[str, Any]:
        """As JSON knows it."""
        return {"factor": self.factor, "low": self.low, "high": self.high}


@dataclass(frozen=True)
class Levels:
    """A factor at one of some levels."""

    factor: str
    kept: tuple[str, ...]
    """Levels; with `about` "order" orders of statements as `a>b`, with "first" statements."""
    left_out: tuple[str, ...] = ()
    about: About = "value"
    """What the levels are: values of the factor, orders of its statements (`a>b`: a stands above
    b, whatever stands between), or the statement that stands first."""

    def __bool__(self) -> bool:
        return bool(self.left_out)

    def to_dict(self) -> dict[str, Any]:
        """As JSON knows it."""
        return {
            "factor": self.factor,
            "about": self.about,
            "kept": list(self.kept),
            "left_out": list(self.left_out),
        }


Limit = Interval | Levels


@dataclass(frozen=True, eq=False)
class Column:
    """What a box may limit: the values of a factor, or one way to read an order."""

    name: str
    values: NDArray[Any]
    """(futures,) numbers, or indices into `levels`."""
    levels: tuple[str, ...] = ()
    """None for a number."""
    factor: str = ""
    """The factor it is read from; by default the one of its name."""
    about: About = "value"

    @property
    def of(self) -> str:
        """The factor it is read from."""
        return self.factor or self.name

    @property
    def is_whole(self) -> bool:
        """Whether its numbers are integers: limits then fall on them, else between two of them."""
        return bool(np.issubdtype(self.values.dtype, np.integer))

    def interval(self, low: float | None, high: float | None) -> Interval:
        """A limit between two numbers."""
        return Interval(self.of, low, high)

    def among(self, codes: Iterable[int]) -> Levels:
        """A limit to the levels of these indices."""
        kept = sorted({int(code) for code in codes})
        others = (name for code, name in enumerate(self.levels) if code not in kept)
        return Levels(self.of, tuple(self.levels[code] for code in kept), tuple(others), self.about)

    def keeps(self, limit: Limit) -> Mask:
        """Which futures a limit lets in."""
        if isinstance(limit, Levels):
            kept = np.array([name in limit.kept for name in self.levels])
            return np.asarray(kept[self.values], dtype=bool)
        inside = np.ones(len(self.values), dtype=bool)
        if limit.low is not None:
            inside &= self.values >= limit.low
        if limit.high is not None:
            inside &= self.values <= limit.high
        return inside


@dataclass(frozen=True, eq=False)
class Cases:
    """Futures as columns, which of them are of interest, and what each of them weighs."""

    columns: tuple[Column, ...]
    interest: Mask
    weights: NDArray[np.float64]

    @classmethod
    def of(
        cls,
        columns: Sequence[Column],
        interest: NDArray[Any],
        weights: NDArray[Any] | None = None,
    ) -> Cases:
        """Futures that all weigh the same, unless weights are given."""
        of_interest = np.asarray(interest, dtype=bool)
        given = np.ones(len(of_interest)) if weights is None else weights
        return cls(tuple(columns), of_interest, np.asarray(given, dtype=float))

    def __len__(self) -> int:
        return len(self.interest)

    def column(self, name: str) -> Column:
        """The column of this name."""
        return next(column for column in self.columns if column.name == name)

    def take(self, which: Mask | NDArray[np.int64]) -> Cases:
        """Some of the futures, by a mask or by their places; a place may come up again."""
        columns = (replace(each, values=each.values[which]) for each in self.columns)
        return Cases(tuple(columns), self.interest[which], self.weights[which])


@dataclass(frozen=True)
class Box:
    """Limits on a few columns, and how well they set the futures of interest apart."""

    limits: Mapping[str, Limit]
    """By column; a column is called as its factor, but for some ways to read an order."""
    coverage: float
    density: float
    mass: float
    cases: int
    """Futures in it."""
    of_interest: int
    """Futures of interest in it."""
    quasi_p: Mapping[str, float] = field(default_factory=dict)
    """Column -> how easily so dense a box would come about if its limit did not matter."""

    def to_dict(self) -> dict[str, Any]:
        """As JSON knows it."""
        return {
            "limits": {
                name: {**limit.to_dict(), "quasi_p": self.quasi_p.get(name)}
                for name, limit in self.limits.items()
            },
            "coverage": self.coverage,
            "density": self.density,
            "mass": self.mass,
            "cases": self.cases,
            "of_interest": self.of_interest,
        }


def within(cases: Cases, limits: Mapping[str, Limit]) -> Mask:
    """Which futures lie in a box (futures,)."""
    inside = np.ones(len(cases), dtype=bool)
    for name, limit in limits.items():
        inside &= cases.column(name).keeps(limit)
    return inside


def measured(cases: Cases, limits: Mapping[str, Limit], *, significance: bool = True) -> Box:
    """The box with these limits, measured on these futures.

    Parameters
    ----------
    cases
        The futures.
    limits
        Column -> its limit.
    significance
        Whether to work out the quasi-p-values too.
    """
    limits = {name: limit for name, limit in limits.items() if limit}
    inside = within(cases, limits)
    found = cases.interest & inside
    return Box(
        limits,
        coverage=part(cases, found, cases.interest),
        density=part(cases, found, inside),
        mass=part(cases, inside, np.ones(len(cases), dtype=bool)),
        cases=int(inside.sum()),
        of_interest=int(found.sum()),
        quasi_p={name: quasi_p(cases, limits, name) for name in limits} if significance else {},
    )


def part(cases: Cases, some: Mask, of: Mask) -> float:
    """The weighted part of some futures that others are; 0 of none."""
    whole = cases.weights[of].sum()
    return float(cases.weights[some].sum() / whole) if whole > 0 else 0.0


def plainest(cases: Cases, limits: Mapping[str, Limit]) -> dict[str, Limit]:
    """The same box with every order limited in one way only, where one says it all.

    "b above c, and not a above b above c" of three statements is "b stands first".
    """
    found = dict(limits)
    orders = (each for each in limits.values() if isinstance(each, Levels))
    factors = dict.fromkeys(limit.factor for limit in orders if limit.about != "value")
    for factor in factors:
        read = [column for column in cases.columns if column.of == factor]
        said = {name: limit for name, limit in found.items() if limit.factor == factor}
        inside = within(cases, said)
        ways = [(column, column.among(np.unique(column.values[inside]))) for column in read]
        exact = [way for way in ways if np.array_equal(way[0].keeps(way[1]), inside)]
        if inside.any() and exact:
            column, limit = min(exact, key=lambda way: len(way[1].kept))
            found = {name: each for name, each in found.items() if name not in said}
            found[column.name] = limit
    return found


def together(cases: Cases, covered: Mask) -> float:
    """Coverage × density of these futures as one box."""
    hits = cases.interest & covered
    return part(cases, hits, cases.interest) * part(cases, hits, covered)


def quasi_p(
    cases: Cases, limits: Mapping[str, Limit], name: str, wider: Limit | None = None
) -> float:
    """How easily a box would be as dense as it is, if the limit of one column did not matter.

    The binomial tail P(X ≥ T), X ~ B(n, p): n futures in the box, T of them of interest, p the
    density of the box without the limit, or with a wider one. Small: the limit matters. Only
    *quasi*: the limits were sought on the same futures. Unequal weights count as the number of
    equal ones that is as informative [Kish1965].

    References
    ----------
    [BryantLempert2010]
    """
    from scipy.special import betainc

    others = {other: limit for other, limit in limits.items() if other != name}
    if wider:
        others[name] = wider
    inside, without = within(cases, limits), within(cases, others)
    weights = cases.weights[inside]
    if not weights.sum() > 0:
        return 1.0
    n = float(weights.sum() ** 2 / (weights**2).sum())
    hits = n * part(cases, cases.interest & inside, inside)
    if hits == 0:
        return 1.0
    return float(betainc(hits, n - hits + 1, part(cases, cases.interest & without, without)))
