"""What nobody knows: one class for each kind of uncertainty, with its nominal value."""

from __future__ import annotations

import math
from typing import Annotated, Literal

from pydantic import Field, model_validator

from detente.case.format.parts import (
    Finite,
    Name,
    Positive,
    Probability,
    Range,
    Supported,
    Text,
    Weight,
    Words,
    distinct,
    fault,
)

__all__ = [
    "Choice", "Correlation", "Event", "LogUniform", "Normal", "Pert", "Triangular", "Uncertainty",
    "Uniform",
]  # fmt: skip

HAPPENS_FROM = 0.5
NEGLIGIBLE = 1e-12  # a probability that cannot be divided by


class Uncertain(Supported):
    """One unknown factor."""

    says: Text | None = None
    """What is not known."""
    unit: Words | None = None
    """Unit of the number."""

    @property
    def nominal(self) -> float | bool | int:
        """Its value in the nominal future."""
        raise NotImplementedError


class Event(Uncertain):
    """Something that happens or does not."""

    kind: Literal["event"]
    """Tells an event from the other kinds."""
    probability: Probability
    """A probability, or an interval of them: nobody knows it better."""

    @property
    def nominal(self) -> bool:
        """It happens from a midpoint of one half on."""
        return sum(self.probability) / 2 >= HAPPENS_FROM


class Ranged(Uncertain):
    range: Range
    """Lowest and highest value."""

    @model_validator(mode="after")
    def is_ascending(self) -> Ranged:
        """Refuse a range of no width."""
        if not self.range[0] < self.range[1]:
            raise fault("the range must ascend: lowest, then highest")
        return self


class Uniform(Ranged):
    """Any value of the range, all alike."""

    kind: Literal["uniform"]
    """Tells a uniform value from the other kinds."""

    @property
    def nominal(self) -> float:
        """The middle of the range."""
        low, high = self.range
        return low / 2 + high / 2


class Moded(Ranged):
    mode: Finite
    """The most likely value."""

    @model_validator(mode="after")
    def holds_mode(self) -> Moded:
        """Refuse a mode outside the range."""
        if not self.range[0] <= self.mode <= self.range[1]:
            raise fault("the mode must lie in the range")
        return self


class Triangular(Moded):
    """Rising to the mode and falling from it."""

    kind: Literal["triangular"]
    """Tells a triangular value from the other kinds."""

    @property
    def nominal(self) -> float:
        """The mean."""
        low, high = self.range
        return low / 3 + high / 3 + self.mode / 3


class Pert(Moded):
    """A beta distribution around the mode, as in project planning."""

    kind: Literal["pert"]
    """Tells a PERT value from the other kinds."""

    @property
    def nominal(self) -> float:
        """The mean, in which the mode counts four times."""
        low, high = self.range
        return low / 6 + high / 6 + self.mode * (2 / 3)


class Normal(Ranged):
    """A normal distribution cut off at the range."""

    kind: Literal["normal"]
    """Tells a normal value from the other kinds."""
    mean: Finite
    """Mean before cutting off."""
    sd: Positive
    """Standard deviation before cutting off."""

    @property
    def nominal(self) -> float:
        """The mean after cutting off."""
        low, high = ((bound - self.mean) / self.sd for bound in self.range)
        inside = (math.erf(high / math.sqrt(2)) - math.erf(low / math.sqrt(2))) / 2
        if inside < NEGLIGIBLE:  # the range lies far out in one tail: its nearest bound
            return self.range[0] if low > 0 else self.range[1]
        density = (math.exp(-low * low / 2) - math.exp(-high * high / 2)) / math.sqrt(2 * math.pi)
        return self.mean + self.sd * density / inside


class LogUniform(Ranged):
    """Uniform in the logarithm; for magnitudes."""

    kind: Literal["log_uniform"]
    """Tells a log-uniform value from the other kinds."""

    @model_validator(mode="after")
    def is_positive(self) -> LogUniform:
        """Refuse a range that reaches zero."""
        if self.range[0] <= 0:
            raise fault("a log-uniform range must be above zero")
        return self

    @property
    def nominal(self) -> float:
        """The mean."""
        low, high = self.range
        return (high - low) / (math.log(high) - math.log(low))


class Choice(Uncertain):
    """One of several named values."""

    kind: Literal["choice"]
    """Tells a choice from the other kinds."""
    weights: Annotated[dict[Name, Weight], Field(min_length=2)]
    """Each value with its weight."""

    @model_validator(mode="after")
    def weighs_something(self) -> Choice:
        """Refuse weights that are all zero."""
        if not any(self.weights.values()):
            raise fault("no value has a weight above zero")
        return self

    @property
    def nominal(self) -> int:
        """The index of the value with the largest weight, the first of several."""
        weights = list(self.weights.values())
        return weights.index(max(weights))


Uncertainty = Annotated[
    Event | Uniform | Triangular | Pert | Normal | LogUniform | Choice, Field(discriminator="kind")
]


class Correlation(Supported):
    """Two factors that tend to be high together, or one of them high where the other is low."""

    between: tuple[Name, Name]
    """Two of `uncertainties`, or `commitments` with `executed`."""
    rank: Annotated[Finite, Field(gt=-1, lt=1)]
    """Spearman's rank correlation; of an event, that of the number it is drawn by."""

    @model_validator(mode="after")
    def is_of_two(self) -> Correlation:
        """Refuse the correlation of a factor with itself."""
        distinct(self.between)
        return self
