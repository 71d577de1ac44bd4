"""From bytes to plain values that remember where they stood.

YAML is read as events, never as objects: scalars stay the text that stands there (`no` is `no`,
`0110` is `0110`), aliases and tags are refused, and size, depth and number of nodes are bounded
before anything is built. libyaml's own loader crashes on deep nesting; its event stream does not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NoReturn

import yaml
from yaml import events

from detente.case.problems import Place, Problem
from detente.case.source import COLLECTION, Source, Span
from detente.errors import CaseError, InputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

__all__ = ["Document", "Route", "Value", "read_document", "read_text", "routes"]

Value = str | list["Value"] | dict[str, "Value"] | None
Route = tuple[str | int, ...]
"""The keys and indexes that lead to a value."""

LARGEST = 2_000_000  # bytes
DEEPEST = 40
MOST_EVENTS = 100_000
LONGEST_SCALAR = 100_000  # characters
CONTROL = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
LINE_END = re.compile("\r\n|[\n\r\x85\u2028\u2029]")  # as YAML counts them

PARSER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Document:
    """The values of a file and the place of each key and value."""

    value: Value
    keys: Mapping[Route, Span] = field(repr=False)
    values: Mapping[Route, Span] = field(repr=False)
    problems: tuple[Problem, ...] = ()
    """What is wrong with the file as such: a key that stands twice."""

    def place(self, route: Route, *, key: bool = False) -> Place:
        """Where the value (or its key) stands, or the nearest one around it that does."""
        here = self.known(route)
        span = self.keys.get(here) if key else None
        return (span or self.values[here]).place

    def within(self, route: Route, start: int, end: int) -> Place:
        """Where characters `start` to before `end` of the text at `route` stand."""
        value: Value = self.value
        for step in route:
            value = value[step]  # type: ignore[index]
        return self.values[route].within(str(value), start, end)

    def named(self, route: Route) -> str:
        """The route in words, items counted from 1: `options.prc`, `preferences.prc.4.prefer`."""
        return ".".join(str(step + 1 if isinstance(step, int) else step) for step in route)

    def known(self, route: Route) -> Route:
        """The steps of a route that stand in the file; a validator's own names do not."""
        here: Route = ()
        for step in route:
            if (*here, step) in self.values:
                here = (*here, step)
        return here


def read_document(path: Path) -> Document:
    """Read one YAML file.

    Raises
    ------
    InputError
        If it cannot be read at all.
    CaseError
        If it is not UTF-8 text or not YAML, too large or too deep, or uses aliases or tags.
    """
    return read_text(decoded(content(path), str(path)), str(path))


def read_text(text: str, name: str) -> Document:
    """Read YAML that was written somewhere; `CaseError` if it is none, as for a file."""
    source = Source(name, tuple(LINE_END.split(text)))
    if control := CONTROL.search(text):
        refuse_control(control, text, source)
    try:
        return Builder(source).document(bounded(yaml.parse(text, PARSER)))
    except yaml.MarkedYAMLError as error:
        raise CaseError([not_yaml(error, source)]) from None
    except yaml.YAMLError as error:
        raise CaseError([Problem(source.place(0, 0), f"not YAML: {error}")]) from None


