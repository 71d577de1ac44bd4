"""What programs rely on: JSON alone on stdout, its shape, exit codes, files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import detente

if TYPE_CHECKING:
    from click.testing import Result

    from tests.cli.conftest import Run

CRISIS = "fraser/cuban_missile_crisis"


def printed(result: Result) -> Any:
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


# -------------------------------------------------------------------------------------- stability


@pytest.mark.parametrize("case", [CRISIS, "fraser/garrison", "hipel/elmira", "fang/chicken"])
def test_stability_prints_what_the_library_says(run: Run, case: str) -> None:
    found = printed(run("stability", case, "--json"))
    expected = detente.stability(detente.load(case)).to_dict()
    assert found == expected
    assert list(found) == list(expected)


def test_stability_in_pieces_is_the_same(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("detente.cli.stability.CHUNK", 3)
    found = printed(run("stability", "fraser/garrison", "--json"))
    assert found == detente.stability(detente.load("fraser/garrison")).to_dict()


def test_stability_of_some_concepts(run: Run) -> None:
    found = printed(run("stability", CRISIS, "--concept", "SEQ, nash", "--json"))
    assert list(found["stable"]) == list(found["equilibria"]) == ["seq", "nash"]


def test_equilibria_leave_stable_out(run: Run) -> None:
    found = printed(run("stability", CRISIS, "--json", "--equilibria"))
    assert found == detente.stability(detente.load(CRISIS)).to_dict(stable=False)
    assert found["equilibria"]["nash"] == []


def test_a_case_file_and_its_folder_are_the_same_case(run: Run, argued: Path) -> None:
    assert printed(run("stability", argued, "--json")) == printed(
        run("stability", argued / "situation.yaml", "--json")
    )


# -------------------------------------------------------------------------------------------- run


def test_run_writes_its_files_and_prints_where(run: Run, argued: Path, tmp_path: Path) -> None:
    result = run("run", argued, "--out", tmp_path / "out", "--futures", "1", "--seed", "7")
    assert result.exit_code == 0
    for name in ("claims.json", "brief.html", "brief.md"):
        assert (tmp_path / "out" / name).is_file()
        assert name in result.stdout


def test_claims_have_the_fields_of_the_contract(run: Run, argued: Path, tmp_path: Path) -> None:
    found = printed(run("run", argued, "--out", tmp_path, "--json"))
    assert found == json.loads((tmp_path / "claims.json").read_text())
    assert found["format"] == "detente.claims/1"
    fields = {
        "id", "says", "modality", "kind", "verdict", "open", "share", "low", "high", "against",
        "difference", "flips", "undetermined", "failed", "futures",
    }  # fmt: skip
    assert all(fields <= set(claim) for claim in found["claims"])
    assert len(found["claims"]) == 8


def test_the_default_folder_is_named_for_the_case(
    run: Run, argued: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("run", argued).exit_code == 0
    assert (tmp_path / "out" / "base" / "claims.json").is_file()


@pytest.mark.parametrize(
    ("verdicts", "code"),
    [((), 0), (("contradicted",), 1), (("contingent",), 0), (("contingent", "assumed"), 1)],
)
def test_verdicts_change_the_exit_code_only_when_asked_to(
    run: Run, argued: Path, tmp_path: Path, verdicts: tuple[str, ...], code: int
) -> None:
    asked = [word for verdict in verdicts for word in ("--fail-on", verdict)]
    result = run("run", argued, "--out", tmp_path, *asked)
    assert result.exit_code == code
    assert (tmp_path / "brief.html").is_file()


def test_an_unwritable_folder_is_refused_before_anything_is_computed(
    run: Run, argued: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: object, **__: object) -> None:
        raise AssertionError("computed")

    monkeypatch.setattr("detente.claims.run_claims", never)
    (tmp_path / "file").write_text("mine")
    result = run("run", argued, "--out", tmp_path / "file" / "out")
    assert result.exit_code == 2
    assert "cannot be written: Not a directory" in result.stderr


# ------------------------------------------------------------------------------------------ check


def test_check_counts(run: Run, argued: Path) -> None:
    found = printed(run("check", argued, "--json"))
    assert found["format"] == "detente.check/1"
    assert (found["states"], found["feasible"], found["claims"]) == (48, 44, 8)
    assert found["decision_makers"] == ["south", "north", "ally"]
    assert found["coverage"]["preferences"] == {"supported": 10, "of": 10}
    assert [each["check"] for each in found["warnings"]] == [
        "coupled_actors",
        "own_instrument_as_end",
    ]


def test_check_prints_warnings_in_full_and_ok_last(run: Run, argued: Path) -> None:
    result = run("check", argued)
    assert result.exit_code == 0
    assert result.stdout.splitlines()[-1] == "ok, 2 warnings"
    assert result.stderr.count("warning[") == 2
    assert "^^^" in result.stderr


def test_strict_makes_a_warning_an_error(run: Run, argued: Path) -> None:
    result = run("check", argued, "--strict", "coupled_actors")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.splitlines()[-1] == "1 problem; nothing was computed"


def test_strict_knows_its_checks(run: Run, argued: Path) -> None:
    result = run("check", argued, "--strict", "coupled_actor")
    assert result.exit_code == 2
    assert "did you mean `coupled_actors`?" in result.stderr


# ----------------------------------------------------------------------------- preferences, explain


def test_preferences_name_what_decides(run: Run) -> None:
    found = printed(
        run("preferences", CRISIS, "--actor", "us", "--compare", "0000", "0110", "--json")
    )
    assert found["better"] == "0110"
    assert found["statement"] == "us.1"
    assert found["outvoted"] == ["us.4", "us.9"]


def test_preferences_ask_about_doubtful_pairs(run: Run) -> None:
    found = printed(run("preferences", CRISIS, "--actor", "us", "--top", "2", "--json"))
    assert found["places"] == 12
    assert [tie["place"] for tie in (*found["top"], *found["bottom"])] == [1, 2, 11, 12]
    assert all(set(each) >= {"better", "worse", "statement"} for each in found["questions"])


def test_explain_gives_the_witness(run: Run) -> None:
    found = printed(run("explain", CRISIS, "--state", "0110", "--json"))
    assert found["equilibrium"] == {"nash": False, "gmr": True, "smr": True, "seq": True}
    assert found["path"] == [{"actor": "us", "state": "0100"}, {"actor": "ussr", "state": "0110"}]
    (seq,) = [
        each for each in found["grounds"] if (each["concept"], each["actor"]) == ("seq", "us")
    ]
    (answer,) = seq["answers"]
    assert answer["sanction"] == [{"actor": "ussr", "state": "0000"}]
    assert (answer["gain"], answer["loss"]) == ("us.4", "us.1")


# ----------------------------------------------------------------------------------- what is wrong


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["stability", "nowhere"], "nowhere: no such file, folder or case"),
        (["stability", "fang/chiken"], "did you mean `fang/chicken`?"),
        (["stability", "fang/chicken", "--concept", "nush"], "no concept `nush`"),
        (["explain", "fang/chicken", "--state", "77"], "`77` is not a state here"),
        (["explain", "fang/chicken", "--state", "0"], "`0` is not a state here"),
        (["explain", CRISIS, "--state", "0011"], "`0011` is not feasible"),
        (["explain", "fang/chicken", "--state", "00", "--actor", "x"], "no decision maker `x`"),
        (["preferences", "fang/chicken", "--actor", "x"], "no decision maker `x`"),
        (["preferences", "fang/chicken"], "Missing option '--actor'"),
        (["import", "nowhere.gmcr"], "nowhere.gmcr"),
        (["run"], "Missing argument 'PATH'"),
        (["stabilty"], "did you mean `stability`?"),
        (["--wrong"], "No such option"),
    ],
)
def test_a_wrong_input_or_command_line_is_2_and_says_where(
    run: Run, arguments: list[str], said: str
) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert said in result.stderr
    assert "Traceback" not in result.stderr


def test_a_bug_is_a_traceback_and_1(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_path: str, **_settings: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("detente.loading.load", broken)
    result = run("stability", "fang/chicken")
    assert result.exit_code == 1
    assert isinstance(result.exception, ZeroDivisionError)


# ------------------------------------------------------------------------------- making of cases


def test_a_new_case_runs(run: Run, tmp_path: Path) -> None:
    assert run("new", tmp_path / "mine").exit_code == 0
    assert run("run", tmp_path / "mine", "--out", tmp_path / "out").exit_code == 0
    again = run("new", tmp_path / "mine")
    assert again.exit_code == 2


def test_the_schema_is_one_json_document(run: Run) -> None:
    assert "properties" in printed(run("schema"))


SAMPLE = Path(__file__).parents[1] / "interop" / "samples" / "elmira.gmcr"


def test_import_writes_a_case_that_reads_the_same(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "elmira.yaml"
    assert run("import", SAMPLE, "-o", file).stdout == f"{file}\n"
    assert run("import", SAMPLE).stdout == file.read_text(encoding="utf-8")
    of_yaml, of_gmcr = (printed(run("stability", each, "--json")) for each in (file, SAMPLE))
    assert of_yaml["equilibria"] == of_gmcr["equilibria"]


def test_import_overwrites_nothing(run: Run, tmp_path: Path) -> None:
    (tmp_path / "case.yaml").write_text("mine")
    result = run("import", SAMPLE, "-o", tmp_path / "case.yaml")
    assert result.exit_code == 2
    assert result.stderr == f"{tmp_path / 'case.yaml'}: exists; nothing was overwritten\n"
    assert (tmp_path / "case.yaml").read_text() == "mine"
