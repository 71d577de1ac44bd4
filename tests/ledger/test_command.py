"""`detente assess` on a small case."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from click.testing import CliRunner, Result

from detente.cli.main import main

if TYPE_CHECKING:
    from pathlib import Path

PROMISED = """\
detente: 1
id: promised
title: What was promised
as_of: 2024-04-16
sources:
  essay: {type: article, title: An essay, issued: 2024-04, paragraphs: [EN, I.4, II.2]}
  news: {type: article, title: News, issued: 2025-03}
actors: {jpn: {name: Japan}, usa: {name: United States}, rok: {name: South Korea}}
options: {rok: {join: {evidence: [{source: essay}]}}}
preferences: {rok: [{prefer: rok.join, evidence: [{source: essay}]}]}
layers: {command: {label: Command and control}}
commitments:
  entry:
    says: Japan takes part
    parties: [jpn, usa]
    layer: technology
    announced: 2024-04-08
    history: [{on: 2024-04-08, status: considered}]
    evidence: [{source: essay, at: I.4}]
    wordings:
      - {says: entry, strength: in_execution, evidence: [{source: essay, at: II.2}]}
      - {says: prospective, strength: considered, parties: [jpn, usa, rok],
         evidence: [{source: essay, at: EN}]}
  headquarters:
    says: "=A joint headquarters"
    parties: [jpn]
    layer: command
    announced: 2022-12-16
    due: 2025-03-31
    history: [{on: 2022-12-16, status: planned}]
    evidence: [{source: essay, at: II.2}]
aftermath:
  until: 2025-12-31
  commitments:
    headquarters: [{on: 2025-03-24, status: delivered, evidence: [{source: news}]}]
"""


@pytest.fixture
def case(tmp_path: Path) -> Path:
    (tmp_path / "situation.yaml").write_text(PROMISED, encoding="utf-8")
    return tmp_path


def run(*arguments: str | Path) -> Result:
    plain = {"COLUMNS": "80", "NO_COLOR": "1"}
    return CliRunner().invoke(main, ["assess", *map(str, arguments)], env=plain)


def lines(result: Result) -> list[str]:
    assert result.exit_code == 0, result.output
    return result.stdout.splitlines()


def test_the_ledger_is_printed_by_layer(case: Path) -> None:
    shown = lines(run(case))
    assert shown[:9] == [
        "What was promised",
        "2 commitments as of 2024-04-16",
        "",
        "  status        since       due         days late  commitment",
        "technology",
        "  considered    2024-04-08                         Japan takes part [entry]",
        "Command and control",
        "  planned       2022-12-16  2025-03-31             =A joint headquarters",
        "                                                   [headquarters]",
    ]


def test_drifts_and_words_beyond_the_ledger_are_printed(case: Path) -> None:
    shown = " ".join(" ".join(lines(run(case))).split())
    assert (
        "entry hardens, different parties in essay: EN “prospective” (considered; jpn, usa, rok)"
        " -> II.2 “entry” (in execution; jpn, usa)" in shown
    )
    assert "entry essay II.2 “entry” (in execution); it was considered" in shown
    assert "entry essay EN “prospective” (considered); would also bind rok" in shown


def test_what_came_later_is_read_for_a_later_day_only(case: Path) -> None:
    later = lines(run(case, "--as-of", "2025-03-31"))
    assert any(
        line.split()[:4] == ["delivered", "2025-03-24", "2025-03-31", "-7"] for line in later
    )
    assert lines(run(case, "--informed"))[1] == "2 commitments as of 2025-12-31"
    beyond = lines(run(case, "--as-of", "2026-12-31"))
    assert beyond[1].endswith(
        "as of 2026-12-31; recorded until 2025-12-31, and nothing later is known"
    )


def test_what_is_overdue_is_marked(case: Path) -> None:
    text = PROMISED.replace("2025-03-24", "2025-12-24")
    (case / "situation.yaml").write_text(text, encoding="utf-8")
    shown = lines(run(case, "--as-of", "2025-04-02"))
    assert any("2025-03-31  2+" in line for line in shown)
    assert "+ not delivered, and counting" in shown


def test_json_is_one_document(case: Path) -> None:
    found = json.loads(run(case, "--as-of", "2024-04-01", "--json").stdout)
    assert [(each["id"], each["status"]) for each in found["commitments"]] == [
        ("entry", None), ("headquarters", "planned"),
    ]  # fmt: skip
    assert found["drifts"][0]["course"] == "hardens"
    assert [place["at"] for place in found["drifts"][0]["places"]] == ["EN", "II.2"]


@pytest.mark.parametrize("ending", ["csv", "xlsx", "parquet"])
def test_the_table_is_written_for_other_programs(case: Path, ending: str) -> None:
    file = case / f"ledger.{ending}"
    lines(run(case, "--export", file))
    read = {"csv": pd.read_csv, "xlsx": pd.read_excel, "parquet": pd.read_parquet}[ending]
    table = read(file).reset_index()  # type: ignore[operator]
    assert list(table["id"]) == ["entry", "headquarters"]
    assert list(table["status"]) == ["considered", "planned"]
    formula = table["says"][1]
    assert formula == ("'=A joint headquarters" if ending == "xlsx" else "=A joint headquarters")


def test_wrong_requests_are_refused_in_a_line(case: Path, tmp_path: Path) -> None:
    unknown = run(case, "--export", tmp_path / "ledger.doc")
    assert (unknown.exit_code, "unknown ending `.doc`" in unknown.stderr) == (2, True)
    nowhere = run(case, "--export", tmp_path / "nowhere" / "ledger.csv")
    assert (nowhere.exit_code, "ledger.csv" in nowhere.stderr) == (2, True)
    both = run(case, "--informed", "--as-of", "2025-01-01")
    assert (both.exit_code, "leave out --as-of" in both.stderr) == (2, True)
    assert run(case, "--as-of", "tomorrow").exit_code == 2


def test_a_case_without_aftermath_cannot_be_informed(case: Path) -> None:
    (case / "situation.yaml").write_text(PROMISED.partition("aftermath:")[0], encoding="utf-8")
    refused = run(case, "--informed")
    assert (refused.exit_code, "has no `aftermath`" in refused.stderr) == (2, True)
