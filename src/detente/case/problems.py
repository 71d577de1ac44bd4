"""What is wrong with a case, where, and how to mend it."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

__all__ = ["Place", "Problem", "report", "report_warnings"]

MOST_SHOWN = 50
WIDEST_LINE = 100


@dataclass(frozen=True)
class Place:
    """A stretch of a file; line and column count from 1, line 0 is the file as a whole."""

    file: str
    line: int = 0
    column: int = 0
    width: int = 1
    text: str = ""
    """The whole line."""
    style: str | None = None
    """How YAML writes the scalar: None plain, `'`, `"`, `|` or `>`."""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file

    def within(self, start: int, end: int) -> Place:
        """The characters from `start` to before `end` of the scalar that stands here."""
        written = self.text[self.column - 1 : self.column - 1 + self.width]
        if self.style in ("|", ">") or (self.width == 1 and end > 2):
            return self  # the text goes over several lines
        before = offset(written, start, self.style)
        after = offset(written, end, self.style)
        return replace(self, column=self.column + before, width=max(after - before, 1))


def offset(written: str, count: int, style: str | None) -> int:
    """How many written characters stand before character `count` of a scalar's value."""
    position = 0 if style is None else 1
    for _ in range(count):
        is_pair = (style == "'" and written[position : position + 2] == "''") or (
            style == '"' and written[position : position + 1] == "\\"
        )
        position += 2 if is_pair else 1
    return position


@dataclass(frozen=True)
class Problem:
    """One thing to mend, or worth knowing."""

    place: Place
    message: str
    at: str = ""
    """The section and item it concerns: `options.prc`."""
    hint: str | None = None
    check: str | None = None
    """The semantic check that found it; `--strict NAME` makes its warnings errors."""
    severity: Literal["error", "warning"] = "error"

    def __str__(self) -> str:
        kind = f"warning[{self.check}]: " if self.severity == "warning" else ""
        where = f"{self.at}: " if self.at else ""
        head = f"{self.place}: {kind}{where}{self.message}"
        return "\n".join([head, *excerpt(self.place, self.hint)])


def excerpt(place: Place, hint: str | None) -> list[str]:
    """The line with a caret under the place, and the cure."""
    if not place.text.strip():
        return [f"  {hint}"] if hint else []
    start = place.column - 1
    width = min(place.width, max(len(place.text) - start, 1))
    cut = max(0, start + min(width, 40) - WIDEST_LINE + 20)
    line = (
        ("…" if cut else "")
        + place.text[cut : cut + WIDEST_LINE]
        + ("…" if len(place.text) > cut + WIDEST_LINE else "")
    )
    before = ("…" if cut else "") + place.text[cut:start]
    gutter = " " * len(str(place.line))
    blank = "".join("\t" if character == "\t" else " " * columns(character) for character in before)
    carets = "^" * min(max(sum(map(columns, place.text[start : start + width])), 1), WIDEST_LINE)
    return [
        f"  {place.line} | {line}",
        f"  {gutter} | {blank}{carets}" + (f"  {hint}" if hint else ""),
    ]


def columns(character: str) -> int:
    """How many columns of a terminal the character takes: Hangul takes two."""
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


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
