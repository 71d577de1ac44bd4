"""SQL over a run: the frames as views of its shards, queried by DuckDB and never changed."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import duckdb

from detente.errors import InputError
from detente.futures.drawing.factors import factors
from detente.futures.reading.frames import FRAMES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pandas as pd
    import pyarrow as pa

    from detente.futures.reading.run import Run

__all__ = ["answer"]


def answer(run: Run, query: str) -> pd.DataFrame:
    """What a query comes to.

    Raises
    ------
    InputError
        If it is not one `SELECT`, or DuckDB refuses it.
    """
    with duckdb.connect(":memory:") as connection:
        views(run, connection)
        try:
            found = duckdb.extract_statements(query)
            if [each.type for each in found] != [duckdb.StatementType.SELECT]:
                raise InputError("SQL: only one SELECT\n  a run is read, never changed")
            frame: pd.DataFrame = connection.execute(query).df()
        except duckdb.Error as error:
            tables = "the tables are " + ", ".join(FRAMES)
            raise InputError(f"SQL: {str(error).strip()}\n  {tables}") from error
    return frame


def views(run: Run, connection: duckdb.DuckDBPyConnection) -> None:
    """Give the connection the frames by their names, and nothing else of the machine."""
    import pyarrow as pa

    files = shard_files(run)
    if not files:
        for name in FRAMES:
            frame = run.frame(name)
            table = pa.Table.from_pandas(frame, preserve_index=name == "futures")
            connection.register(name, table)
        return
    for name, query in over_shards(run, files):
        connection.execute(f"CREATE VIEW {name} AS {query}")
    folder = literal(str(files[0].parent))
    connection.execute(f"SET allowed_directories = [{folder}]")
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")


def shard_files(run: Run) -> list[Path]:
    """The shards, where DuckDB can read them as they lie: here, each future in one of them."""
    if run.store is None or not run.store.place.is_local:
        return []
    shards, place = run.store.shards(), run.store.place
    overlap = any(one.stop > other.start for one, other in pairwise(shards))
    return [] if overlap else [place.path(shard.name).resolve() for shard in shards]


def over_shards(run: Run, files: list[Path]) -> Iterator[tuple[str, str]]:
    """Each frame as a query."""
    import pyarrow.parquet as pq

    schema = pq.read_schema(files[0])
    most = run.manifest["futures"] if run.most is None else run.most
    source = f"read_parquet([{', '.join(literal(str(file)) for file in files)}])"
    source = f"(FROM {source} WHERE index < {int(most)})"
    names = [factor.name for factor in factors(run.situation)]
    drawn = [f"draw.{quoted(name)} AS {quoted(name)}" for name in names]
    plain = ["index AS future", *FRAMES["futures"], *drawn]
    yield "futures", f"SELECT {', '.join(plain)} FROM {source}"
    for name in FRAMES:
        if name != "futures":
            row = schema.field(name).type.value_type
            rows = f"(SELECT index AS future, status, unnest({name}) AS row FROM {source})"
            status = ["status"] if "status" in FRAMES[name] else []
            columns = ", ".join(["future", *status, *fields("row", row)])
            yield name, f"SELECT {columns} FROM {rows}"


def fields(of: str, row: pa.StructType) -> Iterator[str]:
    """The fields of a struct as columns; a goal as `goal.<id>`."""
    import pyarrow as pa

    for field in row:
        path = f"{of}.{quoted(field.name)}"
        if pa.types.is_struct(field.type):
            yield from (
                f"{path}.{quoted(goal.name)} AS {quoted('goal.' + goal.name)}"
                for goal in field.type
            )
        else:
            yield f"{path} AS {quoted(field.name)}"


def quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
