"""`detente position`: how positions look in a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from detente.brief.words import counted, joined, printable
from detente.cli.terminal import columns, draw, heading, paragraph, table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from detente.case.situation import Situation
    from detente.cli.position import Drops, Found
    from detente.network.command import Post
    from detente.network.hypergraph import Hypergraph
    from detente.network.positions import LayerPositions, Positions
    from detente.network.ranks import Rank, Ranks

__all__ = ["show"]

SHOWN = ("hyperdegree", "katz", "eigenvector", "betweenness")
"""Measures of the table, unless others are asked for."""
UNTOLD = "-"
CARRIERS_SHOWN = 5
RANK = "#: the rank, 1 the first; of constraint the least is first"


def show(situation: Situation, found: Found, drops: Drops, asked: Sequence[str]) -> None:
    """Each layer: every actor's position, or what changed; what carries one; commands."""
    from detente.network.ranks import ranks_of

    after, before = found.after, found.before
    roles = [measure for measure in after.measures if measure.startswith("brokerage_")]
    shown = asked or (*SHOWN, *(roles if len(roles) > 1 else ()))  # more than one with groups only
    click.echo(printable(situation.title))
    click.echo("; ".join([f"positions on {after.as_of}", *map(str, after.changes)]))
    if before:
        click.echo(f"beside those on {before.as_of}")
    for name, layer in after.layers.items():
        if before:
            show_moved(name, before.layers[name], layer, shown)
        elif stands_alone(found, name):
            show_layer(name, layer, ranks_of(layer.network, shown, found.resampling), shown)
        show_carriers(drops.get(name, {}), shown)
    if before:
        show_what_moves(before, after, shown)
    else:
        show_single(found)
        show_ranks_legend(found, shown)
    show_commands(found)


# --------------------------------------------------------------------------------------- layers


def stands_alone(found: Found, name: str) -> bool:
    """Whether a layer has a table of its own: it is the only one, or has several arrangements."""
    layers = found.after.layers
    return len(layers) == 1 or len(layers[name].network.edges) > 1


def show_layer(name: str, layer: LayerPositions, ranks: Ranks, shown: Sequence[str]) -> None:
    """Every actor's values with their ranks, the first ones first."""
    from detente.network.measures import MEASURES

    heading(f"{name}: {size_words(layer.network)}")
    if not layer.network.edges:
        return
    told = [measure for measure in shown if measure in layer.values]
    if told:
        rows = table("", *(MEASURES[measure].label for measure in told), whole=("",))
        first = ranks.ranks[told[0]]
        for actor in sorted(layer.network.actors, key=lambda each: rank_of(first.get(each))):
            cells = [
                value_words(layer.value(measure, actor), ranks.ranks[measure].get(actor))
                for measure in told
            ]
            rows.add_row(actor, *cells)
        draw(rows, indent=2)
    for measure in shown:
        if measure in layer.unavailable:
            paragraph(f"{MEASURES[measure].label}: {layer.unavailable[measure]}", indent=2)


def show_single(found: Found) -> None:
    """The layers of one arrangement or none: there all parties stand alike."""
    rows = [
        (f"{name}:", edge, ", ".join(layer.network.parties(edge)))
        for name, layer in found.after.layers.items()
        for edge in layer.network.edges
        if len(layer.network.edges) == 1 < len(found.after.layers)
    ]
    if rows:
        heading("layers of one arrangement, whose parties stand alike")
        columns(rows, indent=2)
    if len(found.after.layers) > 1 and not any(
        layer.network.edges for layer in found.after.layers.values()
    ):
        heading("no arrangement is in force in any layer")


def size_words(network: Hypergraph) -> str:
    """How many arrangements and actors."""
    if not network.edges:
        return "no arrangement is in force"
    edges, actors = len(network.edges), len(network.actors)
    return f"{counted(edges, 'arrangement')}, {counted(actors, 'actor')}"


def value_words(value: float | None, rank: Rank | None) -> str:
    """A value, its rank, and the ranks it may take instead."""
    if value is None or rank is None:
        return UNTOLD
    low = min(rank.left_out[0], rank.resampled[0])
    high = max(rank.left_out[1], rank.resampled[1])
    reach = f" ({low}-{high})" if low != high else ""
    return f"{number(value)} #{rank.rank}{reach}"


def rank_of(rank: Rank | None) -> float:
    return rank.rank if rank else float("inf")


def number(value: float | None, digits: int = 3) -> str:
    """Whole numbers as such, others to some decimals."""
    if value is None:
        return UNTOLD
    return f"{value:.0f}" if value == round(value) else f"{value:.{digits}f}"


# ------------------------------------------------------------------------------------ what moved


