"""What rests on what: sources, their places, assumptions, and values that part."""

from __future__ import annotations

from pathlib import Path

from detente.case import load
from detente.case.sourcing import items, sourcing
from tests.case.full import FULL
from tests.case.writing import read

CASE = """\
detente: 1
id: cited
title: What rests on what
sources:
  memo: {type: report, title: A memo, issued: 2024-01, paragraphs: [p. 1, p. 2, p. 3]}
  book: {type: book, title: A book, issued: 1993}
  unread: {type: book, title: Another}
actors: {row: {name: Row, evidence: [{source: memo, at: p. 1}]}, col: {name: Col}}
commitments:
  pledge:
    says: Row pays
    parties: [row]
    layer: money
    evidence: [{source: memo, at: p. 1}]
    wordings: [{says: may, strength: considered, evidence: [{source: book}]}]
    history: [{on: 2023-01-01, status: announced, evidence: [{source: memo, at: p. 3}]}]
options: {row: {arm: {assumption: known}}, col: {arm: {evidence: [{source: book}]}}}
preferences:
  row: [{prefer: not col.arm, evidence: [{source: memo, at: p. 1}, {source: book, at: ch. 2}]}]
  col: [{prefer: not row.arm, evidence: [{source: memo}]}]
claims:
  many:
    says: Many pay
    evidence: [{source: memo, at: p. 3}]
    test:
      kind: record
      about: the share
      stated: 20
      found:
        - {value: [14, 16], evidence: [{source: memo}]}
        - {value: 25, evidence: [{source: book}]}
  few:
    says: Few pay
    test:
      kind: record
      about: the share
      stated: [1, 3]
      found: [{value: 2, evidence: [{source: memo}]}, {value: [1, 4], evidence: [{source: book}]}]
"""


def test_every_citation_is_found_at_its_place(tmp_path: Path) -> None:
    memo, book, unread = sourcing(read(tmp_path, CASE)).sources
    assert memo.cited_by == (
        "actors.row", "commitments.pledge", "preferences.row.1", "preferences.col.1", "claims.many",
        "claims.few",
    )  # fmt: skip
    assert memo.locators == {
        "p. 1": ("actors.row", "commitments.pledge", "preferences.row.1"),
        "p. 3": ("commitments.pledge", "claims.many"),
        "": ("preferences.col.1", "claims.many", "claims.few"),
    }
    assert book.cited_by == (
        "commitments.pledge", "options.col.arm", "preferences.row.1", "claims.many", "claims.few",
    )  # fmt: skip
    assert unread.cited_by == ()


def test_paragraphs_that_nothing_points_to_are_named(tmp_path: Path) -> None:
    memo, book, _ = sourcing(read(tmp_path, CASE)).sources
    assert memo.uncited == ("p. 2",)
    assert book.uncited == ()


def test_what_a_single_source_carries_and_what_is_assumed(tmp_path: Path) -> None:
    found = sourcing(read(tmp_path, CASE))
    assert {item.place: item.sources for item in found.on_one_source} == {
        "preferences.col.1": ("memo",)
    }
    assert [item.place for item in found.assumed] == ["options.row.arm"]
    assert [item.place for item in found.unsupported] == ["actors.col"]


def test_values_that_do_not_overlap_are_a_conflict(tmp_path: Path) -> None:
    (conflict,) = sourcing(read(tmp_path, CASE)).conflicts
    assert (conflict.claim, conflict.stated) == ("many", (20, 20))
    assert conflict.found == (((14, 16), ("memo",)), ((25, 25), ("book",)))


def test_nothing_that_can_be_supported_is_left_out(tmp_path: Path) -> None:
    """Every `evidence` and `assumption` in a case with every kind of entry belongs to an item."""
    situation = read(tmp_path, FULL)
    sections = {item.place.partition(".")[0] for item in items(situation)}
    written = {line.partition(":")[0] for line in FULL.splitlines() if not line.startswith(" ")}
    without = {
        "detente", "id", "title", "as_of", "horizon", "focus", "notes", "sources", "option_order",
        "status_quo", "arcs", "one_step", "frozen", "states", "",
    }  # fmt: skip
    assert written - without == sections
    cited = sum(len(item.support.evidence) for item in items(situation))
    assert cited == FULL.count("source: ")


def test_the_dictionary_holds_the_same(tmp_path: Path) -> None:
    found = sourcing(read(tmp_path, CASE)).to_dict()
    assert found["format"] == "detente.sources/1"
    assert [each["id"] for each in found["sources"]] == ["memo", "book", "unread"]
    assert found["on_one_source"] == {"preferences.col.1": "memo"}
    assert found["conflicts"][0]["found"][1] == {"value": [25, 25], "sources": ["book"]}


def test_a_published_case_rests_on_its_paper() -> None:
    found = sourcing(load("hipel/elmira"))
    assert [use.source for use in found.sources] == ["hipel1993", "kilgour2001"]
    assert found.unsupported == ()
