"""Whether what actors want says enough, and nothing idle."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np

from detente.case import states
from detente.case.checks.draft import Finding, option_route, placed
from detente.case.situation import Ranking, Statements, Utility

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from detente.case.checks.draft import Draft
    from detente.case.document import Route
    from detente.case.expression import Expression
    from detente.case.situation import Preference, Statement

__all__ = [
    "bystanders_with_preferences", "compared_states", "idle_statements", "incomplete_rankings",
    "indifferent_actors", "is_possible", "lesser_before_greater", "own_instruments_as_ends",
    "ranked_infeasible_states", "unmentioned_options", "utilities_not_finite",
]  # fmt: skip

MOST_NAMED = 3
MOST_COMPARED = 2**25  # states times statements; beyond, idleness is not asked
LONGEST_TABLE = 2**22  # entries


def indifferent_actors(draft: Draft) -> Iterator[Finding]:
    """Decision makers without preferences."""
    for actor, preference in draft.situation.preferences.items():
        if isinstance(preference, Statements) and not preference.statements:
            message = f"`{actor}` has no preferences: it is indifferent"
            yield Finding(("options", actor), message, key=True)


def bystanders_with_preferences(draft: Draft) -> Iterator[Finding]:
    """Preferences of actors that can do nothing about them."""
    written = draft.document.value
    assert isinstance(written, dict)
    entries = written["preferences"]
    assert isinstance(entries, dict)
    for actor in entries.keys() - draft.situation.preferences.keys():
        message = f"`{actor}` has no options: its preferences change nothing"
        yield Finding(("preferences", actor), message, key=True)


def unmentioned_options(draft: Draft) -> Iterator[Finding]:
    """Options on which nobody's preferences depend."""
    preferences = draft.situation.preferences.values()
    if any(isinstance(preference, Ranking) for preference in preferences):
        return  # a ranking speaks about whole states
    formulas = [formula for preference in preferences for formula in formulas_of(preference)]
    mentioned = frozenset[str]().union(*(formula.options for formula in formulas))
    for option in draft.options:
        if option.id not in mentioned:
            message = f"nobody's preferences mention `{option.id}`"
            yield Finding(option_route(option), message, key=True)


def formulas_of(preference: Preference) -> Sequence[Expression]:
    if isinstance(preference, Statements):
        return [statement.prefer for statement in preference.statements]
    return [preference.utility] if isinstance(preference, Utility) else []


# --------------------------------------------------------------------------------- idle statements


def idle_statements(draft: Draft) -> Iterator[Finding]:
    """Statements that never separate two states which those before them leave tied."""
    for route, preference in draft.preferences_of(Statements):
        yield from idle_among(draft, list(placed(route, preference.statements)))


def idle_among(draft: Draft, listed: list[tuple[Route, Statement]]) -> Iterator[Finding]:
    """The idle ones of one list.

    Only what is sure is said: a statement counts as standing before another if it is held in every
    future, and one of a group is judged as if it came first in it.
    """
    certain = [(route, s) for route, s in listed if not s.prefer.uncertainties]
    patterns = distinct_patterns(draft, [statement.prefer for _, statement in certain])
    if patterns is None:
        return
    settled = np.zeros(len(patterns), dtype=np.intp)  # the class of each pattern so far
    judged = zip(certain, patterns.T, strict=True)
    for _, run in groupby(judged, key=lambda item: rank_in_list(item[0][0])):
        group = list(run)
        for (route, _), truth in group:
            if not separates(settled, truth):
                yield Finding(route, *why_idle(truth))
        for (_, statement), truth in group:
            if statement.when is None and statement.credence is None and not statement.unknown:
                settled = refined(settled, truth)


def rank_in_list(route: Route) -> Route:
    """What the statements of one `any_order` group share."""
    return route[: route.index("any_order")] if "any_order" in route else route


def separates(settled: NDArray[np.intp], truth: NDArray[np.bool_]) -> bool:
    return bool(refined(settled, truth).max() > settled.max())


def refined(settled: NDArray[np.intp], truth: NDArray[np.bool_]) -> NDArray[np.intp]:
    """The classes that a truth value makes of these classes, numbered without gaps."""
    return np.unique(settled * 2 + truth, return_inverse=True)[1]


def why_idle(truth: NDArray[np.bool_]) -> tuple[str, str]:
    if truth.all() or not truth.any():
        value = "true" if truth.all() else "false"
        return f"never decides: it is {value} in every feasible state", "leave it out"
    message = "never decides: the statements before it settle every case"
    return message, "leave it out, or put it higher"


def distinct_patterns(draft: Draft, formulas: Sequence[Expression]) -> NDArray[np.bool_] | None:
    """The different rows of truth values that occur in feasible states, one column per formula.

    None where too many states would have to be gone through.
    """
    named = frozenset[str]().union(*(formula.options for formula in formulas))
    unnamed = tuple(axis for axis, option in enumerate(draft.options) if option.id not in named)
    occurring = draft.feasible.any(axis=unnamed, keepdims=True)
    if occurring.size * len(formulas) > MOST_COMPARED:
        return None
    patterns = np.zeros((1, 0), dtype=np.bool_)
    word = np.zeros(occurring.shape, dtype=np.int64)  # a state's pattern, then its next truths
    ahead = 0
    for formula in formulas:
        word, ahead = word << 1 | formula.on(draft.values), ahead + 1
        if len(patterns) << ahead >= LONGEST_TABLE or formula is formulas[-1]:
            found = np.flatnonzero(np.bincount(word[occurring]))
            truths = found[:, None] >> np.arange(ahead)[::-1] & 1
            patterns = np.hstack([patterns[found >> ahead], truths.astype(np.bool_)])
            word, ahead = np.searchsorted(found, word), 0
    return patterns


