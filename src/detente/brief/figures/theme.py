"""One look for every figure: the colours of the brief, its type, its widths.

The eight colours are those of Okabe and Ito, as everywhere in the brief; what they say is said by
a shape, a place or a word as well.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from detente.brief.marks import SHAPES, colour, shape

if TYPE_CHECKING:
    from detente.brief.document import Mark

__all__ = [
    "BLUE",
    "CONFIG",
    "CROSS",
    "FONT",
    "GREEN",
    "INK",
    "ORANGE",
    "PAPER",
    "PURPLE",
    "RULE",
    "SKY",
    "SOFT",
    "VARIABLES",
    "VERDICTS",
    "VERMILLION",
    "WASH",
    "WHITE",
    "YELLOW",
    "actor_look",
]

INK, SOFT, RULE, WASH, PAPER = "#1d1c1a", "#5d594f", "#dcd6c8", "#ece7d9", "#fdfcf8"
BLUE, VERMILLION, GREEN, PURPLE = "#0072b2", "#d55e00", "#009e73", "#cc79a7"
ORANGE, SKY, YELLOW = "#e69f00", "#56b4e9", "#f0e442"
WHITE = "#ffffff"

VARIABLES: Mapping[str, str] = {
    INK: "ink",
    SOFT: "soft",
    RULE: "rule",
    WASH: "band",
    PAPER: "paper",
    BLUE: "blue",
    VERMILLION: "vermillion",
    GREEN: "green",
    PURPLE: "purple",
    ORANGE: "orange",
    SKY: "sky",
    YELLOW: "yellow",
}
"""Colour -> the variable of the page that holds it."""

CROSS = "M-.7,-1L0,-.3L.7,-1L1,-.7L.3,0L1,.7L.7,1L0,.3L-.7,1L-1,.7L-.3,0L-1,-.7Z"
RING = "M0,-1A1,1,0,1,1,0,1A1,1,0,1,1,0,-1ZM0,-.6A.6,.6,0,1,0,0,.6A.6,.6,0,1,0,0,-.6Z"

VERDICTS: Mapping[str, tuple[str, str]] = {
    "supported": (GREEN, "circle"),
    "contradicted": (VERMILLION, CROSS),
    "assumed": (ORANGE, "triangle-up"),
    "contingent": (PURPLE, "diamond"),
    "undecided": (SKY, "square"),
    "untested": (SOFT, RING),
}
"""Verdict -> its colour and its shape."""

STAR = "M0,-1L.28,-.35L1,-.29L.45,.17L.62,.9L0,.5L-.62,.9L-.45,.17L-1,-.29L-.28,-.35Z"
HEXAGON = "M-1,0L-.5,-.87L.5,-.87L1,0L.5,.87L-.5,.87Z"
ACTOR_COLOURS = (BLUE, VERMILLION, GREEN, PURPLE, ORANGE, SKY, INK, YELLOW)
ACTOR_SHAPES: Mapping[str, str] = dict(
    zip(
        SHAPES,
        ("circle", "square", "triangle-up", "diamond", "triangle-down", STAR, "cross", HEXAGON),
        strict=True,
    )
)


def actor_look(mark: Mark) -> tuple[str, str]:
    """The colour and the shape of an actor in a drawing: those of its mark in the text."""
    return ACTOR_COLOURS[colour(mark)], ACTOR_SHAPES[shape(mark)]


FONT = (
    "'Source Sans 3', 'Noto Sans', 'Segoe UI', 'Helvetica Neue', Arial, "
    "'Noto Sans KR', 'Noto Sans CJK KR', 'Malgun Gothic', sans-serif"
)

CONFIG: Mapping[str, Any] = {
    "background": PAPER,
    "font": FONT,
    "padding": 12,
    "view": {"stroke": None},
    "title": {
        "anchor": "start",
        "frame": "bounds",
        "color": INK,
        "fontSize": 15,
        "fontWeight": 600,
        "offset": 14,
    },
    "axis": {
        "domain": False,
        "ticks": False,
        "gridColor": RULE,
        "labelColor": SOFT,
        "labelFontSize": 11,
        "labelPadding": 6,
        "titleColor": SOFT,
        "titleFontSize": 11,
        "titleFontWeight": "normal",
        "titlePadding": 8,
    },
    "legend": {
        "labelColor": INK,
        "labelFontSize": 12,
        "labelLimit": 0,  # the renderer would cut a label in the middle of a character
        "orient": "top",
        "padding": 0,
        "offset": 14,
        "symbolSize": 90,
        "title": None,
        "columnPadding": 16,
    },
    "text": {"color": INK, "fontSize": 12, "lineHeight": 15},
}
