"""A small sound case, to be spoiled in one place."""

from __future__ import annotations

BASE = """\
detente: 1
id: pair
title: A pair
actors: {row: {}, col: {}}
options: {row: {arm: }, col: {arm: }}
preferences: {row: [{prefer: not col.arm}], col: [{prefer: col.arm}]}
"""


def but(**sections: str | None) -> str:
    """The base case with some sections changed, added or (None) left out, one line each."""
    lines = {line.partition(":")[0]: line for line in BASE.splitlines()}
    lines |= {name: f"{name}: {section}" for name, section in sections.items()}
    return "".join(
        f"{line}\n" for name, line in lines.items() if sections.get(name, "") is not None
    )
