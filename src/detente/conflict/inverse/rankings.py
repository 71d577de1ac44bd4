"""How many of an actor's strict rankings meet conditions, counted without looking at any.

Only which states lie below the wished-for state s matters. Let every state have a place of its
own, drawn evenly from [0, 1]: that makes all strict rankings equally frequent, and where s has
place p each other state lies below it with chance p, independently of the rest. The share of the
rankings is then the integral over p of the chance that conditions hold, which is a polynomial, and
the integral of pᵉ is 1 / (e + 1). The polynomial is found by taking formulas apart: into parts
without common states, and where there are none by supposing a state to lie below or not.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache, reduce
from math import comb, factorial
from typing import TYPE_CHECKING, TypeVar

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from detente.conflict.inverse.conditions import Condition, Conditions

__all__ = ["MOST_STATES", "Rankings", "Uncounted", "rankings"]

MOST_STATES = 1_500
"""Feasible states whose rankings are counted: of more, the counts are too long to be read."""

MOST_STEPS = 300_000  # alternatives looked at while formulas are taken apart
MOST_ENTRIES = 300_000  # of states in alternatives of conditions
MOST_TERMS = 5_000  # of a polynomial
MOST_PRODUCTS = 1_000_000  # of terms, in one product of polynomials
DIGITS = 192  # binary ones, of shares

T = TypeVar("T")
Alternative = frozenset[int]
Clause = frozenset[Alternative]
Formula = frozenset[Clause]
Polynomial = dict[int, int]
"""Exponent -> coefficient."""

ONE: Polynomial = {0: 1}


class Uncounted(Exception):
    """Formulas that cannot be taken apart in so many steps."""


@dataclass(frozen=True)
class Rankings:
    """How many strict rankings of the feasible states meet conditions."""

    share: float
    counts: tuple[int, int] | None
    """How many do, of how many; None where there are more than `MOST_STATES` states."""


def rankings(asked: Conditions, feasible: int) -> Rankings | None:
    """How many strict rankings of the feasible states meet an actor's conditions.

    Parameters
    ----------
    asked
        What has to hold.
    feasible
        How many states are ranked.

    Returns
    -------
    Rankings or None
        None where the conditions hang together too much to be counted.

    References
    ----------
    [KinsaraKilgourHipel2015] counts by listing all rankings.

    Examples
    --------
    >>> from detente.case import load
    >>> from detente.conflict.inverse.conditions import conditions
    >>> from detente.conflict.model import conflict
    >>> syria = conflict(load("kinsara/syria_iraq_1975"))
    >>> water_released = syria.space.index("100")
    >>> rankings(conditions(syria, "syria", water_released, "seq"), 6).counts
    (384, 720)
    """
    try:
        found = _met(asked.each)
    except Uncounted:
        return None
    share = sum((times << DIGITS) // (power + 1) for power, times in found.items()) / 2**DIGITS
    if feasible > MOST_STATES:
        return Rankings(share, None)
    every = factorial(feasible)
    # No more states matter than there are besides s, so that every division leaves nothing over.
    satisfying = sum(times * (every // (power + 1)) for power, times in found.items())
    return Rankings(share, (satisfying, every))


def _met(asked: Sequence[Condition]) -> Polynomial:
    """The chance that all conditions are met, in the chance p that a state lies below, or 1 - p."""
    if any(each.together for each in asked):
        _refuse_many(len(states) for each in asked for states in each.alternatives)
        return _chance([list(each.alternatives) for each in asked])
    # Some condition is not met: some set of states lies above as a whole.
    return _less(ONE, _chance([[each.alone for each in asked]])) if asked else ONE


def _refuse_many(sizes: Iterable[int]) -> None:
    if sum(sizes) > MOST_ENTRIES:
        raise Uncounted


def _chance(clauses: Sequence[Sequence[NDArray[np.int64]]]) -> Polynomial:
    """The chance that in each clause some set of states lies on one side as a whole."""
    flat = [states for clause in clauses for states in clause]
    atoms, weights = _atoms(flat)
    alternative = iter(atoms)
    return Counting(weights).chance(
        _merged(frozenset(next(alternative) for _ in clause) for clause in clauses)
    )


def _atoms(sets: Sequence[NDArray[np.int64]]) -> tuple[list[Alternative], list[int]]:
    """The sets in terms of atoms: states that occur in the same sets; and how many each holds."""
    if np.diff(np.sort(np.concatenate(sets))).all():
        return [frozenset([place]) for place in range(len(sets))], [len(each) for each in sets]
    occurs: dict[int, list[int]] = {}
    for place, states in enumerate(sets):
        for state in states.tolist():
            occurs.setdefault(state, []).append(place)
    alike = Counter(tuple(places) for places in occurs.values())
    atoms: list[set[int]] = [set() for _ in sets]
    for atom, places in enumerate(alike):
        for place in places:
            atoms[place].add(atom)
    return [frozenset(each) for each in atoms], list(alike.values())


def _merged(clauses: Iterable[Clause]) -> Formula:
    """Clauses that differ in one alternative only, made one: (a or r) and (b or r) = ab or r."""
    asked = set(clauses)
    common: Counter[Alternative] = Counter(each for clause in asked for each in clause)
    alike: dict[Clause, list[Clause]] = {}
    for clause in asked:
        shared = frozenset(each for each in clause if common[each] > 1)
        alike.setdefault(shared, []).append(clause - shared)
    return frozenset(
        clause
        for shared, rests in alike.items()
        for clause in (
            [shared | {frozenset().union(*(each for (each,) in rests))}]
            if shared and all(len(rest) == 1 for rest in rests)
            else [shared | rest for rest in rests]
        )
    )


# --------------------------------------------------------------------------- taking formulas apart


class Counting:
    """The chances of formulas in which atom a is true with chance p to the power `weights[a]`.

    A formula is true where in each of its clauses all atoms of some alternative are.
    """

    def __init__(self, weights: Sequence[int]) -> None:
        self.weights, self.steps = weights, 0
        self.chance: Callable[[Formula], Polynomial] = cache(self._chance)

    def _chance(self, formula: Formula) -> Polynomial:
        self.steps += 1 + sum(map(len, formula))
        if self.steps > MOST_STEPS:
            raise Uncounted
        if frozenset() in formula:
            return {}
        sure = frozenset(
            atom for clause in formula if len(clause) == 1 for (only,) in [clause] for atom in only
        )
        if sure:
            left = _supposed(formula, sure, True)
            return _product([{self._weight(sure): 1}, self.chance(left)])
        if len(formula) > 1:
            return self._of_several(formula)
        return self._of_one(*formula) if formula else ONE

    def _weight(self, atoms: Iterable[int]) -> int:
        return sum(self.weights[atom] for atom in atoms)

    def _of_several(self, formula: Formula) -> Polynomial:
        """Apart by clauses, by the alternatives that all clauses have, or by an atom."""
        parts = _parts(formula, lambda clause: frozenset().union(*clause))
        if len(parts) > 1:
            return _product([self.chance(frozenset(part)) for part in parts])
        shared = frozenset.intersection(*formula)
        rest = frozenset(clause - shared for clause in formula)
        if shared and not _atoms_of([shared]) & _atoms_of(rest):
            neither = _product(
                [_less(ONE, self.chance(frozenset([shared]))), _less(ONE, self.chance(rest))]
            )
            return _less(ONE, neither)
        return self._by_an_atom(formula)

    def _of_one(self, clause: Clause) -> Polynomial:
        """The chance of any of some alternatives: that not all parts of them fail."""
        parts = _parts(clause, lambda alternative: alternative)
        if len(parts) == 1 and len(clause) > 1:
            return self._by_an_atom(frozenset([clause]))
        alike = Counter(
            self._weight(*part) if len(part) == 1 else frozenset(part) for part in parts
        )
        failing = [
            _none_of(part, times)
            if isinstance(part, int)
            else _power(_less(ONE, self.chance(frozenset([part]))), times)
            for part, times in alike.items()
        ]
        return _less(ONE, _product(failing))

    def _by_an_atom(self, formula: Formula) -> Polynomial:
        """Suppose the atom that occurs most often to be true, and not."""
        occurs = Counter(atom for clause in formula for each in clause for atom in each)
        atom = min(occurs, key=lambda each: (-occurs[each], each))
        chance = {self.weights[atom]: 1}
        true, false = (
            self.chance(_supposed(formula, frozenset([atom]), is_true)) for is_true in (True, False)
        )
        return _plus(_product([chance, true]), _product([_less(ONE, chance), false]))


def _supposed(formula: Formula, atoms: frozenset[int], true: bool) -> Formula:
    """The formula where some atoms are true, or false."""
    if true:
        changed = (frozenset(each - atoms for each in clause) for clause in formula)
        return frozenset(_least(clause) for clause in changed if frozenset() not in clause)
    return frozenset(frozenset(each for each in clause if not each & atoms) for clause in formula)


def _least(clause: Clause) -> Clause:
    """Without alternatives that contain another one of a single atom."""
    single = frozenset().union(*(each for each in clause if len(each) == 1))
    return frozenset(each for each in clause if len(each) == 1 or not each & single)


def _atoms_of(clauses: Iterable[Clause]) -> frozenset[int]:
    return frozenset(atom for clause in clauses for each in clause for atom in each)


def _parts(items: Iterable[T], atoms: Callable[[T], frozenset[int]]) -> list[list[T]]:
    """The items in groups without common atoms."""
    group_of: dict[int, int] = {}
    groups: dict[int, tuple[list[T], set[int]]] = {}
    for place, item in enumerate(items):
        own = atoms(item)
        met = {group_of[atom] for atom in own if atom in group_of}
        merged: tuple[list[T], set[int]] = ([item], set(own))
        for group in met:
            members, their = groups.pop(group)
            merged[0].extend(members)
            merged[1].update(their)
        groups[place] = merged
        group_of |= dict.fromkeys(merged[1], place)
    return [members for members, _ in groups.values()]


# --------------------------------------------------------------------------------- polynomials


def _none_of(power: int, times: int) -> Polynomial:
    """(1 - pᵖ) to the power of `times`, by the binomial theorem."""
    _refuse_long(times)
    return {power * k: (-1) ** k * comb(times, k) for k in range(times + 1)}


def _power(base: Polynomial, times: int) -> Polynomial:
    return _product([base] * times)


def _product(factors: Sequence[Polynomial]) -> Polynomial:
    return reduce(_times, sorted(factors, key=len), ONE)


def _times(one: Polynomial, other: Polynomial) -> Polynomial:
    if len(one) * len(other) > MOST_PRODUCTS:
        raise Uncounted
    product: Polynomial = {}
    for power, times in one.items():
        for further, more in other.items():
            product[power + further] = product.get(power + further, 0) + times * more
    _refuse_long(len(product))
    return product


def _plus(one: Polynomial, other: Polynomial) -> Polynomial:
    total = {power: one.get(power, 0) + other.get(power, 0) for power in one | other}
    return {power: times for power, times in total.items() if times}


def _less(one: Polynomial, other: Mapping[int, int]) -> Polynomial:
    return _plus(one, {power: -times for power, times in other.items()})


def _refuse_long(terms: int) -> None:
    if terms > MOST_TERMS:
        raise Uncounted
