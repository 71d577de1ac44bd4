"""Expressions: the caret stands under the character inside the YAML string."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.errors.pair import BASE, but

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param(
            but(infeasible="[{when: row.arm and (col.amr or colarm)}]"),
            """\
situation.yaml:7:34: infeasible.1.when: unknown name `col.amr`
  7 | infeasible: [{when: row.arm and (col.amr or colarm)}]
    |                                  ^^^^^^^  did you mean `col.arm`?
situation.yaml:7:45: infeasible.1.when: unknown name `colarm`
  7 | infeasible: [{when: row.arm and (col.amr or colarm)}]
    |                                             ^^^^^^  did you mean `col.arm`?
2 problems; nothing was computed""",
            id="unknown",
        ),
        pytest.param(
            but(
                options="{row: {arm: {levels: [none, some, much]}}, col: {arm: }}",
                infeasible="[{when: row.arm == mcuh}]",
            ),
            """\
situation.yaml:7:32: infeasible.1.when: `mcuh` is not a level
  7 | infeasible: [{when: row.arm == mcuh}]
    |                                ^^^^  did you mean `much`?
1 problem; nothing was computed""",
            id="level-in-expr",
        ),
        pytest.param(
            but(infeasible='[{when: "row.arm\\x20and not col.amr"}]'),
            """\
situation.yaml:7:41: infeasible.1.when: unknown name `col.amr`
  7 | infeasible: [{when: "row.arm\\x20and not col.amr"}]
    |                                         ^^^^^^^  did you mean `col.arm`?
1 problem; nothing was computed""",
            id="quoted",
        ),
        pytest.param(
            but(infeasible="[{when: 'row.arm and ''col'''}]"),
            """\
situation.yaml:7:34: infeasible.1.when: unexpected `'`
  7 | infeasible: [{when: 'row.arm and ''col'''}]
    |                                  ^^
1 problem; nothing was computed""",
            id="single",
        ),
        pytest.param(
            BASE + "infeasible:\n  - when: |\n      row.arm\n        and col.amr\n",
            """\
situation.yaml:10:13: infeasible.1.when: unknown name `col.amr`
  10 |         and col.amr
     |             ^^^^^^^  did you mean `col.arm`?
1 problem; nothing was computed""",
            id="block",
        ),
        pytest.param(
            BASE + "infeasible:\n  - when: row.arm and\n      (col.arm or\n       col.amr)\n",
            """\
situation.yaml:10:8: infeasible.1.when: unknown name `col.amr`
  10 |        col.amr)
     |        ^^^^^^^  did you mean `col.arm`?
1 problem; nothing was computed""",
            id="folded",
        ),
        pytest.param(
            but(infeasible=f"[{{when: {' or '.join(['row.arm'] * 20)} or row.amr}}]"),
            """\
situation.yaml:7:241: infeasible.1.when: unknown name `row.amr`
  7 | …rm or row.arm or row.arm or row.arm or row.arm or row.amr}]
    |                                                    ^^^^^^^  did you mean `row.arm`?
1 problem; nothing was computed""",
            id="long-line",
        ),
        pytest.param(
            but(infeasible="[{when: row.arm = yes}]"),
            """\
situation.yaml:7:29: infeasible.1.when: unexpected `=`
  7 | infeasible: [{when: row.arm = yes}]
    |                             ^  `==` compares
1 problem; nothing was computed""",
            id="equals",
        ),
        pytest.param(
            but(infeasible="[{when: row.arm AND col.arm}]"),
            """\
situation.yaml:7:29: infeasible.1.when: unexpected `AND`
  7 | infeasible: [{when: row.arm AND col.arm}]
    |                             ^^^  write `and`
1 problem; nothing was computed""",
            id="and",
        ),
        pytest.param(
            but(infeasible="[{when: row.arm and}]"),
            """\
situation.yaml:7:32: infeasible.1.when: ends too early
  7 | infeasible: [{when: row.arm and}]
    |                                ^
