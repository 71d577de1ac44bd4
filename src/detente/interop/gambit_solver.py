"""Gambit at work: in a process of its own, with a game in and equilibria out.

Gambit is under the GPL. It is not imported here: an interpreter that has pygambit is started, this
one or the one that `DETENTE_GAMBIT` names, and spoken to by text.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from detente.errors import CannotAnswer

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["INTERPRETER", "Solved", "Task", "estimate", "solve"]

Task = Literal["pure", "mixed", "logit"]

INTERPRETER = "DETENTE_GAMBIT"
PAYOFFS_A_SECOND = 50_000
"""That version 17 gets through on a laptop: 4,096 profiles of six players in half a second, 262,144
in half a minute."""
MISSING, GRACE = 42, 10

PROGRAM = f"""
import io, json, sys
try:
    import pygambit
except ImportError:
    sys.exit({MISSING})
asked = json.load(sys.stdin)
game = pygambit.read_nfg(io.StringIO(asked["game"]))
if asked["task"] == "pure":
    method, found = "enumpure", pygambit.nash.enumpure_solve(game).equilibria
elif asked["task"] == "logit":
    method = "logit_solve_lambda"
    found = [each.profile for each in pygambit.qre.logit_solve_lambda(game, [asked["rationality"]])]
elif len(asked["strategies"]) == 2:
    method = "enummixed"
    found = pygambit.nash.enummixed_solve(game, rational=False).equilibria
else:
    method, found = "logit", [pygambit.nash.logit_solve(game).equilibrium]
names = asked["strategies"]
profiles = [
    [[float(own[name]) for name in each] for own, each in zip(profile, names)] for profile in found
]
json.dump({{"version": pygambit.__version__, "method": method, "profiles": profiles}}, sys.stdout)
"""


@dataclass(frozen=True)
class Solved:
    """What Gambit found."""

    method: str
    """Gambit's name of it."""
    version: str
    profiles: tuple[tuple[tuple[float, ...], ...], ...]
    """For each equilibrium and player, how likely each strategy is."""


def estimate(payoffs: int) -> float:
    """How long Gambit takes for so many payoffs, roughly [seconds]."""
    return payoffs / PAYOFFS_A_SECOND


def solve(
    game: str,
    strategies: Sequence[Sequence[str]],
    task: Task,
    *,
    rationality: float = 1.0,
    patience: float = 60.0,
) -> Solved:
    """Equilibria of a game, by Gambit.

    Parameters
    ----------
    game
        What stands in a `.nfg` file.
    strategies
        For each player the names of its strategies.
    task
        All pure equilibria; mixed ones (of two players all that are extreme, of more the one that
        the logit equilibria lead to); or the logit equilibrium at a rationality.
    rationality
        Of the logit equilibrium, in units of one by a payoff.
    patience
        How long it may take [seconds].

    Raises
    ------
    CannotAnswer
        If Gambit is not installed, would take too long, or does not answer.
    """
    payoffs = len(strategies)
    for own in strategies:
        payoffs *= len(own)
    if estimate(payoffs) > patience:
        raise CannotAnswer(
            f"Gambit would take about {estimate(payoffs):,.0f} seconds for {payoffs:,} payoffs, "
            f"more than the {patience:,.0f} it is given\n"
            "  freeze options or leave actors out, or give it more: --patience SECONDS"
        )
    asked = {"game": game, "task": task, "rationality": rationality, "strategies": strategies}
    done = started(json.dumps(asked), patience)
    if done.returncode == MISSING:
        raise CannotAnswer(
            "Gambit is not installed\n"
            "  pip install 'pygambit>=17.0.0b2', here or in an environment of its own, and then "
            f"set {INTERPRETER} to its python; pure equilibria need no Gambit"
        )
    if done.returncode:
        why = (done.stderr.strip().splitlines() or ["it said nothing"])[-1]
        raise CannotAnswer(f"Gambit gave up: {why}")
    found = json.loads(done.stdout)
    profiles = tuple(tuple(map(tuple, profile)) for profile in found["profiles"])
    return Solved(found["method"], found["version"], profiles)


def started(asked: str, patience: float) -> subprocess.CompletedProcess[str]:
    """The other process, when it has ended."""
    python = os.environ.get(INTERPRETER) or sys.executable
    try:
        return subprocess.run(
            [python, "-c", PROGRAM],
            input=asked,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=patience + GRACE,
            check=False,
        )
    except OSError as error:
        raise CannotAnswer(f"{INTERPRETER}: {python}: {error.strerror}") from None
    except subprocess.TimeoutExpired:
        raise CannotAnswer(
            f"Gambit had not answered after {patience + GRACE:,.0f} seconds\n"
            "  give it more, --patience SECONDS, or make the game smaller"
        ) from None
