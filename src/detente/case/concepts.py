"""The names of the stability concepts: which there are, and what each is made of."""

from __future__ import annotations

from itertools import product

__all__ = ["CORE", "DEGREES", "FORESIGHT", "LISTED", "NAMES", "known", "split"]

CORE = ("nash", "gmr", "smr", "seq")
"""Those that stand beside each other in every report."""

DEGREES = range(3, 10)
"""Degrees of preference beyond `_strong`, which is degree 2."""

FORESIGHT = (*(f"l{moves}" for moves in range(1, 10)), "nm")
"""Those that look moves ahead."""

TOGETHER = ("sseq", "sim", "fh_seq", "fh_smr")
UNKNOWN = tuple(map("_".join, product(CORE, "abcd")))
SANCTIONED = CORE[1:]
STRENGTH = tuple(map("_".join, product(SANCTIONED, ("strong", "weak"))))
BY_DEGREE = tuple(f"{name}{degree}" for name, degree in product(STRENGTH, DEGREES))
FUZZY = tuple(f"{name}_fuzzy" for name in CORE)

NAMES = (*CORE, *TOGETHER, *FORESIGHT, *UNKNOWN, *STRENGTH, *BY_DEGREE, *FUZZY)
"""Every name a concept can be asked for by."""

LISTED = (
    f"{', '.join((*CORE, *TOGETHER))}, l1 to l9, nm; where preferences are unknown nash_a to "
    "seq_d, where they differ in strength gmr_strong to seq_weak9, where fuzzy nash_fuzzy to "
    "seq_fuzzy"
)
"""The same in one line, for people."""

WHOLE = frozenset((*CORE, *TOGETHER, *FORESIGHT))


def known(name: str) -> bool:
    """Whether a concept is called so."""
    return name in NAMES


def split(name: str) -> tuple[str, str]:
    """A concept and the kind of preference it is asked under; "" where that is the plain one.

    Examples
    --------
    >>> split("seq"), split("fh_seq"), split("seq_a"), split("gmr_strong3")
    (('seq', ''), ('fh_seq', ''), ('seq', 'a'), ('gmr', 'strong3'))
    """
    if name in WHOLE:
        return name, ""
    base, _, kind = name.partition("_")
    return base, kind
