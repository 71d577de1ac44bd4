"""Every command, public name, claim kind, verdict, check and dependency is documented."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING, Literal, get_args, get_origin, get_type_hints

import click

import detente
from detente.case import format as case_format
from detente.case.checks import CHECKS
from detente.claims.report import Finding, Verdict
from detente.cli.main import main

if TYPE_CHECKING:
    from pathlib import Path


def text(folder: Path, *parts: str) -> str:
    return folder.joinpath(*parts).read_text(encoding="utf-8")


def test_public_names_are_sorted() -> None:
    assert list(detente.__all__) == sorted(detente.__all__)


def test_every_public_name_exists_and_is_on_the_api_page(docs: Path) -> None:
    page = text(docs, "reference", "api.md")
    for name in detente.__all__:
        assert hasattr(detente, name)
        assert f"`detente.{name}" in page or f"`{name}`" in page, f"{name} is not documented"


def test_every_command_has_a_heading_and_a_help_line(docs: Path) -> None:
    page = text(docs, "reference", "cli.md")
    context = click.Context(main)
    commands = main.list_commands(context)
    assert commands
    for name in commands:
        command = main.get_command(context, name)
        assert command is not None
        assert command.get_short_help_str(), f"`{name}` has no help"
        assert f"## `detente {name}`" in page, f"`{name}` is not documented"


def test_every_option_of_a_command_has_help() -> None:
    context = click.Context(main)
    silent = [
        f"{name} {parameter.opts[0]}"
        for name in main.list_commands(context)
        if (command := main.get_command(context, name)) is not None
        for parameter in command.params
        if isinstance(parameter, click.Option) and not parameter.help
    ]
    assert silent == []


def claim_kinds() -> set[str]:
    """The kinds of test a claim may have, read off the format."""
    tests, _ = get_args(case_format.Test)
    models = [get_args(tagged)[0] for tagged in get_args(tests)]
    kinds = [model.model_fields["kind"].annotation for model in models]
    assert all(get_origin(kind) is Literal for kind in kinds)
    return {name for kind in kinds for name in get_args(kind)}


def test_every_claim_kind_is_explained(docs: Path) -> None:
    page = text(docs, "theory", "claims-and-verdicts.md")
    assert {kind for kind in claim_kinds() if f"| `{kind}` |" not in page} == set()


def test_every_verdict_and_finding_is_explained(docs: Path) -> None:
    page = text(docs, "theory", "claims-and-verdicts.md")
    assert {word for word in get_args(Verdict) if f"| *{word}* |" not in page} == set()
    kinds = get_args(get_type_hints(Finding)["kind"])
    assert kinds
    assert {kind for kind in kinds if f"`{kind}`" not in page} == set()


def test_every_modality_is_explained(docs: Path) -> None:
    page = text(docs, "theory", "claims-and-verdicts.md")
    assert {word for word in get_args(case_format.Modality) if f"`{word}`" not in page} == set()


def test_every_semantic_check_is_documented(docs: Path) -> None:
    page = text(docs, "reference", "format.md")
    assert CHECKS
    assert [check.name for check in CHECKS if f"`{check.name}`" not in page] == []


def test_every_section_of_a_case_is_documented(docs: Path) -> None:
    page = text(docs, "reference", "format.md")
    sections = [
        field.alias or name for name, field in case_format.SituationFile.model_fields.items()
    ]
    assert [section for section in sections if f"`{section}`" not in page] == []


def requirement_names(requirements: list[str]) -> set[str]:
    return {re.split(r"[^A-Za-z0-9_.-]", requirement)[0] for requirement in requirements}


def test_every_dependency_has_a_reason_and_every_reason_a_dependency(
    checkout: Path, docs: Path
) -> None:
    metadata = tomllib.loads(text(checkout, "pyproject.toml"))
    page = text(docs, "why", "dependencies.md")
    extras = metadata["project"]["optional-dependencies"]
    extra = dict(re.findall(r"^\| `([\w-]+)` \| `([\w-]+)` \|", page, re.MULTILINE))
    assert {name: {one} for name, one in extra.items()} == {
        name: requirement_names(wanted) for name, wanted in extras.items()
    }
    reasoned = set(re.findall(r"^\| `([\w-]+)` \|", page, re.MULTILINE)) - set(extra)
    assert reasoned == requirement_names(metadata["project"]["dependencies"])
    for tools in metadata["dependency-groups"].values():
        assert {name for name in requirement_names(tools) if f"`{name}`" not in page} == set()


def test_the_version_is_the_same_everywhere(checkout: Path) -> None:
    version = tomllib.loads(text(checkout, "pyproject.toml"))["project"]["version"]
    assert detente.__version__ == version
    assert f"version: {version}\n" in text(checkout, "CITATION.cff")
