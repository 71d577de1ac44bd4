"""Tables of other people's data: read by the names of their columns, every doubt kept with its row.

Nothing is mended in silence. What cannot be read as what it should be is left out or read as
missing, and a problem says so, with the row of the file. Every table carries which version of which
data set it is and when it was retrieved.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from detente.errors import InputError
from detente.interop.countries import states
from detente.interop.reading import Problem

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

__all__ = ["Dataset", "Draft", "Table", "retrieval_date"]

EARLIEST = 1500
MISSING_CODES = (-8, -9)
MISSING_TEXTS = ("", "NA", "NaN", ".")


class Dataset(NamedTuple):
    """A data set as it is named, with the version that is meant where a file says none."""

    name: str
    version: str
    in_file_name: str
    """A pattern with the parts of the version as groups: `atop5_1ddyr`."""


@dataclass(frozen=True, eq=False)
class Table:
    """What was read, from which version of which data set, and what was wrong with it."""

    frame: pd.DataFrame
    """Its index, `row`, is the row of the file."""
    dataset: str
    version: str
    retrieved: date
    """When the file was retrieved: as told, or else when it was last written."""
    file: str
    """The name of the file, without its folder."""
    problems: tuple[Problem, ...]
    """In the order of the file."""

    @property
    def stamp(self) -> str:
        """Data set, version and date of retrieval, in words."""
        return f"{self.dataset} {self.version}, retrieved {self.retrieved}"

    def stamped(self, frame: pd.DataFrame) -> pd.DataFrame:
        """The rows of a frame, each with the data set, its version and its date of retrieval."""
        return frame.assign(
            dataset=self.dataset, version=self.version, retrieved=self.retrieved.isoformat()
        )


class Draft:
    """A table while it is checked: the rows that are still in it, and what was wrong so far."""

    def __init__(self, path: Path, frame: pd.DataFrame, problems: list[Problem]) -> None:
        self.path = path
        self.frame = frame
        self.problems = problems

    def note(self, what: str, found: pd.Series) -> None:
        """Say what is wrong with rows; `found` holds what stands there, by row."""
        self.problems += map(Problem, found.index, [what] * len(found), map(shown, found))

    def leave_out(self, what: str, found: pd.Series) -> None:
        """Leave rows out, and say so."""
        self.note(f"left out: {what}", found)
        self.frame = self.frame.drop(index=found.index)

    def to_numbers(self, column: str) -> None:
        """Read a column as numbers; codes for *missing* and what is no number become NaN."""
        text = self.frame[column]
        places, distinct = pd.factorize(text)  # a million cells, some hundred texts
        numbers = pd.to_numeric(pd.Series(distinct), errors="coerce").to_numpy(np.float64)
        values = pd.Series(np.where(np.isfinite(numbers), numbers, np.nan)[places], text.index)
        unread = text[values.isna()]
        strange = unread[~unread.str.strip().isin(MISSING_TEXTS)]
        self.note(f"{column}: not a number, read as missing", strange)
        coded = values.isin(MISSING_CODES)
        self.note(f"{column}: a code for missing", text[coded])
        self.frame = self.frame.assign(**{column: values.mask(coded)})

    def to_codes(self, *columns: str) -> None:
        """Read columns as country codes; rows with a code that no state has are left out."""
        known = {state.cow for state in states()}
        for column in columns:
            self.to_numbers(column)
            values = self.frame[column]
            self.leave_out(f"{column}: no such state", values[~values.isin(known)])
        self.frame = self.frame.astype(dict.fromkeys(columns, np.int64))

    def to_years(self, column: str, latest: int) -> None:
        """Read a column as years; rows without one are left out."""
        self.to_numbers(column)
        years = self.frame[column]
        is_year = years.between(EARLIEST, latest) & (years % 1 == 0)
        self.leave_out(f"{column}: no year up to {latest}", years[~is_year])
        self.frame = self.frame.astype({column: np.int64})

    def to_flags(self, *columns: str) -> None:
        """Read columns as 1 for yes and 0 for no, anything else as missing."""
        for column in columns:
            self.to_numbers(column)
            values = self.frame[column]
            self.to_missing(column, values.notna() & ~values.isin((0, 1)), "neither 0 nor 1")
            self.frame = self.frame.astype({column: "Int8"})

    def to_missing(self, column: str, where: pd.Series, what: str) -> None:
        """Take values for missing that cannot be, and say so."""
        values = self.frame[column]
        self.note(f"{column}: {what}, read as missing", values[where])
        self.frame = self.frame.assign(**{column: values.mask(where)})

    def to_days(self, column: str, parts: Sequence[str]) -> None:
        """Make one column of year, month and day; rows that name no day are left out."""
        text = self.frame[list(parts)].agg("-".join, axis=1)
        days = pd.to_datetime(text, format="%Y-%m-%d", errors="coerce")
        self.leave_out(f"{column}: no such day", text[days.isna()])
        written = days.dropna().dt.strftime("%Y-%m-%d")
        self.frame = self.frame.drop(columns=list(parts)).assign(**{column: written})

    def once(self, keys: Sequence[str]) -> None:
        """Of rows with the same keys keep the first."""
        again = self.frame.duplicated(list(keys))
        if not again.any():
            return
        rows = self.frame.index.to_series()
        first = rows.groupby([self.frame[key] for key in keys]).transform("first")
        same = self.frame.duplicated()
        found = "row " + first[again].astype(str)
        self.leave_out("says again what another row says", found[same[again]])
        self.leave_out("contradicts another row, which is kept", found[~same[again]])

    def version(self) -> str | None:
        """What the file's own column says, where it says one thing."""
        said = set(self.frame["version"]) if "version" in self.frame else set()
        return said.pop() if len(said) == 1 and not said & {*MISSING_TEXTS} else None

    def table(self, dataset: Dataset, version: str | None, retrieved: date) -> Table:
        """The finished table."""
        if self.frame.empty:
            first = f": {self.problems[0].what}" if self.problems else ""
            raise InputError(f"{self.path}: no row could be read{first}\n  is this the right file?")
        known = version or version_in(self.path.name, dataset) or self.version() or dataset.version
        problems = tuple(sorted(self.problems))
        return Table(self.frame, dataset.name, known, retrieved, self.path.name, problems)


def shown(found: object) -> str:
    """A cell or a number as it stands in a file; nothing where nothing does."""
    if isinstance(found, float):
        return "" if np.isnan(found) else f"{found:g}"
    return str(found)


def version_in(name: str, dataset: Dataset) -> str | None:
    """The version that a file's name gives away."""
    found = re.search(dataset.in_file_name, name, re.IGNORECASE)
    return ".".join(found.groups()) if found else None


def retrieval_date(path: Path, told: date | None) -> date:
    """When a file was retrieved: as told, or when it was last written."""
    if told:
        return told
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC).date()
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}") from None
