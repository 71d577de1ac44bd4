"""Experts side by side: what each one's lists come to, and which statement parts them.

Results are never pooled. Where two lists give a claim opposite verdicts, the statements in which
they differ are looked at one by one: one that is dropped, held or exchanged with its neighbour, so
that its list comes nearer to the other, makes the difference if it gives the verdict of the other.
Where none does alone, only several together can, for with all of them changed the lists are alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any, Literal

from detente.case.situation import Statements
from detente.claims.report import plain
from detente.futures.judging.shares import counted
from detente.futures.judging.verdicts import Court

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from detente.case.situation import Situation, Statement
    from detente.claims.report import Flip, Verdict
    from detente.futures.judging.report import Judged
    from detente.futures.judging.shares import Counted
    from detente.futures.reading.run import Run

__all__ = ["Decisive", "Disagreement", "ExpertResult", "Parting", "Said", "compared", "experts"]

OPPOSITE = {"supported", "contradicted"}


@dataclass(frozen=True)
class Said:
    """What a claim comes to by one list."""

    view: str
    """The expert; empty for the case's own lists."""
    verdict: Verdict
    plain: Verdict
    """By the share alone."""
    share: float | None
    low: float | None
    high: float | None
    difference: float | None
    undetermined: int


@dataclass(frozen=True)
class Parting:
    """A statement in which two lists differ."""

    view: str
    """Whose it is."""
    statement: str
    """Its id in that list."""
    kind: Literal["only_here", "credence", "order"]
    """The other has none such, doubts it otherwise, or has it above (below) another one."""
    beside: str | None = None
    """The one it stands above, which the other list has above it; its id in this list."""


@dataclass(frozen=True)
class Decisive:
    """A change of one statement that gives a list the verdict of the other."""

    view: str
    """In whose list."""
    statement: str
    change: Literal["dropped", "added", "swapped"]
    swapped_with: str | None


@dataclass(frozen=True)
class Disagreement:
    """Two lists that give a claim opposite verdicts."""

    one: str
    other: str
    partings: tuple[Parting, ...]
    """All in which they differ."""
    unlisted: tuple[str, ...]
    """Actors of whom one of them has a ranking or a utility in place of statements."""
    decisive: tuple[Decisive, ...]
    """Changes that alone make the difference."""
    because: Literal["alone", "together", "not_tried"]
    """Some change does alone; only several do together; no statements were varied in the run."""


@dataclass(frozen=True)
class ExpertResult:
    """A claim by the case's own lists and by each expert's."""

    claim: str
    said: tuple[Said, ...]
    disagreements: tuple[Disagreement, ...]

    def to_dict(self) -> dict[str, Any]:
        """As JSON."""
        found: dict[str, Any] = plain(self)
        return found


def experts(run: Run, sums: Counted | None = None) -> tuple[ExpertResult, ...]:
    """Every tested claim by expert, and where experts part, which statement makes the difference.

    Parameters
    ----------
    run
        An ensemble; `ensemble --varied` says in how many of its futures statements are varied.
    sums
        What was counted of it, where that was done before.

    Returns
    -------
    tuple
        Nothing where the case has no `views`.
    """
    if not run.situation.views:
        return ()
    sums = counted(run) if sums is None else sums
    court = Court(run.situation, sums)
    judged: dict[str, list[Judged]] = {}
    for column, place in enumerate(sums.layout.headlines):
        judged.setdefault(sums.layout.claims[place].name, []).append(court.judge(column))
    is_varied = sums.varied_futures > 0
    return tuple(
        compared(run.situation, claim, each, is_varied=is_varied) for claim, each in judged.items()
    )


def compared(
    situation: Situation, claim: str, judged: Sequence[Judged], *, is_varied: bool
) -> ExpertResult:
    """A claim by each list, with the pairs of lists that part.

    Parameters
    ----------
    situation
        Whose lists.
    claim
        Its id.
    judged
        The claim by each list.
    is_varied
        Whether single statements were varied in some futures.
    """
    pairs = (pair for pair in combinations(judged, 2) if {each.plain for each in pair} == OPPOSITE)
    return ExpertResult(
        claim,
        tuple(map(said, judged)),
        tuple(disagreement(situation, *pair, is_varied) for pair in pairs),
    )


