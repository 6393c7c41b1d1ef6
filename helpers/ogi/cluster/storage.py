"""A folder on this machine or behind a URL that fsspec understands: listed, fetched from, written to."""

from __future__ import annotations

import os
import posixpath
import shutil
import time
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from ogi.bulk.folders import made_whole
from ogi.files import is_url, write_whole

_CONDITIONAL = ("s3", "s3a")
"""Protocols whose stores write a file only where it is still the one that was read."""


class StorageError(OSError):
    """What became of a folder behind a URL, in one line."""


@dataclass(frozen=True)
class Stamp:
    """The size of a file and when it was written, in nanoseconds since 1970.

    `link`: where it leads, of a link that leads out of the folder or nowhere, so that it is refused as one.
    """

    size: int
    written: int
    link: str | None = None


class Storage:
    """The folder at a path or URL. What lies in it is named by paths with `/`, from the folder.

    Raises StorageError where the store refuses or cannot be reached.
    """

    def __init__(self, place: str) -> None:
        self.place = place.rstrip("/") if is_url(place) else place
        self.local = None if is_url(place) else Path(place)

    @cached_property
    def _remote(self) -> tuple[Any, str]:
        import fsspec

        with self._told():
            system, root = fsspec.url_to_fs(self.place)
            return system, str(root).rstrip("/")

    def listed(self, below: str = "") -> dict[str, Stamp]:
        """Every file in the folder or in one of its folders; of this machine empty folders, too: `name/`."""
        if self.local is not None:
            return dict(_listed(self.local, self.local / below))
        system, root = self._remote
        found: dict[str, Any] = {}
        with self._told(), suppress(FileNotFoundError):
            system.invalidate_cache()
            found |= system.find(posixpath.join(root, below).rstrip("/"), detail=True)
        return {name.removeprefix(f"{root}/"): _stamp(one) for name, one in found.items()}

    def read(self, name: str) -> bytes | None:
        """The bytes of a file; None where it is not there."""
        try:
            if self.local is not None:
                return (self.local / name).read_bytes()
            system, root = self._remote
            with self._told():
                content: bytes = system.cat_file(f"{root}/{name}")
                return content
        except FileNotFoundError:
            return None

    def fetch(self, names: Iterable[str], to: Path, stamps: Mapping[str, Stamp] | None = None) -> None:
        """Copy files into a folder of this machine, with the time at which each was written.

        One that has gone meanwhile is left out.
        """
        for name in names:
            stamp = None if stamps is None else stamps[name]
            if name.endswith("/") or (stamp is not None and stamp.link is not None):
                stand_in({name: Stamp(0, 0) if stamp is None else stamp}, to)
                continue
            content = self.read(name)
            if content is not None:
                path = _place(to, name)
                path.write_bytes(content)
                if stamp is not None:
                    os.utime(path, ns=(stamp.written, stamp.written))

    def send(self, folder: Path, below: str, last: str) -> None:
        """Make a folder in it of that on this machine, in place of one that is there.

        On this machine that is one step. Elsewhere the file `last` comes last, before what is no longer of
        use is removed: whoever finds it there finds the rest.
        """
        if self.local is not None:
            top = self.local / posixpath.dirname(below)
            top.mkdir(parents=True, exist_ok=True)
            with made_whole(top, posixpath.basename(below)) as new:
                shutil.copytree(folder, new, dirs_exist_ok=True)
            return
        before = set(self.listed(below))
        names = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
        for name in sorted(names, key=lambda name: name == last):
            self.write(f"{below}/{name}", (folder / name).read_bytes())
        self.remove(before - {f"{below}/{name}" for name in names})

    def write(self, name: str, content: bytes, **conditions: str) -> None:
        """Write a file, whole or not at all."""
        if self.local is not None:
            (self.local / name).parent.mkdir(parents=True, exist_ok=True)
            write_whole(self.local / name, content)
            return
        system, root = self._remote
        with self._told():
            system.makedirs(posixpath.dirname(f"{root}/{name}"), exist_ok=True)
            system.pipe_file(f"{root}/{name}", content, **conditions)

    def replace(self, name: str, content: bytes, version: str | None) -> None:
        """Write a file where it is still of that version (None: not there yet); StorageError where it is not.

        Stores that know no conditions write it as any other.
        """
        conditions: dict[str, str] = {}
        if self.local is None and self._remote[0].protocol[0] in _CONDITIONAL:
            conditions = {"IfNoneMatch": "*"} if version is None else {"IfMatch": version}
        self.write(name, content, **conditions)

    def version(self, name: str) -> str | None:
        """What tells a file from one written later, as the store has it; None where it is not there."""
        if self.local is not None:
            return None
        system, root = self._remote
        try:
            with self._told():
                system.invalidate_cache()
                return str(system.info(f"{root}/{name}").get("ETag"))
        except FileNotFoundError:
            return None

    def remove(self, names: Collection[str]) -> None:
        """Remove files, and folders with all that is in them."""
        for name in names:
            if self.local is None:
                system, root = self._remote
                with self._told():
                    system.rm(f"{root}/{name}", recursive=True)
            elif (self.local / name).is_dir():
                shutil.rmtree(self.local / name)
            else:
                (self.local / name).unlink(missing_ok=True)

    @contextmanager
    def _told(self) -> Iterator[None]:
        """What the store's own libraries raise as one line; that a file is not there stays what it is."""
        try:
            yield
        except FileNotFoundError:
            raise
        except ImportError as error:
            wanted = "fsspec and the library of that protocol: pip install 'ogi-notebooks[cluster]'"
            raise StorageError(f"{self.place}: expected {wanted}, found none ({error})") from error
        except _refusals() as error:
            line = " ".join(str(error).split())
            raise StorageError(f"{self.place}: expected a store that answers, found: {line}") from error