def routes(value: Value, route: Route = ()) -> Iterator[Route]:
    """The routes to a value and to every value below."""
    yield route
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from routes(inner, (*route, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from routes(inner, (*route, index))


def content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            read = file.read(LARGEST + 1)
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from None
    if len(read) > LARGEST:
        raise CaseError([Problem(Place(str(path)), "larger than 2 MB: not read")])
    return read


def decoded(read: bytes, name: str) -> str:
    try:
        return read.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = LINE_END.split(read[: error.start].decode("utf-8-sig"))
        place = Place(name, len(before), len(before[-1]) + 1)
        raise CaseError([Problem(place, "not UTF-8 text", hint="save the file as UTF-8")]) from None


def refuse_control(found: re.Match[str], text: str, source: Source) -> NoReturn:
    before = LINE_END.split(text[: found.start()])
    place = source.place(len(before) - 1, len(before[-1]))
    raise CaseError([Problem(place, f"a control character, U+{ord(found[0]):04X}", hint="drop it")])


def not_yaml(error: yaml.MarkedYAMLError, source: Source) -> Problem:
    mark = error.problem_mark or error.context_mark
    place = (
        source.place(*source.last_before(mark.line, mark.column)) if mark else Place(source.name)
    )
    what = error.problem or "it cannot be parsed"
    if isinstance(error, Refused):
        return Problem(place, what, hint=error.note or "")
    return Problem(place, f"not YAML: {what}", hint=cure(what, place))


def cure(problem: str, place: Place) -> str:
    if "\t" in place.text[: place.column]:
        return "indent with spaces, not tabs"
    if "mapping values are not allowed" in problem:
        return "put text that holds `: ` in quotes"
    if "expected ',' or" in problem:
        return "close the bracket or brace, or put the text in quotes"
    return ""


class Refused(yaml.MarkedYAMLError):
    """Something YAML allows and a case does not."""

    def __init__(self, problem: str, event: events.Event, hint: str = "") -> None:
        super().__init__(None, None, problem, event.start_mark, hint)  # type: ignore[arg-type]


def bounded(stream: Iterator[events.Event]) -> Iterator[events.Event]:
    """The same events, refusing what could exhaust time, memory or the stack."""
    depth = 0
    for count, event in enumerate(stream):
        refuse_indirection(event)
        depth += isinstance(event, events.CollectionStartEvent)
        depth -= isinstance(event, events.CollectionEndEvent)
        if depth > DEEPEST:
            raise Refused(f"nested deeper than {DEEPEST}", event)
        if count > MOST_EVENTS:
            raise Refused(f"more than {MOST_EVENTS:,} keys, values and brackets", event)
        if isinstance(event, events.ScalarEvent) and len(event.value) > LONGEST_SCALAR:
            raise Refused(f"a text longer than {LONGEST_SCALAR:,} characters", event)
        yield event


def refuse_indirection(event: events.Event) -> None:
    """Refuse values that stand elsewhere, and values that are more than text."""
    if getattr(event, "anchor", None):
        hint = "write the value out, or quote text that begins with `&` or `*`"
        raise Refused("anchors and aliases are not used in cases", event, hint)
    if tag := getattr(event, "tag", None):
        raise Refused(
            f"the tag `{tag}` means nothing here", event, "quote text that begins with `!`"
        )


class Builder:
    """Builds values from events; recursion is safe because depth is bounded."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.keys: dict[Route, Span] = {}
        self.values: dict[Route, Span] = {}
        self.problems: list[Problem] = []

    def document(self, stream: Iterator[events.Event]) -> Document:
        value: Value = None
        for event in stream:
            if isinstance(event, events.DocumentStartEvent) and self.values:
                raise Refused("a second document in one file", event, "drop the line `---`")
            if isinstance(event, events.NodeEvent):
                value = self.value(event, (), stream)
        if value is None:
            raise CaseError([Problem(Place(self.source.name), "the file is empty")])
        return Document(value, self.keys, self.values, tuple(self.problems))

    def value(self, event: events.Event, route: Route, stream: Iterator[events.Event]) -> Value:
        self.values[route] = self.span(event)
        if isinstance(event, events.MappingStartEvent):
            return self.mapping(route, stream)
        if isinstance(event, events.SequenceStartEvent):
            return self.sequence(route, stream)
        assert isinstance(event, events.ScalarEvent)
        is_nothing = not event.value and not event.style  # '' is a text, but an empty one
        return None if is_nothing else event.value

    def mapping(self, route: Route, stream: Iterator[events.Event]) -> dict[str, Value]:
        items: dict[str, Value] = {}
        for event in stream:
            if isinstance(event, events.MappingEndEvent):
                break
            if not isinstance(event, events.ScalarEvent):
                raise Refused("a key must be a name", event)
            key = event.value
            if key in items:
                self.report_repeated(route, event)
                Builder(self.source).value(next(stream), (), stream)  # the first one counts
                continue
            self.keys[*route, key] = self.span(event)
            items[key] = self.value(next(stream), (*route, key), stream)
        return items

    def report_repeated(self, route: Route, event: events.ScalarEvent) -> None:
        first = self.keys[*route, event.value].place
        at = ".".join(map(str, route))
        message = f"`{event.value}` stands twice"
        self.problems.append(
            Problem(self.span(event).place, message, at, f"first in line {first.line}")
        )

    def sequence(self, route: Route, stream: Iterator[events.Event]) -> list[Value]:
        items: list[Value] = []
        for event in stream:
            if isinstance(event, events.SequenceEndEvent):
                break
            items.append(self.value(event, (*route, len(items)), stream))
        return items

    def span(self, event: events.Event) -> Span:
        start, end = event.start_mark, event.end_mark
        assert start is not None
        assert end is not None
        style = event.style or "" if isinstance(event, events.ScalarEvent) else COLLECTION
        return Span(self.source, start.line, start.column, end.line, end.column, style)
