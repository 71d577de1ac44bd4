"""Names that are not known, or mean two things."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.errors.pair import but

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param(
            but(focus="rwo"),
            """\
situation.yaml:7:8: focus: unknown decision maker `rwo`
  7 | focus: rwo
    |        ^^^  did you mean `row`?
1 problem; nothing was computed""",
            id="unknown-actor",
        ),
        pytest.param(
            but(actors="{row: {}, col: {}, un: {}}", focus="un"),
            """\
situation.yaml:7:8: focus: `un` has no options: it decides nothing
  7 | focus: un
    |        ^^  known: row, col
1 problem; nothing was computed""",
            id="decides-nothing",
        ),
        pytest.param(
            but(status_quo="{arm: no}"),
            """\
situation.yaml:7:14: status_quo: expected an option: `actor.option`, got `arm`
  7 | status_quo: {arm: no}
    |              ^^^
1 problem; nothing was computed""",
            id="option-key",
        ),
        pytest.param(
            but(status_quo="{row.ram: no}"),
            """\
situation.yaml:7:14: status_quo: unknown option `row.ram`
  7 | status_quo: {row.ram: no}
    |              ^^^^^^^  did you mean `row.arm`?
1 problem; nothing was computed""",
            id="unknown-option",
        ),
        pytest.param(
            but(status_quo="{row.arm: ys}"),
            """\
situation.yaml:7:23: status_quo.row.arm: `ys` is not a level of `row.arm`
  7 | status_quo: {row.arm: ys}
    |                       ^^  did you mean `yes`?
1 problem; nothing was computed""",
            id="unknown-level",
        ),
        pytest.param(
            but(
                actors="{row: {evidence: [{source: memo}]}, col: {}}",
                sources="{meno: {type: report, title: T}}",
            ),
            """\
situation.yaml:4:36: actors.row.evidence.1.source: unknown source `memo`
  4 | actors: {row: {evidence: [{source: memo}]}, col: {}}
    |                                    ^^^^  did you mean `meno`?
1 problem; nothing was computed""",
            id="source",
        ),
        pytest.param(
            but(strategies="{hold: {row.arm: no}}", recommendation="{strategy: hodl}", focus="row"),
            """\
situation.yaml:8:28: recommendation.strategy: unknown strategy `hodl`
  8 | recommendation: {strategy: hodl}
    |                            ^^^^  did you mean `hold`?
1 problem; nothing was computed""",
            id="strategy",
        ),
        pytest.param(
            but(
                strategies="{hold: {row.arm: no}}",
                focus="row",
                claims="{c: {says: A, test: {kind: compare, under: hold, against: {row.arm: yes}, of: calm, is: better}}}",
            ),
            """\
situation.yaml:9:87: claims.c.test.of: unknown goal `calm`
  9 | …ompare, under: hold, against: {row.arm: yes}, of: calm, is: better}}}
    |                                                    ^^^^
1 problem; nothing was computed""",
            id="goal",
        ),
        pytest.param(
            but(
                strategies="{hold: {row.arm: no}}",
                focus="row",
                claims="{c: {says: A, test: {kind: compare, under: hold, against: {row.arm: yes}, of: bset(row), is: better}}}",
            ),
            """\
situation.yaml:9:87: claims.c.test.of: `bset(row)` is neither a goal nor `best(actor)` or `worst(actor)`
  9 | …ompare, under: hold, against: {row.arm: yes}, of: bset(row), is: better}}}
    |                                                    ^^^^^^^^^
1 problem; nothing was computed""",
            id="best",
        ),
        pytest.param(
            but(indicators="{max: {formula: row.arm}}"),
            """\
situation.yaml:7:14: indicators: `max` is a word of the expression language
  7 | indicators: {max: {formula: row.arm}}
    |              ^^^  choose another name
1 problem; nothing was computed""",
            id="reserved",
        ),
        pytest.param(
            but(claims='{c: {says: A, test: {kind: stability, state: "000", is: equilibrium}}}'),
            """\
situation.yaml:7:54: claims.c.test.state: `000` is not the code of a state
  7 | claims: {c: {says: A, test: {kind: stability, state: "000", is: equilibrium}}}
    |                                                      ^^^^^  one character for each of the 2 options
