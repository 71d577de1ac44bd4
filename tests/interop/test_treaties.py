"""Treaties of several: invented rows with the numbers of ATOP, in either way of writing them."""

from __future__ import annotations

from datetime import date
from itertools import permutations
from typing import TYPE_CHECKING

import pytest
import yaml

from detente.case.format import Arrangement
from detente.interop.arrangements import actors_named, arrangements_yaml
from detente.interop.atop import ATOP, read_atop
from detente.interop.cow import ALLIANCES, read_alliances
from detente.network.hypergraph import parties_on

if TYPE_CHECKING:
    from pathlib import Path

    from detente.interop.alliances import Layout
    from detente.interop.tables import Table

HEADER = "atopid1,atopid2,stateA,stateB,year,defense,offense,neutral,nonagg,consul"
FIVE = {2: (1990, 1995), 20: (1990, 1995), 200: (1992, 1995), 732: (1990, 1993), 740: (1990, 1995)}
NAMES = {2: "usa", 20: "can", 200: "gbr", 732: "rok", 740: "jpn"}
LATER = "3200,,710,731,2000,1,0,0,0,0\n3200,,731,710,2000,1,0,0,0,0\n"
ACTORS = "usa,can,gbr,rok,jpn"


def both(one: int, two: int) -> range:
    """The years in which both are members."""
    return range(max(FIVE[one][0], FIVE[two][0]), min(FIVE[one][1], FIVE[two][1]) + 1)


ROWS = [
    f"3180.0,,{one},{two},{year},1,0,0,0,1"
    for one, two in permutations(FIVE, 2)
    for year in both(one, two)
]


def read(folder: Path, rows: list[str], header: str = HEADER) -> Table:
    (folder / "ids.csv").write_text("\n".join([header, *rows, LATER]))
    return read_atop(folder / "ids.csv", retrieved=date(2024, 5, 1))


def entries(table: Table, actors: str = ACTORS, layout: Layout = ATOP) -> dict[str, Arrangement]:
    text = arrangements_yaml(table, layout, actors_named(actors), range(1900, 2100))
    plain = yaml.load(text, yaml.BaseLoader)  # noqa: S506  # only texts, lists and mappings
    return {name: Arrangement.model_validate(fields) for name, fields in plain.items()}


def test_a_treaty_of_five_is_one_entry_with_who_came_and_went(tmp_path: Path) -> None:
    ((name, treaty),) = entries(read(tmp_path, ROWS)).items()
    assert name == "atop_treaty_3180"
    assert treaty.assumption == "as coded by ATOP 5.1 for treaty 3180, 1990–1995"
    assert treaty.parties == ("usa", "can", "gbr", "rok", "jpn")
    assert treaty.layer == ("defence_treaty", "consultation")
    assert (treaty.from_, treaty.to) == (date(1990, 1, 1), date(1996, 1, 1))
    assert treaty.joined == {"gbr": date(1992, 1, 1)}
    assert treaty.left == {"rok": date(1994, 1, 1)}


def test_on_every_day_its_parties_are_those_whom_the_rows_bind(tmp_path: Path) -> None:
    (treaty,) = entries(read(tmp_path, ROWS)).values()
    for year in range(1988, 1999):
        bound = {NAMES[one] for one, two in permutations(FIVE, 2) if year in both(one, two)}
        assert parties_on(treaty, date(year, 7, 1)) == bound


def test_without_numbers_pairs_stay_pairs(tmp_path: Path) -> None:
    rows = [row.split(",", 2)[2] for row in ROWS]
    (tmp_path / "none.csv").write_text("\n".join([HEADER.split(",", 2)[2], *rows]))
    assert len(entries(read_atop(tmp_path / "none.csv"))) == 20  # ten pairs, two obligations


def test_one_column_of_numbers_is_read_too(tmp_path: Path) -> None:
    assert list(entries(read(tmp_path, ROWS, HEADER.replace("atopid1", "atopid")))) == [
        "atop_treaty_3180"
    ]


