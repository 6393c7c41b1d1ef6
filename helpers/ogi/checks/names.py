"""The agency's name: the same in the title as the year before, and in the words as in the title."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise, product

import pandas as pd

from ogi.checks.passages import Passage, Words, compact_lines
from ogi.checks.rows import Identity, row
from ogi.checks.sentences import Verdict, say
from ogi.extract.script import simplified

NAME, IN_WORDS = "agency.name", "agency.name_in_words"

_SENTENCES = {
    (NAME, Verdict.HOLDS): (
        "The title names {this}, as that of {last} did.",
        "标题中的机关名称为{this}，与{last}年一致。",
    ),
    (NAME, Verdict.BROKEN): (
        "The title names {this}; that of {last} named {before}.",
        "标题中的机关名称为{this}，{last}年为{before}。",
    ),
    (IN_WORDS, Verdict.HOLDS): (
        "The words speak of {words}, the title of {title}.",
        "文字所称机关为{words}，标题为{title}。",
    ),
    (IN_WORDS, Verdict.UNDECIDED): (
        "The words seem to speak of {words}, the title of {title}; either may be misread.",
        "文字所称机关似为{words}，标题为{title}；可能识读有误。",
    ),
    (IN_WORDS, Verdict.BROKEN): (
        "The words speak of {words}, but the title of {title}: “{clause}”",
        "文字所称机关为{words}，而标题为{title}：“{clause}”",
    ),
}
_AGENCY = r"[\u4e00-\u9fff]{2,28}?(?:政府|办公[室厅]|办事处|委员会|管委会|[局厅院署委部])"
_COMPILED = re.compile(
    rf"(?:本|此)(?:年度)?(?:报告|年报)(?:是|系)?由(?P<name>{_AGENCY})(?=根据|按照|依据|依照|编制|组织)"
)
_OPENS = re.compile(
    rf"^20\d\d年度?(?:以来)?[，,]?(?!在|根据|按照|依据|遵照|围绕|经|受|对|向|与|随着|为)(?P<name>{_AGENCY})(?=坚持|认真|严格|深入|全面|积极|按照|始终|切实|持续)",
    re.MULTILINE,
)
_ASKED = r"(?![^，,。]{0,8}(?:要求|通知|格式|方案|部署|规定))"
_REPORT = rf"20\d\d年度?(?:政府)?信息公开(?:工作)?(?:年度)?(?:报告|年报){_ASKED}"
_REPORTS = re.compile(
    rf"(?:^|[，,])(?:由|现将|现公布|现发布)?(?P<name>(?!由|现|根据|按|依|遵照|对照|参照|落实|经){_AGENCY})"
    rf"(?=编制了?(?:本|20\d\d年)|{_REPORT})"
)
"""Whose report it is, in the sentence that says so first."""
_OWN = re.compile(r"^[本我该]|^(?:国务院|党中央|中央|[省市县区州](?:委|人民政府|政府))")
"""本局, 我委: whatever the title names; 市政府办公室: no agency by its name."""
_OFFICE = re.compile(r"(?:党政|综合)*办公[室厅]$")
_GOVERNMENT = re.compile(r"(?:人民)?政府$")
_LONGEST_SHOWN = 60


def names(reports: pd.DataFrame, language: str) -> Iterator[dict[str, object]]:
    """For each report but an agency's first, whether its title names the agency as the one before did.

    A name within a name (with and without its city) is the same.
    """
    known = reports.dropna(subset=["agency", "year", "printed_agency"]).sort_values("year", kind="stable")
    for agency, own in known.groupby("agency", sort=False):
        told = list(zip(own["report_id"], own["year"].astype(int), own["printed_agency"], strict=True))
        for (_, last, before), (report_id, year, this) in pairwise(told):
            a, b = plain(str(before)), plain(str(this))
            verdict = Verdict.HOLDS if a in b or b in a else Verdict.BROKEN
            message = say(_SENTENCES[NAME, verdict], language, this=this, before=before, last=last)
            sides = (1.0 if verdict == Verdict.HOLDS else 2.0), 1.0
            yield row(Identity(str(report_id), str(agency), int(year)), NAME, verdict, message, sides)


def names_in_words(
    words: Iterable[Words], reports: pd.DataFrame, language: str
) -> Iterator[dict[str, object]]:
    """For each report whose words name the agency that compiled it or whose work it tells, the rule.

    Only where the words say so in as many words (本报告由…编制; 2023年，…坚持…), not any agency they mention.
    """
    titles = reports.dropna(subset=["printed_agency"])
    printed = dict(zip(titles["report_id"], titles["printed_agency"].astype(str), strict=True))
    for told in words:
        title = printed.get(told.of.report_id)
        found = {plain(name): clause for passage in told.passages for name, clause in _named(passage)}
        if title is None or not found:
            continue
        other = [name for name in found if not may_be_one(name, plain(title))]
        shown = (other or list(found))[0]
        verdict = Verdict.HOLDS if not other else Verdict.UNDECIDED if told.is_doubtful else Verdict.BROKEN
        values = {"words": shown, "title": title, "clause": found[shown][:_LONGEST_SHOWN]}
        message = say(_SENTENCES[IN_WORDS, verdict], language, **values)
        yield row(told.of, IN_WORDS, verdict, message, (1.0 + len(other), 1.0))


def _named(passage: Passage) -> Iterator[tuple[str, str]]:
    """The agencies that a passage says it is of, each with the clause that says so."""
    text = compact_lines(passage.text)
    patterns = [_COMPILED, _OPENS] if passage.section == "overview" else [_COMPILED]
    first = text.partition("。")[0].partition("\n")[0] if passage.section in ("preamble", "overview") else ""
    found = [*_REPORTS.finditer(first), *(match for pattern in patterns for match in pattern.finditer(text))]
    for match in found:
        if _OWN.match(match["name"]) is None:
            yield match["name"], match[0]


def may_be_one(a: str, b: str) -> bool:
    """May two names be one agency's? In full and in short (城管局), with its city or not, with its office.

    The signs of the shorter stand in the longer in their order; a government counts as its own office.
    """
    both = all(_OFFICE.search(name) or _GOVERNMENT.search(name) for name in (a, b))
    pairs = product(_forms(a), _forms(b)) if both else [(a, b)]
    return any(_is_within(*sorted(pair, key=len)) for pair in pairs)


def _forms(name: str) -> set[str]:
    """The name, without its office, and without 人民政府: 甲区人民政府办公室, 甲区人民政府, 甲区."""
    own = _OFFICE.sub("", name)
    return {form for form in (name, own, _GOVERNMENT.sub("", own)) if len(form) > 1}


def _is_within(short: str, long: str) -> bool:
    signs = iter(long)
    return all(sign in signs for sign in short)


def plain(name: str) -> str:
    """The name in simplified characters, without blanks."""
    return "".join(simplified(name).split())
