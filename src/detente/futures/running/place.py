"""A folder, here or where fsspec reaches; a file appears in it whole or not at all."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from detente.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Place", "place"]

UNFINISHED = ".tmp-"
STRAY_AFTER = 3600  # seconds: until then another machine may still be writing it


def place(where: str | Path) -> Place:
    """The folder at a path or URL (`s3://bucket/run`).

    Raises
    ------
    InputError
        If the URL's file system is unknown or its package is not installed.
    """
    url = str(where)
    if "://" not in url:
        return Place(url)
    if url.startswith("file://"):
        return Place(url.removeprefix("file://"))
    import fsspec

    try:
        fsspec.core.url_to_fs(url)
    except (ImportError, ValueError) as error:
        raise InputError(f"{url}: {error}") from None
    return RemotePlace(url)


@dataclass(frozen=True)
class Place:
    """A local folder, by names relative to it."""

    url: str

    def __str__(self) -> str:
        return self.url

    @property
    def is_local(self) -> bool:
        """Whether it is on a file system of this machine."""
        return True

    def path(self, name: str) -> Path:
        """The file of this name."""
        return Path(self.url, name)

    def put(self, name: str, content: bytes) -> None:
        """Write a file beside its place, and rename it into it once it is on the disk."""
        file = self.path(name)
        beside = written_beside(file, content)
        try:
            beside.replace(file)
        finally:
            beside.unlink(missing_ok=True)
        settle(file.parent)

    def create(self, name: str, content: bytes) -> bool:
        """Write a file that is not there yet; of several who try, one succeeds."""
        file = self.path(name)
        beside = written_beside(file, content)
        try:
            os.link(beside, file)
        except FileExistsError:
            return False
        except OSError:  # a file system without hard links
            return created_in_place(file, content)
        finally:
            beside.unlink(missing_ok=True)
        settle(file.parent)
        return True

    def get(self, name: str) -> bytes | None:
        """The content of a file; None if there is none."""
        try:
            return self.path(name).read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return None

    def opened(self, name: str) -> Any:
        """The file, to be read from anywhere in it."""
        return self.path(name).open("rb")

    def names(self, folder: str) -> list[str]:
        """The finished files in a folder below, sorted."""
        try:
            found = [file.name for file in self.path(folder).iterdir() if file.is_file()]
        except (FileNotFoundError, NotADirectoryError):
            return []
        return sorted(name for name in found if not name.startswith(UNFINISHED))

    def entries(self) -> list[str]:
        """Everything in the folder, files and folders, that is not half written."""
        try:
            found = [entry.name for entry in Path(self.url).iterdir()]
        except (FileNotFoundError, NotADirectoryError):
            return []
        return sorted(name for name in found if not name.startswith(UNFINISHED))

    def remove(self, name: str) -> None:
        """Take a file away, if it is there."""
        self.path(name).unlink(missing_ok=True)

    def sweep(self, folder: str) -> None:
        """Take away what was left half written long ago."""
        for file in self.path(folder).glob(f"{UNFINISHED}*"):
            try:
                if file.stat().st_mtime < time.time() - STRAY_AFTER:
                    file.unlink()
            except FileNotFoundError:  # somebody else was faster
                continue

    def changed(self, name: str) -> float:
        """When a file was written [seconds since 1970]."""
        return self.path(name).stat().st_mtime


def written_beside(file: Path, content: bytes) -> Path:
    """The content in a file of another name, on the disk."""
    file.parent.mkdir(parents=True, exist_ok=True)
    beside = file.with_name(f"{UNFINISHED}{uuid4().hex}")
    try:
        with beside.open("xb") as unfinished:
            unfinished.write(content)
            unfinished.flush()
            os.fsync(unfinished.fileno())
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    return beside


def created_in_place(file: Path, content: bytes) -> bool:
    try:
        with file.open("xb") as created:
            created.write(content)
    except FileExistsError:
        return False
    return True


def settle(folder: Path) -> None:
    """See that a folder's entries are on the disk, where the system lets one ask for it."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@dataclass(frozen=True)
class RemotePlace(Place):
    """A folder on an object store, where a file is written in one step anyhow."""

    @cached_property
    def system(self) -> Any:
        """The file system; listings are never kept, for others write too."""
        import fsspec

        return fsspec.core.url_to_fs(self.url, use_listings_cache=False)[0]

    @property
    def is_local(self) -> bool:
        """It is not."""
        return False

    def __getstate__(self) -> dict[str, Any]:
        return {"url": self.url}

    def at(self, name: str) -> str:
        return f"{self.url.rstrip('/')}/{name}".rstrip("/")

    def put(self, name: str, content: bytes) -> None:
        """Write a file."""
        self.system.pipe_file(self.at(name), content)

    def create(self, name: str, content: bytes) -> bool:
        """Write a file that is not there yet."""
        if self.system.exists(self.at(name)):
            return False
        self.put(name, content)
        return True

    def get(self, name: str) -> bytes | None:
        """The content of a file; None if there is none."""
        try:
            content: bytes = self.system.cat_file(self.at(name))
        except FileNotFoundError:
            return None
        return content

    def opened(self, name: str) -> Any:
        """The file, to be read from anywhere in it."""
        return self.system.open(self.at(name), "rb")

    def names(self, folder: str) -> list[str]:
        """The files in a folder below, sorted."""
        return sorted(self.listed(folder))

    def listed(self, folder: str, kinds: tuple[str, ...] = ("file",)) -> Iterator[str]:
        try:
            entries = self.system.ls(self.at(folder), detail=True)
        except FileNotFoundError:
            return
        for entry in entries:
            if entry["type"] in kinds:
                yield entry["name"].rstrip("/").rpartition("/")[2]

    def entries(self) -> list[str]:
        """Everything in the folder, files and folders."""
        return sorted(self.listed("", ("file", "directory")))

    def remove(self, name: str) -> None:
        """Take a file away, if it is there."""
        if self.system.exists(self.at(name)):
            self.system.rm_file(self.at(name))

    def sweep(self, folder: str) -> None:
        """Nothing is ever half written."""

    def changed(self, name: str) -> float:
        """When a file was written [seconds since 1970]."""
        return float(self.system.modified(self.at(name)).timestamp())
