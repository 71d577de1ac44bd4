"""Fields that are unknown, missing or hold what they cannot."""

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
            but(focsu="row"),
            """\
situation.yaml:7:1: unknown field `focsu`
  7 | focsu: row
    | ^^^^^  did you mean `focus`?
1 problem; nothing was computed""",
            id="unknown-field",
        ),
        pytest.param(
            but(
                strategies="{a: {row.arm: yes, commit: {row.arm: no}}, b: {row.arm: yes, then: [{if: col.arm, commit: {row.arm: no}}]}}"
            ),
            """\
situation.yaml:7:14: strategies.a: options stand either under `commit` or beside it, not both
  7 | strategies: {a: {row.arm: yes, commit: {row.arm: no}}, b: {row.arm: yes, then: [{if: col.arm, commit…
    |              ^
situation.yaml:7:56: strategies.b: `then` needs `commit`: a second step without a first one
  7 | …egies: {a: {row.arm: yes, commit: {row.arm: no}}, b: {row.arm: yes, then: [{if: col.arm, commit: {ro…
    |                                                    ^
2 problems; nothing was computed""",
            id="steps",
        ),
        pytest.param(
            but(
                claims="{a: {says: A, test: {kind: execution, status: lapsed, by: 2024-01-01, at_least: 0.5, at_most: 0.4}}, b: {says: B, test: {kind: record, about: b, stated: [3, 2], found: [{value: 2}]}}}"
            ),
            """\
situation.yaml:7:23: claims.a.test: `at_most` is less than `at_least`
  7 | claims: {a: {says: A, test: {kind: execution, status: lapsed, by: 2024-01-01, at_least: 0.5, at_most…
    |                       ^^^^
situation.yaml:7:162: claims.b.test.stated: the lower bound comes first
  7 | … {says: B, test: {kind: record, about: b, stated: [3, 2], found: [{value: 2}]}}}
    |                                                    ^
2 problems; nothing was computed""",
            id="bounds",
        ),
        pytest.param(
            but(
                claims="{a: {says: A, test: {kind: execution, status: anounced, by: 2024-01-01}}, b: {says: B, test: {kind: record, about: b, stated: 1e999, found: [{value: 2}]}}}"
            ),
            """\
situation.yaml:7:55: claims.a.test.status: expected considered, announced, planned, in_execution, delivered, lapsed, cancelled or superseded, got `anounced`
  7 | …ms: {a: {says: A, test: {kind: execution, status: anounced, by: 2024-01-01}}, b: {says: B, test: {ki…
    |                                                    ^^^^^^^^  did you mean `announced`?
situation.yaml:7:135: claims.b.test.stated: expected a finite number, got `1e999`
  7 | … {says: B, test: {kind: record, about: b, stated: 1e999, found: [{value: 2}]}}}
    |                                                    ^^^^^
2 problems; nothing was computed""",
            id="status-and-number",
        ),
        pytest.param(
            but(
                uncertainties="{u: {kind: event, probability: 0.5}, c: {kind: choice, weights: {a: 0, b: 0}}}",
                correlations="[{between: [u, u], rank: 0.5}, {between: [u, c], rank: 1}, {between: [u], rank: -1}]",
            ),
            """\
situation.yaml:7:53: uncertainties.c: no value has a weight above zero
  7 | uncertainties: {u: {kind: event, probability: 0.5}, c: {kind: choice, weights: {a: 0, b: 0}}}
    |                                                     ^
situation.yaml:8:16: correlations.1: `u` stands twice
  8 | correlations: [{between: [u, u], rank: 0.5}, {between: [u, c], rank: 1}, {between: [u], rank: -1}]
    |                ^
situation.yaml:8:70: correlations.2.rank: expected a number below 1, got `1`
  8 | correlations: [{between: [u, u], rank: 0.5}, {between: [u, c], rank: 1}, {between: [u], rank: -1}]
    |                                                                      ^
situation.yaml:8:84: correlations.3.between: expected two values
  8 | correlations: [{between: [u, u], rank: 0.5}, {between: [u, c], rank: 1}, {between: [u], rank: -1}]
    |                                                                                    ^
situation.yaml:8:95: correlations.3.rank: expected a number above -1, got `-1`
  8 | correlations: [{between: [u, u], rank: 0.5}, {between: [u, c], rank: 1}, {between: [u], rank: -1}]
    |                                                                                               ^^
5 problems; nothing was computed""",
            id="uncertain",
        ),
        pytest.param(
            but(claims="{c: {says: A, test: {comit: {row.arm: yes}, expect: col.arm}}}"),
            """\
situation.yaml:7:30: claims.c.test: unknown field `comit`
  7 | claims: {c: {says: A, test: {comit: {row.arm: yes}, expect: col.arm}}}
    |                              ^^^^^  did you mean `commit`?
1 problem; nothing was computed""",
            id="unknown-field-in-union",
        ),
        pytest.param(
            but(uncertainties="{u: {kind: uniform, rnage: [0, 1]}}"),
            """\
situation.yaml:7:36: uncertainties.u: unknown field `rnage`
  7 | uncertainties: {u: {kind: uniform, rnage: [0, 1]}}
    |                                    ^^^^^  did you mean `range`?
1 problem; nothing was computed""",
            id="unknown-field-in-tagged",
        ),
        pytest.param(
            but(title="{en: A pair, ko: 한국, kr: 한국}"),
            """\
situation.yaml:3:29: title: unknown field `kr`
  3 | title: {en: A pair, ko: 한국, kr: 한국}
    |                               ^^  known: en, ko
1 problem; nothing was computed""",
            id="hangul",
        ),
        pytest.param(
            but(notes="[한국이 참가하면, {ko: 한국}]"),
            """\
situation.yaml:7:19: notes.2: `en` is missing
  7 | notes: [한국이 참가하면, {ko: 한국}]
    |                          ^
1 problem; nothing was computed""",
            id="hangul2",
        ),
        pytest.param(
            but(claims="{c: {untested: normative}}"),
            """\
situation.yaml:7:10: claims.c: `says` is missing
  7 | claims: {c: {untested: normative}}
    |          ^
1 problem; nothing was computed""",
            id="missing-field",
        ),
        pytest.param(
            BASE.replace("title: A pair", "title:"),
            """\
situation.yaml:3:7: title: expected text, got nothing
  3 | title:
    |       ^
1 problem; nothing was computed""",
            id="null-required",
        ),
        pytest.param(
            but(actors="[row, col]"),
            """\
situation.yaml:4:9: actors: expected a mapping, got a list
  4 | actors: [row, col]
    |         ^
1 problem; nothing was computed""",
            id="wrong-type",
        ),
        pytest.param(
            but(preferences="{row: yes, col: [{prefer: col.arm}]}"),
            """\
situation.yaml:6:20: preferences.row: expected a list of statements, or `ranking:` or `utility:`, got `yes`
  6 | preferences: {row: yes, col: [{prefer: col.arm}]}
    |                    ^^^
1 problem; nothing was computed""",
            id="preferences",
        ),
        pytest.param(
            but(uncertainties="{u: {kind: uniform, range: [zero, 1]}}"),
            """\
situation.yaml:7:44: uncertainties.u.range.1: expected a number, got `zero`
  7 | uncertainties: {u: {kind: uniform, range: [zero, 1]}}
    |                                            ^^^^
1 problem; nothing was computed""",
            id="number",
        ),
        pytest.param(
            but(uncertainties="{u: {kind: uniform, range: [0, .nan]}}"),
            """\
situation.yaml:7:47: uncertainties.u.range.2: expected a number, got `.nan`
  7 | uncertainties: {u: {kind: uniform, range: [0, .nan]}}
    |                                               ^^^^
1 problem; nothing was computed""",
            id="nan",
        ),
        pytest.param(
            but(
                actors="{row: {cow: 999999999999999999999999999999999999999999999999999999999999}, col: {}}"
            ),
            """\
situation.yaml:4:21: actors.row.cow: expected a whole number, got `9999999999999999999999999999999999999999…`
  4 | actors: {row: {cow: 999999999999999999999999999999999999999999999999999999999999}, col: {}}
    |                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
1 problem; nothing was computed""",
            id="huge-int",
        ),
        pytest.param(
            but(uncertainties="{u: {kind: event, probability: [0.6, 0.2]}}"),
            """\
situation.yaml:7:47: uncertainties.u.probability: the lower bound comes first
  7 | uncertainties: {u: {kind: event, probability: [0.6, 0.2]}}
    |                                               ^
1 problem; nothing was computed""",
            id="interval",
        ),
        pytest.param(
            but(uncertainties="{u: {kind: event, probability: 1.4}}"),
            """\
situation.yaml:7:47: uncertainties.u.probability: expected a number of at most 1, got `1.4`
  7 | uncertainties: {u: {kind: event, probability: 1.4}}
    |                                               ^^^
1 problem; nothing was computed""",
            id="probability",
        ),
        pytest.param(
            but(uncertainties="{u: {kind: uniform, range: [1]}}"),
            """\
situation.yaml:7:43: uncertainties.u.range: expected two values
  7 | uncertainties: {u: {kind: uniform, range: [1]}}
    |                                           ^
1 problem; nothing was computed""",
            id="one-bound",
        ),
        pytest.param(
            but(as_of="16.4.2024"),
            """\
situation.yaml:7:8: as_of: expected a date like 2024-04-16, got `16.4.2024`
  7 | as_of: 16.4.2024
    |        ^^^^^^^^^
1 problem; nothing was computed""",
            id="date",
        ),
        pytest.param(
            but(as_of="2024-02-30"),
            """\
situation.yaml:7:8: as_of: expected a date like 2024-04-16, got `2024-02-30`
  7 | as_of: 2024-02-30
    |        ^^^^^^^^^^
1 problem; nothing was computed""",
            id="no-such-day",
        ),
        pytest.param(
            but(uncertainties="{u: {kind: gamma, range: [0, 1]}}"),
            """\
situation.yaml:7:27: uncertainties.u.kind: unknown kind `gamma`
  7 | uncertainties: {u: {kind: gamma, range: [0, 1]}}
    |                           ^^^^^  known: event, uniform, triangular, pert, normal, log_uniform, choice
1 problem; nothing was computed""",
            id="kind",
        ),
        pytest.param(
            but(uncertainties="{u: {range: [0, 1]}}"),
            """\
situation.yaml:7:17: uncertainties.u: `kind` is missing, or is not a word
  7 | uncertainties: {u: {range: [0, 1]}}
    |                 ^
1 problem; nothing was computed""",
            id="kind-missing",
        ),
        pytest.param(
            but(options="{row: {arm: {moves: upp}}, col: {arm: }}"),
            """\
situation.yaml:5:30: options.row.arm.moves: expected both, up or down, got `upp`
  5 | options: {row: {arm: {moves: upp}}, col: {arm: }}
    |                              ^^^  did you mean `up`?
1 problem; nothing was computed""",
            id="literal",
        ),
        pytest.param(
            but(actors="{row: {}, col: {}, south korea: {}}"),
            """\
situation.yaml:4:28: actors: expected a name of letters, digits and _ that begins with a letter, got `south korea`
  4 | actors: {row: {}, col: {}, south korea: {}}
    |                            ^^^^^^^^^^^
1 problem; nothing was computed""",
            id="name",
        ),
        pytest.param(
            but(options="{row: {arm: {levels: [a, b, a]}}, col: {arm: }}"),
            """\
situation.yaml:5:31: options.row.arm.levels: level `a` stands twice
  5 | options: {row: {arm: {levels: [a, b, a]}}, col: {arm: }}
    |                               ^
1 problem; nothing was computed""",
            id="levels",
        ),
        pytest.param(
            but(claims="{c: {says: A}}"),
            """\
situation.yaml:7:10: claims.c: expected either `test: …` or `untested: why`
  7 | claims: {c: {says: A}}
    |          ^
1 problem; nothing was computed""",
            id="claim",
        ),
        pytest.param(
            BASE + '"focus\\x1b[31m": row\n',
            """\
situation.yaml:7:1: unknown field `focus�[31m`
  7 | "focus\\x1b[31m": row
    | ^^^^^^^^^^^^^^^  did you mean `focus`?
1 problem; nothing was computed""",
            id="escape",
        ),
        pytest.param(
            but(uncertainties="{u: {kind: uniform, range: [1, 1]}}"),
            """\
situation.yaml:7:17: uncertainties.u: the range must ascend: lowest, then highest
  7 | uncertainties: {u: {kind: uniform, range: [1, 1]}}
    |                 ^
1 problem; nothing was computed""",
            id="range",
        ),
        pytest.param(
            but(uncertainties="{u: {kind: pert, range: [0, 1], mode: 2}}"),
            """\
situation.yaml:7:17: uncertainties.u: the mode must lie in the range
  7 | uncertainties: {u: {kind: pert, range: [0, 1], mode: 2}}
    |                 ^
1 problem; nothing was computed""",
            id="mode",
        ),
        pytest.param(
            but(uncertainties="{u: {kind: log_uniform, range: [0, 1]}}"),
            """\
situation.yaml:7:17: uncertainties.u: a log-uniform range must be above zero
  7 | uncertainties: {u: {kind: log_uniform, range: [0, 1]}}
    |                 ^
1 problem; nothing was computed""",
            id="log-range",
        ),
        pytest.param(
            but(uncertainties="{u: {kind: normal, range: [0, 1], mean: 0, sd: -1}}"),
            """\
situation.yaml:7:63: uncertainties.u.sd: expected a number above 0, got `-1`
  7 | uncertainties: {u: {kind: normal, range: [0, 1], mean: 0, sd: -1}}
    |                                                               ^^
1 problem; nothing was computed""",
            id="sd",
        ),
        pytest.param(
            but(uncertainties="{u: {kind: choice, weights: {a: 1}}}"),
            """\
situation.yaml:7:35: uncertainties.u.weights: expected at least 2, got 1
  7 | uncertainties: {u: {kind: choice, weights: {a: 1}}}
    |                                   ^^^^^^^
1 problem; nothing was computed""",
            id="weights",
        ),
        pytest.param(
            but(
                arrangements="{p: {name: P, layer: l, kind: k, parties: [row, col], from: 2001-01-01, to: 2000-01-01}}"
            ),
            """\
situation.yaml:7:16: arrangements.p: `to` lies before `from`
  7 | arrangements: {p: {name: P, layer: l, kind: k, parties: [row, col], from: 2001-01-01, to: 2000-01-01…
    |                ^
1 problem; nothing was computed""",
            id="ends-before",
        ),
        pytest.param(
            but(
                commitments="{p: {says: P, layer: l, parties: [row], history: [{on: 2001-01-01, status: planned}, {on: 2000-01-01, status: lapsed}]}}"
            ),
            """\
situation.yaml:7:15: commitments.p: `history` goes back in time
  7 | commitments: {p: {says: P, layer: l, parties: [row], history: [{on: 2001-01-01, status: planned}, {o…
    |               ^
1 problem; nothing was computed""",
            id="history",
        ),
        pytest.param(
            but(claims="{c: {says: A, test: {kind: stability, state: not row.arm, is: stable}}}"),
            """\
situation.yaml:7:23: claims.c.test: `for` is missing: stable for whom?
  7 | claims: {c: {says: A, test: {kind: stability, state: not row.arm, is: stable}}}
    |                       ^^^^
1 problem; nothing was computed""",
            id="stable-for-whom",
        ),
        pytest.param(
            but(
                claims="{c: {says: A, test: {kind: stability, state: not row.arm, for: row, is: stable, because: row}}}"
            ),
            """\
situation.yaml:7:23: claims.c.test: `because` names the actor itself: nobody sanctions its own moves
  7 | claims: {c: {says: A, test: {kind: stability, state: not row.arm, for: row, is: stable, because: row…
    |                       ^^^^
1 problem; nothing was computed""",
            id="because-of-itself",
        ),
        pytest.param(
            but(
                claims="{c: {says: A, test: {kind: stability, state: row.arm, for: [row, col], is: stable, concept: nm}}}"
            ),
            """\
situation.yaml:7:23: claims.c.test: coalitions are judged under nash, gmr, smr, seq alone
  7 | claims: {c: {says: A, test: {kind: stability, state: row.arm, for: [row, col], is: stable, concept: …
    |                       ^^^^
1 problem; nothing was computed""",
            id="coalition-without-foresight",
        ),
        pytest.param(
            but(
                actors="{row: {}, col: {}, aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa: {}}"
            ),
            """\
situation.yaml:4:28: actors: longer than 80 characters
  4 | actors: {row: {}, col: {}, aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…
    |                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
1 problem; nothing was computed""",
            id="long-name",
        ),
        pytest.param(
            but(options="{row: [arm], col: {arm: }}", infeasible="[{when: row.arm and col.amr}]"),
            """\
situation.yaml:5:16: options.row: expected a mapping, got a list
  5 | options: {row: [arm], col: {arm: }}
    |                ^
situation.yaml:7:33: infeasible.1.when: unknown name `col.amr`
  7 | infeasible: [{when: row.arm and col.amr}]
    |                                 ^^^^^^^  did you mean `col.arm`?
2 problems; nothing was computed""",
            id="options-list",
        ),
        pytest.param(
            but(options='{row: {arm: {label: ""}}, col: {arm: }}'),
            """\
situation.yaml:5:30: options.row.arm.label: is empty
  5 | options: {row: {arm: {label: ""}}, col: {arm: }}
    |                              ^^
1 problem; nothing was computed""",
            id="empty-text",
        ),
        pytest.param(
            but(arrangements="{p: {name: P, layer: l, kind: k, parties: [row, row]}}"),
            """\
situation.yaml:7:57: arrangements.p.parties: `row` stands twice
  7 | arrangements: {p: {name: P, layer: l, kind: k, parties: [row, row]}}
    |                                                         ^
1 problem; nothing was computed""",
            id="parties",
        ),
    ],
)
def test_what_is_said(said: Callable[[str], str], text: str, message: str) -> None:
    assert said(text) == message


@pytest.mark.parametrize("section", ["id", "title", "actors", "options", "preferences"])
def test_a_section_that_is_missing_is_named(said: Callable[[str], str], section: str) -> None:
    assert said(but(**{section: None})) == (
        f"situation.yaml:1:1: `{section}` is missing\n"
        "  1 | detente: 1\n    | ^\n1 problem; nothing was computed"
    )