def test_what_pairs_owe_by_another_treaty_stays_theirs(tmp_path: Path) -> None:
    more = [row.replace("3180.0,,", "3180.0,3190,") for row in ROWS]
    rows = [
        new.replace(",1,0,0,0,1", ",1,0,0,1,1") if {"2", "740"} == {*new.split(",")[2:4]} else old
        for old, new in zip(ROWS, more, strict=True)
    ]
    found = entries(read(tmp_path, rows))
    assert list(found) == ["atop_treaty_3180", "atop_usa_jpn_nonaggression_1990"]
    assert str(found["atop_usa_jpn_nonaggression_1990"].note).endswith("Treaties 3180, 3190.")


@pytest.mark.parametrize("value", ["0", "-9"])
def test_an_obligation_that_does_not_bind_all_alike_stays_with_the_pairs(
    value: str, tmp_path: Path
) -> None:
    rows = [ROWS[0].replace(",1,0,0,0,1", f",{value},0,0,0,1"), *ROWS[1:]]
    found = entries(read(tmp_path, rows))
    assert found["atop_treaty_3180"].layer == ("consultation",)
    assert len(found) == 1 + 10


def test_a_member_that_comes_back_leaves_its_treaty_in_pairs(tmp_path: Path) -> None:
    rows = [row for row in ROWS if not (",1991," in row and ",740," in row)]
    assert "atop_treaty_3180" not in entries(read(tmp_path, rows))


def test_phases_of_a_treaty_are_entries_of_their_own(tmp_path: Path) -> None:
    rows = [
        f"3180.1{row[6:]}" if ",1995," in row else row
        for row in ROWS
        if ",1990," in row or ",1995," in row
    ]
    found = entries(read(tmp_path, rows))
    assert list(found) == ["atop_treaty_3180", "atop_treaty_3180_1"]
    assert found["atop_treaty_3180"].parties == ("usa", "can", "rok", "jpn")


def test_a_pair_with_missing_years_beside_the_treaty_keeps_its_note(tmp_path: Path) -> None:
    after = [f",,{pair},1996,-9,0,0,0,0" for pair in ("2,740", "740,2")]
    found = entries(read(tmp_path, [*ROWS, *after]))
    assert list(found) == ["atop_treaty_3180", "atop_usa_jpn_defence_treaty_1990"]
    assert "usa in 1996; jpn in 1996" in str(found["atop_usa_jpn_defence_treaty_1990"].note)


def test_a_treaty_outside_the_years_asked_for_is_left_out(tmp_path: Path) -> None:
    pair = [f"3200,,{pair},1998,1,0,0,0,0" for pair in ("2,740", "740,2")]
    table = read(tmp_path, [*ROWS, *pair])
    text = arrangements_yaml(table, ATOP, actors_named(ACTORS), range(1996, 2000))
    assert list(yaml.safe_load(text)) == ["atop_usa_jpn_defence_treaty_1998"]


def test_data_that_end_with_a_treaty_leave_its_end_open(tmp_path: Path) -> None:
    (tmp_path / "ids.csv").write_text("\n".join([HEADER, *ROWS]))
    (treaty,) = entries(read_atop(tmp_path / "ids.csv")).values()
    assert treaty.to is None
    assert treaty.left == {"rok": date(1994, 1, 1)}
    assert "nothing after 1995: whether it went on is not known" in str(treaty.note)


def test_treaties_of_correlates_of_war_are_taken_the_same_way(tmp_path: Path) -> None:
    header = "version4id,ccode1,ccode2,year,defense,neutrality,nonaggression,entente"
    pairs = ("2,20", "2,200", "200,20")
    rows = [f"210,{pair},{year},1,0,0,0" for pair in pairs for year in (1949, 1950)]
    (tmp_path / "cow.csv").write_text("\n".join([header, *rows]))
    ((name, treaty),) = entries(
        read_alliances(tmp_path / "cow.csv"), "usa,can,gbr", ALLIANCES
    ).items()
    assert (name, treaty.layer, treaty.to) == ("cow_treaty_210", ("defence_treaty",), None)
