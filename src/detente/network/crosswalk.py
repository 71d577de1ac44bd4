"""Tasks against arrangements: what each arrangement shares, and what each path would reach.

A capability serves tasks and is shared through arrangements. An actor reaches it if it has it or is
a party to one of them. A path is a strategy: what its options `enact` is joined or left, as if
everybody consented; whether they do is for the game to say.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from detente.errors import InputError
from detente.network.changes import Change, require_actors
from detente.network.hypergraph import parties_on

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    import pandas as pd

    from detente.case.situation import Situation, Strategy

__all__ = ["Crosswalk", "Path", "crosswalk", "enacted"]


@dataclass(frozen=True)
class Path:
    """What an actor reaches under a strategy; the empty name is what it reaches as things stand."""

    strategy: str
    changes: tuple[Change, ...]
    """What it joins and leaves."""
    reached: tuple[str, ...]
    """Capabilities, in the order of the case."""
    tasks: tuple[str, ...]
    """Tasks that one of them serves."""
    new: tuple[str, ...]
    """Capabilities that it does not reach as things stand."""
    lost: tuple[str, ...]
    """Capabilities that it reaches as things stand, and no longer then."""


@dataclass(frozen=True)
class Crosswalk:
    """Which arrangement shares what that serves which task, and what an actor reaches."""

    situation: str
    as_of: date
    actor: str
    served: Mapping[tuple[str, str], tuple[str, ...]]
    """(task, arrangement) -> the capabilities that serve the one through the other."""
    without_task: tuple[str, ...]
    """Capabilities for which the case names no task."""
    unserved: tuple[str, ...]
    """Tasks that no capability of the case serves."""
    paths: tuple[Path, ...]
    """As things stand first, then by strategy."""

    def to_dict(self) -> dict[str, Any]:
        """What `detente capabilities --json` prints."""
        return {
            "format": "detente.capabilities/1",
            "situation": self.situation,
            "as_of": self.as_of.isoformat(),
            "actor": self.actor,
            "served": [
                {"task": task, "arrangement": arrangement, "capabilities": list(found)}
                for (task, arrangement), found in self.served.items()
            ],
            "without_task": list(self.without_task),
            "unserved": list(self.unserved),
            "paths": [
                {
                    "strategy": path.strategy,
                    "changes": [str(change) for change in path.changes],
                    "reached": list(path.reached),
                    "tasks": list(path.tasks),
                    "new": list(path.new),
                    "lost": list(path.lost),
                }
                for path in self.paths
            ],
        }

    def to_frame(self) -> pd.DataFrame:
        """Tasks by arrangements: how many capabilities serve the one through the other."""
        import pandas as pd

        counts = pd.Series({key: len(found) for key, found in self.served.items()}, dtype="int64")
        if counts.empty:
            return pd.DataFrame()
        counts.index = counts.index.set_names(["task", "arrangement"])
        return counts.unstack(fill_value=0)


def crosswalk(situation: Situation, actor: str | None = None, day: date | None = None) -> Crosswalk:
    """Tasks against arrangements, and what an actor reaches as things stand and by strategy.

    Parameters
    ----------
    situation
        With `capabilities`.
    actor
        Whose reach is asked for; the actor in focus where none is given.
    day
        On which parties are looked up; that of the case where none is given.

    Raises
    ------
    InputError
        Where the case has no capabilities, or it is not said whose reach, or on which day.

    Examples
    --------
    >>> from detente.case import load
    >>> found = crosswalk(load("kim/indo_pacific_2024"))
    >>> found.actor, "autonomy" in found.paths[0].reached
    ('rok', True)
    """
    whose, day = asked_for(situation, actor, day)
    reach = {
        name: (changes, reached(situation, whose, day, changes))
        for name, changes in (("", ()), *paths_of(situation, whose))
    }
    _, now = reach[""]
    served = dict(served_through(situation))
    return Crosswalk(
        situation.id,
        day,
        whose,
        served,
        tuple(name for name, each in situation.capabilities.items() if not each.tasks),
        tuple(task for task in situation.tasks if not serving(situation, task)),
        tuple(
            Path(
                name,
                changes,
                found,
                tuple(task for task in situation.tasks if {*serving(situation, task)} & {*found}),
                tuple(each for each in found if each not in now),
                tuple(each for each in now if each not in found),
            )
            for name, (changes, found) in reach.items()
        ),
    )


def asked_for(situation: Situation, actor: str | None, day: date | None) -> tuple[str, date]:
    """Whose reach, and when."""
    if not situation.capabilities:
        raise InputError(f"{situation.id} has no `capabilities`\n  write who shares what there")
    if actor:
        require_actors(situation, actor)
    whose, when = actor or situation.focus, day or situation.as_of
    if not whose:
        raise InputError(f"{situation.id} has nobody in `focus`: whose reach?\n  name an actor")
    if not when:
        raise InputError(f"{situation.id} has no `as_of`: on which day?\n  name a date")
    return whose, when


def paths_of(situation: Situation, actor: str) -> Iterator[tuple[str, tuple[Change, ...]]]:
    """The strategies that name options of this actor, with what they join and leave."""
    for name, strategy in situation.strategies.items():
        if any(option.partition(".")[0] == actor for option in strategy.levels):
            yield name, tuple(enacted(situation, strategy))


def enacted(situation: Situation, strategy: Strategy) -> Iterator[Change]:
    """What a strategy's options join or leave at the levels at which it fixes them."""
    for id, level in strategy.levels.items():
        option = situation.option(id)
        enactment = option.enacts.get(option.levels[level])
        if enactment and enactment.join:
            yield Change(enactment.join, option.actor)
        if enactment and enactment.leave:
            yield Change(enactment.leave, option.actor, inside=False)


def reached(
    situation: Situation, actor: str, day: date, changes: Sequence[Change]
) -> tuple[str, ...]:
    """The capabilities an actor has, or shares through an arrangement.

    Nobody is a party to an arrangement that is not there, as in a case looked at blind.
    """
    entered = {
        name: parties_on(each, day, [change for change in changes if change.arrangement == name])
        for name, each in situation.arrangements.items()
    }
    return tuple(
        name
        for name, capability in situation.capabilities.items()
        if actor in capability.actors
        or any(actor in entered.get(arrangement, ()) for arrangement in capability.arrangements)
    )


def serving(situation: Situation, task: str) -> tuple[str, ...]:
    """The capabilities that serve a task."""
    return tuple(name for name, each in situation.capabilities.items() if task in each.tasks)


def served_through(situation: Situation) -> Iterator[tuple[tuple[str, str], tuple[str, ...]]]:
    """Tasks and arrangements with what serves the one through the other, where anything does."""
    for task in situation.tasks:
        for arrangement in situation.arrangements:
            found = tuple(
                name
                for name in serving(situation, task)
                if arrangement in situation.capabilities[name].arrangements
            )
            if found:
                yield (task, arrangement), found
