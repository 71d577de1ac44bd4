"""HTML and Markdown say the same."""

from __future__ import annotations

import html as entities
import re
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from detente.brief.document import Document
    from detente.claims import Report
    from tests.brief.page import Page

NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def read(markdown: str) -> str:
    """What a reader of the Markdown sees."""
    return re.sub(r"\\(.)", r"\1", entities.unescape(markdown))


def test_headings(page: Page, markdown: str) -> None:
    in_markdown = re.findall(r"^#+ (.*)$", markdown, re.MULTILINE)
    in_html = [each.text.strip() for each in page.named("h1", "h2", "h3", "h4")]
    assert in_html == [read(heading) for heading in in_markdown]


def test_numbers(page: Page, markdown: str) -> None:
    (head,), (body,) = page.named("header"), page.named("main")
    assert Counter(NUMBER.findall(head.text + body.text)) == Counter(NUMBER.findall(read(markdown)))


def test_tables(page: Page, markdown: str) -> None:
    captions = [each.text for each in page.named("caption")]
    assert captions == [
        read(each) for each in re.findall(r"^\*([^*].*)\*$", markdown, re.MULTILINE)
    ]
    rows = [line for line in markdown.splitlines() if line.startswith("| ")]
    assert len(rows) == len(page.named("tr"))


def test_every_claim_with_its_verdict(report: Report, page: Page, markdown: str) -> None:
    rows = [row.text for row in page.named("tr")]
    for result in report.claims:
        (row,) = [each for each in rows if f". {result.claim.id}" in each]
        assert result.verdict in row
        assert str(result.claim.says) in row
        (line,) = [each for each in markdown.splitlines() if f"`{result.claim.id}`" in each]
        assert f"**{result.verdict}**" in line


def test_every_section_is_there(document: Document, page: Page) -> None:
    anchors = [section.anchor for section in document.sections()]
    assert [each.attributes.get("id") for each in page.named("section")] == anchors
    assert {"memo", "actors", "options", "outcomes", "responses", "claims", "limits"} <= {*anchors}
