"""Back-test: what an argument forecast, blind and informed, against what came.

The blind run knows what could be known as of the day the case is written for; the informed run
knows the aftermath too. Beside them stands what became of each forecast: as the aftermath has it,
or, where a day was still to come, as the ledger or the network answers by then.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from detente.case.hindsight import blind, informed
from detente.case.situation import Statements
from detente.claims.argument import run_claims
from detente.claims.forecast import Became, Scored
from detente.loading import measured

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    import pandas as pd

    from detente.case.format import Forecast
    from detente.case.format.aftermath import Came
    from detente.case.situation import Situation
    from detente.claims.report import ClaimResult, Report

__all__ = ["Backtest", "backtest"]


@dataclass(frozen=True)
class Backtest:
    """An argument against what came after it."""

    situation: Situation
    as_of: date
    until: date
    claims: tuple[Scored, ...]
    unseen: Mapping[str, tuple[str, ...]]
    """Section -> what the blind run leaves out, because it was known only later."""
    method: str = "blind: by as_of; informed: by the end of the aftermath; each one nominal future"
    version: str = field(default_factory=lambda: version("detente"))

    @property
    def counts(self) -> dict[str, int]:
        """How many forecasts came to what, hits and misses, and verdicts that hindsight changes."""
        came = Counter(each.outcome.came for each in self.claims if each.outcome)
        return {
            **{word: came[word] for word in CAME},
            "hits": sum(each.is_hit is True for each in self.claims),
            "misses": sum(each.is_hit is False for each in self.claims),
            "changed": len(self.changed),
            "contradicted_then": len(self.contradicted_then),
        }

    @property
    def changed(self) -> tuple[Scored, ...]:
        """Claims to which hindsight gives another verdict."""
        return tuple(each for each in self.claims if each.blind.verdict != each.informed.verdict)

    @property
    def contradicted_then(self) -> tuple[Scored, ...]:
        """Claims of fact against which the record spoke already as of the day of the case."""
        return tuple(
            each
            for each in self.claims
            if each.blind.kind in FACTS and each.blind.verdict == "contradicted"
        )

    @property
    def brier(self) -> float | None:
        """The mean square error of the likelihoods that were stated; None where none is scored."""
        scores = [each.brier for each in self.claims if each.brier is not None]
        return sum(scores) / len(scores) if scores else None

    def to_dict(self) -> dict[str, Any]:
        """What `detente backtest --json` prints."""
        scored = sum(each.brier is not None for each in self.claims)
        return {
            "format": "detente.backtest/1",
            "situation": self.situation.id,
            "version": self.version,
            "method": self.method,
            "as_of": self.as_of.isoformat(),
            "until": self.until.isoformat(),
            "counts": self.counts,
            "brier": {"mean": self.brier, "scored": scored},
            "unseen": {section: list(names) for section, names in self.unseen.items()},
            "claims": [each.to_dict() for each in self.claims],
        }

    def to_frame(self) -> pd.DataFrame:
        """One row a claim, by its id."""
        import pandas as pd

        rows = [
            {
                "id": each.claim.id,
                "modality": each.claim.modality,
                "blind": each.blind.verdict,
                "informed": each.informed.verdict,
                "came": each.outcome and each.outcome.came,
                "on": each.outcome and each.outcome.on,
                "hit": each.is_hit,
                "brier": each.brier,
            }
            for each in self.claims
        ]
        return pd.DataFrame(rows).set_index("id") if rows else pd.DataFrame(rows)


CAME: tuple[Came, ...] = ("came_true", "did_not", "other_cause", "not_yet", "untested")
FACTS = ("record", "execution", "position")


def backtest(situation: Situation, progress: Callable[[str], None] = lambda _: None) -> Backtest:
    """An argument blind and informed, and what became of what it forecast.

    Parameters
    ----------
    situation
        A case with an `aftermath`.
    progress
        Told what is being worked on.

    Raises
    ------
    InputError
        Where the case has no `aftermath`, or does not say as of when it is written.

    References
    ----------
    [Brier1950]; [ICD203]
    """
    after, before = measured(informed(situation)), measured(blind(situation))
    progress("running it blind")
    unseeing = run_claims(before, progress=progress)
    progress("running it informed")
    knowing = run_claims(after, progress=progress)
    assert situation.as_of is not None
    assert after.as_of is not None
    return Backtest(
        situation,
        situation.as_of,
        after.as_of,
        tuple(tested(situation, unseeing, knowing)),
        unseen(situation, before),
    )


def tested(situation: Situation, unseeing: Report, knowing: Report) -> Iterator[Scored]:
    """Every claim under both, with what became of it."""
    assert situation.aftermath is not None
    forecasts = situation.aftermath.forecasts
    for then, now in zip(unseeing.claims, knowing.claims, strict=True):
        written = forecasts.get(then.claim.id)
        outcome = as_written(written) if written else as_computed(then, now)
        yield Scored(situation.claims[then.claim.id], then, now, outcome)


def as_written(forecast: Forecast) -> Became:
    """What became of it in the eyes of who wrote the case."""
    sources = tuple(dict.fromkeys(each.source for each in forecast.evidence))
    return Became(forecast.came, forecast.on, forecast.says, sources)


def as_computed(then: ClaimResult, now: ClaimResult) -> Became | None:
    """What became of it by the ledger or the network, where its day was still to come."""
    if "day" not in then.details or now.share is None:
        return None
    came: Came = "came_true" if now.share else "did_not"
    day = date.fromisoformat(then.details["day"])
    return Became(came, day, now.reason or "", computed=True)


def unseen(situation: Situation, before: Situation) -> dict[str, tuple[str, ...]]:
    """What the blind run leaves out, by section; nothing where it knows all."""
    sections = ("arrangements", "commands", "commitments", "events", "precedents")
    left_out = {
        section: tuple(
            name for name in getattr(situation, section) if name not in getattr(before, section)
        )
        for section in sections
    }
    kept = set(statement_ids(before))
    left_out["preferences"] = tuple(id for id in statement_ids(situation) if id not in kept)
    return {section: names for section, names in left_out.items() if names}


def statement_ids(situation: Situation) -> Iterator[str]:
    for preference in situation.preferences.values():
        if isinstance(preference, Statements):
            yield from (statement.id for statement in preference.statements)
