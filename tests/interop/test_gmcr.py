"""What a `.gmcr` file becomes, judged by the same conflicts written as cases."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from detente.case import load
from detente.conflict.stability import stability
from detente.interop.gmcr import gmcr_to_yaml, read_gmcr

SAMPLES = Path(__file__).parent / "samples"
ALL = sorted(SAMPLES.glob("*.gmcr"))

Json = dict[str, Any]


# ------------------------------------------------------------------------- the same, written twice


def same(code: str) -> str:
    return code


def elmira_code(code: str) -> str:
    """From modify, answer, insist to modify, delay, accept, abandon, insist."""
    return code[0] + {"0": "100", "1": "010", "2": "001"}[code[1]] + code[2]


def interleaved_code(code: str) -> str:
    """From strike, blockade, withdraw, escalate to withdraw, strike, escalate, blockade."""
    return "".join(code[k] for k in (2, 0, 3, 1))


@pytest.mark.parametrize(
    ("sample", "case", "code", "actors"),
    [
        (
            "syria_iraq",
            "kinsara/syria_iraq_1975",
            same,
            {"syria": "syria", "iraq": "iraq"},
        ),
        (
            "garrison",
            "fraser/garrison",
            same,
            {
                "us_support": "us_support",
                "us_opposition": "us_opposition",
                "canadian_opposition": "canada",
                "ijc": "ijc",
            },
        ),
        (
            "elmira",
            "hipel/elmira",
            elmira_code,
            {
                "ministry_of_the_environment": "ministry",
                "uniroyal": "uniroyal",
                "local_governments": "towns",
            },
        ),
        (
            "cuban_interleaved",
            "fraser/cuban_missile_crisis",
            interleaved_code,
            {"ussr": "ussr", "us": "us"},
        ),
    ],
)
def test_a_file_settles_as_the_case_in_the_catalogue(
    sample: str, case: str, code: Callable[[str], str], actors: dict[str, str]
) -> None:
    imported = stability(load(SAMPLES / f"{sample}.gmcr")).to_dict()
    written = stability(load(case)).to_dict()
    assert imported["feasible"] == written["feasible"]
    for concept, by_actor in written["stable"].items():
        for actor, there in actors.items():
            expected = {code(state) for state in by_actor[there]}
            assert set(imported["stable"][concept][actor]) == expected


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_the_yaml_to_go_on_with_says_exactly_the_same(path: Path, tmp_path: Path) -> None:
    (tmp_path / "situation.yaml").write_text(gmcr_to_yaml(path), encoding="utf-8")
    assert stability(load(tmp_path)).to_dict() == stability(load(path)).to_dict()


# ------------------------------------------------------------------------------- piece by piece


@pytest.fixture
def written(tmp_path: Path) -> Callable[[Json], Path]:
    """Writes a model to a file; what is not given is a small conflict of two."""

    def write(changes: Json) -> Path:
        path = tmp_path / "Small conflict.gmcr"
        path.write_text(json.dumps(small() | changes), encoding="utf-8")
        return path

    return write


def small() -> Json:
    return {
        "options": [
            {"name": "Sign", "permittedDirection": "both"},
            {"name": "Ratify", "permittedDirection": "fwd"},
            {"name": "Occupy", "permittedDirection": "back"},
        ],
        "decisionMakers": [
            {"name": "Étoile", "options": [0, 2], "preferences": [[[1, "Y"]]]},
            {"name": "Norge", "options": [1], "preferences": []},
        ],
    }


def test_the_sections_of_a_case(written: Callable[[Json], Path]) -> None:
    situation, remarks = read_gmcr(written({}))
    assert remarks == ()
    assert situation == {
        "detente": "1",
        "id": "small_conflict",
        "title": "Small conflict",
        "actors": {"etoile": {"name": "Étoile"}, "norge": {"name": "Norge"}},
        "options": {
            "etoile": {"sign": {"label": "Sign"}, "occupy": {"label": "Occupy", "moves": "down"}},
            "norge": {"ratify": {"label": "Ratify", "moves": "up"}},
        },
        "option_order": ["etoile.sign", "norge.ratify", "etoile.occupy"],
        "preferences": {"etoile": [{"prefer": "norge.ratify"}], "norge": []},
    }


def test_compounds_are_true_if_any_member_is(written: Callable[[Json], Path]) -> None:
    compound = {"compound": True, "members": [[[0, "Y"], [1, "N"]], [[2, "Y"]]]}
    situation, _ = read_gmcr(written({"infeasibles": [compound]}))
    assert situation["infeasible"] == [
        {"when": "(etoile.sign and not norge.ratify) or etoile.occupy"}
    ]


def test_state_numbers_count_the_feasible_states_by_their_decimals(
    written: Callable[[Json], Path],
) -> None:
    # Feasible decimals are 0, 1, 4, 5, 6, 7: the third state is option 2 alone.
    makers = small()["decisionMakers"]
    for maker in makers:
        maker["preferenceRanking"] = [3, [1, 2], 6, 5, 4]
    situation, _ = read_gmcr(
        written(
            {
                "decisionMakers": makers,
                "infeasibles": [[[1, "Y"], [2, "N"]]],
                "useManualPreferenceRanking": True,
            }
        )
    )
    assert situation["preferences"]["norge"] == {
        "ranking": ["001", ["000", "100"], "111", "011", "101"]
    }


def test_a_condition_that_contradicts_itself_rules_out_no_state(
    written: Callable[[Json], Path],
) -> None:
    makers = [
        maker | {"preferenceRanking": [[1, 2, 3, 4, 5, 6, 7, 8]]}
        for maker in small()["decisionMakers"]
    ]
    changes = {"decisionMakers": makers, "useManualPreferenceRanking": True}
    situation, _ = read_gmcr(written(changes | {"infeasibles": [[[0, "Y"], [0, "N"]]]}))
    assert len(situation["preferences"]["norge"]["ranking"][0]) == 8


def test_rankings_count_only_where_the_file_says_so(written: Callable[[Json], Path]) -> None:
    makers = [maker | {"preferenceRanking": [99]} for maker in small()["decisionMakers"]]
    situation, _ = read_gmcr(
        written({"decisionMakers": makers, "useManualPreferenceRanking": False})
    )
    assert situation["preferences"]["etoile"] == [{"prefer": "norge.ratify"}]


def test_statements_do_not_count_where_rankings_do(written: Callable[[Json], Path]) -> None:
    makers = [maker | {"preferenceRanking": [1]} for maker in small()["decisionMakers"]]
    makers[0]["preferences"] = ["not read"]
    situation, _ = read_gmcr(
        written({"decisionMakers": makers, "useManualPreferenceRanking": True})
    )
    assert situation["preferences"]["etoile"] == {"ranking": ["000"]}


def test_a_byte_order_mark_is_no_content(tmp_path: Path) -> None:
    path = tmp_path / "x.gmcr"
    path.write_text(json.dumps(small()), encoding="utf-8-sig")
    assert read_gmcr(path)[0]["id"] == "x"


def test_names_are_made_unique_and_usable(written: Callable[[Json], Path]) -> None:
    options = [{"name": name} for name in ("Go!", "go", "한국", "2nd", "not")]
    makers = [
        {"name": name, "options": [k]} for k, name in enumerate(("min", "日本", "A B", "a-b"))
    ]
    makers[0]["options"] = [0, 1, 4]
    makers[1]["options"], makers[2]["options"], makers[3]["options"] = [2], [3], []
    path = written({"options": options, "decisionMakers": makers})
    situation, _ = read_gmcr(path)
    assert list(situation["actors"]) == ["min_2", "actor_2", "a_b", "a_b_2"]
    assert list(situation["options"]["min_2"]) == ["go", "go_2", "not_2"]
    assert situation["options"]["actor_2"] == {"option_1": {"label": "한국"}}
    assert load(path).actors["actor_2"].name == "日本"


def test_what_is_left_out_is_said(written: Callable[[Json], Path]) -> None:
    makers = small()["decisionMakers"]
    makers[0] |= {"misperceptions": [[[1, "Y"]]], "mood": "calm"}
    makers.append({"name": "Observer", "options": [], "preferences": [[[0, "Y"]]]})
    path = written(
        {"decisionMakers": makers, "coalitions": [0, [1, 2]], "payoffs": [], "author\n#": "x"}
    )
    situation, remarks = read_gmcr(path)
    assert list(situation["preferences"]) == ["etoile", "norge"]
    assert remarks == (
        "misperceptions are left out: every actor sees every state",
        "coalitions are left out: every actor decides for itself",
        "`Observer` has no options: its preferences are left out",
        "unknown key `author #` is left out",
        "unknown key `mood` of decision makers is left out",
    )
    assert [w.message for w in load(path).warnings if w.check == "gmcr_import"] == list(remarks)
    comments = [line for line in gmcr_to_yaml(path).splitlines() if line.startswith("#")]
    assert comments[2:] == [f"# Note: {remark}." for remark in remarks]


def test_actors_who_stay_alone_are_no_coalition(written: Callable[[Json], Path]) -> None:
    assert read_gmcr(written({"coalitions": [0, [1]], "coalitionsFull": None}))[1] == ()
