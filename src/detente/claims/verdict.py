"""From shares of futures to a verdict, by the author's own word."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["WORDS", "Word", "meets"]

FEW, MOST, NEARLY_ALL = 0.20, 0.55, 0.95
"""Where few futures end, and where most and nearly all begin."""


@dataclass(frozen=True)
class Word:
    """What an author's word requires of the share of futures in which a claim holds."""

    threshold: float
    asks: Callable[[float, float], bool]
    sign: int = 1
    """-1 for words that deny: then the share must be low, and the contrast higher."""

    def met_by(self, share: float) -> bool:
        """Whether the share is enough."""
        return self.asks(share if self.sign > 0 else 1 - share, self.threshold)

    def borne_out(self, share: float, difference: float | None) -> bool:
        """Whether the share is enough and, where there is a contrast, on the right side of it."""
        return self.met_by(share) and (difference is None or difference * self.sign > 0)


def more_than(share: float, threshold: float) -> bool:
    return share > threshold


def all_of(share: float, threshold: float) -> bool:
    return share >= threshold


WORDS: Mapping[str, Word] = {
    "possible": Word(FEW, more_than),
    "likely": Word(MOST, more_than),
    "very_likely": Word(NEARLY_ALL, more_than),
    "almost_certain": Word(NEARLY_ALL, more_than),
    "certain": Word(1.0, all_of),
    "unlikely": Word(MOST, more_than, -1),
    "very_unlikely": Word(NEARLY_ALL, more_than, -1),
    "almost_no_chance": Word(NEARLY_ALL, more_than, -1),
    "impossible": Word(1.0, all_of, -1),
}
"""The author's word -> what it requires; `unlikely` words the reverse of `likely`."""


def meets(modality: str, share: float, difference: float | None) -> bool:
    """Whether the futures bear out the author's word.

    Parameters
    ----------
    modality
        The author's word.
    share
        Of the determined futures, those in which the claim holds.
    difference
        That share less the share under the contrast; None where the claim has none.

    Examples
    --------
    >>> meets("possible", 0.3, None), meets("possible", 0.3, 0.0), meets("unlikely", 0.3, None)
    (True, False, True)
    """
    return WORDS[modality].borne_out(share, difference)
