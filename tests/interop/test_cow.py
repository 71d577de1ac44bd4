"""Capabilities and states of the Correlates of War: invented rows, then the real files."""

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from detente.errors import InputError
from detente.interop.cow import read_nmc, read_states, tidy_nmc, tidy_states
from detente.interop.reading import Problem

DAY = date(2024, 5, 1)
NMC = """\
stateabb,ccode,year,milex,milper,irst,pec,tpop,upop,cinc,version
USA,2,1913,900,80,30000,400000,97000,20000,0.2,7
USA,2,1914,1000,-9,32000,410000.5,98000,21000,0.21,7
JPN,740,1914,-9,300,,NA,52000,5000,0.03,7
JPN,740,1914,95,300,,NA,52000,5000,0.03,7
XXX,999,1914,1,1,1,1,1,1,0.001,7
CHN,710,1914,12,-3,1,many,1,1,0.1,7
"""


def file_of(folder: Path, text: str, name: str = "invented.csv") -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def test_missing_components_are_missing_and_codes_for_it_are_named(tmp_path: Path) -> None:
    table = read_nmc(file_of(tmp_path, NMC), retrieved=DAY)
    assert table.frame.index.tolist() == [2, 3, 4, 7]
    assert table.frame.isna().sum().to_dict() == {
        "state": 0, "year": 0, "milex": 1, "milper": 2, "irst": 1, "pec": 2, "tpop": 0, "upop": 0,
        "cinc": 0, "version": 0,
    }  # fmt: skip
    assert table.problems == (
        Problem(3, "milper: a code for missing", "-9"),
        Problem(4, "milex: a code for missing", "-9"),
        Problem(5, "left out: contradicts another row, which is kept", "row 4"),
        Problem(6, "left out: state: no such state", "999"),
        Problem(7, "milper: below 0, read as missing", "-3"),
        Problem(7, "pec: not a number, read as missing", "many"),
    )


def test_each_value_has_its_unit_version_and_date_of_retrieval(tmp_path: Path) -> None:
    tidy = tidy_nmc(read_nmc(file_of(tmp_path, NMC), retrieved=DAY)).astype(object)
    rows = tidy[tidy["quantity"] == "milex"].drop(columns="quantity").to_numpy().tolist()
    stamp = ["COW NMC", "7", "2024-05-01"]
    assert rows == [
        [2, "USA", 1913, 900.0, "thousand current British pounds", *stamp],
        [2, "USA", 1914, 1000.0, "thousand current US$", *stamp],
        [710, "CHN", 1914, 12.0, "thousand current US$", *stamp],
    ]
    assert not tidy[["unit", "version", "retrieved"]].isna().any(axis=None)


def test_the_version_is_told_or_in_the_name_or_in_the_file_or_the_one_that_is_meant(
    tmp_path: Path,
) -> None:
    text = NMC.replace(",version", "").replace(",7\n", "\n")
    assert read_nmc(file_of(tmp_path, text)).version == "7.0"
    assert read_nmc(file_of(tmp_path, NMC, "NMC-60-abridged.csv")).version == "6.0"
    assert read_nmc(file_of(tmp_path, NMC, "NMC_5_0.csv")).version == "5.0"
    assert read_nmc(file_of(tmp_path, NMC), "8.1").version == "8.1"


STATES = """\
stateabb,ccode,statenme,styear,stmonth,stday,endyear,endmonth,endday,version
GDR,265,East Germany,1954,3,25,1990,10,2,2016
JPN,740,Japan,1952,4,28,2016,12,31,2016
KOR,730,Korea,1887,2,30,1905,11,17,2016
SYR,652,Syria,1961,9,29,1958,2,1,2016
"""


def test_states_have_days_and_those_still_there_have_no_end(tmp_path: Path) -> None:
    table = read_states(file_of(tmp_path, STATES), retrieved=DAY)
    assert tidy_states(table).to_numpy().tolist() == [
        [265, "DDR", "GDR", "East Germany", "1954-03-25", "1990-10-02", "COW states", "2016",
         "2024-05-01"],
        [740, "JPN", "JPN", "Japan", "1952-04-28", "", "COW states", "2016", "2024-05-01"],
    ]  # fmt: skip
    assert table.problems == (
        Problem(4, "left out: since: no such day", "1887-2-30"),
        Problem(5, "left out: until: before since", "1958-02-01"),
    )


def test_a_file_without_the_columns_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no column for milper\n  expected milper"):
        read_nmc(file_of(tmp_path, "ccode,year,milex\n2,1913,1\n"))


def test_the_real_capabilities_are_read_as_they_stand(shared: Path) -> None:
    file = shared / "data" / "cow_nmc.csv"
    table = read_nmc(file)
    raw = pd.read_csv(file).rename(columns={"ccode": "state"})
    pd.testing.assert_frame_equal(
        table.frame.reset_index(drop=True), raw, check_dtype=False, rtol=1e-15
    )
    assert table.problems == ()
    tidy = tidy_nmc(table)
    assert len(tidy) == raw.drop(columns=["state", "year"]).notna().sum().sum()


def test_the_real_list_of_states_is_read_as_it_stands(shared: Path) -> None:
    table = read_states(shared / "data" / "cow_states.csv")
    assert (len(table.frame), table.version, table.problems) == (243, "2016", ())
    assert (table.frame["until"] == "").sum() == 195  # members at the end of 2016
