"""How a claim is tested, in words."""

from __future__ import annotations

from functools import singledispatch
from typing import TYPE_CHECKING

from detente.brief.document import Code, Words
from detente.brief.words import CONCEPTS, actor_name, doings_words, joined, percent
from detente.case.format import (
    Compare,
    Execution,
    Position,
    PrecedentTest,
    Record,
    Response,
    SignalTest,
    StabilityTest,
)

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
    named = joined(actor_name(situation, actor) for actor in test.for_)
    together = " together" if len(test.for_) > 1 else ""
    whom = f" for {named}{together}" if test.for_ else ""
    answers = f", by the answers of {actor_name(situation, test.because)}" if test.because else ""
    is_what = "an equilibrium" if test.is_ == "equilibrium" else test.is_
    seen = f", as {actor_name(situation, test.seen_by)} sees it" if test.seen_by else ""
    return ("is ", Code(meant), f" {is_what}{whom} under {CONCEPTS[test.concept]}{answers}{seen}?")


@asked.register(Compare)
def compare(test: Compare, situation: Situation, _claim: Claim) -> Words:
    under, against = fixed(situation, test.under), fixed(situation, test.against)
    return (f"is {measured(situation, test.of)} {COMPARED[test.is_].format(under, against)}?",)


@asked.register(Position)
def position(test: Position, situation: Situation, _claim: Claim) -> Words:
    layer = "" if test.layer == "all" else f" in the layer {in_words(test.layer)}"
    on = f" on {test.at}" if test.at else ""
    who = f"{actor_name(situation, test.actor)}{on}{supposed(test)}"
    stand = "as high as" if test.is_ == "equal" else f"{test.is_} than"
    by = f"{in_words(test.measure)}{layer}"
    return (f"by {by}, does {who} stand {stand} {beside(situation, test)}?",)


def supposed(test: Position) -> str:
    """What is supposed about arrangements."""
    parts = [("with", test.with_), ("without", test.without)]
    return "".join(f" {word} {joined(map(in_words, each))}" for word, each in parts if each)


def beside(situation: Situation, test: Position) -> str:
    """What it is compared with."""
    if test.than:
        return joined(actor_name(situation, each) for each in test.than)
    return f"on {test.against}" if test.against else "it does otherwise"


@asked.register(Execution)
def execution(test: Execution, situation: Situation, _claim: Claim) -> Words:
    status = joined((in_words(each) for each in test.status), "or")
    return (f"{share_asked(test)}{whose(situation, test)} reach {status} by {test.by}?",)


def whose(situation: Situation, test: Execution) -> str:
    """Which commitments are meant."""
    if test.commitment:
        return f"the commitment “{situation.commitments[test.commitment].says}”"
    layer = f" of the layer {in_words(test.layer)}" if test.layer else ""
    party = f" of {actor_name(situation, test.party)}" if test.party else ""
    named = f": {joined(map(in_words, test.commitments))}," if test.commitments else ""
    return f"the commitments{layer}{party}{named}"


def share_asked(test: Execution) -> str:
    """Which part of them must, or may."""
    bounds = [("at least", test.at_least), ("at most", test.at_most)]
    parts = [f"{word} {percent(bound)}" for word, bound in bounds if bound is not None]
    return f"do {joined(parts)} of " if parts else "does " if test.commitment else "do all of "


@asked.register(PrecedentTest)
def precedent(test: PrecedentTest, _situation: Situation, _claim: Claim) -> Words:
    kind, outcome = in_words(test.of), in_words(test.outcome)
    return (f"of past cases of {kind}, how many came out as {outcome}?",)


@asked.register(Record)
def record(test: Record, _situation: Situation, _claim: Claim) -> Words:
    return (f"what does the record say of {test.about}?",)


@asked.register(SignalTest)
def signal(test: SignalTest, situation: Situation, _claim: Claim) -> Words:
    told = situation.signals[test.signal]
    receiver, sender = (actor_name(situation, each) for each in (told.receiver, told.sender))
    if test.is_ == "separating":
        return (f"does “{told.says}” tell {receiver} whether {sender} can be trusted?",)
    return (f"does “{told.says}” leave {receiver} as unsure of {sender} as before?",)


def in_words(name: str) -> str:
    """A name of the case as it is read."""
    return name.replace("_", " ")


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
