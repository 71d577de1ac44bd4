"""Verdicts over many futures: from shares, their intervals and their ranges to a word.

In this order: a claim that no future determines is *untested*. It is *assumed* if its plain
verdict, by the share alone, is another once a single statement of role `means` is never held, or,
where the statement is doubted, once it always is. It is *contingent* if its share straddles what
the author's word requires over the intervals of probabilities, or if a single factor at one of its
levels turns the verdict. It is *undecided* if only the sampling interval straddles. Else it is
*supported* or *contradicted*.

What turns a verdict must do so beyond what chance would. A factor's level turns it if the share
there lies with its whole interval on the other side, where the intervals allow for the number of
levels that are looked at [Dunn1961]; a statement if its change moves the share by more than two
standard errors.

`certain` asks for all futures: one that goes against it settles the matter, and no sample proves
it. It is borne out if no future drawn goes against it; the interval says what that is worth.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING, Literal

import numpy as np

from detente.case.format import Response
from detente.case.perceived import statements_seen
from detente.case.situation import Statements
from detente.claims.hinges import switching_point
from detente.claims.report import BreakEven, Flip
from detente.claims.verdict import WORDS, meets
from detente.futures.drawing.corners import names_read
from detente.futures.judging.intervals import differences_beyond_noise, needed
from detente.futures.judging.report import AtLevel, Judged
from detente.futures.judging.shares import AGAINST, BOTH, HOLDS, Share, share_at
from detente.futures.reading.blocks import block_size

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from detente.case.situation import Claim, Situation, Statement
    from detente.claims.report import Change, Verdict
    from detente.futures.drawing.factors import Factor
    from detente.futures.judging.intervals import Tally
    from detente.futures.judging.second_order import Range
    from detente.futures.judging.shares import Counted, Turn, Turned

__all__ = ["Court", "Hearing", "borne_out", "has_contrast", "plain_verdict"]

NOISE = 2.0  # standard errors


def has_contrast(claim: Claim) -> bool:
    """Whether it claims a cause: its share is held against that under another commitment."""
    return isinstance(claim.test, Response) and claim.test.against is not None


def plain_verdict(claim: Claim, share: Share) -> Verdict:
    """By the share alone: whether it is what the author's word requires."""
    if share.share is None:
        return "untested"
    return "supported" if meets(claim.modality, share.share, share.difference) else "contradicted"


def borne_out(claim: Claim, share: Share) -> bool | None:
    """Whether the whole interval is what the author's word requires, or none of it; else None."""
    word = WORDS[claim.modality]
    assert share.share is not None
    assert share.low is not None
    assert share.high is not None
    if word.threshold == 1.0:
        sides = [same(word.met_by(share.share), word.met_by(share.share))]
    else:
        sides = [same(word.met_by(share.low), word.met_by(share.high))]
    if share.difference is not None:
        sides.append(makes_a_difference(share, word.sign))
    if False in sides:
        return False
    return None if None in sides else True


def same(one: bool, other: bool) -> bool | None:
    return one if one == other else None


def makes_a_difference(share: Share, sign: int) -> bool | None:
    """Whether the interval of the difference lies on the side that the word asks for."""
    if not share.ever_differs:
        return False
    assert share.difference_low is not None
    assert share.difference_high is not None
    return same(share.difference_low * sign > 0, share.difference_high * sign > 0)


def leaves_out(low: float | None, high: float | None, value: float | None) -> bool:
    return low is not None and high is not None and value is not None and not low <= value <= high


@dataclass(frozen=True)
class Varied:
    """A statement varied, and the share the claim would have."""

    statement: Statement
    change: Change
    swapped_with: str | None
    share: Share
    held: Share
    """The share if the statement is always held."""
    dropped: Share
    """The share if it never is."""


