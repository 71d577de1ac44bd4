"""Figures: sound specifications, text that stays text, the same bytes, a table beside each."""

from __future__ import annotations

import json
import re
import sys
from collections import defaultdict
from collections.abc import Callable
from itertools import pairwise
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

import pytest

from detente.brief.document import Document, Section, Table
from detente.brief.figures import picture
from detente.brief.figures.figure import Figure
from detente.brief.figures.layers import LINE, lines_of
from detente.brief.html import to_html
from detente.brief.markdown import to_markdown
from detente.errors import CannotAnswer
from tests.brief.figured import FIGURES, claims, course, movers
from tests.brief.page import Page

if TYPE_CHECKING:
    from collections.abc import Iterator


vl_convert = pytest.importorskip("vl_convert")

HOSTILE = (
    '</svg><script>alert(1)</script>"><img src=x onerror=alert(1)> datum.x \x1b[31m\u202e&amp;'
)
SHOWN = '</svg><script>alert(1)</script>"><img src=x onerror=alert(1)> datum.x [31m&amp;'
ACTIVE = {"script", "image", "img", "foreignObject", "a", "use", "style", "animate", "set"}

every = pytest.mark.parametrize("make", FIGURES, ids=lambda make: make.__name__)
Make = Callable[..., Figure]


def inner(value: Any) -> Iterator[tuple[str, Any]]:
    """Every key of a specification with its value."""
    if isinstance(value, dict):
        for key, each in value.items():
            yield key, each
            yield from inner(each)
    elif isinstance(value, list):
        for each in value:
            yield from inner(each)


def shown(svg: str) -> str:
    """What one reads in a drawing."""
    root = ElementTree.fromstring(svg)
    return " ".join(each.text or "" for each in root.iter() if each.tag.endswith(("text", "tspan")))


# ----------------------------------------------------------------------------------------- specs


@every
@pytest.mark.parametrize("version", ["5.20", "6.4"])
def test_compiles_without_a_warning(
    make: Make, version: str, capfd: pytest.CaptureFixture[str]
) -> None:
    vl_convert.vegalite_to_vega(make().specification(), vl_version=version, show_warnings=True)
    assert "WARN" not in "".join(capfd.readouterr())


@every
def test_nothing_in_it_is_an_expression_or_an_address(make: Make) -> None:
    spec = make(HOSTILE).specification()
    keys = {key for key, _ in inner(spec)}
    assert not keys & {"expr", "signal", "calculate", "filter", "test", "labelExpr", "url", "href"}
    said = [value for key, value in inner(spec) if key in ("field", "sort") and value]
    assert all(re.fullmatch(r"\w+", name) for name in said)


@every
def test_numbers_are_finite_and_rounded(make: Make) -> None:
    text = json.dumps(make().specification(), allow_nan=False)
    assert not re.search(r"\d\.\d{6,}", text)


@every
def test_has_all_that_a_reader_needs_without_the_picture(make: Make) -> None:
    figure = make()
    texts = (figure.title, figure.caption, figure.source, figure.caveat, figure.description)
    assert all(text.endswith(".") for text in texts[1:4])
    assert all(text.strip() for text in texts)
    assert figure.table.rows
    assert {len(row) for row in figure.table.rows} == {len(figure.table.head)}
    assert "probability" not in figure.title + figure.description


@every
def test_lines_of_text_do_not_run_into_each_other(make: Make) -> None:
    def check(layer: dict[str, Any]) -> None:
        if layer.get("mark", {}).get("type") != "text" or "x" not in layer["encoding"]:
            return
        columns = defaultdict(list)
        for each in layer["data"]["values"]:
            columns[each.get("x")].append(each["y"])
        for places in columns.values():
            places.sort()
            gaps = [b - a for a, b in pairwise(places)]
            assert all(gap >= LINE - 1 for gap in gaps)

    for key, value in inner(make().specification()):
        if key == "layer":
            for layer in value:
                check(layer)


def test_the_drawing_shows_what_the_table_says() -> None:
    figure = claims()
    dots = figure.spec["layer"][-1]["data"]["values"]
    assert [each["x"] for each in dots] == [0.83, 0.04, 0.18]
    assert [row[3] for row in figure.table.rows] == [("83%",), ("4%",), ("18%",)]
    assert figure.description.endswith("II.1 83%, III.4 4%, eases 18%.")


def test_the_widest_bar_of_a_claim_comes_first() -> None:
    rows = [(row[0][0], row[1], row[4]) for row in movers().table.rows]
    assert rows == [
        ("II.1 ", ("growth",), ("50 points",)),
        ("II.1 ", ("Washington retrenches",), ("20 points",)),
        ("III.4 ", (rows[2][1][0],), ("50 points",)),
    ]


def test_long_sentences_are_wrapped_and_cut() -> None:
    assert lines_of("one two three four five six", 9) == ("one two", "three…")
    assert lines_of("word " * 40, 20, 3)[-1].endswith("…")


# -------------------------------------------------------------------------------------- drawings


