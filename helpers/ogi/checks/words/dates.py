"""Dates: the period that a report tells, and the day by which it had to be published."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

import pandas as pd

from ogi.agencies import kind_name
from ogi.checks.rows import UNKNOWN, Check, Verdict, judged, message
from ogi.checks.words.report import ReportWords
from ogi.checks.words.text import compact, flowing, number
from ogi.checks.words.vocabulary import pattern
from ogi.figures import Identity
from ogi.said import Said
from ogi.values import shown

# An inner deadline may be earlier: whoever reviews sets it in the catalogue.
DEADLINES = {"department": (1, 31), "government": (3, 31)}
"""Kind of agency → month and day of the next year by which a report must be published (条例 Art. 49)."""

_OWN_YEAR = ("overview", "problems")
"""The sections that tell first of the report's own year, if they do not look ahead."""
_LOOK_AHEAD = ("problems", "other")
"""The sections whose headings may name the next year: what is to be improved then."""
_SPELT = str.maketrans("〇○零O一二三四五六七八九", "0000123456789")


def periods(words: ReportWords) -> Iterator[Check]:
    """A row for each period that a report's words give for its figures, and each year that a section tells.

    Where the report's own year is not known there is nothing to hold it against.
    """
    year = words.of.year
    if year is None:
        return
    yield from _periods(words, year)
    for clause, told in (*_openings(words, year), *_headings(words, year)):
        verdict = Verdict.HOLDS if told == year else Verdict.BROKEN
        yield judged(words.of, "dates.period", verdict, (float(told), float(year)), clause=clause, year=year)


def _periods(words: ReportWords, year: int) -> Iterator[Check]:
    """A row for each period of figures: is it the report's whole year, a part of it, or another year?"""
    for passage in words.passages:
        for sentence in pattern("parts.statement").findall(flowing(passage.text)):
            is_of_figures = pattern("periods.about_figures").search(sentence)
            for match in pattern("periods.full").finditer(_in_full(sentence)) if is_of_figures else ():
                yield _period(match, words.of, year)


def _period(match: re.Match[str], of: Identity, year: int) -> Check:
    """A period that begins or ends on another day than the report's year is told as that."""
    first, last = int(match["first"]), int(match["last"] or match["first"])
    wrong = next((told for told in (first, last) if told != year), year)
    days = [("begins", first, match["from"], "1月1日"), ("ends", last, match["to"], "12月31日")]
    off = [(end, _day(told, day)) for end, told, day, whole in days if (told, day) != (year, whole)]
    ends = [message("dates.period", end, day=day) for end, day in off]
    case = "not_whole" if ends and year in (first, last) else ""
    told = Said(" and ".join(ends), "，".join(end.zh for end in ends))
    verdict, sides = Verdict.BROKEN if ends else Verdict.HOLDS, (float(wrong), float(year))
    return judged(of, "dates.period", verdict, sides, case=case, clause=match[0], year=year, ends=told)


def _day(year: int, day: str) -> Said:
    month, of_month = map(int, re.findall(r"\d+", day))
    return Said(f"{year}-{month:02}-{of_month:02}", f"{year}年{day}")


def _openings(words: ReportWords, year: int) -> Iterator[tuple[str, int]]:
    """The year that a section begins with, which may be left over from an earlier report.

    Likewise of the preamble, where its first sentence tells of which year the report is.
    """
    for passage in words.passages:
        sentence = next(iter(pattern("parts.statement").findall(flowing(passage.text))), "")
        if passage.section == "preamble":
            match = pattern("periods.of_report").search(sentence)
        else:
            match = pattern("periods.opens").search(sentence) if passage.section in _OWN_YEAR else None
        told = year + 1 if match is None else int(match[1])
        if told == year or (told < year and str(year) not in sentence):
            yield shown(sentence), told


def _headings(words: ReportWords, year: int) -> Iterator[tuple[str, int]]:
    """The years in the headings of sections."""
    for passage in words.passages:
        for told in map(int, re.findall(r"(20\d\d)年", compact(passage.title))):
            if told <= year or passage.section not in _LOOK_AHEAD:
                yield passage.title, told


def _in_full(sentence: str) -> str:
    """The sentence with its days told as 2023年1月1日: not 2023.01.01, spelt, or by months."""
    told = pattern("periods.spelt_year").sub(lambda match: match[0].translate(_SPELT), sentence)
    told = pattern("periods.spelt_day").sub(lambda match: str(number(match[0]) or match[0]), told)
    told = pattern("periods.leading_zero").sub("", pattern("periods.dotted").sub(r"\1年\3月\4日", told))
    return pattern("periods.last_month").sub("12月31日", pattern("periods.first_month").sub("1月1日", told))


def published(reports: Iterable[Identity], catalogue: pd.DataFrame) -> Iterator[Check]:
    """A row for each report whose day of publication the catalogue tells.

    `catalogue`: agency, year, kind, published (ISO date, or null), url; and, where a person set another
    one than DEADLINES, deadline (likewise). The sides are days after the end of the report's year.
    """
    known = catalogue.dropna(subset=["agency", "year", "published"]).to_dict("records")
    told = {(str(one["agency"]), int(one["year"])): one for one in known}
    for of in reports:
        one = None if of.agency is None or of.year is None else told.get((of.agency, of.year))
        if one is not None and of.year is not None:
            yield _published(of, of.year, {str(name): value for name, value in one.items()})


def _published(of: Identity, year: int, told: dict[str, object]) -> Check:
    day, deadline = date.fromisoformat(str(told["published"])), _deadline(year, told)
    end = date(year, 12, 31)
    days = float((day - end).days)
    allowed = None if deadline is None else float((deadline - end).days)
    is_late = allowed is not None and days > allowed
    # Where nobody set a deadline for a kind, nothing about the report is in doubt.
    verdict = Verdict.NOT_APPLICABLE if allowed is None else Verdict.BROKEN if is_late else Verdict.HOLDS
    own = told["kind"]
    kind = kind_name(own) if isinstance(own, str) else UNKNOWN
    values: dict[str, Any] = {
        "published": day,
        "deadline": deadline,
        "kind": kind,
        "late": f"{days - (allowed or 0):.0f}",
    }
    return judged(of, "dates.published", verdict, (days, allowed), **values)


def _deadline(year: int, told: dict[str, object]) -> date | None:
    own = told.get("deadline")
    if isinstance(own, str):
        return date.fromisoformat(own)
    day = DEADLINES.get(str(told["kind"]))
    return None if day is None else date(year + 1, *day)
