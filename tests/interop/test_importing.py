"""`detente import` for data: what it writes, what it says, and that a case takes it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from detente.case import load
from detente.cli.main import main

if TYPE_CHECKING:
    from click.testing import Result

CASE = """\
detente: 1
id: pacts
title: Pacts
actors: {usa: {}, jpn: {}, kor: {}, prc: {}}
options: {usa: {stay: {}}}
preferences: {usa: [{prefer: usa.stay}]}
"""
ATOP = """\
ccode1,ccode2,year,atop_defense,atop_offense,atop_neutral,atop_nonagg,atop_consul
2,740,2001,1,0,0,0,1
740,2,2001,1,0,0,0,1
2,740,2002,1,0,0,0,-9
740,2,2002,1,0,0,0,1
2,740,0,1,0,0,0,1
2,740,0,1,0,0,0,1
2,740,0,1,0,0,0,1
2,740,0,1,0,0,0,1
"""
COW = """\
version4id,ccode1,ccode2,year,defense,neutrality,nonaggression,entente
7,2,740,2001,1,0,0,0
"""
WITH = ("--actors", "usa,jpn", "--retrieved", "2024-05-01")


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["import", *map(str, arguments)], env={"COLUMNS": "80"})


@pytest.fixture
def atop(tmp_path: Path) -> Path:
    (tmp_path / "atop.csv").write_text(ATOP)
    return tmp_path / "atop.csv"


def case_with(folder: Path, arrangements: str, more: str = "") -> Path:
    (folder / "situation.yaml").write_text(CASE + more)
    (folder / "arrangements.yaml").write_text(arrangements, encoding="utf-8")
    return folder


def test_a_case_takes_the_arrangements(atop: Path, tmp_path: Path) -> None:
    result = run("atop", atop, *WITH, "--from", "2001", "--to", "2002")
    assert result.exit_code == 0
    found = load(case_with(tmp_path, result.stdout)).arrangements
    defence = found["atop_usa_jpn_defence_treaty_2001"]
    assert defence.parties == ("usa", "jpn")
    assert defence.layer == ("defence_treaty",)
    assert defence.from_ is not None
    assert defence.from_.isoformat() == "2001-01-01"
    assert defence.to is None
    assert "ATOP 5.1, retrieved 2024-05-01" in str(defence.note)
    assert set(found) == {"atop_usa_jpn_defence_treaty_2001", "atop_usa_jpn_consultation_2001"}


def test_a_case_with_the_source_takes_it_as_evidence(atop: Path, tmp_path: Path) -> None:
    result = run("atop", atop, *WITH, "--source", "atop51")
    sources = "sources: {atop51: {type: dataset, title: ATOP}}\n"
    case = load(case_with(tmp_path, result.stdout, sources))
    evidence = case.arrangements["atop_usa_jpn_consultation_2001"].evidence
    assert [(each.source, each.at) for each in evidence] == [("atop51", "dyad 2-740, 2001–2002")]


def test_cow_alliances_are_taken_the_same_way(tmp_path: Path) -> None:
    (tmp_path / "cow.csv").write_text(COW)
    result = run("cow-alliances", tmp_path / "cow.csv", *WITH)
    found = load(case_with(tmp_path, result.stdout)).arrangements
    assert str(found["cow_usa_jpn_defence_treaty_2001"].name) == (
        "United States–Japan: defence (COW alliances 4.1)"
    )


def test_problems_go_to_stderr_counted_by_kind_with_the_first_rows(atop: Path) -> None:
    assert run("atop", atop, *WITH).stderr == (
        "atop.csv: 5 problems\n"
        "  consultation: a code for missing: row 4 (-9)\n"
        "  left out: year: no year up to 2024: row 6 (0), row 7 (0), row 8 (0), 1 more\n"
    )


def test_a_folder_gets_every_problem_and_keeps_what_it_has(atop: Path, tmp_path: Path) -> None:
    folder = tmp_path / "new" / "folder"
    result = run("atop", atop, *WITH, "--out", folder)
    assert result.stdout.split() == [
        str(folder / "arrangements.yaml"), str(folder / "arrangements-problems.csv"),
    ]  # fmt: skip
    problems = (folder / "arrangements-problems.csv").read_text().splitlines()
    assert problems[0] == "row,what,found"
    assert [line.split(",")[0] for line in problems[1:]] == ["4", "6", "7", "8", "9"]
    again = run("atop", atop, *WITH, "--out", folder)
    assert again.exit_code == 2
    assert "arrangements.yaml: exists; nothing was overwritten" in again.stderr


NMC = """\
ccode,year,milex,milper,irst,pec,tpop,upop,cinc
2,2001,9,8,7,6,5,4,.1
"""
STATES = """\
ccode,stateabb,statenme,styear,stmonth,stday,endyear,endmonth,endday
740,JPN,Japan,1952,4,28,2016,12,31
"""


@pytest.mark.parametrize(
    ("kind", "text", "first"),
    [
        ("nmc", NMC, "2,USA,2001,milex,9.0,thousand current US$,COW NMC,7.0,2024-05-01"),
        ("states", STATES, "740,JPN,JPN,Japan,1952-04-28,,COW states,2016,2024-05-01"),
    ],
)
def test_values_become_tidy_csv(kind: str, text: str, first: str, tmp_path: Path) -> None:
    (tmp_path / "data.csv").write_text(text)
    result = run(kind, tmp_path / "data.csv", "--retrieved", "2024-05-01")
    assert result.stdout.splitlines()[1] == first
    assert run(kind, tmp_path / "data.csv", "--out", tmp_path).stdout == f"{tmp_path / kind}.csv\n"


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["--actors", "usa,jpn", "--from", "2003", "--to", "2001"], 2, "--from 2003 lies after"),
        (["--actors", "usa,nowhere"], 2, "no state `nowhere`"),
        (["--actors", "usa,jpn", "--source", "bad id!"], 2, "no source can be called `bad id!`"),
        (["--actors", "usa,kor"], 3, "no obligation among usa, kor"),
        ([], 2, "Missing option '--actors'"),
        (["--actors", "usa,jpn", "--retrieved", "yesterday"], 2, "does not match the format"),
    ],
)
def test_what_is_asked_wrongly_is_named(
    atop: Path, arguments: list[str], code: int, said: str
) -> None:
    result = run("atop", atop, *arguments)
    assert result.exit_code == code
    assert said in result.stderr
    assert result.stdout == ""


def test_what_stands_in_a_file_cannot_steer_the_terminal(tmp_path: Path) -> None:
    (tmp_path / "atop.csv").write_text(ATOP.replace("-9", "\x1b[2J\u202e"))
    assert "\x1b" not in run("atop", tmp_path / "atop.csv", *WITH).stderr
    assert "\u202e" not in run("atop", tmp_path / "atop.csv", *WITH).stderr


def test_help_lists_every_kind() -> None:
    text = run("--help").stdout
    assert all(kind in text for kind in ("gmcr", "atop", "cow-alliances", "nmc", "sipri", "states"))
