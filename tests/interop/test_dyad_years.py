"""Alliances by dyad and year: invented rows, then the real file of ATOP."""

import gzip
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import yaml

from detente.case.format import Arrangement
from detente.errors import CannotAnswer, InputError
from detente.interop.alliances import Spell, read_dyad_years, spells
from detente.interop.arrangements import actors_named, arrangements_yaml
from detente.interop.atop import ATOP, read_atop
from detente.interop.cow import ALLIANCES, read_alliances
from detente.interop.reading import Problem
from detente.interop.tables import Table
from detente.network.hypergraph import parties_on

DAY = date(2024, 5, 1)
ORIGINAL = "number,ddyad,year,atopally,defense,offense,neutral,nonagg,consul,stateA,stateB"
ROWS = [
    "9001,2732,1990,1,1,0,0,0,1,2,732",
    "9001,732002,1990,1,1,0,0,0,1,732,2",
    "9001,2732,1991,1,1,0,0,0,1,2,732",
    "9001,732002,1991,1,0,0,0,0,1,732,2",
    "9001,2732,1993,1,1,0,0,0,0,2,732",
    "9001,732002,1993,1,1,0,0,0,0,732,2",
    "9002,732740,1994,1,0,0,0,1,0,732,740",
    "9002,740732,1994,1,0,0,0,1,0,740,732",
]


def written(folder: Path, rows: list[str], header: str = ORIGINAL, ends: str = "\n") -> Path:
    file = folder / "invented.csv"
    file.write_bytes(ends.join([header, *rows, ""]).encode())
    return file


def atop(folder: Path, rows: list[str]) -> Table:
    return read_atop(written(folder, rows), retrieved=DAY)


# ----------------------------------------------------------------------------------------- reading


REDUCED = "ccode2,ccode1,year,ATOP_DEFENSE,atop_offense,atop_neutral,atop_nonagg,atop_consul"


def reduced(row: str) -> str:
    cells = row.split(",")
    return ",".join([cells[10], cells[9], cells[2], *cells[4:9]])


def test_columns_are_found_by_name_in_either_form(tmp_path: Path) -> None:
    original = read_atop(written(tmp_path, ROWS), retrieved=DAY).frame
    again = read_atop(written(tmp_path, [*map(reduced, ROWS)], REDUCED), retrieved=DAY).frame
    pd.testing.assert_frame_equal(original, again)
    assert original.loc[5].to_dict() == {
        "state1": 732, "state2": 2, "year": 1991, "defense": 0, "offense": 0, "neutrality": 0,
        "nonaggression": 0, "consultation": 1,
    }  # fmt: skip


def test_a_compressed_file_reads_the_same(tmp_path: Path) -> None:
    plain = written(tmp_path, ROWS)
    packed = tmp_path / "invented.csv.gz"
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    one, two = read_atop(plain, retrieved=DAY), read_atop(packed, retrieved=DAY)
    pd.testing.assert_frame_equal(one.frame, two.frame)
    assert one.problems == two.problems


def test_every_table_says_its_version_and_date_of_retrieval(tmp_path: Path) -> None:
    table = atop(tmp_path, ROWS)
    assert (table.dataset, table.version, table.retrieved) == ("ATOP", "5.1", DAY)
    named = written(tmp_path, ROWS).rename(tmp_path / "atop5_0ddyr.csv")
    assert read_atop(named, retrieved=DAY).version == "5.0"
    assert read_atop(named, "5.2", DAY).version == "5.2"
    assert read_atop(named).retrieved.year >= 2024  # when the file was written
    assert set(table.stamped(table.frame)["retrieved"]) == {"2024-05-01"}


def problems(folder: Path, *rows: str) -> list[Problem]:
    return list(atop(folder, [*ROWS[:2], *rows]).problems)


