"""The head of a page: agency and years, the verdict in a sentence, and five numbers with their course."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pandas as pd
from markupsafe import Markup

from ogi.agencies import KINDS
from ogi.charts import BROKEN, CORRECTED, UNSURE_TITLE, sparkline
from ogi.checks import Verdict
from ogi.checks.causes import NOTE, OFFICIAL, WARNING, Slip, once, settled
from ogi.columns import COLUMN
from ogi.compare import (
    INDICATORS,
    LEADING,
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
from ogi.forms import REPORT_TITLE
from ogi.pages.filing import filing, settled_late, without_report
from ogi.pages.frames import Frames
from ogi.pages.html import Html, listed, number, percent, plain, render, say
from ogi.pages.named import doubled, misfiled, printed_names
from ogi.said import Said, known, told, worded
from ogi.tables.misprints import DISPUTED, DOUBTED, MISPRINT, UNCONFIRMED, UNSURE
from ogi.values import State, one_decimal


def cover(frames: Frames, language: str = "en", medians: str = "") -> Html:
    """Agency, years with and without a report, the verdict, and the tiles.

    `medians`: those of agencies of its kind in the latest year, as a run over many gives them; "" for none.
    """
    alike = Alike.of_text(medians) if medians else None
    told_filing = [told(line, language) for line in filing(frames)]
    tiles = [_tile(frames, INDICATORS[id], known(language), alike) for id in LEADING]
    return render(
        "cover",
        language,
        frames=frames,
        kind_zh=REPORT_TITLE,
        printed=printed_names(frames, language),
        verdict=Markup(" ").join(_verdict(frames, language)),
        filing=told_filing,
        settled_late=[told(line, language) for line in settled_late(frames)],
        strip=list(_strip(frames, language)),
        look=_look(frames, bool(told_filing)),
        tiles=tiles,
        legend=list(_legend(frames, tiles, language)),
    )


def _legend(frames: Frames, tiles: list[dict[str, Any]], language: str) -> Iterator[Markup]:
    """What the dotted lines and the signs on tiles mean, and by whom the broken sums are settled."""
    if any('class="f"' in tile["course"] for tile in tiles):
        yield Markup("┊ {}").format(say("t.dotted", language))
    for key, (sign, _) in _DOUBTS.items():
        years = sorted({year for tile in tiles for year in tile["doubts"][key] if year is not None})
        if years:
            left = settled_in(frames.annual.settled, years, language) if sign == BROKEN else ""
            means = told(worded("ogi", key), language) if key == _TITLE else say(key, language)
            yield Markup("{} {}{}").format(sign, means, left)


def _strip(frames: Frames, language: str) -> Iterator[tuple[int, str]]:
    """Each year with "" where its report is there, else with what is there in its place."""
    gaps, unread = without_report(frames), frames.unread_years
    for year in sorted({*frames.years, *gaps}):
        there = plain("unread_file" if year in unread else "no_report", language)
        if year in frames.strange_years:
            there = told(worded("ogi", "there.misfiled"), language)
        yield year, there if year in gaps else ""


def _look(frames: Frames, is_asked: bool) -> str:
    """How the verdict looks: what is to be mended, else what is still to be asked about, else all well."""
    if any(slip.level == OFFICIAL and not slip.is_settled for slip in frames.slips):
        return "bad"
    is_odd = len(frames.strangers) or frames.doubted or any(doubled(frames, "en"))
    return "open" if is_asked or len(frames.misprints) or is_odd else "good"


def _verdict(frames: Frames, language: str) -> Iterator[Markup]:
    """What the latest report's sums say, then the earlier ones', then what is missing, open or settled."""
    years = frames.years
    official = frames.checks[frames.checks["official"].astype(bool)]
    standing = [slip for slip in once(frames.slips) if not slip.is_settled]
    errors = [slip for slip in standing if slip.level == OFFICIAL]
    corrected = set(frames.corrections["year"])
    # Whose report it is comes before what its sums say.
    yield from misfiled(frames, language)
    if years:
        own = sum(slip.year == years[-1] for slip in errors)
        is_checked = (official["year"] == years[-1]).any()
        holds = _holds(official[official["year"] == years[-1]], years[-1] in corrected)
        if any(slip.level == OFFICIAL and slip.year == years[-1] for slip in frames.slips):
            holds = "v.none_counted"  # a sum that a mark has settled does not hold
        key = "v.slips" if own else holds if is_checked else "v.unchecked"
        yield _counted(key, own, language, year=years[-1])
    yield from doubled(frames, language)
    yield from _misprints(frames, language)
    earlier = [slip for slip in errors if slip.year != (years[-1] if years else None)]
    if earlier:
        yield _counted("v.earlier", len(earlier), language, years=_years(earlier, language))
    elif len(years) > 1 and not set(frames.misprints["year"]) & set(years[:-1]):
        is_settled = any(slip.level == OFFICIAL and slip.year != years[-1] for slip in frames.slips)
        yield say("v.earlier_none_counted" if is_settled else "v.earlier_hold", language)
    for level, key in ((WARNING, "v.warnings"), ("undecided", "v.undecided")):
        of_level = [slip for slip in standing if slip.level == level]
        if of_level:
            yield _counted(key, len(of_level), language, years=_years(of_level, language))
    if left := settled(slip for slip in frames.slips if slip.level != NOTE):
        yield say("v.settled", language, n=left)


def _years(found: list[Slip], language: str) -> str:
    """The years they are of, the latest first."""
    years = {slip.year for slip in found if slip.year is not None}
    return listed([str(year) for year in sorted(years, reverse=True)], language) or "?"


def _holds(sums: pd.DataFrame, is_corrected: bool) -> str:
    """What is said of a year in which no sum is broken: with corrections, one may be so by these alone."""
    if not is_corrected:
        return "v.holds"
    return "v.holds_doubted" if has_open_sums(sums) else "v.holds_corrected"


def has_open_sums(sums: pd.DataFrame) -> bool:
    """Is there a sum that does not hold, and is not known to be broken?"""
    differs = (sums["verdict"] == Verdict.UNDECIDED) & sums["difference"].fillna(0).ne(0)
    return bool(differs.any())


_GROUNDS = {
    MISPRINT: "v.misprints", DOUBTED: "v.doubted", UNCONFIRMED: "v.unconfirmed", UNSURE: "v.unsure",
    DISPUTED: "v.disputed",
}  # fmt: skip
"""What a correction says of the report → the sentence on it."""


def _misprints(frames: Frames, language: str) -> Iterator[Markup]:
    """What the reports print wrongly and a person has corrected: the sums that hold hide it."""
    for ground, key in _GROUNDS.items():
        own = frames.misprints[frames.misprints["ground"] == ground]
        if len(own):
            years = [str(year) for year in sorted(set(own["year"]), reverse=True)]
            yield _counted(key, len(own), language, years=listed(years, language))


def _counted(key: str, n: int, language: str, **values: object) -> Markup:
    return say(key, language, n=n, **values)


def _unknown(frames: Frames, indicator: Indicator, language: str) -> str:
    """What stands where there is no value: several files differ, the cells are left blank, or else a dash."""
    latest, years = frames.latest, frames.annual
    columns = [COLUMN[cell] for cell in indicator.cells]
    own = [row for row, of in enumerate(years.reports) if latest is not None and of.year == latest.year]
    if years.conflict[own][:, columns].any():
        return plain("files_differ", language)
    found = () if latest is None else (frames.index.cell(str(latest.report_id), c) for c in indicator.cells)
    is_blank = any(figure is not None and figure.state == State.BLANK for figure in found)
    return plain("left_blank", language) if is_blank else "\u2013"


def _tile(frames: Frames, indicator: Indicator, language: str, alike: Alike | None) -> dict[str, Any]:
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
    value = None if course.last is None else told_as(indicator, course.last)
    return {
        "name": told(indicator.name, language),
        "value": _unknown(frames, indicator, language) if value is None else value,
        "year": year,
        "before": "" if course.before is None else told_as(indicator, course.before),
        "before_of": _few_before(course),
        "change": _change(indicator, course, language),
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


_TITLE = "doubted_title"
_DOUBTS = {
    "t.doubted": (BROKEN, in_broken_sum),
    "t.corrected": (CORRECTED, corrected_in),
    "t.doubted_correction": (CORRECTED, in_doubted_correction),
    _TITLE: (UNSURE_TITLE, in_unsure),
}
"""What is said of a number → the sign behind it, and the cells that it is said of."""


def _doubts(years: Figures, indicator: Indicator, course: Line) -> dict[str, set[int | None]]:
    """What is said of the values of its line → the years that it is said of."""
    columns = [COLUMN[cell] for cell in indicator.cells]
    pairs = zip(course.years, course.values, strict=True)
    # Of the last year also why there is no value.
    told = {year for year, value in pairs if value is not None} | set(course.years[-1:])
    found = {}
    for key, (_, cells) in _DOUBTS.items():
        own = cells(years)[:, columns]
        found[key] = {of.year for of, row in zip(years.reports, own, strict=True) if row.any()} & told
    found["t.corrected"] -= found["t.doubted_correction"]
    return found


def _signs(doubts: Mapping[str, set[int | None]], year: int | None) -> str:
    """The signs behind the number of a year."""
    return "".join(_DOUBTS[key][0] for key, of in doubts.items() if year in of)


def _notes(course: Line, doubts: Mapping[str, set[int | None]], language: str) -> Iterator[str]:
    """That there are few cases, and the years of each sign; the legend says what signs mean."""
    of = course.of[-1] if course.of else None
    if course.is_small and of is not None:
        yield plain("t.small" if of else "t.none", language, n=number(of))
    for key, years in doubts.items():
        if named := [str(year) for year in sorted(filter(None, years))]:
            yield f"{_DOUBTS[key][0]} {listed(named, language)}"


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


def told_as(indicator: Indicator, value: float) -> str:
    """The value of an indicator as a reader is told it: a count, a percentage, or cases on each hundred."""
    if indicator.unit == COUNT:
        return number(value)
    return percent(value) if indicator.unit == PERCENT else one_decimal(value)


def _change(indicator: Indicator, course: Line, language: str) -> str:
    """The change since the year before: in number and per cent, of a percentage in points.

    None is told of a rate over few cases in either year: a case or two would make it.
    """
    is_small = course.is_small or _few_before(course) != ""
    if course.last is None or course.before is None or is_small:
        return ""
    by = course.last - course.before
    if indicator.unit == PERCENT:
        return plain("points", language, by=number(round(100 * by, 1), signed=True))
    words = number(round(by, 1), signed=True)
    return words if not course.before else f"{words} ({relative(course.last, course.before)})"


def relative(new: float, old: float) -> str:
    """The change in per cent, with its sign."""
    return f"{number(round(100 * (new / old - 1)), signed=True)}%"


def _drawn(indicator: Indicator, course: Line, doubts: Mapping[str, set[int | None]], language: str) -> str:
    hollow = {year for of in doubts.values() for year in of}
    return sparkline(course, _course_in_words(indicator, course, language), hollow)


def _course_in_words(indicator: Indicator, course: Line, language: str) -> str:
    """Every year with its value, for those who do not see the line."""
    told_years = (
        f"{year} {plain('no_value', language) if value is None else told_as(indicator, value)}"
        for year, value in zip(course.years, course.values, strict=True)
    )
    return listed(list(told_years), language)
