"""What coalitions would do, in sentences."""

from __future__ import annotations

import detente
from detente.brief.coalitions import Departure, Group, Reasons, alike, reasons_words, smallest
from detente.brief.explain import Move
from detente.conflict.decision import Decision

CRISIS = detente.load("fraser/cuban_missile_crisis")
UNDECIDED = Decision(None, None, ())


def reasons(concept: str, departure: Departure, undeterred: int) -> Reasons:
    return Reasons(concept, ("us",), "0110", 2, undeterred, (departure,))


def departure(
    sanction: tuple[Group, ...] | None = None, escaped: tuple[Group, ...] | None = None
) -> Departure:
    path = (Move("us", "0010"),)
    return Departure("0010", path, {"us": UNDECIDED}, sanction, {"us": UNDECIDED}, escaped)


ANSWER = Group(("ussr", "us"), (Move("ussr", "0000"), Move("us", "0100")))


def test_a_group_answers_together() -> None:
    verdict, told, more = reasons_words(CRISIS, ["seq"], reasons("seq", departure((ANSWER,)), 0))
    assert verdict == "SEQ: holds; 2 improvements, each of them deterred."
    assert told == (
        "To 0010: United States: not blockade Cuba. United States gains. But then Soviet Union and "
        "United States would answer together 0100 (Soviet Union: not withdraw the missiles, then "
        "United States: blockade Cuba). United States is then no better off than now."
    )
    assert more == "… and 1 more improvement."


def test_a_coalition_escapes_from_an_answer() -> None:
    out = Group(("us",), (Move("us", "1100"),))
    found = reasons("smr", departure(escaped=(ANSWER, out)), 1)
    verdict, told, _ = reasons_words(CRISIS, ["smr"], found)
    assert verdict == "SMR: does not hold; 2 improvements, 1 not deterred."
    assert told.endswith(
        "blockade Cuba); but it escapes to 1100: United States: strike the missile sites."
    )


def test_what_is_said_under_several_concepts_is_said_once() -> None:
    nash, seq = (reasons(concept, departure(), 1) for concept in ("nash", "seq"))
    (told,) = alike([nash, seq])
    assert told == (("nash", "seq"), seq)


def test_the_smallest_coalitions() -> None:
    assert smallest([("a", "b"), ("c",), ("a", "b", "d")]) == [("a", "b"), ("c",)]
