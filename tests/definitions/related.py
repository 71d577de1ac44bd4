"""Preferences beyond ranks, drawn at random and spelt out pair by pair; and stability under them.

Slow and literal: every pair of states is compared as the preference was written, and every concept
quantifies over explicit legal sequences. Nothing here shares code with what it judges.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from detente.case.format.model import FuzzyPair
from detente.case.future import Doubted, Future
from detente.case.situation import Ranking, Statement, Statements
from detente.conflict.beyond import beyond
from detente.conflict.model import Conflict
from detente.conflict.preferences import ranks
from detente.conflict.space import Space
from tests.definitions.test_graph_form import KINDS, Spelt, code, drawn
from tests.oracle import GraphOracle, Oracle, State

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from detente.case.situation import Preference

MOST_STATES = 12

Compare = Callable[[State, State], Any]


@dataclass(frozen=True)
class Truth:
    """Stands for an expression: true at random, on some axes only."""

    axes: tuple[str, ...]
    table: NDArray[np.bool_]

    def on(self, values: Mapping[str, NDArray[np.int64]]) -> NDArray[np.bool_]:
        """As `Expression.on`."""
        return np.asarray(self.table[tuple(values[axis] for axis in self.axes)])


def never(s: State, t: State) -> Any:
    """Not asked."""
    raise NotImplementedError


@dataclass(frozen=True)
class Wish:
    """One actor's preference as written, and how it compares two states by that."""

    preference: Preference
    held: tuple[Statement, ...] = ()
    unknown: tuple[Doubted, ...] = ()
    compare: Compare = field(default=never)
    """(s, t) -> how much better s is than t, a number below 0 where it is worse; None: unknown."""
    certainty: Compare = field(default=never)
    """(s, t) -> how certainly s is preferred to t."""
    threshold: Fraction = Fraction(1)

    def settled(self, rng: np.random.Generator) -> Wish:
        """The same where every unknown statement is held, or its opposite; a ranking as it is."""
        if isinstance(self.preference, Ranking):
            return Wish(Ranking(self.preference.classes))
        assert isinstance(self.preference, Statements)
        held = tuple(
            each if not each.unknown or rng.random() < 0.5 else opposite(each)
            for each in self.preference.statements
        )
        return Wish(Statements(held), held)


def opposite(statement: Statement) -> Statement:
    truth: Any = statement.prefer
    return replace(statement, prefer=Truth(truth.axes, ~truth.table))  # type: ignore[arg-type]


@dataclass(frozen=True)
class Related:
    """A situation in which preferences say more than ranks."""

    spelt: Spelt
    wishes: Mapping[str, Wish]
    in_graph_form: bool
    levels: Mapping[int, int] = field(default_factory=dict)
    """The axes that are fixed, at which level."""

    def fixed(self, axis: int, level: int) -> Related:
        """The same with an option fixed."""
        return replace(self, levels={axis: level})

    @cached_property
    def conflict(self) -> Conflict:
        """As Detente has it."""
        space = self.spelt.conflict().space
        if not self.in_graph_form:
            space = Space(space.options, space.feasible, space.origin)
        future = Future(
            {},
            {i: self.wishes[i].held for i in space.actors},
            unknown={i: self.wishes[i].unknown for i in space.actors if self.wishes[i].unknown},
        )
        wanted = {i: self.wishes[i].preference for i in space.actors}
        rows = tuple(ranks(space, wanted[i], i, future) for i in space.actors)
        whole = Conflict(space, rows, beyond=beyond(space, rows, wanted, future))
        levels = {self.spelt.options[axis].id: level for axis, level in self.levels.items()}
        return whole.committed(levels) if levels else whole

    def settled(self, rng: np.random.Generator) -> Conflict:
        """The same where every unknown statement turns out to hold, or its opposite."""
        known = {i: wish.settled(rng) for i, wish in self.wishes.items()}
        return replace(self, wishes=known).conflict

    @cached_property
    def oracle(self) -> Literal:
        oracle = self.spelt.oracle(self.levels)
        wishes = {i: self.standing(wish) for i, wish in self.wishes.items()}
        return Literal((), oracle.feasible, oracle.ranks, oracle.arcs, wishes)

    def standing(self, wish: Wish) -> Wish:
        """The same of states that are seen as those they count as where nothing is fixed."""
        whole = self.spelt.stands_for
        return replace(
            wish,
            compare=lambda s, t: wish.compare(whole[s], whole[t]),
            certainty=lambda s, t: wish.certainty(whole[s], whole[t]),
        )


