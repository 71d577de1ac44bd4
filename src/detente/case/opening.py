"""The files behind a path: a case folder with its sections, a catalogue case, a `.gmcr` file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from detente.case import overlay
from detente.case.document import Document, read_document, routes
from detente.case.format import SituationFile
from detente.case.problems import DidYouMean, Place, Problem, in_order
from detente.case.profiles import FOLDER, profile_files, with_profiles
from detente.case.source import Source, Span
from detente.errors import CaseError, InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from detente.case.document import Value

__all__ = ["MAIN", "NOTES", "base_of", "located", "opened", "part_files", "written_out"]

MAIN = "situation.yaml"
MOST_LAYERS = 8  # overlays on overlays
NOTES = ("gmcr_import", "profile", "unread_file")
"""The warnings given while files are opened."""
STARTS = "`detente new DIR` starts a case"


def located(path: str) -> Path:
    """The file a path, folder or catalogue id stands for.

    Raises
    ------
    InputError
        If nothing is there.
    """
    here = Path(path)
    try:
        if here.is_dir():
            return main_in(here)
        if here.is_file():
            return case_file(here)
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from None
    return in_catalogue(path)


def main_in(folder: Path) -> Path:
    for main in (MAIN, overlay.MAIN):
        if (folder / main).is_file():
            return folder / main
    raise InputError(f"{folder}: no {MAIN} in this folder\n  {STARTS}")


def case_file(file: Path) -> Path:
    if file.suffix not in (".yaml", ".yml", ".gmcr"):
        raise InputError(
            f"{file}: not a case\n  a case is a folder, a {MAIN} or a .gmcr file; {STARTS}"
        )
    return file


def in_catalogue(name: str) -> Path:
    from detente import catalogue

    if name in catalogue.ids():
        return main_in(catalogue.folder(name))
    if name in catalogue.overlays():
        return catalogue.overlays()[name]
    hint = str(DidYouMean(name, catalogue.ids())) or "`detente catalogue` lists the cases that ship"
    raise InputError(f"{name}: no such file, folder or case\n  {hint}")


def opened(file: Path, layers: int = 0) -> tuple[Document, list[Problem]]:
    """The document behind a file, and what is worth saying about the files read.

    Raises
    ------
    CaseError
        With everything that keeps a file from being read as YAML, or an overlay from being laid
        on its base.
    """
    if file.suffix == ".gmcr":
        return imported(file)
    if file.name != MAIN and overlay.is_overlay(lying := read_document(file)):
        return laid_on(lying, file, layers)
    document, left_out = with_profiles(with_sections(file), file.parent)
    return document, [*unread(file), *left_out]


def base_of(path: str) -> str | None:
    """The path of the case that an overlay lies on; None of a case of its own."""
    file = located(path)
    if file.suffix == ".gmcr" or file.name == MAIN:
        return None
    lying = read_document(file)
    return beneath(lying, file) if overlay.is_overlay(lying) else None


def beneath(lying: Document, file: Path) -> str:
    """Where the base of an overlay is: beside it, else as any path or id."""
    name = overlay.based_on(lying)
    beside = file.parent / name
    return str(beside if beside.exists() else name)


def laid_on(lying: Document, file: Path, layers: int) -> tuple[Document, list[Problem]]:
    """The base of an overlay with its changes; the base may be an overlay itself."""
    name = beneath(lying, file)
    if layers == MOST_LAYERS:
        message = f"more than {MOST_LAYERS} overlays lie on each other"
        raise CaseError([Problem(lying.place(("base",)), message, "base", "is it a circle?")])
    base, notes = opened(located(name), layers + 1)
    return overlay.changed(base, lying), notes


def imported(file: Path) -> tuple[Document, list[Problem]]:
    from detente.interop.gmcr import read_gmcr

    value, remarks = read_gmcr(file)
    whole = Span(Source(str(file)))
    notes = [
        Problem(whole.place, remark, check="gmcr_import", severity="warning") for remark in remarks
    ]
    return Document(value, {}, dict.fromkeys(routes(value), whole)), notes


# ----------------------------------------------------------------------------------------- sections


def with_sections(file: Path) -> Document:
    """The document with the sections that stand in files of their own name beside it."""
    documents: dict[str, Document] = {}
    problems: list[Problem] = []
    for part in (file, *section_files(file)):
        try:
            documents["" if part is file else part.stem] = read_document(part)
        except CaseError as error:
            problems += error.problems
    if problems:
        raise CaseError(in_order(problems))
    return merged(documents.pop(""), documents)


def section_files(file: Path) -> list[Path]:
    beside = (file.parent / f"{section}.yaml" for section in SituationFile.model_fields)
    return [section for section in beside if section.is_file() and section != file]


def part_files(file: Path) -> dict[str, Path]:
    """The files a case is read from beside its main one, by their names in a copy of it."""
    sections = {section.name: section for section in section_files(file)}
    used = profile_files(with_sections(file), file.parent)
    return sections | {f"{FOLDER}/{profile.name}": profile for profile in used}


def written_out(file: Path) -> str | None:
    """The case that an overlay comes to, in YAML; None where the file is no overlay."""
    if file.name == MAIN or not overlay.is_overlay(read_document(file)):
        return None
    value = opened(file)[0].value
    assert isinstance(value, dict)
    for actor in taken(value, "actors"):  # what profiles add is written out with the rest
        actor.pop("profile", None)
    return yaml.dump(value, Dumper=Dumper, sort_keys=False, allow_unicode=True)


def taken(value: dict[str, Value], section: str) -> Iterator[dict[str, Value]]:
    """The entries of a section that are mappings."""
    entries = value.get(section)
    for entry in entries.values() if isinstance(entries, dict) else ():
        if isinstance(entry, dict):
            yield entry


class Dumper(yaml.SafeDumper):
    """Nothing is written as nothing."""


Dumper.add_representer(
    type(None), lambda dumper, _: dumper.represent_scalar("tag:yaml.org,2002:null", "")
)


def merged(main: Document, sections: dict[str, Document]) -> Document:
    """One document of the main file and its sections."""
    if not isinstance(main.value, dict):
        message = "a case is a mapping: `detente: 1`, `id: …`, `title: …`"
        raise CaseError([Problem(main.place(()), message)])
    value, keys, values = dict(main.value), dict(main.keys), dict(main.values)
    problems = list(main.problems)
    for name, written in sections.items():
        section = unwrapped(written, name)
        problems += section.problems
        if name in main.value:
            place, message = main.place((name,), key=True), f"stands here and in {name}.yaml"
            problems.append(Problem(place, message, name, "keep one of them"))
            continue
        value[name] = section.value
        keys |= {(name, *route): span for route, span in section.keys.items()}
        values |= {(name, *route): span for route, span in section.values.items()}
    return Document(value, keys, values, tuple(problems))


def unwrapped(section: Document, name: str) -> Document:
    """The section, also where its own file repeats its name; that is a problem of it."""
    if not isinstance(section.value, dict) or list(section.value) != [name]:
        return section
    message, hint = f"{name}.yaml holds what stands below `{name}:`", "leave out this line"
    problem = Problem(section.place((name,), key=True), message, name, hint)
    return Document(
        section.value[name],
        {route[1:]: span for route, span in section.keys.items() if len(route) > 1},
        {route[1:]: span for route, span in section.values.items() if route},
        (*section.problems, problem),
    )


def unread(file: Path) -> Iterator[Problem]:
    """Files beside the case whose name is nearly that of a section."""
    sections = list(SituationFile.model_fields)
    for other in sorted(file.parent.glob("*.y*ml")):
        is_read = other.suffix == ".yaml" and other.stem in sections
        nearest = DidYouMean(other.stem, sections).nearest
        if nearest and not is_read and other != file:
            hint = f"did you mean `{nearest}.yaml`?"
            yield Problem(Place(str(other)), "is not read", "", hint, "unread_file", "warning")
