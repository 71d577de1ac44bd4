"""How much each factor decides whether a claim holds.

Where the design was drawn for it, by Sobol' indices: the part of the variance that goes with a
factor alone (first order), and with it and all its interactions (total) [Sobol2001],
[SaltelliAnnoni2010]. With any other design by permutation [Breiman2001]: how much worse a random
forest foretells futures it was not grown on when one factor's values are shuffled among them, over
twice the variance. For a forest that knows the answer that is the total index.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from detente.futures.changing.conditional import ShareAt, shares_at

if TYPE_CHECKING:
    import pandas as pd

    from detente.case.situation import Concept
    from detente.futures.discovering.boxes import Cases, Column
    from detente.futures.discovering.interest import Question
    from detente.futures.reading.run import Run

__all__ = ["Estimate", "Influence", "Sensitivity", "permuted", "sensitivities", "sobol"]

Floats = NDArray[np.float64]
Method = Literal["sobol", "permutation"]
Missing = Literal["design", "incomplete", "undetermined", "few"]

RESAMPLES = 499  # of the rows of a Saltelli design, for intervals
FEWEST_ROWS = 16  # of a Saltelli design
FOLDS = 5
FEWEST_GROWN = 50  # futures that a forest is grown on
TREES = 50
SMALLEST_LEAF = 3  # futures
SHUFFLES = 2  # of each factor in each fold
MOST_GROWN = 2_000  # futures that a forest is grown on and asked about, the first of the run
T_OF_FOLDS = 2.776  # Student's t, 4 degrees of freedom, 95 %


@dataclass(frozen=True)
class Estimate:
    """A number with its interval of 95 %."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Influence:
    """What one factor does to a claim."""

    factor: str
    first: Estimate | None
    """First-order Sobol' index; None by permutation."""
    total: Estimate | None
    """Total Sobol' index, or what estimates it: the importance by permutation."""
    shares: tuple[ShareAt, ...]
    """In what share of futures the claim holds at each level, or in each quarter of a number."""

    @property
    def extremes(self) -> tuple[ShareAt, ...]:
        """The smallest and the largest of its shares, read in the way in which they differ most."""
        by_column: dict[str, list[ShareAt]] = {}
        for each in self.shares:
            by_column.setdefault(each.column, []).append(each)
        ends = [(min(read, key=share_of), max(read, key=share_of)) for read in by_column.values()]
        return max(ends, key=lambda pair: pair[1].share - pair[0].share, default=())

    @property
    def reach(self) -> float:
        """The largest difference between two of its shares, read in one way."""
        return self.extremes[1].share - self.extremes[0].share if self.shares else 0.0


def share_of(at: ShareAt) -> float:
    return at.share


@dataclass(frozen=True)
class Sensitivity:
    """What a claim's truth goes with, factor by factor, most influential first."""

    claim: str
    view: str
    concept: str
    method: Method | None
    """None where the claim comes out the same in every future, or they are too few."""
    no_indices: Missing | None
    """Why there are no Sobol' indices: another design, a run that is not complete, futures in which
    the claim is undetermined or which failed; or too few futures for any index."""
    skill: float | None
    """By permutation: the part of the variance that the forest foretells; near 0 it has learned
    nothing, and importances say nothing."""
    influences: tuple[Influence, ...]
    share: float | None
    futures: int
    """Determined futures."""
    undetermined: int
    failed: int
    seed: int
    run: Mapping[str, Any]
    version: str

    def to_dict(self) -> dict[str, Any]:
        """As JSON."""
        from detente.claims.report import plain

        rows = [{**plain(each), "reach": each.reach} for each in self.influences]
        return {"format": "detente.sensitivity/1", **plain(self), "influences": rows}

    def to_frame(self) -> pd.DataFrame:
        """One row a factor."""
        import pandas as pd

        rows = []
        for each in self.influences:
            row: dict[str, Any] = {"factor": each.factor, "reach": each.reach}
            for name, found in (("first", each.first), ("total", each.total)):
                if found is not None:
                    row |= {name: found.value, f"{name}_low": found.low, f"{name}_high": found.high}
            rows.append(row)
        return pd.DataFrame(rows)


