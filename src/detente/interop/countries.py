"""A crosswalk of states: Correlates of War codes, ISO 3166 codes, the names SIPRI uses, with dates.

The table beside this module was put together for Detente. Codes and years of membership follow the
states of [CorrelatesOfWar2017], where membership begins with recognition or, for small states, with
the United Nations. ISO codes are today's where the state still exists and those of its time where
it does not (`CSK`, `DDR`, `YMD`); `XKX`, for Kosovo, is in use but not part of the standard. States
that were gone before ISO 3166 have none.

References
----------
[CorrelatesOfWar2017]
"""

from __future__ import annotations

import csv
import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from detente.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

__all__ = ["State", "by_cow", "by_iso3", "by_sipri", "named", "states", "unmarked"]

FOOTNOTE = re.compile(r"[\s‡†§¶*¹²³⁴\d]+$")


@dataclass(frozen=True)
class State:
    """A state, or a stretch of its membership, under the codes and names others give it."""

    cow: int
    """Correlates of War country code."""
    abbreviation: str
    """Correlates of War abbreviation; not the ISO code: there `AUS` is Austria."""
    iso3: str | None
    """ISO 3166 alpha-3 code."""
    name: str
    """What people call it."""
    sipri: tuple[str, ...]
    """What SIPRI calls it, or has called it."""
    since: int
    """First year of membership in the system of states."""
    until: int | None
    """Last year; None where it still is a member."""

    def is_member(self, year: int) -> bool:
        """Whether it is a member in some part of the year."""
        return self.since <= year and (self.until is None or year <= self.until)


@cache
def states() -> tuple[State, ...]:
    """Every state since 1816, by code; one that was interrupted under its code stands twice."""
    table = files("detente.interop").joinpath("countries.csv").read_text(encoding="utf-8")
    return tuple(
        State(
            int(row["cow"]), row["abbreviation"], row["iso3"] or None, row["name"],
            tuple(filter(None, row["sipri"].split(";"))),
            int(row["since"]), int(row["until"]) if row["until"] else None,
        )
        for row in csv.DictReader(table.splitlines())
    )  # fmt: skip


def by_cow(code: int, year: int | None = None) -> State | None:
    """The state with a Correlates of War code, in a year or at any time."""
    return latest(indexed("cow").get(str(code), ()), year)


def by_iso3(code: str, year: int | None = None) -> State | None:
    """The state with an ISO code, in a year or at any time.

    Two states may share a code one after the other; the one that came last is meant.

    Examples
    --------
    >>> by_iso3("DEU", 1985).name, by_iso3("DEU", 1990).name
    ('West Germany', 'Germany')
    """
    return latest(indexed("iso3").get(code.upper(), ()), year)


def by_sipri(name: str, year: int | None = None) -> State | None:
    """The state that SIPRI calls so, whatever the accents, capitals and marks of footnotes.

    Examples
    --------
    >>> by_sipri("Korea, South").cow, by_sipri("Turkiye‡ 2").iso3
    (732, 'TUR')
    """
    return latest(indexed("sipri").get(unmarked(name), ()), year)


def named(written: str) -> State:
    """The state meant by an ISO code, a Correlates of War code or, failing these, abbreviation.

    Raises
    ------
    InputError
        If there is no such state.

    Examples
    --------
    >>> named("jpn").cow, named("rok").cow, named("710").name, named("aus").name
    (740, 732, 'China', 'Australia')
    """
    found = by_iso3(written) or (by_cow(int(written)) if written.isdecimal() else None)
    found = found or latest(indexed("abbreviation").get(written.upper(), ()), None)
    if found is None:
        cure = "give an ISO code (KOR) or a Correlates of War code (732), also as `rok=KOR`"
        raise InputError(f"no state `{written}`\n  {cure}")
    return found


# ------------------------------------------------------------------------------------------ lookup


def latest(found: Iterable[State], year: int | None) -> State | None:
    """Of several, the one that came last; of a year, among those that are members then."""
    fitting = [state for state in found if year is None or state.is_member(year)]
    return max(fitting, key=lambda state: state.since, default=None)


KEYS: dict[str, Callable[[State], tuple[str, ...]]] = {
    "cow": lambda state: (str(state.cow),),
    "iso3": lambda state: (state.iso3,) if state.iso3 else (),
    "abbreviation": lambda state: (state.abbreviation,),
    "sipri": lambda state: tuple(map(plain, state.sipri)),
}


@cache
def indexed(by: str) -> dict[str, list[State]]:
    index: dict[str, list[State]] = {}
    for state in states():
        for key in KEYS[by](state):
            index.setdefault(key, []).append(state)
    return index


def unmarked(name: str) -> str:
    """Letters and digits of a name without the marks of its footnotes."""
    return plain(FOOTNOTE.sub("", name))


def plain(name: str) -> str:
    """Letters and digits of a name; `&` is `and`."""
    bare = unicodedata.normalize("NFKD", name.casefold().replace("&", " and "))
    return "".join(character for character in bare if character.isalnum())
