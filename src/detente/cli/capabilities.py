"""`detente capabilities`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from detente.cli.arguments import as_json, as_of_option, path_argument

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from detente.case.situation import Situation
    from detente.network.crosswalk import Crosswalk, Path

__all__ = ["command"]


@click.command("capabilities")
@path_argument
@click.option("--actor", metavar="ACTOR", help="Whose reach. Default: the actor in focus.")
@as_of_option
@as_json
def command(path: str, actor: str | None, as_of: date | None, as_json: bool) -> None:
    """Show which arrangement serves which task, and what each path would reach.

    A path is a strategy; what it joins is counted as if everybody consented.
    """
    from detente.cli.terminal import loaded, print_json
    from detente.network.crosswalk import crosswalk

    situation = loaded(path)
    found = crosswalk(situation, actor, as_of)
    if as_json:
        print_json(found.to_dict())
    else:
        show(situation, found)


def show(situation: Situation, found: Crosswalk) -> None:
    """Tasks by arrangement, then what is reached."""
    from detente.cli.terminal import columns, heading, paragraph

    heading(f"Tasks, and what serves them through which arrangement, {found.as_of}")
    for task, lines in task_rows(situation, found):
        paragraph(task, indent=2)
        columns(lines, indent=4)
    if found.without_task:
        paragraph(f"No task is named for {', '.join(found.without_task)}.", indent=2)
    heading(f"What {situation.actors[found.actor].name} reaches, if everybody consents")
    for names, words in path_rows(found):
        paragraph(names, indent=2)
        paragraph(words, indent=4)


def task_rows(
    situation: Situation, found: Crosswalk
) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Every task, the arrangements that serve it, and through what."""
    for task, entry in situation.tasks.items():
        lines = [(to, ", ".join(names)) for (of, to), names in found.served.items() if of == task]
        served = "nothing in the case" if task in found.unserved else "no arrangement"
        yield f"{task}: {entry.label}", lines or [(served, "")]


def path_rows(found: Crosswalk) -> Iterator[tuple[str, str]]:
    """What is reached as things stand, and what strategies that come to the same add and lose."""
    now, *others = found.paths
    reaches = f"{', '.join(now.reached) or 'nothing'}\ntasks: {', '.join(now.tasks) or 'none'}"
    yield "as things stand", reaches
    alike: dict[tuple[object, ...], list[Path]] = {}
    for path in others:
        alike.setdefault((path.new, path.lost, path.tasks), []).append(path)
    for paths in alike.values():
        yield ", ".join(path.strategy for path in paths), added_words(paths[0], now)


def added_words(path: Path, now: Path) -> str:
    """What a path adds to what is reached already, and what it gives up."""
    tasks = [task for task in path.tasks if task not in now.tasks]
    changes = f"{', '.join(map(str, path.changes))}: " if path.changes else ""
    if not path.new and not path.lost:
        return f"{changes}nothing else"
    lines = [f"{changes}{', '.join(path.new) or 'nothing'} in addition"]
    lines += [f"no longer {', '.join(path.lost)}"] if path.lost else []
    return "\n".join([*lines, f"tasks in addition: {', '.join(tasks) or 'none'}"])
