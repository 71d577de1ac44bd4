"""Pages are found, links lead somewhere, and nothing of the maker's machine stands in a file."""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath

import yaml

LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)(?:#[^)]*)?\)")
NO_PROSE = re.compile(r"^```.*?^```|<!--.*?-->", re.MULTILINE | re.DOTALL)

FOREIGN = {
    "a package registry's host": r"pythonhosted\.org|\bpypi\.org|registry\.npmjs|deb\.debian\.org"
    r"|index[-_]url",
    "a folder of one machine": r"(?<![\w.:/-])/(?:work|root|home|tmp|Users)/",
    "how the project was written": r"(?i)\b(?:sub-?agents?|claude|chatgpt|copilot|llms?)\b"
    r"|\b(?:coding|ai|language[- ]model) (?:agents?|assistants?|sessions?)\b"
    r"|\b(?:this|another|previous|next|earlier) session\b",
}


def pages_in_navigation(items: list[object]) -> set[str]:
    pages: set[str] = set()
    for item in items:
        if isinstance(item, str):
            pages.add(item)
        elif isinstance(item, dict):
            for entry in item.values():
                pages |= pages_in_navigation(entry if isinstance(entry, list) else [entry])
    return pages


def test_every_page_is_in_the_navigation_and_the_reverse(checkout: Path, docs: Path) -> None:
    configuration = yaml.safe_load((checkout / "mkdocs.yml").read_text(encoding="utf-8"))
    pages = {page.relative_to(docs).as_posix() for page in docs.rglob("*.md")}
    assert pages_in_navigation(configuration["nav"]) == pages


def test_every_relative_link_leads_to_a_file(checkout: Path, project_texts: dict[str, str]) -> None:
    pages = {path: text for path, text in project_texts.items() if path.endswith(".md")}
    broken = [
        f"{path}: {target}"
        for path, text in pages.items()
        for target in LINK.findall(NO_PROSE.sub("", text))
        if not (checkout / PurePosixPath(path).parent / target).exists()
    ]
    assert broken == []


def test_no_file_names_what_only_one_machine_has(project_texts: dict[str, str]) -> None:
    here = Path(__file__).name
    found = [
        f"{path}: {what}: {match.group(0)}"
        for path, text in project_texts.items()
        if not path.endswith(here)  # which has to spell them
        for what, pattern in FOREIGN.items()
        if (match := re.search(pattern, text))
    ]
    assert found == []


def test_every_room_says_what_it_is_for(checkout: Path) -> None:
    rooms = [room for room in (checkout / "src" / "detente").iterdir() if room.is_dir()]
    silent = [
        room.name
        for room in rooms
        if (init := room / "__init__.py").exists()
        and not init.read_text(encoding="utf-8").lstrip().startswith('"""')
    ]
    assert silent == []
