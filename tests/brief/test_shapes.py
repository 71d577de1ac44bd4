"""A brief of every shape of case: without claims, by ranking, by utility, without a focus."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

import detente
from detente import catalogue
from detente.brief.compose import brief
from detente.brief.html import to_html
from detente.brief.markdown import to_markdown
from detente.brief.verdicts import finding_words
from detente.claims.report import Finding
from tests.brief.conftest import report_of
from tests.brief.page import Page

if TYPE_CHECKING:
    from pathlib import Path

    from detente.claims import Report

PUBLISHED = [id for id in catalogue.ids() if not id.startswith("kim/")]  # which takes a while

BARE = """\
detente: 1
id: bare
title: A case that says no more than it must
actors: {row: {}, col: {}}
options: {row: {arm: {}}, col: {arm: {}}}
preferences: {row: {utility: "2*row.arm - col.arm"}, col: []}
"""


@pytest.mark.parametrize("case", PUBLISHED)
def test_published_cases(case: str) -> None:
    document = brief(detente.run(case))
    page, text = Page.read(to_html(document)), to_markdown(document)
    assert page.unclosed == []
    assert len(page.named("tr")) == len(re.findall(r"^\| ", text, re.MULTILINE))


def test_a_case_that_says_no_more_than_it_must(tmp_path: Path) -> None:
    text = to_markdown(brief(report_of(BARE, tmp_path)))
    assert "The case makes no claims." in text
    assert "By the utility `2*row.arm - col.arm`" in text
    assert "Indifferent between all states." in text
    assert "Responses" not in text
    assert "### The recommendation" not in text


def test_a_recommendation_may_rest_on_nothing(report: Report) -> None:
    assert report.recommendation is not None
    bare = replace(report.recommendation, rests_on=(), gives_way=(), untested=())
    text = to_markdown(brief(replace(report, recommendation=bare)))
    assert "The case names no claim it rests on." in text


@pytest.mark.parametrize(
    ("finding", "words"),
    [
        (
            Finding("not_best", strategy="refuse", details={"other": "host_only"}),
            (
                "“Host and say nothing” serves South better, in its own order, than “Refuse”: "
                "every outcome it can end in is at least as good, and some is better."
            ),
        ),
        (
            Finding("unbeaten", strategy="host_only", details={"beaten": ["refuse"]}),
            (
                "“Host and say nothing” serves South better, in its own order, than “Refuse”; no "
                "strategy of the case serves it better."
            ),
        ),
        (
            Finding(
                "goal_missed",
                strategy="refuse",
                details={"goal": "talking", "others": ["host_and_talk"]},
            ),
            "“Refuse” never attains “talks take place”; “Host and offer talks” can.",
        ),
        (
            Finding("concepts_part", claim="talks_help", details={"nash": True, "seq": False}),
            "Holds under Nash, not under SEQ. II.2: An offer of talks is accepted.",
        ),
    ],
)
def test_findings_in_words(report: Report, finding: Finding, words: str) -> None:
    assert finding_words(report, finding) == words
