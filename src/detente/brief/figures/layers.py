"""What the figures are put together from: layers of a Vega-Lite chart, with their data inline.

Rows and labels are laid out here, in pixels, so that a long sentence wraps instead of running into
the plot, and so that text of a case only ever stands in the data: no sort order, no scale and no
expression is made of it.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from detente.brief.figures.theme import INK, RULE, SOFT

__all__ = [
    "LINE",
    "Layer",
    "Values",
    "across",
    "bars",
    "chart",
    "columns",
    "cut",
    "down",
    "field",
    "grid",
    "key",
    "labels",
    "lines_of",
    "look",
    "rounded",
    "rules",
    "shades",
    "share_axis",
    "spans",
    "symbols",
]

Layer = dict[str, Any]
Values = Sequence[Mapping[str, Any]]

SLIM = 0.015
"""The narrowest field that is drawn, of all futures."""

LINE = 15
"""Height of a line of text, in pixels."""


def rounded(value: float | None, digits: int = 4) -> float | None:
    """A number as it is written into a figure."""
    return None if value is None else round(float(value), digits)


def lines_of(text: str, characters: int, most: int = 2) -> tuple[str, ...]:
    """Text in lines, cut with an ellipsis where it is too long.

    Examples
    --------
    >>> lines_of("If South hosts the base, North protests loudly", 20)
    ('If South hosts the', 'base, North…')
    """
    flat = " ".join(text.split())
    found = textwrap.wrap(flat, characters, max_lines=most, placeholder="…", break_on_hyphens=True)
    return tuple(found)


def cut(text: str, characters: int) -> str:
    """Text in one line, cut with an ellipsis where it is too long; some of it always stays.

    Examples
    --------
    >>> cut("North protests loudly", 15), cut("x" * 9, 4), cut("", 4)
    ('North protests…', 'xxx…', '')
    """
    flat = " ".join(text.split())
    whole = lines_of(flat, characters, 1)
    return whole[0] if whole and whole[0] != "…" else flat[: characters - 1] + "…" * bool(flat)


def chart(
    width: int, height: int, axis: Mapping[str, Any] | None, layers: Iterable[Layer]
) -> dict[str, Any]:
    """Layers in one plot on one axis; what is at `y` is a pixel from the top."""
    return {
        "width": width,
        "height": height,
        "layer": [each for each in layers if each],
        "encoding": {"x": {"axis": axis and dict(axis), "scale": scale_of(axis)}},
    }


def scale_of(axis: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """From the first of the axis's values to the last; pixels where there is no axis."""
    if axis is None:
        return None
    return {"domain": [axis["values"][0], axis["values"][-1]], "nice": False, "zero": False}


def down(field: str) -> dict[str, Any]:
    """A place down the page, in pixels."""
    return {"field": field, "type": "quantitative", "scale": None, "axis": None}


def across(field: str) -> dict[str, Any]:
    """A place across the page, on the axis of the plot."""
    return {"field": field, "type": "quantitative"}


def field(required: tuple[float, float]) -> dict[str, float]:
    """What an author's word requires, wide enough to be seen where that is all or none."""
    low, high = required
    return {"x": min(low, 1 - SLIM), "x2": max(high, SLIM)}


def share_axis(title: str = "share of stated futures") -> dict[str, Any]:
    """An axis from none of the futures to all of them."""
    return {"values": [0, 0.25, 0.5, 0.75, 1], "format": ".0%", "title": title, "grid": False}


def grid(height: int, axis: Mapping[str, Any]) -> Layer:
    """Thin lines down the plot at the values of its axis."""
    return columns([{"x": at, "y": 0, "y2": height} for at in axis["values"]], colour=RULE)


def columns(values: Values, *, colour: str) -> Layer:
    """Thin lines down: fields `x`, `y`, `y2`."""
    return {
        "data": {"values": list(values)},
        "mark": {"type": "rule", "color": colour, "aria": False},
        "encoding": {"x": across("x"), "y": down("y"), "y2": {"field": "y2"}},
    }


