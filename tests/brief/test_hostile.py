"""Whatever a case says, it stays text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from detente.brief.compose import brief
from detente.brief.html import to_html
from detente.brief.markdown import escaped, to_markdown
from detente.brief.words import printable
from tests.brief.argued import ARGUED
from tests.brief.conftest import report_of
from tests.brief.page import Page

if TYPE_CHECKING:
    from detente.claims import Report

PAYLOADS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</style></table><svg onload=alert(1)>",
    "[click](javascript:alert(1)) ![x](https://example.org/x.png)",
    "*bold* | cell `code` # heading {{ 7 * 7 }} {% raw %}",
    "\x1b[31mred\x07 \u202etfel ot thgir \x9b1m",
)
PAYLOAD = " ".join(PAYLOADS)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Report:
    written = "".join(
        character if character.isprintable() and character != '"' else f"\\u{ord(character):04x}"
        for character in PAYLOAD
    )
    case = ARGUED
    for said in (
        "Should South let its ally build a base?",
        "host the base",
        "protest",
        "An offer of talks is accepted",
        "the neighbour",
        "keep the ally",
        "the market stays open",
        "Host and say nothing",
        "A memo",
        "land is dear",
        "its own account",
    ):
        case = re.sub(f"{re.escape(said)}(?=[,}}\n])", lambda _: f'"{written}"', case)
    case = case.replace('"https://example.org/memo"', '"javascript:alert(1)"')
    return report_of(case, tmp_path_factory.mktemp("hostile"))


@pytest.fixture(scope="module")
def hostile_html(hostile: Report) -> str:
    return to_html(brief(hostile))


def test_the_case_says_it(hostile: Report) -> None:
    assert hostile.situation.title == PAYLOAD


def test_html_shows_it_as_text(hostile_html: str) -> None:
    page = Page.read(hostile_html)
    assert not page.named("script", "img", "svg")
    assert page.unclosed == []
    (heading,) = page.named("h1")
    assert heading.text.startswith('<script>alert(1)</script> "><img src=x')


def test_html_links_to_the_web_only(hostile_html: str) -> None:
    links = [each.attributes["href"] or "" for each in Page.read(hostile_html).named("a")]
    assert all(link.startswith("#") for link in links)


def test_templates_are_not_run(hostile_html: str) -> None:
    assert "{{ 7 * 7 }}" in Page.read(hostile_html).named("h1")[0].text.replace("  ", " ")


def test_markdown_shows_it_as_text(hostile: Report) -> None:
    text = to_markdown(brief(hostile))
    assert not re.search(r"<(?!https?://)", text)
    assert not re.search(r"(?<!\\)\]\(", text)
    rows = [line for line in text.splitlines() if line.startswith("| ")]
    widths = [len(re.findall(r"(?<!\\)\|", row)) for row in rows]
    heads = [len(re.findall(r"\|", row)) for row in text.splitlines() if row.startswith("|---")]
    assert set(widths) == set(heads)


@pytest.mark.parametrize("render", [to_html, to_markdown])
def test_no_control_character_is_left(hostile: Report, render: object) -> None:
    assert callable(render)
    text = render(brief(hostile))
    assert printable(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("1. first", "1\\. first"),
        ("2.5 and 3", "2.5 and 3"),
        ("- item", "\\- item"),
        ("a\nb", "a b"),
        ("a_b", "a\\_b"),
        ("# title", "\\# title"),
        ("&lt;", "&amp;lt;"),
    ],
)
def test_escaped(text: str, shown: str) -> None:
    assert escaped(text) == shown
