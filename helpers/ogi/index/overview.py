"""All agencies and years in the compact columns that the script of the index reads."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from ogi.agencies import KINDS, Agency, by_code, last_year
from ogi.index.entries import Entry, YearEntry
from ogi.reported import HAS_REPORT, MISFILED, MISSING, NOT_HERE, UNREAD, status_name
from ogi.said import Said, told, worded
from ogi.tables import safe

CSV, FIGURES = "index.csv", "figures.parquet"
"""The files beside the index: what it shows, of every year; and every figure of every agency."""
THERE = {"0": MISSING, "1": HAS_REPORT, "2": MISFILED, "3": UNREAD}
"""What may lie there of an agency and year: nothing, its report, another agency's, an unread file."""
NONE = ""
"""Of an agency from which no report on a year is expected."""
_COUNTS = ("received", "official", "warnings", "undecided", "misprints", "to_look_at", "settled")
_HEADS = (
    "agency", "code", "region", "kind", "year", "report", "days_late",
    "new_requests", "new_requests_marks", "official", "warnings", "undecided", "misprints",
    "to_look_at", "settled",
)  # fmt: skip


@dataclass(frozen=True)
class Status:
    """How an agency has reported on a year: one of `ogi.reported.STATUSES`, and how late.

    `is_undated`: does its file tell nothing since it tells no year?
    """

    status: str
    days_late: int | None = None
    is_undated: bool = False

    @property
    def name(self) -> Said:
        """What it is called, as the reviews call it."""
        return status_name(self.status, self.is_undated)


@dataclass(frozen=True)
class IndexRow:
    """One agency in one year, as a line of the index."""

    entry: Entry
    agency: Agency
    status: Status
    of_year: YearEntry | None


@dataclass(frozen=True)
class Overview:
    """What the index is made from.

    `known`: agency → what is known of it; `statuses`: year → agency → how it has reported, none where
    nothing is expected; `reviews`: the years that have a review.
    """

    entries: Sequence[Entry]
    known: Mapping[str, Agency]
    statuses: Mapping[int, Mapping[str, Status]]
    reviews: Sequence[int] = ()
    ordered: list[Entry] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "ordered", sorted(self.entries, key=lambda one: (one.pinyin, one.agency)))

    @cached_property
    def years(self) -> list[int]:
        """The years with a report, be it of another agency, the latest first."""
        return sorted({year for one in self.entries for year in (*one.years, *one.misfiled)}, reverse=True)

    @property
    def strip(self) -> range:
        """The years from the first with a report to the last: one that nobody has is a gap to be seen."""
        return range(self.years[-1], self.years[0] + 1) if self.years else range(0)

    def rows(self, year: int | None) -> list[IndexRow]:
        """The agencies in a year, what needs a look first at the top."""
        return sorted((self._row(entry, year) for entry in self.ordered), key=gravity)

    def _row(self, entry: Entry, year: int | None) -> IndexRow:
        none = Status(NONE)
        status = none if year is None else self.statuses.get(year, {}).get(entry.agency, none)
        of_year = None if year is None else entry.years.get(year)
        return IndexRow(entry, self.known[entry.agency], status, of_year)

    def packed(self, language: str) -> dict[str, Any]:
        """The columns, the agencies in the order of their names; numbers joined by commas, names by lines."""
        known = [self.known[entry.agency] for entry in self.ordered]
        kinds = list(dict.fromkeys(agency.kind for agency in known))
        regions = list(dict.fromkeys(agency.region for agency in known))
        places = {region: place for place, region in enumerate(regions)}
        words, odd = _initials(self.ordered)
        return {
            "names": "\n".join(entry.agency for entry in self.ordered),
            "pages": "".join(
                str(entry.has_page + 2 * entry.failed + 4 * entry.is_undated) for entry in self.ordered
            ),
            "kinds": [told(KINDS[kind].label, language) for kind in kinds],
            "kind": ",".join(str(kinds.index(agency.kind)) for agency in known),
            "regions": [["", ""] if one is None else [one.code, one.name] for one in regions],
            "region": ",".join(str(places[agency.region]) for agency in known),
            "within": dict(_within([one.code for one in regions if one is not None])),
            "initials": words,
            "odd": odd,
            "of": {str(year): self._packed_year(year) for year in self.years},
        }

    def _packed_year(self, year: int) -> dict[str, str]:
        rows = [self._row(entry, year) for entry in self.ordered]
        statuses = list(dict.fromkeys(row.status.status for row in rows))
        told_of = [row.of_year for row in rows]
        return {
            "statuses": ",".join(statuses),
            "status": ",".join(str(statuses.index(row.status.status)) for row in rows),
            "late": _joined(row.status.days_late for row in rows),
            "there": "".join(there_on(row.entry, year) for row in rows),
            "received": ",".join(
                "" if one is None or one.received is None else f"{one.received:g}" for one in told_of
            ),
            "signs": ",".join("" if one is None else one.signs for one in told_of),
            **{
                name: _joined(None if one is None else getattr(one, name) for one in told_of)
                for name in _COUNTS[1:]
            },
        }

    def csv_rows(self, language: str) -> Iterator[list[object]]:
        """The head and a row for each agency and year, safe against formulas; in English with ids."""
        yield [told(worded("ogi.index", f"csv.{head}"), language) for head in _HEADS]
        for year in self.years:
            for row in (self._row(entry, year) for entry in self.ordered):
                one, region = row.of_year, row.agency.region
                counts = [""] * len(_COUNTS) if one is None else [getattr(one, name) for name in _COUNTS]
                counts.insert(1, "" if one is None else _marks(one, language))
                place = ("", "") if region is None else (region.code, region.name)
                days = row.status.days_late
                kind, status = row.agency.kind, row.status.status
                if language != "en":
                    kind = told(KINDS[kind].label, language)
                    status = told(row.status.name, language) if status else NONE
                told_of = (row.entry.agency, *place, kind, year, status)
                yield [_in_csv(value) for value in (*told_of, days, *counts)]


