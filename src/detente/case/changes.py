"""What makes two cases the same, and what differs between them.

A case is what its files say: the values and their order where order decides something. Comments,
the layout, the spelling of blanks and the file in which a section stands are no part of it.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from dataclasses import dataclass
from hashlib import sha256
from operator import itemgetter
from typing import TYPE_CHECKING, Literal

from detente.case.document import Document
from detente.case.opening import located, opened

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Mapping, Sequence
    from pathlib import Path

    from detente.case.document import Route, Value

    Parts = Sequence[tuple[str | int, Value]]
    Pair = tuple[int, int]

__all__ = ["Change", "Kind", "case_hash", "changes"]

Kind = Literal["added", "removed", "changed", "moved"]

ORDERED = frozenset(
    {
        "actors", "aftermath.*", "arcs", "arrangements", "capabilities", "claims", "commands",
        "commitments", "events", "indicators", "layers", "options", "options.*",
        "options.*.*.levels", "perceptions", "precedents", "signals", "sources", "strategies",
        "tasks", "uncertainties", "uncertainties.*.weights", "views",
    }
)  # fmt: skip
"""Mappings whose order counts: it decides codes, levels and draws, or the order of results."""

KEYS = ("id", "prefer", "when")
"""Fields by which an item of a list is known again when something else in it changes."""

LONGEST = 60  # characters of a value that are printed


@dataclass(frozen=True)
class Change:
    """One difference between two cases."""

    place: str
    """Where it stands, items counted from 1: `preferences.prc.4.credence`. In the new case; of
    what was removed, in the old one."""
    kind: Kind
    old: Value = None
    """What stood there; of something moved its place among its neighbours, from 1."""
    new: Value = None

    def __str__(self) -> str:
        if self.kind == "changed":
            return f"{self.place}: {brief(self.old)} -> {brief(self.new)}"
        if self.kind == "moved":
            return f"{self.place}: moved from place {self.old} to {self.new}"
        value = self.old if self.kind == "removed" else self.new
        return f"{self.place}: {self.kind}: {brief(value)}"


def brief(value: Value) -> str:
    """A value on one line, cut where it is long."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def case_hash(case: str | Path | Document) -> str:
    """The SHA-256 of what a case says, in hexadecimal digits.

    Parameters
    ----------
    case
        A path as `load` takes it, or a document that was read.

    Raises
    ------
    InputError
        If nothing is there.
    CaseError
        With everything that keeps a file from being read as YAML.

    Examples
    --------
    >>> case_hash("fang/chicken") == case_hash("fang/chicken")
    True
    >>> case_hash("fang/chicken") == case_hash("fang/prisoners_dilemma")
    False
    """
    return sha256(canonical(value_of(case), ()).encode()).hexdigest()


def changes(old: str | Path | Document, new: str | Path | Document) -> tuple[Change, ...]:
    """What differs between two cases, in the order of the new one.

    Parameters
    ----------
    old, new
        Paths as `load` takes them, or documents that were read.

    Returns
    -------
    tuple of Change
        Empty if and only if both have the same `case_hash`.

    Raises
    ------
    InputError
        If nothing is there.
    CaseError
        With everything that keeps a file from being read as YAML.
    """
    return tuple(differences(value_of(old), value_of(new), ()))


def value_of(case: str | Path | Document) -> Value:
    """What stands in a case, blanks in its texts evened out."""
    document = case if isinstance(case, Document) else opened(located(str(case)))[0]
    return evened(document.value)


