"""`detente gambit`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from detente.cli.arguments import as_json, path_argument

if TYPE_CHECKING:
    from detente.case.situation import Situation
    from detente.conflict.strategic import StrategicForm
    from detente.interop.gambit_solver import Solved

__all__ = ["command"]

FORMAT = "detente.gambit/1"
SHOWN = 10
LEAST = 0.0005  # of a strategy that is shown


@dataclass(frozen=True, eq=False)
class Found:
    """The strategic form and what solves it."""

    situation: Situation
    form: StrategicForm
    pure: tuple[str, ...]
    """The codes of the pure Nash equilibria."""
    nash: tuple[str, ...]
    """Those of the graph model."""
    solved: Solved | None
    rationality: float | None


@click.command("gambit")
@path_argument
@click.option("--mixed", is_flag=True, help="Also mixed equilibria, by Gambit.")
@click.option(
    "--logit",
    type=click.FloatRange(0),
    metavar="L",
    help="Also the logit quantal response equilibrium at this rationality, by Gambit.",
)
@click.option(
    "--patience",
    type=click.FloatRange(0, min_open=True),
    default=60.0,
    show_default=True,
    metavar="SECONDS",
    help="How long Gambit may take.",
)
@as_json
def command(path: str, mixed: bool, logit: float | None, patience: float, as_json: bool) -> None:
    """Show a case as a game with payoffs, and where its equilibria part from the graph model's.

    Pure Nash equilibria of the strategic form are found here; mixed ones by Gambit, in a process of
    its own, where pygambit is installed (or DETENTE_GAMBIT names an interpreter that has it).
    """
    from detente.cli.terminal import loaded, print_json, working
    from detente.errors import InputError

    if mixed and logit is not None:
        raise InputError("--mixed and --logit: one at a time")
    situation = loaded(path)
    with working("writing down the game"):
        found = followed(situation, mixed, logit, patience)
    if as_json:
        print_json(document(found))
    else:
        show(found)


def followed(situation: Situation, mixed: bool, logit: float | None, patience: float) -> Found:
    """Everything that is asked."""
    import numpy as np

    from detente.brief.cardinal import nfg
    from detente.conflict.model import conflict
    from detente.conflict.stability import equilibria
    from detente.conflict.strategic import strategic_form
    from detente.interop.gambit_solver import solve

    form = strategic_form(situation)
    model = conflict(situation)
    nash = np.flatnonzero(equilibria(model, "nash"))
    solved = None
    if mixed or logit is not None:
        task = "mixed" if logit is None else "logit"
        solved = solve(
            nfg(situation, form),
            form.strategies,
            "mixed" if task == "mixed" else "logit",
            rationality=logit or 0.0,
            patience=patience,
        )
    codes = model.space.codes
    return Found(situation, form, tuple(codes(form.pure())), tuple(codes(nash)), solved, logit)


def document(found: Found) -> dict[str, Any]:
    """What `--json` prints."""
    form, solved = found.form, found.solved
    written: dict[str, Any] = {
        "format": FORMAT,
        "situation": found.situation.id,
        "players": [
            {"id": player, "strategies": list(strategies), "unit": unit}
            for player, strategies, unit in zip(
                form.players, form.strategies, form.units, strict=True
            )
        ],
        "pure": list(found.pure),
        "nash": list(found.nash),
        "one_way": list(form.one_way),
    }
    if solved:
        written["solved"] = {
            "method": solved.method,
            "gambit": solved.version,
            "rationality": found.rationality,
            "profiles": solved.profiles,
        }
    return written


def show(found: Found) -> None:
    """The game, its pure equilibria, what Gambit found, and where that parts from orders."""
    from detente.brief.cardinal import parting_words, payoff_words, size_words
    from detente.brief.words import counted, printable, state_words
    from detente.cli.terminal import columns, heading, paragraph

    click.echo(printable(found.situation.title))
    paragraph(size_words(found.form))
    paragraph(payoff_words(found.form))
    heading(counted(len(found.pure), "pure Nash equilibrium", "pure Nash equilibria"))
    shown = found.pure[:SHOWN]
    columns([(code, state_words(found.situation, code)) for code in shown], indent=2)
    if len(found.pure) > SHOWN:
        click.echo(f"  … and {len(found.pure) - SHOWN:,} more: --json lists them")
    if found.solved:
        show_solved(found, found.solved)
    heading("Where orders and payoffs part")
    for said in parting_words(found.form, found.pure, found.nash):
        paragraph(said, indent=2)


def show_solved(found: Found, solved: Solved) -> None:
    """What Gambit found."""
    from detente.brief.words import actor_name, counted
    from detente.cli.terminal import columns, heading

    many = counted(len(solved.profiles), "equilibrium", "equilibria")
    heading(f"{many} by Gambit {solved.version} ({solved.method})")
    for profile in solved.profiles[:SHOWN]:
        rows = []
        for player, names, chances in zip(
            found.form.players, found.form.strategies, profile, strict=True
        ):
            both = sorted(zip(chances, names, strict=True), key=lambda each: -each[0])
            played = "; ".join(f"{share:.1%} {name}" for share, name in both if share > LEAST)
            rows.append((actor_name(found.situation, player), played))
        columns(rows, indent=2)
        click.echo()
