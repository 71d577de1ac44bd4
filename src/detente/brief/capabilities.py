"""Capabilities: which arrangement serves which task, and what each path would reach."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.brief.document import Section, Table, Words, paragraph
from detente.brief.figures.crosswalk import tasks_served
from detente.brief.verdicts import strategy_words
from detente.brief.words import actor_name, joined

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from detente.brief.document import Block
    from detente.case.situation import Situation
    from detente.network.crosswalk import Crosswalk, Path

__all__ = ["reach"]


def reach(situation: Situation, version: str) -> Section | None:
    """The chapter; nothing where the case has no capabilities, nobody in focus or no day."""
    if not situation.capabilities or not situation.focus or situation.as_of is None:
        return None
    from detente.network.crosswalk import crosswalk

    found = crosswalk(situation)
    blocks: list[Block] = []
    if found.served:
        blocks.append(figure(situation, found, version))
    if found.unserved:
        tasks = "; ".join(str(situation.tasks[task].label) for task in found.unserved)
        blocks.append(paragraph(f"Nothing in the case serves: {tasks}."))
    blocks.append(paths(situation, found))
    return Section("capabilities", "Capabilities", tuple(blocks))


def figure(situation: Situation, found: Crosswalk, version: str) -> Block:
    """Tasks by arrangements."""
    arrangements = dict.fromkeys(to for _, to in found.served)
    return tasks_served(
        {id: each.label for id, each in situation.tasks.items()},
        {
            id: situation.arrangements[id].name
            for id in situation.arrangements
            if id in arrangements
        },
        {pair: labels(situation, each) for pair, each in found.served.items()},
        f"{situation.id}, capabilities as of {found.as_of}; Detente {version}.",
    )


def labels(situation: Situation, capabilities: Iterable[str]) -> list[str]:
    """What capabilities are called."""
    return [str(situation.capabilities[each].label) for each in capabilities]


def paths(situation: Situation, found: Crosswalk) -> Table:
    """What is reached as things stand, and what is added by strategies that come to the same."""
    now, *others = found.paths
    alike: dict[tuple[object, ...], list[Path]] = {}
    for path in others:
        alike.setdefault((path.new, path.lost, path.tasks), []).append(path)
    rows = [path_row(situation, ("as things stand",), now.reached, now, None)]
    rows += [
        path_row(
            situation,
            [strategy_words(situation, path.strategy) for path in together],
            together[0].new,
            together[0],
            now,
        )
        for together in alike.values()
    ]
    name = actor_name(situation, found.actor)
    head = ("path", f"{name} reaches", "tasks served", "no longer")
    return Table(f"What {name} reaches, if everybody consents", head, tuple(rows))


def path_row(
    situation: Situation,
    names: Sequence[str],
    reached: Sequence[str],
    path: Path,
    now: Path | None,
) -> tuple[Words, ...]:
    """What a path reaches, or adds to what is reached already."""
    known = now.tasks if now else ()
    tasks = [str(situation.tasks[task].label) for task in path.tasks if task not in known]
    also = "also " if now and (reached or tasks) else ""
    return (
        ("; ".join(names),),
        (also if reached else "", joined(labels(situation, reached)) or "nothing more"),
        (also if tasks else "", joined(tasks) or "none"),
        (joined(labels(situation, path.lost)) or "–",),
    )
