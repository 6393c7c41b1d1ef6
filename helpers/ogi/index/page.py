"""The index as one page that needs nothing else: rows without a script, and a script for very many."""

from __future__ import annotations

import base64
import gzip
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from markupsafe import Markup, escape

from ogi.agencies import KINDS
from ogi.checks import Verdict
from ogi.checks.causes import OFFICIAL, WARNING
from ogi.forms import REPORT_TITLE
from ogi.index.entries import YearEntry
from ogi.index.overview import CSV, FIGURES, THERE, IndexRow, Overview, there_on
from ogi.pages.document import whole
from ogi.pages.html import Html, number, render, say
from ogi.pages.levels import level_names
from ogi.reported import (
    ELSEWHERE,
    LATE,
    LATE_SETTLED,
    MISFILED,
    MISSING,
    NO_DEADLINE,
    NO_FILE,
    STATUSES,
    UNDATED,
    UNREAD,
    UNREAD_YEAR,
    status_name,
    there_name,
)
from ogi.said import told, wordings

ROOM = "ogi.index"
_TEMPLATES = Path(__file__).parent / "templates"
MOST_ROWS = 500
"""Agencies that are readable without a script: a page of more takes seconds to lay out."""
UNKNOWN = "\u2013"
NO_LISTS: Mapping[str, Sequence[str]] = MappingProxyType({})
_IN_SCRIPT = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"}
_IF_ANY = (LATE, LATE_SETTLED, UNDATED, NO_DEADLINE, MISSING, MISFILED, ELSEWHERE, UNREAD, NO_FILE)
"""The statuses that the sentence counts where there is any; with those in time they make up all agencies."""
_LEVELS = {"official": OFFICIAL, "warnings": WARNING, "undecided": Verdict.UNDECIDED}
"""Column → the level of the slips that it counts."""


def index(
    overview: Overview,
    failures: Sequence[tuple[str, str]],
    language: str = "en",
    made_from: str = "",
    has_figures: bool = True,
    lists: Mapping[str, Sequence[str]] = NO_LISTS,
) -> str:
    """The whole page, showing the latest year first.

    `failures`, named at its end: a line each, and where in the code it arose, which opens with a click;
    `made_from`: as in `whole`; `has_figures`: does the file of all figures lie beside it? `lists`: what else
    is to be told of files, such as that several are on one year, by its heading's key.
    """
    year = overview.years[0] if overview.years else None
    rows = overview.rows(year)
    body = render(
        "index",
        language,
        _TEMPLATES,
        wordings(ROOM),
        kind_zh=REPORT_TITLE,
        year=year,
        years=overview.years,
        all_years=overview.strip,
        there=_there(language),
        rows=[_shown(row, overview.strip, language) for row in rows[:MOST_ROWS]],
        total=number(len(rows)),
        left_out=len(rows) > MOST_ROWS,
        sentence=sentence(rows, year, language),
        reviews=sorted(overview.reviews, reverse=True),
        csv=CSV,
        figures=FIGURES if has_figures else None,
        levels={column: told(level_names(level), language) for column, level in _LEVELS.items()},
        words=_in_script(_words(language)),
        data=_compressed(overview.packed(language)),
        failures=[(told(line, language), trace) for line, trace in failures],
        lists=_lists(overview, lists, language),
    )  # fmt: skip
    style = (_TEMPLATES / "index.css").read_text("utf-8")
    script = (_TEMPLATES / "index.js").read_text("utf-8")
    title = str(_say("title", language))
    beside = "".join(_shown_by_script(overview, language))
    html = Html(f"<style>{style}</style>{body}")
    return whole(html, title, language, script=script.strip(), made_from=made_from, beside=beside)


def sentence(rows: Sequence[IndexRow], year: int | None, language: str) -> Markup:
    """What all agencies come to in a year, in one sentence."""
    expected = [row for row in rows if row.status.status or row.of_year is not None]
    years = [row.of_year for row in expected if row.of_year is not None]
    counts = {
        "agencies": len(expected),
        "there": len(years),
        **{status: sum(row.status.status == status for row in expected) for status in _IF_ANY},
        "official": sum(one.official for one in years),
        "slipped": sum(one.official > 0 for one in years),
        "warnings": sum(one.warnings for one in years),
        "undecided": sum(one.undecided for one in years),
        "misprints": sum(one.misprints for one in years),
        "to_look_at": sum(one.to_look_at for one in years),
        "settled": sum(one.settled for one in years),
    }
    if year is None:
        return _say("nothing", language, agencies=number(len(rows)))
    told_counts = {name: number(count) for name, count in counts.items()}
    parts = [part for name, part in _parts(language) if not name or counts[name]]
    return Markup("").join(Markup(part).format(year=year, **told_counts) for part in parts)


