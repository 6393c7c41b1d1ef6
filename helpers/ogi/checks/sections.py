"""The six sections: present, in order, rightly numbered, and the fifth of substance."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ogi.checks.passages import Words, compact_lines
from ogi.checks.rows import row
from ogi.checks.sentences import Verdict, say
from ogi.forms import SECTIONS, Section

PRESENT, ORDER, NUMBERS, PROBLEMS = (
    "sections.present",
    "sections.order",
    "sections.numbers",
    "sections.problems",
)
FEWEST_CHARACTERS = 4
"""What the section on problems must say at least, beyond headings, stock phrases and good intentions."""

RETITLED = "retitled"
"""A section that is missing by its title, while a heading in the words may be its own."""

_SENTENCES = {
    (PRESENT, Verdict.HOLDS): ("All {count} sections are there.", "{count}个部分齐全。"),
    (PRESENT, Verdict.BROKEN): ("Not there: {names}.", "缺少：{names}。"),
    (PRESENT, Verdict.UNDECIDED): (
        "Not found: {names}; what could not be read may hold it.",
        "未找到：{names}；可能在未能识读的内容中。",
    ),
    (PRESENT, RETITLED): (
        "Not found under their titles: {names}; they may be what is headed {printed}.",
        "未见规定的标题：{names}；所印标题或为{printed}。",
    ),
    (ORDER, Verdict.HOLDS): ("The sections stand in the order prescribed.", "各部分依规定顺序排列。"),
    (ORDER, Verdict.BROKEN): ("The sections stand in another order: {names}.", "各部分顺序有误：{names}。"),
    (NUMBERS, Verdict.HOLDS): ("All numbers printed before sections are right.", "各部分序号无误。"),
    (NUMBERS, Verdict.BROKEN): ("Wrongly numbered: {names}.", "序号有误：{names}。"),
    (PROBLEMS, Verdict.HOLDS): (
        "Section {number} tells problems or improvements.",
        "第{number}部分有实质内容。",
    ),
    (PROBLEMS, Verdict.BROKEN): (
        "Section {number} ({title}) says next to nothing: “{text}”",
        "第{number}部分（{title}）没有实质内容：“{text}”",
    ),
    (PROBLEMS, Verdict.UNDECIDED): (
        "Section {number} ({title}) was read without text; what could not be read may hold it.",
        "第{number}部分（{title}）未读到文字；可能在未能识读的内容中。",
    ),
}
_OVERVIEW, _PREAMBLE, LONG_PREAMBLE = "overview", "preamble", 100
"""What stands before the first section, and how long it is where it tells more than who reports on when."""
_HEADED = re.compile(r"^(?:第?([一二三四五六1-6])(?:[、.．]|部分))([^。；\n]{2,30})$", re.MULTILINE)
_MISTYPED = re.compile(r"^[^\w\s（(《“]{1,2}[、.．]")
_NOTHING = ("(nothing)", "（无文字）")
_DIGITS = str.maketrans("123456", "一二三四五六")
_STOCK = re.compile(
    r"以习近平[^,。；]{0,30}为指导|取得了?一定的?(?:成效|成绩|进展)"
    r"|(?:但|还|仍|也|依然)*存在(?:一些|一定的?|不少)(?:问题|不足|差距)(?:[和与、及](?:问题|不足|差距))*"
    r"|对照上级(?:要求|部门要求)|与(?:上级|群众|人民|公众)[^,，。；]{0,16}相比"
)
"""Phrases that say nothing of the agency."""
_CLAUSE = re.compile(r"[^，,。；;：:、．.（）()\s]+")
_THINGS = (
    r"(?:问题|不足|困难|短板|差距|事项|内容|(?:需要)?说明"
    r"|(?:改进|整改|工作)?(?:措施|情况|方向|方面|打算|计划))"
)
_HEADING = re.compile(
    rf"[一二三四五六七八九十\d]*(?:是|工作|中|存在|的|主要|突出|下一步|及|和|与|以及|改进|整改)*{_THINGS}?"
    rf"(?:及|和|与|以及|存在|的|主要|改进|整改)*{_THINGS}?"
)
_WE = r"(?:20\d\d年度?)?(?:[我本](?:[省市州县区旗镇乡局委办厅院所]|街道|单位|机关|部门)的?)?"
_INTENTION = re.compile(
    rf"(?:今后|下一?步|接下来|以后)?{_WE}(?:将|要|会|并)*(?:继续|进一步|不断|持续|始终|切实)*"
    r"(?:努力|改进|加强|提高|提升|做好|再接再厉|保持|完善|推进|抓好|改善|总结经验)*"
    r"(?:政府信息公开|政务公开|信息公开|下一?年度?|本职|各项)*的?(?:工作|水平|质量|力度)*"
)
_NONE = re.compile(
    rf"\w{{0,28}}?(?:暂无|没有|不存在|未发现|未存在|无)(?:\w{{0,8}}?{_THINGS}){{0,3}}|略|\w{{0,2}}详?见附件\w{{0,2}}"
)
"""Clauses that are but a heading, that but intend to go on, and those by which there is nothing to tell."""
_LONGEST_SHOWN, _LONGEST_EMPTY = 40, 48


def sections(words: Iterable[Words], language: str) -> Iterator[dict[str, object]]:
    """The rows of the four rules on sections, for each report of which any section was found."""
    for told in words:
        if told.passages:
            yield _present(told, language)
            yield _order(told, language)
            yield _numbers(told, language)
            yield from _problems(told, language)


def _present(told: Words, language: str) -> dict[str, object]:
    found = {passage.section for passage in told.passages}
    missing = [section for section in SECTIONS if section.id not in found]
    retitled = {section: _retitled(section, told) for section in missing}
    lacking = [section for section, heading in retitled.items() if heading is None]
    verdict = (
        Verdict.HOLDS
        if not missing
        else Verdict.BROKEN
        if lacking and not told.is_doubtful
        else Verdict.UNDECIDED
    )
    values = {
        "names": "；".join(_heading(section) for section in lacking or missing),
        "printed": "、".join(heading for heading in retitled.values() if heading is not None),
        "count": len(SECTIONS),
    }
    is_told = verdict != Verdict.UNDECIDED or lacking
    message = say(_SENTENCES[PRESENT, verdict if is_told else RETITLED], language, **values)
    return row(
        told.of, PRESENT, verdict, message, (float(len(SECTIONS) - len(missing)), float(len(SECTIONS)))
    )


def _retitled(section: Section, told: Words) -> str | None:
    """The heading that may be a section's own in other words: with its number and some of its words.

    Of the overview: the text that stands before the other sections, where it is long.
    """
    for match in _HEADED.finditer(told.text()):
        if match[1].translate(_DIGITS) == section.number and len(_pairs(match[2]) & _pairs(section.zh)) > 1:
            return f"“{match[0]}”"
    if section.id == _OVERVIEW and len(before := told.text(_PREAMBLE)) >= LONG_PREAMBLE:
        return f"“{before[:_LONGEST_SHOWN]}…”"
    return None


def _pairs(title: str) -> set[str]:
    return {title[n : n + 2] for n in range(len(title) - 1)}


def _order(told: Words, language: str) -> dict[str, object]:
    """Headings may return (contents, appendices): the right order among them is enough."""
    printed = [passage.section for passage in told.passages]
    expected = [section.id for section in SECTIONS if section.id in printed]
    rest = iter(printed)
    in_order = sum(1 for section in expected if section in rest)
    verdict = Verdict.HOLDS if in_order == len(expected) else Verdict.BROKEN
    names = " → ".join(dict.fromkeys(passage.title for passage in told.passages if passage.title))
    sides = float(in_order), float(len(expected))
    return row(told.of, ORDER, verdict, say(_SENTENCES[ORDER, verdict], language, names=names), sides)


def _numbers(told: Words, language: str) -> dict[str, object]:
    """A section is wrong where it is numbered and none of its headings has the right number."""
    wrong, judged = [], 0
    for section in SECTIONS:
        own = [p for p in told.passages if p.section == section.id]
        numbered = [p for p in own if p.number or _MISTYPED.match(p.title)]
        judged += bool(numbered)
        if numbered and not any(p.number.translate(_DIGITS) == section.number for p in numbered):
            first = numbered[0]
            wrong.append(f"{first.number}、{first.title}" if first.number else first.title)
    verdict = Verdict.BROKEN if wrong else Verdict.HOLDS
    message = say(_SENTENCES[NUMBERS, verdict], language, names="；".join(wrong))
    return row(told.of, NUMBERS, verdict, message, (float(judged - len(wrong)), float(judged)))


def _problems(told: Words, language: str) -> Iterator[dict[str, object]]:
    section = next(section for section in SECTIONS if section.id == "problems")
    own = [passage for passage in told.passages if passage.section == section.id]
    if not own:
        return
    text = "\n".join(passage.text for passage in own).strip()
    length = substance(text)
    is_lost = not text and told.is_doubtful
    verdict = (
        Verdict.HOLDS if length >= FEWEST_CHARACTERS else Verdict.UNDECIDED if is_lost else Verdict.BROKEN
    )
    shown = " ".join(text.split())[:_LONGEST_SHOWN] or say(_NOTHING, language)
    values = {"number": section.number, "title": section.zh, "text": shown}
    message = say(_SENTENCES[PROBLEMS, verdict], language, **values)
    yield row(told.of, PROBLEMS, verdict, message, (float(length), float(FEWEST_CHARACTERS)))


def substance(text: str) -> int:
    """How many characters are left without headings, stock phrases, marks and the word that there is none."""
    return min(_substance(compact_lines(text)), _substance(text))


def _substance(text: str) -> int:
    """Of a text whose blanks part clauses; where they stand inside words, it is read without them too."""
    clauses = _CLAUSE.findall(_STOCK.sub("，", text))
    told = (one for one in clauses if len(one) > _LONGEST_EMPTY or not _is_empty(one))
    return sum(len(re.sub(r"[^\w]|_", "", one)) for one in told)


def _is_empty(clause: str) -> bool:
    return any(pattern.fullmatch(clause) for pattern in (_HEADING, _INTENTION, _NONE))


def _heading(section: Section) -> str:
    return f"{section.number}、{section.zh}"
