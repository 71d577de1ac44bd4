"""Profiles of actors, kept apart from cases so that a second one can reuse them.

`profile: NAME` beside an actor takes from `profiles/NAME.yaml` in the case's folder, or from those
that ship, what the case does not write itself: fields of the actor, its options one by one, its
preferences as a whole, and the sources they cite. Statements about what the case does not know are
left out, and said.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import reduce
from pathlib import Path
from typing import TYPE_CHECKING

from detente.case.document import Document, read_document
from detente.case.format.parts import NAME
from detente.case.known import Known
from detente.case.problems import DidYouMean, Problem
from detente.case.resolve import NAME as WORD
from detente.case.resolve import RESERVED
from detente.case.routes import matching

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from detente.case.document import Route, Value
    from detente.case.source import Span

__all__ = ["FOLDER", "SHIPPED", "profile_files", "profiles", "with_profiles"]

FOLDER = "profiles"
"""Where a case's own profiles stand."""
SHIPPED = Path(__file__).parents[1] / "catalogue" / "actors"
FIELDS: Mapping[str, tuple[str, ...]] = {
    "actor": ("actors", "{}"),
    "options": ("options", "{}"),
    "preferences": ("preferences", "{}"),
    "sources": ("sources",),
}
"""What a profile holds -> where it goes; `{}` stands for the actor."""
KINDS: Mapping[str, tuple[type, ...]] = {
    field: (dict, list) if field == "preferences" else (dict,) for field in FIELDS
}
"""What stands in each of these."""
ABOUT = ("as_of", "note")
"""What a profile says of itself."""
EXPRESSIONS = ("prefer", "when")
DAY = r"\d{4}-\d{2}-\d{2}$"
DATED = "0000-00-00"  # of no day


def profiles(folder: Path) -> dict[str, Path]:
    """The profiles that a case in a folder can name, its own before those that ship."""
    files = [*SHIPPED.glob("*.yaml"), *(folder / FOLDER).glob("*.yaml")]
    return {file.stem: file for file in sorted(files, key=lambda file: file.parent != SHIPPED)}


def profile_files(document: Document, folder: Path) -> list[Path]:
    """The profiles that a case takes something from."""
    known = profiles(folder)
    return list(dict.fromkeys(known[name] for _, name in named(document) if name in known))


def with_profiles(document: Document, folder: Path) -> tuple[Document, list[Problem]]:
    """The document with what its actors take from their profiles, and what was left out.

    Raises
    ------
    CaseError
        With everything that keeps a profile from being read as YAML.
    """
    if not (asked := list(named(document))):
        return document, []
    known = profiles(folder)
    unknown = [
        Problem(
            document.place(route),
            f"no profile `{name}`",
            document.named(route),
            DidYouMean(name, known),
        )
        for route, name in asked
        if name not in known
    ]
    written = {str(route[1]): read_document(known[name]) for route, name in asked if name in known}
    whole = reduce(grafted, written.items(), document)
    whole = replace(whole, problems=(*whole.problems, *unknown))
    whole, left_out = without_unknown(whole, written)
    remarks = [*dated_later(document, written), *other_sources(document, written)]
    return whole, [*remarks, *left_out]


def named(document: Document) -> Iterator[tuple[Route, str]]:
    """The profiles that actors name, and where."""
    for route, name in matching(document.value, "actors.*.profile"):
        if isinstance(name, str) and re.match(NAME, name):
            yield route, name


def dated_later(document: Document, written: Mapping[str, Document]) -> Iterator[Problem]:
    """Profiles that hold what was known only after the day the case is written for."""
    as_of = at(document.value, ("as_of",))
    for actor, profile in written.items():
        day = at(profile.value, ("as_of",))
        if isinstance(as_of, str) and isinstance(day, str) and day > as_of:
            message = f"the profile is as of {day}, after {as_of}"
            place = document.place(("actors", actor, "profile"))
            yield Problem(place, message, check="profile", severity="warning")


def other_sources(document: Document, written: Mapping[str, Document]) -> Iterator[Problem]:
    """Sources of profiles by whose name the case calls another work."""
    for profile in written.values():
        for route, title in matching(profile.value, "sources.*.title"):
            own = at(document.value, route)
            if own is not None and own != title:
                message = (
                    f"the case calls another work `{route[1]}`: the profile cites that one now"
                )
                place = profile.place(route[:-1], key=True)
                yield Problem(place, message, check="profile", severity="warning")


def grafted(document: Document, profile: tuple[str, Document]) -> Document:
    """The document with what the profile of one actor adds."""
    actor, written = profile
    problems = [*document.problems, *written.problems, *faults(written)]
    value, keys, values = document.value, dict(document.keys), dict(document.values)
    for field, target in FIELDS.items():
        entry = written.value.get(field) if isinstance(written.value, dict) else None
        route = tuple(step.format(actor) for step in target)
        for inside, added in additions(entry, at(value, route)):
            value = put(value, (*route, *inside), added)
            source, goal = (field, *inside), (*route, *inside)
            keys |= moved(written.keys, source, goal)
            values |= moved(written.values, source, goal)
    return Document(value, keys, values, tuple(problems))


