"""SIPRI's workbook of military expenditure: every sheet by country, as one tidy table.

A sheet has lines of title, then a row that begins with `Country`, then regions and countries; a
column without a name may stand among them. `...` is unavailable, `xxx` was not independent; blue
figures are estimates, red ones uncertain. Releases revise earlier years: in the release of 2024
Japan's spending grew by 7.4 % in 2022, in that of 2025 it fell by 5.9 %. So the release goes with
every value.
"""

from __future__ import annotations

import re
import warnings
import zipfile
import zlib
from contextlib import closing
from typing import TYPE_CHECKING, Any, NamedTuple
from xml.etree.ElementTree import ParseError

import openpyxl
import pandas as pd

from detente.errors import InputError
from detente.interop.countries import by_sipri, unmarked
from detente.interop.reading import LARGEST, Problem
from detente.interop.tables import Table, retrieval_date

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from pathlib import Path

__all__ = ["read_sipri", "tidy_sipri"]

DATASET = "SIPRI military expenditure"
SHEETS = (
    (r"constant \((?P<year>\d{4})\) us\$", "constant_usd", "million constant {year} US$"),
    (r"current us\$", "current_usd", "million current US$"),
    (r"share of gdp", "share_of_gdp", "share of GDP"),
    (r"per capita", "per_capita", "current US$ per person"),
    (r"share of gov.* spending", "share_of_government", "share of government spending"),
    (r"local currency cal.*", "local_currency_calendar", "{scale}local currency"),
    (r"local currency fin.*", "local_currency_financial", "{scale}local currency"),
)
"""Name of a sheet -> what it measures, and in which unit."""

RELEASE = re.compile(r"©\s*SIPRI\s*(\d{4})")
SCALE = re.compile(r"\b(million|billion)s?\b")
WRITTEN = re.compile(
    r"(?P<open>[\[(]?)\s*(?P<number>(\d+|\d{1,3}([,\s]\d{3})+)(\.\d+)?)\s*[\])]?\s*[‡†§¶*]*"
)
WORDS = {"...": "unavailable", "…": "unavailable", ". .": "unavailable", "xxx": "not independent"}
OPENED = {"": "reported", "[": "estimate", "(": "uncertain"}
COLOURS = {"0000FF": "estimate", "FF0000": "uncertain"}

NORTH_KOREA = 731  # for which, SIPRI says, no dollar figure can be given
NO_DOLLARS = "North Korea has no figures but in its own currency: refused"
NO_WORKBOOK = "{}: not a workbook\n  give SIPRI's .xlsx"
# What the archive and the workbook in it raise; RuntimeError where it is locked by a password.
DAMAGED = (
    zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, KeyError, ValueError, ParseError,
)  # fmt: skip


class Value(NamedTuple):
    """One cell of a country and year."""

    row: int
    country: str
    cow: int | None
    iso3: str | None
    year: int
    measure: str
    value: float | None
    unit: str
    status: str
    """reported, estimate, uncertain, unavailable, not independent, or refused."""
    notes: str


class Sheet(NamedTuple):
    """A sheet by country, cut at its header."""

    name: str
    measure: str
    unit: str
    titles: str
    header: tuple[str, ...]
    years: dict[int, int]
    """Place of a column -> its year."""
    top: int
    """The row of the header."""
    rows: tuple[tuple[Any, ...], ...]


def read_sipri(path: Path, version: str | None = None, retrieved: date | None = None) -> Table:
    """Every value of every sheet by country: a row for each measure, country and year.

    Parameters
    ----------
    path
        The workbook (.xlsx).
    version, retrieved
        Of the data; if not told, the release that the titles name, else the year after the last
        one in the sheets; and the file's date.

    Returns
    -------
    Table
        With columns country, cow, iso3, year, measure, value, unit, status and notes. `cow` is the
        code in that year. What is unavailable stands there without a value.

    Raises
    ------
    InputError
        If it is no such workbook.
    """
    day = retrieval_date(path, retrieved)
    sheets = sheets_in(path)
    problems: list[Problem] = []
    try:
        values = [value for sheet in sheets for value in values_of(sheet, problems)]
    except IndexError:  # its cells name styles that are gone, and with them what is an estimate
        raise InputError(NO_WORKBOOK.format(path)) from None
    if not values:
        raise InputError(f"{path}: no figures in its sheets\n  is this the right file?")
    titles = RELEASE.search(" ".join(sheet.titles for sheet in sheets))
    release = titles[1] if titles else str(max(value.year for value in values) + 1)
    frame = pd.DataFrame(values, columns=Value._fields).set_index("row").astype({"cow": "Int64"})
    return Table(frame, DATASET, version or release, day, path.name, tuple(problems))


def tidy_sipri(table: Table) -> pd.DataFrame:
    """One row for each measure, country and year, with the data set's stamp."""
    return table.stamped(table.frame)


# ---------------------------------------------------------------------------------------- workbook


