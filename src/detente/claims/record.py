"""Record: a statement of fact against what its sources give."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from detente.claims.outcome import Standing, unknown, yes_or_no

if TYPE_CHECKING:
    from detente.case.format import Found, Record
    from detente.case.situation import Claim, Situation

    Number = float | tuple[float, float]

__all__ = ["agree", "standing"]

SAID = {
    "so": "the record bears it out",
    "not_so": "the record speaks against it",
    "partly": "the record bears it out in part",
}


def standing(claim: Claim, situation: Situation) -> Standing:
    """Whether the record has it as the argument says.

    A number is borne out by every source whose number, or interval, has a value in common with it:
    by all of them, by none, or by some. Where it is no number, who wrote the case says what the
    record has, and cites it: the argument's own text bears nothing out. Either is typed in: a
    matter of record is never an open test.
    """
    test: Record = claim.test  # type: ignore[assignment]
    if test.is_ is not None:
        if not sources_beside(claim, situation):
            return unknown("no source is cited for it but the argument's own")
        return by_word(claim, test.is_)
    if test.stated is None or not test.found:
        return unknown("nobody looked it up")
    within = [agree(test.stated, found.value) for found in test.found]
    reason = f"{spelt(test.stated)} is stated; {given(test.found)}"
    details = {
        "stated": plain(test.stated),
        "found": [
            {"value": plain(found.value), "sources": sources(found), "within": here}
            for found, here in zip(test.found, within, strict=True)
        ],
    }
    if all(within) or not any(within):
        return yes_or_no(claim, all(within), reason, details, is_open=False)
    return Standing("contingent", f"{reason}: sources differ", details=details)


def sources_beside(claim: Claim, situation: Situation) -> set[str]:
    """What a claim cites beside the text that makes the recommendation."""
    made = situation.recommendation.support.evidence if situation.recommendation else ()
    return {each.source for each in claim.support.evidence} - {each.source for each in made}


def by_word(claim: Claim, word: str) -> Standing:
    """What the record says, in the eyes of who wrote the case."""
    if word == "partly":
        return Standing("contingent", SAID[word], details={"is": word})
    return yes_or_no(claim, word == "so", SAID[word], {"is": word}, is_open=False)


def agree(stated: Number, found: Number) -> bool:
    """Whether two numbers or intervals have a value in common.

    Examples
    --------
    >>> agree(20.0, (15.0, 26.0)), agree((10.0, 14.0), 15.0)
    (True, False)
    """
    (low, high), (least, most) = ends(stated), ends(found)
    return low <= most and least <= high


def ends(number: Number) -> tuple[float, float]:
    return number if isinstance(number, tuple) else (number, number)


def given(found: tuple[Found, ...]) -> str:
    """What each source gives: `kyodo 20.7; jiji 15 to 18`."""
    return "; ".join(
        f"{', '.join(sources(each)) or 'assumed'} {spelt(each.value)}" for each in found
    )


def sources(found: Found) -> list[str]:
    return list(dict.fromkeys(each.source for each in found.evidence))


def spelt(number: Number) -> str:
    low, high = ends(number)
    return f"{low:g}" if low == high else f"{low:g} to {high:g}"


def plain(number: Number) -> Any:
    return list(number) if isinstance(number, tuple) else number
