"""The page over all agencies: which years each has reported on, and what the latest report says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from ogi.forms import REPORT_TITLE
from ogi.pages.breaches import counts
from ogi.pages.export import whole
from ogi.pages.frames import Frames
from ogi.pages.html import number, render, say
from ogi.said import told

UNKNOWN = "\u2013"


@dataclass(frozen=True)
class Entry:
    """One agency in the index; `failed`: this run made no page, so that a page there is an earlier run's."""

    agency: str
    href: str | None
    failed: bool = False
    years: tuple[int, ...] = ()
    missing: tuple[int, ...] = ()
    reports: int = 0
    latest: int | None = None
    received: str = UNKNOWN
    broken: int | None = None
    warnings: int | None = None
    undecided: int | None = None


def entry(frames: Frames, agency: str, has_page: bool, failed: bool) -> Entry:
    """What the index says about an agency; without reports, its name alone."""
    href = f"{quote(agency)}/index.html" if has_page else None
    if frames.reports.empty:
        return Entry(agency, href, failed)
    latest, received = frames.latest, frames.received
    return Entry(
        agency,
        href,
        failed,
        tuple(frames.years),
        tuple(frames.missing_years),
        len(frames.reports),
        None if latest is None else latest.year,
        UNKNOWN if received is None else number(received),
        *counts(frames),
    )


def index(
    entries: Sequence[Entry],
    failures: Sequence[tuple[str, str]],
    language: str = "en",
    reviews: Sequence[int] = (),
) -> str:
    """The whole index page, what needs a look first. `reviews`: the years of which there is a review.

    `failures`, named at its end: a line each, and where in the code it arose, which opens with a click.
    """
    years = sorted({year for entry in entries for year in entry.years})
    body = render(
        "index",
        language,
        entries=sorted(entries, key=_gravity),
        years=range(years[0], years[-1] + 1) if years else (),
        reports=sum(entry.reports for entry in entries),
        failures=[(told(line, language), trace) for line, trace in failures],
        kind_zh=REPORT_TITLE,
        reviews=reviews,
    )
    return whole(body, say("index_title", language), language)


def _gravity(entry: Entry) -> tuple[bool, int, int, int]:
    """Agencies without a page of this run, then by errors, warnings and doubts; else in the order given."""
    return not entry.failed, -(entry.broken or 0), -(entry.warnings or 0), -(entry.undecided or 0)
