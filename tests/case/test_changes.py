"""What makes two cases the same, and what differs between them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.case.changes import Change, case_hash, changes
from detente.case.document import Document
from detente.errors import CaseError, InputError
from tests.case.full import FULL

if TYPE_CHECKING:
    from collections.abc import Callable

    Write = Callable[..., Path]

GMCR = Path(__file__).parents[1] / "interop" / "samples"


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a case into a folder of its own."""

    def write(name: str, text: str = FULL, **sections: str) -> Path:
        (tmp_path / name).mkdir()
        (tmp_path / name / "situation.yaml").write_text(text, encoding="utf-8")
        for section, inner in sections.items():
            (tmp_path / name / f"{section}.yaml").write_text(inner, encoding="utf-8")
        return tmp_path / name

    return write


def edited(old: str, new: str) -> str:
    """The full case with one passage that stands there once written differently."""
    assert FULL.count(old) == 1
    return FULL.replace(old, new)


def told(one: Path, other: Path) -> list[tuple[str, str]]:
    return [(change.place, change.kind) for change in changes(one, other)]


# ---------------------------------------------------------------------------- what is the same case


def test_comments_layout_quotes_and_line_ends_are_no_part_of_a_case(write: Write) -> None:
    other = "# a remark\n" + edited("horizon: 24 months", 'horizon:   "24\n  months"   # two years')
    assert case_hash(write("a")) == case_hash(write("b", other.replace("\n", "\r\n")))
    assert changes(write("c"), write("d", other)) == ()


def test_a_section_in_a_file_of_its_own_is_the_same_case(write: Write) -> None:
    section = "goals:\n  - {id: calm, says: Nobody is tense, test: not tense}\n"
    inner = "- id: calm\n  test: not tense\n  says: Nobody is tense\n"
    other = write("b", edited(section, ""), goals=inner)
    assert case_hash(write("a")) == case_hash(other)


def test_sections_and_fields_have_no_order(write: Write) -> None:
    other = edited("horizon: 24 months\nfocus: row\n", "focus: row\nhorizon: 24 months\n")
    other = other.replace("{kind: event, probability: 0.5}", "{probability: 0.5, kind: event}")
    one, same = write("a"), write("b", other)
    assert case_hash(one) == case_hash(same)
    assert changes(one, same) == ()


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("{calm_mood: 2, angry: 1}", "{angry: 1, calm_mood: 2}", "uncertainties.mood.weights"),
        (
            "{no: does not arm, yes: arms}",
            "{yes: arms, no: does not arm}",
            "options.col.arm.levels",
        ),
        ("  col: {name: Col}\n  third:\n", "  third:\n  col: {name: Col}\n", "actors"),
    ],
)
def test_where_order_decides_something_it_is_part_of_the_case(
    write: Write, old: str, new: str, place: str
) -> None:
    one, other = write("a"), write("b", edited(old, new))
    assert case_hash(one) != case_hash(other)
    [change] = changes(one, other)
    assert (change.kind, change.place.rpartition(".")[0]) == ("moved", place)


def test_the_order_of_options_is_that_of_codes() -> None:
    one = Document({"options": {"a": {"x": None, "y": None}}}, {}, {})
    other = Document({"options": {"a": {"y": None, "x": None}}}, {}, {})
    assert case_hash(one) != case_hash(other)


def test_a_case_is_named_by_folder_file_catalogue_id_or_document(write: Write) -> None:
    folder = write("a")
    document = Document({"detente": "1"}, {}, {})
    assert case_hash(str(folder)) == case_hash(folder / "situation.yaml")
    assert case_hash(document) == case_hash(Document({"detente": "1 "}, {}, {}))
    assert changes(document, Document({"detente": "2"}, {}, {})) == (
        Change("detente", "changed", "1", "2"),
    )
    with pytest.raises(InputError):
        case_hash("no/such/case")
    with pytest.raises(CaseError):
        case_hash(write("b", "a: [1"))


def test_files_of_gmcr_are_cases_too() -> None:
    one, other = sorted(GMCR.glob("*.gmcr"))[:2]
    assert changes(one, one) == ()
    assert case_hash(one) != case_hash(other)
    assert changes(one, other)


# -------------------------------------------------------------------------------- what has changed


def test_a_value_is_said_with_its_place_counted_from_1(write: Write) -> None:
    other = edited("when: mood == angry, credence: 0.7", "when: mood == angry, credence: 0.6")
    [change] = changes(write("a"), write("b", other))
    assert change == Change("preferences.row.3.credence", "changed", "0.7", "0.6")
    assert str(change) == "preferences.row.3.credence: 0.7 -> 0.6"


