"""Whatever stands in a file: a situation comes out, or an error that says what is wrong."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.case import Situation, load
from detente.errors import DetenteError
from tests.case.full import FULL

if TYPE_CHECKING:
    from collections.abc import Callable

WORDS = [
    "row", "col", "row.arm", "row.press", "no", "yes", "none", "some", "kind", "event", "range",
    "ranking", "utility", "any_order", "prefer", "when", "levels", "test", "response", "stability",
    "evidence", "source", "from", "against", "commit", "calm", "hidden", "n", "null", "~", "0110",
    "1e999", ".nan", "-1", "2024-02-30", "한국", "\u202e", "é", "9" * 5000, "", ".", "a.b.c", "not",
]  # fmt: skip
MARKS = [*":-,[]{}\"'|>&*!#%@`?\n\t \\", "\n  ", "\n    - ", ": ", "---\n", "...\n", "\r\n"]


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], str]:
    file = tmp_path_factory.mktemp("case") / "situation.yaml"

    def read(text: str) -> str:
        file.write_bytes(text.encode("utf-8", "surrogatepass"))
        try:
            situation = load(file)
        except DetenteError as error:
            return str(error)
        assert isinstance(situation, Situation)
        return "\n".join(map(str, situation.warnings))

    return read


@st.composite
def damaged(draw: st.DrawFn) -> str:
    """A full case with pieces deleted, repeated and replaced."""
    text = FULL
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 30)))
        elsewhere = draw(st.integers(0, len(text)))
        piece = draw(
            st.sampled_from(["", text[start:end] * 2, text[elsewhere : elsewhere + end - start]])
            | st.sampled_from(WORDS)
            | st.sampled_from(MARKS)
            | st.text(max_size=5)
        )
        text = text[:start] + piece + text[end:]
    return text


@st.composite
def swapped_words(draw: st.DrawFn) -> str:
    """A full case with words in the places of others, so that most of it is still YAML."""
    words = FULL.split(" ")
    for _ in range(draw(st.integers(1, 5))):
        words[draw(st.integers(0, len(words) - 1))] = draw(
            st.sampled_from(words) | st.sampled_from(WORDS)
        )
    return " ".join(words)


def test_the_full_case_is_sound(outcome: Callable[[str], str]) -> None:
    assert outcome(FULL) == ""


@given(text=damaged())
def test_a_damaged_case(outcome: Callable[[str], str], text: str) -> None:
    outcome(text)


@given(text=swapped_words())
def test_a_case_with_swapped_words(outcome: Callable[[str], str], text: str) -> None:
    outcome(text)


@given(pieces=st.lists(st.sampled_from([*WORDS, *MARKS]), max_size=60))
def test_text_that_resembles_yaml(outcome: Callable[[str], str], pieces: list[str]) -> None:
    outcome("".join(pieces))


@given(content=st.binary(max_size=200))
def test_bytes(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    file = Path(tmp_path_factory.getbasetemp()) / "bytes.yaml"
    file.write_bytes(content)
    with pytest.raises(DetenteError):
        load(file)
