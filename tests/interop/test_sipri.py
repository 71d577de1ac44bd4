"""SIPRI's workbook, invented: no figure in it is a real one."""

import math
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.styles import Font

from detente.errors import InputError
from detente.interop.reading import Problem
from detente.interop.sipri import read_sipri, tidy_sipri

Rows = list[list[Any]]

DAY = date(2024, 6, 19)
TITLES: Rows = [
    ["Military expenditure by country, in constant (2022) US$ m., 1949–2023 © SIPRI 2024"],
    ["Figures are in US $m., at constant 2022 prices."],
    ["Figures in blue are SIPRI estimates."],
    [None],
]
CONSTANT: Rows = [
    *TITLES,
    ["Country", None, "Notes", 2021.0, 2022.0, 2023.0],
    [None],
    ["Asia & Oceania"],
    ["East Asia"],
    ["China", None, "‡ § 4", 200.5, 210, "xxx"],
    ["Korea, South‡", None, None, 40, "...", "[ 41.5 ]"],
    ["Atlantis", None, None, 1, "1,002.5 ‡", "(3)"],
    ["Japan", None, None, -1, "n.a.", None],
    ["Japan", None, None, 5, 6, 7],
]
CURRENT: Rows = [
    ["Military expenditure by country, in US$ m."],
    ["Country", "Notes", "2022", "2023"],
    ["Korea, North", "57", 0, 869.6],
    ["Germany", None, 50, 60],
]
LOCAL: Rows = [
    ["Military expenditure by country, in millions of local currency"],
    ["Country", "Notes", "Currency", 1960, 1990],
    ["Korea, North", None, "Won", 12, 13],
    ["Germany", None, "Euro", 5, 6],
]
SHEETS: dict[str, Rows] = {
    "Front page": [["SIPRI Military Expenditure Database"]],
    "Local currency calendar years": LOCAL,
    "Constant (2022) US$": CONSTANT,
    "Current US$": CURRENT,
    "Footnotes": [["57", "No dollar figure."]],
}


def workbook(folder: Path, sheets: dict[str, Rows]) -> Path:
    book = openpyxl.Workbook()
    del book["Sheet"]
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
        for number, colour in ((9, "FF0000FF"), (11, "FFFF0000")):
            sheet.cell(number, 4).font = Font(color=colour)
    book.save(folder / "milex.xlsx")
    return folder / "milex.xlsx"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return workbook(tmp_path, SHEETS)


def found(file: Path, measure: str) -> dict[tuple[str, int], tuple[float | None, str]]:
    frame = read_sipri(file, retrieved=DAY).frame
    rows = frame[frame["measure"] == measure].to_dict("records")
    return {
        (row["country"], row["year"]): (
            None if math.isnan(row["value"]) else row["value"], row["status"],
        )
        for row in rows
    }  # fmt: skip


def test_titles_regions_and_a_column_without_a_name_are_no_figures(file: Path) -> None:
    assert found(file, "constant_usd") == {
        ("China", 2021): (200.5, "estimate"),
        ("China", 2022): (210.0, "reported"),
        ("China", 2023): (None, "not independent"),
        ("Korea, South‡", 2021): (40.0, "reported"),
        ("Korea, South‡", 2022): (None, "unavailable"),
        ("Korea, South‡", 2023): (41.5, "estimate"),
        ("Atlantis", 2021): (1.0, "uncertain"),
        ("Atlantis", 2022): (1002.5, "reported"),
        ("Atlantis", 2023): (3.0, "uncertain"),
        ("Japan", 2021): (None, "refused"),
        ("Japan", 2022): (None, "refused"),
    }


def test_dollars_of_north_korea_are_refused_and_its_own_currency_is_not(file: Path) -> None:
    assert found(file, "current_usd")["Korea, North", 2022] == (None, "refused")
    assert found(file, "current_usd")["Korea, North", 2023] == (None, "refused")
    assert found(file, "local_currency_calendar")["Korea, North", 1960] == (12.0, "reported")


def test_what_is_wrong_is_said_with_its_row_and_sheet(file: Path) -> None:
    refused = "North Korea has no figures but in its own currency: refused"
    assert read_sipri(file, retrieved=DAY).problems == (
        Problem(11, "a country that is not in the crosswalk: without codes",
                "Constant (2022) US$: Atlantis"),
        Problem(12, "below 0: refused", "Constant (2022) US$: Japan 2021: -1"),
        Problem(12, "not a number: refused", "Constant (2022) US$: Japan 2022: n.a."),
        Problem(13, "left out: a country that stands there already",
                "Constant (2022) US$: Japan, row 12"),
        Problem(3, refused, "Current US$: Korea, North 2022: 0"),
        Problem(3, refused, "Current US$: Korea, North 2023: 869.6"),
    )  # fmt: skip


