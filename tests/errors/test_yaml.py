"""Files that are not YAML, or more YAML than a case may be."""

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
            BASE + "title: Again\nfocsu: row\n",
            """\
situation.yaml:7:1: `title` stands twice
  7 | title: Again
    | ^^^^^  first in line 3
situation.yaml:8:1: unknown field `focsu`
  8 | focsu: row
    | ^^^^^  did you mean `focus`?
2 problems; nothing was computed""",
            id="duplicate",
        ),
        pytest.param(
            BASE + "claims:\n\tc: {says: A}\n",
            """\
situation.yaml:8:1: not YAML: found character that cannot start any token
  8 | 	c: {says: A}
    | ^  indent with spaces, not tabs
1 problem; nothing was computed""",
            id="tab",
        ),
        pytest.param(
            but(horizon="a: b"),
            """\
situation.yaml:7:11: not YAML: mapping values are not allowed in this context
  7 | horizon: a: b
    |           ^  put text that holds `: ` in quotes
1 problem; nothing was computed""",
            id="colon",
        ),
        pytest.param(
            but(notes="[a, b", focus="row"),
            """\
situation.yaml:8:6: not YAML: did not find expected ',' or ']'
  8 | focus: row
    |      ^  close the bracket or brace, or put the text in quotes
1 problem; nothing was computed""",
            id="bracket",
        ),
        pytest.param(
            but(notes="*a"),
            """\
situation.yaml:7:8: anchors and aliases are not used in cases
  7 | notes: *a
    |        ^  write the value out, or quote text that begins with `&` or `*`
1 problem; nothing was computed""",
            id="alias",
        ),
        pytest.param(
            but(notes="!!python/name:os.system []"),
            """\
situation.yaml:7:8: the tag `tag:yaml.org,2002:python/name:os.system` means nothing here
  7 | notes: !!python/name:os.system []
    |        ^  quote text that begins with `!`
1 problem; nothing was computed""",
            id="tag",
        ),
        pytest.param(
            BASE + "---\nfocus: row\n",
            """\
situation.yaml:7:1: a second document in one file
  7 | ---
    | ^  drop the line `---`
1 problem; nothing was computed""",
            id="two-docs",
        ),
        pytest.param(
            "# nothing\n",
            """\
situation.yaml: the file is empty
1 problem; nothing was computed""",
            id="empty",
        ),
        pytest.param(
            "- a\n",
            """\
situation.yaml:1:1: a case is a mapping: `detente: 1`, `id: …`, `title: …`
  1 | - a
    | ^
1 problem; nothing was computed""",
            id="list",
        ),
        pytest.param(
            but(horizon="a\x07b"),
            """\
situation.yaml:7:11: a control character, U+0007
  7 | horizon: a�b
    |           ^  drop it
1 problem; nothing was computed""",
            id="control",
        ),
        pytest.param(
            but(notes="[{[a]: b}]"),
            """\
situation.yaml:7:10: a key must be a name
  7 | notes: [{[a]: b}]
    |          ^
1 problem; nothing was computed""",
            id="flow-key",
        ),
        pytest.param(
            but(
                notes="[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]"
            ),
            """\
situation.yaml:7:47: nested deeper than 40
  7 | notes: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]
    |                                               ^
1 problem; nothing was computed""",
            id="nested",
        ),
    ],
)
def test_what_is_said(said: Callable[[str], str], text: str, message: str) -> None:
    assert said(text) == message
