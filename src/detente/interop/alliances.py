"""Alliance obligations by dyad and year, and the spells for which they held."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from detente.errors import InputError
from detente.interop.reading import read_cells
from detente.interop.tables import Draft, retrieval_date

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from detente.interop.reading import Columns
    from detente.interop.tables import Dataset, Table

__all__ = ["LAYERS", "Layout", "Spell", "read_dyad_years", "runs", "spells"]

LAYERS: Mapping[str, str] = {
    "defense": "defence_treaty",
    "offense": "offense",
    "neutrality": "neutrality",
    "nonaggression": "nonaggression",
    "consultation": "consultation",
}
"""Obligation -> the layer of the network in which it stands."""


class Layout(NamedTuple):
    """How a data set writes dyads and years."""

    dataset: Dataset
    columns: Columns
    """`state1`, `state2`, `year` and obligations, some of `LAYERS`."""
    optional: Columns
    """The number of a row's treaty: `treaty`, or `treaty1` and so on for several."""
    is_directed: bool
    """Whether a row says what state 1 owes state 2, the reverse standing in another row."""

    @property
    def obligations(self) -> tuple[str, ...]:
        """The obligations it knows."""
        return tuple(obligation for obligation in LAYERS if obligation in self.columns)


@dataclass(frozen=True)
class Spell:
    """Consecutive years in which an obligation held between two states.

    Years for which the data do not say whether it did are no end of it if it held on either side.
    """

    states: tuple[int, int]
    """Correlates of War codes, the lower one first."""
    obligation: str
    first: int
    """The first year of it."""
    last: int
    """The last year of it."""
    from_start: bool
    """Whether the data, as far as they say, begin with its first year: it may be older."""
    to_end: bool
    """Whether the data, as far as they say, end with its last year: it may go on."""
    one_sided: Mapping[int, tuple[int, ...]]
    """State -> the years in which it was obliged and the other known not to be."""
    missing: Mapping[int, tuple[int, ...]]
    """State -> the years for which the data do not say whether it was obliged: in the spell, or in
    an unbroken row before or after it."""
    treaties: tuple[str, ...]
    """The data set's numbers of the treaties, where it gives any."""


def read_dyad_years(
    path: Path, layout: Layout, version: str | None = None, retrieved: date | None = None
) -> Table:
    """Every dyad and year of a file, with the obligations as 1, 0 or missing.

    Rows without a year or with a code no state has, and repeated ones, are left out; an obligation
    on one side only, and a row whose reverse is missing, are kept and reported.

    Parameters
    ----------
    path
        A CSV file, which may be compressed by gzip.
    layout
        How the data set writes it.
    version, retrieved
        Of the data; if not told, the file's name and date say it.

    Raises
    ------
    InputError
        If the file cannot be read as such a table.
    """
    day = retrieval_date(path, retrieved)
    draft = Draft(path, *read_cells(path, layout.columns, layout.optional))
    draft.to_years("year", day.year)
    draft.to_codes("state1", "state2")
    itself = draft.frame["state1"] == draft.frame["state2"]
    draft.leave_out("a state with itself", draft.frame["state1"][itself])
    draft.to_flags(*layout.obligations)
    if not layout.is_directed:  # the same dyad may stand the other way round
        pairs = np.sort(draft.frame[["state1", "state2"]].to_numpy(), axis=1)
        draft.frame = draft.frame.assign(state1=pairs[:, 0], state2=pairs[:, 1])
    draft.once([key for key in ("treaty", "state1", "state2", "year") if key in draft.frame])
    draft.frame = numbered(draft.frame)
    if layout.is_directed:
        compare_directions(draft, layout.obligations)
    return draft.table(layout.dataset, version, day)


def numbered(frame: pd.DataFrame) -> pd.DataFrame:
    """Rows with the numbers of their treaties, which may stand in several columns, in one."""
    columns = [column for column in frame if re.fullmatch(r"treaty\d+", str(column))]
    if not columns:
        return frame
    texts = pd.Series("", frame.index)
    for column in columns:
        numbers = pd.to_numeric(frame[column], errors="coerce")
        texts += [f"{number:.12g} " if number > 0 else "" for number in numbers]
    return frame.drop(columns=columns).assign(treaty=texts.str.strip())


def compare_directions(draft: Draft, obligations: Sequence[str]) -> None:
    """Report rows whose reverse is missing or says something else."""
    frame = draft.frame
    there = pd.MultiIndex.from_frame(frame[["state1", "state2", "year"]])
    back = pd.MultiIndex.from_frame(frame[["state2", "state1", "year"]])
    reverse = there.get_indexer(back)
    draft.note("no row the other way round", dyads(frame[reverse < 0]))
    for obligation in obligations:
        owed = frame[obligation].to_numpy(float, na_value=np.nan)
        denied = (reverse >= 0) & (owed[reverse] == 0)
        draft.note(f"{obligation}: on one side only", dyads(frame[(owed == 1) & denied]))