def there_on(entry: Entry, year: int) -> str:
    """What lies there of a year, as a key of THERE."""
    if year in entry.years:
        return "1"
    return "2" if year in entry.misfiled else "3" if year in entry.unread else "0"


def _marks(one: YearEntry, language: str) -> str:
    """What is to be known of the number of new requests: in English as series and indicators name it."""
    if language == "en":
        return one.marks
    return "；".join(told(worded("ogi.index", f"mark.{mark}"), language) for mark in one.marks.split())


def _in_csv(value: object) -> object:
    """A whole number without a point, None as nothing."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return safe(value) if isinstance(value, str) else "" if value is None else value


def gravity(row: IndexRow) -> tuple[bool, int, bool, int, int, bool]:
    """No page of this run, then by slips, then no report, then by warnings and doubts, last without any."""
    one = row.of_year
    official, warnings, undecided = (0, 0, 0) if one is None else (one.official, one.warnings, one.undecided)
    is_there = row.status.status not in NOT_HERE
    return (not row.entry.failed, -official, is_there, -warnings, -undecided, one is not None)


def _joined(numbers: Iterator[int | None]) -> str:
    """Numbers with commas between; zero and none are left out, since most are."""
    return ",".join(str(number) if number else "" for number in numbers)


def _within(codes: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The start of a code → the province or city that it stands for, of those that hold any agency."""
    for code in sorted({*(f"{one[:2]}0000" for one in codes), *(f"{one[:4]}00" for one in codes)}):
        region = by_code(code, last_year())
        if region is not None:
            yield code[:2] if code.endswith("0000") else code[:4], region.name


def _initials(entries: Sequence[Entry]) -> tuple[str, dict[int, str]]:
    """Each character with the letter that it usually begins with, and the names that are read otherwise."""
    letters: defaultdict[str, Counter[str]] = defaultdict(Counter)
    spoken = [_spoken(entry) for entry in entries]
    for entry, initials in zip(entries, spoken, strict=True):
        if len(entry.agency) == len(initials):
            for character, letter in zip(entry.agency, initials, strict=True):
                letters[character][letter] += 1
    usual = {character: found.most_common(1)[0][0] for character, found in letters.items()}
    odd = {
        place: initials
        for place, (entry, initials) in enumerate(zip(entries, spoken, strict=True))
        if "".join(usual.get(character, character.lower()) for character in entry.agency) != initials
    }
    return "".join(f"{character}{letter}" for character, letter in usual.items()), odd


def _spoken(entry: Entry) -> str:
    """The first letter of each word of the name; what is not Chinese whole."""
    return "".join(word if not word.isalpha() or len(word) == 1 else word[0] for word in entry.pinyin.split())
