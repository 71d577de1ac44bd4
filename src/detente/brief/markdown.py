"""A brief as Markdown, all text escaped."""

from __future__ import annotations

import re
from functools import singledispatch
from typing import TYPE_CHECKING

from detente.brief.document import (
    Badge,
    Bullets,
    Code,
    Link,
    Mark,
    Paragraph,
    Strong,
    Table,
    spelt,
)
from detente.brief.figures.figure import FIGURES, MISSING, Figure
from detente.brief.figures.picture import is_drawable
from detente.brief.words import printable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from detente.brief.document import Document, Section, Words

__all__ = ["escaped", "to_markdown"]

ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
SPECIAL = re.compile(r"[\\`*_{}\[\]|~#]|^[-+=](?=\s)|^\d+[.)](?=\s)")


def to_markdown(document: Document) -> str:
    """The whole document; GitHub's tables."""
    lines = [f"# {escaped(document.title)}", ""]
    lines += [f"- {escaped(name)}: {escaped(value)}" for name, value in document.facts]
    for section in (document.memo, *document.chapters):
        lines += ["", *section_lines(section, 2)]
    return "\n".join(lines) + "\n"


def escaped(text: str) -> str:
    r"""Text that Markdown shows as it stands, on one line.

    Examples
    --------
    >>> escaped("<b> [a](b) *c* 1 | 2")
    '&lt;b&gt; \\[a\\](b) \\*c\\* 1 \\| 2'
    """
    flat = " ".join(printable(text).split())
    marked = SPECIAL.sub(lambda found: found[0][:-1] + "\\" + found[0][-1], flat)
    return "".join(ENTITIES.get(character, character) for character in marked)


def section_lines(section: Section, level: int) -> Iterator[str]:
    """A heading and everything under it."""
    yield f"{'#' * level} {escaped(section.title)}"
    for block in section.blocks:
        yield ""
        yield from block_lines(block)
    for inner in section.sections:
        yield ""
        yield from section_lines(inner, level + 1)


# ---------------------------------------------------------------------------------------- blocks


@singledispatch
def block_lines(_block: object) -> Iterator[str]:
    raise NotImplementedError


@block_lines.register(Paragraph)
def paragraph_lines(block: Paragraph) -> Iterator[str]:
    yield words(block.words)


@block_lines.register(Bullets)
def bullet_lines(block: Bullets) -> Iterator[str]:
    for item in block.items:
        yield f"- {words(item)}"


@block_lines.register(Table)
def table_lines(block: Table) -> Iterator[str]:
    yield f"*{escaped(block.caption)}*"
    yield ""
    yield f"| {' | '.join(map(escaped, block.head))} |"
    yield "|" + "---|" * len(block.head)
    for row in block.rows:
        yield f"| {' | '.join(map(words, row))} |"


@block_lines.register(Figure)
def figure_lines(block: Figure) -> Iterator[str]:
    yield f"**{escaped(block.title)}**"
    yield ""
    if is_drawable():
        yield f"![{escaped(block.description)}]({FIGURES}/{block.id}.svg)"
    else:
        yield escaped(MISSING)
    for name, said in block.notes:
        yield ""
        yield escaped(f"{name}: {said}" if name else said)
    yield ""
    yield from table_lines(block.table)


# ---------------------------------------------------------------------------------------- inlines


def words(parts: Words) -> str:
    """The words of a paragraph, an item or a cell."""
    return "".join(map(inline, parts)).strip()


@singledispatch
def inline(part: object) -> str:
    raise NotImplementedError


@inline.register(str)
def plain(part: str) -> str:
    return "".join(code(each) if isinstance(each, Code) else spaced(each) for each in spelt(part))


def spaced(text: str) -> str:
    """Escaped, but for a blank at either end that keeps words apart from what stands beside."""
    lead, trail = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    return f"{lead and ' '}{escaped(text)}{trail and ' '}" if text.strip() else " "


@inline.register(Strong)
def strong(part: Strong) -> str:
    trail = " " if part.text.endswith(" ") else ""
    return f"**{escaped(part.text)}**{trail}"


@inline.register(Code)
def code(part: Code) -> str:
    # Inside a code span only the fence and the table's bar need care.
    text = " ".join(printable(part.text).replace("`", "'").split())
    return f"`{text}`".replace("|", "\\|") if text else ""


@inline.register(Badge)
def badge(part: Badge) -> str:
    count = "" if part.count is None else f"{part.count} "
    return f"**{count}{part.verdict}**"


@inline.register(Mark)
def mark(part: Mark) -> str:
    return f"**{escaped(part.name)}**"


@inline.register(Link)
def link(part: Link) -> str:
    return f"<{''.join(part.address.split())}>"