1 problem; nothing was computed""",
            id="codes",
        ),
        pytest.param(
            but(option_order="[row.arm]"),
            """\
situation.yaml:7:1: every option stands here once: `col.arm` is missing
  7 | option_order: [row.arm]
    | ^^^^^^^^^^^^
1 problem; nothing was computed""",
            id="option-order",
        ),
        pytest.param(
            but(focus="rwo", infeasible="[{when: row.amr}, {when: col.amr}]"),
            """\
situation.yaml:7:8: focus: unknown decision maker `rwo`
  7 | focus: rwo
    |        ^^^  did you mean `row`?
situation.yaml:8:21: infeasible.1.when: unknown name `row.amr`
  8 | infeasible: [{when: row.amr}, {when: col.amr}]
    |                     ^^^^^^^  did you mean `row.arm`?
situation.yaml:8:38: infeasible.2.when: unknown name `col.amr`
  8 | infeasible: [{when: row.amr}, {when: col.amr}]
    |                                      ^^^^^^^  did you mean `col.arm`?
3 problems; nothing was computed""",
            id="two-on-a-line",
        ),
        pytest.param(
            but(focus="row", goals="[{id: g, test: row.arm}, {id: g, test: col.arm}]"),
            """\
situation.yaml:8:14: goals.1.id: several goals are called `g`
  8 | goals: [{id: g, test: row.arm}, {id: g, test: col.arm}]
    |              ^
situation.yaml:8:38: goals.2.id: several goals are called `g`
  8 | goals: [{id: g, test: row.arm}, {id: g, test: col.arm}]
    |                                      ^
2 problems; nothing was computed""",
            id="goals-alike",
        ),
        pytest.param(
            but(
                claims="{c: {says: A, test: {kind: compare, under: {row.arm: no}, against: {row.arm: yes}, of: best(), is: better}}}"
            ),
            """\
situation.yaml:7:96: claims.c.test.of: `best()` is neither a goal nor `best(actor)` or `worst(actor)`
  7 | …nder: {row.arm: no}, against: {row.arm: yes}, of: best(), is: better}}}
    |                                                    ^^^^^^
1 problem; nothing was computed""",
            id="best-of-nobody",
        ),
        pytest.param(
            but(
                actors="{row: {}, col: {}, un: {}}",
                claims="{c: {says: A, test: {kind: stability, state: not row.arm, for: row, is: stable, because: un, concept: seq}}}",
            ),
            """\
situation.yaml:7:98: claims.c.test.because: `un` has no options: it decides nothing
  7 | …tate: not row.arm, for: row, is: stable, because: un, concept: seq}}}
    |                                                    ^^  known: row, col
1 problem; nothing was computed""",
            id="because-of-a-bystander",
        ),
        pytest.param(
            but(
                uncertainties="{u: {kind: event, probability: 0.5}}",
                indicators="{u: {formula: row.arm}}",
            ),
            """\
situation.yaml:8:14: indicators: `u` is also one of `uncertainties`
  8 | indicators: {u: {formula: row.arm}}
    |              ^  choose another name
1 problem; nothing was computed""",
            id="also-uncertain",
        ),
        pytest.param(
            but(
                uncertainties="{u: {kind: event, probability: 0.5}}",
                commitments="{u: {says: A, parties: [row], layer: b, executed: 0.5}}",
            ),
            """\
situation.yaml:8:15: commitments: `u` is also one of `uncertainties`
  8 | commitments: {u: {says: A, parties: [row], layer: b, executed: 0.5}}
    |               ^  choose another name
1 problem; nothing was computed""",
            id="also-promised",
        ),
        pytest.param(
            but(
                commitments="{a: {says: A, parties: [row], layer: b}}",
                goals="[{id: g, test: row.arm or a}]",
                focus="row",
            ),
            """\
situation.yaml:8:34: goals.1.test: unknown name `a`
  8 | goals: [{id: g, test: row.arm or a}]
    |                                  ^  known: row.arm, col.arm
