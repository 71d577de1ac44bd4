"""Arguments that several commands share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import click
from click.shell_completion import CompletionItem

from detente.case.concepts import CORE, LISTED, known

__all__ = [
    "as_json",
    "as_of_option",
    "asked_changes",
    "changed_by_options",
    "concepts_drawn",
    "concepts_of",
    "concepts_option",
    "design_option",
    "parsed_day",
    "path_argument",
    "seed_option",
    "seeded",
    "varied_option",
    "workers_option",
]

DESIGNS = ("lhs", "sobol", "random", "factorial", "saltelli")


def cases(
    _context: click.Context, _parameter: click.Parameter, incomplete: str
) -> list[CompletionItem[str]]:
    """What PATH can be completed to: ids of the catalogue, else files as the shell knows them."""
    from detente import catalogue

    ids = [CompletionItem(id) for id in catalogue.ids() if id.startswith(incomplete)]
    return ids or [CompletionItem(incomplete, type="file")]


def any_concepts(
    _context: click.Context, _parameter: click.Parameter, written: str | None
) -> tuple[str, ...]:
    """`seq,nash` as two concepts, in the order asked; the four of the core if none is asked."""
    named = CORE if written is None else spelt(written)
    for name in named:
        if not known(name):
            raise click.BadParameter(f"no concept `{name}`: one of {LISTED}")
    return named


def core_concepts(
    _context: click.Context, _parameter: click.Parameter, written: str
) -> tuple[str, ...]:
    """As `any_concepts`, of the core alone."""
    named = spelt(written)
    for name in named:
        if name not in CORE:
            raise click.BadParameter(f"no concept `{name}`: one of {', '.join(CORE)}")
    return named


def spelt(written: str) -> tuple[str, ...]:
    """The names in a list, each once."""
    return tuple(dict.fromkeys(written.lower().replace(" ", "").split(",")))


def parsed_day(
    _context: click.Context, _parameter: click.Parameter, written: str | None
) -> date | None:
    """A day written 2024-04-16."""
    if written is None:
        return None
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise click.BadParameter(f"`{written}` is no day like 2024-04-16") from None


path_argument = click.argument("path", metavar="PATH", shell_complete=cases)
as_of_option = click.option(
    "--as-of",
    metavar="DATE",
    callback=parsed_day,
    help="The day for which it is asked. Default: that of the case.",
)
as_json = click.option("--json", "as_json", is_flag=True, help="Print one JSON document instead.")
concepts_option = click.option(
    "--concept",
    "concepts",
    metavar="LIST",
    callback=any_concepts,
    help="Stability concepts, separated by commas: nash, gmr, smr, seq, which are the default; "
    "sseq, sim, fh_seq, fh_smr, l1 to l9, nm; nash_a, seq_strong, seq_fuzzy and the like.",
)


def changed_by_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """`--set`, `--drop`, `--freeze` and `--drop-actor`: what is changed in the case."""
    for option in reversed(CHANGES):
        function = option(function)
    return function


def assigned(
    _context: click.Context, parameter: click.Parameter, written: tuple[str, ...]
) -> tuple[tuple[str, str], ...]:
    """`rok.path=wait` as a place and what stands there."""
    for each in written:
        if not all(part.strip() for part in each.partition("=")):
            raise click.BadParameter(f"`{each}` is not of the form {parameter.metavar}")
    return tuple(
        (before.strip(), after.strip())
        for before, _, after in (each.partition("=") for each in written)
    )


CHANGES = (
    click.option(
        "--set",
        "put",
        multiple=True,
        metavar="PLACE=VALUE",
        callback=assigned,
        help="Write something else in the case: `prc.4=not rok_in`, "
        "`preferences.prc.4.credence=[0.2, 0.4]`. May be repeated, as all of these.",
    ),
    click.option(
        "--drop", multiple=True, metavar="PLACE", help="Leave something out: a statement, `prc.4`."
    ),
    click.option(
        "--freeze",
        multiple=True,
        metavar="OPTION=LEVEL",
        callback=assigned,
        help="Let nobody move an option: `rok.path=wait`.",
    ),
    click.option(
        "--drop-actor",
        multiple=True,
        metavar="ACTOR",
        help="Freeze what an actor may do at the status quo.",
    ),
)


def asked_changes(
    put: Sequence[tuple[str, str]],
    drop: Sequence[str],
    freeze: Sequence[tuple[str, str]],
    drop_actor: Sequence[str],
) -> list[dict[str, Any]]:
    """What these options change, as an overlay's file says it."""
    from detente.case.document import read_text

    return [
        *({"set": place, "to": read_text(value, "--set").value} for place, value in put),
        *({"drop": place} for place in drop),
        *({"freeze": {option: level}} for option, level in freeze),
        *({"drop_actor": actor} for actor in drop_actor),
    ]


def concepts_of(default: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """`--concept` of a command that asks under few of them."""
    return click.option(
        "--concept",
        "concepts",
        metavar="LIST",
        default=default,
        show_default=True,
        callback=any_concepts,
        help="Stability concepts, separated by commas.",
    )


concepts_drawn = click.option(
    "--concepts",
    metavar="LIST",
    default="nash,seq",
    show_default=True,
    callback=core_concepts,
    help="Under which every future is settled, separated by commas: nash, gmr, smr, seq.",
)
design_option = click.option(
    "--design",
    type=click.Choice(DESIGNS),
    default="lhs",
    show_default=True,
    help="How futures are drawn: Latin hypercubes, Sobol' points, independently, every "
    "combination once, or for Sobol' indices.",
)


def seeded(what: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """`--seed` of what is random in a command."""
    return click.option(
        "--seed",
        type=click.IntRange(0),
        default=0,
        show_default=True,
        metavar="K",
        help=f"Seed of the {what}.",
    )


seed_option = seeded("draws")
workers_option = click.option(
    "--workers",
    type=click.IntRange(1),
    metavar="W",
    help="Processes; default: one for every core. The result does not depend on it.",
)
varied_option = click.option(
    "--varied",
    type=click.IntRange(0),
    metavar="N",
    help="In how many futures single preference statements are varied. Default: 100; 1,000 of a "
    "case of at most 4,096 states; all of a factorial design.",
)
