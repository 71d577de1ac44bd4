"""A report in a notebook."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tests.brief.page import Page

if TYPE_CHECKING:
    from detente.claims import Report


def test_a_report_renders_as_a_table_of_claims(report: Report) -> None:
    page = Page.read(report._repr_html_())
    assert page.unclosed == []
    assert len(page.named("tr")) == 1 + len(report.claims)
    cells = [each.text.strip() for each in page.named("td")][:4]
    assert cells == ["assumed", "II.1", "If South hosts the base, North protests", "north.1"]


def test_what_the_case_says_is_escaped(report: Report) -> None:
    hostile = replace(report, situation=replace(report.situation, title="<script>x</script>"))
    assert not Page.read(hostile._repr_html_()).named("script")


def test_a_report_is_a_frame(report: Report) -> None:
    frame = report.to_frame()
    assert list(frame.index) == [result.claim.id for result in report.claims]
    assert frame.loc["dignity", "verdict"] == "untested"
