"""The brief of many futures: what it says, that page and Markdown say it alike, and its files."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from detente.brief.compose import brief
from detente.brief.files import write
from detente.brief.html import to_html
from detente.brief.markdown import to_markdown
from detente.brief.shares import required, share_sentence, why_over_futures, with_interval
from detente.brief.unknowns import Unknowns
from detente.brief.words import of_ten, part_words, percent
from detente.futures.discovering.boxes import Box, Interval, Levels
from detente.futures.judging.report import AtLevel, EnsembleClaim, EnsembleReport, Judged
from detente.futures.judging.second_order import Range
from detente.futures.judging.shares import Share
from tests.brief.page import Page
from tests.brief.test_both import NUMBER, read

if TYPE_CHECKING:
    from pathlib import Path

    from detente.brief.document import Document


@pytest.fixture(scope="module")
def document(unsure: EnsembleReport) -> Document:
    return brief(unsure)


@pytest.fixture(scope="module")
def page(document: Document) -> Page:
    return Page.read(re.sub(r"<svg.*?</svg>", "", to_html(document), flags=re.DOTALL))


@pytest.fixture(scope="module")
def markdown(document: Document) -> str:
    return to_markdown(document)


# -------------------------------------------------------------------------------- the whole page


def test_the_two_chapters_follow_the_memo(document: Document) -> None:
    assert [each.anchor for each in document.chapters[:2]] == ["how-sure", "change"]


def test_every_figure_is_there_with_its_table(document: Document, page: Page) -> None:
    ids = [figure.id for figure in document.figures()]
    assert {"claims", "strategies", "goals", "convergence", "movers"} <= {*ids}
    assert [each.attributes["id"] for each in page.named("figure")] == [f"figure-{x}" for x in ids]
    assert len(page.named("details")) == len(ids)


def test_the_page_is_sound_and_fetches_nothing(document: Document) -> None:
    html = to_html(document)
    whole = Page.read(html)
    assert whole.unclosed == []
    assert not whole.named("script", "link", "img", "iframe", "object", "image")
    names = {name for element in whole.elements for name in element.attributes}
    assert not names & {"src", "href:xlink", "xlink:href", "style", "onload"}
    ids = [each.attributes["id"] for each in whole.elements if "id" in each.attributes]
    assert len(ids) == len(set(ids))
    assert to_html(document) == html


def test_markdown_has_the_headings_and_numbers_of_the_page(page: Page, markdown: str) -> None:
    headings = [each.text.strip() for each in page.named("h1", "h2", "h3", "h4")]
    assert headings == [read(each) for each in re.findall(r"^#+ (.*)$", markdown, re.MULTILINE)]
    (head,), (body,) = page.named("header"), page.named("main")
    text = re.sub(r"^!\[.*$", "", markdown, flags=re.MULTILINE)
    assert Counter(NUMBER.findall(head.text + body.text)) == Counter(NUMBER.findall(read(text)))


def test_a_share_is_never_called_a_probability(markdown: str) -> None:
    for line in markdown.splitlines():
        for found in re.finditer("probabilit", line):
            around = line[max(found.start() - 45, 0) : found.end() + 12]
            assert re.search(r"not (a |)probabilit|intervals of probabilit", around), line


def test_the_memo_speaks_of_the_futures(markdown: str) -> None:
    assert "- futures: 250" in markdown
    assert "7 could be tested, each in 250 futures" in markdown
    assert "**Over the stated futures:** every outcome under it meets “the market" in markdown
    assert "**In the nominal future:** “Host and offer talks” serves South better" in markdown


def test_futures_that_failed_are_counted(unsure: EnsembleReport) -> None:
    assert unsure.drawn is not None
    failed = replace(unsure, drawn=replace(unsure.drawn, ok=247, failed=3))
    text = to_markdown(brief(failed))
    assert "3 futures failed and are left out of every share." in text
    assert "247 futures (Latin hypercube in blocks of 250, seed 0, 3 failed)" in text


def test_experts_stand_side_by_side(markdown: str) -> None:
    assert "| claim | the case | hawk | dove |" in markdown
    assert re.search(
        r"- \*\*the case and hawk part \*\*|- \*\*the case and hawk part\*\* ", markdown
    )


def test_figures_are_written_beside_the_brief(unsure: EnsembleReport, tmp_path: Path) -> None:
    *_, folder = write(unsure, tmp_path)
    assert folder == tmp_path / "figures"
    names = {each.name for each in folder.iterdir()}
    linked = re.findall(r"^!\[.*\]\(figures/(.*)\)$", (tmp_path / "brief.md").read_text(), re.M)
    assert {*linked} <= names
    assert {name.replace(".svg", ".vl.json") for name in linked} <= names
    spec = json.loads((folder / "claims.vl.json").read_text())
    assert spec["title"] == {"text": "In what share of the stated futures each claim holds"}


# ----------------------------------------------------------------------------------------- words


@pytest.mark.parametrize(
    ("share", "said"),
    [(0, "none"), (0.2, "few"), (0.3, "some"), (0.5, "about half"), (0.95, "most"), (1, "all")],
)
def test_parts_in_the_words_of_the_design(share: float, said: str) -> None:
    assert part_words(share) == said


def test_numbers_are_never_rounded_to_all_or_nothing() -> None:
    assert [percent(x) for x in (0.0, 0.004, 0.996, 1.0)] == ["0%", "under 1%", "over 99%", "100%"]
    assert [of_ten(x) for x in (0.0, 0.04, 0.5, 0.949, 1.0)] == [
        *("none", "hardly any", "5 of 10", "9 of 10", "all"),
    ]


def test_what_a_word_requires() -> None:
    assert required("certain") == (1.0, 1.0)
    assert required("impossible") == (0.0, 0.0)
    assert required("very_unlikely") == (0.0, 0.05)


def test_a_narrow_interval_is_not_said() -> None:
    assert with_interval(Share(0.7, 0.698, 0.702)) == "70%"
    assert with_interval(Share(0.7, 0.65, 0.75)) == "70% (65% to 75%)"
    assert with_interval(Share(None, None, None)) == "undetermined"


def test_shares_in_a_sentence() -> None:
    assert share_sentence(Share(0.6, 0.5, 0.7, against=0.1, difference=0.5)) == (
        "holds in most of the stated futures (60%); under the contrast in few (10%)"
    )
    assert share_sentence(Share(1.0, 0.9, 1.0, against=1.0, difference=0.0)).endswith(
        "with or without the cause: it makes no difference"
    )


def judged(unsure: EnsembleReport, verdict: str, **found: object) -> str:
    """Why the claim on the protest has a verdict."""
    result = next(each for each in unsure.claims if each.claim.id == "north_presses")
    assert isinstance(result, EnsembleClaim)
    assert result.judged is not None
    share = Share(0.58, 0.5, 0.66)
    nothing = {"range": None, "contingent_on": (), "needed": None, "break_even": None}
    made: Judged = replace(result.judged, verdict=verdict, share=share, **{**nothing, **found})  # type: ignore[arg-type]
    return why_over_futures(Unknowns(unsure.situation), result, made)


def test_why_a_verdict(unsure: EnsembleReport) -> None:
    at = AtLevel("election", "yes", Share(0.1, 0.05, 0.15))
    assert judged(unsure, "supported").endswith("(58%); “likely” requires more than 55%")
    assert judged(unsure, "contingent", contingent_on=(at,)).endswith(
        "(58%), but in 10% where “South changes its government” happens"
    )
    assert judged(unsure, "contingent", range=Range(0.4, 0.7)).endswith(
        "but from 40% to 70% over the stated intervals of probability"
    )
    assert judged(unsure, "undecided", needed=2000).endswith(
        "too near to what “likely” requires; 2,000 futures should tell"
    )


@pytest.mark.parametrize(
    ("limit", "said"),
    [
        (Interval("growth", None, 2.5), "growth is at most 2.5 % a year"),
        (Interval("growth", 1, None), "growth is at least 1 % a year"),
        (Interval("growth", 1, 2.5), "growth is between 1 and 2.5 % a year"),
        (Levels("election", ("no",), ("yes",)), "“South changes its government” does not happen"),
        (Levels("aid", ("yes",), ("no",)), "“The ally sends aid” is done"),
        (Levels("north.1", ("held",), ("dropped",)), "North holds “answer the base”"),
        (Levels("south.2", ("dropped",), ("held",)), "South does not hold “talk with North”"),
        (
            Levels("south.1", ("b>a",), ("a>b",), "order"),
            "South ranks “keep the market open” above “keep the ally”",
        ),
        (Levels("south.1", ("a",), ("b",), "first"), "South ranks “keep the ally” first"),
    ],
)
def test_limits_in_words(unsure: EnsembleReport, limit: Interval | Levels, said: str) -> None:
    assert Unknowns(unsure.situation).limit(limit) == said


def test_a_box_in_words(unsure: EnsembleReport) -> None:
    limits: dict[str, Interval | Levels] = {
        "election": Levels("election", ("yes",), ("no",)),
        "growth": Interval("growth", None, 2.5),
    }
    unknowns = Unknowns(unsure.situation)
    assert unknowns.box(Box(limits, 0.7, 0.9, 0.3, 75, 68), "the claim fails") == (
        "Where “South changes its government” happens and growth is at most 2.5 % a year, the "
        "claim fails in 9 of 10 futures; this covers 7 of 10 of the futures in which it does."
    )
    assert unknowns.box(Box(limits, 1.0, 1.0, 0.3, 75, 75), "the claim fails").endswith(
        "the claim fails in every future; elsewhere in none."
    )
