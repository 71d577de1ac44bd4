"""The HTML brief: one file, no script, nothing fetched, a sound outline."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

import detente
from detente.brief.compose import brief
from detente.brief.html import to_html

if TYPE_CHECKING:
    from detente.claims import Report
    from tests.brief.page import Page

FETCHING = {"src", "srcset", "data", "action", "background", "poster", "style"}
ACTIVE = {"script", "link", "img", "iframe", "object", "embed", "form", "svg", "base", "video"}


def test_nothing_is_fetched_and_nothing_runs(page: Page) -> None:
    assert not page.named(*ACTIVE)
    attributes = {name for element in page.elements for name in element.attributes}
    assert not attributes & FETCHING
    assert not [name for name in attributes if name.startswith("on")]
    (style,) = page.named("style")
    assert not re.search(r"url\(|@import|https?:", style.text)


def test_the_policy_forbids_what_the_page_does_not_do(page: Page) -> None:
    policies = [
        element.attributes["content"] or ""
        for element in page.named("meta")
        if element.attributes.get("http-equiv") == "Content-Security-Policy"
    ]
    assert len(policies) == 1
    assert policies[0].startswith("default-src 'none'; style-src 'unsafe-inline'")


def test_elements_are_closed_and_ids_unique(page: Page) -> None:
    assert page.unclosed == []
    ids = [element.attributes["id"] for element in page.elements if "id" in element.attributes]
    assert len(ids) == len(set(ids))


def test_every_link_within_the_page_leads_somewhere(page: Page) -> None:
    ids = {element.attributes.get("id") for element in page.elements}
    targets = [element.attributes["href"] or "" for element in page.named("a")]
    assert {target[1:] for target in targets if target.startswith("#")} <= ids


def test_headings_descend_one_level_at_a_time(page: Page) -> None:
    levels = [int(each.name[1]) for each in page.named("h1", "h2", "h3", "h4", "h5")]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))


def test_tables_name_their_rows_columns_and_subject(page: Page) -> None:
    assert len(page.named("caption")) == len(page.named("table")) > 0
    assert all(each.attributes.get("scope") in ("row", "col") for each in page.named("th"))
    assert all(caption.text.strip() for caption in page.named("caption"))


def test_every_row_is_as_wide_as_its_head(html: str) -> None:
    for table in re.findall(r"<table>.*?</table>", html, re.DOTALL):
        head, *rows = re.findall(r"<tr>(.*?)</tr>", table, re.DOTALL)
        cells = [len(re.findall(r"<t[hd][ >]", row)) for row in rows]
        assert set(cells) <= {head.count("<th")}


def test_verdicts_differ_in_shape_as_well_as_in_colour(html: str) -> None:
    shapes = re.findall(r"--shape: \"(.)\"", html)
    assert len(shapes) == len(set(shapes)) == 6


def test_the_same_report_makes_the_same_page(report: Report, html: str) -> None:
    assert to_html(brief(report)) == html


def test_the_page_says_which_version_made_it_and_no_more_of_the_machine(
    report: Report, html: str
) -> None:
    assert detente.__version__ in html
    assert str(report.situation.path) not in html
