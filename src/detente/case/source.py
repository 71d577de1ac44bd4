"""Where a value stands in a file, down to the character inside a YAML string."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from detente.case.problems import Place

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["COLLECTION", "Source", "Span"]

COLLECTION = "[]"


@dataclass(frozen=True)
class Source:
    """A file as it was read; without lines it is known by name only."""

    name: str
    lines: tuple[str, ...] = field(default=(), repr=False)

    def place(self, line: int, column: int, width: int = 1) -> Place:
        """A stretch of a line; line and column count from 0."""
        if not self.lines:
            return Place(self.name)
        text = self.lines[line] if line < len(self.lines) else ""
        return Place(self.name, line + 1, column + 1, max(width, 1), text)

    def last_before(self, line: int, column: int) -> tuple[int, int]:
        """The same line and column, or if only blanks follow, the one after the last character."""
        written = [number for number, text in enumerate(self.lines) if text.strip()]
        if not written or written[-1] >= line:
            return line, column
        return written[-1], len(self.lines[written[-1]].rstrip())


class Character(NamedTuple):
    """A character of a scalar's value, and how it is written."""

    line: int
    column: int
    width: int
    is_blank: bool


class Span(NamedTuple):
    """The stretch of a file in which a key or value is written; lines and columns from 0.

    A case has tens of thousands of them, which is why they are flat tuples.
    """

    source: Source
    line: int = 0
    column: int = 0
    end_line: int = 0
    end_column: int = 0
    style: str = ""
    """How YAML writes the scalar: plain, `'`, `"`, `|` or `>`; or that it is a collection."""

    @property
    def place(self) -> Place:
        """The stretch as far as its first line goes; a collection's first character."""
        if self.style in (COLLECTION, "|", ">") or not self.source.lines:
            return self.source.place(self.line, self.column)
        end = self.end_column
        if self.end_line > self.line:
            end = len(self.source.lines[self.line].rstrip())
        return self.source.place(self.line, self.column, end - self.column)

    def within(self, text: str, start: int, end: int) -> Place:
        """Where characters `start` to before `end` of the scalar's text are written.

        Line breaks and indentation change on the way from file to text, other characters do not:
        the n-th character that is not blank is the same one here and there.
        """
        written = [character for character in self.characters() if not character.is_blank]
        first, last = visible(text[:start]), visible(text[:end]) - 1
        if not written:
            return self.place
        if first >= len(written):
            after = written[-1]
            return self.source.place(after.line, after.column + after.width)
        here, there = written[first], written[min(max(first, last), len(written) - 1)]
        stop = there.column + there.width
        if there.line > here.line:
            stop = len(self.source.lines[here.line].rstrip())
        return self.source.place(here.line, here.column, stop - here.column)

    def characters(self) -> Iterator[Character]:
        """The characters of the value as they are written, without quotes and block headers."""
        is_block, is_quoted = self.style in ("|", ">"), self.style in ("'", '"')
        for number in range(self.line + is_block, self.end_line + 1):
            line = self.source.lines[number] if number < len(self.source.lines) else ""
            stop = self.end_column - is_quoted if number == self.end_line else len(line)
            column = self.column + is_quoted if number == self.line else 0
            while column < stop:
                width = self.width(line, column)
                written = line[column : column + width]
                yield Character(number, column, width, self.value_of(written).isspace())
                column += width

    def value_of(self, written: str) -> str:
        """The character that is written so."""
        if self.style != '"' or not written.startswith("\\"):
            return written
        letter, digits = written[1:2], written[2:]
        return chr(int(digits, 16)) if digits else BLANKS.get(letter, letter)

    def width(self, line: str, column: int) -> int:
        """How many written characters make the next one of the value."""
        if self.style == "'":
            return 2 if line[column : column + 2] == "''" else 1
        if self.style == '"' and line[column] == "\\":
            return 2 + ESCAPED.get(line[column + 1 : column + 2], 0)
        return 1


ESCAPED = {"x": 2, "u": 4, "U": 8}
"""Digits that follow the letter of a numeric escape."""
BLANKS = dict.fromkeys(("", *"ntrvfNLP_"), " ")
"""Escapes of something blank by their letter; at the end of a line there is none."""


def visible(text: str) -> int:
    """How many characters of a text are not blank."""
    return sum(not character.isspace() for character in text)