def test_rows_that_cannot_be_are_left_out_and_named(tmp_path: Path) -> None:
    strange = [
        "9001,2732,0,1,1,0,0,0,1,2,732",
        "9001,2732,2025,1,1,0,0,0,1,2,732",
        "9001,2732,,1,1,0,0,0,1,2,732",
        "9001,2732,19x1,1,1,0,0,0,1,2,732",
        "9001,2999,1992,1,1,0,0,0,1,2,999",
        "9001,22,1992,1,1,0,0,0,1,2,2",
        "9001,2732,1992,1,1,0",
        "9001,2732,1992.5,1,1,0,0,0,1,2,732",
    ]
    table = atop(tmp_path, [*ROWS[:2], *strange])
    assert list(table.frame.index) == [2, 3]
    assert table.problems == (
        Problem(4, "left out: year: no year up to 2024", "0"),
        Problem(5, "left out: year: no year up to 2024", "2025"),
        Problem(6, "left out: year: no year up to 2024"),
        Problem(7, "left out: year: no year up to 2024"),
        Problem(7, "year: not a number, read as missing", "19x1"),
        Problem(8, "left out: state2: no such state", "999"),
        Problem(9, "left out: a state with itself", "2"),
        Problem(10, "left out: not as many cells as the header has", "6, not 11"),
        Problem(11, "left out: year: no year up to 2024", "1992.5"),
    )


def test_codes_for_missing_are_no_obligation_and_no_refusal_of_one(tmp_path: Path) -> None:
    pair = ["9001,2732,1992,1,-9,0,0,0,1,2,732", "9001,732002,1992,1,-8,2,NA,0,1,732,2"]
    table = atop(tmp_path, pair)
    assert table.frame["defense"].isna().tolist() == [True, True]
    assert table.frame["offense"].isna().tolist() == [False, True]
    assert table.frame["neutrality"].isna().tolist() == [False, True]
    assert table.problems == (
        Problem(2, "defense: a code for missing", "-9"),
        Problem(3, "defense: a code for missing", "-8"),
        Problem(3, "offense: neither 0 nor 1, read as missing", "2"),
    )
    (spell,) = spells(table, ATOP, [2, 732], range(1990, 2000))
    assert spell.obligation == "consultation"


def test_of_repeated_rows_the_first_is_kept_and_the_others_are_named(tmp_path: Path) -> None:
    assert problems(tmp_path, ROWS[0], ROWS[1].replace(",1,1,0,", ",1,0,0,")) == [
        Problem(4, "left out: says again what another row says", "row 2"),
        Problem(5, "left out: contradicts another row, which is kept", "row 3"),
    ]


def test_one_sided_obligations_and_missing_reverses_are_kept_and_named(tmp_path: Path) -> None:
    table = atop(tmp_path, [*ROWS[6:7], *ROWS[2:4]])
    assert len(table.frame) == 3
    assert table.problems == (
        Problem(2, "no row the other way round", "732-740 1994"),
        Problem(3, "defense: on one side only", "2-732 1991"),
    )


@pytest.mark.parametrize("ends", ["\r\n", "\r"])
def test_any_line_ends_read_the_same_and_bare_ones_are_named(tmp_path: Path, ends: str) -> None:
    expected = atop(tmp_path, ROWS)
    table = read_atop(written(tmp_path, ROWS, ends=ends), retrieved=DAY)
    pd.testing.assert_frame_equal(table.frame, expected.frame)
    said = {problem for problem in table.problems if problem not in expected.problems}
    bare = Problem(1, "a bare CR, read as the end of a line")
    assert said == ({bare} if ends == "\r" else set())


def test_a_bare_cr_in_the_midst_keeps_its_row(tmp_path: Path) -> None:
    file = written(tmp_path, [*ROWS[:2], f"{ROWS[2]}\r{ROWS[3]}"])
    assert Problem(4, "a bare CR, read as the end of a line") in read_atop(file).problems


