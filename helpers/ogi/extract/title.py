"""Whose report is it, and on which year? Its title says so, then the file's name, then the folder's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile

from ogi.extract.report import Finding, FindingKind, Severity, worded
from ogi.extract.script import simplified
from ogi.extract.sections import section_of
from ogi.extract.settings import SETTINGS
from ogi.readers.document import Document

_YEAR = re.compile(r"(?<!\d)(20[0-9]{2})(?!\d)年?度?|(二[0〇○零一二三四五六七八九]{3})年?度?")
_REPORT = re.compile(
    r"(?:政府)?(?:信息|资讯)公开(?:工作)?(?:情况)?的?(?:年度)?(?:工作)?(?:情况)?(?:年度)?(?:报告|年报)"
)
_FOLD = str.maketrans("０１２３４５６７８９ＯO", "0123456789〇〇")
_CHINESE_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_ORNAMENT = " \t\u3000\xa0《》〈〉“”\"'—-–_:：·|（）()【】[]."
_BEFORE_SITE_NAME = "_-–—|"
_NO_NAME = re.compile(r"[。，；;！？!?]|\d{3,}")


@dataclass(frozen=True)
class ReportIdentity:
    """The printed title, the agency and the year, each None where nothing tells it."""

    title: str | None
    agency: str | None
    year: int | None
    findings: tuple[Finding, ...]


def identity(document: Document) -> ReportIdentity:
    """Title, agency and year; where title, file and folder disagree the title counts, with a finding."""
    path = document.path
    title, name = _title(document)
    told = [("title", title or ""), ("file name", path.stem), ("folder name", path.parent.name)]
    years = {where: year for where, text in told if (year := year_in(text)) is not None}
    names = {where: agency for where, text in told[1:] if (agency := _name_in_file(text))}
    if name:
        names = {"title": name, **names}
    findings = [*_disagreement("year", years), *_disagreement("agency", names)]
    year = next(iter(years.values()), None)
    if year is None:
        findings.append(Finding(FindingKind.YEAR_UNKNOWN, Severity.ERROR, worded("year_unknown")))
    return ReportIdentity(title, next(iter(names.values()), None), year, tuple(findings))


def year_in(text: str) -> int | None:
    """The year a title or a name tells; None where it tells none or several."""
    years = years_in(text)
    return years.pop() if len(years) == 1 else None


def years_in(text: str) -> set[int]:
    """All years that a text tells."""
    return {int((m[1] or m[2]).translate(_CHINESE_DIGITS)) for m in _YEAR.finditer(_compact(text))}


def names_report(text: str) -> bool:
    """Is it the title of a report, of whomever and on whichever year?"""
    return len(text) < 2 * SETTINGS.longest_agency and _parse(text) is not None


def _compact(text: str) -> str:
    return "".join(text.translate(_FOLD).split())


def _title(document: Document) -> tuple[str | None, str | None]:
    """The printed title and the agency it names, over up to three short paragraphs; else the metadata's."""
    lead = list(takewhile(lambda p: section_of(p.text) is None, document.paragraphs))[: SETTINGS.title_within]
    for count in (1, 2, 3):  # the shortest first, so that no line beside the title becomes part of it
        for start in range(len(lead) - count + 1):
            texts = [paragraph.text.strip() for paragraph in lead[start : start + count]]
            found = _parse("".join(texts))
            if found is not None:
                # The agency may stand in a line of its own above the title.
                above = [p.text.strip(_ORNAMENT) for p in lead[start - 1 : start] if not found]
                names = [name for name in above if _is_name(name)]
                return " ".join([*names, *texts]), found or next(iter(names), None)
    for title in document.titles:
        found = _parse(title)
        if found:
            return title.strip(), found
    return None, None


def _parse(text: str) -> str | None:
    """The agency in a title, "" where it names none; None where the text is no title."""
    yearless = _YEAR.sub("", _compact(text))
    plain = simplified(yearless)
    yearless = yearless if len(plain) == len(yearless) else plain
    report = _REPORT.search(plain)
    if report is None or year_in(text) is None or len(yearless) > 2 * SETTINGS.longest_agency:
        return None
    name = yearless[: report.start()].strip(_ORNAMENT).removeprefix("关于").strip(_ORNAMENT)
    after = yearless[report.end() :]
    ends = not after.strip(_ORNAMENT) or after[0] in _BEFORE_SITE_NAME
    return name if ends and (not name or _is_name(name)) else None


def _is_name(text: str) -> bool:
    return (
        2 < len(text) <= SETTINGS.longest_agency
        and _NO_NAME.search(text) is None
        and re.search(r"[\u4e00-\u9fff]", text) is not None
    )


def _name_in_file(text: str) -> str | None:
    found = _parse(text)
    name = found or _REPORT.sub("", simplified(_YEAR.sub("", _compact(text)))).strip(_ORNAMENT)
    return name or None


def _disagreement(what: str, told: dict[str, str] | dict[str, int]) -> Iterator[Finding]:
    """A finding for each source that contradicts the first; a name within a name is no contradiction."""
    (first, *others), kept = (list(told) or [""]), told
    for where in others:
        a, b = str(kept[first]), str(kept[where])
        chinese = re.search(r"[\u4e00-\u9fff]", b) is not None
        # A folder is often named for a region, a file in letters for the site.
        if a in b or b in a or (what == "agency" and (not chinese or where == "folder name")):
            continue
        kind = FindingKind.YEAR_CONTRADICTION if what == "year" else FindingKind.AGENCY_CONTRADICTION
        message = worded(
            "contradiction", what=worded(what), a=a, b=b, first=worded(first), where=worded(where)
        )
        yield Finding(kind, Severity.WARNING, message, printed=b)