def test_each_value_has_codes_unit_release_and_date_of_retrieval(file: Path) -> None:
    table = read_sipri(file, retrieved=DAY)
    assert (table.version, table.retrieved) == ("2024", DAY)
    tidy = tidy_sipri(table)
    assert set(tidy["version"]) == {"2024"}
    assert set(tidy["retrieved"]) == {"2024-06-19"}
    assert set(tidy["unit"]) == {
        "million constant 2022 US$", "million current US$", "million Won", "million Euro",
    }  # fmt: skip
    (china,) = tidy[(tidy["country"] == "China") & (tidy["year"] == 2022)].to_dict("records")
    assert (china["cow"], china["iso3"], china["notes"]) == (710, "CHN", "‡ § 4")


def test_the_code_is_that_of_the_state_in_the_year(file: Path) -> None:
    frame = read_sipri(file).frame
    german = frame[(frame["country"] == "Germany")].set_index("year")
    assert german["cow"].to_dict() == {1960: 260, 1990: 255, 2022: 255, 2023: 255}
    assert set(german["iso3"]) == {"DEU"}


@pytest.mark.parametrize("name", ["Constant (2023) US$", "Constant (1999) US$ "])
def test_the_sheet_of_constant_dollars_is_found_whatever_its_year(
    name: str, tmp_path: Path
) -> None:
    rows = [row for row in CURRENT if "Germany" in row or "Country" in row]
    table = read_sipri(workbook(tmp_path, {name: rows}))
    assert set(table.frame["unit"]) == {f"million constant {name[10:14]} US$"}
    assert table.version == "2024"  # no title names the release: the year after the last one


def test_the_release_may_be_told(file: Path) -> None:
    assert read_sipri(file, "2024, corrected").version == "2024, corrected"


@pytest.mark.parametrize(
    ("sheets", "said"),
    [
        ({"Footnotes": [["57"]]}, "no sheet by country"),
        ({"Current US$": [["Nothing"]]}, "sheet Current US$: no row begins with `Country`"),
        ({"Current US$": [["Country", 2022, 2022]]}, "a year has two columns"),
        ({"Current US$": [["Country", 2022]]}, "no figures in its sheets"),
    ],
)
def test_a_workbook_that_is_another_is_refused(
    sheets: dict[str, Rows], said: str, tmp_path: Path
) -> None:
    file = workbook(tmp_path, sheets)
    with pytest.raises(InputError) as refusal:
        read_sipri(file)
    assert str(refusal.value).startswith(f"{file}: ")
    assert said in str(refusal.value)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04broken", b"a,b\n1,2\n"])
def test_what_is_no_workbook_is_refused(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "milex.xlsx").write_bytes(content)
    with pytest.raises(InputError, match="not a workbook"):
        read_sipri(tmp_path / "milex.xlsx")


@pytest.mark.parametrize("wrong", [0xFF, 0x00])
def test_a_workbook_with_a_damaged_byte_is_read_or_refused(file: Path, wrong: int) -> None:
    whole = file.read_bytes()
    for place in range(0, len(whole), 131):
        file.write_bytes(whole[:place] + bytes([wrong]) + whole[place + 1 :])
        try:
            read_sipri(file)
        except InputError as refusal:
            assert str(refusal).startswith(f"{file}: ")  # noqa: PT017 - either may happen


def test_a_country_stands_twice_whatever_the_marks_of_its_footnotes(tmp_path: Path) -> None:
    rows: Rows = [["Country", 2022], ["Japan ‡", 1], ["Japan", 2], ["USSR", 3], ["Russia", 4]]
    table = read_sipri(workbook(tmp_path, {"Current US$": rows}))
    assert table.frame["value"].tolist() == [1, 3, 4]
    assert table.problems == (
        Problem(3, "left out: a country that stands there already", "Current US$: Japan, row 2"),
    )


def test_a_comma_parts_thousands_and_nothing_else(tmp_path: Path) -> None:
    rows: Rows = [["Country", 2021, 2022, 2023], ["Japan", "1,234,567", "4,5", "1\u00a0234.5"]]
    table = read_sipri(workbook(tmp_path, {"Current US$": rows}))
    assert table.frame["status"].tolist() == ["reported", "refused", "reported"]
    assert table.frame["value"].iloc[[0, 2]].tolist() == [1234567.0, 1234.5]