@dataclass(frozen=True)
class Literal(GraphOracle):
    """The definitions of stability under relations, word for word."""

    wishes: Mapping[str, Wish]

    def under(self, name: str, i: str, s: State) -> bool:
        """Whether s is stable for i under a concept, by its full name."""
        base, _, kind = name.partition("_")
        if kind.startswith("weak"):
            strong = self.holds(base, kind.replace("weak", "strong"), i, s)
            return self.holds(base, "", i, s) and not strong
        return self.holds(base, kind, i, s)

    def holds(self, base: str, kind: str, i: str, s: State) -> bool:
        wanted = self.wanted(f"{base}_{kind}", i, s)
        return all(self.is_answered(base, kind, i, s, s1) for s1 in wanted)

    def wanted(self, name: str, i: str, s: State) -> list[State]:
        """Rᵢ⁺(s) as the kind has it."""
        return [q for q in self.moves(i, s) if self.leaves(name.partition("_")[2], i, s, q)]

    def is_answered(self, base: str, kind: str, i: str, s: State, s1: State) -> bool:
        return base != "nash" and any(
            self.deters(kind, i, s, s2)
            and (base != "smr" or all(self.deters(kind, i, s, s3) for s3 in self.moves(i, s2)))
            for s2 in self.ends[base == "seq", kind, i, s1]
        )

    @cached_property
    def ends(self) -> Mapping[tuple[bool, str, str, State], set[State]]:
        """R_{N - i}(s₁) or its credible part, s₁ itself left out."""
        oracle = self

        class Ends(dict[tuple[bool, str, str, State], set[State]]):
            def __missing__(self, key: tuple[bool, str, str, State]) -> set[State]:
                is_credible, kind, i, s1 = key

                def moves(j: str, s: State) -> list[State]:
                    steps = oracle.moves(j, s)
                    return [q for q in steps if not is_credible or oracle.credible(kind, j, s, q)]

                self[key] = Oracle.reached(oracle, oracle.others(i), s1, moves) - {s1}
                return self[key]

        return Ends()

    def leaves(self, kind: str, i: str, s: State, q: State) -> bool:
        """Whether q is in Rᵢ⁺(s) as the kind has it, given that i can move there."""
        if kind == "fuzzy":
            return bool(self.wishes[i].certainty(q, s) >= self.wishes[i].threshold)
        better = self.wishes[i].compare(q, s)
        return kind in ("a", "c") if better is None else bool(better > 0)

    def credible(self, kind: str, j: str, s: State, q: State) -> bool:
        """Whether j answers by moving from s to q: under all of a to d also to the unknown."""
        return self.leaves("a" if kind in ("b", "d") else kind, j, s, q)

    def deters(self, kind: str, i: str, s: State, q: State) -> bool:
        """Whether q deters i from leaving s."""
        if kind == "fuzzy":
            return bool(self.wishes[i].certainty(q, s) < self.wishes[i].threshold)
        better = self.wishes[i].compare(q, s)
        if kind.startswith("strong"):
            return bool(better <= -int(kind.removeprefix("strong") or 2))
        return kind in ("c", "d") if better is None else bool(better <= 0)


def related(rng: np.random.Generator, beyond_ranks: str) -> Related:
    """A random situation in which preferences are `unknown`, `strong` or `fuzzy`."""
    form = str(rng.choice(["plain", "plain", *KINDS]))
    spelt = drawn(rng, form)
    while len(spelt.feasible) > MOST_STATES:
        spelt = drawn(rng, form)
    listed = {"unknown": (by_list, by_ranking), "strong": (by_list, by_ranking)}
    wishes = {
        i: rng.choice([*listed.get(beyond_ranks, ()), by_ranking])(rng, spelt, i, beyond_ranks)
        for i in spelt.ranks
    }
    return Related(spelt, wishes, form != "plain")


def situations(beyond_ranks: str, many: int) -> Iterator[tuple[Related, np.random.Generator]]:
    """Random situations, the same each time."""
    for seed in range(many):
        rng = np.random.default_rng([len(beyond_ranks), seed])
        yield related(rng, beyond_ranks), rng


# ------------------------------------------------------------------------------------- statements


def by_list(rng: np.random.Generator, spelt: Spelt, i: str, beyond_ranks: str) -> Wish:
    """Up to five statements, compared by the first that tells two states apart."""
    listed = [statement(rng, spelt, i, n) for n in range(int(rng.integers(1, 6)))]
    doubted = [beyond_ranks == "unknown" and bool(rng.random() < 0.4) for _ in listed]
    degrees = sorted(rng.integers(1, 4, len(listed)).tolist(), reverse=True)
    if beyond_ranks != "strong":
        degrees = [1 for _ in listed]
    marked = [
        Statement(each.id, i, each.prefer, "end", unknown=unknown, degree=degree)
        for each, unknown, degree in zip(listed, doubted, degrees, strict=True)
    ]
    held = tuple(each for each in marked if not each.unknown)
    places = [sum(not each.unknown for each in marked[:n]) for n in range(len(marked))]
    unknown = tuple(Doubted(s, place) for s, place in zip(marked, places, strict=True) if s.unknown)
    axes = [option.id for option in spelt.options]

    def compare(s: State, t: State) -> int | None:
        for each in marked:
            here, there = (bool(each.prefer.on(dict(zip(axes, q, strict=True)))) for q in (s, t))
            if here != there:
                return None if each.unknown else each.degree if here else -each.degree
        return 0

    return Wish(Statements(tuple(marked)), held, unknown, remembered(compare))


