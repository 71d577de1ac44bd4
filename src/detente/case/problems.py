"""What is wrong with a case, where, and how to mend it."""

from __future__ import annotations

import difflib
import unicodedata
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

__all__ = ["DidYouMean", "Place", "Problem", "in_order", "report", "report_warnings"]

MOST_SHOWN = 50
LONGEST_MESSAGE = 300
WIDEST_LINE = 100
NEAR_ENOUGH = 0.6
MOST_COMPARED = 500  # known names, and
LONGEST_COMPARED = 60  # characters: comparing words takes time that grows with their square
MOST_LISTED = 8


@dataclass(frozen=True)
class Place:
    """A stretch of a line; line and column count from 1, line 0 is the file as a whole."""

    file: str
    line: int = 0
    column: int = 0
    width: int = 1
    text: str = ""
    """The whole line."""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


@dataclass(frozen=True)
class DidYouMean:
    """The hint at the nearest known name; worked out only when it is shown."""

    word: str
    known: Collection[str]

    @property
    def nearest(self) -> str | None:
        """The known name that resembles the word most, if any does enough."""
        if len(self.word) > LONGEST_COMPARED:
            return None
        short = (name for name in self.known if len(name) <= LONGEST_COMPARED)
        compared = list(islice(short, MOST_COMPARED))
        near = difflib.get_close_matches(self.word, compared, n=1, cutoff=NEAR_ENOUGH)
        return near[0] if near else None

    def __str__(self) -> str:
        if nearest := self.nearest:
            return f"did you mean `{nearest}`?"
        return f"known: {', '.join(self.known)}" if 0 < len(self.known) <= MOST_LISTED else ""


@dataclass(frozen=True)
class Problem:
    """One thing to mend, or worth knowing."""

    place: Place
    message: str
    at: str = ""
    """The section and item it concerns: `options.prc`."""
    hint: str | DidYouMean = ""
    check: str | None = None
    """The semantic check that found it; `--strict NAME` makes its warnings errors."""
    severity: Literal["error", "warning"] = "error"

    def __str__(self) -> str:
        kind = f"warning[{self.check}]: " if self.severity == "warning" else ""
        where = f"{self.at}: " if self.at else ""
        head = f"{self.place}: {kind}{where}{self.message}"
        return "\n".join([clean(head), *excerpt(self.place, clean(str(self.hint)))])


def clean(message: str) -> str:
    """One line of bounded length."""
    return harmless(message[:LONGEST_MESSAGE]) + "…" * (len(message) > LONGEST_MESSAGE)


def harmless(text: str) -> str:
    """The same text without characters that steer a terminal or turn the writing direction."""
    return "".join(char if char.isprintable() or char in "\t\xa0\u3000" else "�" for char in text)


def excerpt(place: Place, hint: str) -> list[str]:
    """The line with a caret under the place, and the cure."""
    if not place.text.strip():
        return [f"  {hint}"] if hint else []
    start = place.column - 1
    first = max(0, start - WIDEST_LINE // 2) if len(place.text) > WIDEST_LINE else 0
    last = first + WIDEST_LINE
    before, marked = place.text[first:start], place.text[start : min(start + place.width, last)]
    ahead, behind = "…" * (first > 0), "…" * (len(place.text) > last)
    blank = "".join(char if char == "\t" else " " * columns(char) for char in ahead + before)
    carets = "^" * max(sum(map(columns, marked)), 1)
    number = str(place.line)
    return [
        f"  {number} | {ahead}{harmless(place.text[first:last])}{behind}",
        f"  {' ' * len(number)} | {blank}{carets}  {hint}".rstrip(),
    ]


def columns(character: str) -> int:
    """How many columns of a terminal the character takes: Hangul takes two."""
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """By file and place in it; each said once."""
    unique = {(problem.place, problem.message): problem for problem in problems}
    return sorted(unique.values(), key=lambda p: (p.place.file, p.place.line, p.place.column))


def report(problems: Sequence[Problem]) -> str:
    """All problems, and what follows from them."""
    shown = [str(problem) for problem in problems[:MOST_SHOWN]]
    if len(problems) > MOST_SHOWN:
        shown.append(f"… and {len(problems) - MOST_SHOWN} more")
    count = "1 problem" if len(problems) == 1 else f"{len(problems)} problems"
    return "\n".join([*shown, f"{count}; nothing was computed"])


def report_warnings(warnings: Sequence[Problem]) -> str:
    """All warnings, one after another."""
    return "\n".join(str(warning) for warning in warnings)
