"""Six actors with binary options and random statements: conflicts of any size."""

from __future__ import annotations

import random
from functools import cache

from detente.case.expression import Names, expression
from detente.case.situation import Actor, Infeasible, Option, Situation, Statement, Statements

__all__ = ["situation"]

ACTORS = 6
STATEMENTS = 12


@cache
def situation(options: int, *, rough: bool = False, seed: int = 2024) -> Situation:
    """A situation of `2 ** options` states.

    Parameters
    ----------
    options
        How many binary options the six actors share.
    rough
        Whether every actor has a one-way option and two of them a ruled-out combination.
    seed
        Of the statements.
    """
    drawn = random.Random(seed)
    owners = sorted(place % ACTORS for place in range(options))
    axes = tuple(option(owner, place, owners, rough) for place, owner in enumerate(owners))
    names = Names({axis.id: axis.levels for axis in axes})
    actors = [f"actor{number}" for number in range(ACTORS)]
    ruled_out = [" and ".join(a.id for a in axes if a.actor == actor) for actor in actors[:2]]
    return Situation(
        id=f"{options} binary options",
        title="Random statements",
        actors={actor: Actor(actor, actor) for actor in actors},
        options=axes,
        infeasible=tuple(Infeasible(expression(when, names), None) for when in ruled_out if rough),
        status_quo={axis.id: 0 for axis in axes},
        preferences={actor: Statements(statements(actor, axes, names, drawn)) for actor in actors},
    )


def option(owner: int, place: int, owners: list[int], rough: bool) -> Option:
    """The option at this place; an actor's first one is one-way in a rough situation."""
    one_way = rough and place == owners.index(owner)
    name, levels = f"actor{owner}.option{place}", ("no", "yes")
    return Option(name, f"actor{owner}", levels, "up" if one_way else "both", name, levels)


def statements(
    actor: str, axes: tuple[Option, ...], names: Names, drawn: random.Random
) -> tuple[Statement, ...]:
    """Conditional statements about one option of the actor's own and two of anybody's."""
    own = [axis.id for axis in axes if axis.actor == actor]
    held = []
    for number in range(STATEMENTS):
        one, another = (axis.id for axis in drawn.sample(axes, 2))
        text = f"{drawn.choice(['', 'not '])}{drawn.choice(own)} iff ({one} and not {another})"
        held.append(Statement(f"{actor}.{number + 1}", actor, expression(text, names), "end"))
    return tuple(held)