@dataclass(frozen=True, eq=False)
class Court:
    """Judges claims by what was counted of a run."""

    situation: Situation
    counted: Counted

    def judge(self, column: int) -> Judged:
        """A claim under its headline concept.

        Parameters
        ----------
        column
            Its place among the headlines of the layout.
        """
        return self.hearing(column).judged()

    def hearing(self, column: int) -> Hearing:
        """What there is to be said about a claim."""
        return Hearing(self, column)

    @cached_property
    def order(self) -> dict[str, dict[str, Statement]]:
        """View -> its statements by their ids, in the order of the lists."""
        views = ("", *self.situation.views)
        return {view: dict(self._statements(view)) for view in views}

    def _statements(self, view: str) -> Iterator[tuple[str, Statement]]:
        seen = self.situation.seen_by(view) if view else self.situation
        for preference in seen.preferences.values():
            if isinstance(preference, Statements):
                yield from ((each.id, each) for each in preference.statements)
        yield from ((each.id, each) for each in statements_seen(seen))

    def relevant(self, view: str) -> tuple[Factor, ...]:
        """The factors that a view's verdicts can depend on."""
        own = self.situation.views.get(view, {})
        return tuple(
            factor
            for factor in self.counted.layout.factors
            if factor.view == view
            or (not factor.view and not (in_a_list(factor) and factor.name.split(".")[0] in own))
        )

    @cache  # noqa: B019 - a court lives as long as a report is made
    def read(self, view: str) -> frozenset[str]:
        """The names of the factors that an evaluation of a view can see."""
        seen = names_read(self.situation.seen_by(view) if view else self.situation)
        return frozenset(
            factor.name
            for factor in self.relevant(view)
            if in_a_list(factor) or factor.name in seen
        )


def in_a_list(factor: Factor) -> bool:
    return factor.kind in ("held", "order")


