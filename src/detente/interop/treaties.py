"""Treaties of several states, where dyads and years carry the numbers of the treaties."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import combinations, permutations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import pandas as pd

    from detente.interop.alliances import Layout, Spell
    from detente.interop.tables import Table

__all__ = ["Treaty", "covered", "treaties"]

NUMBER = re.compile(r"[0-9]{1,12}(?:\.[0-9]{1,12})?")


@dataclass(frozen=True)
class Treaty:
    """A treaty of three states or more that bound all of them alike."""

    number: str
    """The data set's number of it."""
    obligations: tuple[str, ...]
    tenure: Mapping[int, tuple[int, int]]
    """State -> its first and its last year in it."""
    span: tuple[int, int]
    """The first and the last year of the data."""

    @property
    def first(self) -> int:
        """The first year of it."""
        return min(first for first, _ in self.tenure.values())

    @property
    def last(self) -> int:
        """The last year of it."""
        return max(last for _, last in self.tenure.values())

    def binds(self, states: tuple[int, int], year: int) -> bool:
        """Whether two states were in it in a year."""
        return all(
            state in self.tenure and self.tenure[state][0] <= year <= self.tenure[state][1]
            for state in states
        )


def treaties(table: Table, layout: Layout, codes: Sequence[int], years: range) -> list[Treaty]:
    """The treaties of three or more of some states that reach into some years.

    Only those are taken of which the rows are just what whole members imply: each is in it for one
    row of years, and each owes every other the same for as long as both are.

    Parameters
    ----------
    table
        What `read_dyad_years` returned.
    layout
        As for reading.
    codes
        Correlates of War codes.
    years
        The years asked for.

    Returns
    -------
    list of Treaty
        In the order of the file; none where the rows carry no numbers.
    """
    frame = table.frame
    if "treaty" not in frame:
        return []
    span = (int(frame["year"].min()), int(frame["year"].max()))
    among = frame[frame["state1"].isin(codes) & frame["state2"].isin(codes)]
    numbered = among.assign(treaty=among["treaty"].str.split()).explode("treaty")
    return [
        treaty
        for number, rows in numbered.groupby("treaty", sort=False)
        if NUMBER.fullmatch(str(number))
        for treaty in whole(str(number), rows, layout, span)
        if treaty.first < years.stop and treaty.last >= years.start
    ]


def whole(
    number: str, rows: pd.DataFrame, layout: Layout, span: tuple[int, int]
) -> Iterator[Treaty]:
    """The treaty of some rows, if it bound all of three or more alike."""
    keys = rows[["state1", "state2", "year"]]
    ends = keys.melt("year", value_name="state").groupby("state")["year"].agg(["min", "max"])
    tenure = {int(state): (int(first), int(last)) for state, first, last in ends.itertuples()}
    owed = [each for each in layout.obligations if rows[each].eq(1).fillna(False).all()]
    pairs = permutations if layout.is_directed else combinations
    implied = {
        (one, two, year)
        for one, two in pairs(sorted(tenure), 2)
        for year in range(
            max(tenure[one][0], tenure[two][0]), min(tenure[one][1], tenure[two][1]) + 1
        )
    }
    if len(tenure) > 2 and owed and implied == set(keys.itertuples(index=False, name=None)):
        yield Treaty(number, tuple(owed), tenure, span)


def covered(spell: Spell, among: Sequence[Treaty]) -> bool:
    """Whether treaties say all that a spell does."""
    binding = [treaty for treaty in among if spell.obligation in treaty.obligations]
    return not spell.missing and all(
        any(treaty.binds(spell.states, year) for treaty in binding)
        for year in range(spell.first, spell.last + 1)
    )
