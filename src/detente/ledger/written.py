"""An assessment as JSON: `detente.assess/1`."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import date

    from detente.ledger.assessment import Assessment, Row
    from detente.ledger.drift import Beyond, Drift, Place

__all__ = ["as_dict"]


def as_dict(found: Assessment) -> dict[str, Any]:
    """What `detente assess --json` prints."""
    return {
        "format": "detente.assess/1",
        "situation": found.situation,
        "as_of": found.as_of.isoformat(),
        "known_until": found.known_until.isoformat(),
        "method": found.method,
        "commitments": [row_dict(row) for row in found.rows],
        "shares": [
            {
                **asdict(each),
                "of": list(each.of),
                "share_executed": each.share_executed,
                "share_delivered": each.share_delivered,
            }
            for each in found.shares
        ],
        "durations": [{**asdict(each), "estimated": each.is_estimated} for each in found.durations],
        "drifts": [drift_dict(each) for each in found.drifts],
        "beyond": [beyond_dict(each) for each in found.beyond],
        "chains": [list(each) for each in found.chains],
    }


def row_dict(row: Row) -> dict[str, Any]:
    return {
        "id": row.id,
        "status": row.status,
        "due": written(row.due),
        "parties": list(row.parties),
        "says": str(row.says),
        "layer": row.layer,
        "bindingness": row.bindingness,
        "announced": written(row.announced),
        "since": written(row.since),
        "slippage": row.slippage,
        "overdue": row.overdue,
        "predecessor": row.predecessor,
        "successors": list(row.successors),
    }


def drift_dict(drift: Drift) -> dict[str, Any]:
    return {
        "commitment": drift.commitment,
        "source": drift.source,
        "course": drift.course,
        "parties_differ": drift.parties_differ,
        "places": [place_dict(place) for place in drift.places],
    }


def beyond_dict(words: Beyond) -> dict[str, Any]:
    return {
        "commitment": words.commitment,
        "source": words.source,
        **place_dict(words.place),
        "status": words.status,
        "stronger": words.stronger,
        "also_binds": list(words.also_binds),
    }


def place_dict(place: Place) -> dict[str, Any]:
    return {**asdict(place), "parties": list(place.parties)}


def written(day: date | None) -> str | None:
    return day.isoformat() if day else None
