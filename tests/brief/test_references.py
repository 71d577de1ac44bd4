"""References, judged by the examples of the Chicago Manual of Style (17th edition, chapter 15)."""

from __future__ import annotations

from pathlib import Path

import pytest

from detente.brief.references import references
from detente.case.format import Source
from detente.errors import InputError


def source(**fields: object) -> Source:
    """A source as a case writes it."""
    return Source.model_validate(fields)


STYLE = """<?xml version="1.0" encoding="utf-8"?>
<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0">
  <info><title>Titles</title><id>titles</id><updated>2024-01-01T00:00:00+00:00</updated></info>
  <citation><layout><text variable="title"/></layout></citation>
  <bibliography><layout suffix="!"><text variable="title"/></layout></bibliography>
</style>
"""


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        pytest.param(
            source(type="book", author="Grazer, Brian; Fishman, Charles",
                   title="A Curious Mind", issued="2015", publisher="Simon & Schuster"),
            "Grazer, Brian, and Charles Fishman. 2015. A Curious Mind. Simon & Schuster.",
            id="book",
        ),
        pytest.param(
            source(type="article-journal", author="Satterfield, Susan", title="Livy",
                   container_title="Historia", volume="65", page="165–176", issued="2016",
                   doi="10.1/x"),
            "Satterfield, Susan. 2016. “Livy.” Historia 65: 165–176. https://doi.org/10.1/x.",
            id="journal",
        ),
        pytest.param(
            source(type="webpage", title="Who are you?", publisher="A Ministry of Things",
                   issued="2024-04-08", url="https://example.org/a"),
            "A Ministry of Things. 2024. “Who are you?” April 8. https://example.org/a.",
            id="body-as-author",
        ),
        pytest.param(
            source(type="treaty", title={"en": "Mutual Defense Treaty", "ko": "한미상호방위조약"},
                   issued="1953-10"),
            "“Mutual Defense Treaty.” 1953. [한미상호방위조약]. October.",
            id="nothing-but-a-title",
        ),
        pytest.param(
            source(type="report", author="Kim, A.", title="Undated <b> & so on"),
            "Kim, A. n.d. Undated <b> & so on.",
            id="no-date",
        ),
    ],
)  # fmt: skip
def test_author_and_date(written: Source, expected: str) -> None:
    (found,) = references({"it": written})
    assert (found.source, found.text) == ("it", expected)


def test_they_stand_in_the_order_of_authors_and_years() -> None:
    titled = "T"
    sources = {
        "late": source(type="book", author="Adams, A.", title=titled, issued="2020"),
        "other": source(type="book", author="Zhou, B.", title=titled, issued="1990"),
        "early": source(type="book", author="Adams, A.", title=titled, issued="2010"),
    }
    assert [each.source for each in references(sources)] == ["early", "late", "other"]


def test_a_style_of_ones_own(tmp_path: Path) -> None:
    file = tmp_path / "titles.csl"
    file.write_text(STYLE, encoding="utf-8")
    (found,) = references({"it": source(type="book", title="A book")}, file)
    assert found.text == "A book!"


@pytest.mark.parametrize("content", ["", "not XML", "<a/>", "<style/>"])
def test_a_file_that_is_no_style_is_refused(tmp_path: Path, content: str) -> None:
    file = tmp_path / "bad.csl"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match="not a style that can be read\n  a CSL file"):
        references({"it": source(type="book", title="A book")}, file)


def test_a_case_without_sources_has_no_references() -> None:
    assert references({}) == ()
