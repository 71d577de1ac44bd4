"""Situations that are nothing but actors and arrangements."""

from __future__ import annotations

import csv
from datetime import date
from typing import TYPE_CHECKING, Any

from detente.case.format import Arrangement
from detente.case.situation import Actor, Situation

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

__all__ = ["ARGUED", "DAY", "PROJECTS", "arranged", "pact", "recorded"]

DAY = date(2024, 4, 11)
ARGUED = ("USA", "JPN", "AUS", "ROK", "GBR")
"""Of whom the published table speaks, in its order."""

PROJECTS = {"AUKUSP2J", "AUKUSP2K"}
"""Arrangements of the data that were only considered: Japan's and Korea's part in Pillar 2."""


def pact(parties: str, layer: str | list[str] = "treaty", **fields: Any) -> Arrangement:
    """An arrangement between parties written `a b c`."""
    written = {"name": parties, "layer": layer, "kind": "treaty", "parties": parties.split()}
    return Arrangement.model_validate(written | fields)


def arranged(
    arrangements: Mapping[str, Arrangement], actors: Iterable[str] = (), **fields: Any
) -> Situation:
    """A situation of these arrangements and of the actors in them, in order of appearance."""
    parties = (party for each in arrangements.values() for party in each.parties)
    known = {id: Actor(id, id) for id in dict.fromkeys([*actors, *parties])}
    return Situation(
        "arranged", "Arranged", known, (), (), {}, {}, arrangements=arrangements, **fields
    )


def recorded(shared: Path) -> Situation:
    """The recorded arrangements: treaties in a layer of their own, all others in `other`.

    Those that are neither in force nor active on the day of the table begin in the far future.
    """
    with (shared / "data" / "arrangements.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return arranged({row["id"]: of_row(row) for row in rows}, ARGUED, as_of=DAY)


def of_row(row: dict[str, str]) -> Arrangement:
    stands = row["status_2024_04_11"] in {"in_force", "active"}
    return pact(
        row["parties"].replace(";", " "),
        "defence_treaty" if row["domain"] == "defence" else "other",
        **{"from": "1900-01-01" if stands else "2900-01-01"},
    )
