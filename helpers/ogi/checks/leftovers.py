"""What a template left behind in a report: blanks that were not filled in, and its instructions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ogi.checks.passages import Words
from ogi.checks.rows import row
from ogi.checks.sentences import Verdict, say

LEFTOVERS = "words.leftovers"
_SENTENCES = {
    Verdict.HOLDS: ("Nothing in the words is left over from a template.", "文字中没有模板遗留。"),
    Verdict.BROKEN: ("Left over from a template: {shown}", "模板遗留：{shown}"),
}
_MOST_SHOWN, _AROUND = 3, 8

_HAN, _UNIT = r"[\u4e00-\u9fff]", "[件条项次份宗个]"
_BODY = r"(?:[省市州县区旗镇乡局委办厅院署]|街道|单位|机关|部门|政府|人民政府|村|社区)"
"""What an agency's name ends with, or the word for its rank."""
_OF_A_PERSON = r"不服|诉(?!讼)|等人|要求|提出|提起|号|案|型|[（(]?某|先生|女士|公司|小区"
"""What stands behind a name that was hidden: ××不服, ××案."""
_OPEN, _SHUT, _INSIDE = r"[（(【〔\[［<＜]", r"[）)】〕\]］>＞]", r"[^（()）【】〔〕\[\]［］<>＜＞\n]"
_READERS = r"请(?!见|参|看|查|点击|登录|访问|扫|拨|关注|联系|致电|咨询|注意)"
"""What is asked of who fills in a template, and not of who reads the report."""

_PATTERNS = {
    "crosses": rf"(?<![A-Za-z./@第])(?:[×✕╳]{{2,}}|X{{2,}}|Ｘ{{2,}})(?![×✕╳A-Za-zＸ./@]|{_OF_A_PERSON})",
    "small crosses": rf"(?<={_HAN})x{{2,}}(?=[\u4e00-\u9fff）”])|(?<=[（“：:\n])x{{2,}}(?={_HAN}|$|\n)",
    "circles": rf"(?<![一二三四五六七八九○〇])[○〇◯□△▲●]{{2,}}(?={_BODY}|{_UNIT})",
    "a cross for a number": rf"(?<={_HAN})[×✕╳XxＸNnＮ*＊](?={_UNIT})|(?<=[年月])[×✕╳XxＸ○]{{1,2}}(?=[月日])",
    "a cross in a year": r"(?:20\d?|19\d)[×✕╳XＸx○]{1,2}年|二[〇○]([×✕╳XＸx])\1?年",
    "some agency": rf"某某(?={_BODY})",
    "empty brackets": rf"〔\s*〕|(?<={_HAN})[（(]\s*[）)](?={_UNIT})|(?<![_\d])_{{3,}}(?![_\d])",
    "a gap for a number": r"(?<=[到理结开复请息共布转收])(?:\u3000|[ \t]{2})[\u3000 \t]*"
    r"(?=[件条份宗](?:[，。；、]|$))",
    "a name to be put in": rf"{_OPEN}(?:填报|行政)?(?:单位|机关|部门|乡镇|街道|局)(?:名称?|全称)?{_SHUT}",
    "an order to fill in": r"请(?:在此|如实|据实|逐项|各单位)?填写(?!《|申请)|请填报"
    r"|此处(?:填写|插入|填入|请)"
    r"|^(?:填写|填表)说明|(?:填写|填表)说明(?=[:：])|[单点]击此处(?:添加|输入|键入|插入|编辑)"
    r"|请(?:自行)?删除(?:此|本|该)",
    "an order in brackets": rf"{_OPEN}{_INSIDE}{{0,20}}"
    rf"(?:不少于|不超过|控制在|限)\d{{1,5}}字{_INSIDE}{{0,10}}{_SHUT}"
    rf"|{_OPEN}{_INSIDE}{{0,12}}(?:如没有[，,]?请|如无[，,]?请|没有的填|无则填|可另附){_INSIDE}{{0,12}}{_SHUT}"
    rf"|{_OPEN}{_INSIDE}{{0,16}}填[写报列]{_INSIDE}{{0,16}}{_SHUT}"
    rf"|{_OPEN}(?:{_READERS}|可从|可围绕|可结合){_INSIDE}{{2,40}}{_SHUT}"
    rf"|{_OPEN}(?:注[:：])?(?:(?:此|本)[处行段]{_INSIDE}{{0,6}})?(?:删除|不需修改){_INSIDE}{{0,6}}{_SHUT}",
    "a remark in brackets": rf"{_OPEN}(?:示例|模板|样本|范文|待填写?|待补充|待核实|待定|TODO){_SHUT}",
    "a placeholder": r"\{\{[^{}\n]{1,20}\}\}|\$\{[^{}\n]{1,20}\}",
    "a broken reference": r"#(?:REF!|DIV/0!|VALUE!|NAME\?|N/A)",
}
"""What it is → the pattern of it."""
_LEFTOVER = re.compile("|".join(f"(?:{pattern})" for pattern in _PATTERNS.values()), re.MULTILINE)


def leftovers(words: Iterable[Words], language: str) -> Iterator[dict[str, object]]:
    """Per report with words, what looks like the blanks and instructions of a template."""
    for told in words:
        text = "\n".join([told.title, *(f"{p.title}\n{p.text}" for p in told.passages)])
        if not text.strip():
            continue
        found = [_around(text, match) for match in _LEFTOVER.finditer(text)]
        verdict = Verdict.BROKEN if found else Verdict.HOLDS
        shown = "; ".join(f"“{clip}”" for clip in found[:_MOST_SHOWN])
        message = say(_SENTENCES[verdict], language, shown=shown)
        yield row(told.of, LEFTOVERS, verdict, message, (float(len(found)), 0.0))


def _around(text: str, match: re.Match[str]) -> str:
    start, end = max(match.start() - _AROUND, 0), match.end() + _AROUND
    return " ".join(text[start:end].split())