def sensitivities(
    run: Run,
    claim: str,
    view: str = "",
    concept: Concept | None = None,
    seed: int = 0,
) -> Sensitivity:
    """How much each factor decides whether a claim holds under its commitment.

    Parameters
    ----------
    run
        An ensemble.
    claim
        Its id.
    view
        The expert whose lists count; the case's own if left out.
    concept
        By which the situation settles; the claim's headline if left out.
    seed
        Of the resampling, of the forest and of the shuffling.

    Raises
    ------
    InputError
        Where the run has no such claim, view or concept.

    References
    ----------
    [Sobol2001], [SaltelliAnnoni2010], [Breiman2001].
    """
    from importlib.metadata import version

    from detente.futures.discovering.interest import claim_fails
    from detente.futures.drawing.factors import factors

    names = tuple(factor.name for factor in factors(run.situation))
    rows = len(names) + 2 if run.manifest.get("design") == "saltelli" else None
    fails = claim_fails(run, claim, view, concept, *(() if rows is None else (None,)))
    question = replace(fails, cases=replace(fails.cases, interest=~fails.cases.interest))
    cases = question.cases
    indices = indices_for(question, names, rows, seed)
    return Sensitivity(
        claim=claim,
        view=view,
        concept=question.concept,
        method=indices.method,
        no_indices=indices.missing,
        skill=indices.skill,
        influences=influences_of(own(question, rows), indices.of),
        share=float(np.average(cases.interest, weights=cases.weights)) if len(cases) else None,
        futures=len(cases),
        undetermined=question.undetermined,
        failed=question.failed,
        seed=seed,
        run=question.run,
        version=version("detente"),
    )


class Indices(NamedTuple):
    """What each factor has been found to decide, and how."""

    method: Method | None
    missing: Missing | None
    skill: float | None
    of: Mapping[str, tuple[Estimate | None, Estimate]]


def indices_for(question: Question, names: tuple[str, ...], rows: int | None, seed: int) -> Indices:
    """Sobol' indices where they can be estimated, else importances by permutation."""
    missing = why_missing(question, rows)
    interest = question.cases.interest
    if interest.all() or not interest.any():
        return Indices(None, missing, None, {})
    if missing is None:
        found = sobol(interest.astype(float), len(names), seed)
        return Indices("sobol", None, None, dict(zip(names, found, strict=True)))
    independent = own(question, rows)
    if len(independent) < FEWEST_GROWN:
        return Indices(None, "few", None, {})
    skill, importances = permuted(independent, seed)
    return Indices(
        "permutation", missing, skill, {name: (None, each) for name, each in importances.items()}
    )


def why_missing(question: Question, rows: int | None) -> Missing | None:
    """Why Sobol' indices cannot be estimated, if they cannot."""
    if rows is None:
        return "design"
    if question.undetermined or question.failed:
        return "undetermined"
    count, rest = divmod(len(question.cases), rows)
    return "incomplete" if rest or count & (count - 1) or count < FEWEST_ROWS else None


def own(question: Question, rows: int | None) -> Cases:
    """The futures that were drawn one by one: of a Saltelli design the rows of A and B alone."""
    cases = question.cases
    return cases if rows is None else cases.take(question.futures % rows < 2)


def influences_of(
    cases: Cases, indices: Mapping[str, tuple[Estimate | None, Estimate]]
) -> tuple[Influence, ...]:
    """Each factor with its indices and conditional shares, most influential first."""
    found = []
    for factor, read in by_factor(cases.columns).items():
        first, total = indices.get(factor, (None, None))
        shares = tuple(share for column in read for share in shares_at(cases, column))
        found.append(Influence(factor, first, total, shares))
    return tuple(
        sorted(found, key=lambda each: (-(each.total.value if each.total else 0.0), -each.reach))
    )


def by_factor(columns: Sequence[Column]) -> dict[str, list[Column]]:
    """The columns of each factor: an order is read in several ways."""
    found: dict[str, list[Column]] = {}
    for column in columns:
        found.setdefault(column.of, []).append(column)
    return found


# ------------------------------------------------------------------------------------------ Sobol'


