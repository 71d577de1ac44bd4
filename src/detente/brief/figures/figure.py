"""A figure: what is drawn, and beside it everything that lets one read it without the drawing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from detente.brief.figures import picture

if TYPE_CHECKING:
    from collections.abc import Mapping

    from detente.brief.document import Table

__all__ = ["FIGURES", "MISSING", "Figure"]

FIGURES = "figures"
"""The folder beside the brief in which its figures stand as files."""

MISSING = "The picture needs an extra: pip install 'detente[figures]'. The table says the same."


@dataclass(frozen=True)
class Figure:
    """A picture with its table, its source and its caveat."""

    id: str
    """Names its files and its place in the page."""
    title: str
    """What it shows, said as a result."""
    spec: Mapping[str, Any]
    """Vega-Lite 5, data inline; nothing in it is an expression made of case text."""
    table: Table
    """The same numbers."""
    caption: str
    """How to read it."""
    source: str
    """What the numbers were computed from."""
    caveat: str
    """What a reader must not take from it."""
    description: str
    """What one would say of the picture to somebody who does not see it."""

    @property
    def notes(self) -> tuple[tuple[str, str], ...]:
        """What stands under it: names and words; the first has no name."""
        return ("", self.caption), ("Source", self.source), ("Caveat", self.caveat)

    def specification(self) -> dict[str, Any]:
        """The whole specification, with title and description, as it is written to a file."""
        return picture.complete(self.spec, self.title, self.description)

    def svg(self) -> str:
        """The picture as a file: text stays text, the same bytes on every call.

        Raises
        ------
        CannotAnswer
            If `vl-convert-python` is not installed (the extra `figures`).
        """
        return picture.standing_alone(self.specification())

    def png(self, scale: float = 2.0) -> bytes:
        """The picture in pixels, `scale` of them to one of the drawing: the bytes of a file.

        Raises
        ------
        CannotAnswer
            If `vl-convert-python` is not installed (the extra `figures`).
        """
        return picture.in_pixels(self.svg(), scale)

    def inline_svg(self) -> str | None:
        """The picture for a page that has its colours; None where it cannot be drawn."""
        if not picture.is_drawable():
            return None
        untitled = picture.complete({**self.spec, "padding": 0}, "", self.description)
        return picture.within_page(untitled, self.id)

    def to_html(self) -> str:
        """The figure with its caption and its table, everything escaped; no script."""
        from detente.brief.html import figure_html

        return figure_html(self)

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        bundle = {picture.MIME: self.specification(), "text/plain": self.description}
        return bundle | ({"image/svg+xml": self.svg()} if picture.is_drawable() else {})
