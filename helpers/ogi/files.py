"""Files that are written whole or not at all, and folders that one process at a time writes into."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from ogi.said import worded

PACKAGE = Path(__file__).resolve().parent
_IS_INSTALLED = (
    PACKAGE / "notebooks"
).is_dir()  # a wheel brings along what lies beside the package in the tree
ROOT = Path() if _IS_INSTALLED else PACKAGE.parents[1]
"""The top of the project; of an installed package wherever it is used."""
NOTEBOOKS = PACKAGE / "notebooks" if _IS_INSTALLED else ROOT / "notebooks"
SAMPLES = PACKAGE / "samples" if _IS_INSTALLED else ROOT / "data" / "samples"
"""Where the notebooks and the sample reports lie as they are shipped."""


def code_digest(*parts: str, endings: tuple[str, ...] = (".py", ".yaml")) -> str:
    """A hash of the package's files with these endings that are named, or lie in a folder that is."""
    inside = (path for part in parts for path in (PACKAGE / part, *(PACKAGE / part).rglob("*")))
    digest = hashlib.sha256()
    for path in sorted(path for path in inside if path.suffix in endings):
        digest.update(f"{path.relative_to(PACKAGE).as_posix()}\n".encode() + path.read_bytes())
    return digest.hexdigest()


def place(path: str | Path) -> Path:
    """A folder as named in a notebook: from where the notebook runs, else from the top of the project."""
    here = Path(path)
    return here if here.is_absolute() or here.exists() else ROOT / here


def is_url(place: str) -> bool:
    """Is it the URL of a folder, and no path of this machine?"""
    return "://" in place


def write_whole(path: Path, content: bytes, flush: bool = False) -> None:
    """Write a file whole or not at all; what was there stays until then.

    `flush`: also where the power fails.
    """
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".")
    try:
        with open(handle, "wb") as file:  # noqa: PTH123
            file.write(content)
            if flush:
                file.flush()
                os.fsync(file.fileno())
        Path(temporary).chmod(0o644)
        replace(Path(temporary), path)
    finally:
        Path(temporary).unlink(missing_ok=True)


def replace(new: Path, old: Path) -> None:
    """Put a file or folder where one may be; PermissionError, told in both languages, where that is held.

    Windows lets nobody replace a file that a program has open, or a folder with one in it.
    """
    try:
        new.replace(old)
    except PermissionError as error:
        raise PermissionError(worded("ogi", "in_use", path=old)) from error


def write_new(path: Path, content: bytes) -> None:
    """Write a file that is not there yet, whole or not at all; FileExistsError where it is."""
    with ExitStack() as undo:
        with path.open("xb") as file:
            undo.callback(path.unlink)
            file.write(content)
        undo.pop_all()  # once it is closed, for a full disk may tell of itself only then


@contextmanager
def locked(path: Path, wait: bool = True) -> Iterator[None]:
    """Hold a file or folder that is there; where another process does, wait, or raise BlockingIOError.

    The system lets go of it when the process ends, however it ends. Nothing is left behind.
    """
    try:
        import fcntl  # not on every system
    except ModuleNotFoundError:
        yield
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        os.close(handle)
        raise BlockingIOError(f"{path}: another run is writing there; wait for its end") from error
    try:
        yield
    finally:
        os.close(handle)
