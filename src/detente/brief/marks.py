"""One colour and one shape per actor, the same everywhere.

Colours are the eight of Okabe and Ito, told apart by readers who see fewer; shapes carry the same
in grey. Beyond eight actors a colour comes back with another shape.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from detente.brief.document import Mark

__all__ = ["SHAPES", "colour", "shape"]

SHAPES = "●■▲◆▼★✚⬢"
"""In the order in which actors take them."""


def colour(mark: Mark) -> int:
    """The number of the actor's colour, 0 to 7."""
    return mark.place % len(SHAPES)


def shape(mark: Mark) -> str:
    """The actor's shape."""
    turns, place = divmod(mark.place, len(SHAPES))
    return SHAPES[(place + turns) % len(SHAPES)]
