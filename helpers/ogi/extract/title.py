"""Whose report is it, and on which year? Its title says so, else its words, the file's or folder's name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import takewhile

from ogi.agencies.bodies import is_body
from ogi.extract.report import Finding, FindingKind, Severity, worded
from ogi.extract.script import simplified
from ogi.extract.sections import section_of
from ogi.extract.settings import SETTINGS
from ogi.readers.document import Document
from ogi.said import packaged
from ogi.values import shown

_YEAR = re.compile(r"(?<!\d)(20[0-9]{2})(?!\d)年?度?|(二[0〇○零一二三四五六七八九]{3})年?度?")
_REPORT = re.compile(
    r"(?:政府)?(?:信息|资讯)公开(?:工作)?(?:情况)?的?(?:年度)?(?:工作)?(?:情况)?(?:年度)?(?:报告|年报)"
)
_FOLD = str.maketrans("０１２３４５６７８９ＯO", "0123456789〇〇")
_CHINESE_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_ORNAMENT = " \t\u3000\xa0《》〈〉“”\"'—-–_:：·|（）()【】[]."
_BRACKETS = {"（": "）", "(": ")", "《": "》", "【": "】"}
_BEFORE_SITE_NAME = "_-–—|"
_NO_NAME = re.compile(r"[。，；;！？!?]|\d{3,}")
_CRAWLED = re.compile(r"[:：>＞/]|www\.|字体|字号|打印|关闭|分享|浏览|首页|返回|当前位置")
"""What lines around a web page's text hold: 来源：…, 首页 > 年报, an address."""
_NAMED_THERE = re.compile(r"^(?:标题|题目|名称|信息名称|文件名称|主题)[:：]")
_PUBLISHED = re.compile(
    r"(?:公布|发布|公开|公示|现将|现就|编制(?:形成|完成)?)了?(?P<title>[^《〈》〉。，；]{0,60}?(?:报告|年报|信息公开(?:工作)?情况))"
)
_MADE_BY = re.compile(
    r"(?:^|[。，；])(?:本报告)?由(?P<name>[^，。；由]{3,40}?)(?:负责)?(?:组织)?(?:编制|编写|发布|根据|按照|依据)"
)
_OWN = re.compile(r"^[本我][^\d二]{1,6}(?=20|二)")
"""我局 and the like, which name nobody."""
_QUOTED = re.compile(r"[《〈](?P<title>[^《〈》〉。]{4,80})[》〉]")
_PERIOD = re.compile(r"(?:自|从)?(20\d\d)年1月1日(?:起)?(?:至|到|[-—–~～]+)(?:(20\d\d)年|同年|当年)?12月31日")
_FOLDER = "folder name"
_PLACES = tuple("省市县区旗乡镇")
"""How the names of places end."""


@dataclass(frozen=True)
class ReportIdentity:
    """The printed title, the agency and the year, each None where nothing tells it.

    `printed_agency`: the agency by its title, its words or its file's name, and not by its folder's.
    """

    title: str | None
    agency: str | None
    printed_agency: str | None
    year: int | None
    findings: tuple[Finding, ...]


def identity(document: Document) -> ReportIdentity:
    """Title, agency and year; where title, file and folder disagree the title counts, with a finding."""
    path = document.path
    title, name = _title(document)
    told = [("title", title or ""), ("file name", path.stem), (_FOLDER, path.parent.name)]
    years = {where: year for where, text in told if (year := year_in(text)) is not None}
    names = {where: agency for where, text in told[1:] if (agency := _name_in_file(text))}
    if name:
        names = {"title": name, **names}
    agency, year, findings = _said_in(document) if title is None else (None, None, [])
    years = {"text": year, **years} if year is not None else years
    names = {"text": agency, **names} if agency else names
    findings += [*_disagreement("year", years), *_disagreement("agency", names)]
    year = next(iter(years.values()), None)
    if year is None:
        findings.append(Finding(FindingKind.YEAR_UNKNOWN, Severity.ERROR, worded("year_unknown")))
    first = next(iter(names.values()), None)
    printed = None if [*names] == [_FOLDER] else first
    return ReportIdentity(title, first, printed, year, tuple(findings))


def _said_in(document: Document) -> tuple[str | None, int | None, list[Finding]]:
    """The agency and the year by the first sentences: those that tell of the report, else of its period.

    With a finding that tells the words that say it.
    """
    texts = [_compact(p.text) for p in document.paragraphs[: SETTINGS.title_within]]
    titles = list(_titles_in(texts))
    agencies = [*((words, name) for words, name, _ in titles if name), *_makers_in(texts)]
    years = [*((words, year) for words, _, year in titles), *_periods_in(texts)]
    if not agencies and not years:
        return None, None, []
    agency, year = next((name for _, name in agencies), None), next((year for _, year in years), None)
    words = "; ".join(dict.fromkeys(shown(text) for text, _ in (*agencies[:1], *years[:1])))
    message = worded("said_in_text", words=words, agency=agency or "–", year=year or "–")
    return agency, year, [Finding(FindingKind.NAMED_IN_TEXT, Severity.NOTE, message, printed=words)]


