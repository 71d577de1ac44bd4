"""How the strategies do by each measure: a table whose cells are shaded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from detente.brief.document import Strong, Table, Words
from detente.brief.figures.figure import Figure
from detente.brief.figures.heat import heat_map
from detente.brief.words import joined, sentence

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from detente.brief.figures.heat import Cell

__all__ = ["Measure", "strategy_measures"]


@dataclass(frozen=True)
class Measure:
    """A column: something by which strategies are judged."""

    id: str
    says: str
    """Short; stands over the column."""
    reads: str
    """What it measures, in a sentence."""


def strategy_measures(
    strategies: Mapping[str, str],
    measures: Sequence[Measure],
    cells: Mapping[tuple[str, str], Cell],
    source: str,
    chosen: str | None = None,
) -> Figure:
    """A heat map of strategies by measures.

    Parameters
    ----------
    strategies
        Id -> its words, in the order of the rows.
    measures
        In the order of the columns.
    cells
        (strategy, measure) -> what it comes to; a pair may be missing.
    source
        What the numbers were computed from.
    chosen
        The recommended strategy.
    """
    return Figure(
        id="strategies",
        title="How each strategy does, measure by measure",
        spec=heat_map(strategies, {each.id: each.says for each in measures}, cells),
        table=table(strategies, measures, cells, chosen),
        caption=" ".join(
            [
                "The stronger the colour the better, column by column.",
                *(f"{sentence(names)[:-1]}: {reads}." for reads, names in told_apart(measures)),
            ]
        ),
        source=source,
        caveat=(
            "Shares count futures and say nothing of how much is won or lost in them; orders of "
            "preference cannot say that."
        ),
        description=description(strategies, measures, cells),
    )


def description(
    strategies: Mapping[str, str],
    measures: Sequence[Measure],
    cells: Mapping[tuple[str, str], Cell],
) -> str:
    """The figure in words: the best strategies by each measure."""
    told = []
    for measure in measures:
        shades = {
            id: cells[id, measure.id].shade or 0.0 for id in strategies if (id, measure.id) in cells
        }
        best = [strategies[id] for id in shades if shades[id] == max(shades.values())]
        told.append(f"best by {measure.says}: {' and '.join(best)}")
    return f"{len(strategies)} strategies by {len(measures)} measures; {'; '.join(told)}."


def told_apart(measures: Sequence[Measure]) -> list[tuple[str, str]]:
    """What is measured, with the columns that measure it."""
    found: dict[str, list[str]] = {}
    for each in measures:
        found.setdefault(each.reads, []).append(each.says)
    return [(reads, joined(names)) for reads, names in found.items()]


# ----------------------------------------------------------------------------------------- table


def table(
    strategies: Mapping[str, str],
    measures: Sequence[Measure],
    cells: Mapping[tuple[str, str], Cell],
    chosen: str | None,
) -> Table:
    head = ("strategy", *(measure.says for measure in measures))
    body: tuple[tuple[Words, ...], ...] = tuple(
        (
            (Strong(says), " (recommended)") if id == chosen else (says,),
            *(
                (cells[id, measure.id].shown if (id, measure.id) in cells else "–",)
                for measure in measures
            ),
        )
        for id, says in strategies.items()
    )
    return Table("Strategies by measure", head, body)
