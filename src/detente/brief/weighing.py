"""Whether a move pays, in words: what it is for, and what deters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.brief.words import quoted

if TYPE_CHECKING:
    from detente.brief.explain import Answer, Ground
    from detente.conflict.decision import Decision

__all__ = ["as_far_as", "deterrence", "gain_words", "reason"]

DOUBTING = ("a", "b", "c", "d")  # kinds that see what is unknown


def gain_words(ground: Ground, answer: Answer) -> str:
    """What for."""
    gain = answer.gain
    if ground.kind == "fuzzy" and gain.preferred is not None:
        return f", which it prefers to the degree {gain.preferred:g}"
    if ground.kind in DOUBTING and gain.unknown:
        return f"; it is not known whether that would serve it{about(gain)}"
    return reason("which serves", gain) if gain.better == answer.improvement else ""


def deterrence(ground: Ground, answer: Answer) -> str:
    """Why the end of the sanction deters."""
    loss = answer.loss
    if loss is not None and ground.kind == "fuzzy" and loss.preferred is not None:
        return f"That it prefers to now to the degree {loss.preferred:g} only."
    if loss is not None and ground.kind in DOUBTING and loss.unknown:
        return f"It is not known whether that leaves it any better off than now{about(loss)}."
    if loss is not None and ground.kind.startswith("strong"):
        return f"That leaves it much worse off than now{reason('at the cost of', loss)}."
    if loss is None or loss.better is None:
        return "That leaves it no better off than now, so the move does not pay."
    return f"That leaves it worse off than now{reason('at the cost of', loss)}."


def reason(opening: str, decision: Decision) -> str:
    """The statement that decides, where one does."""
    return f", {opening} {quoted(decision.statement)}" if decision.statement else ""


def as_far_as(ground: Ground) -> str:
    """What no answer is told from."""
    return ", as far as is known" if ground.kind in ("a", "b") else ""


def about(decision: Decision) -> str:
    """What is not known, where it is a statement."""
    return f", since {quoted(decision.doubtful)} is unknown" if decision.doubtful else ""
