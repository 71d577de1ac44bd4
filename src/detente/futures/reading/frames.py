"""The tidy frames of a run, made of its shards; one row for one thing, and a status in each."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import pandas as pd
    import pyarrow as pa

    from detente.case.situation import Situation
    from detente.futures.drawing.factors import Factor

__all__ = ["FRAMES", "empty", "frame_of", "head_of", "typed"]

Key = tuple[str, str, str]

MOST_CATEGORIES = 120  # the orders of five statements

FRAMES: Mapping[str, Mapping[str, str]] = {
    "futures": {"status": "str", "reason": "str", "weight": "float64", "varied": "bool"},
    "claims": {
        "future": "int64", "view": "str", "claim": "str", "concept": "str", "status": "str",
        "holds": "boolean", "against": "boolean", "determined": "bool",
    },
    "strategies": {
        "future": "int64", "view": "str", "strategy": "str", "concept": "str", "status": "str",
        "attainable": "Int32", "best": "Int32", "worst": "Int32",
        "utility_best": "float64", "utility_worst": "float64",
    },
    "outcomes": {
        "future": "int64", "view": "str", "strategy": "str", "concept": "str", "state": "str",
    },
    "turned": {
        "future": "int64", "view": "str", "claim": "str", "statement": "str", "change": "str",
        "swapped_with": "str", "holds": "boolean", "against": "boolean", "determined": "bool",
    },
}  # fmt: skip
"""Frame -> its columns and their types; a factor or a goal adds a column of its own."""


def empty(name: str) -> pd.DataFrame:
    """A frame of this name without rows."""
    import pandas as pd

    columns = {column: pd.Series(dtype=kind) for column, kind in FRAMES[name].items()}
    frame = pd.DataFrame(columns)
    return frame.rename_axis("future") if name == "futures" else frame


def head_of(frame: pd.DataFrame, name: str, most: int | None) -> pd.DataFrame:
    """The rows of the futures before this one."""
    if most is None:
        return frame
    futures = frame.index if name == "futures" else frame["future"]
    return frame[futures < most]


def frame_of(table: pa.Table, name: str, situation: Situation) -> pd.DataFrame:
    """One frame of a shard.

    Parameters
    ----------
    table
        A shard as it is kept: one row a future, what was found in it nested.
    name
        One of `FRAMES`.
    situation
        What the analyst wrote.
    """
    if name == "futures":
        return futures_of(table, situation)
    frame: pd.DataFrame = unnested(table, name)
    if name == "claims":
        frame = with_failed(frame, table, list(claim_keys(table, situation)))
    return typed(frame, name)


def typed(frame: pd.DataFrame, name: str) -> pd.DataFrame:
    """A frame whose columns have the types that every frame of this name has."""
    return frame.astype({column: kind for column, kind in FRAMES[name].items() if column in frame})


# ------------------------------------------------------------------------------------- futures


def futures_of(table: pa.Table, situation: Situation) -> pd.DataFrame:
    """Status, weight and draws; a choice or an order by the name of its level."""
    import pandas as pd

    from detente.futures.drawing.factors import factors

    kept = table.select(["index", *FRAMES["futures"]]).to_pandas()
    frame = kept.rename(columns={"index": "future"}).set_index("future")
    drawn = table.column("draw").combine_chunks()
    columns: dict[str, Any] = {}
    for factor in factors(situation):
        values = drawn.field(factor.name).to_pandas()
        is_named = factor.kind in ("choice", "order")
        columns[factor.name] = named(values, factor) if is_named else values.to_numpy()
    plain = frame.astype(dict(FRAMES["futures"]))
    whole: pd.DataFrame = pd.concat([plain, pd.DataFrame(columns, index=frame.index)], axis=1)
    return whole


def named(values: pd.Series[Any], factor: Factor) -> pd.Categorical[Any]:
    """Names of levels; all of them are categories, unless orders are too many to spell out."""
    import pandas as pd

    few = len(factor.levels) <= MOST_CATEGORIES
    return pd.Categorical(values, categories=list(factor.levels) if few else None)


# ------------------------------------------------------------------------------------ the others


def unnested(table: pa.Table, name: str) -> pd.DataFrame:
    """A column of lists as rows of their own, each with its future."""
    import pandas as pd
    import pyarrow as pa
    import pyarrow.compute as pc

    lists = table.column(name).combine_chunks()
    parents = pc.list_parent_indices(lists)
    columns = {"future": pc.take(table.column("index").combine_chunks(), parents)}
    if "status" in FRAMES[name]:
        columns["status"] = pc.take(table.column("status").combine_chunks(), parents)
    columns |= dict(fields_of(lists.flatten()))
    types = {pa.bool_(): pd.BooleanDtype(), pa.int32(): pd.Int32Dtype()}
    frame = pa.table(columns).to_pandas(types_mapper=types.get)
    first = [column for column in FRAMES[name] if column in frame]
    ordered: pd.DataFrame = frame[[*first, *(each for each in frame if each not in first)]]
    return ordered


def fields_of(rows: pa.StructArray, before: str = "") -> Iterator[tuple[str, pa.Array]]:
    """Each field; those of a goal as `goal.<id>`."""
    import pyarrow as pa

    for field in rows.type:
        values = rows.field(field.name)
        if pa.types.is_struct(field.type):
            yield from fields_of(values, "goal.")
        else:
            yield before + field.name, values


def claim_keys(table: pa.Table, situation: Situation) -> Iterator[Key]:
    """What is asked in every future: view, claim, concept; known where one future is ok."""
    import pyarrow.compute as pc

    asked = table.filter(pc.equal(table.column("status"), "ok")).slice(0, 1)
    if asked.num_rows:
        rows = unnested(asked, "claims")
        yield from zip(rows["view"], rows["claim"], rows["concept"], strict=True)
    else:
        from detente.claims.argument import KINDS, headline

        asking = [each for each in situation.claims.values() if type(each.test) in KINDS]
        for view, claim in product(("", *situation.views), asking):
            yield view, claim.id, headline(claim)


def with_failed(frame: pd.DataFrame, table: pa.Table, keys: Sequence[Key]) -> pd.DataFrame:
    """The rows, and one for each claim of a future that failed: nothing is filled in."""
    import pandas as pd
    import pyarrow.compute as pc

    failed = table.filter(pc.not_equal(table.column("status"), "ok"))
    missing = [
        (future, *key, status, pd.NA, pd.NA, False)
        for future, status in zip(
            failed.column("index").to_pylist(), failed.column("status").to_pylist(), strict=True
        )
        for key in keys
    ]
    if not missing:
        return frame
    columns = ["future", "view", "claim", "concept", "status", "holds", "against", "determined"]
    rows = pd.DataFrame(missing, columns=columns).astype(dict(FRAMES["claims"]))
    both = pd.concat([frame.astype(dict(FRAMES["claims"])), rows], ignore_index=True)
    return both.sort_values("future", kind="stable", ignore_index=True)