def statement(rng: np.random.Generator, spelt: Spelt, i: str, place: int) -> Statement:
    """A statement on one to three options, whose truth is drawn."""
    many = int(rng.integers(1, min(3, len(spelt.options)) + 1))
    named = [spelt.options[n] for n in rng.choice(len(spelt.options), many, replace=False)]
    shape = [len(option.levels) for option in named]
    truth = Truth(tuple(option.id for option in named), rng.random(shape) < 0.5)
    return Statement(f"{i}.{place + 1}", i, truth, "end")  # type: ignore[arg-type]


# --------------------------------------------------------------------------------------- rankings


def by_ranking(rng: np.random.Generator, spelt: Spelt, i: str, beyond_ranks: str) -> Wish:
    """A ranking of every state, some of them tied, with what it says of pairs or steps."""
    order = sorted(set(spelt.stands_for.values()), key=lambda s: -spelt.ranks[i][s])
    found = dict.fromkeys(spelt.ranks[i][s] for s in order)
    classes = [[s for s in order if spelt.ranks[i][s] == rank] for rank in found]
    place = {s: n for n, tied in enumerate(classes) for s in tied}
    written = tuple(tuple(map(code, tied)) for tied in classes)
    if beyond_ranks == "unknown":
        return of_unknown_pairs(rng, order, place, written)
    if beyond_ranks == "fuzzy":
        return of_fuzzy_pairs(rng, order, place, written)
    degrees = tuple(rng.choice([1, 1, 2, 3], len(classes) - 1).tolist())

    def compare(s: State, t: State) -> int:
        first, last = sorted((place[s], place[t]))
        much = max(degrees[first:last], default=0)
        return much if place[s] < place[t] else -much

    return Wish(Ranking(written, degrees=degrees), compare=compare)


def of_unknown_pairs(
    rng: np.random.Generator,
    order: Sequence[State],
    place: Mapping[State, int],
    written: tuple[tuple[str, ...], ...],
) -> Wish:
    groups = [
        [order[n] for n in rng.choice(len(order), min(len(order), size), replace=False)]
        for size in rng.integers(2, 5, int(rng.integers(0, 3)))
        if len(order) > 1
    ]

    def compare(s: State, t: State) -> int | None:
        if s != t and any(s in group and t in group for group in groups):
            return None
        return int(np.sign(place[t] - place[s]))

    return Wish(
        Ranking(written, unknown=tuple(tuple(map(code, group)) for group in groups)),
        compare=compare,
    )


def of_fuzzy_pairs(
    rng: np.random.Generator,
    order: Sequence[State],
    place: Mapping[State, int],
    written: tuple[tuple[str, ...], ...],
) -> Wish:
    share = rng.choice([0.1, 0.6])
    above = [(s, t) for n, s in enumerate(order) for t in order[:n]]
    drawn_tenths = rng.integers(0, 11, len(above)).tolist()
    told = (rng.random(len(above)) < share).tolist()
    tenths = {
        pair: tenth
        for pair, tenth, is_told in zip(above, drawn_tenths, told, strict=True)
        if is_told
    }
    threshold = Fraction(int(rng.integers(1, 11)), 10)

    def preferred(s: State, t: State) -> Fraction:
        """R(s, t)."""
        if (s, t) in tenths:
            return Fraction(tenths[s, t], 10)
        if (t, s) in tenths:
            return 1 - Fraction(tenths[t, s], 10)
        return Fraction(int(np.sign(place[t] - place[s])) + 1, 2)

    pairs = tuple(
        FuzzyPair(better=code(s), than=code(t), degree=str(tenth / 10))
        for (s, t), tenth in tenths.items()
    )
    gamma = float(threshold) if pairs else None
    return Wish(
        Ranking(written, fuzzy=pairs, threshold=gamma),
        certainty=remembered(lambda s, t: preferred(s, t) - preferred(t, s)),
        threshold=threshold,
    )


def remembered(compare: Compare) -> Compare:
    """The same, each pair compared once."""
    known: dict[tuple[State, State], Any] = {}

    def found(s: State, t: State) -> Any:
        if (s, t) not in known:
            known[s, t] = compare(s, t)
        return known[s, t]

    return found
