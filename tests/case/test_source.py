"""A character of a value is found where it is written, however YAML writes the value."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.case.document import Document, read_document

FORMULA = "alpha and not (beta or gamma)"


def written(folder: Path, text: str) -> Document:
    file = folder / "any.yaml"
    file.write_text(text, encoding="utf-8", newline="")
    return read_document(file)


@pytest.mark.parametrize(
    "value",
    [
        FORMULA,
        f'"{FORMULA}"',
        f"'{FORMULA}'",
        '"alpha\\x20and\\tnot (\\u0062eta or \\U00000067amma)"',
        '"alpha and \\\n    not (beta\\\n  \\ or gamma)"',
        "alpha and\n    not (beta\n\n    or gamma)",
        "'alpha and\n    not\n    (beta or gamma)'",
        "|\n    alpha and\n      not (beta\n    or gamma)",
        ">-\n    alpha and\n    not (beta or\n\n    gamma)",
        "|2-  # a comment\n    alpha and not\n    (beta or gamma)",
    ],
)
def test_every_name_of_a_formula(tmp_path: Path, value: str) -> None:
    document = written(tmp_path, f"formula: {value}\nnext: 1\n")
    assert isinstance(document.value, dict)
    text = document.value["formula"]
    assert isinstance(text, str)
    for name in ("alpha", "beta", "gamma"):
        start = text.index(name)
        place = document.within(("formula",), start, start + len(name))
        marked = place.text[place.column - 1 : place.column - 1 + place.width]
        assert marked.replace("\\u0062", "b").replace("\\U00000067", "g") == name


def test_quotes_within_quotes(tmp_path: Path) -> None:
    document = written(tmp_path, "formula: 'it''s beta'\nother: \"it\\\"s beta\"\n")
    for key in ("formula", "other"):
        place = document.within((key,), 5, 9)
        assert place.text[place.column - 1 : place.column + 3] == "beta"


def test_a_stretch_over_several_lines_is_marked_to_the_end_of_the_first(tmp_path: Path) -> None:
    document = written(tmp_path, "formula: alpha and\n  beta\n")
    place = document.within(("formula",), 6, 14)
    assert (place.line, place.column, place.width) == (1, 16, 3)
    assert document.place(("formula",)).width == len("alpha and")


def test_behind_the_last_character(tmp_path: Path) -> None:
    place = written(tmp_path, 'formula: "alpha and"\n').within(("formula",), 9, 10)
    assert (place.column, place.width) == (20, 1)
    place = written(tmp_path, 'formula: " "\n').within(("formula",), 1, 2)
    assert place.column == 10  # nothing is written there: the value itself


LINE_ENDS = st.sampled_from(["\n", "\r\n", "\r", "\x85", "\u2028"])


@given(
    ends=st.lists(LINE_ENDS, min_size=3, max_size=3), before=st.sampled_from(["", "한국", "é\t"])
)
def test_lines_are_counted_as_yaml_counts_them(
    tmp_path_factory: pytest.TempPathFactory, ends: list[str], before: str
) -> None:
    text = f"a: 1{ends[0]}b: 2{ends[1]}# {before}{ends[2]}c: '{before}here'"
    document = written(Path(tmp_path_factory.getbasetemp()), text)
    place = document.within(("c",), len(before), len(before) + 4)
    assert place.line == 4
    assert place.text[place.column - 1 : place.column + 3] == "here"


def test_keys_values_and_what_is_not_there(tmp_path: Path) -> None:
    document = written(tmp_path, "actors:\n  row: {name: Row}\n  col:\n")
    assert str(document.place(("actors", "row", "name"))).endswith("any.yaml:2:15")
    assert document.place(("actors", "row", "name"), key=True).column == 9
    assert document.place(("actors", "row", "cow")).column == 8  # the mapping it would stand in
    assert document.place(("actors", "col")).line == 3
    assert document.named(("preferences", "row", 3, "prefer")) == "preferences.row.4.prefer"
    assert document.known(("actors", "tag", "row", 7, "name")) == ("actors", "row", "name")