def sheets_in(path: Path) -> list[Sheet]:
    """The sheets by country of a workbook."""
    try:
        with zipfile.ZipFile(path) as archive:
            if sum(part.file_size for part in archive.infolist()) > LARGEST:
                raise InputError(f"{path}: larger than {LARGEST // 1_000_000} MB: not read")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # styles and extensions it does not know
            workbook = openpyxl.load_workbook(path, read_only=True, data_only=True)
        with closing(workbook):
            found = [sheet for each in workbook.worksheets if (sheet := sheet_of(path, each))]
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}") from None
    except DAMAGED:
        raise InputError(NO_WORKBOOK.format(path)) from None
    if not found:
        expected = "Constant (2023) US$, Current US$, Share of GDP …"
        raise InputError(f"{path}: no sheet by country\n  expected some of {expected}")
    return found


def sheet_of(path: Path, worksheet: Any) -> Sheet | None:
    """The sheet, if its name is one of those by country."""
    if (kind := kind_of(worksheet.title.strip().lower())) is None:
        return None
    where = f"{path}: sheet {worksheet.title}"
    worksheet.reset_dimensions()
    rows = tuple(tuple(row) for row in worksheet.iter_rows())
    tops = (place for place, row in enumerate(rows) if row and text_of(row[0]) == "Country")
    if (top := next(tops, None)) is None:
        raise InputError(f"{where}: no row begins with `Country`")
    titles = " ".join(text_of(cell) for row in rows[:top] for cell in row)
    scale = SCALE.search(titles)
    unit = kind[1].format(scale=f"{scale[1]} " if scale else "")
    header = tuple(text_of(cell) for cell in rows[top])
    years = years_of(where, header)
    return Sheet(worksheet.title, kind[0], unit, titles, header, years, top + 1, rows[top + 1 :])


def years_of(where: str, header: Sequence[str]) -> dict[int, int]:
    """Place of a column -> its year."""
    places = {
        place: int(float(name))
        for place, name in enumerate(header)
        if re.fullmatch(r"\d{4}(\.0)?", name)
    }
    if len(set(places.values())) < len(places):
        raise InputError(f"{where}: a year has two columns\n  keep one of them")
    return places


def kind_of(title: str) -> tuple[str, str] | None:
    """What a sheet of this name measures, and its unit."""
    for pattern, measure, unit in SHEETS:
        if named := re.fullmatch(pattern, title):
            return measure, unit.replace("{year}", named.groupdict().get("year", ""))
    return None


def text_of(cell: Any) -> str:
    return "" if cell.value is None else str(cell.value).strip()


# ------------------------------------------------------------------------------------------ values


def values_of(sheet: Sheet, problems: list[Problem]) -> Iterator[Value]:
    """The values of a sheet, country by country."""
    seen: dict[str, int] = {}
    for number, row in enumerate(sheet.rows, sheet.top + 1):
        country = text_of(row[0]) if row else ""
        if not any(text_of(row[place]) for place in sheet.years if place < len(row)):
            continue  # a region, or nothing
        if first := seen.get(unmarked(country)):
            what = "left out: a country that stands there already"
            problems.append(Problem(number, what, f"{sheet.name}: {country}, row {first}"))
            continue
        seen[unmarked(country)] = number
        if by_sipri(country) is None:
            what = "a country that is not in the crosswalk: without codes"
            problems.append(Problem(number, what, f"{sheet.name}: {country}"))
        yield from values_in(sheet, number, row, problems)


def values_in(
    sheet: Sheet,
    number: int,
    row: Sequence[Any],
    problems: list[Problem],
) -> Iterator[Value]:
    """The values of one country."""
    country = text_of(row[0])
    beside = dict(zip(sheet.header, map(text_of, row), strict=False))
    unit = sheet.unit.replace("local currency", beside.get("Currency") or "local currency")
    at_any_time = by_sipri(country)
    iso3 = at_any_time.iso3 if at_any_time else None
    for place, year in sheet.years.items():
        if place >= len(row) or not text_of(row[place]):
            continue
        value, status, wrong = read_value(row[place])
        if at_any_time and at_any_time.cow == NORTH_KOREA and value is not None:
            wrong = wrong or (NO_DOLLARS if "local" not in sheet.measure else "")
        if wrong:
            found = f"{sheet.name}: {country} {year}: {text_of(row[place])}"
            problems.append(Problem(number, wrong, found))
            value, status = None, "refused"
        state = by_sipri(country, year)
        yield Value(
            number, country, state.cow if state else None, iso3, year,
            sheet.measure, value, unit, status, beside.get("Notes", ""),
        )  # fmt: skip


def read_value(cell: Any) -> tuple[float | None, str, str]:
    """The number in a cell if there is one, its status, and what is wrong."""
    if isinstance(cell.value, int | float) and not isinstance(cell.value, bool):
        wrong = "below 0: refused" if cell.value < 0 else ""
        return float(cell.value), colour_status(cell), wrong
    written = text_of(cell)
    if written in WORDS:
        return None, WORDS[written], ""
    if found := WRITTEN.fullmatch(written):
        return float(re.sub(r"[^\d.]", "", found["number"])), OPENED[found["open"]], ""
    return None, "refused", "not a number: refused"


def colour_status(cell: Any) -> str:
    """What the colour of a figure says of it."""
    colour = cell.font.color.rgb if cell.font and cell.font.color else None
    return COLOURS.get(colour[-6:].upper(), "reported") if isinstance(colour, str) else "reported"
