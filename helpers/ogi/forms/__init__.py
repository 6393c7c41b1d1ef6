"""Both statutory forms, declared once: what a report must print, in whose words, and what adds up to what.

Sources: 国办公开办函〔2019〕60号 (reports for 2019 and 2020), 国办公开办函〔2021〕30号 (since 2021).
Reader, checks, charts, pages and the data dictionary are all derived from here.
"""

from __future__ import annotations

from ogi.forms.model import Carry, Equation, Group, Item, Measure, Section, Table
from ogi.forms.proactive import BLOCKS, PROACTIVE
from ogi.forms.requests import APPLICANTS, CARRY, ORGANISATIONS, OUTCOME_GROUPS, REQUESTS, RESULTS
from ogi.forms.review import LITIGATION, REVIEW

EDITIONS = ("2019", "2021")
FIRST_YEAR = 2019
"""The first year reported on these forms; earlier reports have the form of 国办发〔2014〕32号."""

TABLES: dict[str, dict[str, Table]] = {"proactive": PROACTIVE, "requests": REQUESTS, "review": REVIEW}
"""Table id → edition → table."""

CARRIES = (CARRY,)

ITEM_COLUMN_HEAD = "信息内容"
BALANCE_NOTE = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
REPORT_TITLE = "政府信息公开工作年度报告"
REPORT_TITLE_EN = "annual report on open government information"

SECTIONS = (
    Section("overview", "一", "总体情况", "Overview", aliases=("工作总体情况",)),
    Section("proactive", "二", "主动公开政府信息情况", "Proactive disclosure", "proactive"),
    Section(
        "requests",
        "三",
        "收到和处理政府信息公开申请情况",
        "Requests",
        "requests",
        aliases=("收到和处理公众申请政府信息情况", "依申请公开政府信息情况"),
    ),
    Section(
        "review",
        "四",
        "政府信息公开行政复议、行政诉讼情况",
        "Reconsideration and litigation",
        "review",
        aliases=("行政复议和行政诉讼情况", "因政府信息公开工作被申请行政复议、提起行政诉讼情况"),
    ),
    Section(
        "problems",
        "五",
        "存在的主要问题及改进情况",
        "Problems and improvements",
        aliases=(
            "政府信息公开工作存在的主要问题及改进情况",
            "存在问题和下一步改进情况",
            "主要问题和改进措施",
            "存在的问题及改进措施",
        ),
    ),
    Section(
        "other",
        "六",
        "其他需要报告的事项",
        "Other matters",
        aliases=("其他需要说明的情况", "其他需要说明的事项"),
    ),
)

OLD_FORM_MARKS = ("政府信息公开情况统计表", "统计指标", "主动公开政府信息数")
"""Words that only the form of 国办发〔2014〕32号 prints; two of them together identify it."""


def edition_of_year(year: int) -> str:
    """The edition prescribed for reports on `year`; what a report really prints may be the other one."""
    return "2019" if year < 2021 else "2021"


__all__ = [
    "APPLICANTS",
    "BALANCE_NOTE",
    "BLOCKS",
    "CARRIES",
    "EDITIONS",
    "FIRST_YEAR",
    "ITEM_COLUMN_HEAD",
    "LITIGATION",
    "OLD_FORM_MARKS",
    "ORGANISATIONS",
    "OUTCOME_GROUPS",
    "REPORT_TITLE",
    "REPORT_TITLE_EN",
    "RESULTS",
    "SECTIONS",
    "TABLES",
    "Carry",
    "Equation",
    "Group",
    "Item",
    "Measure",
    "Section",
    "Table",
    "edition_of_year",
]