@dataclass(frozen=True, eq=False)
class Hearing:
    """One claim, by one view."""

    court: Court
    column: int

    @cached_property
    def claim(self) -> Claim:
        """What is judged."""
        return self.court.situation.claims[self.counted.layout.claims[self._place].name]

    @cached_property
    def view(self) -> str:
        """By whose lists; empty for the case's own."""
        return self.counted.layout.claims[self._place].view

    @property
    def counted(self) -> Counted:
        """What was counted of the run."""
        return self.court.counted

    @property
    def _place(self) -> int:
        return self.counted.layout.headlines[self.column]

    @cached_property
    def has_contrast(self) -> bool:
        """Whether its share is held against another."""
        return has_contrast(self.claim)

    @cached_property
    def share(self) -> Share:
        """Of the determined futures, those in which it holds."""
        tally = self.counted.asked[:, [self._place]]
        return share_at(tally, self.counted.intervals(), contrast=self.has_contrast)[0]

    @cached_property
    def plain(self) -> Verdict:
        """By the share alone."""
        return plain_verdict(self.claim, self.share)

    @cached_property
    def varied(self) -> tuple[Varied, ...]:
        """The single statements whose change gives the claim another plain verdict."""
        return tuple(self.flipping()) if self.share.share is not None else ()

    @property
    def told(self) -> Varied | None:
        """The single typed-in means that told the answer, if one did."""
        return next((each for each in self.varied if self.tells(each)), None)

    # --------------------------------------------------------------------------------- judgement

    def judged(self) -> Judged:
        """The verdict, with all it rests on."""
        varied, told = self.varied, self.told
        levels = self.levels() if self.share.share is not None else ()
        turning = tuple(at for at in levels if self.turns(at))
        ranging = self.counted.moved.range(self.column, self.court.read(self.view))
        verdict = self.verdict(told, turning, ranging)
        return Judged(
            view=self.view,
            verdict=verdict,
            plain=self.plain,
            share=self.share,
            range=ranging,
            flips=tuple(self.flip(each) for each in varied),
            break_even=None if told is None else self.break_even(told),
            contingent_on=tuple(sorted(turning, key=self.distance)),
            factors=tuple(self.moving(levels)),
            needed=self.needed() if verdict == "undecided" else None,
            undetermined=int(self.counted.missing[self._place]),
        )

    def verdict(
        self, told: Varied | None, turning: tuple[AtLevel, ...], ranging: Range | None
    ) -> Verdict:
        """The word, in the order of precedence."""
        if self.plain == "untested":
            return "untested"
        if told is not None:
            return "assumed"
        if turning or self.straddles(ranging):
            return "contingent"
        return "undecided" if borne_out(self.claim, self.share) is None else self.plain

    def straddles(self, ranging: Range | None) -> bool:
        """Whether the range over probabilities reaches what the word requires, and what not."""
        if ranging is None or ranging.thin or ranging.lower is None or ranging.upper is None:
            return False
        word = WORDS[self.claim.modality]
        if word.met_by(ranging.lower) != word.met_by(ranging.upper):
            return True
        if not self.has_contrast:
            return False
        ends = (ranging.difference_lower, ranging.difference_upper)
        return len({end * word.sign > 0 for end in ends if end is not None}) > 1

    def needed(self) -> int | None:
        """How many futures in all would settle it, in whole blocks."""
        share, word = self.share, WORDS[self.claim.modality]
        threshold = word.threshold if word.sign > 0 else 1 - word.threshold
        drawn = self.counted.ok + self.counted.failed
        least = [needed(share.share or 0, share.low or 0, share.high or 0, threshold, drawn)]
        if share.difference is not None:
            low, high = share.difference_low or 0, share.difference_high or 0
            least.append(needed(share.difference, low, high, 0.0, drawn))
        size = block_size(self.counted.design)
        return None if None in least else -(-max(filter(None, least)) // size) * size

    # ------------------------------------------------------------------------------- statements

    def flipping(self) -> Iterator[Varied]:
        """The single statements whose change gives the claim another plain verdict."""
        drawn = {each.name_in_list: each for each in self.court.relevant(self.view)}
        turned = self.turned()
        for id, statement in self.court.order[self.view].items():
            factor = drawn.get(id)
            conditioned = tuple(self.conditioned(statement, factor)) if factor else ()
            yield from conditioned
            for turn in turned.get(id, ()):
                if turn.change == "swapped" or not self.is_drawn(factor):
                    yield from self.shifted(statement, turn)

    def turned(self) -> Mapping[str, list[Turn]]:
        """Statement -> the variations of it that give this claim another answer somewhere."""
        found: dict[str, list[Turn]] = {}
        for turn in sorted(self.counted.turned, key=lambda each: (each.change, each[4] or "")):
            if (turn.view, turn.claim) == (self.view, self.claim.id):
                found.setdefault(turn.statement, []).append(turn)
        return found

    def sides(self, factor: Factor) -> tuple[Tally, Tally]:
        """What was counted where a statement is dropped, and where it is held."""
        levels = self.counted.layout.levels
        places = [levels.index((factor.name, level)) for level in factor.levels]
        dropped, held = (self.counted.under[:, [place], self.column] for place in places)
        return dropped, held

    def is_drawn(self, factor: Factor | None) -> bool:
        """Whether the futures hold it both ways."""
        return factor is not None and factor.weights[0] > 0 and factor.weights[1] > 0

    def conditioned(self, statement: Statement, factor: Factor) -> Iterator[Varied]:
        """A doubted statement never held, and always: its futures, parted."""
        if not self.is_drawn(factor):
            return
        tallies = self.sides(factor)
        if not self.beyond_noise(*tallies):
            return
        dropped, held = (
            share_at(each, self.counted.intervals(), contrast=self.has_contrast)[0]
            for each in tallies
        )
        sides: tuple[tuple[Literal["dropped", "added"], Share], ...]
        sides = (("dropped", dropped), ("added", held))
        for change, share in sides:
            if plain_verdict(self.claim, share) != self.plain:
                yield Varied(statement, change, None, share, held, dropped)

    def beyond_noise(self, one: Tally, other: Tally) -> bool:
        """Whether a claim's share, or its difference, is another in one part of the futures."""
        if self.counted.design == "factorial":
            return True
        parted = [
            differences_beyond_noise(
                one.hits[side], one.counts[side], other.hits[side], other.counts[side], NOISE
            )
            for side in (HOLDS, *((AGAINST, BOTH) if self.has_contrast else ()))
        ]
        return bool(np.any(parted)) or 0 in (one.counts[HOLDS].sum(), other.counts[HOLDS].sum())

    def shifted(self, statement: Statement, turn: Turn) -> Iterator[Varied]:
        """A statement dropped, added or swapped in the futures in which that was tried."""
        sums = self.counted.turned[turn]
        base = self.counted.varied[:, self.column]
        if not self.moves(sums):
            return
        share = self.share_after(base, sums)
        if plain_verdict(self.claim, share) != self.plain:
            held, dropped = (share, self.share) if turn.change == "added" else (self.share, share)
            yield Varied(statement, turn.change, turn.swapped_with, share, held, dropped)  # type: ignore[arg-type]

    def share_after(self, base: Tally, sums: Turned) -> Share:
        """The share over all futures, moved by the mean change over those that were varied."""
        before, after = base.counts[HOLDS], base.counts[HOLDS] + sums.determined
        if after <= 0 or before <= 0 or self.share.share is None:
            return Share(None, None, None)
        change = (base.hits[HOLDS] + sums.holds) / after - base.hits[HOLDS] / before
        share = float(np.clip(self.share.share + change, 0, 1))
        if not self.has_contrast:
            return Share(round(share, 12), None, None)
        other = (base.hits[AGAINST] + sums.against) / after - base.hits[AGAINST] / before
        against = float(np.clip((self.share.against or 0) + other, 0, 1))
        difference = round((self.share.difference or 0) + change - other, 12)
        return Share(round(share, 12), None, None, against, difference)

    def moves(self, sums: Turned) -> bool:
        """Whether the mean change is more than two standard errors."""
        n = self.counted.varied_futures
        if self.counted.design == "factorial" or sums.determined:
            return True
        changes = ((sums.holds, sums.squares), (sums.holds - sums.against, sums.difference_squares))
        return any(
            abs(total) > NOISE * np.sqrt(max(squares - total**2 / n, 0))
            for total, squares in changes
        )

    def tells(self, varied: Varied) -> bool:
        """Whether a single typed-in means is what decides."""
        return varied.change != "swapped" and varied.statement.role == "means"

    def flip(self, varied: Varied) -> Flip:
        """The same by the statements' names."""
        becomes = plain_verdict(self.claim, varied.share)
        return Flip(varied.statement.id, varied.change, varied.swapped_with, becomes)

    def break_even(self, told: Varied) -> BreakEven:
        """The credence in the deciding statement at which the word would just be met."""
        credence = switching_point(self.claim.modality, told.held, told.dropped)
        return BreakEven(told.statement.id, credence, told.statement.credence)

    # ---------------------------------------------------------------------------------- factors

    def levels(self) -> tuple[AtLevel, ...]:
        """The shares at every level of every factor, each level leaving some futures out."""
        names = {factor.name for factor in self.court.relevant(self.view)}
        layout, under = self.counted.layout, self.counted.under
        total = self.counted.asked.counts[HOLDS, self._place]
        counts = under.counts[HOLDS, :, self.column]
        chosen = [
            n
            for n, level in enumerate(layout.levels)
            if level.factor in names and 0 < counts[n] < total
        ]
        if not chosen:
            return ()
        intervals = self.counted.intervals(1 - 0.05 / len(chosen))
        tally = under[:, chosen, self.column]
        shares = share_at(tally, intervals, contrast=self.has_contrast)
        return tuple(
            AtLevel(*layout.levels[n], share) for n, share in zip(chosen, shares, strict=True)
        )

    def turns(self, at: AtLevel) -> bool:
        """Whether the verdict there is another, with the whole interval."""
        there = borne_out(self.claim, at.share)
        is_other = there is not None and there != (self.plain == "supported")
        return is_other and (self.counted.design == "factorial" or self.is_elsewhere(at.share))

    def is_elsewhere(self, there: Share) -> bool:
        """Whether the interval at a level leaves out the share, or difference, over all futures.

        Of what is all or nothing a few futures are easily all.
        """
        outside = [leaves_out(there.low, there.high, self.share.share)]
        if self.has_contrast:
            ends = there.difference_low, there.difference_high
            outside.append(leaves_out(*ends, self.share.difference))
        return any(outside)

    def distance(self, at: AtLevel) -> float:
        """How near its share is to the share over all futures; the farthest sorts first."""
        assert at.share.share is not None
        assert self.share.share is not None
        return -abs(at.share.share - self.share.share)

    def moving(self, levels: tuple[AtLevel, ...]) -> Iterator[AtLevel]:
        """The levels of factors that move the share beyond noise, the strongest factor first."""
        by_factor: dict[str, list[AtLevel]] = {}
        for at in levels:
            by_factor.setdefault(at.factor, []).append(at)
        moving = [each for each in by_factor.values() if any(map(self.apart, each))]
        for each in sorted(moving, key=lambda ats: min(map(self.distance, ats))):
            yield from each

    def apart(self, at: AtLevel) -> bool:
        """Whether the share at a level is not that of the other futures, beyond noise."""
        here = self.counted.layout.levels.index((at.factor, at.level))
        one = self.counted.under[:, [here], self.column]
        total = self.counted.asked[:, [self._place]]
        others = total.hits[HOLDS] - one.hits[HOLDS], total.counts[HOLDS] - one.counts[HOLDS]
        if self.counted.design == "factorial":
            return bool(abs(self.distance(at)) > 0)
        return bool(
            differences_beyond_noise(one.hits[HOLDS], one.counts[HOLDS], *others, NOISE).any()
        )
