"""A small stage, and runs of arguments on it whose shares are known."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

from detente.case import load
from detente.claims import run_claims
from detente.futures.drawing.design import Design
from detente.futures.judging.assembly import claims_of
from detente.futures.judging.report import EnsembleClaim
from detente.futures.judging.shares import counted
from detente.futures.reading.run import Run, run_of
from detente.futures.running.driver import Means, Settings, ensemble

STAGE = """\
detente: 1
id: asked
title: Is it answered?
focus: ours
actors: {ours: {}, theirs: {}}
options:
  ours: {go: {}}
  theirs: {answer: {}, shout: {}}
"""
COMMIT = "commit: {ours.go: yes}, expect: theirs.answer"


def claim(id: str = "it", modality: str = "likely", test: str = COMMIT) -> str:
    return f"claims: {{{id}: {{says: It is so, modality: {modality}, test: {{{test}}}}}}}"


def asked(
    folder: Path, *sections: str, futures: int = 400, design: str = "lhs", varied: int | None = 20
) -> Run:
    """A run of the stage with these sections."""
    file = folder / "situation.yaml"
    file.write_text("\n".join([STAGE, *map(dedent, sections)]), encoding="utf-8")
    settings = Settings(Design(design), ("nash",), varied=varied)  # type: ignore[arg-type]
    return run_of(ensemble(load(file), futures, folder / "run", settings, Means(workers=0)))


def judged(run: Run) -> dict[str, EnsembleClaim]:
    """Every claim over the futures."""
    results = claims_of(run, counted(run), run_claims(run.situation))
    return {each.claim.id: each for each in results if isinstance(each, EnsembleClaim)}
