"""What is usual among the agencies that are like each one, as its page tells it."""

from __future__ import annotations

from collections.abc import Iterator

from ogi import tables as store
from ogi.agencies import Agencies
from ogi.bulk.agency import Job
from ogi.bulk.run import declared, load
from ogi.compare import medians_by_kind
from ogi.tables import MissingTablesError, parts

PARAMETER = "medians"
"""What the notebook calls them; one without it shows none."""
_UNLIKE = "other"
"""Agencies whose names fit no kind have nothing in common."""


def medians_of(job: Job) -> dict[str, str]:
    """Agency → the medians of its kind in its latest year as text, where there are enough agencies."""
    if PARAMETER not in declared(load(job.notebook)):
        return {}
    kinds, latest = Agencies(store.by_hand(job.raw).catalogue), dict[str, tuple[str, int]]()

    def values() -> Iterator[tuple[str, int, list[float | None]]]:
        for agency, years in _of_parts(job):
            for year, own in years.items():
                of = kinds.kind(agency, int(year)), int(year)
                latest[agency] = max(latest.get(agency, of), of, key=lambda one: one[1])
                yield *of, own

    found = medians_by_kind(values())
    told = {agency: found[of] for agency, of in latest.items() if of[0] != _UNLIKE}
    return {agency: alike.text for agency, alike in told.items() if alike.medians}


def _of_parts(job: Job) -> Iterator[tuple[str, dict[str, list[float | None]]]]:
    """What each part of the dataset notes of its agencies; nothing where there is no dataset yet."""
    try:
        there = parts.parts(job.tables)
    except MissingTablesError:
        return
    for record in (parts.record_of(job.tables, part.key) for part in there):
        yield from () if record is None else record.leading.items()