def show_moved(
    name: str, before: LayerPositions, after: LayerPositions, shown: Sequence[str]
) -> None:
    """The arrangements that are others, and each actor's values before and after."""
    from detente.network.measures import MEASURES
    from detente.network.positions import moved_in, reranked_in

    values, ranks = moved_in(before, after, shown), reranked_in(before, after, shown)
    changed = {
        actor: {*values.get(actor, ()), *ranks.get(actor, ())}
        for actor in dict.fromkeys([*before.network.actors, *after.network.actors])
        if actor in values or actor in ranks
    }
    others = list(changed_arrangements(before.network, after.network))
    if not others and not changed:
        return
    heading(f"{name}: {size_words(before.network)} -> {size_words(after.network)}")
    columns(others, indent=2)
    told = [measure for measure in shown if any(measure in row for row in changed.values())]
    if told:
        rows = table("", *(MEASURES[measure].label for measure in told), whole=("",))
        for actor in changed:
            rows.add_row(actor, *(end_words(before, after, measure, actor) for measure in told))
        draw(rows, indent=2)


def changed_arrangements(before: Hypergraph, after: Hypergraph) -> Iterator[tuple[str, str]]:
    """Arrangements that came or went, and those with other parties."""
    for edge in dict.fromkeys([*before.edges, *after.edges]):
        earlier = before.parties(edge) if edge in before.edges else ()
        later = after.parties(edge) if edge in after.edges else ()
        came = [f"+ {actor}" for actor in later if actor not in earlier]
        went = [f"- {actor}" for actor in earlier if actor not in later]
        if came or went:
            yield edge, "  ".join([*came, *went])


def end_words(before: LayerPositions, after: LayerPositions, measure: str, actor: str) -> str:
    """Before and after, with as many decimals as it takes to tell them apart.

    Each with its rank, if that is another.
    """
    ends = [layer.value(measure, actor) for layer in (before, after)]
    ranks = [layer.rank(measure, actor) for layer in (before, after)]
    words = [[number(end, digits) for end in ends] for digits in (3, 6, 9)]
    told = next((pair for pair in words if pair[0] != pair[1]), words[0])
    if ranks[0] != ranks[1]:
        told = [f"{end} #{rank}" if rank else end for end, rank in zip(told, ranks, strict=True)]
    return " -> ".join(told) if told[0] != told[1] else "="


# --------------------------------------------------------------- carriers, legend, command lines


def show_carriers(drops: Mapping[str, Mapping[str, float | None]], shown: Sequence[str]) -> None:
    """What an actor's position owes to single arrangements."""
    from detente.network.measures import MEASURES

    rows = []
    for measure in shown:
        for edge, drop in list(drops.get(measure, {}).items())[:CARRIERS_SHOWN]:
            lost = "cannot be told without it" if drop is None else f"{-drop:+.3f} without it"
            rows.append((MEASURES[measure].label, edge, lost))
    columns(rows, indent=2)


def show_ranks_legend(found: Found, shown: Sequence[str]) -> None:
    """How to read ranks, where any was printed."""
    layers = found.after.layers
    if not any(stands_alone(found, name) and {*shown} & {*layers[name].values} for name in layers):
        return
    drawn = found.resampling
    weighed = (
        f", or in the middle nine tenths of {counted(drawn.draws, 'draw')} that weigh each "
        f"arrangement 1/{drawn.spread:g} to {drawn.spread:g} times as much, by chance and apart "
        f"from others (seed {drawn.seed})"
    )
    click.echo()
    paragraph(
        f"{RANK}. In brackets the ranks it takes with any one arrangement left out"
        f"{weighed if drawn.draws else ''}."
    )


def show_what_moves(before: Positions, after: Positions, shown: Sequence[str]) -> None:
    """Which of the measures that moved are shares, or that nothing did."""
    from detente.network.measures import MEASURES
    from detente.network.positions import moved, reranked

    rows = [row for layer in moved(before, after).values() for row in layer.values()]
    ranks = [row for layer in reranked(before, after).values() for row in layer.values()]
    told = [measure for measure in shown if any(measure in row for row in rows)]
    shares = [MEASURES[measure].label for measure in told if MEASURES[measure].normalised]
    click.echo()
    if not rows:
        click.echo("no position moved")
    if any({*shown} & {*row} for row in ranks):
        paragraph(f"{RANK}. It is shown where it changed.")
    if shares:
        paragraph(
            f"What others do moves {joined(shares)} by construction: whether an actor gained is "
            "told by what is not normalised, as arrangements, strength and Katz."
        )


def show_commands(found: Found) -> None:
    """Who answers to whom, or what is different about it."""
    from detente.network.command import altered

    if not found.commands:
        return
    earlier, later = found.commands[0], found.commands[-1]
    if not found.before:
        heading(f"commands: {counted(later.depth, 'level')}")
        columns([(id, *post_words(id, post)) for id, post in later.posts.items()], indent=2)
    elif different := altered(earlier, later):
        heading("commands")
        rows = [
            (each.command, when, *post_words(each.command, post))
            for each in different
            for when, post in ((f"{earlier.day}", each.before), (f"{later.day}", each.after))
        ]
        columns(rows, indent=2)


def post_words(id: str, post: Post | None) -> tuple[str, str]:
    """Whose forces it leads, and who decides."""
    if post is None:
        return "", "does not exist"
    if post.authority:
        decides = "with authority"
    elif post.asks == (id,):
        decides = "asks those who lead it"
    else:
        decides = f"asks {joined(post.asks)}"
    under = f", under {joined(post.under)}" if post.under else ""
    return joined(post.actors), f"{decides}{under}"
