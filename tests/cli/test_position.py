"""`detente position`: its table, its document, and what it refuses."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run

CASE = """\
detente: 1
id: pacts
title: Pacts of five
as_of: 2024-04-16
actors: {a: {}, b: {}, c: {}, d: {}, e: {}}
options: {a: {go: {}}}
preferences: {a: [{prefer: a.go}]}
arrangements:
  old: {name: Old, layer: treaty, kind: treaty, parties: [a, b], from: 1950-01-01}
  late: {name: Late, layer: treaty, kind: treaty, parties: [b, c], from: 2020-01-01}
  far: {name: Far, layer: treaty, kind: treaty, parties: [d, e], from: 1950-01-01}
  club: {name: Club, layer: technology, kind: club, parties: [a, b, c], from: 2021-01-01}
  plan: {name: Plan, layer: technology, kind: club, parties: [a, d], from: 2030-01-01}
commands:
  top: {name: Top, actors: [a, b], authority: [{}]}
  post: {name: Post, actors: [b], under: [{command: top}], authority: [{from: 2020-01-01}]}
"""

LATER = """\
aftermath:
  until: 2026-01-01
  arrangements:
    came: {name: Came, layer: technology, kind: club, parties: [c, e], from: 2025-01-01}
"""


TABLE = """\
Pacts of five
positions on 2024-04-16

all: 4 arrangements, 5 actors
     arrangements  Katz            eigenvector     betweenness
  b  3 #1          1.167 #1        0.664 #1        0 #1
  a  2 #2 (1-3)    1.115 #2 (1-5)  0.528 #2 (1-3)  0 #1 (1-2)
  c  2 #2 (1-3)    1.115 #2 (1-5)  0.528 #2 (1-3)  0 #1 (1-2)
  d  1 #4 (2-4)    1.053 #4 (2-4)  -               0 #1 (1-2)
  e  1 #4 (2-4)    1.053 #4 (2-4)  -               0 #1 (1-2)
  eigenvector: not of d, e, whom no tie joins to the others

treaty: 3 arrangements, 5 actors
     arrangements  Katz            eigenvector     betweenness
  b  2 #1          1.106 #1 (1-3)  0.707 #1        0.167 #1
  a  1 #2 (1-5)    1.055 #2 (1-5)  0.500 #2 (2-3)  0 #2 (1-2)
  c  1 #2 (1-5)    1.055 #2 (1-5)  0.500 #2 (2-3)  0 #2 (1-2)
  d  1 #2 (1-4)    1.053 #4 (1-4)  -               0 #2 (1-2)
  e  1 #2 (1-4)    1.053 #4 (1-4)  -               0 #2 (1-2)
  eigenvector: not of d, e, whom no tie joins to the others

layers of one arrangement, whose parties stand alike
  technology:  club  a, b, c

#: the rank, 1 the first; of constraint the least is first. In brackets the
ranks it takes with any one arrangement left out, or in the middle nine tenths
of 200 draws that weigh each arrangement 1/2 to 2 times as much, by chance and
apart from others (seed 0).

commands: 2 levels
  top   a and b  with authority
  post  b        with authority, under top
"""

CHANGED = """\
Pacts of five
positions on 2024-04-16; with plan
beside those on 2019-01-01

technology: no arrangement is in force -> 2 arrangements, 4 actors
  club  + a  + b  + c
  plan  + a  + d
     Katz           eigenvector
  a  - -> 1.105 #1  - -> 0.665 #1
  b  - -> 1.054 #3  - -> 0.395 #3
  c  - -> 1.054 #3  - -> 0.395 #3
  d  - -> 1.055 #2  - -> 0.496 #2
  Katz         plan  -0.055 without it
  Katz         club  -0.003 without it
  eigenvector  club  cannot be told without it
  eigenvector  plan  cannot be told without it

#: the rank, 1 the first; of constraint the least is first. It is shown where it
changed.
What others do moves eigenvector by construction: whether an actor gained is
told by what is not normalised, as arrangements, strength and Katz.

commands
  post  2019-01-01  b  asks top, under top
  post  2024-04-16  b  with authority, under top
