"""`detente argument`."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Run


def test_it_shows_the_premises_under_the_recommendation(run: Run, argued: Path) -> None:
    shown = run("argument", argued)
    assert shown.exit_code == 0
    assert "What the recommendation rests on" in shown.stdout
    found = json.loads(run("argument", argued, "--json").stdout)
    assert found["format"] == "detente.argument/1"
    for claim in found["claims"]:
        assert claim["id"] in shown.stdout
    for each in found["weaken"]:
        assert each["claim"] in shown.stdout.partition("Sentences to weaken")[2]


def test_a_case_without_an_argument_has_nothing_to_show(run: Run) -> None:
    shown = run("argument", "hipel/elmira").stdout
    assert "nothing the case names" in shown
    assert "Sentences to weaken: none" in shown
