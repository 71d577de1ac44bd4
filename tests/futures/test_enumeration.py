"""A large run of a small case: its shares are exact, and it is in memory shard by shard."""

from __future__ import annotations

import tracemalloc
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pytest

from detente.case import load
from detente.futures.drawing.design import Design, combinations
from detente.futures.judging.shares import counted
from detente.futures.reading.run import run_of
from detente.futures.running.driver import Means, Settings, ensemble
from detente.futures.running.store import Shard, Store
from tests.futures.finite import AGAINST, FINITE, FOLLOWS, shares
from tests.futures.kept import written

if TYPE_CHECKING:
    from pathlib import Path

    from detente.futures.judging.shares import Counted
    from detente.futures.reading.run import Run

FUTURES, CHUNK = 100_000, 5_000
ERRORS = 4.4  # standard errors of independent draws: one share in 100,000 is farther off by chance


def run(folder: Path, futures: int, design: Design) -> Run:
    case = load(written(folder / "case", FINITE))
    settings, means = Settings(design, varied=0), Means(workers=0, chunk=CHUNK)
    return run_of(ensemble(case, futures, folder / "run", settings, means))


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Run:
    return run(tmp_path_factory.mktemp("large"), FUTURES, Design(seed=1))


@pytest.fixture(scope="module")
def exact(tmp_path_factory: pytest.TempPathFactory) -> Counted:
    """Every combination, with its weight."""
    folder = tmp_path_factory.mktemp("exact")
    count = combinations(load(written(folder / "case", FINITE)))
    return counted(run(folder, count, Design("factorial")))


def test_enumeration_comes_to_what_the_case_was_made_for(exact: Counted) -> None:
    assert exact.ok == 2 * 2 * 2 * 2
    holds, against = exact.asked.means[0, 0], exact.asked.means[2, 0]
    assert (holds, against) == pytest.approx((FOLLOWS, AGAINST), abs=1e-12)
    names = [key.name for key in exact.layout.strategies]
    calm = dict(zip(names, exact.met.means[0], strict=True))
    assert calm == pytest.approx({"going": 1 - FOLLOWS, "staying": 1 - AGAINST}, abs=1e-12)


def test_shares_of_many_futures_are_those_of_all_combinations(large: Run, exact: Counted) -> None:
    found, expected = shares(counted(large)), shares(exact)
    assert 0.2 < expected.min() < 0.3
    error = np.sqrt(expected * (1 - expected) / FUTURES)
    assert (np.abs(found - expected) <= ERRORS * error).all()


def test_counting_needs_the_memory_of_a_few_shards(
    large: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, arrow, shards, read = pa.total_allocated_bytes(), [0], [0], Store.read

    def watched(*asked: Any) -> Any:
        table = read(*asked)
        arrow.append(pa.total_allocated_bytes() - before)
        shards.append(table.nbytes)
        return table

    monkeypatch.setattr(Store, "read", watched)
    tracemalloc.start()
    counted(large)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(shards) > FUTURES / CHUNK == 20
    assert max(arrow) < 7 * max(shards)
    assert most < 7 * max(shards)


def test_of_a_run_of_which_the_head_counts_nothing_else_is_read(
    large: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    shards = []
    read = Store.read

    def watched(store: Store, shard: Shard, *columns: Any) -> Any:
        shards.append(shard)
        return read(store, shard, *columns)

    monkeypatch.setattr(Store, "read", watched)
    assert sum(len(each["futures"]) for each in large.head(CHUNK + 1).parts("futures")) == CHUNK + 1
    assert shards[-1].start <= 2 * CHUNK
