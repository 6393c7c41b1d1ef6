"""Dates: the period that a report tells, and the day by which it had to be published."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

import pandas as pd

from ogi.checks.flow import flowing
from ogi.checks.numerals import number
from ogi.checks.passages import Words, compact
from ogi.checks.rows import Identity, row
from ogi.checks.sentences import UNKNOWN, Verdict, say

PERIOD, PUBLISHED = "dates.period", "dates.published"
DEADLINES = {"department": (1, 31), "government": (3, 31)}
"""Kind of agency → month and day of the next year by which a report must be published (条例 Art. 49)."""

_SENTENCES = {
    (PERIOD, Verdict.HOLDS): ("“{clause}” is the year of the title.", "“{clause}”与标题年度一致。"),
    (PERIOD, Verdict.BROKEN): (
        "“{clause}”, but the report is on {year}.",
        "“{clause}”，而年报年度为{year}年。",
    ),
    (PUBLISHED, Verdict.HOLDS): (
        "Published on {published}; the deadline was {deadline}.",
        "{published}公布，期限为{deadline}。",
    ),
    (PUBLISHED, Verdict.BROKEN): (
        "Published on {published}, {late} days after the deadline of {deadline}.",
        "{published}公布，超过期限{deadline}共{late}天。",
    ),
    (PUBLISHED, Verdict.UNDECIDED): (
        "Published on {published}; no deadline is known for agencies of the kind {kind}.",
        "{published}公布；未设定{kind}类机关的公布期限。",
    ),
}
_FULL = re.compile(
    r"(?P<first>20\d\d)年(?P<from>\d{1,2}月\d{1,2}日)(?:[零0]时)?(?:起|开始|始)?[，,]?(?:至|到|止于|[-—–~～]+)"
    r"(?:(?P<last>20\d\d)年|同年|当年)?(?P<to>\d{1,2}月\d{1,2}日)"
)
_OPENS = re.compile(r"[（(]?(?:[一1][）)、．.]\s*)?(20\d\d)年度?(?:以来)?(?=[，,]|(?:我|本)(?!年))")
"""The year that a section begins with."""
_PREAMBLE = "preamble"
_OWN_YEAR = ("overview", "problems")
"""The sections that tell first of the report's own year, if they do not look ahead."""
_ABOUT = re.compile(r"统计|数据|期限|报告期|年度报告|年报")
_SENTENCE = re.compile(r"[^。；;！？\n]+")
_HEADING_YEAR = re.compile(r"(20\d\d)年")
_DOTTED = re.compile(r"(20\d\d)([./-])(\d{1,2})\2(\d{1,2})(?!\d)")
_SPELT_YEAR = re.compile(r"二[〇○零O0][〇○零一二三四五六七八九]{2}(?=年)")
_SPELT_DAY = re.compile(r"[一二三四五六七八九十]{1,3}(?=[月日])")
_SPELT = str.maketrans("〇○零O一二三四五六七八九", "0000123456789")
_FIRST_MONTH = re.compile(r"(?<=年)0?1月(?=起|开始|至|到|[-—–~～])")
_LAST_MONTH = re.compile(r"(?<=[年至到\-—–~～])12月底?(?!\d)")
_OF_REPORT = re.compile(r"(20\d\d)年度?(?:政府)?信息公开(?:工作)?(?:年度)?(?:报告|年报)")
_LEADING_ZERO = re.compile(r"(?<!\d)0(?=\d[月日])")
_WHOLE = ("1月1日", "12月31日")
_LONGEST_SHOWN = 40
_LOOK_AHEAD = ("problems", "other")
"""The sections whose headings may name the next year: what is to be improved then."""


