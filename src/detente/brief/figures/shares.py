"""In what share of the stated futures each claim holds, and what its word requires."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from detente.brief.document import Badge, Code, Table, Words
from detente.brief.figures.figure import Figure
from detente.brief.figures.layers import (
    LINE,
    Layer,
    bars,
    chart,
    field,
    grid,
    key,
    labels,
    lines_of,
    look,
    rounded,
    rules,
    share_axis,
    symbols,
)
from detente.brief.figures.theme import INK, SOFT, VERDICTS, WASH
from detente.brief.shares import between
from detente.brief.words import percent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from detente.claims.report import Verdict

__all__ = ["ClaimShare", "claim_shares"]

NOTHING = (None, None)
WIDTH, LEFT, PLACE = 270, 330, 52
CHARACTERS = 43


@dataclass(frozen=True)
class ClaimShare:
    """One claim over an ensemble."""

    claim: str
    """Its id."""
    place: str
    """Where it stands in the text."""
    says: str
    word: str
    """What the author's word is."""
    verdict: Verdict
    share: float
    interval: tuple[float, float] | None
    """From sampling, 95 %."""
    range: tuple[float, float] | None
    """Over the corners of the stated intervals of probabilities."""
    against: float | None
    """The share under the contrast."""
    required: tuple[float, float]
    """The shares that meet the author's word."""
    hinges: str
    """The first thing it hinges on, in words."""


def claim_shares(rows: Sequence[ClaimShare], source: str) -> Figure:
    """A dot for the share of each claim, with its interval, its range and its contrast."""
    return Figure(
        id="claims",
        title="In what share of the stated futures each claim holds",
        spec=drawing(rows),
        table=table(rows),
        caption=(
            "Filled mark: the share of determined futures in which the claim holds, in the colour "
            "and shape of its verdict. Thick bar: 95 % interval of sampling. Thin line: from the "
            "lowest to the highest share over the stated intervals of probability. Open circle: "
            "the share under the contrast. Grey field: what the author's word requires."
        ),
        source=source,
        caveat="A share of stated futures is not a probability of the world.",
        description=description(rows),
    )


def description(rows: Sequence[ClaimShare]) -> str:
    """The figure in words."""
    told = [f"{each.place or each.claim} {percent(each.share)}" for each in rows]
    return f"Share of stated futures in which each claim holds: {', '.join(told)}."


# --------------------------------------------------------------------------------------- drawing


def drawing(rows: Sequence[ClaimShare]) -> dict[str, Any]:
    wrapped = [lines_of(each.says, CHARACTERS) for each in rows]
    heights = [max(30, 16 + LINE * len(lines)) for lines in wrapped]
    middles = [sum(heights[:place]) + height / 2 for place, height in enumerate(heights)]
    height = sum(heights)
    axis = share_axis()
    return chart(
        WIDTH,
        height,
        axis,
        [
            bars(fields(rows, middles), colour=WASH),
            grid(height, axis),
            *row_labels(rows, wrapped, middles),
            rules(spans(rows, middles, "range"), colour=SOFT, width=1.5),
            rules(spans(rows, middles, "interval"), colour=INK, width=5, opacity=0.45),
            contrasts(rows, middles),
            symbols(dots(rows, middles), look("verdict", seen(rows), key(LEFT))),
        ],
    )


def seen(rows: Sequence[ClaimShare]) -> dict[str, tuple[str, str]]:
    """The verdicts that occur, with their looks, in their usual order."""
    occurring = {each.verdict for each in rows}
    return {verdict: look for verdict, look in VERDICTS.items() if verdict in occurring}


def fields(rows: Sequence[ClaimShare], middles: Sequence[float]) -> list[dict[str, Any]]:
    """What each word requires."""
    return [
        {**field(each.required), "y": middle - 10, "y2": middle + 10}
        for each, middle in zip(rows, middles, strict=True)
    ]


def row_labels(
    rows: Sequence[ClaimShare], wrapped: Sequence[Sequence[str]], middles: Sequence[float]
) -> list[Layer]:
    """Place, sentence and share of each row."""
    places, sentences, shares = [], [], []
    for each, lines, middle in zip(rows, wrapped, middles, strict=True):
        top = middle - LINE * (len(lines) - 1) / 2
        places.append({"text": each.place, "y": top})
        sentences += [{"text": line, "y": top + LINE * n} for n, line in enumerate(lines)]
        shares.append({"text": percent(each.share), "y": middle})
    return [
        labels(places, at=-LEFT, fontWeight="bold"),
        labels(sentences, at=PLACE - LEFT if any(each.place for each in rows) else -LEFT),
        labels(shares, at=WIDTH + 14, fontWeight="bold"),
    ]


def spans(rows: Sequence[ClaimShare], middles: Sequence[float], which: str) -> list[dict[str, Any]]:
    """The ends of one kind of interval of every claim that has it."""
    return [
        {"x": rounded(ends[0]), "x2": rounded(ends[1]), "y": middle}
        for each, middle in zip(rows, middles, strict=True)
        if (ends := getattr(each, which)) and ends[0] < ends[1]
    ]


def contrasts(rows: Sequence[ClaimShare], middles: Sequence[float]) -> Layer:
    values = [
        {
            "x": rounded(each.against),
            "y": middle,
            "said": f"{each.place or each.claim}, contrast: {percent(each.against)}",
        }
        for each, middle in zip(rows, middles, strict=True)
        if each.against is not None
    ]
    return symbols(values, filled=False, shape="circle", color=INK, strokeWidth=1.5, size=90)


def dots(rows: Sequence[ClaimShare], middles: Sequence[float]) -> list[dict[str, Any]]:
    return [
        {
            "x": rounded(each.share),
            "y": middle,
            "verdict": each.verdict,
            "said": f"{each.place or each.claim}: {percent(each.share)}, {each.verdict}",
        }
        for each, middle in zip(rows, middles, strict=True)
    ]


# ----------------------------------------------------------------------------------------- table


def table(rows: Sequence[ClaimShare]) -> Table:
    head = (
        *("claim", "said as", "verdict", "share", "95 % interval", "lowest to highest"),
        *("contrast", "hinges on"),
    )
    return Table("Shares of stated futures", head, tuple(table_row(each) for each in rows))


def table_row(each: ClaimShare) -> tuple[Words, ...]:
    place = f"{each.place} " if each.place else ""
    return (
        (place, each.says, " ", Code(each.claim)),
        (each.word,),
        (Badge(each.verdict),),
        (percent(each.share),),
        (between(*(each.interval or NOTHING)),),
        (between(*(each.range or NOTHING)),),
        ("–" if each.against is None else percent(each.against),),
        (each.hinges or "–",),
    )
