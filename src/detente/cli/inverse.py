"""`detente inverse`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from detente.cli.arguments import as_json, concepts_option, path_argument

if TYPE_CHECKING:
    from detente.case.situation import Situation
    from detente.conflict.inverse.cheapest import Change
    from detente.conflict.inverse.inverse import Demand, Inverse
    from detente.conflict.space import Space

__all__ = ["command"]

SHOWN = 6  # unmet conditions of an actor under a concept; and where there are
SHOWN_MET = 3  # fewer, conditions of any kind


@click.command("inverse")
@path_argument
@click.option(
    "--state",
    required=True,
    metavar="EXPR",
    help="The wished-for state: its code, or an expression true in exactly one feasible state.",
)
@click.option("--actor", metavar="ID", help="Only for this decision maker; all if left out.")
@click.option("--break", "breaking", is_flag=True, help="The cheapest change is to break it.")
@click.option(
    "--add",
    "added",
    multiple=True,
    metavar="EXPR",
    help="A statement that changes may add to a list; may be given several times. Those that the "
    "case doubts may be added too.",
)
@concepts_option
@as_json
def command(path: str, state: str, actor: str | None, as_json: bool, **asked: Any) -> None:
    """Say what would have to change for a state to last.

    For each decision maker the weakest conditions on what it wants, the others' preferences as they
    are, under which the state is stable for it; how many of its strict rankings meet them; and the
    cheapest change to its statements that does: to drop one, swap two or add one is an edit each.
    """
    from detente.cli.terminal import loaded, print_json, working
    from detente.conflict.inverse.inverse import inverse

    situation = loaded(path)
    with working("reading the conditions off the moves"):
        actors = None if actor is None else [actor]
        found = inverse(situation, state, asked.pop("concepts"), actors=actors, **asked)
    if as_json:
        print_json(document(found))
    else:
        show(situation, found)


# ------------------------------------------------------------------------------------------ JSON


def document(found: Inverse) -> dict[str, Any]:
    """`Inverse.to_dict()`, conditions also in words."""
    from detente.brief.inverse import condition_words

    written = found.to_dict()
    for actor, demands in found.actors.items():
        for concept, demand in demands.items():
            entries = written["actors"][actor][concept]["conditions"]
            for entry, condition in zip(entries, demand.conditions.each, strict=True):
                entry["says"] = condition_words(found.space, condition)
    return written


# ----------------------------------------------------------------------------------------- words


def show(situation: Situation, found: Inverse) -> None:
    """The conditions, actor by actor."""
    from detente.brief.inverse import alike, verdict_words
    from detente.brief.words import CONCEPTS, actor_name, state_words
    from detente.cli.terminal import columns, heading, paragraph

    code, aim = found.space.code(found.state), "break it" if found.breaking else "make it stable"
    columns([(code, state_words(situation, code))])
    for actor, demands in found.actors.items():
        heading(f"{actor_name(situation, actor)} ({actor})")
        for concepts, demand in alike(demands):
            paragraph(verdict_words(concepts, demand), indent=2)
            show_conditions(found.space, code, demand)
            show_change(demand.change, aim, indent=4)
    if found.together:
        heading("All together")
    for concept, change in found.together.items():
        paragraph(f"{CONCEPTS[concept]}:", indent=2)
        show_change(change, "break it" if found.breaking else "make it an equilibrium", indent=4)


def show_change(change: Change, aim: str, indent: int) -> None:
    """The cheapest change, and the first ways to make it."""
    from detente.brief.inverse import change_words
    from detente.cli.terminal import columns, paragraph

    lead, *ways = change_words(change, aim)
    paragraph(lead, indent)
    columns([("-", way) for way in ways], indent)


def show_conditions(space: Space, code: str, demand: Demand) -> None:
    """What is asked for, what is not met first."""
    from detente.brief.inverse import condition_words, demand_words
    from detente.cli.terminal import columns, paragraph

    if not demand.met:
        return
    paragraph(demand_words(code, demand), indent=4)
    conditions = sorted(
        zip(demand.met, demand.conditions.each, strict=True), key=lambda each: each[0]
    )
    most = max(SHOWN_MET, min(SHOWN, demand.met.count(False)))
    rows = [
        ("met" if met else "unmet", condition_words(space, each)) for met, each in conditions[:most]
    ]
    more = len(conditions) - len(rows)
    columns([*rows, *([("…", f"and {more:,} more: --json lists them")] if more else [])], indent=4)
