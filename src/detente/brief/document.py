"""A brief as a document: sections, paragraphs, lists and tables, rendered in more than one way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from detente.brief.figures.figure import Figure

if TYPE_CHECKING:
    from detente.claims.report import Verdict

__all__ = [
    "Badge",
    "Block",
    "Bullets",
    "Code",
    "Document",
    "Inline",
    "Link",
    "Mark",
    "Paragraph",
    "Section",
    "Strong",
    "Table",
    "Words",
    "paragraph",
    "spelt",
]


@dataclass(frozen=True)
class Strong:
    """Words that carry the sentence."""

    text: str


@dataclass(frozen=True)
class Code:
    """An id, a code or an expression."""

    text: str


@dataclass(frozen=True)
class Badge:
    """A verdict."""

    verdict: Verdict
    count: int | None = None


@dataclass(frozen=True)
class Mark:
    """An actor, by its one colour and shape."""

    actor: str
    name: str
    place: int
    """Among the actors of the situation; decides colour and shape."""


@dataclass(frozen=True)
class Link:
    """Words that lead to a page of the web."""

    text: str
    address: str


Inline = str | Strong | Code | Badge | Mark | Link
Words = tuple[Inline, ...]


@dataclass(frozen=True)
class Paragraph:
    """A paragraph."""

    words: Words
    is_lead: bool = False
    """Set larger: what a reader in a hurry should have read."""


@dataclass(frozen=True)
class Bullets:
    """A list."""

    items: tuple[Words, ...]


@dataclass(frozen=True)
class Table:
    """A table; its first column names the row."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[Words, ...], ...]


Block = Paragraph | Bullets | Table | Figure


@dataclass(frozen=True)
class Section:
    """A heading and what stands under it."""

    anchor: str
    title: str
    blocks: tuple[Block, ...] = ()
    sections: tuple[Section, ...] = ()


@dataclass(frozen=True)
class Document:
    """The whole brief: a memo of two pages, then everything it rests on."""

    title: str
    facts: tuple[tuple[str, str], ...]
    """What stands under the title: name and value."""
    memo: Section
    chapters: tuple[Section, ...] = field(default=())

    def sections(self) -> Iterator[Section]:
        """Every section in reading order."""
        waiting = [self.memo, *self.chapters]
        while waiting:
            section = waiting.pop(0)
            yield section
            waiting = [*section.sections, *waiting]

    def figures(self) -> Iterator[Figure]:
        """Every figure in reading order."""
        for section in self.sections():
            yield from (block for block in section.blocks if isinstance(block, Figure))


def paragraph(*words: Inline, is_lead: bool = False) -> Paragraph:
    """A paragraph of these words."""
    return Paragraph(words, is_lead)


def spelt(text: str) -> tuple[str | Code, ...]:
    """Text in which a case sets ids between backticks, as words and code in turn.

    Examples
    --------
    >>> spelt("`bid` can be tried")
    (Code(text='bid'), ' can be tried')
    """
    parts = text.split("`")
    if len(parts) % 2 == 0:  # an odd backtick is a character like any other
        return (text,)
    turns = (Code(part) if place % 2 else part for place, part in enumerate(parts))
    return tuple(each for each in turns if each)