1 problem; nothing was computed""",
            id="certain-promise-in-an-expression",
        ),
        pytest.param(
            but(
                uncertainties="{rain: {kind: event, probability: 0.5}}",
                commitments="{help: {says: A, parties: [row], layer: b, executed: 0.5}}",
                correlations="[{between: [rain, hlep], rank: 0.5}]",
            ),
            """\
situation.yaml:9:33: correlations.1.between.2: unknown factor `hlep`
  9 | correlations: [{between: [rain, hlep], rank: 0.5}]
    |                                 ^^^^  did you mean `help`?
1 problem; nothing was computed""",
            id="correlated-with-nothing",
        ),
        pytest.param(
            but(
                strategies="{s: {commit: {row.amr: yes}, then: [{if: col.amr, commit: {row.arm: si}}]}}",
                focus="row",
            ),
            """\
situation.yaml:7:27: strategies.s.commit: unknown option `row.amr`
  7 | strategies: {s: {commit: {row.amr: yes}, then: [{if: col.amr, commit: {row.arm: si}}]}}
    |                           ^^^^^^^  did you mean `row.arm`?
situation.yaml:7:54: strategies.s.then.1.if: unknown name `col.amr`
  7 | strategies: {s: {commit: {row.amr: yes}, then: [{if: col.amr, commit: {row.arm: si}}]}}
    |                                                      ^^^^^^^  did you mean `col.arm`?
situation.yaml:7:81: strategies.s.then.1.commit.row.arm: `si` is not a level of `row.arm`
  7 | strategies: {s: {commit: {row.amr: yes}, then: [{if: col.amr, commit: {row.arm: si}}]}}
    |                                                                                 ^^  known: no, yes
3 problems; nothing was computed""",
            id="in-steps",
        ),
        pytest.param(
            but(
                options="{row: {arm: {levels: [not, yes]}}, col: {arm: {levels: {or: a, and: b}}}}"
            ),
            """\
situation.yaml:5:32: options.row.arm.levels: `not` is a word of the expression language
  5 | options: {row: {arm: {levels: [not, yes]}}, col: {arm: {levels: {or: a, and: b}}}}
    |                                ^^^  choose another name
situation.yaml:5:66: options.col.arm.levels: `or` is a word of the expression language
  5 | options: {row: {arm: {levels: [not, yes]}}, col: {arm: {levels: {or: a, and: b}}}}
    |                                                                  ^^  choose another name
situation.yaml:5:73: options.col.arm.levels: `and` is a word of the expression language
  5 | options: {row: {arm: {levels: [not, yes]}}, col: {arm: {levels: {or: a, and: b}}}}
    |                                                                         ^^^  choose another name
3 problems; nothing was computed""",
            id="reserved-level",
        ),
        pytest.param(
            but(
                arrangements="{p: {name: P, layer: [technology, trade], kind: k, parties: [row, col]}}",
                claims="{c: {says: A, test: {kind: position, actor: row, measure: katz, than: [col], layer: technolgy, is: lower}}}",
            ),
            """\
situation.yaml:8:93: claims.c.test.layer: unknown layer `technolgy`
  8 | …n, actor: row, measure: katz, than: [col], layer: technolgy, is: lower}}}
    |                                                    ^^^^^^^^^  did you mean `technology`?
1 problem; nothing was computed""",
            id="layer",
        ),
        pytest.param(
            but(
                options="{row: {arm: {enacts: {yess: {join: pact}}}}, col: {arm: }}",
                arrangements="{pakt: {name: P, layer: l, kind: k, parties: [row, col]}}",
            ),
            """\
situation.yaml:5:32: options.row.arm.enacts: `yess` is not a level of `row.arm`
  5 | options: {row: {arm: {enacts: {yess: {join: pact}}}}, col: {arm: }}
    |                                ^^^^  did you mean `yes`?
situation.yaml:5:45: options.row.arm.enacts.yess.join: unknown arrangement `pact`
  5 | options: {row: {arm: {enacts: {yess: {join: pact}}}}, col: {arm: }}
    |                                             ^^^^  did you mean `pakt`?
2 problems; nothing was computed""",
            id="enacts",
        ),
    ],
)
def test_what_is_said(said: Callable[[str], str], text: str, message: str) -> None:
    assert said(text) == message