def test_a_byte_order_mark_and_another_encoding_are_named(tmp_path: Path) -> None:
    rows = [reduced(row) for row in ROWS[:2]]
    file = written(tmp_path, rows, REDUCED)
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())
    assert read_atop(file).problems == (Problem(1, "a byte order mark, skipped"),)
    named = "\n".join([f"{REDUCED},name", f"{rows[0]},x", f"{rows[1]},C\u00f4te"])
    file.write_bytes(named.encode("cp1252"))
    assert read_atop(file).problems == (Problem(3, "not UTF-8, read as Windows-1252"),)


def test_row_numbers_count_blank_lines(tmp_path: Path) -> None:
    assert problems(tmp_path, "", "", ROWS[0])[0].row == 6


REFUSED = {
    "empty": (b"", "no column for state1\n  expected stateA or ccode1"),
    "another table": (b"a,b\n1,2\n", "no column for state1"),
    "twice": (f"{ORIGINAL},year\n".encode(), "column `year` stands twice"),
    "no rows": (f"{ORIGINAL}\n".encode(), "no row could be read"),
    "archive": (b"PK\x03\x04", "an archive or a workbook\n  unpack it"),
    "damaged": (b"\x1f\x8bnonsense", "the compressed file is damaged"),
    "cut short": (gzip.compress(ORIGINAL.encode())[:-9], "the compressed file is damaged"),
    "quote": (f'{ORIGINAL}\n"{"x" * 200_000}'.encode(), "row 2: field larger"),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_what_is_no_such_table_is_refused(kind: str, tmp_path: Path) -> None:
    content, said = REFUSED[kind]
    file = tmp_path / "strange.csv"
    file.write_bytes(content)
    with pytest.raises(InputError) as refusal:
        read_atop(file)
    assert str(refusal.value).startswith(f"{file}: {said}")


def test_a_path_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none\.csv: No such file"):
        read_atop(tmp_path / "none.csv")


# ------------------------------------------------------------------------------------------- spells


def test_spells_are_runs_of_years_and_end_where_the_data_do(tmp_path: Path) -> None:
    found = spells(atop(tmp_path, ROWS), ATOP, [732, 2, 740], range(1500, 2100))
    assert found == [
        Spell((2, 732), "defense", 1990, 1991, True, False, {2: (1991,)}, {}, ()),
        Spell((2, 732), "defense", 1993, 1993, False, False, {}, {}, ()),
        Spell((2, 732), "consultation", 1990, 1991, True, False, {}, {}, ()),
        Spell((732, 740), "nonaggression", 1994, 1994, False, True, {}, {}, ()),
    ]


def test_asked_years_choose_spells_and_cut_none(tmp_path: Path) -> None:
    table = atop(tmp_path, ROWS)
    found = spells(table, ATOP, [2, 732], range(1991, 1993))
    assert [(each.first, each.last) for each in found] == [(1990, 1991), (1990, 1991)]
    assert spells(table, ATOP, [2, 740], range(1500, 2100)) == []


def defence(*years: str) -> list[str]:
    """`1990 1 -9` as what 2 and 732 owed each other in 1990; `-` for no row."""
    rows = []
    for year, *owed in map(str.split, years):
        for (one, two), value in zip(((2, 732), (732, 2)), owed, strict=True):
            if value != "-":
                rows.append(f"9001,{one}{two},{year},1,{value},0,0,0,0,{one},{two}")
    return rows


def spells_in(folder: Path, *years: str) -> list[Spell]:
    """Spells in data that reach from 1980 to 2000 for others."""
    others = [row.replace(",1994,", f",{year},") for year in (1980, 2000) for row in ROWS[6:]]
    return spells(atop(folder, [*defence(*years), *others]), ATOP, [2, 732], range(1500, 2100))


def test_years_that_are_missing_cut_no_spell(tmp_path: Path) -> None:
    missing = {2: (1991, 1992), 732: (1991,)}
    years = ("1990 1 1", "1991 -9 NA", "1992 -9 0", "1993 1 1", "1994 0 0", "1995 -9 -9")
    assert spells_in(tmp_path, *years) == [
        Spell((2, 732), "defense", 1990, 1993, False, False, {}, missing, ())
    ]


def test_a_year_that_is_known_to_be_without_cuts_one(tmp_path: Path) -> None:
    found = spells_in(tmp_path, "1990 1 1", "1991 0 0", "1992 1 1", "1994 1 1")
    assert [(each.first, each.last) for each in found] == [(1990, 1990), (1992, 1992), (1994, 1994)]
    assert not any(each.missing for each in found)


def test_missing_years_around_a_spell_are_kept_with_it_and_are_none_of_its_years(
    tmp_path: Path,
) -> None:
    years = ("1989 0 -9", "1990 1 1", "1991 -9 -9", "1992 0 0")
    assert spells_in(tmp_path, *years) == [
        Spell(
            (2, 732), "defense", 1990, 1990, False, False, {}, {732: (1989, 1991), 2: (1991,)}, ()
        )
    ]


def test_missing_years_up_to_the_end_of_the_data_leave_the_end_open(tmp_path: Path) -> None:
    (spell,) = spells_in(tmp_path, "1999 1 1", "2000 -9 -9")
    assert (spell.last, spell.to_end) == (1999, True)
    (spell,) = spells_in(tmp_path, "1980 -9 -9", "1981 1 1")
    assert (spell.first, spell.from_start) == (1981, True)


def test_one_alone_is_obliged_only_where_the_other_is_known_not_to_be(tmp_path: Path) -> None:
    (spell,) = spells_in(tmp_path, "1990 -9 1", "1991 - 1", "1992 0 1", "1993 1 0")
    assert spell.one_sided == {732: (1992,), 2: (1993,)}
    assert spell.missing == {2: (1990, 1991)}


def test_of_two_treaties_one_is_enough_and_one_that_is_missing_is_no_refusal(
    tmp_path: Path,
) -> None:
    def row(treaty: int, year: int, defense: int) -> str:
        return f"{treaty},2,United States,200,United Kingdom,0,{defense},0,0,0,{year},4.1"

    years = {1950: (1, -9), 1951: (0, -9), 1952: (1, 0), 1953: (0, 0)}
    rows = [
        row(77 + of, year, owed) for year, both in years.items() for of, owed in enumerate(both)
    ]
    table = read_alliances(written(tmp_path, rows, COW), retrieved=DAY)
    (spell,) = spells(table, ALLIANCES, [2, 200], range(1900, 2000))
    assert (spell.first, spell.last, spell.to_end) == (1950, 1952, False)
    assert (spell.one_sided, spell.missing) == ({}, {2: (1951,), 200: (1951,)})


COW = "version4id,ccode1,state_name1,ccode2,state_name2,left_censor,defense,neutrality"
COW += ",nonaggression,entente,year,version"


def test_pairs_with_two_treaties_have_two_rows_and_are_no_repetition(tmp_path: Path) -> None:
    rows = [
        "77,2,United States,200,United Kingdom,0,1,0,0,0,1950,4.1",
        "78,2,United States,200,United Kingdom,0,1,0,0,1,1950,4.1",
        "78,2,United States,200,United Kingdom,0,0,0,0,1,1951,4.1",
        "79,2,United States,651,Egypt,0,1,0,0,0,0,4.1",
        "79,651,Egypt,666,Israel,0,1,0,0,0,0,4.1",
        "78,2,United States,200,United Kingdom,0,0,0,0,1,1951,4.1",
    ]
    table = read_alliances(written(tmp_path, rows, COW), retrieved=DAY)
    assert table.problems == (
        Problem(5, "left out: year: no year up to 2024", "0"),
        Problem(6, "left out: year: no year up to 2024", "0"),
        Problem(7, "left out: says again what another row says", "row 4"),
    )
    assert spells(table, ALLIANCES, [2, 200], range(1900, 2000)) == [
        Spell((2, 200), "defense", 1950, 1950, True, False, {}, {}, ("77", "78")),
        Spell((2, 200), "consultation", 1950, 1951, True, True, {}, {}, ("78",)),
    ]
    assert read_dyad_years(written(tmp_path, rows, COW), ALLIANCES).version == "4.1"


def test_a_dyad_without_direction_is_the_same_the_other_way_round(tmp_path: Path) -> None:
    rows = [
        "78,200,United Kingdom,2,United States,0,1,0,0,1,1950,4.1",
        "78,2,United States,200,United Kingdom,0,1,0,0,1,1950,4.1",
        "78,2,United States,200,United Kingdom,0,0,0,0,1,1950,4.1",
    ]
    assert read_alliances(written(tmp_path, rows, COW), retrieved=DAY).problems == (
        Problem(3, "left out: says again what another row says", "row 2"),
        Problem(4, "left out: contradicts another row, which is kept", "row 2"),
    )


# ------------------------------------------------------------------------------------ arrangements


def test_an_entry_for_each_spell_says_what_it_rests_on(tmp_path: Path) -> None:
    actors = actors_named("rok,us=USA")
    text = arrangements_yaml(atop(tmp_path, ROWS), ATOP, actors, range(1990, 1992))
    assert (
        text
        == """\
# From invented.csv: ATOP 5.1, retrieved 2024-05-01.
# One entry for each pair, obligation and spell: make one of those of a treaty of several.
# The data give years: it holds from the first day of one until that of another.
#   rok: South Korea (COW 732)
#   us: United States (COW 2)

atop_rok_us_defence_treaty_1990:
  name: 'South Korea–United States: defence (ATOP 5.1)'
  layer: defence_treaty
  kind: treaty
  parties: [rok, us]
  from: 1990-01-01
  to: 1992-01-01
  assumption: as coded by ATOP 5.1 for dyad 2-732, 1990–1991
  note: 'ATOP 5.1, retrieved 2024-05-01; dated by year. The data say nothing before 1990: it may
    be older. Only us was obliged in 1991.'

atop_rok_us_consultation_1990:
  name: 'South Korea–United States: consultation (ATOP 5.1)'
  layer: consultation
  kind: treaty
  parties: [rok, us]
  from: 1990-01-01
  to: 1992-01-01
  assumption: as coded by ATOP 5.1 for dyad 2-732, 1990–1991
  note: 'ATOP 5.1, retrieved 2024-05-01; dated by year. The data say nothing before 1990: it may
    be older.'
"""
    )


def test_a_source_of_the_case_is_cited_as_evidence(tmp_path: Path) -> None:
    actors = actors_named("rok,jpn")
    text = arrangements_yaml(atop(tmp_path, ROWS), ATOP, actors, range(1990, 2000), "atop51")
    assert "  - {source: atop51, at: 'dyad 732-740, 1994–1994'}\n" in text
    assert "# `sources` needs an entry `atop51`, of type dataset.\n" in text
    assert "assumption" not in text
    assert "  to:" not in text  # the data end in 1994
    assert "The data say nothing after 1994: whether it went on is not known." in " ".join(
        text.split()
    )


def test_it_holds_to_the_last_day_of_its_last_year_and_no_longer(tmp_path: Path) -> None:
    text = arrangements_yaml(
        atop(tmp_path, ROWS), ATOP, actors_named("rok,us=USA"), range(1990, 1992)
    )
    fields = yaml.safe_load(text)["atop_rok_us_consultation_1990"]
    days = {end: str(fields[end]) for end in ("from", "to")}
    entry = Arrangement.model_validate(fields | days)
    held = [bool(parties_on(entry, day)) for day in (date(1991, 12, 31), date(1992, 1, 1))]
    assert held == [True, False]


def test_a_version_cannot_write_entries(tmp_path: Path) -> None:
    rows = written(tmp_path, ROWS)
    table = read_atop(rows, "5.1\nevil: {}\x1b[2J", DAY)
    text = arrangements_yaml(table, ATOP, actors_named("rok,us=USA"), range(1990, 1992))
    assert "evil" not in yaml.safe_load(text)
    assert "\x1b" not in text


def test_a_note_names_the_years_that_are_missing(tmp_path: Path) -> None:
    years = ("1990 -9 1", "1991 -9 -9", "1992 1 1", "1993 0 0")
    table = atop(tmp_path, defence(*years))
    text = arrangements_yaml(table, ATOP, actors_named("rok,us=USA"), range(1990, 2000))
    (fields,) = yaml.safe_load(text).values()
    assert (str(fields["from"]), str(fields["to"])) == ("1990-01-01", "1993-01-01")
    said = "Missing in the data, neither yes nor no: us in 1990–1991; rok in 1991."
    assert fields["note"].endswith(said)
    assert "Only" not in fields["note"]


@pytest.mark.parametrize("source", ["bad id!", "", "9x", "a\n", "a" * 81])
def test_a_source_that_no_case_could_name_is_refused(source: str, tmp_path: Path) -> None:
    table = atop(tmp_path, ROWS)
    with pytest.raises(InputError, match="no source can be called"):
        arrangements_yaml(table, ATOP, actors_named("rok,usa"), range(1990, 2000), source)


def test_actors_without_a_common_obligation_are_no_answer(tmp_path: Path) -> None:
    table = atop(tmp_path, ROWS)
    with pytest.raises(CannotAnswer, match="no obligation among usa, jpn from 1990 to 1999"):
        arrangements_yaml(table, ATOP, actors_named("usa,jpn"), range(1990, 2000))
    with pytest.raises(InputError, match="fewer than two states"):
        arrangements_yaml(table, ATOP, actors_named("usa"), range(1990, 2000))


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("usa,nowhere", "no state `nowhere`"),
        ("usa,u.s.=USA", "no actor can be called `u.s.`"),
        ("usa,us=2", "`us=2` stands twice"),
        ("usa,usa=CHN", "`usa=CHN` stands twice"),
    ],
)
def test_actors_that_are_none_are_refused(written: str, said: str) -> None:
    with pytest.raises(InputError) as refusal:
        actors_named(written)
    assert str(refusal.value).startswith(said)