def sobol(values: Floats, factors: int, seed: int = 0) -> tuple[tuple[Estimate, Estimate], ...]:
    """First-order and total index of each factor, with bootstrap intervals.

    Parameters
    ----------
    values
        ((factors + 2) n,) what each point of a Saltelli design comes to, in its order: A, B and
        A with each coordinate of B, row after row; n a power of two.
    factors
        How many there are.
    seed
        Of the bootstrap over rows. Rows of a Sobol' sequence are spread more evenly than rows
        drawn again, so intervals err on the side of width.

    References
    ----------
    [Sobol2001], [SaltelliAnnoni2010], Table 2 (b) and (f).
    """
    rows = values.astype(float).reshape(-1, factors + 2)
    rng = np.random.default_rng(seed)
    found = indices_of(rows)
    again = np.array(
        [indices_of(rows[rng.integers(len(rows), size=len(rows))]) for _ in range(RESAMPLES)]
    )
    low, high = np.quantile(again, [0.025, 0.975], axis=0)
    first, total = (
        [Estimate(float(v), float(a), float(b)) for v, a, b in zip(*each, strict=True)]
        for each in zip(found, low, high, strict=True)
    )
    return tuple(zip(first, total, strict=True))


def indices_of(rows: Floats) -> Floats:
    """(2, factors) first-order and total indices; zeros where nothing varies."""
    from scipy.stats import sobol_indices

    pages = [*rows.T[2:, None], rows.T[:1]]  # one that changes nothing: SciPy wants more than one
    found = sobol_indices(
        func={"f_A": rows.T[:1], "f_B": rows.T[1:2], "f_AB": np.array(pages)}, n=len(rows)
    )
    return np.array([found.first_order[:-1], found.total_order[:-1]])


# ------------------------------------------------------------------------------------- permutation


def permuted(
    cases: Cases, seed: int = 0, values: Floats | None = None
) -> tuple[float, dict[str, Estimate]]:
    """How well a forest foretells futures it has not seen, and what it owes to each factor.

    Parameters
    ----------
    cases
        The futures; what is foretold is whether they are of interest.
    seed
        Of the folds, the forest and the shuffling.
    values
        Foretell these instead (futures,).

    Returns
    -------
    tuple
        The skill: 1 less the squared error over the variance, on futures held out in five folds.
        By factor, the rise of that error when its values are shuffled among the futures held out,
        over twice the variance; the interval is that of a mean over the folds.

    References
    ----------
    [Breiman2001], section 10.
    """
    cases = cases.take(np.arange(min(len(cases), MOST_GROWN)))
    wanted = (cases.interest if values is None else values[: len(cases)]).astype(float)
    grouped = by_factor(cases.columns)
    matrix = np.column_stack([column.values for group in grouped.values() for column in group])
    ends = np.cumsum([len(group) for group in grouped.values()])
    blocks = [
        np.arange(end - len(group), end) for group, end in zip(grouped.values(), ends, strict=True)
    ]
    rng = np.random.default_rng(seed)
    fold = rng.permutation(np.arange(len(cases)) % FOLDS)
    errors = np.array(
        [
            errors_of(matrix, wanted, cases.weights, fold == place, blocks, rng)
            for place in range(FOLDS)
        ]
    )
    mean = np.average(wanted, weights=cases.weights)
    variance = float(np.average((wanted - mean) ** 2, weights=cases.weights))
    rises = (errors[:, 1:] - errors[:, :1]) / (2 * variance)
    middle = rises.mean(axis=0)
    half = T_OF_FOLDS * rises.std(axis=0, ddof=1) / np.sqrt(FOLDS)
    return float(1 - errors[:, 0].mean() / variance), {
        name: Estimate(float(value), float(value - width), float(value + width))
        for name, value, width in zip(grouped, middle, half, strict=True)
    }


def errors_of(
    matrix: Floats,
    wanted: Floats,
    weights: Floats,
    held_out: NDArray[np.bool_],
    blocks: Sequence[NDArray[np.int64]],
    rng: np.random.Generator,
) -> Floats:
    """(1 + factors,) squared error on the futures held out: as they are, each factor shuffled."""
    from sklearn.ensemble import RandomForestRegressor

    forest = RandomForestRegressor(
        TREES, min_samples_leaf=SMALLEST_LEAF, random_state=int(rng.integers(2**31))
    ).fit(matrix[~held_out], wanted[~held_out], weights[~held_out])
    asked, right, weight = matrix[held_out], wanted[held_out], weights[held_out]
    copies = [asked]
    for block in blocks:
        for _ in range(SHUFFLES):
            copy = asked.copy()
            copy[:, block] = asked[rng.permutation(len(asked))][:, block]
            copies.append(copy)
    foretold = forest.predict(np.concatenate(copies)).reshape(len(copies), -1)
    errors = np.average((foretold - right) ** 2, axis=1, weights=weight)
    shuffled = errors[1:].reshape(len(blocks), SHUFFLES).mean(axis=1)
    return np.concatenate([errors[:1], shuffled])
