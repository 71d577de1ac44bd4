"""What the grounds of a verdict are made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from detente.conflict.reach import Step

__all__ = ["Foresight", "Response", "Witness"]


@dataclass(frozen=True)
class Response:
    """What the others can do about one improvement."""

    improvement: int
    """The state the actor would move to."""
    sanction: tuple[Step, ...] | None
    """A shortest legal sequence of the others that deters; None if there is none. Where actors
    move at the same time, their changes one after another, each made on its own from the state in
    question. Under limited moves what the actor anticipates, where that deters."""
    escaped: tuple[Step, ...] | None = None
    """Under SMR and SSEQ, where nothing deters: a sequence that would, were it not for the actor's
    own move at its end."""
    foreseen: tuple[Step, ...] | None = None
    """Under limited moves: what the actor anticipates after its move, whether it deters or not."""


class Foresight(NamedTuple):
    """How far an actor looks ahead."""

    moves: int
    since: int | None = None
    """Non-myopic: the number of moves from which on the stable states repeat themselves."""
    period: int | None = None
    """Non-myopic: after how many more."""
    alternates: bool = False
    """Non-myopic: whether the actor stays and moves by turns."""


@dataclass(frozen=True)
class Witness:
    """The grounds of one verdict."""

    concept: str
    actor: str
    state: int
    improvements: int
    """How many there are, under limited moves of any moves; `responses` may stop short of them."""
    undeterred: int
    """How many of them nothing answers."""
    responses: tuple[Response, ...]
    """The undeterred first, then from the best improvement to the least."""
    by: str = ""
    """Of Fraser and Hipel's solution: the concept that decides, `sim` where i is struck out."""
    together: tuple[str, ...] = ()
    """The others who would move at the same time, and so deter."""
    foresight: Foresight | None = None
    """Under limited moves."""

    @property
    def stable(self) -> bool:
        """Whether every improvement is deterred."""
        return self.undeterred == 0
