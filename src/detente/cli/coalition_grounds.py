"""The grounds of `detente coalitions --state`: witnesses by codes, and statements that decide."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from detente.brief.coalitions import Departure, Group, Reasons
    from detente.brief.explain import Move
    from detente.case.situation import Situation
    from detente.conflict.coalitions.equilibria import Coalitions
    from detente.conflict.coalitions.witness import CoalitionResponse, CoalitionWitness, Leg
    from detente.conflict.model import Conflict
    from detente.conflict.reach import Step

__all__ = ["reasons_at", "reasons_dict"]

DETAILED = 3  # improvements told of each coalition


def reasons_at(
    situation: Situation, model: Conflict, found: Coalitions, code: str, told: bool
) -> list[Reasons]:
    """The grounds of every verdict on a state; if not told of all, of those who would leave."""
    from detente.conflict.coalitions.coalition import coalition
    from detente.conflict.coalitions.witness import coalition_witness

    state = model.space.index(code)
    return [
        grounds(
            situation,
            model,
            coalition_witness(
                coalition(model, members, concept, found.credible), state, most=DETAILED
            ),
        )
        for concept, standing in found.standings.items()
        for members, leaves in zip(found.coalitions, standing.leaves[:, 0], strict=True)
        if told or leaves
    ]


def grounds(situation: Situation, model: Conflict, witness: CoalitionWitness) -> Reasons:
    """A witness, states by their codes, with the statements that decide."""
    from detente.brief.coalitions import Reasons

    code = model.space.code(witness.state)
    return Reasons(
        witness.concept,
        witness.coalition,
        code,
        witness.improvements,
        witness.undeterred,
        tuple(departure(situation, model, witness, each) for each in witness.responses),
    )


def departure(
    situation: Situation, model: Conflict, witness: CoalitionWitness, response: CoalitionResponse
) -> Departure:
    from detente.brief.coalitions import Departure
    from detente.conflict.decision import decision

    here, there = model.space.code(witness.state), model.space.code(response.improvement)
    sanction = coded_legs(model, response.sanction)
    end = sanction[-1].moves[-1].state if sanction else there
    compared = {actor: decision(situation, actor, here, end) for actor in witness.coalition}
    return Departure(
        there,
        coded(model, response.path),
        {actor: decision(situation, actor, here, there) for actor in witness.coalition},
        sanction,
        {actor: each for actor, each in compared.items() if each.better != end},
        coded_legs(model, response.escaped),
    )


def coded(model: Conflict, steps: Sequence[Step]) -> tuple[Move, ...]:
    """Steps with codes for states."""
    from detente.brief.explain import Move

    return tuple(Move(step.actor, model.space.code(step.state)) for step in steps)


def coded_legs(model: Conflict, legs: Sequence[Leg] | None) -> tuple[Group, ...] | None:
    from detente.brief.coalitions import Group

    if legs is None:
        return None
    return tuple(Group(leg.actors, coded(model, leg.steps)) for leg in legs)


def reasons_dict(reasons: Reasons) -> dict[str, Any]:
    """The same for JSON."""
    return {
        "concept": reasons.concept,
        "coalition": list(reasons.coalition),
        "state": reasons.state,
        "stable": not reasons.undeterred,
        "improvements": reasons.improvements,
        "undeterred": reasons.undeterred,
        "responses": [
            {
                "improvement": each.improvement,
                "path": moves_dict(each.path),
                "gains": {
                    actor: decided.statement and decided.statement.id
                    for actor, decided in each.gains.items()
                },
                "sanction": groups_dict(each.sanction),
                "losers": list(each.losses),
                "escaped": groups_dict(each.escaped),
            }
            for each in reasons.departures
        ],
    }


def groups_dict(groups: Sequence[Group] | None) -> list[dict[str, Any]] | None:
    if groups is None:
        return None
    return [{"actors": list(each.actors), "moves": moves_dict(each.moves)} for each in groups]


def moves_dict(moves: Sequence[Move]) -> list[dict[str, str]]:
    return [{"actor": each.actor, "state": each.state} for each in moves]