def periods(words: Iterable[Words], language: str) -> Iterator[dict[str, object]]:
    """A row for each period that a report's words give for its figures, and each year in a section's heading.

    Where the report's own year is not known there is nothing to hold it against.
    """
    for told in words:
        year = told.of.year
        if year is None:
            continue
        sentences = (s for p in told.passages for s in _SENTENCE.findall(flowing(p.text)))
        for sentence in sentences:
            for match in _FULL.finditer(_in_full(sentence)) if _ABOUT.search(sentence) else ():
                first, last = int(match["first"]), int(match["last"] or match["first"])
                is_whole = (match["from"], match["to"]) == _WHOLE
                verdict = Verdict.HOLDS if first == last == year and is_whole else Verdict.BROKEN
                wrong = next((told_year for told_year in (first, last) if told_year != year), year)
                yield _period(told.of, verdict, match[0], wrong, language)
        yield from _openings(told, year, language)
        for passage in told.passages:
            for told_year in map(int, _HEADING_YEAR.findall(compact(passage.title))):
                if told_year > year and passage.section in _LOOK_AHEAD:
                    continue
                verdict = Verdict.HOLDS if told_year == year else Verdict.BROKEN
                yield _period(told.of, verdict, passage.title, told_year, language)


def _openings(told: Words, year: int, language: str) -> Iterator[dict[str, object]]:
    """A row for each section that begins with a year: one left over from an earlier report is not its own.

    Likewise for the preamble, where its first sentence tells of which year the report is.
    """
    for passage in told.passages:
        sentence = next(iter(_SENTENCE.findall(flowing(passage.text))), "")
        if passage.section == _PREAMBLE:
            match = _OF_REPORT.search(sentence)
        else:
            match = _OPENS.match(sentence) if passage.section in _OWN_YEAR else None
        if match is None or (int(match[1]) != year and str(year) in sentence):
            continue
        if int(match[1]) <= year:
            verdict = Verdict.HOLDS if int(match[1]) == year else Verdict.BROKEN
            yield _period(told.of, verdict, sentence[:_LONGEST_SHOWN], int(match[1]), language)


def _in_full(sentence: str) -> str:
    """The sentence with its days told as 2023年1月1日: not 2023.01.01, spelt, or by months."""
    told = _SPELT_YEAR.sub(lambda match: match[0].translate(_SPELT), sentence)
    told = _SPELT_DAY.sub(lambda match: str(number(match[0]) or match[0]), told)
    told = _LEADING_ZERO.sub("", _DOTTED.sub(r"\1年\3月\4日", told))
    return _LAST_MONTH.sub("12月31日", _FIRST_MONTH.sub("1月1日", told))


def _period(of: Identity, verdict: Verdict, clause: str, told_year: int, language: str) -> dict[str, object]:
    message = say(_SENTENCES[PERIOD, verdict], language, clause=clause, year=of.year)
    return row(of, PERIOD, verdict, message, (float(told_year), float(of.year or 0)))


def published(
    reports: Iterable[Identity], catalogue: pd.DataFrame, language: str
) -> Iterator[dict[str, object]]:
    """A row for each report whose day of publication the catalogue tells.

    `catalogue`: agency, year, kind, published (ISO date, or null), url; and, where a person set another
    one than DEADLINES, deadline (likewise). The sides are days after the end of the report's year.
    """
    known = catalogue.dropna(subset=["agency", "year", "published"])
    told = {(str(one["agency"]), int(one["year"])): one for one in known.to_dict("records")}
    for of in reports:
        one = None if of.agency is None or of.year is None else told.get((of.agency, of.year))
        if one is not None and of.year is not None:
            yield _published(of, of.year, {str(name): value for name, value in one.items()}, language)


def _published(of: Identity, year: int, told: dict[str, object], language: str) -> dict[str, object]:
    day, deadline = date.fromisoformat(str(told["published"])), _deadline(year, told)
    end = date(year, 12, 31)
    days = float((day - end).days)
    allowed = None if deadline is None else float((deadline - end).days)
    verdict = Verdict.UNDECIDED if allowed is None else Verdict.HOLDS if days <= allowed else Verdict.BROKEN
    values = {
        "published": day,
        "deadline": deadline,
        "kind": told["kind"] if isinstance(told["kind"], str) else UNKNOWN,
        "late": f"{days - (allowed or 0):.0f}",
    }
    message = say(_SENTENCES[PUBLISHED, verdict], language, **values)
    return row(of, PUBLISHED, verdict, message, (days, allowed))


def _deadline(year: int, told: dict[str, object]) -> date | None:
    own = told.get("deadline")
    if isinstance(own, str):
        return date.fromisoformat(own)
    day = DEADLINES.get(str(told["kind"]))
    return None if day is None else date(year + 1, *day)
