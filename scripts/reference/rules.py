"""Every rule of the catalogue, by theme."""

from __future__ import annotations

from collections.abc import Iterator

from ogi.agencies import KINDS as KINDS_OF_AGENCIES
from ogi.agencies.bodies import FIELDS
from ogi.checks import RULES, THEMES, Rule
from ogi.checks.explain import KINDS
from ogi.checks.rows import message
from ogi.checks.words.dates import DEADLINES
from ogi.checks.years import FEW, SMALL_SHARE
from ogi.said import Said, joined, say, told, worded
from scripts.reference.markdown import heads, row

_VERDICTS = {
    "holds": Said("The two sides agree, and every cell is filled in.", "两边相等，各单元格均已填写。"),
    "holds_blank_as_zero": Said(
        "They agree when blank cells and signs for nothing (/, —, 无) are read as zero.",
        "空白和“/”“—”“无”按零计时，两边相等。",
    ),
    "broken": Said("They do not agree.", "两边不符。"),
    "undecided": Said(
        "A part is missing or unreadable, or our reading may be at fault: a cell read with little "
        "confidence, a row or head that was not understood, a picture that was not read.",
        "有缺项或无法识读，或者可能是我们读错：单元格识读把握不大，有行或栏名未能理解，有图片未读。",
    ),
    "not_applicable": Said(
        "Every cell of the line is blank or a sign for nothing.", "该行（栏）全部为空白或“/”等。"
    ),
}
_MADE = Said(
    "Made by `make docs` from `helpers/ogi/checks/` and `helpers/ogi/forms/`; change it there.",
    "<!-- 由`make docs`根据`helpers/ogi/checks/`和`helpers/ogi/forms/`生成，请在该处修改。 -->",
)
_KINDS_OF_RULES = Said(
    "A rule is **official** where the form itself demands it; every other one is soft. The severity\n"
    "is that of a breach. Nothing printed is ever repaired.",
    "格式本身要求的规则标为**官方**，其余为参考。严重程度指违反该规则时的程度。\n所印内容一律不作改动。",
)
_EXPLAINED = Said(
    "The message of a broken sum ends with the smallest set of cells that would explain it: {kinds}.\n"
    "A cell whose change mends its row and its column comes before one that mends only one of them.",
    "勾稽不符时，说明的末尾列出能解释差异的最少单元格：{kinds}。\n"
    "改动一处即可使行、列都相符的单元格，排在只使其一相符的之前。",
)
_SMALL = Said(
    "A carry-over that differs by at most {few}, or by under {share}, is a note.\n"
    "So is one that the report's own words explain; the message quotes them.",
    "结转数相差不超过{few}件或不足{share}的，只作提示；年报自己有说明的也是，并引用其原文。",
)
_FOLDERS = Said(
    "Where title and folder are called differently, and neither is the other's name for short or without\n"
    "its places, `agency.folder` is undecided; it is broken where the two are surely two agencies: of two\n"
    "places, or of two fields between which no body has moved ({fields}).\n"
    "It is not judged where the folder or the title is called like no agency, or no name was read.",
    "标题与文件夹所称机关不同、且不是简称或省去地名的，`agency.folder`未能判定；足以断定为两个机关的\n"
    "（地名不同，或属互不相并的两类部门：{fields}）为不符；文件夹名或标题所称不是机关名称、或未读到名称的，不作判定。",
)
_DEADLINES = Said(
    "Deadlines in the year after the report's, by kind of agency: {days}. When a report was\n"
    "published is told in `data/catalogue.csv`; `data/deadlines.toml` sets other dates and kinds.",
    "次年公布期限（按机关类别）：{days}。公布日期记于机关名录，`deadlines.toml`可另设日期和\n"
    "类别，填法见[机关名录和公布期限](catalogue.md)。",
)


def _fields() -> str:
    """Each field by its words, as names have them."""
    return "；".join("、".join(words) for words in FIELDS.values())


def rules(language: str) -> str:
    return "\n".join([*_head(language), *_catalogue(language)]) + "\n"


def _head(language: str) -> Iterator[str]:
    title = told(Said("Rules", "核对规则"), language)
    yield from (f"# {title}", "", told(_MADE, language), "", told(_KINDS_OF_RULES, language), "")
    yield from heads(language, Said("verdict", "核对结果"), Said("meaning", "含义"))
    for verdict, meaning in _VERDICTS.items():
        name = worded("ogi", f"verdict.{verdict}").zh
        yield row(language, (Said(f"`{verdict}`", f"{name}（`{verdict}`）"), meaning))
    difference = Said("a difference", "若干")
    kinds = joined((message("kinds", kind, by=difference) for kind in KINDS), "; ", "；")
    yield from ("", told(say(_EXPLAINED, _EXPLAINED.zh, kinds=kinds), language))


def _catalogue(language: str) -> Iterator[str]:
    demands = (Said("what it demands", ""),) if language == "en" else ()
    names = (Said("rule", "编号"), "规则", *demands, Said("severity", "程度"), Said("official", "官方"))
    for theme, (zh, en) in THEMES.items():
        yield from ("", f"## {en} · {zh}" if language == "en" else f"## {zh}", "")
        yield from heads(language, *names)
        yield from (_rule(rule, language) for rule in RULES.values() if rule.theme == theme)
        yield from _remarks(theme, language)


def _rule(rule: Rule, language: str) -> str:
    official = Said("official", "官方") if rule.official else ""
    demands = (rule.en,) if language == "en" else ()
    severity = worded("ogi", f"severity.{rule.severity}")
    return row(language, (f"`{rule.id}`", rule.zh, *demands, severity, official))


def _day(kind: str, day: tuple[int, int]) -> Said:
    en, zh = "{kind}: {month:02}-{day:02}", "{name}{month}月{day}日"
    return say(en, zh, kind=kind, name=KINDS_OF_AGENCIES[kind].label, month=day[0], day=day[1])


def _remarks(theme: str, language: str) -> Iterator[str]:
    if theme == "years":
        small = say(_SMALL, _SMALL.zh, few=FEW, share=f"{SMALL_SHARE:.0%}")
        yield from ("", told(small, language))
    if theme == "words":
        yield from ("", told(say(_FOLDERS, _FOLDERS.zh, fields=_fields()), language))
    if theme == "dates":
        days = joined((_day(*one) for one in DEADLINES.items()), "; ", "；")
        yield from ("", told(say(_DEADLINES, _DEADLINES.zh, days=days), language))