1 problem; nothing was computed""",
            id="end",
        ),
        pytest.param(
            but(infeasible="[{when: row.arm + 1}]"),
            """\
situation.yaml:7:21: infeasible.1.when: a number where a truth value is asked for
  7 | infeasible: [{when: row.arm + 1}]
    |                     ^^^^^^^^^^^  compare it with something
1 problem; nothing was computed""",
            id="number",
        ),
        pytest.param(
            but(infeasible="[{when: 0 < row.arm < 2}]"),
            """\
situation.yaml:7:33: infeasible.1.when: comparisons do not chain
  7 | infeasible: [{when: 0 < row.arm < 2}]
    |                                 ^  join two comparisons with `and`
1 problem; nothing was computed""",
            id="chain",
        ),
        pytest.param(
            but(
                indicators="{both: {formula: row.arm and col.arm}}",
                infeasible="[{when: both == yes}]",
            ),
            """\
situation.yaml:8:21: infeasible.1.when: a truth value cannot be compared
  8 | infeasible: [{when: both == yes}]
    |                     ^^^^  use `iff`, or leave the comparison out
1 problem; nothing was computed""",
            id="truth-compared",
        ),
        pytest.param(
            but(indicators="{a: {formula: mx(row.arm)}, b: {formula: min(row.arm)}}"),
            """\
situation.yaml:7:27: indicators.a.formula: unknown function `mx`
  7 | indicators: {a: {formula: mx(row.arm)}, b: {formula: min(row.arm)}}
    |                           ^^  did you mean `max`?
situation.yaml:7:54: indicators.b.formula: `min` takes two or more arguments
  7 | indicators: {a: {formula: mx(row.arm)}, b: {formula: min(row.arm)}}
    |                                                      ^^^
2 problems; nothing was computed""",
            id="function",
        ),
        pytest.param(
            but(indicators="{u: {formula: abs()}}"),
            """\
situation.yaml:7:27: indicators.u.formula: `abs` takes one argument
  7 | indicators: {u: {formula: abs()}}
    |                           ^^^
1 problem; nothing was computed""",
            id="no-arguments",
        ),
        pytest.param(
            but(indicators="{a: {formula: b + 1}, b: {formula: 2 * c}, c: {formula: a}}"),
            """\
situation.yaml:7:27: indicators.a.formula: `a` is defined by itself: a → b → c → a
  7 | indicators: {a: {formula: b + 1}, b: {formula: 2 * c}, c: {formula: a}}
    |                           ^^^^^
1 problem; nothing was computed""",
            id="cycle",
        ),
        pytest.param(
            but(preferences="{row: [{prefer: col.arm, when: col.arm}], col: [{prefer: col.arm}]}"),
            """\
situation.yaml:6:45: preferences.row.1.when: a condition names uncertainties only, not the option `col.arm`
  6 | preferences: {row: [{prefer: col.arm, when: col.arm}], col: [{prefer: col.arm}]}
    |                                             ^^^^^^^
1 problem; nothing was computed""",
            id="when-options",
        ),
        pytest.param(
            but(indicators="{u: {formula: 1e999}}"),
            """\
situation.yaml:7:27: indicators.u.formula: too large a number
  7 | indicators: {u: {formula: 1e999}}
    |                           ^^^^^
1 problem; nothing was computed""",
            id="large-number",
        ),
        pytest.param(
            but(
                infeasible="[{when: not not not not not not not not not not not not not not not not not not not not not not not not not not not not not not not not not not not not not not not not not not not not not not not not not not not not not not not not not not not not not not not not not not not not not not not not not not not not not not not not not not not not not not not not not not not not not not not not not not not not row.arm}]"
            ),
            """\
situation.yaml:7:21: infeasible.1.when: nested deeper than 100
  7 | infeasible: [{when: not not not not not not not not not not not not not not not not not not not not …
    |                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^  name its parts as indicators
1 problem; nothing was computed""",
            id="deep-formula",
        ),
    ],
)
def test_what_is_said(said: Callable[[str], str], text: str, message: str) -> None:
    assert said(text) == message