def faults(profile: Document) -> Iterator[Problem]:
    """What does not belong into a profile."""
    if not isinstance(profile.value, dict):
        yield Problem(profile.place(()), "a profile is a mapping: `actor: …`, `options: …`")
        return
    for field in profile.value:
        if field not in FIELDS and field not in ABOUT:
            hint = DidYouMean(field, [*FIELDS, *ABOUT])
            message = f"a profile has no field `{field}`"
            yield Problem(profile.place((field,), key=True), message, field, hint)
    if not re.match(DAY, str(profile.value.get("as_of") or DATED)):
        yield Problem(profile.place(("as_of",)), "expected a day like 2024-04-16", "as_of")
    if at(profile.value, ("actor", "profile")) is not None:
        place = profile.place(("actor", "profile"), key=True)
        yield Problem(place, "a profile takes nothing from another one", "actor")
    for field, kinds in KINDS.items():
        if not isinstance(profile.value.get(field) or {}, kinds):
            yield Problem(profile.place((field,)), f"{field}: expected entries with names")


def additions(entry: Value, present: Value) -> Iterator[tuple[Route, Value]]:
    """What is added to what the case writes: lists as a whole, mappings key by key."""
    if isinstance(entry, list) and present is None:
        yield (), entry
    if isinstance(entry, dict) and (present is None or isinstance(present, dict)):
        for key, inner in entry.items():
            if present is None or key not in present:
                yield (key,), inner


def at(value: Value, route: Route) -> Value:
    """What stands at a route; None where nothing does."""
    for step in route:
        value = value.get(str(step)) if isinstance(value, dict) else None
    return value


def put(value: Value, route: Route, added: Value) -> Value:
    """The same value with something added at a route; what is on the way is copied."""
    if not route:
        return added
    inner = value if isinstance(value, dict) else {}
    first = str(route[0])
    return {**inner, first: put(inner.get(first), route[1:], added)}


def moved(spans: Mapping[Route, Span], source: Route, goal: Route) -> dict[Route, Span]:
    """The places of everything below a route, by where it stands now."""
    length = len(source)
    return {
        (*goal, *route[length:]): span for route, span in spans.items() if route[:length] == source
    }


# --------------------------------------------------------------------------------- left out


def without_unknown(
    document: Document, profiles: Mapping[str, Document]
) -> tuple[Document, list[Problem]]:
    """The document without statements of profiles that name what the case does not know."""
    assert isinstance(document.value, dict)
    known, notes = vocabulary(document.value), []
    for actor, profile in profiles.items():
        route: Route = ("preferences", actor)
        statements = at(document.value, route)
        is_own = document.values.get(route) != profile.values.get(("preferences",))
        if is_own or not isinstance(statements, list):
            continue
        left = [place for place, each in enumerate(statements) if not words_of(each) <= known]
        notes += [note(document, (*route, place), statements[place], known) for place in left]
        document = without_items(document, route, left)
    return document, notes


def vocabulary(value: dict[str, Value]) -> set[str]:
    """Every word that expressions of a case may use."""
    known = Known(value)
    return {*known.names, *(word for _, word in known.level_words()), "no", "yes", *RESERVED}


def words_of(statement: Value) -> set[str]:
    """Every name in a statement, or in those of a group."""
    if not isinstance(statement, dict):
        return set()
    group = statement.get("any_order")
    if isinstance(group, list):
        return set().union(*map(words_of, group))
    return {word for each in EXPRESSIONS for word in WORD.findall(str(statement.get(each) or ""))}


def note(document: Document, route: Route, statement: Value, known: set[str]) -> Problem:
    unknown = ", ".join(f"`{word}`" for word in sorted(words_of(statement) - known))
    message = f"left out of the profile: the case has no {unknown}"
    return Problem(document.place(route), message, check="profile", severity="warning")


def without_items(document: Document, route: Route, left: list[int]) -> Document:
    """The document without some items of a list; those after them move up."""
    items = at(document.value, route)
    assert isinstance(items, list)
    kept = [place for place in range(len(items)) if place not in left]
    value = put(document.value, route, [items[place] for place in kept])
    length = len(route)

    def shifted(spans: Mapping[Route, Span]) -> dict[Route, Span]:
        found = {each: span for each, span in spans.items() if each[:length] != route}
        found |= {route: spans[route]} if route in spans else {}
        for now, before in enumerate(kept):
            found |= moved(spans, (*route, before), (*route, now))
        return found

    return Document(value, shifted(document.keys), shifted(document.values), document.problems)
