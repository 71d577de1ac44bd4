"""What is kept of a run: all of a chunk or nothing, and never of another run."""

from __future__ import annotations

import os
import time
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pytest

from detente.case import load
from detente.case.changes import case_hash
from detente.errors import InputError
from detente.futures.running.store import (
    Manifest,
    Shard,
    Store,
    created,
    fitting,
    kept,
    opened,
    refuse_others,
)
from tests.futures.kept import DOUBTED, written

CONCEPTS = ("nash", "seq")


@pytest.fixture
def case(tmp_path: Path) -> Path:
    return written(tmp_path / "written") / "situation.yaml"


def manifest(case: Path, futures: int = 100) -> Manifest:
    return Manifest("doubted", case_hash(case), "lhs", 0, ("nash",), futures, 10, 40, 5)


@pytest.fixture
def store(case: Path, tmp_path: Path) -> Store:
    return created(tmp_path / "run", manifest(case), case)


def chunk(shard: Shard) -> pa.Table:
    return pa.table({"index": list(range(*shard))})


def indexes(store: Store) -> list[int]:
    return [index for table in store.tables() for index in table["index"].to_pylist()]


def test_a_run_is_opened_as_it_was_made(store: Store, tmp_path: Path) -> None:
    assert kept(tmp_path / "run")
    assert opened(tmp_path / "run") == store
    assert store.situation().claims["follows"].says == "It goes too"


def test_an_empty_folder_holds_no_run(tmp_path: Path) -> None:
    assert not kept(tmp_path)
    with pytest.raises(InputError, match="no run is kept here\n  `detente ensemble PATH --out"):
        opened(tmp_path)


def test_chunks_are_small_where_statements_are_varied(store: Store) -> None:
    assert list(store.chunks()) == [(0, 5), (5, 10), (10, 50), (50, 90), (90, 100)]


def test_what_is_in_no_shard_is_missing(store: Store) -> None:
    for shard in (Shard(0, 5), Shard(30, 45), Shard(45, 60)):
        store.write(shard, chunk(shard))
    assert list(store.missing()) == [(5, 10), (10, 30), (60, 90), (90, 100)]
    assert indexes(store) == [*range(5), *range(30, 60)]


def test_futures_beyond_the_run_do_not_count(store: Store) -> None:
    store.write(Shard(0, 40), chunk(Shard(0, 40)))
    store.write(Shard(40, 80), chunk(Shard(40, 80)))
    assert indexes(store.changed(futures=50)) == list(range(50))
    assert opened(store.place.url).manifest.futures == 50


def test_a_file_half_written_is_no_shard_and_is_swept_when_it_is_old(store: Store) -> None:
    shards = store.place.path("shards")
    store.write(Shard(0, 5), chunk(Shard(0, 5)))
    for name in (".tmp-fresh", ".tmp-old"):
        (shards / name).write_bytes(b"PAR1")
    long_ago = time.time() - 86_400
    os.utime(shards / ".tmp-old", (long_ago, long_ago))
    assert store.shards() == (Shard(0, 5),)
    assert store.mended() == ()
    assert sorted(file.name for file in shards.iterdir()) == [
        ".tmp-fresh",
        "000000000-000000005.parquet",
    ]


def test_a_shard_without_its_end_or_its_rows_is_taken_away(store: Store) -> None:
    for shard in (Shard(0, 5), Shard(5, 10), Shard(10, 50)):
        store.write(shard, chunk(shard))
    torn = store.place.path(Shard(5, 10).name)
    torn.write_bytes(torn.read_bytes()[:-20])
    store.place.path(Shard(10, 50).name).write_bytes(
        torn.with_name(Shard(0, 5).name[7:]).read_bytes()
    )
    assert store.mended() == (Shard(5, 10), Shard(10, 50))
    assert store.shards() == (Shard(0, 5),)


def test_a_byte_that_turned_is_noticed_when_the_shard_is_read(store: Store) -> None:
    shard = Shard(10, 50)
    store.write(shard, chunk(shard))
    file = store.place.path(shard.name)
    content = bytearray(file.read_bytes())
    content[60] ^= 0xFF
    file.write_bytes(content)
    with pytest.raises(InputError, match=r"000000010-000000050.parquet cannot be read"):
        indexes(store)


def test_a_shard_that_is_part_of_another_is_taken_away(store: Store) -> None:
    for shard in (Shard(10, 50), Shard(10, 30), Shard(30, 50)):
        store.write(shard, chunk(shard))
    assert indexes(store) == list(range(10, 50))
    assert store.mended() == ()
    assert store.shards() == (Shard(10, 50),)


def test_of_two_machines_that_begin_a_run_the_second_takes_over_its_chunks(
    store: Store, case: Path, tmp_path: Path
) -> None:
    second = created(tmp_path / "run", replace(manifest(case), chunk=7), case)
    assert second == store


