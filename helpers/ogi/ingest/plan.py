"""Which agencies lie together in a part of the dataset, and what their rows follow from.

Where one part ends and the next begins follows from the agencies' names and the number of their reports,
as in content-defined chunking, and not from what was there before. So the same reports come to the same
parts however they came, in one run or in several that were cut short, and a new agency moves only the ends
near it.
"""

from __future__ import annotations

import hashlib
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from ogi.files import code_digest
from ogi.ingest.by_hand import ByHand
from ogi.ingest.sources import Failure, Gathered, Source, worded
from ogi.said import Said
from ogi.tables import records
from ogi.tables.parts import FileSeen, PartRecord

_FEWEST, _MOST, _ONE_IN = 100, 400, 16
"""Reports that a part holds at least and at most, and how many agencies come, on average, after the least
until one ends it: of six reports each, a part has some 200. Smaller ones make many files, larger ones are
written anew for every new report."""
_PARTS = ("checks", "compare", "forms", "figures", "ingest", "tables", "said.py", "values.py")
"""What the rows follow from besides the reading, whose version the reports bear."""
_RECENT = 2_000_000_000
"""Nanoseconds in which a file may change again and bear the same time stamp."""


@dataclass(frozen=True)
class Batch:
    """The agencies of one part: from the name `first` on, up to but without `until`."""

    first: str
    until: str | None
    sources: tuple[Source, ...]
    failures: tuple[Failure, ...]
    """What lies in the place of a report."""

    def holds(self, agency: str) -> bool:
        """Is a part that begins and ends so the one where the agency belongs?"""
        return self.first <= agency and (self.until is None or agency < self.until)


def batches(gathered: Gathered) -> list[Batch]:
    """The files found, in the parts where they belong; the parts take all names there are between them."""
    sources, failures = _by_agency(gathered.sources), defaultdict(list)
    for failure in gathered.failures:
        if failure.source is not None and failure.source.agency is not None:
            failures[failure.source.agency].append(failure)
    groups = list(_groups({a: len(sources.get(a, ())) for a in sorted({*sources, *failures})}))
    starts = ["", *(group[0] for group in groups[1:]), None]
    return [
        Batch(
            first or "",
            until,
            tuple(source for agency in group for source in sources.get(agency, ())),
            tuple(failure for agency in group for failure in failures.get(agency, ())),
        )
        for group, (first, until) in zip(groups, pairwise(starts), strict=True)
    ]


def _by_agency(sources: Iterable[Source]) -> dict[str, list[Source]]:
    found = defaultdict(list)
    for source in sources:
        found[str(source.agency)].append(source)
    return dict(found)


def _groups(reports: Mapping[str, int]) -> Iterator[list[str]]:
    group: list[str] = []
    held = 0
    for agency, own in reports.items():
        group.append(agency)
        held += own
        is_end = hashlib.sha256(agency.encode()).digest()[0] % _ONE_IN == 0
        if held >= _MOST or (held >= _FEWEST and is_end):
            yield group
            group, held = [], 0
    if group:
        yield group


def looked_at(sources: Iterable[Source], known: dict[str, FileSeen]) -> dict[str, FileSeen]:
    """Report → its file as it is now; one with the size and time stamp that it had is not opened."""
    found = {source.report_id: _looked_at(source.path, known.get(source.report_id)) for source in sources}
    return {report_id: file for report_id, file in found.items() if file is not None}


def _looked_at(path: Path, known: FileSeen | None) -> FileSeen | None:
    try:
        stat = path.stat()
        if known is not None and known[:2] == (stat.st_size, stat.st_mtime_ns):
            return known
        is_settled = stat.st_mtime_ns < time.time_ns() - _RECENT
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None  # the reading will say what is wrong
    return (stat.st_size, stat.st_mtime_ns, digest) if is_settled else (None, None, digest)


def agency_keys(
    batch: Batch, files: dict[str, FileSeen], lines: Mapping[str, list[str]], version: str
) -> dict[str, str]:
    """Agency → a hash of all that its rows follow from: its files, what people say of it, and our code.

    `lines`: agency → what people say of it, see `lines_of`; `version`: see `program`.
    """
    digests: defaultdict[str, Any] = defaultdict(lambda: hashlib.sha256(f"{version}\n".encode()))
    for source in batch.sources:
        of = files.get(source.report_id)
        digests[str(source.agency)].update(f"{source.report_id} {None if of is None else of[2]}\n".encode())
    for failure in batch.failures:
        assert failure.source is not None
        digests[str(failure.source.agency)].update(f"{failure.in_raw.message}\n".encode())
    for agency in sorted(name for name in lines if batch.holds(name)):
        digests[agency].update("\n".join(lines[agency]).encode())
    return {agency: digest.hexdigest()[:32] for agency, digest in digests.items()}


def passing_keys(agencies: Mapping[str, str], failures: Iterable[Failure]) -> dict[str, str]:
    """Other keys for agencies of whose files one may be read another time, so that it is tried again."""
    found: dict[str, str] = {}
    for failure in failures:
        if failure.passing and failure.source is not None:
            agency = str(failure.source.agency)
            before = found.get(agency, agencies[agency])
            found[agency] = hashlib.sha256(f"{before} {failure.message}".encode()).hexdigest()[:32]
    return found


def part_key(batch: Batch, agencies: Mapping[str, str]) -> str:
    """The key of the part that holds these agencies."""
    return hashlib.sha256(repr([batch.first, sorted(agencies.items())]).encode()).hexdigest()[:32]


def lines_of(hand: ByHand) -> dict[str, list[str]]:
    """Agency → each line that a person wrote on it."""
    found = defaultdict(list)
    for kind in ("corrections", "marks", "catalogue"):
        for row in records(getattr(hand, kind)):
            found[str(row["agency"])].append(f"{kind} {sorted(row.items())}")
    for row in records(hand.refused):
        found[str(row["agency"])].append(f"refused {row['message']}")
    return dict(found)


def changed_files(agency: str, before: dict[str, FileSeen], now: dict[str, FileSeen]) -> list[Said]:
    """What has become of the agency's files."""
    own = f"{agency}/"
    told = []
    for name in sorted(name for name in before.keys() | now.keys() if name.startswith(own)):
        if name not in before or name not in now:
            told.append(worded("new" if name in now else "gone", file=name.removeprefix(own)))
        elif before[name][2] != now[name][2]:
            told.append(worded("changed", file=name.removeprefix(own)))
    return told


@cache
def program(version: str) -> str:
    """A hash of the version of the rules that read, and of the code that makes rows of what they read."""
    return hashlib.sha256(f"{version} {code_digest(*_PARTS)}".encode()).hexdigest()[:16]


def known_files(earlier: Iterable[PartRecord]) -> dict[str, FileSeen]:
    """What earlier runs knew of files, those of several parts together."""
    return {name: file for record in earlier for name, file in record.files.items()}