def said(judged: Judged) -> Said:
    share = judged.share
    bounds = (share.share, share.low, share.high, share.difference)
    return Said(judged.view, judged.verdict, judged.plain, *bounds, judged.undetermined)


def disagreement(situation: Situation, one: Judged, other: Judged, is_varied: bool) -> Disagreement:
    """In what two lists differ, and which of it decides."""
    here, there = Lists(situation, one.view), Lists(situation, other.view)
    decisive = (
        *decisive_in(one, here, there, other.plain),
        *decisive_in(other, there, here, one.plain),
    )
    return Disagreement(
        one=one.view,
        other=other.view,
        partings=(*alone(here, there), *alone(there, here), *otherwise(here, there)),
        unlisted=tuple(sorted(here.unlisted ^ there.unlisted)),
        decisive=decisive,
        because="alone" if decisive else "together" if is_varied else "not_tried",
    )


# -------------------------------------------------------------------------------- lists compared


class Lists:
    """The statements of all actors as one view has them.

    Parameters
    ----------
    situation
        What the analyst wrote.
    view
        The expert; empty for the case's own.
    """

    def __init__(self, situation: Situation, view: str) -> None:
        preferences = situation.seen_by(view).preferences
        lists = {a: p.statements for a, p in preferences.items() if isinstance(p, Statements)}
        self.view = view
        self.unlisted = frozenset(preferences) - frozenset(lists)
        self.by_id = {each.id: each for statements in lists.values() for each in statements}
        self.by_actor = lists
        self._places = {
            meaning(each): (place, each)
            for statements in lists.values()
            for place, each in enumerate(statements)
        }

    def same(self, statement: Statement) -> Statement | None:
        """The statement of these lists that says the same of the same actor."""
        _, found = self._places.get(meaning(statement), (0, None))
        return found

    def has_above(self, one: Statement, other: Statement) -> bool:
        """Whether what the one says stands above what the other says; not if nobody knows."""
        here, there = (self._places.get(meaning(each)) for each in (one, other))
        if here is None or there is None:
            return False
        return here[0] < there[0] and not in_one_group(here[1], there[1])


def meaning(statement: Statement) -> tuple[str, str, str]:
    """What a statement says, of whom and when."""
    return statement.actor, statement.prefer.text, statement.when.text if statement.when else ""


def in_one_group(one: Statement, other: Statement) -> bool:
    return one.group is not None and one.group == other.group


def alone(here: Lists, there: Lists) -> Iterator[Parting]:
    """What one has and the other has not."""
    for each in here.by_id.values():
        if there.same(each) is None:
            yield Parting(here.view, each.id, "only_here")


def otherwise(here: Lists, there: Lists) -> Iterator[Parting]:
    """What both have, and doubt otherwise or put in another order."""
    for each in here.by_id.values():
        match = there.same(each)
        if match is not None and match.credence != each.credence:
            yield Parting(here.view, each.id, "credence")
    for statements in here.by_actor.values():
        for above, below in combinations(statements, 2):
            if here.has_above(above, below) and there.has_above(below, above):
                yield Parting(here.view, above.id, "order", below.id)


def decisive_in(judged: Judged, here: Lists, there: Lists, wanted: Verdict) -> Iterator[Decisive]:
    """The changes that bring a list nearer to the other and give it the other's verdict."""
    for flip in judged.flips:
        if flip.becomes == wanted and comes_nearer(flip, here, there):
            yield Decisive(judged.view, flip.statement, flip.change, flip.swapped_with)


def comes_nearer(flip: Flip, here: Lists, there: Lists) -> bool:
    """Whether a change makes something in a list as the other has it, or more so."""
    statement = here.by_id[flip.statement]
    match = there.same(statement)
    if flip.change == "swapped":
        assert flip.swapped_with is not None
        return there.has_above(here.by_id[flip.swapped_with], statement)
    usual = belief(statement)
    if flip.change == "added":
        return match is not None and belief(match) > usual
    return match is None or belief(match) < usual


def belief(statement: Statement) -> float:
    """The middle of what is believed of it; 1 where nobody doubts it."""
    return 1.0 if statement.credence is None else sum(statement.credence) / 2
