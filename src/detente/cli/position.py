"""`detente position`: what is asked and computed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from detente.cli.arguments import as_json, as_of_option, parsed_day, path_argument, seed_option

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from detente.case.situation import Situation
    from detente.network.command import Structure
    from detente.network.positions import Positions
    from detente.network.ranks import Resampling

__all__ = ["Drops", "Found", "command"]

Drops = Mapping[str, Mapping[str, Mapping[str, float | None]]]
"""Layer -> measure -> arrangement -> what an actor's measure loses without it."""


class Found(NamedTuple):
    """What the command computes."""

    before: Positions | None
    """What it is compared with; none where nothing is."""
    after: Positions
    resampling: Resampling
    """How weights are drawn for the ranks."""
    commands: tuple[Structure, ...]
    """Of both days, or of one."""


def parsed_blocs(
    _context: click.Context, _parameter: click.Parameter, written: tuple[str, ...]
) -> dict[str, str]:
    """`usa,jpn` twice or more: actor -> its bloc."""
    blocs: dict[str, str] = {}
    for bloc in written:
        for actor in bloc.replace(" ", "").split(","):
            if actor in blocs:
                raise click.BadParameter(f"`{actor}` stands in two blocs")
            blocs[actor] = bloc
    return blocs


@click.command("position")
@path_argument
@as_of_option
@click.option("--against", metavar="DATE", callback=parsed_day, help="A day to compare it with.")
@click.option("--layer", "layers", metavar="NAME", multiple=True, help="Only this one; repeatable.")
@click.option(
    "--with",
    "counted",
    metavar="ID[:ACTOR]",
    multiple=True,
    help="Count this arrangement, or this party of it, whatever its dates; repeatable.",
)
@click.option(
    "--without",
    "left_out",
    metavar="ID[:ACTOR]",
    multiple=True,
    help="Leave out this arrangement, or this party of it; repeatable.",
)
@click.option("--measure", "measures", metavar="NAME", multiple=True, help="Only this; repeatable.")
@click.option("--actor", metavar="ID", help="Say which arrangements carry this actor's position.")
@click.option(
    "--bloc",
    "groups",
    metavar="IDS",
    multiple=True,
    callback=parsed_blocs,
    help="Actors of one bloc, separated by commas, for roles of brokerage; repeatable.",
)
@click.option(
    "--draws",
    type=click.IntRange(0),
    default=200,
    show_default=True,
    metavar="N",
    help="How often arrangements are weighed at random for the ranges of ranks; 0: never.",
)
@seed_option
@click.option(
    "--export",
    "export",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Write one layer's network: .graphml, .gexf, .csv or .parquet.",
)
@as_json
def command(path: str, as_json: bool, **asked: Any) -> None:
    """Say where each actor stands in the network of arrangements, and what moves it.

    Each value has its rank and, where that is not sure, the ranks it takes with any one
    arrangement left out, or with every arrangement weighed at random between half and twice its
    weight. With --against, --with or --without, shows what changes for whom, in value and rank. A
    measure that a network cannot carry is left out, with the reason.
    """
    from detente.cli.position_table import show
    from detente.cli.terminal import loaded, print_json, working

    situation = known_by(loaded(path), [asked["as_of"], asked["against"]])
    with working("measuring positions"):
        found = computed(situation, asked)
        drops = carried(situation, found.after, asked["actor"])
    if asked["export"]:
        export(situation, found.after, asked["export"])
    if as_json:
        print_json(document(found, drops))
    else:
        show(situation, found, drops, asked["measures"])


# ---------------------------------------------------------------------------------- computation


def known_by(situation: Situation, days: Sequence[date | None]) -> Situation:
    """The case with what came later, where a day lies after it and it has an aftermath."""
    from detente.case.hindsight import informed

    last = max((day for day in days if day is not None), default=None)
    if last is None or situation.as_of is None or last <= situation.as_of:
        return situation
    if situation.aftermath is None:
        click.echo(f"the record ends on {situation.as_of}: nothing later is in it", err=True)
        return situation
    click.echo(f"what came after {situation.as_of} is taken from the aftermath", err=True)
    return informed(situation)


def computed(situation: Situation, asked: dict[str, Any]) -> Found:
    """The positions asked for, those they are compared with, and the ranks."""
    from detente.network.changes import changes, require_actors
    from detente.network.command import command_structure
    from detente.network.positions import day_of, positions
    from detente.network.ranks import Resampling

    require_actors(situation, *asked["groups"], *filter(None, [asked["actor"]]))
    day, changed = day_of(situation, asked["as_of"]), changes(asked["counted"], asked["left_out"])
    against = asked["against"] or (day if changed else None)
    layers, measures = asked["layers"] or None, asked["measures"] or None
    settings = {"measures": measures, "groups": asked["groups"]}
    after = positions(situation, day, layers, changed, **settings)
    before = positions(situation, against, layers, **settings) if against else None
    days = dict.fromkeys([against or day, day]) if situation.commands else ()
    commands = tuple(command_structure(situation, each) for each in days)
    return Found(before, after, Resampling(asked["draws"], seed=asked["seed"]), commands)


def carried(situation: Situation, found: Positions, actor: str | None) -> Drops:
    """What carries an actor's position."""
    from detente.errors import CannotAnswer
    from detente.network.shift import At, carriers

    drops: dict[str, dict[str, dict[str, float | None]]] = {}
    for name, layer in found.layers.items():
        if actor not in layer.network.actors:
            continue
        for measure in layer.values:
            try:
                at = At(found.as_of, found.changes)
                rows = carriers(situation, str(actor), measure, name, at)
            except CannotAnswer:
                continue
            drops.setdefault(name, {})[measure] = dict(rows)
    return drops


def export(situation: Situation, found: Positions, file: Path) -> None:
    """One layer's network, each actor with its name and measures."""
    from detente.errors import InputError
    from detente.interop.graphs import write_graph

    if len(found.layers) > 1:
        raise InputError("--export: which layer?\n  --layer NAME, or --layer all")
    (layer,) = found.layers.values()
    attributes = {
        actor: {
            "name": situation.actors[actor].name,
            **{measure: layer.value(measure, actor) for measure in layer.values},
        }
        for actor in layer.network.actors
    }
    for written in write_graph(layer.network, file, attributes):
        click.echo(written, err=True)


def document(found: Found, drops: Drops) -> dict[str, Any]:
    """What `--json` prints."""
    from detente.network.command import altered
    from detente.network.positions import moved, reranked

    written = found.after.to_dict()
    written["resampling"] = asdict(found.resampling)
    written["ranks"] = ranks_by_layer(found.after, found.resampling)
    if found.before:
        written["against"] = found.before.to_dict()
        written["against"]["ranks"] = ranks_by_layer(found.before, found.resampling)
        written["moved"] = moved(found.before, found.after)
        written["reranked"] = reranked(found.before, found.after)
    if drops:
        written["carried"] = drops
    if found.commands:
        written["commands"] = found.commands[-1].to_dict()
        altered_ids = [each.command for each in altered(found.commands[0], found.commands[-1])]
        written["commands"]["altered"] = altered_ids
    return written


def ranks_by_layer(found: Positions, resampling: Resampling) -> dict[str, Any]:
    """Layer -> measure -> actor -> its rank, with the ranges."""
    from detente.network.ranks import ranks_of

    return {
        name: ranks_of(layer.network, found.measures, resampling).to_dict()
        for name, layer in found.layers.items()
    }
