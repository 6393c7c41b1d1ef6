"""What the page of an agency tells of all others: what is usual among those like it, and the newest year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ogi.agencies import Agencies
from ogi.bulk.agency import Job
from ogi.bulk.run import declared, load
from ogi.compare import medians_by_kind
from ogi.ingest.by_hand import by_hand
from ogi.tables import parts

PARAMETER = "medians"
"""What the notebook calls them; one without it shows none."""
NEWEST = "newest"
"""What the notebook calls the newest year; one without it is silent on it."""
_MANY = 0.1
"""The share of agencies whose reports make a year the newest."""
_UNLIKE = "other"
"""Agencies whose names fit no kind have nothing in common."""


def medians_of(job: Job) -> dict[str, str]:
    """Agency → the medians of its kind in its latest year as text, where there are enough agencies."""
    if PARAMETER not in declared(load(job.notebook)):
        return {}
    kinds, latest = Agencies(by_hand(job.raw).catalogue), dict[str, tuple[str, int]]()

    def values() -> Iterator[tuple[str, int, list[float | None]]]:
        for agency, years in _of_parts(job):
            for year, own in years.items():
                of = kinds.kind(agency, int(year)), int(year)
                latest[agency] = max(latest.get(agency, of), of, key=lambda one: one[1])
                yield *of, own

    found = medians_by_kind(values())
    told = {agency: found[of] for agency, of in latest.items() if of[0] != _UNLIKE}
    return {agency: alike.text for agency, alike in told.items() if alike.medians}


def newest_of(job: Job) -> dict[str, int]:
    """Agency → the newest year on which a tenth of all have reported, where it has not.

    It is told to those alone that lack it: the pages of the others stay as they are when a year begins. One
    report whose year was misread, or the first that comes in, makes no year.
    """
    if NEWEST not in declared(load(job.notebook)):
        return {}
    years = {agency: {int(year) for year in own} for agency, own in _of_parts(job) if own}
    counts = Counter(year for own in years.values() for year in own)
    newest = max((year for year, n in counts.items() if n >= len(years) * _MANY), default=None)
    if newest is None:
        return {}
    return {agency: newest for agency, own in years.items() if max(own) < newest}


def _of_parts(job: Job) -> Iterator[tuple[str, dict[str, list[float | None]]]]:
    """What each part of the dataset notes of its agencies; nothing where there is no dataset yet."""
    for record in parts.records_of(job.tables, parts.there_now(job.tables)):
        yield from record.leading.items()