def labels(values: Values, *, at: float | None = None, **mark: Any) -> Layer:
    """Words: fields `text` and `y`, and `x` unless all stand `at` one pixel."""
    if not values:
        return {}
    place = {"x": {"value": at}} if at is not None else {"x": across("x")}
    return {
        "data": {"values": list(values)},
        "mark": {"type": "text", "align": "left", "baseline": "middle", "aria": False, **mark},
        "encoding": {**place, "y": down("y"), "text": {"field": "text"}},
    }


def rules(values: Values, *, colour: str = INK, width: float = 1.5, **mark: Any) -> Layer:
    """Lines across: fields `x`, `x2`, `y`."""
    if not values:
        return {}
    return {
        "data": {"values": list(values)},
        "mark": {"type": "rule", "color": colour, "strokeWidth": width, "aria": False, **mark},
        "encoding": {"x": across("x"), "x2": {"field": "x2"}, "y": down("y")},
    }


def spans(values: Values, mark: Mapping[str, Any], **channels: Any) -> Layer:
    """Marks that go from `x`, `y` to `x2`, `y2`, each with what is `said` of it."""
    return {
        "data": {"values": list(values)},
        "mark": dict(mark),
        "encoding": {
            "x": across("x"),
            "x2": {"field": "x2"},
            "y": down("y"),
            "y2": {"field": "y2"},
            "description": {"field": "said"},
            **channels,
        },
    }


def bars(values: Values, *, colour: str, **mark: Any) -> Layer:
    """Rectangles: fields `x`, `x2`, `y`, `y2`."""
    if not values:
        return {}
    return {
        "data": {"values": list(values)},
        "mark": {"type": "rect", "color": colour, "aria": False, **mark},
        "encoding": {
            "x": across("x"),
            "x2": {"field": "x2"},
            "y": down("y"),
            "y2": {"field": "y2"},
        },
    }


def symbols(values: Values, look: Mapping[str, Any] | None = None, **mark: Any) -> Layer:
    """Symbols: fields `x`, `y`, `said`; coloured and shaped by a `look`."""
    if not values:
        return {}
    kind = {"type": "point", "filled": True, "opacity": 1, "size": 110, "color": SOFT}
    place = {"x": across("x"), "y": down("y"), "description": {"field": "said"}}
    return {
        "data": {"values": list(values)},
        "mark": kind | mark,
        "encoding": place | dict(look or {}),
    }


def look(
    field: str, looks: Mapping[str, tuple[str, str]], legend: Mapping[str, Any] | None
) -> dict[str, Any]:
    """From the names a field takes to their colours and shapes."""
    shared = {"field": field, "type": "nominal", "legend": legend and dict(legend)}
    colours, shapes = ([each[part] for each in looks.values()] for part in (0, 1))
    return {
        "color": {**shared, "scale": {"domain": list(looks), "range": colours}},
        "shape": {**shared, "scale": {"domain": list(looks), "range": shapes}},
    }


def shades(
    field: str, looks: Mapping[str, tuple[str, float]], legend: Mapping[str, Any]
) -> dict[str, Any]:
    """From the names a field takes to their colours and how strong these are."""
    shared = {"field": field, "type": "ordinal", "legend": dict(legend)}
    colours, strengths = ([each[part] for each in looks.values()] for part in (0, 1))
    stepped = {"type": "ordinal", "domain": list(looks), "range": strengths}
    return {
        "color": {**shared, "scale": {"domain": list(looks), "range": colours}},
        "opacity": {**shared, "scale": stepped},
    }


def key(left: float, above: float = 34) -> dict[str, Any]:
    """A legend in one line over the plot, starting so many pixels left of it."""
    where = {"orient": "none", "legendX": -left, "legendY": -above}
    return {**where, "direction": "horizontal"}