def dyads(frame: pd.DataFrame) -> pd.Series:
    """`2-235 1944`, by row."""
    states = frame["state1"].astype(str) + "-" + frame["state2"].astype(str)
    return states + " " + frame["year"].astype(str)


# ------------------------------------------------------------------------------------------- spells


def spells(table: Table, layout: Layout, codes: Sequence[int], years: range) -> list[Spell]:
    """The spells of every obligation among some states that reach into some years.

    A spell is never cut where the asked years begin or end.

    Parameters
    ----------
    table
        What `read_dyad_years` returned.
    layout
        As for reading.
    codes
        Correlates of War codes of at least two states.
    years
        The years asked for.

    Returns
    -------
    list of Spell
        Pair by pair in the order of `codes`, obligations in the order of `LAYERS`, then by year.

    Raises
    ------
    InputError
        If there are fewer than two states.
    """
    if len(set(codes)) < 2:
        raise InputError("fewer than two states\n  an arrangement is among at least two")
    frame = table.frame
    span = (int(frame["year"].min()), int(frame["year"].max()))
    among = frame[frame["state1"].isin(codes) & frame["state2"].isin(codes)]
    return [
        spell
        for pair in combinations(dict.fromkeys(codes), 2)
        for obligation in layout.obligations
        for spell in spells_of(among, (min(pair), max(pair)), obligation, layout, span)
        if spell.first < years.stop and spell.last >= years.start
    ]


def spells_of(
    among: pd.DataFrame,
    pair: tuple[int, int],
    obligation: str,
    layout: Layout,
    span: tuple[int, int],
) -> Iterator[Spell]:
    """The spells of one obligation between two states."""
    rows = among[among["state1"].isin(pair) & among["state2"].isin(pair)]
    owing = owed_by_year(rows, pair, obligation, layout)
    obliged = rows[rows[obligation].eq(1).fillna(False)]
    for begin, end in runs(year for year, owed in owing.items() if {True, None} & {*owed.values()}):
        years = range(begin, end + 1)
        sure = [year for year in years if True in owing[year].values()]
        if not sure:
            continue
        within = obliged[obliged["year"].isin(years)]
        numbers = " ".join(within["treaty"]).split() if "treaty" in within else ()
        yield Spell(
            pair, obligation, sure[0], sure[-1], begin == span[0], end == span[1],
            one_sided=years_when(owing, years, lambda own, other: own is True and other is False),
            missing=years_when(owing, years, lambda own, _: own is None),
            treaties=tuple(dict.fromkeys(numbers)),
        )  # fmt: skip


def owed_by_year(
    rows: pd.DataFrame, pair: tuple[int, int], obligation: str, layout: Layout
) -> dict[int, dict[int, bool | None]]:
    """Whether each of two states was obliged, by year; None where the rows do not say."""
    said: dict[int, dict[int, set[float]]] = defaultdict(lambda: {state: set() for state in pair})
    values = rows[obligation].to_numpy(float, na_value=np.nan)
    for state, year, value in zip(rows["state1"], rows["year"], values, strict=True):
        for each in (state,) if layout.is_directed else pair:
            said[year][each].add(value)
    return {
        year: {state: True if 1 in of else False if of == {0} else None for state, of in by.items()}
        for year, by in said.items()
    }


def years_when(
    owing: Mapping[int, Mapping[int, bool | None]],
    years: Iterable[int],
    is_so: Callable[[bool | None, bool | None], bool],
) -> dict[int, tuple[int, ...]]:
    """State -> the years in which something is so of its own obligation and of the other's."""
    found: dict[int, tuple[int, ...]] = {}
    for year in years:
        (one, own), (two, other) = owing[year].items()
        if is_so(own, other):
            found[one] = (*found.get(one, ()), year)
        if is_so(other, own):
            found[two] = (*found.get(two, ()), year)
    return found


def runs(years: Iterable[int]) -> Iterator[tuple[int, int]]:
    """First and last of each run of consecutive years.

    Examples
    --------
    >>> list(runs([1954, 1951, 1952]))
    [(1951, 1952), (1954, 1954)]
    """
    ordered = sorted(years)
    starts = [year for year in ordered if year - 1 not in ordered]
    ends = [year for year in ordered if year + 1 not in ordered]
    yield from zip(starts, ends, strict=True)