def test_an_interval_is_one_value(write: Write) -> None:
    other = edited("credence: [0.4, 0.9]", "credence: [0.9, 0.95]")
    [change] = changes(write("a"), write("b", other))
    assert change.place == "preferences.row.2.any_order.1.credence"
    assert str(change).endswith('credence: ["0.4", "0.9"] -> ["0.9", "0.95"]')


def test_an_item_that_is_put_in_shifts_no_other(write: Write) -> None:
    first = "    - {prefer: not col.arm, role: end, evidence: [{source: memo, at: p. 1}]}\n"
    other = edited(first, "    - {prefer: row.press == some, assumption: as a rule}\n" + first)
    other = other.replace("credence: 0.7", "credence: 0.2")
    assert told(write("a"), write("b", other)) == [
        ("preferences.row.1", "added"),
        ("preferences.row.4.credence", "changed"),
    ]
    assert told(write("c", other), write("d")) == [
        ("preferences.row.1", "removed"),
        ("preferences.row.3.credence", "changed"),
    ]


def test_neighbours_that_change_places_are_one_move(write: Write) -> None:
    last = "    - {prefer: row.arm, when: mood == angry, credence: 0.7, assumption: as a rule}\n"
    first = "    - {prefer: not col.arm, role: end, evidence: [{source: memo, at: p. 1}]}\n"
    other = edited(last, "").replace(first, last + first)
    [change] = changes(write("a"), write("b", other))
    assert change == Change("preferences.row.1", "moved", "3", "1")
    assert str(change) == "preferences.row.1: moved from place 3 to 1"


def test_a_statement_that_moves_and_changes_is_still_the_same_one(write: Write) -> None:
    last = "    - {prefer: row.arm, when: mood == angry, credence: 0.7, assumption: as a rule}\n"
    first = "    - {prefer: not col.arm, role: end, evidence: [{source: memo, at: p. 1}]}\n"
    other = edited(last, "").replace(first, last.replace("0.7", "0.2") + first)
    assert told(write("a"), write("b", other)) == [
        ("preferences.row.1", "moved"),
        ("preferences.row.1.credence", "changed"),
    ]


def test_a_rewritten_statement_is_the_one_between_the_same_neighbours(write: Write) -> None:
    other = edited("prefer: not col.arm, role: end", "prefer: not col.wait, role: end")
    [change] = changes(write("a"), write("b", other))
    assert change == Change("preferences.row.1.prefer", "changed", "not col.arm", "not col.wait")


def test_what_comes_and_goes_is_said_whole(write: Write) -> None:
    other = edited("  known_odds: {kind: event, probability: 0.5}\n", "").replace(
        "  delay: {", "  lag: {"
    )
    found = {change.place: str(change) for change in changes(write("a"), write("b", other))}
    assert found["uncertainties.known_odds"] == (
        'uncertainties.known_odds: removed: {"kind": "event", "probability": "0.5"}'
    )
    assert set(found) == {
        "uncertainties.known_odds",
        "uncertainties.delay",
        "uncertainties.lag",
    }


def test_a_long_value_is_cut_where_it_is_printed() -> None:
    assert len(str(Change("title", "added", new="x" * 500))) == len("title: added: ") + 60


# -------------------------------------------------------------------------------- for any two cases

values = st.recursive(
    st.sampled_from(["a", "b", "0.5"]),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(st.sampled_from(["id", "prefer", "weights", "x"]), inner, max_size=3),
    ),
    max_leaves=12,
)
cases = st.dictionaries(
    st.sampled_from(["goals", "options", "strategies", "preferences"]), values, max_size=3
)


@given(cases, cases)
def test_nothing_has_changed_exactly_where_the_hashes_agree(one: object, other: object) -> None:
    old, new = Document(one, {}, {}), Document(other, {}, {})  # type: ignore[arg-type]
    assert (case_hash(old) == case_hash(new)) == (changes(old, new) == ())


@given(st.permutations(range(6)))
def test_as_few_items_as_can_be_are_said_to_have_moved(order: list[int]) -> None:
    def case(places: list[int]) -> Document:
        return Document({"goals": [{"id": str(place)} for place in places]}, {}, {})

    longest = max(
        bin(chosen).count("1")
        for chosen in range(2**6)
        if (kept := [item for place, item in enumerate(order) if chosen >> place & 1])
        == sorted(kept)
    )
    found = changes(case(list(range(6))), case(order))
    assert len(found) == 6 - longest
    assert {change.kind for change in found} <= {"moved"}