def test_a_run_can_grow_and_wait_longer_but_not_shrink(store: Store, case: Path) -> None:
    longer = replace(manifest(case, futures=150), timeout=9.0)
    grown = fitting(store, longer, case)
    assert (grown.manifest.futures, grown.manifest.timeout) == (150, 9.0)
    assert opened(store.place.url) == grown
    with pytest.raises(InputError, match="futures: 150 -> 100; a run can only grow"):
        fitting(grown, manifest(case), case)


@pytest.mark.parametrize(
    ("name", "now", "said"),
    [
        ("seed", 1, "seed: 0 -> 1"),
        ("design", "sobol", "design: lhs -> sobol"),
        ("concepts", CONCEPTS, "concepts: nash -> nash,seq"),
        ("varied", 11, "varied: 10 -> 11"),
        ("version", "9.9", "version:  -> 9.9"),
    ],
)
def test_another_run_is_refused_with_what_is_different(
    store: Store, case: Path, name: str, now: object, said: str
) -> None:
    with pytest.raises(InputError, match=f"holds another run\n  {said}\n  put back") as refused:
        fitting(store, replace(manifest(case), **{name: now}), case)  # type: ignore[arg-type]
    assert str(refused.value).count("\n") == 2


def test_a_changed_case_is_refused_with_what_changed(store: Store, tmp_path: Path) -> None:
    changed = written(tmp_path / "changed", DOUBTED.replace("credence: 0.6", "credence: 0.7"))
    main = changed / "situation.yaml"
    with pytest.raises(InputError, match=r"case: preferences\.b\.2\.credence: 0\.6 -> 0\.7"):
        fitting(store, manifest(main), main)


def test_a_comment_or_a_moved_section_is_no_change(store: Store, tmp_path: Path) -> None:
    head, mark, goals = DOUBTED.partition("goals: ")
    line, _, rest = goals.partition("\n")
    moved = written(tmp_path / "moved", f"# a remark\n{head}{rest}")
    (moved / "goals.yaml").write_text(f"{line}\n", encoding="utf-8")
    assert mark
    assert fitting(store, manifest(moved / "situation.yaml"), moved / "situation.yaml") == store


def test_a_damaged_manifest_is_said_to_be(store: Store) -> None:
    store.place.path("manifest.json").write_text('{"format": "detente.run/1"}', encoding="utf-8")
    with pytest.raises(InputError, match=r"manifest\.json is damaged"):
        opened(store.place.url)


@pytest.mark.parametrize("url", ["memory://{}/run", "{}/run"])
def test_a_folder_with_anything_else_in_it_is_refused(case: Path, tmp_path: Path, url: str) -> None:
    where = url.format(tmp_path)
    refuse_others(where, case)
    store = created(where, manifest(case), case)
    store.write(Shard(0, 5), chunk(Shard(0, 5)))
    refuse_others(where, case)
    store.place.remove("manifest.json")
    store.place.put("thesis.docx", b"")
    said = "no run is kept here, and the folder is not empty: shards, thesis.docx\n  choose another"
    with pytest.raises(InputError, match=said):
        refuse_others(where, case)


def test_a_run_killed_while_its_case_was_copied_can_begin_again(
    store: Store, case: Path, tmp_path: Path
) -> None:
    store.place.remove("manifest.json")
    refuse_others(store.place.url, case)
    other = written(tmp_path / "other", f"# another case\n{DOUBTED}") / "situation.yaml"
    with pytest.raises(InputError, match="not empty: case\n"):
        refuse_others(store.place.url, other)


def test_a_run_may_be_kept_where_fsspec_reaches(case: Path, tmp_path: Path) -> None:
    url = f"memory://{tmp_path.name}"
    store = created(url, manifest(case), case)
    assert created(url, replace(manifest(case), chunk=7), case) == store
    for shard in (Shard(0, 5), Shard(5, 10)):
        store.write(shard, chunk(shard))
    store.place.put(Shard(5, 10).name, b"PAR1")
    assert store.mended() == (Shard(5, 10),)
    assert indexes(opened(url)) == list(range(5))
    assert store.situation().id == "doubted"
    assert store.place.changed(Shard(0, 5).name) > 0


def test_an_unknown_kind_of_url_is_said_to_be() -> None:
    with pytest.raises(InputError, match="gopher://run: Protocol not known: gopher"):
        opened("gopher://run")


def test_a_case_of_another_program_is_kept_as_what_it_stands_for(tmp_path: Path) -> None:
    file = Path(__file__).parents[1] / "interop" / "samples" / "elmira.gmcr"
    run = created(tmp_path / "run", manifest(file), file)
    assert run.situation().options == load(file).options
