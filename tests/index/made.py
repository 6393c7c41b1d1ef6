"""Made-up agencies for tests of the index."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ogi.agencies import Agencies
from ogi.index import Entry, Overview
from ogi.index.overview import Status
from ogi.tables import empty


def overview(
    entries: Sequence[Entry], statuses: Mapping[str, Status] | Mapping[int, Status] | None = None
) -> Overview:
    """The entries with what their names tell; `statuses`: of the latest year, of all agencies or by name."""
    agencies = Agencies(empty("catalogue"))
    known = {entry.agency: agencies.of(entry.agency, 2023) for entry in entries}
    latest = max((year for entry in entries for year in entry.years), default=2023)
    told: dict[str, Status] = {}
    for key, status in (statuses or {}).items():
        told |= {key: status} if isinstance(key, str) else {entry.agency: status for entry in entries}
    return Overview(entries, known, {latest: told})
