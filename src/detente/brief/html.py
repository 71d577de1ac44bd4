"""A brief as one HTML file: no script, nothing fetched, all text escaped."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from detente.brief.marks import colour, shape
from detente.brief.words import printable

if TYPE_CHECKING:
    from detente.brief.document import Document

__all__ = ["to_html"]

TEMPLATES = Path(__file__).with_name("templates")


def to_html(document: Document) -> str:
    """The whole page."""
    return environment().get_template("brief.html.jinja").render(document=document)


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
    made.filters |= {"kind": kind, "shape": shape, "mark_class": lambda mark: f"c{colour(mark)}"}
    return made


def cleaned(value: Any) -> Any:
    # Exactly str: what is marked as safe has been made by the template itself.
    return printable(value) if type(value) is str else value


def kind(part: object) -> str:
    """The name of a part: `str`, `strong`, `table`."""
    return type(part).__name__.lower()