@every
def test_the_same_bytes_whatever_was_drawn_before(make: Make) -> None:
    first = make().svg()
    picture.rendered.cache_clear()
    for other in (claims, course):  # whose clips the renderer counts on
        other().svg()
    picture.rendered.cache_clear()
    assert make().svg() == first


@every
def test_a_file_has_its_title_and_costs_no_rendering_beside_the_page(make: Make) -> None:
    figure = make()
    picture.rendered.cache_clear()
    root = ElementTree.fromstring(figure.svg())
    assert root.get("aria-label") == figure.description
    assert root[1].text == figure.title
    assert float(root.attrib["width"]) >= 24 + 7 * len(figure.title)
    figure.inline_svg()
    assert picture.rendered.cache_info().misses == 1


@pytest.mark.parametrize("text", ["North protests", "한국"])
def test_the_same_picture_in_pixels(text: str) -> None:
    png = claims(text).png(scale=1)
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    assert png == claims(text).png(scale=1)
    wide, high = (int.from_bytes(png[at : at + 4], "big") for at in (16, 20))
    root = ElementTree.fromstring(claims(text).svg())
    assert (wide, high) == pytest.approx(
        (float(root.attrib["width"]), float(root.attrib["height"])), abs=1
    )


@every
def test_hostile_text_stays_text(make: Make) -> None:
    figure = make(HOSTILE)
    for svg in (figure.svg(), str(figure.inline_svg())):
        root = ElementTree.fromstring(svg)
        names = {each.tag.rpartition("}")[2] for each in root.iter()}
        attributes = {name.lower() for each in root.iter() for name in each.attrib}
        assert not names & ACTIVE
        assert not [name for name in attributes if name.startswith("on") or "href" in name]
        assert "style" not in attributes
    assert "</svg>" in shown(figure.svg()).replace("…", "")
    assert not re.search("[\x1b\u202e]", figure.svg())


@every
@pytest.mark.parametrize("text", ["", "\ufffe\uffff\x00", "한국 日本 🇰🇷", "א ב", "x" * 3000])
def test_any_text_can_be_drawn(make: Make, text: str) -> None:
    ElementTree.fromstring(make(text).svg())


def test_text_that_looks_like_an_expression_is_shown() -> None:
    assert "datum.x + 1" in shown(claims("datum.x + 1").svg())
    assert "{{ 7 * 7 }}" in shown(movers("{{ 7 * 7 }}").svg())


@every
def test_a_page_colours_it_and_owns_its_ids(make: Make) -> None:
    figure = make()
    svg = figure.inline_svg() or ""
    assert "var(--ink)" in svg
    assert "#1d1c1a" not in svg
    assert all(each.startswith(figure.id) for each in re.findall(r' id="([^"]*)"', svg))
    root = ElementTree.fromstring(svg)
    assert (root.get("role"), root.get("aria-label")) == ("img", figure.description)


# ------------------------------------------------------------------------------------ renderings


def document(figure: Figure) -> Document:
    return Document("Title", (), Section("memo", "Memo", (figure,)))


@every
def test_a_page_with_it_is_sound(make: Make) -> None:
    html = to_html(document(make(HOSTILE)))
    page = Page.read(html)
    assert page.unclosed == []
    assert not page.named("script", "img")
    assert len(page.named("figure")) == len(page.named("svg")) == len(page.named("details")) == 1
    ids = [each.attributes["id"] for each in page.elements if "id" in each.attributes]
    assert len(ids) == len(set(ids))


@every
def test_it_stands_alone_in_a_page_of_others(make: Make) -> None:
    figure = make()
    page = Page.read(figure.to_html())
    assert page.unclosed == []
    for said in (figure.title, figure.caption, figure.source, figure.caveat):
        assert said in page.named("figure")[0].text


def test_a_notebook_gets_the_specification_and_the_picture() -> None:
    bundle = claims()._repr_mimebundle_(include=None, exclude=None)
    assert bundle["application/vnd.vegalite.v5+json"]["$schema"].endswith("/v5.json")
    assert bundle["image/svg+xml"] == claims().svg()
    assert bundle["text/plain"] == claims().description


def test_without_the_renderer_the_table_is_shown_and_the_cure_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(picture, "find_spec", lambda _: None)
    monkeypatch.setitem(sys.modules, "vl_convert", None)
    picture.rendered.cache_clear()
    page = Page.read(to_html(document(claims())))
    assert not page.named("svg")
    assert "open" in page.named("details")[0].attributes
    assert "pip install 'detente[figures]'" in page.named("figure")[0].text
    text = to_markdown(document(claims()))
    assert "![" not in text
    assert "| II.1 North protests `presses` |" in text
    assert set(claims()._repr_mimebundle_()) == {picture.MIME, "text/plain"}
    for draw in (claims().svg, claims().png):
        with pytest.raises(CannotAnswer, match=r"^figures: pictures need vl-convert-python"):
            draw()


def test_the_markdown_has_what_the_page_has() -> None:
    text = to_markdown(document(claims()))
    page = Page.read(to_html(document(claims())))
    assert "](figures/claims.svg)" in text
    body = page.named("figcaption")[0].text + page.named("table")[0].text
    for number in re.findall(r"\d+%", body):
        assert number in text
    assert isinstance(claims().table, Table)
