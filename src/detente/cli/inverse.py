"""`detente inverse`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from detente.cli.arguments import as_json, concepts_option, path_argument

if TYPE_CHECKING:
    from detente.case.situation import Situation
    from detente.conflict.inverse import Inverse, Wish
    from detente.conflict.space import Space

__all__ = ["command"]

SHOWN = 6  # conditions of an actor under a concept


@click.command("inverse")
@path_argument
@click.option(
    "--state",
    required=True,
    metavar="EXPR",
    help="The wished-for state: its code, or an expression true in exactly one feasible state.",
)
@click.option("--actor", metavar="ID", help="Only for this decision maker; all if left out.")
@concepts_option
@as_json
def command(
    path: str, state: str, actor: str | None, concepts: tuple[str, ...], as_json: bool
) -> None:
    """Say what would have to change for a state to last.

    For each decision maker the weakest conditions on what it wants, the others' preferences as they
    are, under which the state is stable for it; and how many of its strict rankings meet them.
    """
    from detente.cli.terminal import loaded, print_json, working
    from detente.conflict.inverse import inverse

    situation = loaded(path)
    with working("reading the conditions off the moves"):
        found = inverse(situation, state, concepts, actors=None if actor is None else [actor])
    if as_json:
        print_json(document(found))
    else:
        show(situation, found)


# ------------------------------------------------------------------------------------------ JSON


def document(found: Inverse) -> dict[str, Any]:
    """`Inverse.to_dict()`, each condition also in words."""
    from detente.brief.inverse import condition_words

    written = found.to_dict()
    for actor, wishes in found.actors.items():
        for concept, wish in wishes.items():
            entries = written["actors"][actor][concept]["conditions"]
            for entry, condition in zip(entries, wish.conditions.each, strict=True):
                entry["says"] = condition_words(found.space, condition)
    return written


# ----------------------------------------------------------------------------------------- words


def show(situation: Situation, found: Inverse) -> None:
    """The conditions, actor by actor."""
    from detente.brief.inverse import alike, wish_words
    from detente.brief.words import actor_name, state_words
    from detente.cli.terminal import columns, heading, paragraph

    code = found.space.code(found.state)
    columns([(code, state_words(situation, code))])
    for actor, wishes in found.actors.items():
        heading(f"{actor_name(situation, actor)} ({actor})")
        for concepts, wish in alike(wishes):
            paragraph(wish_words(concepts, wish), indent=2)
            show_conditions(found.space, code, wish)


def show_conditions(space: Space, code: str, wish: Wish) -> None:
    """What is asked for, what is not met first."""
    from detente.brief.inverse import condition_words, demand_words
    from detente.cli.terminal import columns, paragraph

    if not wish.met:
        return
    paragraph(demand_words(code, wish), indent=4)
    conditions = sorted(zip(wish.met, wish.conditions.each, strict=True), key=lambda each: each[0])
    rows = [
        ("met" if met else "unmet", condition_words(space, each))
        for met, each in conditions[:SHOWN]
    ]
    more = len(conditions) - len(rows)
    columns([*rows, *([("…", f"and {more:,} more: --json lists them")] if more else [])], indent=4)