# --------------------------------------------------------------------------- roles and whole states


def own_instruments_as_ends(draft: Draft) -> Iterator[Finding]:
    """Ends that name an option of the actor itself."""
    for route, statement in draft.statements():
        own = [name for name in statement.prefer.names if name.startswith(f"{statement.actor}.")]
        if statement.role == "end" and own:
            message = f"is called an end, and names the own instrument `{min(own)}`"
            hint = "role: means; a claim that leans on it is then called assumed"
            yield Finding(route, message, hint)


def incomplete_rankings(draft: Draft) -> Iterator[Finding]:
    """Rankings that leave out a feasible state, name one twice, or name what is no state."""
    for route, ranking in draft.preferences_of(Ranking):
        codes = Counter(code for tied in ranking.classes for code in tied)
        yield from not_states(draft, (*route, "ranking"), ranking)
        for code, times in codes.items():
            if times > 1:
                yield Finding((*route, "ranking"), f"`{code}` is ranked twice", key=True)
        missing = unranked(draft, codes)
        if len(missing):
            more = f" and {len(missing) - MOST_NAMED:,} more" if len(missing) > MOST_NAMED else ""
            named = [states.code(levels) for levels in missing[:MOST_NAMED]]
            message = f"leaves out {', '.join(named)}{more}"
            yield Finding((*route, "ranking"), message, "rank every feasible state once", key=True)


def not_states(draft: Draft, route: Route, ranking: Ranking) -> Iterator[Finding]:
    for place, tied in enumerate(ranking.classes):
        for code in tied:
            if states.code_levels(code, draft.options) is None:
                hint = f"one character for each of the {len(draft.options)} options"
                yield Finding(
                    (*route, ranking.place(place)), f"`{code}` is not the code of a state", hint
                )


def unranked(draft: Draft, codes: Iterable[str]) -> NDArray[np.intp]:
    """The feasible states that are not among the codes: their levels, one row per state."""
    left = draft.possible.copy()
    for code in codes:
        levels = states.code_levels(code, draft.options)
        if levels is not None:
            left[levels] = False
    return np.argwhere(left)


def ranked_infeasible_states(draft: Draft) -> Iterator[Finding]:
    """Infeasible states in a ranking, which are left out of it."""
    for route, ranking in draft.preferences_of(Ranking):
        for place, tied in enumerate(ranking.classes):
            for code in tied:
                levels = states.code_levels(code, draft.options)
                if levels is not None and not draft.possible[levels]:
                    message = f"`{code}` is infeasible and is left out"
                    yield Finding((*route, "ranking", ranking.place(place)), message)


def lesser_before_greater(draft: Draft) -> Iterator[Finding]:
    """Statements that matter much more than one that stands before them, or may."""
    for route, preference in draft.preferences_of(Statements):
        least = max((each.degree for each in preference.statements), default=1)
        for _, run in groupby(
            placed(route, preference.statements), key=lambda item: rank_in_list(item[0])
        ):
            group = list(run)
            for at, statement in group:
                if statement.degree > min(least, *(each.degree for _, each in group)):
                    message = "matters much more than a statement before it, or that may be"
                    yield Finding((*at[:-1], "much_more"), message, "put it higher")
            least = min(least, *(each.degree for _, each in group))


def compared_states(draft: Draft) -> Iterator[Finding]:
    """States that are compared fuzzily or not at all and are none, or are the same."""
    for route, ranking in draft.preferences_of(Ranking):
        groups = [(("unknown", place), codes) for place, codes in enumerate(ranking.unknown)]
        pairs = [
            (("fuzzy", place), (pair.better, pair.than)) for place, pair in enumerate(ranking.fuzzy)
        ]
        for at, codes in [*groups, *pairs]:
            for code in codes:
                if not is_possible(draft, code):
                    yield Finding((*route, *at), f"`{code}` is not the code of a feasible state")
            if len(set(codes)) < len(codes):
                yield Finding((*route, *at), "compares a state with itself")
        times = Counter(frozenset(codes) for _, codes in pairs)
        for at, codes in pairs:
            if times[frozenset(codes)] > 1 and len(set(codes)) > 1:
                yield Finding((*route, *at), "says twice how these two compare", "keep one of them")


def is_possible(draft: Draft, code: str) -> bool:
    """Whether a text is the code of a state that can be."""
    levels = states.code_levels(code, draft.options)
    return levels is not None and bool(draft.possible[levels])


def utilities_not_finite(draft: Draft) -> Iterator[Finding]:
    """Utilities that are infinite or not a number in a feasible state."""
    for route, preference in draft.preferences_of(Utility):
        strange = draft.feasible & ~np.isfinite(preference.utility.on(draft.values))
        if strange.any():
            message = f"is not a number in {int(strange.sum()):,} feasible states"
            hint = f"{states.code(np.argwhere(strange)[0])} is one of them"
            yield Finding((*route, "utility"), message, hint)
