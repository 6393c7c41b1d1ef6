"""The charts' own words in both languages; what the form says is taken from the form."""

from __future__ import annotations

from ogi.forms import Group, Item, Measure
from ogi.values import State

LANGUAGES = ("en", "zh")
NO_REPORT, CONFLICT = "no_report", "conflict"
"""Why a year has no figure, besides the states of a cell."""

GAPS: dict[str, tuple[str, str]] = {
    NO_REPORT: ("no report", "无报告"),
    CONFLICT: ("reports differ", "报告不一"),
    State.BLANK: ("blank", "空白"),
    State.NOT_APPLICABLE: ("not applicable", "不适用"),
    State.UNREADABLE: ("not readable", "无法识读"),
    State.ABSENT: ("not in report", "报告未列"),
}

_WORDS: dict[str, tuple[str, str]] = {
    "handled": ("How many requests were handled each year?", "每年办理多少申请？（{unit}）"),
    "applicants": ("Who asked? (new requests)", "谁在申请？（本年新收，{unit}）"),
    "others": ("All others", "其他申请人"),
    "outcomes": ("What came of the requests? (% of all outcomes)", "申请的办理结果如何？（占总计的%）"),
    "no_outcomes": ("no outcome this year", "本年无办理结果"),
    "no_total": ("no total", "总计未知"),
    "detail": ("What came of the requests in {year}?", "{year}年申请的办理结果如何？（{unit}）"),
    "review": (
        "How did reconsideration and litigation end? (cases)",
        "行政复议、行政诉讼结果如何？（{unit}）",
    ),
    "decisions": (
        "How many decisions were made? (each panel has its own scale)",
        "作出多少处理决定？（{unit}，各图比例不同）",
    ),
    "all_zero": ("None: every figure in the reports for {years} is 0.", "{years}年报告中各项均为0。"),
    "no_figures": ("The reports hold no such figures.", "报告中没有这些数据。"),
    "blank_as_zero": (
        "Blank cells counted as zero, as the sums of their own table show: {years}.",
        "空白按零计，与表内合计相符：{years}年。",
    ),
    "unknown": ("Not counted ({why}): {which}.", "未计入（{why}）：{which}。"),
    "unequal": (
        "* {which}: the parts add up to {sum}, the printed total is {total}.",
        "* {which}：各项之和为{sum}，所印总计为{total}。",
    ),
    "colon": (": ", "："),
    "comma": (", ", "，"),
    "semicolon": ("; ", "；"),
    "stop": (".", "。"),
}


def known(language: str) -> str:
    """The language itself; ValueError where it is not one of LANGUAGES."""
    if language not in LANGUAGES:
        raise ValueError(f"language: expected one of {', '.join(LANGUAGES)}, found {language!r}")
    return language


def say(key: str, language: str, **values: object) -> str:
    """The words of that key, with its fields filled in."""
    return _WORDS[key][LANGUAGES.index(language)].format(**values)


def gap(state: str, language: str) -> str:
    """Why there is no figure."""
    return GAPS[state][LANGUAGES.index(language)]


def label(told: Group | Item | Measure, language: str) -> str:
    """What the form calls it; in Chinese its short form, where the form's own words fill a line."""
    if language == "en":
        return told.en
    short = [alias for alias in told.aliases if len(alias) < len(told.zh)]
    return short[0] if len(told.zh) > 12 and short else told.zh


def both(told: Group | Item | Measure, language: str) -> str:
    """What the form calls it, in English with its own Chinese words behind."""
    return told.zh if language == "zh" else f"{told.en} {label(told, 'zh')}"
