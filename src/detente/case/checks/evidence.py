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
    "arrangements.*.from", "arrangements.*.joined.*", "arrangements.*.left.*", "commands.*.from",
    "commitments.*.announced", "commitments.*.history.#.on", "events.*.on", "precedents.*.on",
)  # fmt: skip
"""Fields that say when something has happened."""


def texts_elsewhere(draft: Draft) -> Iterator[Finding]:
    """Source texts that would be read from outside the case's folder."""
    for name, source in draft.situation.sources.items():
        if source.text and text_file(draft.situation, source.text) is None:
            message = "is not a path within the case's folder"
            yield Finding(("sources", name, "text"), message, "put the text beside the case")


def misquotations(draft: Draft) -> Iterator[Finding]:
    """Quotes that do not stand exactly once in the text of their source, where that is present."""
    text = cache(lambda source: normal_text(draft.situation, source))
    for route, entry in evidence(draft.document.value):
        if "quote" not in entry or (stands_in := text(str(entry["source"]))) is None:
            continue
        times = stands_in.count(" ".join(str(entry["quote"]).split()))
        if times != 1:
            found = f"stands {times} times" if times else "does not stand"
            message = f"this quote {found} in the text of `{entry['source']}`"
            yield Finding((*route, "quote"), message)


def normal_text(situation: Situation, source: str) -> str | None:
    """The text of a source with single spaces, or None where it is not here to be read."""
    written = situation.sources[source].text
    file = text_file(situation, written) if written else None
    try:
        if file is None or not file.is_file():
            return None
        with file.open("rb") as text:
            content = text.read(LONGEST_TEXT)
    except OSError:
        return None
    return " ".join(content.decode(errors="replace").split())


def text_file(situation: Situation, written: str) -> Path | None:
    """The file a path stands for, links followed; None where it leads out of the case's folder."""
    assert situation.path is not None
    folder = situation.path.parent.resolve()
    try:
        file = (folder / written).resolve()
    except (OSError, RuntimeError, ValueError):  # a circle of links, a character no path has
        return None
    return file if file.is_relative_to(folder) else None


def dated_later(draft: Draft) -> Iterator[Finding]:
    """Sources that appeared, and events that happened, after the date the case is written as of."""
    as_of = draft.situation.as_of
    if as_of is None:
        return
    for route, entry in evidence(draft.document.value):
        issued = draft.situation.sources[str(entry["source"])].issued
        if route[0] == "aftermath":  # which is what came later
            continue
        if issued and issued > as_of.isoformat():  # also where only month or year are known
            message = f"`{entry['source']}` appeared in {issued}, after {as_of}"
            yield Finding((*route, "source"), message)
    for pattern in DATED:
        for route, day in matching(draft.document.value, pattern):
            if str(day) > as_of.isoformat():
                yield Finding(
                    route, f"{day} is after {as_of}", "what came later stands in `aftermath`"
                )


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
