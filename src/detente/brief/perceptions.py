"""Who sees what, who is surprised, and what would change it, in words."""

from __future__ import annotations

from collections.abc import Mapping
from math import isinf
from typing import TYPE_CHECKING

from detente.brief.words import actor_name, differences, joined, percent, sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from detente.case.situation import Perception, Situation
    from detente.conflict.hypergames.correcting import Piece
    from detente.conflict.hypergames.signals import Judged

__all__ = [
    "belief_words",
    "change_words",
    "costs_words",
    "move_words",
    "piece_words",
    "pieces_words",
    "sees_words",
    "told_words",
]

TOLD: Mapping[str, str] = {
    "separating": "only a trustworthy sender would send it: it tells",
    "pooling_on_sending": "either type would send it: it tells nothing",
    "pooling_on_silence": "neither type would send it: it tells nothing",
    "reversed": "only an untrustworthy sender would send it: it tells against its sender",
}


def sees_words(situation: Situation, actor: str, perception: Perception) -> str:
    """What an actor does not see as it is."""
    parts = []
    if perception.preferences:
        others = joined(actor_name(situation, other) for other in perception.preferences)
        parts.append(f"takes {others} to want something else")
    if perception.unaware:
        labels = joined(option_words(situation, option) for option in perception.unaware)
        parts.append(f"does not know of {labels}")
    if perception.perceptions:
        others = joined(actor_name(situation, other) for other in perception.perceptions)
        parts.append(f"takes {others} to see another game than it does")
    return sentence(f"{actor_name(situation, actor)} {joined(parts) or 'sees it as it is'}")


def option_words(situation: Situation, option: str) -> str:
    """An option, and whose it is."""
    whose = situation.option(option)
    return f"“{whose.label}” ({actor_name(situation, whose.actor)})"


def move_words(
    situation: Situation, actor: str, codes: Sequence[str], mover: str, *, is_real: bool
) -> str:
    """A move of another that an actor does not foresee, or expects in vain."""
    before, after = codes
    who, other = actor_name(situation, actor), actor_name(situation, mover)
    what = joined(
        phrase for doing in differences(situation, before, after) for phrase in doing.phrases
    )
    if is_real:
        return f"At {before} {who} does not foresee that {other} would go to {after} ({what})."
    return f"At {before} {who} expects {other} to go to {after} ({what}); it would not."


def piece_words(situation: Situation, piece: Piece) -> str:
    """What an actor is shown."""
    who = actor_name(situation, piece.actor)
    if piece.kind == "option":
        return f"{who} learns of {option_words(situation, piece.about)}"
    about = actor_name(situation, piece.about)
    if piece.kind == "preferences":
        return f"{who} sees what {about} really wants"
    return f"{who} no longer takes {about} to see another game"


def pieces_words(situation: Situation, pieces: Sequence[Piece], everything: int) -> str:
    """What is corrected: one thing, all that one actor mistakes, or all there is."""
    if len(pieces) == 1:
        return piece_words(situation, pieces[0])
    if len(pieces) == everything:
        return "everybody sees everything as it is"
    return f"{actor_name(situation, pieces[0].actor)} sees everything as it is"


def change_words(vanish: Sequence[str], appear: Sequence[str]) -> str:
    """Which states are none any more, and which have become some.

    Examples
    --------
    >>> change_words(["01"], []), change_words([], [])
    ('01 vanishes', 'nothing changes')
    """
    parts = []
    if vanish:
        parts.append(f"{' '.join(vanish)} {'vanishes' if len(vanish) == 1 else 'vanish'}")
    if appear:
        parts.append(f"{' '.join(appear)} {'appears' if len(appear) == 1 else 'appear'}")
    return joined(parts) or "nothing changes"


# --------------------------------------------------------------------------------------- signals


def told_words(found: Judged) -> str:
    """What a signal tells its receiver."""
    if found.is_free:
        return "words that cost nothing: either type would say them, and they tell nothing"
    return "; or ".join(TOLD[outcome] for outcome in found.outcomes)


def costs_words(found: Judged) -> str:
    """At which costs it would separate."""
    if found.costs is None:
        return "no one cost for both types separates: being believed is worth as much to either"
    low, high = found.costs
    return f"one cost for both types separates above {low:.3g} and up to {high:.3g}{scaled(found)}"


def scaled(found: Judged) -> str:
    """The same as a factor on the costs that were stated."""
    if found.scale is None or found.is_free:
        return ""
    low, high = found.scale
    upto = "" if isinf(high) else f" and up to {high:.3g}"
    return f"; the stated costs do when multiplied by more than {low:.3g}{upto}"


def belief_words(found: Judged) -> str:
    """The credence before, after it and after silence, and whether that is enough."""
    said = [f"credence {interval_words(found.prior)} before"]
    if found.sent:
        said.append(f"{interval_words(found.sent)} once it is sent")
    if found.silent:
        said.append(f"{interval_words(found.silent)} where it is not")
    if found.threshold:
        said.append(f"trust needs {interval_words(found.threshold)}")
    needed = ""
    if found.priors:
        needed = f"; from {percent(found.priors[1])} on there is trust without it"
    return ", ".join(said) + needed


def interval_words(interval: tuple[float, float]) -> str:
    """A credence, or an interval of them."""
    low, high = interval
    return percent(low) if low == high else f"{percent(low)} to {percent(high)}"
