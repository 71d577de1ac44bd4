"""`detente evolve`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from detente.cli.arguments import as_json, path_argument, seeded

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy as np
    from numpy.typing import NDArray

    from detente.case.situation import Situation
    from detente.conflict.evolution.chain import Choice, RandomPlay
    from detente.conflict.evolution.noise import LongRun, Noise
    from detente.conflict.evolution.status_quo import Evolution, Way
    from detente.conflict.model import Conflict

__all__ = ["Found", "command"]


@dataclass(frozen=True, eq=False)
class Found:
    """Everything there is to say about how play goes on from a state."""

    situation: Situation
    model: Conflict
    concept: str
    stops: NDArray[np.bool_]
    """`(states,) bool`, the equilibria of the concept."""
    to: str | None
    steps: int | None
    evolution: Evolution
    play: RandomPlay | None
    """None where it was not asked for."""
    run: LongRun | None

    @property
    def reached(self) -> tuple[Way, ...]:
        """The ways that count as asked."""
        return self.evolution.reached(self.steps)

    @property
    def others(self) -> tuple[Way, ...]:
        """The rest of the ways."""
        reached = {way.target for way in self.reached}
        return tuple(way for way in self.evolution.ways if way.target not in reached)

    def codes(self, states: Iterable[int]) -> list[str]:
        """The codes of some states."""
        import numpy as np

        return self.model.space.codes(np.array(list(states), dtype=np.int64))


class Chance(NamedTuple):
    """What is asked about random play."""

    chain: bool
    best: bool
    noise: Noise | None
    plays: int | None
    seed: int


@click.command("evolve")
@path_argument
@click.option("--from", "start", metavar="CODE", help="Where play starts. Default: the status quo.")
@click.option(
    "--to",
    metavar="CODE|EXPR",
    help="Where it is to get: a state, or the feasible states where this is true. Default: the "
    "equilibria.",
)
@click.option(
    "--concept",
    default="nash",
    show_default=True,
    metavar="NAME",
    help="Whose equilibria end play.",
)
@click.option("--steps", type=click.IntRange(0), metavar="K", help="In at most so many moves.")
@click.option(
    "--by",
    type=click.Choice(["improvements", "moves"]),
    default="improvements",
    show_default=True,
    help="By moves that improve on where they are made for their mover, or by any.",
)
@click.option("--chain", is_flag=True, help="Also where it ends if chance decides who moves.")
@click.option("--best", is_flag=True, help="With --chain: only best improvements are taken.")
@click.option(
    "--mistakes",
    type=float,
    metavar="RATE",
    help="Also where play is in the long run if actors err at this rate.",
)
@click.option(
    "--logit",
    type=float,
    metavar="L",
    help="Likewise, if they choose by odds that grow with rank, at this rationality.",
)
@click.option(
    "--plays",
    type=click.IntRange(1),
    metavar="N",
    help="Simulate so many plays even where chances can be computed.",
)
@seeded("plays simulated")
@click.option(
    "--out",
    "folder",
    metavar="DIR",
    type=click.Path(path_type=Path, file_okay=False),
    help="Write the reaction diagram and the outcome matrix into DIR/figures.",
)
@as_json
def command(path: str, folder: Path | None, as_json: bool, **asked: Any) -> None:
    """Say how play gets from the status quo to the equilibria, and what stands in the way.

    A shortest sequence of improvements to each equilibrium that has one; to each other the sequence
    with fewest moves that nobody would want to make, and where it is blocked. With --chain, where
    play ends if one of those who can improve is drawn at random: probabilities of that process, not
    of the world.
    """
    from detente.cli.evolve_json import document
    from detente.cli.evolve_table import show
    from detente.cli.terminal import loaded, print_json, working

    situation = loaded(path)
    with working("following play"):
        found = followed(situation, asked)
    if folder is not None:
        draw(found, folder)
    if as_json:
        print_json(document(found))
    else:
        show(found)


# ---------------------------------------------------------------------------------- computation


def followed(situation: Situation, asked: dict[str, Any]) -> Found:
    """Everything that is asked."""
    import numpy as np

    from detente.case.concepts import known
    from detente.cli.explain import status_quo
    from detente.conflict.evolution.status_quo import evolution
    from detente.conflict.model import conflict
    from detente.conflict.stability import equilibria
    from detente.errors import InputError

    concept = asked["concept"].lower()
    if not known(concept):
        raise InputError(f"--concept: no concept `{concept}`")
    model = conflict(situation)
    start = model.space.index(asked["start"] or status_quo(situation))
    if not model.space.mask[start]:
        what = "CODE" if asked["start"] else "the status quo"
        raise InputError(
            f"--from: {what} is infeasible, so nothing starts there\n"
            "  --from CODE with a feasible state's code, as `detente stability` prints them"
        )
    stops = equilibria(model, concept)
    to = asked["to"]
    targets = np.flatnonzero(stops) if to is None else meant(situation, model, to)
    by_moves = asked["by"] == "moves"
    found = evolution(model, start, targets.tolist(), stops, by_moves=by_moves)
    play, run = by_chance(model, start, stops, chance(asked))
    return Found(situation, model, concept, stops, to, asked["steps"], found, play, run)


def meant(situation: Situation, model: Conflict, text: str) -> NDArray[np.int64]:
    """The feasible states that a code or an expression means."""
    import numpy as np

    from detente.case.asked import formula
    from detente.case.future import nominal
    from detente.case.states import code_levels
    from detente.errors import InputError

    space = model.space
    if code_levels(text, space.options):
        states = space.indices([text])
        states = states[space.mask[states]]
    else:
        values = {**nominal(situation).values, **space.axes()}
        truth = np.broadcast_to(formula(situation, text).on(values), space.shape)
        states = np.flatnonzero(truth.reshape(-1) & space.mask)
    if not states.size:
        raise InputError(f"--to: `{text}` means no feasible state")
    return states


def chance(asked: dict[str, Any]) -> Chance:
    """What is asked about random play."""
    from detente.conflict.evolution.noise import Noise
    from detente.errors import InputError

    if asked["mistakes"] is not None and asked["logit"] is not None:
        raise InputError("--mistakes and --logit: one rule at a time")
    if asked["best"] and not asked["chain"]:
        raise InputError("--best says how chance plays: it goes with --chain")
    by_chance = asked["chain"] or asked["mistakes"] is not None or asked["logit"] is not None
    if asked["plays"] is not None and not by_chance:
        raise InputError(
            "--plays counts plays by chance: it goes with --chain, --mistakes, --logit"
        )
    noise = None
    if asked["mistakes"] is not None:
        noise = Noise("mistakes", asked["mistakes"])
    elif asked["logit"] is not None:
        noise = Noise("logit", asked["logit"])
    return Chance(asked["chain"], asked["best"], noise, asked["plays"], asked["seed"])


def by_chance(
    model: Conflict, start: int, stops: NDArray[np.bool_], asked: Chance
) -> tuple[RandomPlay | None, LongRun | None]:
    """Random play, computed where that can be done and nobody asked for simulation."""
    from detente.conflict.evolution.chain import exact_play
    from detente.conflict.evolution.noise import long_run, simulated_run
    from detente.conflict.evolution.plays import PLAYS, simulated_play

    play, run = None, None
    trials = {"plays": asked.plays or PLAYS, "seed": asked.seed}
    if asked.chain:
        choice: Choice = "best" if asked.best else "any"
        play = None if asked.plays else exact_play(model, start, stops, choice)
        play = play or simulated_play(model, start, stops, choice, **trials)
    if asked.noise:
        run = None if asked.plays else long_run(model, start, stops, asked.noise)
        run = run or simulated_run(model, start, stops, asked.noise, **trials)
    return play, run


def draw(found: Found, folder: Path) -> None:
    """Write the figures."""
    from detente.brief.figures.figure import FIGURES
    from detente.brief.files import prepared, written
    from detente.brief.reactions import outcome_matrix, reaction_diagram

    place = prepared(folder) / FIGURES
    diagram = reaction_diagram(
        found.situation, found.model, found.evolution, found.stops, found.concept
    )
    matrix = outcome_matrix(found.situation, found.model.space, found.evolution, found.concept)
    for figure in (diagram, matrix):
        written(place, figure)
    click.echo(place, err=True)
