"""From a Vega-Lite specification to an SVG that is safe to put into a page.

The renderer escapes what it writes. Its output is rebuilt all the same from a list of elements and
attributes a drawing needs, so that nothing else ever reaches a page, and its ids, which the
renderer counts on through the life of a process, are numbered afresh, so that the same
specification gives the same bytes.
"""

from __future__ import annotations

import json
import re
from functools import lru_cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

from detente.brief.figures.theme import CONFIG, FONT, INK, PAPER, VARIABLES
from detente.brief.words import printable
from detente.errors import CannotAnswer

if TYPE_CHECKING:
    from collections.abc import Mapping
    from xml.etree.ElementTree import Element

__all__ = ["MIME", "complete", "in_pixels", "is_drawable", "standing_alone", "within_page"]

MIME = "application/vnd.vegalite.v5+json"
SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"
VERSION = "5.20"
ID, TARGET = re.compile(r'<clipPath id="(\w+)"'), re.compile(r"url\(#(\w+)\)")

MARGIN, TITLE, LETTER = 12, 30, 8
"""Around a drawing that stands alone, for its title, and for each letter of it [pixels]."""

KOREAN = re.compile("[\u1100-\u11ff\u3130-\u318f\uac00-\ud7af\u4e00-\u9fff]")
KOREAN_FONTS = "'Noto Sans KR', 'Noto Sans CJK KR', 'Malgun Gothic'"

ELEMENTS = {"svg", "g", "path", "line", "rect", "circle", "text", "tspan", "defs", "clipPath"}
ATTRIBUTES = {
    *("aria-hidden", "aria-label", "aria-roledescription", "class", "d", "display"),
    *("dx", "dy", "fill", "fill-opacity", "font-family", "font-size", "font-style", "font-weight"),
    *("height", "opacity", "r", "role", "stroke", "stroke-dasharray", "stroke-linecap"),
    *("stroke-linejoin", "stroke-miterlimit", "stroke-opacity", "stroke-width", "text-anchor"),
    *("transform", "version", "viewBox", "width", "x", "x1", "x2", "y", "y1", "y2", "cx", "cy"),
}


def complete(spec: Mapping[str, Any], title: str, description: str) -> dict[str, Any]:
    """A specification with schema, theme, title and description, rid of control characters."""
    head = {"$schema": SCHEMA, "description": description, "config": CONFIG}
    said = {"title": {"text": title}} if title else {}
    return {key: cleaned(value) for key, value in {**head, **said, **spec}.items()}


def cleaned(value: Any) -> Any:
    """The same without the characters that may stand in no drawing."""
    if isinstance(value, dict):
        return {key: cleaned(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [cleaned(inner) for inner in value]
    return printable(value) if isinstance(value, str) else value


def is_drawable() -> bool:
    """Whether the renderer is installed."""
    return find_spec("vl_convert") is not None


def standing_alone(spec: Mapping[str, Any]) -> str:
    """The drawing as a file, under its title.

    Raises
    ------
    CannotAnswer
        If the renderer is not installed.
    """
    bare = {key: value for key, value in spec.items() if key != "title"}
    title = spec["title"]["text"] if "title" in spec else ""
    root = framed(rebuilt(bare | {"padding": 0}, ""), title)
    root.set("xmlns", "http://www.w3.org/2000/svg")
    return described(root, spec) + "\n"


def framed(drawing: Element, title: str) -> Element:
    """A drawing with room around it and its title above.

    Rendering costs most; so the one that stands in the page is taken for the file as well.
    """
    above = MARGIN + (TITLE if title else 0)
    letters = len(title) * LETTER
    wide = max(float(drawing.get("width", 0)), letters) + 2 * MARGIN
    high = float(drawing.get("height", 0)) + above + MARGIN
    size = {"width": f"{wide:g}", "height": f"{high:g}"}
    root = ElementTree.Element(
        "svg", {"version": "1.1", **size, "viewBox": f"0 0 {wide:g} {high:g}"}
    )
    ElementTree.SubElement(root, "rect", {**size, "fill": PAPER})
    if title:
        look = {"x": str(MARGIN), "y": str(MARGIN + 14), "fill": INK, "font-family": FONT}
        named = ElementTree.SubElement(
            root, "text", look | {"font-size": "15px", "font-weight": "600"}
        )
        named.text = title
    moved = ElementTree.SubElement(root, "g", {"transform": f"translate({MARGIN},{above})"})
    moved.extend(drawing)
    return root


def in_pixels(svg: str, scale: float) -> bytes:
    """A drawing as a PNG file, so many pixels to one of the drawing."""
    import vl_convert

    if KOREAN.search(svg):
        # What a first font lacks the rasteriser takes from any font that has it, serif or not.
        svg = svg.replace('font-family="', f'font-family="{KOREAN_FONTS}, ')
    png: bytes = vl_convert.svg_to_png(svg, scale=scale)
    return png


def within_page(spec: Mapping[str, Any], prefix: str) -> str:
    """The drawing for a page: its colours those of the page, its ids its own."""
    root = rebuilt(spec, f"{prefix}-")
    for each in root.iter():
        recolour(each)
    return described(root, spec)


def described(root: Element, spec: Mapping[str, Any]) -> str:
    """The drawing as text, with what one would say of it to somebody who does not see it."""
    root.set("role", "img")
    root.set("aria-label", spec["description"])
    return ElementTree.tostring(root, encoding="unicode")


@lru_cache(maxsize=64)
def rendered(spec: str) -> str:
    """What the renderer makes of a specification; it may fetch nothing."""
    try:
        import vl_convert
    except ImportError as error:
        raise CannotAnswer(
            "figures: pictures need vl-convert-python, which is not installed\n"
            "  pip install 'detente[figures]'; the tables say the same"
        ) from error
    svg: str = vl_convert.vegalite_to_svg(spec, vl_version=VERSION, allowed_base_urls=[])
    return svg


def rebuilt(spec: Mapping[str, Any], prefix: str) -> Element:
    """The drawing of a specification, put together anew from what a drawing needs."""
    svg = rendered(json.dumps(spec))
    ids = list(dict.fromkeys(ID.findall(svg)))
    names = {id: f"{prefix}clip{number}" for number, id in enumerate(ids)}
    # The renderer's own output: it declares no entities that a parser could be made to expand.
    return copied(ElementTree.fromstring(svg), names)


def copied(old: Element, names: Mapping[str, str]) -> Element:
    """An element with the attributes and the elements on the lists, its ids renamed."""
    new = ElementTree.Element(local(old.tag))
    new.text, new.tail = old.text, old.tail
    for name, value in old.items():
        if name in ATTRIBUTES:
            new.set(name, value)
        elif name == "id":
            new.set(name, names[value])
        elif name == "clip-path" and (target := TARGET.fullmatch(value)):
            new.set(name, f"url(#{names[target[1]]})")
    new.extend(copied(inner, names) for inner in old if local(inner.tag) in ELEMENTS)
    return new


def local(tag: str) -> str:
    """The name without its namespace."""
    return tag.rpartition("}")[2]


def recolour(element: Element) -> None:
    """The theme's colours as the page's variables, so that a dark page darkens its figures."""
    for name in ("fill", "stroke"):
        colour = element.get(name, "")
        if colour in VARIABLES:
            element.set(name, f"var(--{VARIABLES[colour]})")
