"""Everything that is drawn: the uncertainties, doubted statements and open orders of a situation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = ["Factor"]

Kind = Literal["event", "number", "choice", "held", "order", "executed"]


@dataclass(frozen=True)
class Factor:
    """One thing that is drawn in every future; a column of the draws."""

    name: str
    """An uncertainty's or commitment's name; `prc.4`, a doubted statement; `rok.1`, the order of an
    `any_order` group (its place in the list); those of an expert's list as `expert:prc.4`."""
    kind: Kind
    levels: tuple[str, ...] = ()
    """What it can be, none for a number: no/yes of an event, the values of a choice,
    dropped/held of a statement, the orders of a group (`a>b>c`)."""
    probability: tuple[float, float] | None = None
    """Of happening or being held, where it is stated: an interval is kept apart from sampling."""
    weights: tuple[float, ...] = ()
    """The share of each level that is drawn, at midpoints; none for a number."""
    says: str | None = None
    unit: str | None = None
    view: str = ""
    """The expert in whose list it stands; empty for the case's own."""
