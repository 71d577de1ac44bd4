"""A brief as one HTML file: no script, nothing fetched, all text escaped."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from detente.brief.document import spelt
from detente.brief.figures.figure import MISSING
from detente.brief.marks import colour, shape
from detente.brief.words import printable

if TYPE_CHECKING:
    from detente.brief.document import Document, Mark
    from detente.brief.figures.figure import Figure

__all__ = ["figure_html", "to_html"]

TEMPLATES = Path(__file__).with_name("templates")


def to_html(document: Document) -> str:
    """The whole page."""
    return environment().get_template("brief.html.jinja").render(document=document)


def figure_html(figure: Figure) -> str:
    """One figure, to stand in any page."""
    return environment().get_template("figure.html.jinja").render(figure=figure)


def environment() -> Environment:
    """Everything is escaped, and rid of control characters, on its way out."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        finalize=cleaned,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= FILTERS
    made.globals["missing"] = MISSING
    return made


def mark_class(mark: Mark) -> str:
    """The class that gives a mark its colour."""
    return f"c{colour(mark)}"


def cleaned(value: Any) -> Any:
    # What is markup already has been made by the template itself, out of cleaned text.
    return printable(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def drawn(figure: Figure) -> Markup:
    """The picture, rebuilt from a list of what a drawing needs; nothing where it cannot be made."""
    return Markup(figure.inline_svg() or "")


def kind(part: object) -> str:
    """The name of a part: `str`, `strong`, `table`."""
    return type(part).__name__.lower()


FILTERS: Mapping[str, Callable[..., Any]] = {
    "drawn": drawn,
    "kind": kind,
    "mark_class": mark_class,
    "shape": shape,
    "spelt": spelt,
}