def _titles_in(texts: list[str]) -> Iterator[tuple[str, str, int]]:
    """The words, the agency ("" where they name none) and the year of each title in running text."""
    for text in texts:
        for match in (*_QUOTED.finditer(text), *_PUBLISHED.finditer(text)):
            # 特向社会公布某局2023年政府信息公开情况 announces the report on it.
            title = re.sub("情况$", "情况报告", _OWN.sub("", match["title"]))
            name, year = _parse(title), year_in(title)
            if name is not None and year is not None:
                yield match[0], name, year


def _makers_in(texts: list[str]) -> Iterator[tuple[str, str]]:
    for text in texts:
        yield from ((m[0], m["name"]) for m in _MADE_BY.finditer(text) if _is_agency(m["name"]))


def _periods_in(texts: list[str]) -> Iterator[tuple[str, int]]:
    for text in texts:
        yield from ((m[0], int(m[1])) for m in _PERIOD.finditer(text) if m[2] in (None, m[1]))


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
                above = [_bare(p.text) for p in lead[max(0, start - 1) : start] if not found]
                names = [name for name in above if _is_agency(name)]
                return " ".join([*names, *texts]), found or next(iter(names), None)
    for title in document.titles:
        found = _parse(title)
        if found:
            return title.strip(), found
    return None, None


def _parse(text: str) -> str | None:
    """The agency in a title, "" where it names none; None where the text is no title."""
    yearless = _YEAR.sub("", _NAMED_THERE.sub("", _compact(text)))
    plain = simplified(yearless)
    yearless = yearless if len(plain) == len(yearless) else plain
    report = _REPORT.search(plain)
    if report is None or year_in(text) is None or len(yearless) > 2 * SETTINGS.longest_agency:
        return None
    name = _bare(_bare(yearless[: report.start()]).removeprefix("关于"))
    after = yearless[report.end() :]
    ends = not after.strip(_ORNAMENT) or after[0] in _BEFORE_SITE_NAME
    return name if ends and (not name or _is_name(name)) else None


def _bare(text: str) -> str:
    """The text without ornaments around it; a bracket of its own stays, as in 示例市人民政府（办公厅）."""
    bare = text.strip(_ORNAMENT)
    behind = text[text.index(bare) + len(bare) :] if bare else ""
    opened = [_BRACKETS[char] for char in bare if char in _BRACKETS]
    shut = sum(bare.count(char) for char in set(opened))
    return bare + behind[:1] if len(opened) > shut and behind[:1] in opened else bare


def _is_agency(text: str) -> bool:
    """Is it a name, and not one of the lines that a crawler takes from around the text?"""
    return _is_name(text) and _CRAWLED.search(text) is None


def _is_name(text: str) -> bool:
    return (
        2 < len(text) <= SETTINGS.longest_agency
        and _NO_NAME.search(text) is None
        and re.search(r"[\u4e00-\u9fff]", text) is not None
    )


def _name_in_file(text: str) -> str | None:
    found = _parse(text)
    if found:
        return found
    # What stood apart does so still, where a year or the word for the report stood between.
    apart = _REPORT.sub(" ", simplified(_YEAR.sub(" ", _compact(text))))
    return _bare("".join(_no_names().sub("", apart).split())) or None


@cache
def _no_names() -> re.Pattern[str]:
    """Words of file names that are no agency's name, and numbers, where they stand apart."""
    words = "|".join(sorted(packaged(__package__, "file_names.yaml")["no_names"], key=len, reverse=True))
    other = f"[^{re.escape(_ORNAMENT)}]"
    return re.compile(rf"(?<!{other})(?:(?:{words})+|[vV])?\d{{0,4}}(?!{other})")


def _disagreement(what: str, told: dict[str, str] | dict[str, int]) -> Iterator[Finding]:
    """A finding for each source that contradicts the first; a name within a name is no contradiction."""
    (first, *others), kept = (list(told) or [""]), told
    for where in others:
        a, b = str(kept[first]), str(kept[where])
        chinese = re.search(r"[\u4e00-\u9fff]", b) is not None
        # A folder is often named for a region, a file in letters for the site.
        if a in b or b in a or (what == "agency" and (not chinese or where == _FOLDER)):
            continue
        # 汇总材料, 领导审定稿: a file's name that names neither an agency nor a place contradicts none.
        if what == "agency" and where == "file name" and not (is_body(b) or b.endswith(_PLACES)):
            continue
        kind = FindingKind.YEAR_CONTRADICTION if what == "year" else FindingKind.AGENCY_CONTRADICTION
        message = worded(
            "contradiction", what=worded(what), a=a, b=b, first=worded(first), where=worded(where)
        )
        yield Finding(kind, Severity.WARNING, message, printed=b)
