"""How a claim is tested, in words."""

from __future__ import annotations

from functools import singledispatch
from typing import TYPE_CHECKING

from detente.brief.document import Code, Words
from detente.brief.words import CONCEPTS, actor_name, doings_words
from detente.case.format import Compare, Response, StabilityTest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from detente.case.situation import Claim, Situation

__all__ = ["asked_words"]


def asked_words(situation: Situation, claim: Claim) -> Words:
    """What a claim's test asks; nothing where no test can be run."""
    return asked(claim.test, situation, claim)


@singledispatch
def asked(_test: object, _situation: Situation, _claim: Claim) -> Words:
    return ()


@asked.register(Response)
def response(test: Response, situation: Situation, claim: Claim) -> Words:
    contrast = f", rather than {fixed(situation, test.against)}" if test.against else ""
    return (
        f"under {fixed(situation, test.commit)}{contrast}, is ",
        Code(claim.formulas["expect"].text),
        f" so in {test.in_} attainable equilibrium?",
    )


@asked.register(StabilityTest)
def stability(test: StabilityTest, situation: Situation, claim: Claim) -> Words:
    meant = claim.formulas["state"].text if "state" in claim.formulas else test.state
    whom = f" for {actor_name(situation, test.for_)}" if test.for_ else ""
    answers = f", by the answers of {actor_name(situation, test.because)}" if test.because else ""
    is_what = "an equilibrium" if test.is_ == "equilibrium" else test.is_
    return ("is ", Code(meant), f" {is_what}{whom} under {CONCEPTS[test.concept]}{answers}?")


@asked.register(Compare)
def compare(test: Compare, situation: Situation, _claim: Claim) -> Words:
    under, against = fixed(situation, test.under), fixed(situation, test.against)
    return (f"is {measured(situation, test.of)} {COMPARED[test.is_].format(under, against)}?",)


COMPARED = {
    "better": "better under {} than under {}",
    "worse": "worse under {} than under {}",
    "equal": "the same under {} as under {}",
}


def measured(situation: Situation, of: str) -> str:
    """What is compared: how far a goal is met, or an actor's best or worst outcome."""
    if of in situation.goals:
        return f"“{situation.goals[of].says}”"
    bound, _, actor = of.removesuffix(")").partition("(")
    return f"{actor_name(situation, actor)}'s {bound} outcome"


def fixed(situation: Situation, levels: str | Mapping[str, str]) -> str:
    """What a test fixes: a strategy by its words, or who does what."""
    if isinstance(levels, str):
        return f"“{situation.strategies[levels].says}”"
    spelt = situation.fixed(levels)
    return f"“{doings_words(situation, spelt, spelt.keys())}”"
