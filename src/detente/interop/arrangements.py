"""Spells of obligations as an `arrangements.yaml` to go on with."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

import yaml

from detente.case.format.parts import NAME
from detente.errors import CannotAnswer, InputError
from detente.interop.alliances import LAYERS, runs, spells
from detente.interop.countries import named
from detente.interop.treaties import covered, treaties

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from detente.interop.alliances import Layout, Spell
    from detente.interop.countries import State
    from detente.interop.tables import Table
    from detente.interop.treaties import Treaty

__all__ = ["actors_named", "arrangements_yaml"]

ACTOR = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,23}")
WORDS = {
    "defense": "defence",
    "offense": "offence",
    "neutrality": "neutrality",
    "nonaggression": "non-aggression",
    "consultation": "consultation",
}


def actors_named(written: str) -> dict[str, State]:
    """`usa,jpn,rok=KOR` as actors of a case, each with the state it stands for.

    Raises
    ------
    InputError
        If an actor is none, or two are the same state.

    Examples
    --------
    >>> {actor: state.cow for actor, state in actors_named("usa, prc=CHN").items()}
    {'usa': 2, 'prc': 710}
    """
    actors: dict[str, State] = {}
    for each in filter(None, map(str.strip, written.split(","))):
        actor, _, code = (part.strip() for part in each.partition("="))
        if not ACTOR.fullmatch(actor):
            cure = "letters, digits and _, at most 24, beginning with a letter: `prc=710`"
            raise InputError(f"no actor can be called `{actor}`\n  {cure}")
        state = named(code or actor)
        if actor in actors or state in actors.values():
            raise InputError(f"`{each}` stands twice\n  name each state once")
        actors[actor] = state
    return actors


def arrangements_yaml(
    table: Table,
    layout: Layout,
    actors: Mapping[str, State],
    years: range,
    source: str | None = None,
) -> str:
    """The `arrangements.yaml` of what some states owed each other.

    An entry for each treaty of several as `treaties` finds them, then for each spell of a pair that
    these leave.

    Parameters
    ----------
    table
        Dyads and years, as `read_dyad_years` returns them.
    layout
        As for reading.
    actors
        Actor of the case -> its state.
    years
        Spells that reach into these years are taken, at their full length.
    source
        The case's source for the data set, cited as evidence; without it an assumption is stated.

    Raises
    ------
    CannotAnswer
        If there is no such spell.
    InputError
        If there are fewer than two actors, or no source of a case can be called so.
    """
    if source is not None and not (re.fullmatch(NAME, source) and len(source) <= 80):
        cure = "letters, digits and _, at most 80, beginning with a letter: `atop51`"
        raise InputError(f"no source can be called `{source}`\n  {cure}")
    codes = {state.cow: actor for actor, state in actors.items()}
    found = spells(table, layout, list(codes), years)
    if not found:
        among = f"among {', '.join(actors)} from {years.start} to {years.stop - 1}"
        raise CannotAnswer(f"{table.file}: no obligation {among}")
    several = treaties(table, layout, list(codes), years)
    entries = dict(
        [treaty_entry(treaty, table, actors, source) for treaty in several]
        + [
            entry(each, table, actors, codes, source)
            for each in found
            if not covered(each, several)
        ]
    )
    body = yaml.safe_dump(
        entries, sort_keys=False, allow_unicode=True, default_flow_style=None, width=95
    )
    opening = "".join(
        f"# {''.join(filter(str.isprintable, line))}\n" for line in head(table, actors, source)
    )
    return opening + re.sub(r"^(?=\w)", "\n", body, flags=re.MULTILINE)


def head(table: Table, actors: Mapping[str, State], source: str | None) -> Iterator[str]:
    """What to know before going on."""
    yield f"From {table.file}: {table.stamp}."
    yield "One entry for each pair, obligation and spell: make one of those of a treaty of several."
    if "treaty" in table.frame:
        yield "Treaties that bound three or more alike are one entry already."
    yield "The data give years: it holds from the first day of one until that of another."
    for actor, state in actors.items():
        yield f"  {actor}: {state.name} (COW {state.cow})"
    if source:
        yield f"`sources` needs an entry `{source}`, of type dataset."


def entry(
    spell: Spell,
    table: Table,
    actors: Mapping[str, State],
    codes: Mapping[int, str],
    source: str | None,
) -> tuple[str, dict[str, Any]]:
    """Name and fields of an arrangement."""
    parties = [actor for actor, state in actors.items() if state.cow in spell.states]
    names = "–".join(actors[actor].name for actor in parties)
    layer = LAYERS[spell.obligation]
    prefix = table.dataset.split()[0].lower()
    dyad = f"{spell.states[0]}-{spell.states[1]}, {spell.first}–{spell.last}"
    fields: dict[str, Any] = {
        "name": f"{names}: {WORDS[spell.obligation]} ({table.dataset} {table.version})",
        "layer": layer,
        "kind": "treaty",
        "parties": parties,
        "from": date(spell.first, 1, 1),
    }
    if not spell.to_end:
        fields["to"] = date(spell.last + 1, 1, 1)  # from which day on it is no longer
    fields |= support(f"dyad {dyad}", table, source)
    fields["note"] = " ".join(remarks(spell, table, codes))
    return "_".join((prefix, *parties, layer, str(spell.first))), fields


def treaty_entry(
    treaty: Treaty, table: Table, actors: Mapping[str, State], source: str | None
) -> tuple[str, dict[str, Any]]:
    """Name and fields of the arrangement that a treaty of several is."""
    tenure = {
        actor: treaty.tenure[state.cow]
        for actor, state in actors.items()
        if state.cow in treaty.tenure
    }
    at = f"treaty {treaty.number}, {treaty.first}–{treaty.last}"
    fields: dict[str, Any] = {
        "name": f"Treaty {treaty.number} ({table.dataset} {table.version})",
        "layer": [LAYERS[obligation] for obligation in treaty.obligations],
        "kind": "treaty",
        "parties": list(tenure),
        "from": date(treaty.first, 1, 1),
    }
    if treaty.last < treaty.span[1]:
        fields["to"] = date(treaty.last + 1, 1, 1)
    moves = {
        "joined": {
            a: date(first, 1, 1) for a, (first, _) in tenure.items() if first > treaty.first
        },
        "left": {a: date(last + 1, 1, 1) for a, (_, last) in tenure.items() if last < treaty.last},
    }
    fields |= {way: days for way, days in moves.items() if days}
    fields |= support(at, table, source)
    fields["note"] = " ".join(treaty_remarks(treaty, table))
    return f"{table.dataset.split()[0].lower()}_treaty_{treaty.number.replace('.', '_')}", fields


def treaty_remarks(treaty: Treaty, table: Table) -> Iterator[str]:
    """What the fields of a treaty's arrangement cannot say."""
    yield f"{table.stamp}; dated by year; of the parties asked for."
    yield "The obligations are those of its pairs, who may owe some by another treaty as well."
    yield from edges(treaty.first == treaty.span[0], treaty.last == treaty.span[1], treaty)


