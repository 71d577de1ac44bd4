"""`detente explain`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from detente.cli.arguments import as_json, concepts_option, path_argument

if TYPE_CHECKING:
    from collections.abc import Sequence

    from detente.brief.explain import Answer, Ground, Move
    from detente.case.situation import Situation
    from detente.conflict.decision import Decision
    from detente.conflict.model import Conflict
    from detente.conflict.reach import Step
    from detente.conflict.witness import Response

__all__ = ["command"]

FORMAT = "detente.explain/1"
DETAILED = 3  # improvements told for each actor and concept


@click.command("explain")
@path_argument
@click.option("--state", "code", required=True, metavar="CODE", help="The state in question.")
@click.option("--actor", metavar="ID", help="Only for this decision maker; all if left out.")
@concepts_option
@as_json
def command(
    path: str, code: str, actor: str | None, concepts: tuple[str, ...], as_json: bool
) -> None:
    """Say in words why a state holds or does not.

    For each decision maker: what it would gain by moving, who would answer how, and why that
    deters or does not. For an equilibrium also how it is reached from the status quo.
    """
    from detente.cli.terminal import loaded, print_json, working
    from detente.conflict.model import conflict

    situation = loaded(path)
    with working("looking for answers"):
        found = explanation(situation, conflict(situation), code, actor, concepts)
    if as_json:
        print_json(explanation_dict(situation, found))
    else:
        show(situation, found)


@dataclass(frozen=True)
class Explanation:
    """Everything there is to say about one state."""

    code: str
    grounds: tuple[Ground, ...]
    equilibrium: dict[str, bool]
    """Concept -> whether it is stable for all; empty where only one actor was asked about."""
    path: tuple[Move, ...] | None
    """Unilateral improvements from the status quo; None where none lead here."""
    starts: bool
    """Whether the status quo is feasible."""


def explanation(
    situation: Situation,
    model: Conflict,
    code: str,
    actor: str | None,
    concepts: Sequence[str],
) -> Explanation:
    """Why a state holds or does not, actor by actor and concept by concept."""
    actors = model.actors if actor is None else (actor,)
    grounds = [
        ground(situation, model, code, each, concept) for each in actors for concept in concepts
    ]
    equilibrium = {
        concept: all(each.stable for each in grounds if each.concept == concept)
        for concept in (concepts if actor is None else ())
    }
    path = path_from_status_quo(situation, model, code) if any(equilibrium.values()) else None
    starts = bool(model.space.mask[model.space.index(status_quo(situation))])
    return Explanation(code, tuple(grounds), equilibrium, path, starts)


def ground(situation: Situation, model: Conflict, code: str, actor: str, concept: str) -> Ground:
    """The witness of one verdict, states by their codes, with the statements that decide."""
    from detente.brief.explain import Ground
    from detente.conflict.witness import witness

    found = witness(model, actor, model.space.index(code), concept, most=DETAILED)
    answers = (answer(situation, model, actor, code, each) for each in found.responses)
    return Ground(
        concept, actor, code, found.improvements, found.undeterred, tuple(answers),
        found.by == "sim", found.together, found.foresight,
    )  # fmt: skip


def answer(
    situation: Situation, model: Conflict, actor: str, code: str, response: Response
) -> Answer:
    from detente.brief.explain import Answer
    from detente.conflict.decision import decision

    improvement = model.space.code(response.improvement)
    sanction, foreseen = coded(model, response.sanction), coded(model, response.foreseen)
    end = improvement if foreseen is not None else None
    if told := foreseen or sanction:
        end = told[-1].state
    return Answer(
        improvement,
        decision(situation, actor, code, improvement),
        sanction,
        None if end is None else decision(situation, actor, code, end),
        coded(model, response.escaped),
        foreseen,
    )


def coded(model: Conflict, steps: Sequence[Step] | None) -> tuple[Move, ...] | None:
    """Steps with codes for states."""
    from detente.brief.explain import Move

    if steps is None:
        return None
    return tuple(Move(step.actor, model.space.code(step.state)) for step in steps)


def path_from_status_quo(
    situation: Situation, model: Conflict, code: str
) -> tuple[Move, ...] | None:
    """The shortest way by unilateral improvements, if there is one."""
    from detente.conflict.reach import improvement_paths

    start = model.space.index(status_quo(situation))
    target = model.space.index(code)
    if not model.space.mask[start]:
        return None
    return coded(model, improvement_paths(model, start, [target]).get(target))


def status_quo(situation: Situation) -> str:
    """The code of the status quo."""
    from detente.case.states import DIGITS

    return "".join(DIGITS[situation.status_quo[option.id]] for option in situation.options)


# ------------------------------------------------------------------------------------------ JSON


def explanation_dict(situation: Situation, found: Explanation) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "situation": situation.id,
        "state": found.code,
        "equilibrium": found.equilibrium,
        "grounds": [ground_dict(each) for each in found.grounds],
        "path": moves_dict(found.path),
    }


def ground_dict(ground: Ground) -> dict[str, Any]:
    return {
        "concept": ground.concept,
        "actor": ground.actor,
        "stable": ground.stable,
        "improvements": ground.improvements,
        "undeterred": ground.undeterred,
        "answers": [
            {
                "improvement": each.improvement,
                "gain": deciding(each.gain),
                "sanction": moves_dict(each.sanction),
                "loss": each.loss and deciding(each.loss),
                "escaped": moves_dict(each.escaped),
                **({} if each.foreseen is None else {"foreseen": moves_dict(each.foreseen)}),
            }
            for each in ground.answers
        ],
        **({"together": list(ground.together)} if ground.together else {}),
        **({} if ground.foresight is None else {"foresight": ground.foresight._asdict()}),
    }


def deciding(decision: Decision) -> str | None:
    return decision.statement.id if decision.statement else None


def moves_dict(moves: Sequence[Move] | None) -> list[dict[str, str]] | None:
    return None if moves is None else [{"actor": each.actor, "state": each.state} for each in moves]


# ----------------------------------------------------------------------------------------- words


def show(situation: Situation, found: Explanation) -> None:
    """The explanation, actor by actor."""
    from detente.brief.explain import verdict_words
    from detente.brief.words import actor_name, joined, state_words
    from detente.cli.terminal import columns, heading, paragraph

    columns([(found.code, state_words(situation, found.code))])
    if found.equilibrium:
        paragraph(verdict_words(found.equilibrium))
    by_actor = {
        actor_name(situation, actor): [each for each in found.grounds if each.actor == actor]
        for actor in dict.fromkeys(each.actor for each in found.grounds)
    }
    for name, grounds in by_actor.items():
        if any(each.improvements for each in grounds):
            heading(name)
            show_grounds(situation, grounds)
    if content := [
        name for name, grounds in by_actor.items() if not any(each.improvements for each in grounds)
    ]:
        heading("Nothing to gain by moving alone")
        paragraph(joined(content), indent=2)
    if any(found.equilibrium.values()):
        show_path(situation, found)


def show_grounds(situation: Situation, grounds: Sequence[Ground]) -> None:
    """One actor's improvements, and what answers them, by concept."""
    from detente.brief.explain import alike, ground_words
    from detente.cli.terminal import columns, paragraph

    for concepts, each in alike(grounds):
        verdict, *answers = ground_words(situation, concepts, each)
        paragraph(verdict, indent=2)
        columns([("-", said) for said in answers], indent=4)


def show_path(situation: Situation, found: Explanation) -> None:
    """How the equilibrium is reached from the status quo."""
    from detente.brief.explain import step_phrases
    from detente.brief.words import actor_name
    from detente.cli.terminal import columns, heading

    heading("From the status quo")
    if not found.starts:
        click.echo("  the status quo is infeasible, so nothing starts there")
    elif found.path is None:
        click.echo("  no sequence of unilateral improvements leads here")
    elif not found.path:
        click.echo("  this is the status quo")
    else:
        phrases = step_phrases(situation, status_quo(situation), found.path)
        rows = [
            (step.state, f"{actor_name(situation, step.actor)}: {phrase}")
            for step, phrase in zip(found.path, phrases, strict=True)
        ]
        columns(rows, indent=2)
