"""A run, read: frames, SQL, export; however it is parted into shards."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

import detente
from detente.errors import InputError
from detente.futures.judging.assembly import report_of, widest
from detente.futures.judging.shares import counted
from detente.futures.reading.export import stata_names
from detente.futures.reading.run import Run, open_run
from detente.futures.running.driver import Means, Settings, ensemble
from tests.futures.argued import asked, claim

UNKNOWN = """
uncertainties:
  rain: {kind: event, probability: 0.6}
  cost: {kind: uniform, range: [1, 3]}
  mood: {kind: choice, weights: {calm: 2, angry: 1}}
goals: [{id: quiet, test: not theirs.shout}]
strategies: {go: {ours.go: yes}, stay: {ours.go: no}}
"""
WANT = """
preferences:
  ours: [{prefer: ours.go}]
  theirs: [{prefer: theirs.answer, role: end, when: rain}, {any_order: [{prefer: theirs.shout}, {prefer: not theirs.shout}]}]
"""  # noqa: E501
COUNT = 260


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Run:
    folder = tmp_path_factory.mktemp("kept")
    return asked(folder, UNKNOWN, WANT, claim(), futures=COUNT, varied=3)


@pytest.fixture
def folder(kept: Run) -> Path:
    assert kept.store is not None
    return Path(kept.store.place.url)


def test_frames_have_a_row_for_one_thing_and_say_its_status(kept: Run) -> None:
    assert list(kept.futures.columns) == [
        "status", "reason", "weight", "varied", "rain", "cost", "mood", "theirs.2",
    ]  # fmt: skip
    assert kept.futures.index.tolist() == list(range(COUNT))
    assert list(kept.futures["mood"].cat.categories) == ["calm", "angry"]
    assert set(kept.futures["theirs.2"]) == {"a>b", "b>a"}
    assert len(kept.claims) == COUNT
    assert len(kept.strategies) == 2 * COUNT
    assert kept.strategies["goal.quiet"].isin(["every", "some", "none"]).all()
    assert kept.counts == {"ok": COUNT, "failed": 0, "timed_out": 0}
    assert kept.futures["varied"].sum() == 3


def test_a_claim_is_as_its_future_was_drawn(kept: Run) -> None:
    rows = kept.claims.merge(kept.futures, left_on="future", right_index=True)
    assert (rows["holds"] == rows["rain"]).all()


def test_a_folder_is_opened_by_its_name(folder: Path, kept: Run) -> None:
    opened = detente.open_run(folder)
    pd.testing.assert_frame_equal(opened.claims, kept.claims)
    assert opened.manifest["design"] == "lhs"
    assert "260 ok" in opened._repr_html_()
    assert repr(opened).startswith("<Run of ")
    assert len(repr(opened)) < 100


def test_the_first_futures_are_a_run_of_their_own(kept: Run) -> None:
    assert len(kept.head(70).claims) == 70
    assert kept.head(70).head(100).counts["ok"] == 70
    assert kept.head(70).sql("select count(*) as n from futures")["n"][0] == 70
    assert counted(kept.head(70)).ok == 70


def test_shares_do_not_depend_on_how_a_run_is_parted(kept: Run, tmp_path: Path) -> None:
    settings = Settings(concepts=("nash",), varied=3)
    ensemble(kept.situation, COUNT, tmp_path, settings, Means(workers=0, chunk=7))
    parted = open_run(tmp_path)
    assert json.dumps(report_of(parted).to_dict()) == json.dumps(report_of(kept).to_dict())


# ------------------------------------------------------------------------------------------- SQL


def test_sql_knows_the_frames_by_their_names(kept: Run) -> None:
    query = "select rain, avg(holds::int) as share from claims join futures using (future) group by rain order by rain"  # noqa: E501
    assert kept.sql(query)["share"].tolist() == [0.0, 1.0]
    assert kept.sql('select "goal.quiet" as met from strategies')["met"].notna().all()
    assert len(kept.sql("from outcomes")) == len(kept.outcomes)
    assert set(kept.sql("from turned").columns) == set(kept.turned.columns)


def test_sql_over_frames_is_the_same(kept: Run) -> None:
    run = Run.from_frames(kept.situation, kept.manifest, futures=kept.futures, claims=kept.claims)
    query = "select count(*) as n from claims where holds"
    assert run.sql(query)["n"].tolist() == kept.sql(query)["n"].tolist()


@pytest.mark.parametrize(
    "query",
    [
        "drop table claims",
        "select 1; select 2",
        "copy claims to 'here.csv'",
        "select * from read_csv('/etc/hostname')",
        "select nothing from claims",
        "selekt",
    ],
)
def test_a_run_is_only_read(kept: Run, query: str) -> None:
    with pytest.raises(InputError, match="SQL: "):
        kept.sql(query)


# ---------------------------------------------------------------------------------------- export


def test_export_to_csv_is_a_folder_with_a_file_for_each_frame(kept: Run, tmp_path: Path) -> None:
    files = kept.export(tmp_path / "run.csv")
    assert [file.name for file in files] == [
        "futures.csv", "claims.csv", "strategies.csv", "outcomes.csv", "turned.csv",
    ]  # fmt: skip
    read = pd.read_csv(files[0], index_col="future")
    assert read["cost"].tolist() == kept.futures["cost"].tolist()
    assert len(pd.read_csv(files[1])) == COUNT


def test_export_to_excel_is_a_workbook_in_which_no_text_is_a_formula(
    kept: Run, tmp_path: Path
) -> None:
    claims = kept.claims.assign(claim="=1+1")
    run = Run.from_frames(kept.situation, kept.manifest, futures=kept.futures, claims=claims)
    (file,) = run.export(tmp_path / "run.xlsx")
    book = openpyxl.load_workbook(file)
    assert book.sheetnames == ["futures", "claims", "strategies", "outcomes", "turned"]
    assert book["claims"]["C2"].value == "'=1+1"
    assert book["claims"]["C2"].data_type == "s"


def test_a_frame_too_long_for_excel_is_refused(kept: Run, tmp_path: Path) -> None:
    claims = pd.DataFrame({"future": range(1_048_576), "view": ""})
    run = Run.from_frames(kept.situation, kept.manifest, claims=claims)
    with pytest.raises(InputError, match=r"`claims` has 1,048,576 rows .*\n.*run\.csv"):
        run.export(tmp_path / "run.xlsx")


def test_export_to_stata_has_names_labels_and_missing_values(kept: Run, tmp_path: Path) -> None:
    claims = kept.claims.assign(holds=kept.claims["holds"].mask(kept.claims["future"] == 0))
    run = Run.from_frames(kept.situation, kept.manifest, futures=kept.futures, claims=claims)
    files = run.export(tmp_path / "run.dta")
    assert files[1].name == "run_claims.dta"
    with pd.read_stata(files[0], iterator=True) as reader:
        assert reader.variable_labels()["theirs_2"] == "theirs.2"
    holds = pd.read_stata(files[1])["holds"]
    assert holds.isna().sum() == 1
    assert set(holds.dropna()) == {0.0, 1.0}


def test_stata_takes_no_name_twice_and_none_of_its_own() -> None:
    names = stata_names(["a.b", "a_b", "x" * 40, "x" * 41, "2nd", "if", "한"])
    assert len(set(names.values())) == len(names)
    assert all(len(name) <= 32 for name in names.values())
    assert names["if"] != "if"


def test_an_ending_nobody_knows_is_refused(kept: Run, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no export to `\.sav`"):
        kept.export(tmp_path / "run.sav")


def test_where_nothing_can_be_written_it_says_so(kept: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="cannot be written"):
        kept.export(tmp_path / "file" / "run.csv")


# --------------------------------------------------------------------------------------- failures


def test_a_failed_future_has_its_rows_and_no_answer(kept: Run) -> None:
    futures = kept.futures.assign(status=["failed"] * 10 + ["ok"] * (COUNT - 10))
    claims = kept.claims.assign(
        holds=kept.claims["holds"].mask(kept.claims["future"] < 10),
        determined=kept.claims["future"] >= 10,
    )
    sums = counted(Run.from_frames(kept.situation, kept.manifest, futures=futures, claims=claims))
    assert (sums.ok, sums.failed) == (COUNT - 10, 10)
    assert sums.missing.sum() == 0
    assert sums.asked.counts[0, 0] == COUNT - 10


def test_the_widest_interval_is_that_of_the_claims(kept: Run) -> None:
    result = report_of(kept).claims[0]
    assert result.high is not None
    assert result.low is not None
    assert widest(kept) == pytest.approx(result.high - result.low)


def test_strategies_are_compared_within_each_future(kept: Run) -> None:
    """Ours wants to go, whatever theirs does."""
    unbeaten = {each.strategy: each.unbeaten for each in report_of(kept).strategy_shares}
    assert (unbeaten["go"].share, unbeaten["go"].high) == (1.0, 1.0)
    assert unbeaten["stay"].share == 0.0


def test_a_frame_no_run_knows_is_refused(kept: Run) -> None:
    with pytest.raises(InputError, match="no frame `states` in a run"):
        kept.frame("states")