def edges(from_start: bool, to_end: bool, of: Spell | Treaty) -> Iterator[str]:
    """Where the data begin or end with it."""
    if from_start:
        yield f"The data say nothing before {of.first}: it may be older."
    if to_end:
        yield f"The data say nothing after {of.last}: whether it went on is not known."


def support(at: str, table: Table, source: str | None) -> dict[str, Any]:
    """The evidence, or else the assumption, that an entry rests on."""
    if source:
        return {"evidence": [{"source": source, "at": at}]}
    return {"assumption": f"as coded by {table.dataset} {table.version} for {at}"}


def remarks(spell: Spell, table: Table, codes: Mapping[int, str]) -> Iterator[str]:
    """What the fields of an arrangement cannot say."""
    yield f"{table.stamp}; dated by year."
    yield from edges(spell.from_start, spell.to_end, spell)
    for state, years in spell.one_sided.items():
        yield f"Only {codes[state]} was obliged in {stretches(years)}."
    if spell.missing:
        gaps = (f"{codes[state]} in {stretches(years)}" for state, years in spell.missing.items())
        yield f"Missing in the data, neither yes nor no: {'; '.join(gaps)}."
    if spell.treaties:
        yield f"Treaties {', '.join(spell.treaties)}."


def stretches(years: Sequence[int]) -> str:
    """`1951–1953, 1960`."""
    return ", ".join(f"{a}–{b}" if b > a else str(a) for a, b in runs(years))
