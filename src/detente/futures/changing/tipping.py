"""Tipping: the probability or credence at which an answer over many futures would be another.

A share of futures rests on probabilities that somebody stated. Let one of them go from what was
drawn to anything between 0 and 1 while all else keeps its distribution: a future in which a factor
with probability `p` is at its level counts `q / p` times, any other `(1 - q) / (1 - p)` times
[Owen2013]. The sums of what holds, and of what is determined, are straight lines in `q`, so that
the probabilities at which the author's word is just met are the roots of two of them.

Of a factor that moves a share by no more than two standard errors nothing is said: where its line
is flat, its root is noise.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from itertools import pairwise
from operator import add
from typing import TYPE_CHECKING, NamedTuple

from detente.claims.verdict import WORDS
from detente.futures.judging.intervals import DIGITS, differences_beyond_noise
from detente.futures.judging.recommended import STANDS, recommended
from detente.futures.judging.shares import AGAINST, HOLDS, counted
from detente.futures.judging.verdicts import Court, Hearing
from detente.futures.reading.blocks import FIRST

if TYPE_CHECKING:
    from collections.abc import Iterator

    from detente.claims.verdict import Word
    from detente.futures.changing.answers import Answer
    from detente.futures.drawing.factors import Factor, Kind
    from detente.futures.judging.intervals import Tally
    from detente.futures.judging.shares import Counted
    from detente.futures.reading.blocks import Level
    from detente.futures.reading.run import Run

__all__ = ["Line", "Sums", "Tipping", "tipping_point", "tippings"]

NOISE = 2.0  # standard errors


@dataclass(frozen=True)
class Tipping:
    """The probability of one level at which one answer is another."""

    claim: str | None
    """None: the recommended strategy."""
    factor: str
    kind: Kind
    level: str
    """What is so probable: `yes`, `held`, a choice; of an order the statement that stands first."""
    drawn: float
    """With which probability it was drawn."""
    stated: tuple[float, float] | None
    """The interval the case states; None where it states weights, or that all orders are alike."""
    probability: float
    """The nearest one at which the answer is another, or from which on it is."""
    is_stated: bool | None
    """Whether it lies in the stated interval; None where there is none."""
    before: Answer
    after: Answer
    never: float | None
    """The share were it impossible; None where nothing is determined then."""
    always: float | None
    """The share were it certain."""


class Line(NamedTuple):
    """A sum over futures as a straight line in a probability."""

    never: float
    always: float

    def at(self, probability: float) -> float:
        """The sum at a probability."""
        return self.never + probability * (self.always - self.never)

    def less(self, other: Line, times: float = 1.0) -> Line:
        """The line less a multiple of another."""
        return Line(self.never - times * other.never, self.always - times * other.always)

    @property
    def root(self) -> float | None:
        """Where between 0 and 1 it is zero, if at one point only."""
        if self.never == self.always or self.never * self.always > 0:
            return None
        return self.never / (self.never - self.always)


class Sums(NamedTuple):
    """What shares are made of, by the probability of a level."""

    holds: Line
    determined: Line
    against: Line | None = None
    """None where there is no contrast."""

    def share(self, probability: float) -> float | None:
        """Of the determined futures, those in which it holds."""
        counts = self.determined.at(probability)
        return round(self.holds.at(probability) / counts, DIGITS) if counts > 0 else None

    def met(self, word: Word, probability: float) -> bool | None:
        """Whether the word is borne out; None where nothing is determined."""
        share = self.share(probability)
        if share is None:
            return None
        if self.against is None:
            return word.borne_out(share, None)
        other = self.against.at(probability) / self.determined.at(probability)
        return word.borne_out(share, round(share - other, DIGITS))

    def roots(self, word: Word) -> Iterator[float]:
        """Where the share is what the word requires, and where the contrast makes no difference."""
        threshold = word.threshold if word.sign > 0 else 1 - word.threshold
        lines = [self.holds.less(self.determined, threshold)]
        if self.against is not None:
            lines.append(self.holds.less(self.against))
        yield from (line.root for line in lines if line.root is not None)


def tipping_point(sums: Sums, word: Word, drawn: float) -> tuple[float, bool | None] | None:
    """The probability nearest to the one drawn at which a word is met and was not, or the reverse.

    Parameters
    ----------
    sums
        What shares are made of.
    word
        What the author's word requires.
    drawn
        The probability from which one departs.

    Returns
    -------
    (probability, met) or None
        None where no probability makes a difference.

    Examples
    --------
    A claim that holds exactly where something happens is likely from a probability of 0.55 on.

    >>> point = tipping_point(Sums(Line(0, 1), Line(1, 1)), WORDS["likely"], 0.3)
    >>> point
    (0.55, True)
    """
    ends = sorted({0.0, 1.0, *sums.roots(word)})
    points = [(end, end) for end in ends]
    cells = sorted([*points, *pairwise(ends)])  # points and what lies between them, in order
    now = sums.met(word, drawn)
    found = [
        (max(low, min(drawn, high)), met)
        for low, high in cells
        if (met := sums.met(word, low / 2 + high / 2)) != now
    ]
    return min(found, key=lambda each: abs(each[0] - drawn), default=None)


# --------------------------------------------------------------------------------------- over a run


def tippings(run: Run, sums: Counted | None = None) -> tuple[Tipping, ...]:
    """Every probability at which an answer over a run would be another.

    Parameters
    ----------
    run
        Its futures.
    sums
        What was counted of it, where that was done before.

    Returns
    -------
    tuple of Tipping
        The recommendation first, then claims in the order of the case; for each the nearest first.

    References
    ----------
    [Owen2013], section 9.2.
    """
    sums = counted(run) if sums is None else sums
    levels = list(drawn_levels(sums))
    found: list[Tipping] = []
    for asked in (*of_recommendation(run, sums), *of_claims(run, sums)):
        some = [tipping for level in levels if (tipping := tipping_of(asked, level)) is not None]
        found += sorted(some, key=lambda each: abs(each.probability - each.drawn))
    return tuple(found)


class Drawn(NamedTuple):
    """A level of a factor: its place in the layout, and those of the factor's other levels."""

    factor: Factor
    level: str
    probability: float
    place: int
    others: tuple[int, ...]


