"""Folders that are put in place whole: one per agency, beside each other."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path

from ogi import said
from ogi.files import replace
from ogi.said import Said

worded = partial(said.worded, "ogi.bulk")
"""What is said of an agency that has no new page, by its key in wordings.yaml."""
WORKING = ".ogi-making-"
_LONGEST_NAME = 255
_RESERVED = re.compile(r"(con|prn|aux|nul|(com|lpt)[0-9¹²³])(\.|$)", re.IGNORECASE)
"""Devices of Windows, whatever ending the name has."""


def agency_name(name: str) -> str:
    """The name itself, if it can be the name of a folder everywhere; else ValueError."""
    reserved = _RESERVED.match(name) is not None or name.endswith(".")
    strange = (
        reserved
        or name != name.strip()
        or name.startswith(".")
        or any(c in '/\\:*?"<>|' or c < " " for c in name)
    )
    if strange or not name or len(name.encode(errors="replace")) > _LONGEST_NAME:
        raise ValueError(worded("no_name", wanted=worded("a_name"), name=repr(name)))
    return name


@contextmanager
def made_whole(out: Path, name: str) -> Iterator[Path]:
    """An empty folder to fill; it becomes out/name when the block ends well, and vanishes when it does not.

    The old out/name stays until the new one is complete, and comes back where the exchange is cut short.
    """
    target = out / agency_name(name)
    working = Path(tempfile.mkdtemp(prefix=WORKING, dir=out))
    try:
        new, old = working / "new", working / "old" / name
        new.mkdir()
        old.parent.mkdir()
        yield new
        _exchange(target, new, old)
    finally:
        shutil.rmtree(working, ignore_errors=True)


def tidy(out: Path) -> None:
    """Remove what a run that was cut short left behind, and put back an old page that it had moved away."""
    for working in out.glob(f"{WORKING}*"):
        for old in (working / "old").glob("*"):
            if not (out / old.name).exists():
                old.rename(out / old.name)
        shutil.rmtree(working, ignore_errors=True)


def _exchange(target: Path, new: Path, old: Path) -> None:
    with ExitStack() as undo:
        if target.exists():
            replace(target, old)
            undo.callback(old.rename, target)
        replace(new, target)
        undo.pop_all()


def unless_in_use(write: Callable[[], None]) -> list[Said]:
    """Write something; a line where a file, such as a table that is open elsewhere, cannot be replaced."""
    try:
        write()
    except PermissionError as error:
        return [said_of(error)]
    return []


def said_of(error: Exception) -> Said:
    """What an error says, in both languages where it says it so."""
    told = error.args[0] if error.args else None
    return told if isinstance(told, Said) else Said.as_printed(str(error))
