"""`detente stability`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from detente.cli.arguments import (
    as_json,
    asked_changes,
    changed_by_options,
    concepts_option,
    path_argument,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from detente.case.situation import Situation
    from detente.conflict.space import Space
    from detente.conflict.stability import Stability

__all__ = ["command"]

SHOWN = 20  # equilibria in the table
CHUNK = 2**16  # codes written at once
NONE = "none: no state is stable for every actor"


@click.command("stability")
@path_argument
@concepts_option
@as_json
@click.option("--equilibria", is_flag=True, help="With --json: leave out the actors' own states.")
@changed_by_options
def command(
    path: str, concepts: tuple[str, ...], as_json: bool, equilibria: bool, **asked: Any
) -> None:
    """List the stable states and equilibria of a case.

    An equilibrium is a state that is stable for every decision maker. A state's code has one
    character for each option, in the order of the case: the index of the option's level.

    Of a case that is changed by --set, --drop, --freeze or --drop-actor, or lies on another one as
    an overlay, also what comes and goes beside the case as it was.
    """
    from detente.case.opening import base_of
    from detente.cli.terminal import loaded, working
    from detente.conflict.stability import stability
    from detente.loading import load

    changes = asked_changes(**asked)
    base = path if changes else base_of(path)
    situation = loaded(path, changes)
    with working("settling the situation"):
        result = stability(situation, concepts)
        before = stability(load(base), concepts) if base is not None else None
    if as_json:
        for piece in pieces(document(result, not equilibria, before), result.space):
            click.echo(piece, nl=False)
        click.echo()
    else:
        show(situation, result)
        if before is not None:
            show_changes(before, result)


# ------------------------------------------------------------------------------------------ JSON


def document(result: Stability, stable: bool, before: Stability | None) -> dict[str, Any]:
    """`Stability.to_dict()`, each actor's states still an array; and what differs, if anything."""
    found = result.to_dict(stable=False)
    if before is not None:
        from dataclasses import asdict

        from detente.conflict.compared import compared

        differences = compared(before, result)
        found["compared"] = {concept: asdict(each) for concept, each in differences.items()}
    if not stable:
        return found
    equilibria = found.pop("equilibria")
    rows = {
        concept: dict(zip(result.actors, result.stable[concept], strict=True))
        for concept in result.concepts
    }
    return {**found, "stable": rows, "equilibria": equilibria}


def pieces(value: Any, space: Space) -> Iterator[str]:
    """The JSON bit by bit: a large case has more codes than should be held at once."""
    import numpy as np

    if isinstance(value, dict):
        yield "{"
        for place, (key, inner) in enumerate(value.items()):
            yield f"{', ' if place else ''}{json.dumps(key)}: "
            yield from pieces(inner, space)
        yield "}"
    elif isinstance(value, np.ndarray):
        yield from code_list(np.flatnonzero(value), space)
    else:
        yield json.dumps(value)


def code_list(states: NDArray[np.int64], space: Space) -> Iterator[str]:
    """The codes of many states as a JSON list."""
    yield "["
    for start in range(0, len(states), CHUNK):
        yield (", " if start else "") + json.dumps(space.codes(states[start : start + CHUNK]))[1:-1]
    yield "]"


# ----------------------------------------------------------------------------------------- table


def show(situation: Situation, result: Stability) -> None:
    """The equilibria as a table: the code, who keeps it, and who does what in it."""
    from detente.brief.foresight import foresight_words
    from detente.brief.words import CONCEPTS, counted, printable, state_words
    from detente.cli.terminal import draw, paragraph, table, text

    found = {concept: result.settled(concept) for concept in result.concepts}
    feasible = counted(int(result.space.mask.sum()), "feasible state")
    click.echo(f"{printable(situation.title)}\n{feasible}, {counted(len(result.actors), 'actor')}")
    width = max(5, *(len(CONCEPTS[concept]) for concept in found))
    for concept, settled in found.items():
        count = int(settled.sum())
        said = counted(count, "equilibrium", "equilibria") if count else NONE
        click.echo(f"{CONCEPTS[concept]:<{width}} {said}")
    for note in foresight_words(situation, result):
        paragraph(note)
    shown = most_shared(list(found.values()))
    if not shown.size:
        return
    rows = table("state", *found, "in words", whole=("state", *found))
    first = shown[:SHOWN]  # alone are spelt: there may be millions
    for state, code in zip(first, result.space.codes(first), strict=True):
        marks = ["x" if settled[state] else "-" for settled in found.values()]
        rows.add_row(code, *marks, text(state_words(situation, code)))
    click.echo()
    draw(rows)
    if len(shown) > SHOWN:
        click.echo(f"… and {len(shown) - SHOWN:,} more: --json --equilibria lists all of them")


def show_changes(before: Stability, after: Stability) -> None:
    """The equilibria that came and went, concept by concept."""
    from detente.brief.words import CONCEPTS, counted
    from detente.cli.terminal import columns, heading
    from detente.conflict.compared import compared

    heading("Beside the case as it was")
    rows = []
    for concept, change in compared(before, after).items():
        kept = f"{counted(change.kept, 'equilibrium', 'equilibria')} kept"
        rows.append((CONCEPTS[concept], kept))
        rows += [
            ("", line)
            for line in (listed("−", change.vanished), listed("+", change.appeared))
            if line
        ]
    columns(rows, indent=2)


def listed(mark: str, codes: Sequence[str]) -> str:
    """The first of the codes that came or went."""
    more = f" … and {len(codes) - SHOWN:,} more" if len(codes) > SHOWN else ""
    return " ".join(mark + code for code in codes[:SHOWN]) + more


def most_shared(settled: Sequence[NDArray[np.bool_]]) -> NDArray[np.int64]:
    """The states that are an equilibrium under some concept, those under most concepts first.

    Among those under as many, in the order of their codes, which is that of the states.
    """
    import numpy as np

    counts = np.asarray(np.sum(settled, axis=0, dtype=np.int8))
    states = np.flatnonzero(counts)
    return states[np.argsort(-counts[states], kind="stable")]