# ------------------------------------------------------------------------------------ the real file


@pytest.fixture(scope="module")
def real(shared: Path) -> Table:
    return read_atop(shared / "data" / "atop_alliance.csv.gz")


def test_the_real_file_is_read_whole(real: Table) -> None:
    assert len(real.frame) == 273_296
    assert (real.frame["year"].min(), real.frame["year"].max()) == (1815, 2018)
    assert not real.frame.isna().any(axis=None)


def test_the_real_file_is_one_sided_where_it_is_and_nowhere_else(real: Table, shared: Path) -> None:
    """By a plain matrix: row owes column."""
    raw = pd.read_csv(shared / "data" / "atop_alliance.csv.gz")
    in_2018 = raw[raw["year"] == 2018]
    owed = np.zeros((1000, 1000), bool)
    owed[in_2018["ccode1"], in_2018["ccode2"]] = in_2018["atop_defense"] == 1
    pairs = {f"{a}-{b} 2018" for a, b in np.argwhere(owed & ~owed.T)}
    assert len(pairs) == 2  # four directed dyads: two pairs
    said = [p.found for p in real.problems if p.what == "defense: on one side only"]
    assert {found for found in said if found.endswith(" 2018")} == pairs


def test_treaties_of_the_united_states_begin_when_they_did(real: Table) -> None:
    """Korea's treaty is of 1953, those with Australia and the Philippines of 1951."""
    found = spells(real, ATOP, [2, 732, 840, 900], range(2018, 2019))
    begun = {each.states: each.first for each in found if each.obligation == "defense"}
    assert begun == {(2, 732): 1953, (2, 840): 1951, (2, 900): 1951}
    assert all(each.to_end for each in found)
