"""Where everybody stands: the network of arrangements, its maps, ranks and commands."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from detente.brief.chapters import mark
from detente.brief.document import Code, Section, Strong, Table, Words, paragraph
from detente.brief.maps import ALL, RANKED, changed, layer_name, maps
from detente.brief.words import actor_name, counted, joined

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from detente.brief.document import Block
    from detente.case.situation import Situation
    from detente.network.command import Post
    from detente.network.positions import LayerPositions, Positions
    from detente.network.ranks import Rank, Ranks

__all__ = ["standing"]

SHOWN = ("hyperdegree", RANKED, "eigenvector", "betweenness")


def standing(situation: Situation, version: str) -> Section | None:
    """The chapter; nothing where no arrangement is in force, or nobody says on which day."""
    day = situation.as_of
    if not situation.arrangements or day is None:
        return None
    from detente.network.positions import positions

    found = positions(situation, day, measures=SHOWN)
    if not found.layers[ALL].network.edges:
        return None
    source = f"{situation.id}, arrangements in force on {day}; Detente {version}."
    parts = [
        by_layer(situation, found),
        Section("network-maps", "Maps", tuple(maps(situation, found, source))),
        changed(situation, found, source),
        commands(situation, day),
    ]
    blocks = (lead(found), *everywhere(situation, found.layers[ALL]))
    title = "Where everybody stands"
    return Section("positions", title, blocks, tuple(part for part in parts if part))


def lead(found: Positions) -> Block:
    """How many arrangements there are, and between whom."""
    network = found.layers[ALL].network
    return paragraph(
        f"{counted(len(network.edges), 'arrangement')} in force on {found.as_of} "
        f"{'joins' if len(network.edges) == 1 else 'join'} {counted(len(network.actors), 'actor')}."
    )


# --------------------------------------------------------------------------------------- tables


def everywhere(situation: Situation, layer: LayerPositions) -> list[Block]:
    """Positions in all layers together, with ranks and what these owe to single arrangements."""
    from detente.network.measures import MEASURES
    from detente.network.ranks import ranks_of

    told = [measure for measure in SHOWN if measure in layer.values]
    ranks = ranks_of(layer.network, told)
    order = ranks.ranks[RANKED]
    rows: tuple[tuple[Words, ...], ...] = tuple(
        (
            (mark(situation, actor),),
            *(
                (cell_words(layer.value(each, actor), ranks.ranks[each].get(actor)),)
                for each in told
            ),
        )
        for actor in sorted(layer.network.actors, key=lambda actor: order[actor].rank)
    )
    head = ("actor", *(MEASURES[measure].label for measure in told))
    return [
        Table("All layers together: value and rank (and the ranks it may take)", head, rows),
        paragraph(ranges_words(ranks)),
        *(
            paragraph(Strong(f"{MEASURES[measure].label}: "), f"{reason_words(situation, why)}.")
            for measure, why in layer.unavailable.items()
        ),
    ]


def ranges_words(ranks: Ranks) -> str:
    """How ranks and their ranges are to be read."""
    drawn = ranks.resampling
    return (
        "In brackets the ranks it takes with any one arrangement left out, or in the middle nine "
        f"tenths of {counted(drawn.draws, 'draw')} that weigh each arrangement 1/{drawn.spread:g} "
        f"to {drawn.spread:g} times as much (seed {drawn.seed}). Eigenvector and betweenness are "
        "normalised: they move when others do, so that whether an actor gained is told by the "
        "other two."
    )


def cell_words(value: float | None, rank: Rank | None) -> str:
    """A value with its rank and range."""
    if value is None or rank is None:
        return "–"
    low = min(rank.left_out[0], rank.resampled[0])
    high = max(rank.left_out[1], rank.resampled[1])
    reach = f" ({low}–{high})" if low != high else ""
    number = f"{value:.0f}" if value == round(value) else f"{value:.3f}"
    return f"{number}, rank {rank.rank}{reach}"


def by_layer(situation: Situation, found: Positions) -> Section | None:
    """What each layer consists of, who leads it, and what cannot be told of it."""
    sizes = {name: len(layer.network.edges) for name, layer in found.layers.items() if name != ALL}
    rows = tuple(
        (
            (layer_name(situation, name),),
            (str(size),),
            (str(len(found.layers[name].network.actors)),),
            leaders(situation, found.layers[name]),
            (untold(situation, found.layers[name]) or "–",),
        )
        for name, size in sizes.items()
        if size > 1
    )
    head = ("layer", "arrangements", "actors", "party to most of them", "cannot be told")
    blocks: list[Block] = [Table(f"Layers of several arrangements, {found.as_of}", head, rows)]
    if not rows:
        blocks = []
    if single := [layer_name(situation, name) for name, size in sizes.items() if size == 1]:
        alike = Strong("Of one arrangement, whose parties stand alike: ")
        blocks.append(paragraph(alike, f"{joined(single)}."))
    return Section("network-layers", "Layer by layer", tuple(blocks)) if blocks else None


def leaders(situation: Situation, layer: LayerPositions) -> Words:
    """Who is a party to most arrangements, unless everybody is to as many."""
    counts = dict(zip(layer.network.actors, layer.values["hyperdegree"], strict=True))
    most = max(counts.values())
    first = [actor for actor, count in counts.items() if count == most]
    if len(first) == len(counts):
        return ("all alike",)
    names = joined(actor_name(situation, actor) for actor in first)
    return (f"{names} ({most:.0f})",)


def untold(situation: Situation, layer: LayerPositions) -> str:
    """Measures that the layer cannot carry, with the reason."""
    from detente.network.measures import MEASURES

    reasons: dict[str, list[str]] = {}
    for measure, why in layer.unavailable.items():
        reasons.setdefault(why, []).append(MEASURES[measure].label)
    return "; ".join(
        f"{joined(measures)}: {reason_words(situation, why)}" for why, measures in reasons.items()
    )


def reason_words(situation: Situation, why: str) -> str:
    """A reason, in which actors go by their names."""

    def named(word: re.Match[str]) -> str:
        return actor_name(situation, word[0]) if word[0] in situation.actors else word[0]

    return re.sub(r"\w+", named, why)


# -------------------------------------------------------------------------------------- commands


def commands(situation: Situation, day: date) -> Section | None:
    """Who answers to whom, and who decides."""
    if not situation.commands:
        return None
    from detente.network.command import command_structure

    structure = command_structure(situation, day)
    names = {id: str(situation.commands[id].name) for id in structure.posts}
    rows = tuple(
        (
            (names[id], " ", Code(id)),
            forces(situation, post.actors),
            (joined(names[each] for each in post.under) or "–",),
            (decides(id, post, names),),
            (joined(actor_name(situation, actor) for actor in post.needs),),
        )
        for id, post in structure.posts.items()
    )
    head = ("command", "forces of", "under", "who decides", "not without")
    table = Table(f"Commands on {day}, {counted(structure.depth, 'level')}", head, rows)
    return Section("commands", "Command structures", (table,))


def forces(situation: Situation, actors: Sequence[str]) -> Words:
    """Actors by their marks."""
    words = [each for actor in actors for each in (", ", mark(situation, actor))]
    return tuple(words[1:])


def decides(id: str, post: Post, names: Mapping[str, str]) -> str:
    """Who decides for a command."""
    if post.authority:
        return "itself"
    if post.asks == (id,):
        return "those who lead its forces"
    return joined(names[each] for each in post.asks)
