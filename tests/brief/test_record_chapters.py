"""Chapters on what is on record: the ledger, the network, the argument, capabilities."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

import detente
from detente.brief.compose import brief
from detente.brief.html import to_html
from detente.brief.markdown import to_markdown
from tests.brief.conftest import report_of
from tests.brief.page import Page
from tests.brief.recorded import RECORDED

if TYPE_CHECKING:
    from detente.brief.document import Document
    from detente.brief.figures.figure import Figure
    from detente.claims import Report

pytest.importorskip("vl_convert")


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Report:
    return report_of(RECORDED, tmp_path_factory.mktemp("recorded"))


@pytest.fixture(scope="module")
def chapters(recorded: Report) -> Document:
    return brief(recorded)


@pytest.fixture(scope="module")
def text(chapters: Document) -> str:
    return to_markdown(chapters)


@pytest.fixture(scope="module")
def figures(chapters: Document) -> dict[str, Figure]:
    return {figure.id: figure for figure in chapters.figures()}


def test_the_page_is_sound(chapters: Document) -> None:
    page = Page.read(to_html(chapters))
    assert page.unclosed == []
    ids = [each.attributes["id"] for each in page.elements if "id" in each.attributes]
    assert len(ids) == len(set(ids))


def test_commitments_are_told_with_status_and_delay(text: str) -> None:
    assert "The case records 2 commitments" in text
    assert "Of 2 that still stand for themselves 1 is carried out (50%)" in text
    assert "Overdue: 1 commitment." in text
    assert "**in execution** since 2024-01-01 | 2024-03-16, 31 days ago" in text
    assert "| treaties of defence | Ally |" in text


def test_drift_is_told_in_the_order_of_the_source(text: str) -> None:
    assert "hardens | I.1 “may build” (considered); then I.2 “has built” (delivered)" in text
    assert "I.2 “has built” (delivered) | it was in execution" in text


def test_positions_are_told_with_ranks_and_what_cannot_be(text: str) -> None:
    assert "4 arrangements in force on 2024-04-16 join 4 actors." in text
    (row,) = [line for line in text.splitlines() if line.startswith("| **Ally** | 4, rank 1")]
    assert row.count("rank") == 4
    assert "| treaties of defence | 3 | 3 | Ally (3) | – |" in text
    assert "**Of one arrangement, whose parties stand alike:** technology." in text


def test_each_layer_of_several_arrangements_has_its_map(figures: dict[str, Figure]) -> None:
    assert [id for id in figures if id.startswith("network-")] == ["network-all", "network-treaty"]


def test_actors_and_numbers_are_the_same_on_every_map(figures: dict[str, Figure]) -> None:
    maps = [figures["network-all"], figures["network-treaty"]]
    names = [{row[0][0] for row in each.table.rows} for each in maps]
    assert names[1] < names[0]
    spots = [places(each) for each in maps]
    assert spots[0] == spots[1]
    assert len(spots[0]) == 4


def places(figure: Figure) -> dict[str, tuple[float, float]]:
    """Name -> where its mark stands."""
    return {
        value["said"].partition(":")[0]: (value["x"], value["y"])
        for layer in figure.spec["layer"]
        if isinstance(layer["mark"], dict) and layer["mark"].get("strokeWidth") == 0.8
        for value in layer["data"]["values"]
    }


def test_ranks_are_compared_on_the_days_a_claim_names(figures: dict[str, Figure]) -> None:
    assert "2019-01-01 and 2024-04-16" in figures["ranks"].title
    rows = {str(row[0][0]): row[1:] for row in figures["ranks"].table.rows}
    north = next(cells for name, cells in rows.items() if "North" in name)
    assert north[0] == ("–",)


def test_commands_are_told(text: str) -> None:
    assert "| The forces `forces` | **Ally** | The staff | The staff | Ally |" in text
    assert "Commands on 2024-04-16, 2 levels" in text


def test_the_argument_is_drawn_up_to_the_recommendation(figures: dict[str, Figure]) -> None:
    rows = {str(row[0][0]): row[1:] for row in figures["argument"].table.rows}
    assert rows["Join"][1:] == (("The club helps South",), ("–",), ("3",))
    assert rows["The club helps South"][3] == ("3",)
    assert "argument-whole" not in figures  # nothing leans on anything beside it


def test_capabilities_are_counted_and_paths_compared(text: str, figures: dict[str, Figure]) -> None:
    assert figures["capabilities"].table.rows == (
        (("Guard the coast",), ("1: Boats",), ("2: Radar and Boats",)),
        (("Feed the troops",), ("–",), ("–",)),
    )
    assert "Nothing in the case serves: Feed the troops." in text
    assert "| as things stand | Boats | Guard the coast | – |" in text
    assert "| Join | also Radar | none | – |" in text


def test_a_case_without_a_record_has_none_of_these_chapters() -> None:
    document = brief(detente.run("hipel/elmira"))
    anchors = {section.anchor for section in document.sections()}
    assert not anchors & {"commitments", "positions", "argument", "capabilities"}


def test_without_a_day_nothing_is_told_as_of_one(tmp_path_factory: pytest.TempPathFactory) -> None:
    case = RECORDED.replace("as_of: 2024-04-16\n", "")
    document = brief(report_of(case, tmp_path_factory.mktemp("undated")))
    anchors = {section.anchor for section in document.sections()}
    assert not anchors & {"commitments", "positions", "capabilities"}


def test_the_same_specifications_every_time(recorded: Report, figures: dict[str, Figure]) -> None:
    again = {figure.id: figure.specification() for figure in brief(recorded).figures()}
    assert json.dumps(again) == json.dumps(
        {id: figure.specification() for id, figure in figures.items()}
    )


def test_hostile_names_stay_text(tmp_path_factory: pytest.TempPathFactory) -> None:
    payload = '"</svg><script>alert(1)</script> *b* | `c` datum.x"'
    case = RECORDED
    for said in ("The pact", "The club", "Ally builds a base", "Radar", "Guard the coast", "Ally",
                 "treaties of defence", "has built", "The staff", "The club is open"):  # fmt: skip
        case = case.replace(f": {said},", f": {payload},").replace(f": {said}}}", f": {payload}}}")
        case = case.replace(f": {said}\n", f": {payload}\n")
    document = brief(report_of(case, tmp_path_factory.mktemp("hostile")))
    page = Page.read(to_html(document))
    assert page.unclosed == []
    assert not page.named("script", "img")
    assert case.count("script") >= 20