def evened(value: Value) -> Value:
    """The same with one blank wherever a text has several, or a line end."""
    if isinstance(value, dict):
        return {key: evened(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [evened(inner) for inner in value]
    return " ".join(value.split()) if isinstance(value, str) else value


def canonical(value: Value, route: Route) -> str:
    """One spelling for all that is the same; keys are sorted where their order means nothing."""
    if isinstance(value, dict):
        keys = value if is_ordered(route) else sorted(value)
        inner = (f"{json.dumps(key)}:{canonical(value[key], (*route, key))}" for key in keys)
        return f"{{{','.join(inner)}}}"
    if isinstance(value, list):
        items = (canonical(item, (*route, place)) for place, item in enumerate(value))
        return f"[{','.join(items)}]"
    return json.dumps(value)


def is_ordered(route: Route) -> bool:
    """Whether the order of the keys of the mapping at this place counts."""
    return any(matches(route, pattern.split(".")) for pattern in ORDERED)


def matches(route: Route, pattern: Sequence[str]) -> bool:
    pairs = zip(route, pattern, strict=False)
    return len(route) == len(pattern) and all(want in ("*", step) for step, want in pairs)


# -------------------------------------------------------------------------------------- differences


def differences(old: Value, new: Value, route: Route) -> Iterator[Change]:
    """What differs between two values at the same place."""
    if isinstance(old, dict) and isinstance(new, dict):
        pairs = [(list(old).index(key), place) for place, key in enumerate(new) if key in old]
        counts = is_ordered(route)
        yield from between(list(old.items()), list(new.items()), pairs, route, counts)
    elif isinstance(old, list) and isinstance(new, list) and any(map(is_item, [*old, *new])):
        yield from between(list(enumerate(old)), list(enumerate(new)), paired(old, new), route)
    elif old != new:
        yield Change(named(route), "changed", old, new)


def between(
    old: Parts, new: Parts, pairs: Sequence[Pair], route: Route, counts: bool = True
) -> Iterator[Change]:
    """What differs between two mappings or lists whose parts are paired by their places.

    `counts`: whether their order does.
    """
    stays = in_order(pairs) if counts else set(pairs)
    known = {before for before, _ in pairs}
    for before, (step, value) in enumerate(old):
        if before not in known:
            yield Change(named((*route, step)), "removed", old=value)
    then = {place: before for before, place in pairs}
    for place, (step, value) in enumerate(new):
        here = (*route, step)
        if place not in then:
            yield Change(named(here), "added", new=value)
            continue
        if (then[place], place) not in stays:
            yield Change(named(here), "moved", str(then[place] + 1), str(place + 1))
        yield from differences(old[then[place]][1], value, here)


def named(route: Route) -> str:
    """The route in words, items counted from 1."""
    return ".".join(str(step + 1 if isinstance(step, int) else step) for step in route)


# ------------------------------------------------------------------------------ pairing list items


def is_item(value: Value) -> bool:
    """Whether it can be known again; a list of texts is compared as a whole."""
    return isinstance(value, dict)


def paired(old: Sequence[Value], new: Sequence[Value]) -> list[Pair]:
    """Which item of the old list is which of the new, in the order of the new.

    First those that are the same, then those of one name or expression, then what is left over
    between the same neighbours.
    """
    pairs: list[Pair] = []
    for mark in (whole, identity):
        before, after = (dict(enumerate(map(mark, items))) for items in (old, new))
        pairs += matched(before, after, pairs)
    stays = in_order(pairs)
    here, there = (
        {place: sum(pair[side] < place for pair in stays) for place in range(len(items))}
        for side, items in enumerate((old, new))
    )
    return sorted([*pairs, *matched(here, there, pairs)], key=itemgetter(1))


def whole(item: Value) -> Hashable:
    return canonical(item, ())


def identity(item: Value) -> Hashable:
    """By what an item is known again when something else in it changes, if there is such."""
    written = item if isinstance(item, dict) else {}
    return next((f"{key} {written[key]}" for key in KEYS if key in written), None)


def matched(
    old: Mapping[int, Hashable], new: Mapping[int, Hashable], known: Sequence[Pair]
) -> list[Pair]:
    """Places of the same mark, the first with the first, that are in no known pair."""
    waiting: dict[Hashable, list[int]] = {}
    for place, mark in old.items():
        if mark is not None and all(place != before for before, _ in known):
            waiting.setdefault(mark, []).append(place)
    free = [place for place in new if all(place != after for _, after in known)]
    return [(waiting[new[place]].pop(0), place) for place in free if waiting.get(new[place])]


def in_order(pairs: Sequence[Pair]) -> set[Pair]:
    """As many of the pairs as can be that stand in the same order on both sides."""
    longest: list[list[Pair]] = [[]]  # of each length, the one that ends earliest in the old
    for pair in sorted(pairs, key=itemgetter(1)):
        at = bisect_left([chain[-1] for chain in longest[1:]], pair) + 1
        longest[at : at + 1] = [[*longest[at - 1], pair]]
    return set(longest[-1])