def drawn_levels(sums: Counted) -> Iterator[Drawn]:
    """The levels that have a probability; of two that exclude each other the second."""
    for factor in sums.layout.factors:
        if factor.view or factor.kind == "number":
            continue
        places = [n for n, each in enumerate(sums.layout.levels) if each.factor == factor.name]
        probabilities = factor.weights or [1 / len(places)] * len(places)
        pairs = list(zip(places, probabilities, strict=True))
        for place, probability in pairs if len(pairs) > 2 else pairs[1:]:
            if 0 < probability < 1:
                others = tuple(n for n in places if n != place)
                level = level_of(factor, sums.layout.levels[place])
                yield Drawn(factor, level, probability, place, others)


def level_of(factor: Factor, level: Level) -> str:
    """What a level is called: of an order the statement that stands first."""
    return factor.name + level.name.removesuffix(FIRST) if factor.kind == "order" else level.name


class Asked(NamedTuple):
    """One answer, and how it is made of what was counted."""

    claim: str | None
    word: Word
    answers: tuple[Answer, Answer]
    """If the word is not met, and if it is."""
    at: Callable[[int], Tally]
    """`(quantities,)`: what was counted at a level."""
    has_contrast: bool
    is_noise: Callable[[Tally, Tally], bool]


def of_recommendation(run: Run, sums: Counted) -> Iterator[Asked]:
    choice = recommended(run, sums)
    if choice is None:
        return

    def is_noise(one: Tally, other: Tally) -> bool:
        parted = differences_beyond_noise(one.hits, one.counts, other.hits, other.counts, NOISE)
        return sums.design != "factorial" and not parted.any()

    yield Asked(None, STANDS, ("beaten", "stands"), lambda n: choice.under[[n]], False, is_noise)


def of_claims(run: Run, sums: Counted) -> Iterator[Asked]:
    """The case's own claims under their headline concepts."""
    court = Court(run.situation, sums)
    for place, column in enumerate(sums.layout.headlines):
        if not sums.layout.claims[column].view:
            yield of_claim(Hearing(court, place), place)


def of_claim(hearing: Hearing, place: int) -> Asked:
    def at(n: int) -> Tally:
        return hearing.counted.under[:, [n], place]

    def is_noise(one: Tally, other: Tally) -> bool:
        return not hearing.beyond_noise(one, other)

    word, has_contrast = WORDS[hearing.claim.modality], hearing.has_contrast
    answers: tuple[Answer, Answer] = ("contradicted", "supported")
    return Asked(hearing.claim.id, word, answers, at, has_contrast, is_noise)


def tipping_of(asked: Asked, drawn: Drawn) -> Tipping | None:
    """Where one answer tips by the probability of one level, if it does."""
    here, rest = asked.at(drawn.place), reduce(add, map(asked.at, drawn.others))
    if asked.is_noise(here, rest):
        return None
    sums = sums_of(here, rest, drawn.probability, has_contrast=asked.has_contrast)
    now = sums.met(asked.word, drawn.probability)
    point = tipping_point(sums, asked.word, drawn.probability)
    if point is None or now is None or point[1] is None:
        return None
    probability, stated = round(point[0], DIGITS), drawn.factor.probability
    return Tipping(
        claim=asked.claim,
        factor=drawn.factor.name,
        kind=drawn.factor.kind,
        level=drawn.level,
        drawn=drawn.probability,
        stated=stated,
        probability=probability,
        is_stated=None if stated is None else stated[0] <= probability <= stated[1],
        before=asked.answers[now],
        after=asked.answers[point[1]],
        never=sums.share(0.0),
        always=sums.share(1.0),
    )


def sums_of(here: Tally, rest: Tally, probability: float, *, has_contrast: bool) -> Sums:
    """The lines through what was counted at a level and elsewhere."""
    hits = [(float(r), float(h)) for r, h in zip(rest.hits.flat, here.hits.flat, strict=True)]
    lines = [Line(r / (1 - probability), h / probability) for r, h in hits]
    counts = float(rest.counts.flat[HOLDS]), float(here.counts.flat[HOLDS])
    determined = Line(counts[0] / (1 - probability), counts[1] / probability)
    return Sums(lines[HOLDS], determined, lines[AGAINST] if has_contrast else None)
