"""Alliance Treaty Obligations and Provisions: the directed dyad-years of ATOP 5.1.

References
----------
[Leeds2002]
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.interop.alliances import Layout, read_dyad_years
from detente.interop.tables import Dataset

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from detente.interop.tables import Table

__all__ = ["ATOP", "read_atop"]

ATOP = Layout(
    Dataset("ATOP", "5.1", r"atop(\d+)_(\d+)"),
    {
        "state1": ("stateA", "ccode1"),
        "state2": ("stateB", "ccode2"),
        "year": ("year",),
        "defense": ("defense", "atop_defense"),
        "offense": ("offense", "atop_offense"),
        "neutrality": ("neutral", "atop_neutral"),
        "nonaggression": ("nonagg", "atop_nonagg"),
        "consultation": ("consul", "atop_consul"),
    },
    optional={
        "treaty1": ("atopid1", "atopid"),
        **{f"treaty{place}": (f"atopid{place}",) for place in range(2, 16)},
    },
    is_directed=True,
)
"""`atop5_1ddyr.csv`, and the same under the names of *peacesciencer*, without treaties."""


def read_atop(path: Path, version: str | None = None, retrieved: date | None = None) -> Table:
    """What each state owed each other in each year, by ATOP; as for `read_dyad_years`."""
    return read_dyad_years(path, ATOP, version, retrieved)
