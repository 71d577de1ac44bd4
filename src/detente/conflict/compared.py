"""What settles otherwise: the equilibria of one situation beside those of a changed one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from detente.case.states import DIGITS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from detente.conflict.stability import Stability

__all__ = ["Changed", "compared"]


@dataclass(frozen=True)
class Changed:
    """How the equilibria of a concept change."""

    vanished: tuple[str, ...]
    """Codes of the first situation."""
    appeared: tuple[str, ...]
    """Codes of the second."""
    kept: int
    """How many of the second were there before."""


def compared(before: Stability, after: Stability) -> Mapping[str, Changed]:
    """Which equilibria come and go between two versions of a situation.

    States are told by the levels of the options that both versions have, by name; where one of
    them has further options, several of its states may be one of the other's.

    Parameters
    ----------
    before, after
        Solved under the same concepts.

    Returns
    -------
    dict
        Concept -> the change.

    Examples
    --------
    >>> from detente import load, stability
    >>> whole = stability(load("fang/prisoners_dilemma"))
    >>> changes = [{"freeze": {"row.defect": "no"}}]
    >>> alone = stability(load("fang/prisoners_dilemma", changes=changes))
    >>> compared(whole, alone)["nash"]
    Changed(vanished=('11',), appeared=('01',), kept=0)
    """
    shared = {option.id for option in before.options} & {option.id for option in after.options}
    return {
        concept: changed(spelt(before, concept, shared), spelt(after, concept, shared))
        for concept in before.concepts
    }


def changed(before: Mapping[str, object], after: Mapping[str, object]) -> Changed:
    there, here = set(before.values()), set(after.values())
    appeared = tuple(code for code, named in after.items() if named not in there)
    vanished = tuple(code for code, named in before.items() if named not in here)
    return Changed(vanished, appeared, len(after) - len(appeared))


def spelt(found: Stability, concept: str, shared: set[str]) -> dict[str, object]:
    """The code of every equilibrium -> the names of its levels in the shared options."""
    axes = [
        (place, dict(zip(DIGITS, option.levels, strict=False)))
        for place, option in enumerate(found.options)
        if option.id in shared
    ]
    order = sorted(axes, key=lambda axis: found.options[axis[0]].id)
    return {
        code: tuple(levels[code[place]] for place, levels in order)
        for code in found.equilibria(concept)
    }
