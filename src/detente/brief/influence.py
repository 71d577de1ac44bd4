"""Who and what matters, in words and as a heat map."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.brief.document import Table, Words
from detente.brief.figures.figure import Figure
from detente.brief.figures.heat import Cell, heat_map
from detente.brief.words import CONCEPTS, actor_name, counted, statements_by_id

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from detente.case.situation import Situation
    from detente.conflict.influence import Difference, Influence, Without

__all__ = ["change_words", "influence_map", "ordered", "without_words"]

CELL = (96, 34)
NOTHING = "nothing changes"


def without_words(situation: Situation, without: Without) -> str:
    """What is left out, in words."""
    if without.kind == "actor":
        return actor_name(situation, without.id)
    if without.kind == "option":
        option = situation.option(without.id)
        return f"{actor_name(situation, option.actor)}: {option.label}"
    statement = statements_by_id(situation)[without.id]
    return f"{actor_name(situation, statement.actor)}: {statement.says or statement.prefer.text}"


def change_words(change: Difference) -> str:
    """How many equilibria go and come."""
    parts = [
        f"{mark}{states.size:,}"
        for mark, states in (("−", change.vanished), ("+", change.appeared))
        if states.size
    ]
    return " ".join(parts) or NOTHING


def ordered(found: Influence) -> list[Without]:
    """What matters at all, what changes most first; kinds stay together."""
    kinds = list(dict.fromkeys(each.kind for each in found.without))
    rows = [each for each in found.without if each.matters]
    return sorted(rows, key=lambda each: (kinds.index(each.kind), -size(each)))


def size(without: Without) -> int:
    return sum(each.vanished.size + each.appeared.size for each in without.changes.values())


def influence_map(situation: Situation, found: Influence) -> Figure:
    """A heat map: what is left out by concept, with the equilibria that come and go."""
    rows = {each.id: without_words(situation, each) for each in ordered(found)}
    columns = {concept: CONCEPTS[concept] for concept in found.equilibria}
    cells = dict(shaded(found))
    idle = len(found.without) - len(rows)
    return Figure(
        id="influence",
        title="What the equilibria depend on",
        spec=heat_map(rows, columns, cells, CELL),
        table=table(situation, found, columns),
        caption=(
            "Each row leaves one thing out: an actor or an option is frozen at the status quo, a "
            "statement is dropped. −n: so many equilibria go, +n: so many come; the stronger the "
            f"colour the more of all that come or go. Without {counted(idle, 'other thing')} "
            "nothing changes."
        ),
        source=f"{situation.title}; the nominal future, {found.method}.",
        caveat=(
            "Two things that stand in for each other both seem to matter little. An equilibrium in "
            "which a frozen option is used goes with it. Counts say how much moves, not how bad."
        ),
        description="; ".join(spoken(situation, found)) or "Nothing that is left out changes any.",
    )


def shaded(found: Influence) -> Iterator[tuple[tuple[str, str], Cell]]:
    """What stands where a thing left out and a concept meet."""
    for each in found.without:
        for concept, change in each.changes.items():
            moved = change.vanished.size + change.appeared.size
            among = found.equilibria[concept].size + change.appeared.size
            if moved:
                yield (each.id, concept), Cell(change_words(change), moved / among)


def spoken(situation: Situation, found: Influence) -> Iterator[str]:
    """The same as sentences."""
    for each in ordered(found):
        said = (
            f"{CONCEPTS[concept]} {change_words(change)}"
            for concept, change in each.changes.items()
        )
        yield f"without {without_words(situation, each)}: {', '.join(said)}"


def table(situation: Situation, found: Influence, columns: Mapping[str, str]) -> Table:
    body: tuple[tuple[Words, ...], ...] = tuple(
        (
            (each.kind,),
            (without_words(situation, each),),
            *((change_words(each.changes[concept]),) for concept in columns),
        )
        for each in ordered(found)
    )
    return Table("Equilibria that go and come", ("without", "", *columns.values()), body)
