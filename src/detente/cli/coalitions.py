"""`detente coalitions`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from detente.cli.arguments import (
    as_json,
    asked_changes,
    changed_by_options,
    concepts_of,
    path_argument,
    spelt,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from detente.brief.coalitions import Reasons
    from detente.brief.explain import Move
    from detente.case.situation import Situation
    from detente.conflict.coalitions.equilibria import Coalitions, Standing
    from detente.conflict.reach import Step

__all__ = ["command"]

CREDIBLE = ("individual", "coalitional")
SHOWN = 20  # states in the table, and jumps


@click.command("coalitions")
@path_argument
@click.option(
    "--coalition",
    "asked",
    multiple=True,
    metavar="A,B",
    help="A coalition; may be repeated. Default: every group of decision makers.",
)
@concepts_of("nash")
@click.option(
    "--credible",
    type=click.Choice(CREDIBLE),
    default="individual",
    show_default=True,
    help="Which answers are credible under SEQ: improvements of single actors, or of groups.",
)
@click.option(
    "--state",
    "code",
    metavar="CODE",
    help="Judge this state, in sentences. Default: the equilibria of each concept.",
)
@as_json
@changed_by_options
def command(
    path: str,
    asked: tuple[str, ...],
    concepts: tuple[str, ...],
    credible: Any,
    code: str | None,
    as_json: bool,
    **changed: Any,
) -> None:
    """Show which equilibria coalitions would leave, and for which others.

    A coalition leaves a state if its members can move, one after the other, to one that all of
    them prefer, and no answer of the others that they fear takes that from any of them. Under
    Nash they fear none; under GMR, SMR and SEQ as a single actor would.
    """
    from detente.cli.coalition_grounds import reasons_at
    from detente.cli.terminal import loaded, print_json, working
    from detente.conflict.coalitions.equilibria import coalition_equilibria
    from detente.conflict.model import conflict

    situation = loaded(path, asked_changes(**changed))
    model = conflict(situation)
    with working("asking coalitions"):
        found = coalition_equilibria(
            model,
            concepts,
            coalitions=list({frozenset(spelt(each)): spelt(each) for each in asked}.values())
            or None,
            credible=credible,
            states=None if code is None else [model.space.index(code)],
            situation=situation.id,
        )
        reasons = [] if code is None else reasons_at(situation, model, found, code, bool(asked))
    if as_json:
        print_json(document(found, reasons))
    elif code is None:
        show(situation, found)
    else:
        show_state(situation, code, reasons)


# ------------------------------------------------------------------------------------------ JSON


def document(found: Coalitions, reasons: Sequence[Reasons]) -> dict[str, Any]:
    """`Coalitions.to_dict()`, with the grounds where a state was asked about."""
    from detente.cli.coalition_grounds import reasons_dict

    if not reasons:
        return found.to_dict()
    return {**found.to_dict(), "grounds": [reasons_dict(each) for each in reasons]}


# ----------------------------------------------------------------------------------------- words


def show(situation: Situation, found: Coalitions) -> None:
    """The equilibria of each concept, who leaves them, and for which others."""
    from detente.brief.words import counted, printable

    asked = counted(len(found.coalitions), "coalition")
    click.echo(f"{printable(situation.title)}\n{asked} asked")
    for concept, standing in found.standings.items():
        show_concept(situation, found, concept, standing)


def show_concept(situation: Situation, found: Coalitions, concept: str, standing: Standing) -> None:
    from detente.brief.words import CONCEPTS, counted
    from detente.cli.terminal import columns, heading, paragraph

    many = counted(standing.states.size, "equilibrium", "equilibria")
    heading(f"{CONCEPTS[concept]}: {many}")
    if not standing.states.size:
        paragraph("none: no state is stable for every actor", indent=2)
        return
    columns(left_rows(situation, found, standing)[:SHOWN], indent=2)
    if standing.states.size > SHOWN:
        more = standing.states.size - SHOWN
        paragraph(f"… and {more:,} more: --json lists all of them", indent=2)
    show_jumps(situation, found, standing)
    kept = found.space.codes(standing.kept[:SHOWN])
    rest = standing.kept.size - len(kept)
    who = "every coalition" if found.is_every else "the coalitions asked"
    listed = ", ".join(kept) + (f" and {rest:,} more" if rest else "")
    heading(f"Stable for {who}")
    paragraph(listed or "no equilibrium", indent=2)


def left_rows(situation: Situation, found: Coalitions, standing: Standing) -> list[tuple[str, str]]:
    """Each state, and the smallest coalitions that leave it."""
    return [
        (code, leavers_words(situation, found, column))
        for code, column in zip(found.space.codes(standing.states), standing.leaves.T, strict=True)
    ]


def leavers_words(situation: Situation, found: Coalitions, leaves: Sequence[bool]) -> str:
    from detente.brief.coalitions import members_words, smallest

    leavers = [each for each, left in zip(found.coalitions, leaves, strict=True) if left]
    least = smallest(leavers)
    if not leavers:
        return "nobody leaves it"
    larger = len(leavers) - len(least)
    more = f"; and {larger:,} with more members" if larger else ""
    return f"left by {'; '.join(members_words(situation, each) for each in least)}{more}"


def show_jumps(situation: Situation, found: Coalitions, standing: Standing) -> None:
    """From which equilibrium to which, by the smallest coalitions, and on which way."""
    from detente.brief.coalitions import members_words, path_rows, smallest
    from detente.cli.terminal import columns, heading, paragraph

    ends = dict.fromkeys((jump.start, jump.end) for jump in standing.jumps)
    least = {
        pair: smallest([j.coalition for j in standing.jumps if (j.start, j.end) == pair])
        for pair in ends
    }
    shown = [j for j in standing.jumps if j.coalition in least[j.start, j.end]]
    if shown:
        heading("Equilibrium jumps")
    for jump in shown[:SHOWN]:
        start, end = found.space.codes([jump.start, jump.end])  # type: ignore[arg-type]
        paragraph(f"{start} -> {end} by {members_words(situation, jump.coalition)}", indent=2)
        moves = [move_of(found, step) for step in jump.path]
        columns(path_rows(situation, start, moves), indent=4)
    if len(shown) > SHOWN:
        paragraph(f"… and {len(shown) - SHOWN:,} more: --json lists all of them", indent=2)


def move_of(found: Coalitions, step: Step) -> Move:
    from detente.brief.explain import Move

    return Move(step.actor, found.space.code(step.state))


def show_state(situation: Situation, code: str, reasons: Sequence[Reasons]) -> None:
    """Why coalitions would leave a state, or would not."""
    from detente.brief.coalitions import alike, members_words, reasons_words
    from detente.brief.words import state_words
    from detente.cli.terminal import columns, heading, paragraph

    columns([(code, state_words(situation, code))])
    if not reasons:
        paragraph("No coalition would leave it.")
    for coalition in dict.fromkeys(each.coalition for each in reasons):
        heading(members_words(situation, coalition))
        for concepts, each in alike([each for each in reasons if each.coalition == coalition]):
            verdict, *answers = reasons_words(situation, concepts, each)
            paragraph(verdict, indent=2)
            columns([("-", said) for said in answers], indent=4)