"""


@pytest.fixture
def case(tmp_path: Path) -> Path:
    (tmp_path / "situation.yaml").write_text(CASE, encoding="utf-8")
    return tmp_path


def document(run: Run, *arguments: str | Path) -> dict[str, Any]:
    done = run("position", *arguments, "--json")
    assert done.exit_code == 0, done.output
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_the_document_has_every_measure_of_every_actor_of_every_layer(run: Run, case: Path) -> None:
    found = document(run, case)
    assert (found["format"], found["as_of"]) == ("detente.position/1", "2024-04-16")
    assert list(found["layers"]) == ["all", "treaty", "technology"]
    assert list(found["layers"]["technology"]) == ["a", "b", "c"]
    asked = {"hyperdegree", "strength", "eigenvector", "betweenness", "constraint"}
    for actors in found["layers"].values():
        assert all(asked <= measures.keys() for measures in actors.values())
    assert found["layers"]["all"]["b"]["hyperdegree"] == 3


def test_what_a_network_cannot_carry_is_null_with_its_reason(run: Run, case: Path) -> None:
    found = document(run, case)
    assert found["layers"]["technology"]["a"]["betweenness"] is None
    assert found["unavailable"]["technology"]["betweenness"].startswith("the network is complete")
    assert found["layers"]["treaty"]["d"]["eigenvector"] is None
    assert found["unavailable"]["treaty"]["eigenvector"].startswith("not of d, e")


def test_ranks_stand_beside_values_with_how_they_were_drawn(run: Run, case: Path) -> None:
    found = document(run, case, "--layer", "treaty", "--seed", "3")
    rank = found["ranks"]["treaty"]["strength"]["b"]
    assert (rank["rank"], rank["left_out"], rank["resampled"][0]) == (1, [1, 1], 1)
    assert found["resampling"] == {"draws": 200, "spread": 2.0, "seed": 3}


def test_a_change_shows_what_moves_for_whom(run: Run, case: Path) -> None:
    found = document(run, case, "--layer", "technology", "--with", "club:d", "--measure", "degree")
    assert found["changes"] == ["with club:d"]
    assert found["moved"] == {
        "technology": {
            "a": {"degree": [2, 3]},
            "b": {"degree": [2, 3]},
            "c": {"degree": [2, 3]},
            "d": {"degree": [None, 3]},
        }
    }


def test_a_rank_that_falls_though_the_value_stays_is_shown(run: Run, case: Path) -> None:
    change = ("--layer", "treaty", "--with", "far:a", "--with", "far:c", "--measure", "hyperdegree")
    found = document(run, case, *change)
    assert found["moved"]["treaty"] == {"a": {"hyperdegree": [1, 2]}, "c": {"hyperdegree": [1, 2]}}
    assert found["reranked"] == {
        "treaty": {
            "a": {"hyperdegree": [2, 1]},
            "c": {"hyperdegree": [2, 1]},
            "d": {"hyperdegree": [2, 4]},
            "e": {"hyperdegree": [2, 4]},
        }
    }
    earlier, later = (side["ranks"]["treaty"]["hyperdegree"] for side in (found["against"], found))
    assert (earlier["d"]["rank"], later["d"]["rank"]) == (2, 4)
    table = run("position", case, *change).stdout
    assert "  a  1 #2 -> 2 #1\n  c  1 #2 -> 2 #1\n  d  1 #2 -> 1 #4\n" in table
    assert "  b  " not in table.partition("commands")[0]  # first before and after, of two each


def test_the_least_constrained_is_first_before_and_after(run: Run, case: Path) -> None:
    change = ("--layer", "treaty", "--with", "far:b", "--measure", "constraint")
    found = document(run, case, *change)
    assert found["reranked"]["treaty"] == {"a": {"constraint": [2, 4]}, "c": {"constraint": [2, 4]}}


def test_without_draws_only_what_is_left_out_is_told(run: Run, case: Path) -> None:
    found = document(run, case, "--layer", "treaty", "--draws", "0")
    assert found["resampling"]["draws"] == 0
    rank = found["ranks"]["treaty"]["strength"]["a"]
    assert (rank["left_out"], rank["resampled"]) == ([1, 5], [2, 2])
    legend = run("position", case, "--draws", "0").stdout
    assert "takes with any one arrangement left out.\n" in legend
    assert "draws that weigh" not in legend


def test_ranks_are_explained_only_where_there_are_some(run: Run, case: Path) -> None:
    done = run("position", case, "--layer", "technology", "--measure", "betweenness")
    assert "the network is complete" in done.stdout
    assert "#:" not in done.stdout
    single = CASE.replace("layer: treaty", "layer: own", 1).replace("layer: treaty", "layer: other")
    single = single.replace("id: pacts", "id: single").replace("layer: other", "layer: third", 1)
    (case / "situation.yaml").write_text(single, encoding="utf-8")
    layers = ("--layer", "own", "--layer", "technology")
    done = run("position", case, *layers)
    assert "layers of one arrangement, whose parties stand alike" in done.stdout
    assert "#:" not in done.stdout


def test_another_day_shows_what_came(run: Run, case: Path) -> None:
    found = document(run, case, "--against", "2019-01-01", "--measure", "hyperdegree")
    assert found["against"]["as_of"] == "2019-01-01"
    assert found["moved"]["all"]["b"] == {"hyperdegree": [1, 3]}
    assert found["commands"]["altered"] == ["post"]
    assert found["commands"]["posts"]["post"]["needs"] == ["b"]


def test_what_carries_a_position_comes_first(run: Run, case: Path) -> None:
    found = document(run, case, "--layer", "all", "--actor", "c", "--measure", "degree")
    assert found["carried"] == {"all": {"degree": {"club": 1.0}}}


def test_blocs_give_brokers_their_roles(run: Run, case: Path) -> None:
    blocs = ("--bloc", "a,b", "--bloc", "c,d")
    found = document(run, case, "--layer", "treaty", *blocs)["layers"]["treaty"]["b"]
    assert (found["brokerage_gatekeeper"], found["brokerage_liaison"]) == (1, 0)
    assert "brokerage_gatekeeper" not in document(run, case)["layers"]["treaty"]["b"]


def test_the_table_reads_well(run: Run, case: Path) -> None:
    done = run("position", case)
    assert done.exit_code == 0
    assert done.stdout == TABLE


def test_the_table_of_a_change_says_what_it_is_and_how_to_read_it(run: Run, case: Path) -> None:
    done = run(
        "position",
        case,
        "--layer",
        "technology",
        "--with",
        "plan",
        "--against",
        "2019-01-01",
        "--actor",
        "d",
        "--measure",
        "katz",
        "--measure",
        "eigenvector",
    )
    assert done.exit_code == 0
    assert done.stdout == CHANGED


def test_where_nothing_is_in_force_or_moves_that_is_all_it_says(run: Run, case: Path) -> None:
    done = run("position", case, "--as-of", "1900-01-01", "--layer", "technology")
    assert "technology: no arrangement is in force\n\ncommands" in done.stdout
    done = run("position", case, "--as-of", "1900-01-01")
    assert "positions on 1900-01-01\n\nno arrangement is in force in any layer\n" in done.stdout
    done = run("position", case, "--against", "2023-01-01", "--layer", "treaty")
    assert done.stdout.endswith("beside those on 2023-01-01\n\nno position moved\n")


def test_what_came_later_is_taken_from_the_aftermath(run: Run, case: Path) -> None:
    (case / "situation.yaml").write_text(CASE + LATER, encoding="utf-8")
    done = run("position", case, "--as-of", "2025-06-01", "--layer", "technology")
    assert "what came after 2024-04-16 is taken from the aftermath" in done.stderr
    assert "2 arrangements, 4 actors" in done.stdout
    assert "came" not in run("position", case).stdout


def test_a_day_after_the_record_is_remarked_upon(run: Run, case: Path) -> None:
    done = run("position", case, "--as-of", "2025-06-01")
    assert done.exit_code == 0
    assert "the record ends on 2024-04-16: nothing later is in it" in done.stderr


def test_a_layer_is_exported(run: Run, case: Path) -> None:
    file = case / "treaty.graphml"
    done = run("position", case, "--layer", "treaty", "--export", file)
    assert done.exit_code == 0
    assert done.stderr.splitlines()[-1] == str(file)
    assert "hyperdegree" in file.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--layer", "treat"], "no layer `treat`: did you mean `treaty`?"),
        (["--measure", "katzz"], "no measure `katzz`: did you mean `katz`?"),
        (["--with", "clubb"], "no arrangement `clubb`: did you mean `club`?"),
        (["--without", "club:x"], "no actor `x`: one of a, b, c, d, e"),
        (
            ["--with", "club:"],
            "`club:` does not say which arrangement or party\n  write ID or ID:A",
        ),
        (["--without", ":a"], "`:a` does not say which arrangement or party\n  write ID or ID:A"),
        (["--with", ""], "`` does not say which arrangement or party\n  write ID or ID:ACTOR"),
        (["--actor", "x"], "no actor `x`: one of a, b, c, d, e"),
        (["--bloc", "a,x"], "no actor `x`: one of a, b, c, d, e"),
        (["--bloc", "a,b", "--bloc", "b,c"], "`b` stands in two blocs"),
        (["--as-of", "16/4/2024"], "`16/4/2024` is no day like 2024-04-16"),
        (["--export", "x.graphml"], "--export: which layer?"),
    ],
)
def test_what_is_wrong_is_said(run: Run, case: Path, arguments: list[str], said: str) -> None:
    done = run("position", case, *arguments)
    assert done.exit_code == 2
    assert said in done.stderr
