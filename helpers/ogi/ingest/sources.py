"""Which files are reports, and of whom: a folder per agency, or files by themselves."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from operator import attrgetter
from pathlib import Path

from ogi import said
from ogi.readers import document
from ogi.readers.document import UnreadableFile
from ogi.said import Said, in_chinese, printable

worded = partial(said.worded, "ogi.ingest")
"""What is said of files that lie where reports are sought, by its key in wordings.yaml."""
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f]+")
_YEAR = re.compile(r"(?:19|20)\d\d\D*", re.ASCII)
"""What the files of an agency are called, but for their endings."""
_NOT_REPORTS = ("thumbs.db", "desktop.ini")
_NOT_REPORTS_BEGIN = (".", "~$", "readme")
_Entry = Path | os.DirEntry[str]
"""The second knows what it is without a look at the file; with many thousands of them that tells."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file taken for a report; `agency` is its folder's name under RAW, None for a file alone."""

    report_id: str
    agency: str | None
    path: Path

    @property
    def file(self) -> str:
        """The name of the file as it is told everywhere."""
        return printable(self.path.name)


@dataclass(frozen=True)
class Failure:
    """A file that gave no report, as one line; `source` where it lies where a report would.

    `passing`: may another try succeed, with the same bytes?
    """

    message: Said
    source: Source | None = None
    passing: bool = False

    @property
    def in_raw(self) -> Failure:
        """The same, told of the file by its place in RAW: wherever RAW lies, it is the same dataset."""
        if self.source is None:
            return self
        outer = len(printable(str(self.source.path)).removesuffix(self.source.report_id))
        return replace(self, message=Said(self.message[outer:], in_chinese(self.message)[outer:]))


@dataclass
class Gathered:
    """The files found, in order, and what was in the place of one."""

    sources: list[Source] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)

    def __iadd__(self, other: Gathered) -> Gathered:
        self.sources += other.sources
        self.failures += other.failures
        return self


def of_agencies(raw: Path) -> Gathered:
    """The files of RAW, a folder per agency; files beside the folders and links out of RAW are failures."""
    found = Gathered()
    for entry in _visible(raw):
        if entry.is_dir() and _inside(entry, raw):
            found += _of_agency(Path(entry), raw)
        else:
            found.failures.append(_failure(Path(entry), worded("a_folder"), _what(Path(entry), raw)))
    if not found.sources and not found.failures:
        found.failures.append(_failure(raw, worded("folders"), worded("no_folder")))
    return found


def of_one(raw: Path, agency: str) -> Gathered:
    """The files of one agency of RAW."""
    found = Gathered()
    named = raw / agency
    # Nearly always the folder's own name; no path is made of a name that leads elsewhere.
    is_named = agency == printable(agency) == named.name and named.parent == raw and named.is_dir()
    for entry in _seen([named]) if is_named else _visible(raw):
        if printable(entry.name) == agency and entry.is_dir() and _inside(entry, raw):
            found += _of_agency(Path(entry), raw)
    return found


def of_files(paths: Iterable[Path]) -> Gathered:
    """Files by themselves, whose agency is the one their title names."""
    return Gathered([Source(printable(path.name), None, path) for path in paths])


def of_any(path: Path) -> Gathered:
    """A file alone; a folder as RAW where it holds folders, as an agency's where years name its files.

    Any other folder holds files alone, each of the agency that its title names.
    """
    if not path.is_dir():
        return of_files([path])
    entries = list(_visible(path))
    if any(entry.is_dir() for entry in entries):
        return of_agencies(path)
    if not entries:
        return Gathered(failures=[_failure(path, worded("reports"), worded("none"))])
    if is_of_agency(path):
        whole = path.resolve()
        return _of_agency(whole, whole)
    return of_files(map(Path, entries))


def is_of_agency(path: Path) -> bool:
    """Is it the folder of one agency, which holds nothing but files named by years?"""
    entries = list(_visible(path)) if path.is_dir() else []
    named = (not entry.is_dir() and _YEAR.fullmatch(Path(entry).stem) for entry in entries)
    return bool(entries) and all(named)


def told_apart(sources: list[Source]) -> list[Source]:
    """The sources, each file once, those of one report_id renamed to their paths."""
    once: dict[Path, Source] = {}
    for source in sources:
        once.setdefault(source.path.absolute(), source)
    times = Counter(source.report_id for source in once.values())
    return [
        replace(s, report_id=printable(str(s.path))) if times[s.report_id] > 1 else s for s in once.values()
    ]


def _of_agency(folder: Path, raw: Path) -> Gathered:
    found = Gathered()
    agency = printable(folder.name)
    for entry in _visible(folder):
        source = Source(f"{agency}/{printable(entry.name)}", agency, Path(entry))
        if entry.is_file() and _inside(entry, raw):
            found.sources.append(source)
        else:
            found.failures.append(_failure(source.path, worded("report"), _what(source.path, raw), source))
    if not found.sources and not found.failures:
        found.failures.append(_failure(folder, worded("reports"), worded("none")))
    return found


def _visible(folder: Path) -> Iterator[_Entry]:
    with os.scandir(folder) as entries:
        named = sorted(entries, key=attrgetter("name"))
    # Of links that lead in a circle only a path says that they are neither files nor folders.
    return _seen(Path(entry) if entry.is_symlink() else entry for entry in named)


def _seen(entries: Iterable[_Entry]) -> Iterator[_Entry]:
    for entry in entries:
        name = entry.name.lower()
        if not name.startswith(_NOT_REPORTS_BEGIN) and name not in _NOT_REPORTS:
            yield entry


def _inside(path: _Entry, raw: Path) -> bool:
    """Does it lie in RAW, as what holds it does? Only links lead out."""
    return not path.is_symlink() or Path(os.path.realpath(path)).is_relative_to(os.path.realpath(raw))


def _what(path: Path, raw: Path) -> Said:
    if path.is_symlink():
        return worded("outside" if not _inside(path, raw) else "dead_link")
    if path.is_dir():
        return document.worded("folder")
    return document.worded("file") if path.is_file() else worded("neither")


def _failure(path: Path, wanted: Said, found: Said, source: Source | None = None) -> Failure:
    told = worded("not_wanted", path=printable(str(path)), wanted=wanted, found=found)
    return Failure(on_one_line(told), source)


def one_line(error: UnreadableFile) -> Said:
    """What the error says on one line, whatever the file is called."""
    return on_one_line(error.told)


def on_one_line(told: Said) -> Said:
    """The same without what steers a terminal."""
    return Said(_CONTROLS.sub(" ", told), _CONTROLS.sub(" ", told.zh))
