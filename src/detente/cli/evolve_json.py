"""`detente evolve --json`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from detente.brief.evolution import NO_PROBABILITY

if TYPE_CHECKING:
    from detente.cli.evolve import Found
    from detente.conflict.evolution.chain import RandomPlay
    from detente.conflict.evolution.noise import LongRun
    from detente.conflict.evolution.status_quo import Way

__all__ = ["document"]

FORMAT = "detente.evolve/1"
SPELT = 1_000  # ways


def document(found: Found) -> dict[str, Any]:
    """What `--json` prints."""
    space, evolution = found.model.space, found.evolution
    reached = {way.target for way in found.reached}
    written: dict[str, Any] = {
        "format": FORMAT,
        "situation": found.situation.id,
        "from": space.code(evolution.start),
        "to": found.to,
        "concept": found.concept,
        "by": "moves" if evolution.by_moves else "improvements",
        "steps": found.steps,
        "targets": len(evolution.ways) + len(evolution.out_of_reach),
        "reached": len(reached),
        "ways": [way_dict(found, way, reached) for way in evolution.ways[:SPELT]],
        "left_out": max(len(evolution.ways) - SPELT, 0),
        "out_of_reach": found.codes(evolution.out_of_reach),
        "spread": list(evolution.spread),
    }
    if found.play:
        written["chain"] = play_dict(found, found.play)
    if found.run:
        written["noise"] = run_dict(found, found.run)
    return written


def way_dict(found: Found, way: Way, reached: set[int]) -> dict[str, Any]:
    costs = {each.place: "deterred" if each.gains else "no gain" for each in way.costly}
    code = found.model.space.code
    return {
        "state": code(way.target),
        "equilibrium": bool(found.stops[way.target]),
        "reached": way.target in reached,
        "moves": [
            {"actor": step.actor, "state": code(step.state), "costly": costs.get(place)}
            for place, step in enumerate(way.steps)
        ],
    }


def play_dict(found: Found, play: RandomPlay) -> dict[str, Any]:
    return {
        "method": "exact" if play.plays is None else "simulated",
        "choice": play.choice,
        "plays": play.plays,
        "seed": play.seed,
        "states": play.states,
        "moves": play.moves,
        "moves_error": play.moves_error,
        "rest": play.rest,
        "ends": [
            {
                "states": found.codes(end.states),
                "probability": end.probability,
                "error": end.error,
            }
            for end in play.ends
        ],
        "note": NO_PROBABILITY,
    }


def run_dict(found: Found, run: LongRun) -> dict[str, Any]:
    codes = found.codes(run.probabilities)
    return {
        "method": "exact" if run.plays is None else "simulated",
        "rule": run.noise.rule,
        "level": run.noise.level,
        "plays": run.plays,
        "rounds": run.rounds,
        "seed": run.seed,
        "states": [
            {"state": code, "probability": share, "error": run.errors.get(state, 0.0)}
            for code, (state, share) in zip(codes, run.probabilities.items(), strict=True)
        ],
        "note": NO_PROBABILITY,
    }
