"""Break-even: how little must change for a verdict or the recommendation to come out otherwise.

No published figure exists for many effects an argument turns on. They enter a case as ranges and
beliefs, and the honest question is not what they are but how far they would have to be off. In the
nominal future one thing is changed at a time:

* a number is moved from its nominal value, down and up, until an answer changes: its range is
  scanned step by step, and the first step with another answer is halved down to a tolerance. What
  comes and goes between two neighbouring steps is not seen;
* an event or the execution of a commitment goes the other way, a choice takes each other value;
* a statement with a credence is dropped, or held where it is doubted;
* two neighbours among an actor's statements change places.

The recommended strategy is *beaten* where another one is better in the same future, in the focal
actor's own order. Over a run there are besides the probabilities at which its answers would be
others: see `detente.futures.changing.tipping`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from hashlib import blake2b
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from detente.case.format.uncertainty import LogUniform
from detente.case.future import counts, future_of, unheld
from detente.case.perceived import statements_seen
from detente.claims import perception
from detente.claims.perception import everywhere
from detente.claims.report import plain
from detente.claims.settling import Settling
from detente.claims.variation import variations
from detente.conflict.threads import side_by_side
from detente.errors import DetenteError
from detente.futures.changing.answers import RECOMMENDATION, Answers, answers
from detente.futures.changing.tipping import Tipping, tippings
from detente.futures.drawing.alike import formulas
from detente.futures.drawing.factors import factors
from detente.futures.judging.shares import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence

    import pandas as pd

    from detente.case.expression import Expression
    from detente.case.future import Future
    from detente.case.situation import Situation
    from detente.claims.perception import InView
    from detente.claims.variation import Addition, Variation
    from detente.futures.changing.answers import Answer, Target
    from detente.futures.drawing.factors import Factor
    from detente.futures.judging.shares import Counted
    from detente.futures.reading.run import Run

__all__ = ["BreakEvens", "Kind", "Switch", "Tried", "break_evens"]

Kind = Literal["number", "event", "choice", "executed", "credence", "swap"]
OUTCOMES: tuple[Kind, ...] = ("event", "choice", "executed")
Value = float | str

STEPS = 100
TOLERANCE = 1e-6  # of the range of a number


@dataclass(frozen=True)
class Tried:
    """One thing that was changed, as far as the case lets it."""

    factor: str
    """An uncertainty or commitment; a statement, `prc.4`; two of them, `prc.4 > prc.5`."""
    kind: Kind
    nominal: Value
    """What it comes to in the nominal future: a number, a level, `held` or `dropped`, an order."""
    stated: tuple[float, float] | tuple[str, ...]
    """The range of a number, otherwise all it can be."""


@dataclass(frozen=True)
class Switch:
    """The smallest change of one thing that gives one answer otherwise."""

    tried: Tried
    claim: str | None
    """None: the recommended strategy."""
    value: Value
    """What the thing comes to then; of a number the nearest value found with the other answer."""
    before: Answer
    after: Answer
    better: tuple[str, ...] = ()
    """Strategies better than the recommended one then."""
    distance: float | None = None
    """How far a number moves, as a part of its stated range."""


@dataclass(frozen=True)
class BreakEvens:
    """What was tried in the nominal future, and what of it flips something."""

    situation: str
    tried: tuple[Tried, ...]
    switches: tuple[Switch, ...]
    """In the order of `tried`; the recommendation first, then claims in the order of the case."""
    steps: int
    """Into how many steps the range of a number was divided."""
    tolerance: float
    """Between the value of a number and one with the answer before: a part of its range."""
    tippings: tuple[Tipping, ...] = ()
    """Over a run: the probabilities at which its answers would be others."""
    futures: int = 1
    """Evaluated futures of the run."""

    @property
    def firm(self) -> tuple[Tried, ...]:
        """What flips nothing within the stated range."""
        turning = {switch.tried.factor for switch in self.switches}
        return tuple(each for each in self.tried if each.factor not in turning)

    def to_dict(self) -> dict[str, Any]:
        """As JSON knows it."""
        return {
            "format": "detente.breakeven/1",
            "situation": self.situation,
            "steps": self.steps,
            "tolerance": self.tolerance,
            "switches": [row(switch) for switch in self.switches],
            "firm": [plain(tried) for tried in self.firm],
            "futures": self.futures,
            "tippings": [plain(tipping) for tipping in self.tippings],
        }

    def to_frame(self) -> pd.DataFrame:
        """One row a switch; a thing that flips nothing has one row without a claim."""
        import pandas as pd

        rows = [*map(row, self.switches), *map(plain, self.firm)]
        columns = ["factor", "kind", "nominal", "stated", *OWN]
        return pd.DataFrame(rows, columns=columns)

    def tippings_to_frame(self) -> pd.DataFrame:
        """One row a probability at which an answer over the run would be another."""
        import pandas as pd

        rows = [plain(tipping) for tipping in self.tippings]
        return pd.DataFrame(rows, columns=list(Tipping.__dataclass_fields__))


OWN = ("target", "claim", "value", "before", "after", "better", "distance")


def row(switch: Switch) -> dict[str, Any]:
    """A switch with what was tried, side by side."""
    own = plain(switch)
    target = "recommendation" if switch.claim is None else "claim"
    return {**own.pop("tried"), "target": target, **own}


def break_evens(
    situation: Situation,
    run: Run | None = None,
    sums: Counted | None = None,
    *,
    steps: int = STEPS,
    tolerance: float = TOLERANCE,
    progress: Callable[[str], None] = lambda _: None,
) -> BreakEvens:
    """The smallest change of each thing that flips a verdict or the recommendation.

    Parameters
    ----------
    situation
        What the analyst wrote.
    run
        Many futures of it, if probabilities are asked for as well.
    sums
        What was counted of the run, where that was done before.
    steps
        Into how many steps the range of a number is divided.
    tolerance
        How closely the switching value of a number is found, as a part of its range.
    progress
        Told what is being worked on.

    Examples
    --------
    >>> from detente.case import load
    >>> found = break_evens(load("hipel/elmira"))
    >>> len(found.tried), found.switches
    (0, ())
    """
    middle = Nominal(situation)
    progress("moving each number through its range")
    numbers = [factor for factor in middle.factors if factor.kind == "number"]
    found = [moved(middle, factor, steps, tolerance) for factor in numbers]
    progress("turning each event and choice")
    for kind in OUTCOMES:
        found += [turned(middle, each, kind) for each in middle.factors if each.kind == kind]
    progress("dropping, adding and swapping preference statements")
    found += varied(middle)
    switches = tuple(switch for _, some in found for switch in some)
    tried = tuple(each for each, _ in found)
    result = BreakEvens(situation.id, tried, switches, steps, tolerance)
    return result if run is None else with_tippings(result, run, sums or counted(run))


def with_tippings(found: BreakEvens, run: Run, sums: Counted) -> BreakEvens:
    """The same, and at which probabilities the answers over a run would be others."""
    return replace(found, tippings=tippings(run, sums), futures=sums.ok)


Found = tuple[Tried, list[Switch]]


class Nominal:
    """The nominal future, what it answers, and futures that differ from it in one value."""

    def __init__(self, situation: Situation) -> None:
        self.situation = situation
        self.settling = Settling(situation)
        self.answers = answers(self.settling)
        self.values = self.settling.future.values
        self.factors = [factor for factor in factors(situation) if not factor.view]
        self._unheld = unheld(situation)

    def future(self, name: str, value: float | bool | int) -> Future:
        """The nominal future but for one value."""
        return future_of(self.situation, {**self.values, name: value}, self._unheld)

    def answers_in(self, future: Future) -> Answers:
        """What another future answers; nothing where it cannot be evaluated."""
        try:
            return answers(Settling(self.situation, future, self.settling.ground))
        except DetenteError:  # a utility that is no number there, no feasible state
            return Answers({})

    def switches(self, tried: Tried, value: Value, then: Answers) -> list[Switch]:
        """Every answer that is another then."""
        return [
            Switch(tried, target, value, before, then.said[target], better_of(target, then))
            for target, before in self.answers.said.items()
            if then.said.get(target, before) != before
        ]


def better_of(target: Target, then: Answers) -> tuple[str, ...]:
    return then.better if target is RECOMMENDATION else ()


# ----------------------------------------------------------------------------------------- numbers


def moved(middle: Nominal, factor: Factor, steps: int, tolerance: float) -> Found:
    """The least move of a number, down or up, that gives each answer otherwise."""
    line = Line(middle, factor.name)
    tried = Tried(factor.name, "number", line.nominal, (line.low, line.high))
    width = line.high - line.low
    found = []
    for target, before in middle.answers.said.items():
        ends = [line.switch(target, way, tolerance * width) for way in line.ways(steps)]
        values = [value for value in ends if value is not None]
        if not values:
            continue
        nearest = min(values, key=lambda value: abs(value - line.nominal))
        then = line.answers(nearest)
        distance = abs(nearest - line.nominal) / width
        better = better_of(target, then)
        found.append(Switch(tried, target, nearest, before, then.said[target], better, distance))
    return tried, found


class Line:
    """The nominal future with one number anywhere in its range.

    Futures are evaluated once for all values that no expression tells apart: as long as the truths
    that read the number stay the same in every state, and the order of utilities does.
    """

    def __init__(self, middle: Nominal, name: str) -> None:
        self.middle, self.name = middle, name
        unknown = middle.situation.uncertainties[name]
        bounds: tuple[float, float] = unknown.range  # type: ignore[union-attr]
        self.low, self.high = bounds
        self.nominal = float(middle.values[name])
        self._is_log = isinstance(unknown, LogUniform)
        self._reading = [each for each in formulas(middle.situation) if name in each.uncertainties]
        self._at: dict[float, Answers] = {}
        self._known: dict[Hashable, Answers] = {self._signature(self.nominal): middle.answers}

    def ways(self, steps: int) -> tuple[list[float], list[float]]:
        """The values that are tried below and above the nominal one, the nearest first."""
        space = np.geomspace if self._is_log else np.linspace
        grid = [float(value) for value in space(self.low, self.high, steps + 1)]
        grid = [self.low, *grid[1:-1], self.high]
        below = [value for value in reversed(grid) if value < self.nominal]
        return below, [value for value in grid if value > self.nominal]

    def switch(self, target: Target, way: Sequence[float], tolerance: float) -> float | None:
        """The first value along a way with another answer, found to a tolerance."""
        for near, far in pairwise((self.nominal, *way)):
            if self._differs(target, far):
                return self._halved(target, near, far, tolerance)
        return None

    def _halved(self, target: Target, near: float, far: float, tolerance: float) -> float:
        while abs(far - near) > tolerance:
            middle = near / 2 + far / 2
            if middle in (near, far):  # no number lies between
                break
            near, far = (near, middle) if self._differs(target, middle) else (middle, far)
        return far

    def _differs(self, target: Target, value: float) -> bool:
        before = self.middle.answers.said[target]
        return self.answers(value).said.get(target, before) != before

    def answers(self, value: float) -> Answers:
        """What the future with this value answers."""
        if value not in self._at:
            signature = self._signature(value)
            if signature not in self._known:
                self._known[signature] = self.middle.answers_in(
                    self.middle.future(self.name, value)
                )
            self._at[value] = self._known[signature]
        return self._at[value]

    def _signature(self, value: float) -> Hashable:
        """The same for values that no expression tells apart in any state."""
        future = self.middle.future(self.name, value)
        here = {**future.values, **self.middle.settling.space.axes()}
        held = tuple(each.id for some in future.statements.values() for each in some)
        doubted = tuple(each.statement.id for some in future.doubted.values() for each in some)
        seen = tuple(counts(each, future.values) for each in statements_seen(self.middle.situation))
        return held, doubted, seen, tuple(digest(each, here) for each in self._reading)


def digest(formula: Expression, here: Mapping[str, Any]) -> bytes:
    """The same where it is true in the same states, or orders them alike."""
    value = formula.on(here)
    if not formula.is_truth:
        value = np.unique(value, return_inverse=True)[1]
    return blake2b(np.ascontiguousarray(value).tobytes(), digest_size=16).digest()


# -------------------------------------------------------------------------------- outcomes, beliefs


def turned(middle: Nominal, factor: Factor, kind: Kind) -> Found:
    """What else an event, a choice or an execution can come to; for each answer the first level."""
    here = int(middle.values[factor.name])
    tried = Tried(factor.name, kind, factor.levels[here], tuple(factor.levels))
    found: dict[Target, Switch] = {}
    for place, level in enumerate(factor.levels):
        if place != here:
            value = place if kind == "choice" else bool(place)
            then = middle.answers_in(middle.future(factor.name, value))
            found = {each.claim: each for each in middle.switches(tried, level, then)} | found
    return tried, [found[target] for target in middle.answers.said if target in found]


def varied(middle: Nominal) -> list[Found]:
    """Statements whose holding is doubtful held or not, and any two neighbours swapped."""
    future = middle.settling.future
    every = everywhere(middle.settling, middle.situation.claims.values(), variations_of)
    tries = [each for each in every if is_tried(each, future)]

    def under(variation: Variation | Addition | InView) -> Found:
        tried, value = described(variation, future)
        then, before = perception.varied(middle.settling, variation), middle.answers.said
        claims = [middle.situation.claims[id] for id in before if id is not None]
        known = {claim.id: before[claim.id] for claim in claims if then.leaves(claim)}
        return tried, middle.switches(tried, value, answers(then, known))

    return side_by_side(under, tries, middle.settling.space.size)


def variations_of(settling: Settling) -> Iterator[Variation | Addition]:
    """Those of what everybody wants, as it is or as it is seen."""
    return variations(settling.future)


def is_tried(variation: Variation | Addition | InView, future: Future) -> bool:
    """Whether it is a matter of credence, or of order."""
    return variation.change == "swapped" or variation.statements(future)[0].credence is not None


def described(variation: Variation | Addition | InView, future: Future) -> tuple[Tried, str]:
    """What is tried, and what it comes to then."""
    first, *second = variation.statements(future)
    if second:
        orders = f"{first.id} > {second[0].id}", f"{second[0].id} > {first.id}"
        return Tried(orders[0], "swap", orders[0], orders), orders[1]
    now, then = ("dropped", "held") if variation.change == "added" else ("held", "dropped")
    return Tried(first.id, "credence", now, ("dropped", "held")), then
