"""The rules, each declared once: its id, what it demands in Chinese and in English, how grave a breach is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ogi.checks.words.vocabulary import wordings
from ogi.extract.report import Severity
from ogi.forms import CARRIES, TABLES

THEMES = {
    "sums": ("表内勾稽关系", "Sums and balances of the form"),
    "cells": ("单元格", "Cells"),
    "years": ("与上年年报对照", "One year against the year before"),
    "sections": ("六个部分", "The six sections"),
    "words": ("文字", "Words"),
    "told": ("文字与表格对照", "Counts told in words against the tables"),
    "dates": ("期限", "Dates"),
}
"""Theme → its name in Chinese and in English; the order is that of pages and documents."""


@dataclass(frozen=True)
class Rule:
    """One rule. `severity` is that of a breach; `official`: does the form itself demand it?"""

    id: str
    theme: str
    zh: str
    en: str
    severity: Severity
    official: bool = False


def _sums() -> Iterable[Rule]:
    """The equations of every table and edition; one that both editions print is one rule."""
    equations = [
        rule for editions in TABLES.values() for table in editions.values() for rule in table.equations
    ]
    return (Rule(rule.id, "sums", rule.zh, rule.en, Severity.ERROR, official=True) for rule in equations)


_DECLARED = (
    Rule(
        "figures.non_negative",
        "cells",
        "除本年增/减外，各项数据均不为负数",
        "No figure but a change is negative",
        Severity.ERROR,
    ),
    Rule(
        "figures.whole",
        "cells",
        "除金额外，各项数据均为整数",
        "Every figure but an amount is a whole number",
        Severity.ERROR,
    ),
    Rule(
        "figures.complete",
        "cells",
        "表格行列齐全，没有缺少的单元格",
        "The table has every cell that its form prescribes",
        Severity.WARNING,
    ),
    *(Rule(carry.id, "years", carry.zh, carry.en, Severity.WARNING) for carry in CARRIES),
    Rule(
        "proactive.items_last_year",
        "years",
        "上年年报的上一年项目数量加本年增/减，等于本年年报的上一年项目数量",
        "Last year's number of items plus its change is what this year's report gives as last year's",
        Severity.WARNING,
    ),
    Rule(
        "proactive.in_force",
        "years",
        "上年现行有效件数加本年制发、减本年废止，等于本年现行有效件数",
        "In force last year, plus issued, less repealed, is in force this year (but for revision and expiry)",
        Severity.NOTE,
    ),
    Rule(
        "figures.sudden_change",
        "years",
        "可比数据不超过上年的五倍，也不低于上年的五分之一（两年均不足20的不计）",
        "No comparable figure is over five times or under a fifth of last year's, unless both are under 20",
        Severity.NOTE,
    ),
    Rule(
        "figures.same_year",
        "years",
        "同一机关同一年度的几份年报，数据相同",
        "Files that claim the same agency and year give the same figures",
        Severity.WARNING,
    ),
    Rule(
        "agency.name",
        "years",
        "标题中的机关名称与上年年报一致",
        "The title names the agency as the report before did",
        Severity.NOTE,
    ),
    Rule(
        "agency.name_in_words",
        "words",
        "文字所称的编制机关与标题中的机关名称一致",
        "The agency that the words speak for is the one that the title names",
        Severity.NOTE,
    ),
    Rule("sections.present", "sections", "六个部分齐全", "All six sections are there", Severity.WARNING),
    Rule(
        "sections.order",
        "sections",
        "六个部分依规定顺序排列",
        "The sections stand in the order prescribed",
        Severity.WARNING,
    ),
    Rule(
        "sections.numbers", "sections", "各部分的序号无误", "The sections are rightly numbered", Severity.NOTE
    ),
    Rule(
        "sections.problems",
        "sections",
        "第五部分有实质内容",
        "The section on problems and improvements is of substance",
        Severity.WARNING,
    ),
    Rule(
        "words.leftovers",
        "words",
        "没有模板遗留的文字",
        "Nothing is left over from a template",
        Severity.WARNING,
    ),
    Rule(
        "words.all_closed",
        "words",
        "文字称全部办结的，结转下年度为零",
        "Where the words say that all requests were closed, none is carried over",
        Severity.WARNING,
    ),
    Rule(
        "words.fee_notices",
        "words",
        "因逾期未缴费而不再处理的申请，不多于文字所述的收费通知",
        "No more requests ended for an unpaid fee than fee notices are told of",
        Severity.WARNING,
    ),
    Rule(
        "words.fee_amount",
        "words",
        "文字所述行政事业性收费金额与表格一致，元与万元不混淆",
        "The administrative fees told in words are those of the table, and 元 is not taken for 万元",
        Severity.WARNING,
    ),
    *(
        Rule(
            f"told.{kind.id}",
            "told",
            f"文字所述“{kind.zh}”件数与表格一致",
            f"The count told as “{kind.en}” agrees with the table",
            Severity.WARNING,
        )
        for kind in wordings("kinds")
    ),
    Rule(
        "dates.period",
        "dates",
        "标题与统计期限的年度一致，起止为全年",
        "The period told is the whole year that the title tells",
        Severity.WARNING,
    ),
    Rule(
        "dates.published",
        "dates",
        "在规定期限前公布",
        "The report was published by its deadline",
        Severity.WARNING,
    ),
)

RULES: dict[str, Rule] = {rule.id: rule for rule in (*_sums(), *_DECLARED)}
"""Rule id → rule, by theme."""


def rule_name(rule_id: str, language: str) -> str:
    """What the rule demands, in the language; KeyError for an id that the catalogue lacks."""
    rule = RULES[rule_id]
    return rule.zh if language == "zh" else rule.en
