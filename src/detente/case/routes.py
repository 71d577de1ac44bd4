"""Finding values in a file as it stands, by patterns of keys and indexes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from detente.case.document import Route, Value

__all__ = ["evidence", "matching"]


def matching(value: Value, pattern: str) -> Iterator[tuple[Route, Value]]:
    """The values a pattern leads to, each with its route: `*` is any key, `#` any index.

    Examples
    --------
    >>> list(matching({"goals": [{"id": "calm"}]}, "goals.#.id"))
    [(('goals', 0, 'id'), 'calm')]
    """
    found: list[tuple[Route, Value]] = [((), value)]
    for step in pattern.split("."):
        found = [
            ((*route, key), inner) for route, outer in found for key, inner in taken(outer, step)
        ]
    yield from found


def taken(value: Value, step: str) -> Iterable[tuple[str | int, Value]]:
    if step == "#":
        return enumerate(value) if isinstance(value, list) else ()
    if not isinstance(value, dict):
        return ()
    if step == "*":
        return value.items()
    return [(step, value[step])] if step in value else ()


def evidence(value: Value, route: Route = ()) -> Iterator[tuple[Route, dict[str, Value]]]:
    """Every piece of evidence, wherever it stands, with its route."""
    if isinstance(value, dict):
        if route[-2:-1] == ("evidence",):
            yield route, value
        for key, inner in value.items():
            yield from evidence(inner, (*route, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from evidence(inner, (*route, index))
