"""`detente preferences`."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from detente.cli.arguments import as_json, path_argument

if TYPE_CHECKING:
    from collections.abc import Sequence

    from detente.case.situation import Situation, Statement
    from detente.conflict.asking import Ends, Question, Tie
    from detente.conflict.decision import Decision

__all__ = ["command"]

GREATLY = 2  # the degree of `much_more: yes`
FORMAT = "detente.preferences/1"


@click.command("preferences")
@path_argument
@click.option("--actor", required=True, metavar="ID", help="Whose preferences.")
@click.option(
    "--compare",
    nargs=2,
    metavar="CODE CODE",
    help="Say which of two states the actor prefers, and which statement decides.",
)
@click.option(
    "--top",
    type=click.IntRange(1),
    default=3,
    show_default=True,
    metavar="N",
    help="Places shown at each end of the ranking.",
)
@as_json
def command(
    path: str, actor: str, compare: tuple[str, str] | None, top: int, as_json: bool
) -> None:
    """See what an actor's statements come to, and whether they say what you mean.

    Shows the states they put on top and at the bottom, and pairs of states whose order you should
    confirm, because one statement outvotes others. Options that no statement names are left out.
    """
    from detente.cli.terminal import loaded, print_json
    from detente.conflict.asking import ends, questions
    from detente.conflict.decision import decision

    situation = loaded(path)
    if compare:
        decided = decision(situation, actor, *compare)
        if as_json:
            print_json(decision_dict(situation, actor, compare, decided))
        else:
            show_decision(situation, actor, compare, decided)
        return
    both_ends, asked = ends(situation, actor, top), questions(situation, actor)
    if as_json:
        print_json(ranking_dict(situation, actor, both_ends, asked))
    else:
        show_ranking(situation, actor, both_ends, asked)


# ------------------------------------------------------------------------------------------ JSON


def decision_dict(
    situation: Situation, actor: str, compared: tuple[str, str], found: Decision
) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "situation": situation.id,
        "actor": actor,
        "compared": list(compared),
        "better": found.better,
        "statement": found.statement and found.statement.id,
        "outvoted": ids(found.outvoted),
        "degree": found.degree,
        "unknown": found.unknown,
        "doubtful": found.doubtful and found.doubtful.id,
        "preferred": found.preferred,
    }


def ranking_dict(
    situation: Situation, actor: str, found: Ends, asked: Sequence[Question]
) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "situation": situation.id,
        "actor": actor,
        **asdict(found),
        "questions": [
            {
                "better": each.better,
                "worse": each.worse,
                "changed": list(each.changed),
                "statement": each.statement.id,
                "outvoted": ids(each.outvoted),
            }
            for each in asked
        ],
    }


def ids(statements: Sequence[Statement]) -> list[str]:
    return [statement.id for statement in statements]


# ----------------------------------------------------------------------------------------- words


def show_decision(
    situation: Situation, actor: str, compared: tuple[str, str], found: Decision
) -> None:
    """Which state is preferred, and why, in words."""
    from detente.brief.words import actor_name, quoted, state_words
    from detente.cli.terminal import columns, heading

    columns([(code, state_words(situation, code)) for code in compared])
    name = actor_name(situation, actor)
    if found.unknown:
        heading(f"Nobody knows which of them {name} prefers.")
        columns([("unknown", quoted(found.doubtful))] if found.doubtful else [])
    elif found.preferred is not None:
        one, other = compared
        heading(f"{name} prefers {other} to {one} to the degree {found.preferred:g}.")
    elif found.better is None:
        heading(f"{name} is indifferent between them.")
    else:
        much = "much " if found.degree == GREATLY else ""
        by = f" by degree {found.degree}" if found.degree > GREATLY else ""
        heading(f"{name} {much}prefers {found.better}{by}.")
        decided = [("decided by", quoted(found.statement))] if found.statement else []
        columns([*decided, *(("outvoted", quoted(each)) for each in found.outvoted)])


def show_ranking(situation: Situation, actor: str, found: Ends, asked: Sequence[Question]) -> None:
    """Both ends of the ranking and the questions, in words."""
    from detente.brief.words import actor_name, counted, joined, printable
    from detente.case.situation import Statements
    from detente.cli.terminal import columns, heading

    places = counted(found.places, "place")
    name = printable(actor_name(situation, actor))
    click.echo(f"{name} ({actor}) ranks the states in {places}.")
    preference = situation.preferences[actor]
    listed = preference.statements if isinstance(preference, Statements) else ()
    if unknown := [each for each in listed if each.unknown]:
        click.echo(f"Left out, since unknown: {joined(each.id for each in unknown)}.")
    for title, ties in (("On top", found.top), ("At the bottom", found.bottom)):
        if ties:
            heading(title)
            columns([row for tie in ties for row in tie_rows(situation, tie)], indent=2)
    for number, question in enumerate(asked, start=1):
        heading(f"Is this meant? ({number} of {len(asked)})")
        columns(question_rows(situation, question), indent=2)


def tie_rows(situation: Situation, tie: Tie) -> list[tuple[str, str]]:
    """One place of the ranking: the first of its states, and how many more there are."""
    from detente.brief.words import doings_words

    rows = [(str(tie.place), doings_words(situation, tie.combinations[0]))]
    return rows if tie.count == 1 else [*rows, ("", f"… and {tie.count - 1:,} more alike")]


def question_rows(situation: Situation, asked: Question) -> list[tuple[str, str]]:
    """The two states of a question, and what decides between them."""
    from detente.brief.words import doings_words, quoted

    alike = {id: level for id, level in asked.better.items() if id not in asked.changed}
    rows = [
        ("prefers", doings_words(situation, asked.better, asked.changed)),
        ("over", doings_words(situation, asked.worse, asked.changed)),
        ("while", doings_words(situation, alike)),
        ("since", quoted(asked.statement)),
    ]
    return [*rows, *(("outvotes", quoted(each)) for each in asked.outvoted)]
