"""The numbers at the head of a page: each with its course, its change, and what is in doubt about it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from markupsafe import Markup

from ogi.agencies import KINDS
from ogi.charts import BROKEN, CORRECTED, UNSURE_TITLE, sparkline
from ogi.columns import COLUMN
from ogi.compare import (
    MANY_ALIKE,
    SMALL,
    Alike,
    Indicator,
    Line,
    corrected_in,
    in_broken_sum,
    in_doubted_correction,
    in_unsure,
    line,
)
from ogi.compare.indicators import COUNT, PERCENT
from ogi.figures import Figures
from ogi.pages.frames import Frames
from ogi.pages.html import difference, listed, number, plain, relative, say
from ogi.said import Said, told
from ogi.values import State


def tile(frames: Frames, indicator: Indicator, language: str, alike: Alike | None) -> dict[str, Any]:
    """One number of the latest year: its change since the year before, its course, what it means.

    `is_small`: is it over too few cases to say much? `before_of`: over how many the year before's is, where
    they are too few. `signs`, `before_signs`: those behind the numbers of the two years; `doubts`: the
    reasons for them → the years that have each; `notes`: over how many cases, and the years of each sign.
    `median`: that of its kind in that year, with the kind and how many they are, where it is given.
    """
    years = frames.annual
    course = line(years, indicator.id)
    year = course.years[-1] if course.years else None
    before = None if course.before is None or year is None else year - 1
    doubts = _doubts(years, indicator, course)
    value = None if course.last is None else indicator.told(course.last)
    return {
        "name": told(indicator.name, language),
        "value": _unknown(frames, indicator, language) if value is None else value,
        "year": year,
        "before": _before(years, indicator, course, language),
        "before_of": _few_before(course),
        "change": "" if doubts["doubted_title"] & {year, before} else _change(indicator, course, language),
        "course": Markup(_drawn(indicator, course, doubts, language)),
        "means": told(indicator.means, language),
        "formula": told(indicator.formula, language),
        "is_small": course.is_small,
        "signs": _signs(doubts, year),
        "before_signs": _signs(doubts, before),
        "doubts": doubts,
        "notes": list(_notes(course, doubts, language)),
        "median": _median(indicator, course, alike, language),
    }


def _unknown(frames: Frames, indicator: Indicator, language: str) -> str:
    """What stands where there is no value: several files differ, the cells are left blank, or else a dash."""
    latest = frames.latest
    if latest is not None and _differ(frames.annual, indicator, latest.year):
        return plain("files_differ", language)
    found = () if latest is None else (frames.index.cell(str(latest.report_id), c) for c in indicator.cells)
    is_blank = any(figure is not None and figure.state == State.BLANK for figure in found)
    return plain("left_blank", language) if is_blank else "\u2013"


def _differ(years: Figures, indicator: Indicator, year: int | None) -> bool:
    """Do several files on the year differ on a figure of the indicator?"""
    own = [row for row, of in enumerate(years.reports) if of.year == year]
    return bool(years.conflict[own][:, [COLUMN[cell] for cell in indicator.cells]].any())


def _before(years: Figures, indicator: Indicator, course: Line, language: str) -> str:
    """The value of the year before, or that several files on it differ; "" where there is none."""
    if course.before is not None:
        return indicator.told(course.before)
    is_told_twice = course.years and _differ(years, indicator, course.years[-1] - 1)
    return plain("files_differ", language) if is_told_twice else ""


DOUBTS = {
    "t.doubted": (BROKEN, in_broken_sum),
    "t.corrected": (CORRECTED, corrected_in),
    "t.doubted_correction": (CORRECTED, in_doubted_correction),
    "doubted_title": (UNSURE_TITLE, in_unsure),
}
"""What is said of a number → the sign behind it, and the cells that it is said of."""


def _doubts(years: Figures, indicator: Indicator, course: Line) -> dict[str, set[int | None]]:
    """What is said of the values of its line → the years that it is said of."""
    columns = [COLUMN[cell] for cell in indicator.cells]
    pairs = zip(course.years, course.values, strict=True)
    # Of the last year also why there is no value.
    told = {year for year, value in pairs if value is not None} | set(course.years[-1:])
    found = {}
    for key, (_, cells) in DOUBTS.items():
        own = cells(years)[:, columns]
        found[key] = {of.year for of, row in zip(years.reports, own, strict=True) if row.any()} & told
    found["t.corrected"] -= found["t.doubted_correction"]
    return found


def _signs(doubts: Mapping[str, set[int | None]], year: int | None) -> str:
    """The signs behind the number of a year."""
    return "".join(DOUBTS[key][0] for key, of in doubts.items() if year in of)


def _notes(course: Line, doubts: Mapping[str, set[int | None]], language: str) -> Iterator[str]:
    """That there are few cases, and the years of each sign; the legend says what signs mean."""
    of = course.of[-1] if course.of else None
    if course.is_small and of is not None:
        yield plain("t.small" if of else "t.none", language, n=number(of))
    for key, years in doubts.items():
        if named := [str(year) for year in sorted(filter(None, years))]:
            yield f"{DOUBTS[key][0]} {listed(named, language)}"


def settled_in(settled: Mapping[int, Said], years: Iterable[int], language: str) -> Markup:
    """By whom the broken sums of some years are settled, behind the words on them."""
    found = [told(settled[year], language) for year in years if year in settled]
    return Markup("").join(say("settled", language, by=by) for by in found)


def _few_before(course: Line) -> str:
    """Over how many cases the rate of the year before is, where they are too few to say much."""
    of = course.of[-2] if len(course.of) > 1 and course.before is not None else None
    return "" if of is None or of >= SMALL else number(of)


def _median(indicator: Indicator, course: Line, alike: Alike | None, language: str) -> str:
    """What is usual among agencies of its kind in the year that the tile tells."""
    if alike is None or indicator.id not in alike.medians or course.years[-1:] != (alike.year,):
        return ""
    value, agencies = alike.medians[indicator.id]
    # Rounded as it is, it has no decimals to be told with.
    sign, scale = ("%", 100) if indicator.unit == PERCENT else ("", 1)
    kind = told(KINDS[alike.kind].label, language)
    key = "t.median" if agencies < MANY_ALIKE else "t.median.many"
    return plain(key, language, value=f"{number(scale * value)}{sign}", kind=kind, n=number(agencies))


def _change(indicator: Indicator, course: Line, language: str) -> str:
    """The change since the year before: in number and per cent, of a percentage in points.

    None is told of a rate over few cases in either year: a case or two would make it.
    """
    is_small = course.is_small or _few_before(course) != ""
    if course.last is None or course.before is None or is_small:
        return ""
    by = course.last - course.before
    if indicator.unit == PERCENT:
        return plain("points", language, by=difference(100 * by))
    words = number(by, signed=True) if indicator.unit == COUNT else difference(by)
    return words if not course.before else f"{words} ({relative(course.last, course.before)})"


def _drawn(indicator: Indicator, course: Line, doubts: Mapping[str, set[int | None]], language: str) -> str:
    hollow = {year for of in doubts.values() for year in of}
    return sparkline(course, _course_in_words(indicator, course, language), hollow)


def _course_in_words(indicator: Indicator, course: Line, language: str) -> str:
    """Every year with its value, for those who do not see the line."""
    told_years = (
        f"{year} {plain('no_value', language) if value is None else indicator.told(value)}"
        for year, value in zip(course.years, course.values, strict=True)
    )
    return listed(list(told_years), language)