def stand_in(files: Mapping[str, Stamp], folder: Path) -> None:
    """Files with these names, sizes and times, without their content, which takes no room on the disk."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, stamp in files.items():
        path = _place(folder, name)
        if name.endswith("/"):
            path.mkdir(exist_ok=True)
        elif stamp.link is not None:
            path.symlink_to(stamp.link)
        else:
            with path.open("wb") as file:
                file.truncate(stamp.size)
            os.utime(path, ns=(stamp.written, stamp.written))


def _place(folder: Path, name: str) -> Path:
    """Where the file lies, whose folder is made; ValueError for a name that leads out of the folder."""
    path = folder / name
    if ".." in path.parts[len(folder.parts) :] or path.parts[: len(folder.parts)] != folder.parts:
        raise ValueError(f"{name}: expected the name of a file in a folder")
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def _listed(top: Path, folder: Path) -> Iterator[tuple[str, Stamp]]:
    inside = os.path.realpath(top)
    for here, folders, files in os.walk(folder):
        place = Path(here)
        if not folders and not files and place != top:
            yield f"{place.relative_to(top).as_posix()}/", Stamp(0, 0)
        for path in (place / name for name in (*files, *folders)):
            name = path.relative_to(top).as_posix()
            if path.is_symlink() and not (path.exists() and path.resolve().is_relative_to(inside)):
                yield name, Stamp(0, 0, os.readlink(path))  # noqa: PTH115
            elif path.is_file():
                stat = path.stat()
                yield name, Stamp(stat.st_size, stat.st_mtime_ns)


def _stamp(entry: dict[str, Any]) -> Stamp:
    """Of a store that tells no time: now, so that whoever asks looks at the bytes."""
    when = entry.get("LastModified", entry.get("mtime", entry.get("updated", entry.get("last_modified"))))
    seconds = when.timestamp() if isinstance(when, datetime) else when
    written = time.time() if not isinstance(seconds, (int, float)) else seconds
    return Stamp(int(entry["size"] or 0), round(written * 1e6) * 1000)


def _refusals() -> tuple[type[Exception], ...]:
    """What stores raise; what botocore does, such as that there are no credentials, is no OSError."""
    try:
        from botocore.exceptions import BotoCoreError
    except ImportError:
        return OSError, ValueError
    return OSError, ValueError, BotoCoreError
