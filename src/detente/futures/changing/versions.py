"""What an argument came to, wherever that stands: in a run, in `claims.json`, or in a case itself.

A case is tested in its nominal future. All three are read into the same few facts, so that any two
can be compared.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from detente.claims.argument import GIVES_WAY, premises
from detente.claims.findings import is_better
from detente.errors import InputError

if TYPE_CHECKING:
    from detente.case.situation import Situation
    from detente.futures.judging.shares import Share
    from detente.futures.reading.run import Run

__all__ = ["Standing", "Told", "Version", "version_of"]

CLAIMS = "claims.json"
CASE = "case"
"""The folder beside results that holds a copy of the case they are of."""

SETTINGS = ("version", "futures", "failed", "design", "seed", "concepts")


@dataclass(frozen=True)
class Told:
    """A claim and what it came to."""

    says: str
    modality: str
    verdict: str
    share: float | None
    low: float | None
    high: float | None
    against: float | None
    difference: float | None


@dataclass(frozen=True)
class Standing:
    """The recommended strategy, and what it came to."""

    strategy: str
    gives_way: tuple[str, ...]
    """Claims it rests on that are contradicted, assumed or contingent."""
    unbeaten: float | None
    """The share of futures in which no other strategy is better; None where it is not known."""
    low: float | None
    high: float | None


@dataclass(frozen=True, eq=False)
class Version:
    """An argument, tested."""

    name: str
    """The path under which it was asked for."""
    situation: str
    claims: Mapping[str, Told]
    recommendation: Standing | None
    settings: Mapping[str, Any]
    """How it was tested: `version`, `futures`, `failed`, `design`, `seed`, `concepts`."""
    case: Path | None = None
    """The case, or its copy; None where there is none."""
    run: Run | None = field(default=None, repr=False)

    @property
    def is_of_one_future(self) -> bool:
        """Whether it was tested in the nominal future only."""
        return self.settings.get("futures") == 1


def version_of(path: str | Path) -> Version:
    """What an argument came to.

    Parameters
    ----------
    path
        The folder of a run (`detente ensemble`), the folder or `claims.json` of results (`detente
        run`), or a case as `load` takes it, which is tested in its nominal future. A folder with
        results counts as these.

    Raises
    ------
    InputError
        If nothing of the kind is there.
    """
    from detente.futures.running.store import kept

    here = Path(path)
    if here.is_dir() and kept(here):
        return of_run(here)
    if here.suffix == ".json":
        return of_claims(here)
    if (here / CLAIMS).is_file():
        return of_claims(here / CLAIMS)
    return of_case(str(path))


# ------------------------------------------------------------------------------------------- runs


def of_run(folder: Path) -> Version:
    """A run that is kept."""
    from detente.claims.standing import standings
    from detente.futures.judging.recommended import recommended
    from detente.futures.judging.shares import Share, counted
    from detente.futures.judging.verdicts import Court
    from detente.futures.reading.run import open_run

    run = open_run(folder)
    sums = counted(run)
    court = Court(run.situation, sums)
    claims = {id: untested(run.situation, id) for id in run.situation.claims}
    for id, found in standings(run.situation).items():
        same = Share(found.share, found.low, found.high)
        claims[id] = told(run.situation, id, found.verdict, same)
    for place, column in enumerate(sums.layout.headlines):
        key = sums.layout.claims[column]
        if not key.view:
            judged = court.judge(place)
            claims[key.name] = told(run.situation, key.name, judged.verdict, judged.share)
    choice = recommended(run, sums)
    settings = {
        "futures": sums.ok + sums.failed,
        "failed": sums.failed,
        **{name: run.manifest.get(name) for name in ("version", "design", "seed")},
        "concepts": list(run.manifest["concepts"]),
    }
    return Version(
        str(folder),
        run.situation.id,
        claims,
        standing(run.situation, claims, choice.share if choice else None),
        {name: settings[name] for name in SETTINGS},
        folder / CASE,
        run,
    )


def untested(situation: Situation, claim: str) -> Told:
    written = situation.claims[claim]
    return Told(str(written.says), written.modality, "untested", None, None, None, None, None)


def told(situation: Situation, claim: str, verdict: str, share: Share) -> Told:
    written = situation.claims[claim]
    numbers = share.share, share.low, share.high, share.against, share.difference
    return Told(str(written.says), written.modality, verdict, *numbers)


def standing(
    situation: Situation, claims: Mapping[str, Told], share: Share | None
) -> Standing | None:
    """How the recommended strategy of a situation stands."""
    choice = situation.recommendation
    if choice is None:
        return None
    rests_on = premises(situation, choice.rests_on)
    gives_way = tuple(claim for claim in rests_on if claims[claim].verdict in GIVES_WAY)
    numbers = (share.share, share.low, share.high) if share else (None, None, None)
    return Standing(choice.strategy, gives_way, *numbers)


# ---------------------------------------------------------------------------------- cases, results


def of_case(path: str) -> Version:
    """A case in its nominal future."""
    from detente.claims import run_claims
    from detente.loading import load

    situation = load(path)
    return of_dict(run_claims(situation).to_dict(), path, situation.path)


def of_claims(file: Path) -> Version:
    """Results as they were written."""
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(f"{file}: cannot be read: {error}") from None
    if not isinstance(found, dict) or not str(found.get("format")).startswith("detente.claims/"):
        cure = "give the folder that `detente run … --out` wrote"
        raise InputError(f"{file}: not the results of a run\n  {cure}")
    copy = file.parent / CASE
    try:
        return of_dict(found, str(file.parent), copy if copy.is_dir() else None)
    except (KeyError, TypeError, AttributeError) as error:
        raise InputError(f"{file}: not complete: {error}\n  run the case again") from None


def of_dict(found: Mapping[str, Any], name: str, case: Path | None) -> Version:
    """The contents of `claims.json`."""
    claims = {
        claim["id"]: Told(**{key: claim[key] for key in Told.__dataclass_fields__})
        for claim in found["claims"]
    }
    drawn = found.get("drawn") or {}
    settings = {**found, **drawn, "futures": found["futures"]}
    return Version(
        name,
        found["situation"],
        claims,
        standing_told(found),
        {setting: settings.get(setting) for setting in SETTINGS},
        case,
    )


def standing_told(found: Mapping[str, Any]) -> Standing | None:
    """How the recommended strategy stands, by `claims.json`."""
    choice = found["recommendation"]
    if choice is None:
        return None
    strategy, gives_way = choice["strategy"], tuple(choice["gives_way"])
    for each in found.get("strategy_shares", ()):
        if (each["view"], each["strategy"], each["concept"]) == ("", strategy, "nash"):
            share = each["unbeaten"]
            return Standing(strategy, gives_way, share["share"], share["low"], share["high"])
    unbeaten = is_unbeaten(strategy, found["strategies"])
    return Standing(strategy, gives_way, unbeaten, unbeaten, unbeaten)


@dataclass(frozen=True)
class Attained:
    """What a strategy attains in the nominal future."""

    best: int | None
    worst: int | None


def is_unbeaten(strategy: str, played: list[Mapping[str, Any]]) -> float | None:
    """1 if no other is better in the nominal future, else 0; None if it attains nothing."""
    attained = {each["strategy"]: Attained(each["best"], each["worst"]) for each in played}
    chosen = attained.get(strategy)
    if chosen is None or chosen.best is None:
        return None
    return float(not any(is_better(other, chosen) for other in attained.values()))
