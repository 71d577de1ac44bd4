"""What arrangements share, and what each path would reach: read off a small case by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from detente.case.hindsight import blind
from detente.case.situation import Situation
from detente.errors import InputError
from detente.network.crosswalk import crosswalk
from tests.case.writing import read

CASE = """\
detente: 1
id: reach
title: Which club?
as_of: 2024-01-01
focus: row
actors: {row: {}, col: {}, third: {}}
arrangements:
  club: {name: Club, layer: technology, kind: club, parties: [col, third]}
  old: {name: Old, layer: technology, kind: treaty, parties: [row, col]}
  late: {name: Late, layer: technology, kind: treaty, parties: [row, third], from: 2025-01-01}
tasks: {watch: {label: Watch}, strike: {label: Strike}, feed: {label: Feed}}
capabilities:
  radar: {label: Radar, arrangements: [club, late], tasks: [watch]}
  sonar: {label: Sonar, arrangements: [club], tasks: [watch, strike]}
  ships: {label: Ships, arrangements: [old]}
  own: {label: Own, actors: [row], tasks: [strike]}
options:
  row:
    join: {enacts: {yes: {join: club}}}
    leave: {enacts: {yes: {leave: old}}}
  col: {arm: {}}
preferences: {row: [{prefer: row.join}], col: [{prefer: col.arm}]}
strategies:
  wait: {row.join: no}
  enter: {row.join: yes}
  turn: {row.join: yes, row.leave: yes}
  theirs: {col.arm: yes}
"""


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Situation:
    return read(tmp_path_factory.mktemp("reach"), CASE)


def test_tasks_are_served_through_arrangements(case: Situation) -> None:
    found = crosswalk(case)
    assert found.served == {
        ("watch", "club"): ("radar", "sonar"),
        ("watch", "late"): ("radar",),
        ("strike", "club"): ("sonar",),
    }
    assert found.without_task == ("ships",)
    assert found.unserved == ("feed",)
    assert found.to_frame().loc["watch"].to_dict() == {"club": 2, "late": 1}


def test_a_path_adds_what_it_joins_and_gives_up_what_it_leaves(case: Situation) -> None:
    paths = {path.strategy: path for path in crosswalk(case).paths}
    assert list(paths) == ["", "wait", "enter", "turn"]
    assert paths[""].reached == ("ships", "own")
    assert paths["wait"].new == paths["wait"].lost == ()
    assert (paths["enter"].new, paths["enter"].lost) == (("radar", "sonar"), ())
    assert paths["enter"].tasks == ("watch", "strike")
    assert (paths["turn"].new, paths["turn"].lost) == (("radar", "sonar"), ("ships",))
    assert [str(each) for each in paths["turn"].changes] == ["with club:row", "without old:row"]


def test_parties_are_looked_up_on_the_day(case: Situation) -> None:
    assert crosswalk(case, day=date(2025, 6, 1)).paths[0].reached == ("radar", "ships", "own")


def test_nobody_shares_anything_through_an_arrangement_that_is_not_there(case: Situation) -> None:
    rest = {id: each for id, each in case.arrangements.items() if id != "old"}
    now, *_ = crosswalk(replace(case, arrangements=rest)).paths
    assert now.reached == ("own",)


def test_what_only_later_sources_support_is_not_reached_by_the_blind(tmp_path: Path) -> None:
    later = "sources: {after: {type: report, title: After, issued: 2024-02-01}}\n"
    written = CASE.replace(
        "parties: [row, col]", "parties: [row, col], evidence: [{source: after}]"
    )
    paths = {
        path.strategy: path for path in crosswalk(blind(read(tmp_path, later + written))).paths
    }
    assert paths[""].reached == ("own",)
    assert paths["turn"].new == ("radar", "sonar")


def test_another_actor_has_its_own_reach_and_paths(case: Situation) -> None:
    now, theirs = crosswalk(case, "col").paths
    assert now.reached == ("radar", "sonar", "ships")
    assert (theirs.strategy, theirs.changes) == ("theirs", ())


@pytest.mark.parametrize(
    ("sections", "actor", "message"),
    [
        ("capabilities: {}", None, "has no `capabilities`"),
        ("focus:", None, "nobody in `focus`"),
        ("as_of:", None, "has no `as_of`"),
        ("", "rwo", "no actor `rwo`: did you mean `row`?"),
    ],
)
def test_what_is_missing_is_said(
    tmp_path: Path, sections: str, actor: str | None, message: str
) -> None:
    name = sections.partition(":")[0]
    lines = CASE.splitlines(keepends=True)
    if name == "capabilities":
        start = lines.index("capabilities:\n")
        lines = lines[:start] + lines[start + 5 :]
    elif name:
        lines = [line for line in lines if not line.startswith(name)]
    with pytest.raises(InputError, match=message):
        crosswalk(read(tmp_path, "".join(lines)), actor)
