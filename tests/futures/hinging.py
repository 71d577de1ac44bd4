"""A small argument of which it is plain on what it hinges, and runs of it.

Told to join, Seoul is punished with trade unless a storm comes, a base is built, Beijing is angry
or content with words; and only where punishing costs between 0.2 and 0.7.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.case import load
from detente.futures.drawing.design import Design
from detente.futures.reading.run import Run, open_run
from detente.futures.running.driver import Means, Settings, ensemble

if TYPE_CHECKING:
    from pathlib import Path

HINGING = """\
detente: 1
id: hinging
title: On what it hinges
as_of: 2024-04-16
horizon: 24 months
focus: rok
recommendation: {strategy: go, rests_on: [pressed]}
actors: {rok: {}, prc: {}}
commitments:
  base: {says: A base is built, parties: [rok], layer: defence, due: 2025-06-30,
         executed: [0.05, 0.15]}
uncertainties:
  cost: {kind: uniform, range: [0, 1], unit: "% of GDP", says: cost of punishing}
  idle: {kind: log_uniform, range: [0.1, 10]}
  storm: {kind: event, probability: [0.2, 0.4], says: A storm comes}
  mood: {kind: choice, weights: {calm: 3, sour: 2, angry: 1}}
options:
  rok: {join: {}}
  prc: {press: {levels: [none, words, trade]}}
preferences:
  rok:
    - {prefer: "prc.press != trade"}
    - {prefer: rok.join}
  prc:
    - {prefer: "not rok.join implies not prc.press"}
    - {prefer: "not prc.press", when: storm}
    - {prefer: "rok.join implies prc.press == words", when: mood == angry}
    - {prefer: "not prc.press", when: base}
    - {prefer: "prc.press == words", credence: [0.05, 0.15], says: content with words}
    - {prefer: "(rok.join and cost > 0.2 and cost < 0.7) implies prc.press == trade"}
    - {prefer: "not prc.press"}
strategies: {go: {rok.join: yes}, stay: {rok.join: no}}
claims:
  pressed:
    says: Joining is punished
    modality: possible
    test: {commit: {rok.join: yes}, against: {rok.join: no}, expect: prc.press == trade}
  quiet: {says: Staying away is not, test: {commit: {rok.join: no}, expect: not prc.press}}
"""

CERTAIN_COST = HINGING.replace(
    '  cost: {kind: uniform, range: [0, 1], unit: "% of GDP", says: cost of punishing}\n'
    "  idle: {kind: log_uniform, range: [0.1, 10]}\n",
    "",
).replace("rok.join and cost > 0.2 and cost < 0.7", "rok.join")
"""The same with nothing in it but what can be counted out: 24 futures."""

STORM, BASE, WORDS, ANGRY = 0.3, 0.1, 0.1, 1 / 6
PRESSED = (1 - STORM) * (1 - BASE) * (1 - WORDS) * (1 - ANGRY)
"""The share of these futures in which joining is punished: they are independent."""


def written(folder: Path, case: str = HINGING) -> Path:
    """The folder of a case."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "situation.yaml").write_text(case, encoding="utf-8")
    return folder


def kept_run(
    folder: Path, case: str = HINGING, futures: int = 500, design: Design | None = None
) -> Path:
    """The folder of a run of a case, next to it."""
    settings = Settings(design or Design("lhs"), ("nash",), varied=50)
    situation = load(written(folder / "case_of", case))
    ensemble(situation, futures, folder / "run", settings, Means(workers=0))
    return folder / "run"


def counted_out(folder: Path) -> Run:
    """Every future of the case without numbers, with its exact weight."""
    return open_run(kept_run(folder, CERTAIN_COST, 24, Design("factorial")))