def _parts(language: str) -> Iterator[tuple[str, str]]:
    """The parts of that sentence, each after the status that it counts, empty where it is always said."""
    keys = {"": "sentence", **{name: f"sentence.{name}" for name in _IF_ANY}}
    yield from ((name, told(wordings(ROOM)[key], language)) for name, key in keys.items())
    yield "", told(wordings(ROOM)["sentence.slips"], language)
    for name in ("misprints", "to_look_at"):
        of_review = told(wordings("ogi.review")[f"v.{name}"], language).replace("{n}", f"{{{name}}}")
        yield name, of_review if language == "zh" else f" {of_review}"
    yield "settled", told(wordings(ROOM)["sentence.settled"], language)


def _there(language: str) -> dict[str, str]:
    """What is said of each key of THERE."""
    return {key: told(there_name(name), language) for key, name in THERE.items()}


def _lists(overview: Overview, others: Mapping[str, Sequence[str]], language: str) -> dict[str, list[str]]:
    """What is told of files, by the key of its heading; none that are empty."""
    lists = {
        "misfiled": _titles({one.agency: one.misfiled for one in overview.ordered}, language),
        "may_be_other": _titles({one.agency: one.doubted for one in overview.ordered}, language),
        **{key: [told(line, language) for line in lines] for key, lines in others.items()},
    }
    return {key: lines for key, lines in lists.items() if lines}


def _titles(titles: Mapping[str, Mapping[int, str]], language: str) -> list[str]:
    """A line for each agency and year with a report whose title names another, the latest first."""
    found = [(-year, agency, name) for agency, named in titles.items() for year, name in named.items()]
    return [
        _say("misfiled.one", language, agency=agency, year=-year, name=name)
        for year, agency, name in sorted(found, key=lambda one: one[0])
    ]


def _shown(row: IndexRow, strip: Iterable[int], language: str) -> dict[str, object]:
    one, region = row.of_year, row.agency.region
    counts = {name: None if one is None else getattr(one, name) for name in ("received", *_LEVELS)}
    return {
        "name": row.entry.agency,
        "href": row.entry.href,
        "failed": row.entry.failed,
        "region": "" if region is None else region.name,
        "kind": told(KINDS[row.agency.kind].label, language),
        "strip": [(year, there_on(row.entry, year)) for year in strip],
        "status": row.status.status,
        "told": _status(row, language),
        "corrected": "" if one is None else _corrected(one),
        **{name: UNKNOWN if n is None else number(n) for name, n in counts.items()},
        "signs": "" if one is None else one.signs,
    }


def _corrected(one: YearEntry) -> str:
    """How many figures are misprinted, and behind a + how many corrections are to be looked at."""
    to_look_at = f"+{number(one.to_look_at)}" if one.to_look_at else ""
    return f"†{number(one.misprints)}{to_look_at}" if one.misprints or to_look_at else ""


def _status(row: IndexRow, language: str) -> Markup:
    if row.status.status == "late" and row.status.days_late is not None:
        return _say("late_by", language, days=row.status.days_late)
    return escape(told(row.status.name, language)) if row.status.status else Markup(UNKNOWN)


def _words(language: str) -> dict[str, object]:
    """What the script says; it fills in what stands in braces."""
    own = {name: told(said, language) for name, said in wordings(ROOM).items()}
    return {
        **{name: told(status_name(name), language) for name in STATUSES},
        UNREAD_YEAR: told(status_name(UNREAD, is_undated=True), language),
        "late_by": own["late_by"],
        "sentence": list(_parts(language)),
        **{name: own[name] for name in ("count", "stale", "stale_long", "no_page")},
        "there": _there(language),
    }


def _shown_by_script(overview: Overview, language: str) -> Iterator[str]:
    """Texts that the body does not hold, or not as text."""
    yield from (entry.agency for entry in overview.entries)
    yield from (told(one, language) for one in wordings(ROOM).values())
    yield from (told(status_name(one), language) for one in STATUSES)
    yield from _there(language).values()
    yield told(status_name(UNREAD, is_undated=True), language)
    yield from (told(level_names(level), language) for level in _LEVELS.values())
    yield from (one.region.name for one in overview.known.values() if one.region is not None)


def _say(key: str, language: str, **values: object) -> Markup:
    """A sentence in one language; values are escaped."""
    return say(key, language, wordings(ROOM), **values)


def _compressed(value: object) -> str:
    """JSON as the script unpacks it: a fifth of its size, and no text in it can end the element early."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return base64.b64encode(gzip.compress(text.encode(), mtime=0)).decode()


def _in_script(value: object) -> Markup:
    """The value as JSON in which no text can end the element early."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return Markup("".join(_IN_SCRIPT.get(character, character) for character in text))
