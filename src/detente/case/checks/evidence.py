"""Whether what is written is supported, and by what could be known."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from detente.case.checks.draft import Finding
from detente.case.routes import evidence, matching
from detente.case.situation import Statements

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from detente.case.checks.draft import Draft
    from detente.case.situation import Situation, Support

__all__ = [
    "coverage", "dated_later", "misquotations", "texts_elsewhere", "unsupported_items",
]  # fmt: skip

LONGEST_TEXT = 20_000_000  # bytes
DATED = (
    "arrangements.*.from", "commitments.*.announced", "commitments.*.history.#.on",
    "precedents.*.on",
)  # fmt: skip
"""Fields that say when something has happened."""


def texts_elsewhere(draft: Draft) -> Iterator[Finding]:
    """Source texts that would be read from outside the case's folder."""
    for name in draft.situation.sources:
        file = text_file(draft.situation, name)
        if file and not file.is_relative_to(folder_of(draft.situation)):
            message = "leads out of the case's folder"
            yield Finding(("sources", name, "text"), message, "put the text beside the case")


def misquotations(draft: Draft) -> Iterator[Finding]:
    """Quotes that do not stand exactly once in the text of their source, where that is present."""
    text = cache(lambda source: normal_text(draft.situation, source))
    for route, entry in evidence(draft.document.value):
        quote, source = entry.get("quote"), str(entry["source"])
        if not isinstance(quote, str) or text(source) is None:
            continue
        times = str(text(source)).count(" ".join(quote.split()))
        if times != 1:
            found = f"stands {times} times" if times else "does not stand"
            yield Finding((*route, "quote"), f"this quote {found} in the text of `{source}`")


def normal_text(situation: Situation, source: str) -> str | None:
    """The text of a source with single spaces, or None where it is not here to be read."""
    file = text_file(situation, source)
    if file is None or not file.is_relative_to(folder_of(situation)) or not file.is_file():
        return None
    with file.open("rb") as content:
        return " ".join(content.read(LONGEST_TEXT).decode(errors="replace").split())


def text_file(situation: Situation, source: str) -> Path | None:
    written = situation.sources[source].text
    return (folder_of(situation) / written).resolve() if written else None


def folder_of(situation: Situation) -> Path:
    assert situation.path is not None
    return situation.path.parent.resolve()


def dated_later(draft: Draft) -> Iterator[Finding]:
    """Sources that appeared, and events that happened, after the date the case is written as of."""
    as_of = draft.situation.as_of
    if as_of is None:
        return
    for route, entry in evidence(draft.document.value):
        issued = draft.situation.sources[str(entry["source"])].issued
        if issued and issued > as_of.isoformat():  # also where only month or year are known
            message = f"`{entry['source']}` appeared in {issued}, after {as_of}"
            yield Finding((*route, "source"), message)
    for pattern in DATED:
        for route, day in matching(draft.document.value, pattern):
            if str(day) > as_of.isoformat():
                yield Finding(route, f"{day} is after {as_of}", "later events are overlays")


def unsupported_items(draft: Draft) -> Iterator[Finding]:
    """Sections in which items carry neither evidence nor an assumption."""
    for section, (supported, total) in coverage(draft.situation).items():
        if supported < total:
            message = f"{total - supported} of {total} carry neither evidence nor an assumption"
            hint = "`evidence: [{source: …, at: …}]` or `assumption: why`"
            yield Finding((section,), message, hint, key=True)


def coverage(situation: Situation) -> Mapping[str, tuple[int, int]]:
    """How many items of each section carry evidence or an assumption, of how many.

    Examples
    --------
    >>> from detente.case import load
    >>> coverage(load("fang/prisoners_dilemma"))["options"]
    (2, 2)
    """
    sections: dict[str, list[Support]] = {
        "options": [option.support for option in situation.options],
        "infeasible": [rule.support for rule in situation.infeasible],
        "preferences": list(supports_of_preferences(situation)),
        "claims": [claim.support for claim in situation.claims.values()],
    }
    return {name: (sum(map(bool, items)), len(items)) for name, items in sections.items() if items}


def supports_of_preferences(situation: Situation) -> Iterator[Support]:
    for preference in situation.preferences.values():
        if isinstance(preference, Statements):
            yield from (statement.support for statement in preference.statements)
        else:
            yield preference.support
