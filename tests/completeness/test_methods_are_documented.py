"""Every stability concept has a page and a source; every citation leads somewhere."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
from typing import TYPE_CHECKING

import pytest

import detente.conflict.concepts
from detente.case.concepts import FORESIGHT, NAMES, split

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from types import ModuleType

KEY = re.compile(r"\[([A-Z][A-Za-z]+\d{4}[a-z]?|ICD203)\]")
KINDS = {"strong": "strength", "weak": "strength", "fuzzy": "fuzzy"} | dict.fromkeys(
    "abcd", "unknown"
)
PAGES = {
    "fuzzy": "fuzzy-preference",
    "strength": "strength-of-preference",
    "unknown": "unknown-preference",
}  # the others are called as their module


def module_of(concept: str) -> str:
    """The module, and the theory page, that defines a concept."""
    base, kind = split(concept)
    if kind:
        return KINDS[kind.rstrip("0123456789")]
    if base in FORESIGHT:
        return "limited_move"
    return "fraser_hipel" if base.startswith("fh_") else base


MODULES = sorted({module_of(concept) for concept in NAMES})


def concept_modules() -> Iterator[ModuleType]:
    for name in MODULES:
        yield importlib.import_module(f"detente.conflict.concepts.{name}")


def keys_in(text: str) -> set[str]:
    return set(KEY.findall(text))


def docstrings(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield ast.get_docstring(node) or ""


def known_keys(docs: Path) -> set[str]:
    text = (docs / "references.md").read_text(encoding="utf-8")
    return set(re.findall(r'^<a id="(\w+)"></a>`\[\1\]`$', text, re.MULTILINE))


def test_every_module_with_stable_is_a_concept_a_case_may_name() -> None:
    for found in pkgutil.iter_modules(detente.conflict.concepts.__path__):
        module = importlib.import_module(f"detente.conflict.concepts.{found.name}")
        if "stable" in vars(module) and module.stable.__module__ == module.__name__:
            assert found.name in MODULES


@pytest.mark.parametrize("name", MODULES)
def test_every_concept_has_a_theory_page_with_its_parts(name: str, docs: Path) -> None:
    parts = ["## Definition", "## In words", "## Example", "## When to use it", "## Limits"]
    page = (docs / "theory" / f"{PAGES.get(name, name.replace('_', '-'))}.md").read_text(
        encoding="utf-8"
    )
    assert [part for part in parts if part not in page] == []
    assert keys_in(page)


def test_every_concept_module_cites_a_known_source(docs: Path) -> None:
    for module in concept_modules():
        assert keys_in(module.__doc__ or ""), f"{module.__name__} cites nobody"
        assert keys_in(module.__doc__ or "") <= known_keys(docs)


def test_every_key_in_a_docstring_is_in_the_references(checkout: Path, docs: Path) -> None:
    unknown = {
        f"{file.relative_to(checkout)}: {key}"
        for file in sorted((checkout / "src").rglob("*.py"))
        for docstring in docstrings(file.read_text(encoding="utf-8"))
        for key in keys_in(docstring) - known_keys(docs)
    }
    assert unknown == set()


def test_every_key_in_the_documentation_is_in_the_references(docs: Path) -> None:
    unknown = {
        f"{page.relative_to(docs)}: {key}"
        for page in sorted(docs.rglob("*.md"))
        for key in keys_in(page.read_text(encoding="utf-8")) - known_keys(docs)
    }
    assert unknown == set()
