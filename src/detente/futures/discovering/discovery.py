"""Scenario discovery: where in everything unknown a claim fails or a strategy misses its goals.

Boxes are found one after the other, each among the futures that no earlier one holds; each is
peeled, chosen, pasted and pruned (`prim`), or is a leaf of a classification tree (`trees`)
[BryantLempert2010].
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from detente.errors import InputError
from detente.futures.discovering.boxes import Box, Cases, measured, part, plainest, together, within
from detente.futures.discovering.interest import Question, claim_fails, strategy_fails
from detente.futures.discovering.prim import Peeling, Step, chosen, pasted, peeled, pruned
from detente.futures.discovering.trees import Tree, densest, leaves

if TYPE_CHECKING:
    import pandas as pd

    from detente.case.situation import Concept
    from detente.futures.reading.run import Run

__all__ = ["Discovery", "Found", "Searching", "boxes_for", "discover", "found_boxes"]

Method = Literal["prim", "cart"]
Reason = Literal["none", "all", "few", "nothing_tells"]
FEW = 10  # futures of interest (or not of interest) below which no box is sought


@dataclass(frozen=True)
class Searching:
    """How boxes are sought."""

    method: Method = "prim"
    peeling: Peeling = field(default_factory=Peeling)
    tree: Tree = field(default_factory=Tree)
    boxes: int = 3
    """How many at most; only PRIM seeks one after the other."""
    step: int | None = None
    """The step of the first peeling to take, in place of the highest coverage × density."""
    resamples: int = 20
    """How often the search for each box of PRIM is repeated on resampled futures; 0: never."""
    seed: int = 0
    """Of the resampling."""

    def __post_init__(self) -> None:
        if self.method not in ("prim", "cart"):
            raise InputError(f"no method `{self.method}`: one of prim, cart")


@dataclass(frozen=True)
class Found:
    """A box, and the way to it."""

    box: Box
    steps: tuple[Step, ...]
    """Of PRIM every box peeled, from all futures on; of a tree every leaf, densest first."""
    taken: int
    """Which of them was gone on with: the highest coverage × density, unless one was named."""
    refined: tuple[Step, ...] = ()
    """What was then pasted and dropped; the last is the box, orders said in the plainest way."""
    stability: Mapping[str, float] | None = None
    """Column -> the part of resampled searches whose box limits the same factor."""

    def to_dict(self) -> dict[str, Any]:
        """As JSON knows it."""
        return {
            **self.box.to_dict(),
            "stability": None if self.stability is None else dict(self.stability),
            "taken": self.taken,
            "steps": [step_dict(step) for step in self.steps],
            "refined": [step_dict(step) for step in self.refined],
        }


@dataclass(frozen=True)
class Discovery:
    """Boxes that hold most of the futures in which something fails, and little else."""

    about: Literal["claim", "strategy"]
    id: str
    interest: Literal["fails", "misses_goals", "regretted"]
    threshold: float | None
    view: str
    concept: str
    futures: int
    """Determined futures looked at."""
    of_interest: int
    share: float
    """The weighted part of them that is of interest: the density of no box at all."""
    undetermined: int
    failed: int
    """Futures left out."""
    found: tuple[Found, ...]
    coverage: float
    density: float
    """Of all boxes together."""
    ranges: Mapping[str, tuple[float, float]]
    """Number that some box limits -> the lowest and the highest that were drawn."""
    reason: Reason | None
    """Why there is no box: no future is of interest, all are, too few are or are not, or no
    restriction tells them apart."""
    searching: Searching
    run: Mapping[str, Any]
    """What the run was asked for: its futures, design and seed."""
    version: str

    @property
    def boxes(self) -> tuple[Box, ...]:
        """The boxes alone."""
        return tuple(each.box for each in self.found)

    def to_dict(self) -> dict[str, Any]:
        """As JSON: limits, statistics and every step on the way."""
        method = self.searching.method
        settings = self.searching.peeling if method == "prim" else self.searching.tree
        return {
            "format": "detente.discovery/1",
            "about": self.about,
            "id": self.id,
            "interest": self.interest,
            "threshold": self.threshold,
            "view": self.view,
            "concept": self.concept,
            "method": method,
            "settings": {**vars(settings), "resamples": self.searching.resamples},
            "seed": self.searching.seed,
            "run": dict(self.run),
            "version": self.version,
            "futures": self.futures,
            "of_interest": self.of_interest,
            "share": self.share,
            "undetermined": self.undetermined,
            "failed": self.failed,
            "reason": self.reason,
            "coverage": self.coverage,
            "density": self.density,
            "ranges": {name: list(ends) for name, ends in self.ranges.items()},
            "boxes": [each.to_dict() for each in self.found],
        }

    def to_frame(self) -> pd.DataFrame:
        """One row a limit."""
        import pandas as pd

        names = ("coverage", "density", "mass", "cases", "of_interest")
        rows = [
            {
                "box": place,
                "column": name,
                **limit.to_dict(),
                "quasi_p": each.box.quasi_p[name],
                "stability": (each.stability or {}).get(name),
                **{key: getattr(each.box, key) for key in names},
            }
            for place, each in enumerate(self.found, 1)
            for name, limit in each.box.limits.items()
        ]
        return pd.DataFrame(rows)


def step_dict(step: Step) -> dict[str, Any]:
    """One step as JSON knows it."""
    return {"done": step.done, "column": step.column, **step.box.to_dict()}


def discover(
    run: Run,
    *,
    claim: str | None = None,
    strategy: str | None = None,
    view: str = "",
    concept: Concept | None = None,
    searching: Searching | None = None,
) -> Discovery:
    """Where a claim fails, or a strategy misses its goals.

    Parameters
    ----------
    run
        An ensemble.
    claim, strategy
        Which; one of the two.
    view
        The expert whose lists count; the case's own if left out.
    concept
        By which the situation settles: by default a claim's headline, Nash for a strategy.
    searching
        Method and settings; PRIM if left out.

    Returns
    -------
    Discovery
        Without boxes, and with the reason, where there is nothing to tell apart.

    Raises
    ------
    InputError
        Where the run has no such claim, strategy, view or concept.
    CannotAnswer
        Where a strategy is asked about and the case states no goals.

    References
    ----------
    [BryantLempert2010], [FriedmanFisher1999].
    """
    if (claim is None) == (strategy is None):
        raise InputError("scenario discovery is about one claim or one strategy: name one of them")
    if claim is not None:
        return boxes_for(claim_fails(run, claim, view, concept), searching)
    return boxes_for(strategy_fails(run, str(strategy), view, concept or "nash"), searching)


def boxes_for(question: Question, searching: Searching | None = None) -> Discovery:
    """Where the futures of interest lie, of any question; `discover` asks the two usual ones.

    Parameters
    ----------
    question
        The futures, and which of them are of interest.
    searching
        Method and settings; PRIM if left out.
    """
    from importlib.metadata import version

    searching = searching or Searching()
    cases = question.cases
    reason = why_none(cases)
    found = () if reason else found_boxes(cases, searching)
    covered = np.zeros(len(cases), dtype=bool)
    for each in found:
        covered |= within(cases, each.box.limits)
    everything = np.ones(len(cases), dtype=bool)
    return Discovery(
        about=question.about,
        id=question.id,
        interest=question.interest,
        threshold=question.threshold,
        view=question.view,
        concept=question.concept,
        futures=len(cases),
        of_interest=int(cases.interest.sum()),
        share=part(cases, cases.interest, everything),
        undetermined=question.undetermined,
        failed=question.failed,
        found=found,
        coverage=part(cases, covered & cases.interest, cases.interest),
        density=part(cases, covered & cases.interest, covered),
        ranges=ranges(cases, found),
        reason=reason or (None if found else "nothing_tells"),
        searching=searching,
        run=question.run,
        version=version("detente"),
    )


def ranges(cases: Cases, found: tuple[Found, ...]) -> dict[str, tuple[float, float]]:
    """The lowest and highest drawn of every number that some box limits."""
    limited = {name for each in found for name in each.box.limits}
    return {
        column.name: (float(column.values.min()), float(column.values.max()))
        for column in cases.columns
        if column.name in limited and not column.levels
    }


def why_none(cases: Cases) -> Reason | None:
    """Why no box is sought, if none is."""
    hits = int(cases.interest.sum())
    if hits == 0:
        return "none"
    if hits == len(cases):
        return "all"
    return "few" if min(hits, len(cases) - hits) < FEW else None


def found_boxes(cases: Cases, searching: Searching) -> tuple[Found, ...]:
    """The boxes of these futures by one method.

    Parameters
    ----------
    cases
        The futures, and which of them are of interest.
    searching
        Method and settings.
    """
    return by_tree(cases, searching) if searching.method == "cart" else by_prim(cases, searching)


def by_prim(cases: Cases, searching: Searching) -> tuple[Found, ...]:
    """Boxes one after the other, as long as all together gain coverage × density."""
    found: list[Found] = []
    covered, product = np.zeros(len(cases), dtype=bool), 0.0
    while len(found) < searching.boxes and (cases.interest & ~covered).sum() >= FEW:
        among = cases.take(~covered)
        one = peeled_box(among, searching, None if found else searching.step)
        covered = covered | within(cases, one.box.limits)
        before, product = product, together(cases, covered)
        if not one.box.limits or product <= before:
            break
        stability = resampled(among, one.box, searching, len(found))
        found.append(replace(one, box=of_all(one.box, among, cases), stability=stability))
    return tuple(found)


def peeled_box(cases: Cases, searching: Searching, step: int | None = None) -> Found:
    """One box: peeled, chosen, pasted, pruned, with its quasi-p-values."""
    steps = peeled(cases, searching.peeling)
    if step is not None and not 0 <= step < len(steps):
        raise InputError(f"no step {step} in the peeling: it has steps 0 to {len(steps) - 1}")
    taken = chosen(steps) if step is None else step
    back = pasted(cases, steps[taken], searching.peeling)
    dropped = pruned(cases, (steps[taken], *back)[-1])
    last = (steps[taken], *back, *dropped)[-1]
    limits = plainest(cases, last.box.limits)
    return Found(measured(cases, limits), steps, taken, (*back, *dropped))


def of_all(box: Box, among: Cases, cases: Cases) -> Box:
    """A box among some futures, its coverage and mass as parts of all of them."""
    hits = part(cases, cases.interest, np.ones(len(cases), dtype=bool)) * cases.weights.sum()
    here = float(among.weights[among.interest].sum())
    return replace(
        box,
        coverage=box.coverage * here / float(hits),
        mass=box.mass * float(among.weights.sum() / cases.weights.sum()),
    )


def resampled(
    cases: Cases, box: Box, searching: Searching, place: int
) -> Mapping[str, float] | None:
    """How often the search comes back to each restricted factor on resampled futures."""
    if not searching.resamples:
        return None
    rng = np.random.default_rng([searching.seed, place])
    times = dict.fromkeys(box.limits, 0)
    for _ in range(searching.resamples):
        again = cases.take(rng.integers(len(cases), size=len(cases)))
        limits = peeled_box(again, searching).box.limits if again.interest.any() else {}
        factors = {limit.factor for limit in limits.values()}
        for name, limit in box.limits.items():
            times[name] += limit.factor in factors
    return {name: count / searching.resamples for name, count in times.items()}


def by_tree(cases: Cases, searching: Searching) -> tuple[Found, ...]:
    """The leaves that together have the highest coverage × density, each pruned."""
    steps = leaves(cases, searching.tree)
    found = []
    for place, box in enumerate(densest(cases, steps)):
        dropped = pruned(cases, steps[place])
        last = dropped[-1].box if dropped else box
        if last.limits:
            limits = plainest(cases, last.limits)
            found.append(Found(measured(cases, limits), steps, place, dropped))
    return tuple(found)
