"""Correlates of War: formal alliances 4.1, national material capabilities, states.

References
----------
[Gibler2009], [SingerBremerStuckey1972], [CorrelatesOfWar2017]
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from detente.interop.alliances import Layout, read_dyad_years
from detente.interop.countries import by_cow
from detente.interop.reading import read_cells
from detente.interop.tables import Dataset, Draft, retrieval_date

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

    import pandas as pd

    from detente.interop.tables import Table

__all__ = [
    "ALLIANCES",
    "COMPONENTS",
    "read_alliances",
    "read_nmc",
    "read_states",
    "tidy_nmc",
    "tidy_states",
]

ALLIANCES = Layout(
    Dataset("COW alliances", "4.1", r"alliance_v(\d+)\.(\d+)"),
    {
        "state1": ("ccode1",),
        "state2": ("ccode2",),
        "year": ("year",),
        "defense": ("defense", "cow_defense"),
        "neutrality": ("neutrality", "cow_neutral"),
        "nonaggression": ("nonaggression", "cow_nonagg"),
        "consultation": ("entente", "cow_entente"),
    },
    optional={"treaty": ("version4id",)},
    is_directed=False,
)
"""`alliance_v4.1_by_dyad_yearly.csv`. An entente is a promise to consult. The file that is called
directed holds each dyad once, too."""

NMC = Dataset("COW NMC", "7.0", r"NMC[-_](\d)[-_.]?(\d)")
STATES = Dataset("COW states", "2016", r"states(\d{4})")

DATE_PARTS = ("year", "month", "day")
COMPONENTS: Mapping[str, str] = {
    "milex": "thousand current US$",
    "milper": "thousand persons",
    "irst": "thousand tons",
    "pec": "thousand tons of coal equivalent",
    "tpop": "thousand persons",
    "upop": "thousand persons",
}
"""Component of capability -> its unit; before 1914, spending is in thousand current pounds."""


def read_alliances(path: Path, version: str | None = None, retrieved: date | None = None) -> Table:
    """What pairs of states had promised each other in each year; as for `read_dyad_years`.

    A pair with two treaties has two rows a year; `treaty` tells them apart.
    """
    return read_dyad_years(path, ALLIANCES, version, retrieved)


def read_nmc(path: Path, version: str | None = None, retrieved: date | None = None) -> Table:
    """Components of capability and the published index, by state and year.

    Missing values are NaN; the codes -9 and -8 are reported as such.

    Parameters
    ----------
    path
        `NMC-70-abridged.csv`, or the same columns without `version`.
    version, retrieved
        Of the data; if not told, the file's name or column and its date say it.

    Raises
    ------
    InputError
        If the file cannot be read as such a table.
    """
    day = retrieval_date(path, retrieved)
    values = (*COMPONENTS, "cinc")
    columns = {"state": ("ccode",), "year": ("year",), **{name: (name,) for name in values}}
    draft = Draft(path, *read_cells(path, columns, {"version": ("version",)}))
    draft.to_years("year", day.year)
    draft.to_codes("state")
    for value in values:
        draft.to_numbers(value)
        draft.to_missing(value, draft.frame[value] < 0, "below 0")
    draft.once(["state", "year"])
    return draft.table(NMC, version, day)


def tidy_nmc(table: Table) -> pd.DataFrame:
    """One row for each state, year and value, with its unit and the data set's stamp."""
    wide = table.frame.drop(columns="version", errors="ignore")
    tall = wide.melt(["state", "year"], var_name="quantity").dropna(subset="value")
    tall["unit"] = tall["quantity"].map({**COMPONENTS, "cinc": "share of the system"})
    in_pounds = (tall["quantity"] == "milex") & (tall["year"] < 1914)
    tall.loc[in_pounds, "unit"] = "thousand current British pounds"
    iso3 = {code: state.iso3 for code in tall["state"].unique() if (state := by_cow(code))}
    tall.insert(1, "iso3", tall["state"].map(iso3))
    ordered = tall.sort_values(["state", "year"], kind="stable").rename(columns={"state": "cow"})
    return table.stamped(ordered)


def read_states(path: Path, version: str | None = None, retrieved: date | None = None) -> Table:
    """States with the days on which their membership in the system began and ended.

    The version is the last year of the data; where a state is still a member on its last day,
    `until` is empty.

    Parameters
    ----------
    path
        `states2016.csv`.
    version, retrieved
        Of the data; if not told, the file's name or column and its date say it.

    Raises
    ------
    InputError
        If the file cannot be read as such a table.
    """
    day = retrieval_date(path, retrieved)
    columns = {"cow": ("ccode",), "abbreviation": ("stateabb",), "name": ("statenme",)}
    parts = {f"{end}{part}": (f"{end}{part}",) for end in ("st", "end") for part in DATE_PARTS}
    draft = Draft(path, *read_cells(path, columns | parts, {"version": ("version",)}))
    draft.to_codes("cow")
    draft.to_days("since", [f"st{part}" for part in DATE_PARTS])
    draft.to_days("until", [f"end{part}" for part in DATE_PARTS])
    frame = draft.frame
    draft.leave_out("until: before since", frame["until"][frame["until"] < frame["since"]])
    draft.once(["cow", "since"])
    table = draft.table(STATES, version, day)
    until = table.frame["until"]
    still = until.mask(until == f"{table.version}-12-31", "")
    return replace(table, frame=table.frame.assign(until=still))


def tidy_states(table: Table) -> pd.DataFrame:
    """One row for each spell of membership, with the data set's stamp."""
    frame = table.frame.drop(columns="version", errors="ignore")
    iso3 = [state.iso3 if (state := by_cow(code)) else None for code in frame["cow"]]
    frame.insert(1, "iso3", iso3)
    return table.stamped(frame)
