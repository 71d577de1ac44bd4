"""From bytes to plain values that remember where they stood.

YAML is read as events, never as objects: scalars stay the text that stands there (`no` is `no`,
`0110` is `0110`), aliases and tags are refused, and size, depth and number of nodes are bounded
before anything is built. libyaml's own loader crashes on deep nesting; its event stream does not.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import yaml
from yaml import events

from detente.case.problems import Place, Problem
from detente.errors import CaseError

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Document", "Value", "read_document"]

Value = str | None | list["Value"] | dict[str, "Value"]
Route = tuple[str | int, ...]
"""The keys and indexes that lead to a value."""

LARGEST = 2_000_000  # bytes
DEEPEST = 40
MOST_NODES = 200_000
LONGEST_SCALAR = 100_000  # characters

PARSER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Document:
    """A file's values and the place of each key and value."""

    value: Value
    keys: dict[Route, Place] = field(repr=False)
    values: dict[Route, Place] = field(repr=False)

    def place(self, route: Route, *, key: bool = False) -> Place:
        """Where the value (or its key) stands; the nearest one that stands in the file."""
        here = self.known(route)
        if key and here in self.keys:
            return self.keys[here]
        return self.values[here]

    def named(self, route: Route) -> str:
        """The route in words, items counted from 1: `options.prc`, `preferences.prc.4.prefer`."""
        return ".".join(
            str(step + 1 if isinstance(step, int) else step) for step in self.known(route)
        )

    def known(self, route: Route) -> Route:
        """The steps of a route that stand in the file; a validator's own names do not."""
        here: Route = ()
        for step in route:
            if (*here, step) in self.values:
                here = (*here, step)
        return here


def read_document(path: Path, shown: str | None = None) -> Document:
    """Read one YAML file.

    Raises
    ------
    CaseError
        If it is not UTF-8 text or not YAML, too large or too deep, or uses aliases or tags.
    """
    shown = shown or str(path)
    text = decoded(path, shown)
    lines = text.splitlines()
    try:
        return Builder(shown, lines).document(bounded(yaml.parse(text, PARSER)))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = (
            Place(shown, mark.line + 1, mark.column + 1, 1, line_at(lines, mark.line))
            if mark
            else Place(shown)
        )
        raise CaseError(
            [Problem(place, f"not YAML: {error.problem}", hint=cure(error, place))]
        ) from None
    except yaml.YAMLError as error:
        raise CaseError([Problem(Place(shown), f"not YAML: {error}")]) from None


def decoded(path: Path, shown: str) -> str:
    if path.stat().st_size > LARGEST:
        raise CaseError([Problem(Place(shown), f"larger than {LARGEST // 1_000_000} MB: not read")])
    content = path.read_bytes()
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        column = error.start - content.rfind(b"\n", 0, error.start)
        raise CaseError(
            [Problem(Place(shown, line, column), "not UTF-8 text", hint="save the file as UTF-8")]
        ) from None


def cure(error: yaml.MarkedYAMLError, place: Place) -> str | None:
    problem = error.problem or ""
    if "\t" in place.text[: place.column]:
        return "indent with spaces, not tabs"
    if "mapping values are not allowed" in problem:
        return "put text that holds `: ` in quotes"
    if "expected ',' or" in problem:
        return "close the bracket or brace, or put the text in quotes"
    return None


class Refused(yaml.MarkedYAMLError):
    """Something YAML allows and a case does not."""


def bounded(stream: Iterator[events.Event]) -> Iterator[events.Event]:
    """The same events, refusing what could exhaust time, memory or the stack."""
    depth = 0
    for nodes, event in enumerate(stream):
        if isinstance(event, events.AliasEvent) or getattr(event, "anchor", None):
            raise Refused(None, None, "aliases and anchors are not used in cases", event.start_mark)
        if getattr(event, "tag", None):
            raise Refused(None, None, f"tags are not used in cases ({event.tag})", event.start_mark)
        depth += isinstance(event, events.CollectionStartEvent)
        depth -= isinstance(event, events.CollectionEndEvent)
        if depth > DEEPEST:
            raise Refused(None, None, f"nested deeper than {DEEPEST}", event.start_mark)
        if nodes > MOST_NODES:
            raise Refused(None, None, f"more than {MOST_NODES:,} items", event.start_mark)
        if isinstance(event, events.ScalarEvent) and len(event.value) > LONGEST_SCALAR:
            raise Refused(
                None, None, f"a text longer than {LONGEST_SCALAR:,} characters", event.start_mark
            )
        yield event


class Builder:
    """Builds values from events; recursion is safe because depth is bounded."""

    def __init__(self, shown: str, lines: list[str]) -> None:
        self.shown, self.lines = shown, lines
        self.keys: dict[Route, Place] = {}
        self.values: dict[Route, Place] = {}
        self.problems: list[Problem] = []

    def document(self, stream: Iterator[events.Event]) -> Document:
        for event in stream:
            if isinstance(event, events.DocumentStartEvent) and self.values:
                raise Refused(None, None, "a second document in one file", event.start_mark)
            if isinstance(event, events.NodeEvent):
                value = self.value(event, (), stream)
        if not self.values:
            raise CaseError(
                [
                    Problem(
                        Place(self.shown),
                        "the file is empty",
                        hint="`detente new DIR` starts a case",
                    )
                ]
            )
        if self.problems:
            raise CaseError(self.problems)
        return Document(value, self.keys, self.values)

    def value(self, event: events.Event, route: Route, stream: Iterator[events.Event]) -> Value:
        self.values[route] = self.place(event)
        if isinstance(event, events.MappingStartEvent):
            return self.mapping(route, stream)
        if isinstance(event, events.SequenceStartEvent):
            return self.sequence(route, stream)
        is_empty = event.value == "" and event.style is None
        return None if is_empty else event.value

    def mapping(self, route: Route, stream: Iterator[events.Event]) -> dict[str, Value]:
        items: dict[str, Value] = {}
        for event in stream:
            if isinstance(event, events.MappingEndEvent):
                break
            if not isinstance(event, events.ScalarEvent):
                raise Refused(None, None, "a key must be a name", event.start_mark)
            here = (*route, event.value)
            if here in self.keys:
                first = self.keys[here].line
                self.problems.append(
                    Problem(
                        self.place(event),
                        f"`{event.value}` appears twice",
                        ".".join(map(str, route)),
                        f"first at line {first}",
                    )
                )
            self.keys[here] = self.place(event)
            items[event.value] = self.value(next(stream), here, stream)
        return items

    def sequence(self, route: Route, stream: Iterator[events.Event]) -> list[Value]:
        items: list[Value] = []
        for event in stream:
            if isinstance(event, events.SequenceEndEvent):
                break
            items.append(self.value(event, (*route, len(items)), stream))
        return items

    def place(self, event: events.Event) -> Place:
        start, end = event.start_mark, event.end_mark
        text = line_at(self.lines, start.line)
        one_line = isinstance(event, events.ScalarEvent) and end.line == start.line
        width = end.column - start.column if one_line else 1
        return Place(
            self.shown,
            start.line + 1,
            start.column + 1,
            max(width, 1),
            text,
            getattr(event, "style", None),
        )


def line_at(lines: list[str], index: int) -> str:
    return lines[index] if index < len(lines) else ""
