"""The table of reconsideration and litigation (行政复议、行政诉讼情况), the same in both editions."""

from __future__ import annotations

from ogi.forms.model import Equation, Group, Item, Measure, Table

LITIGATION = Group("litigation", "行政诉讼", "Litigation")

ITEMS = (
    Item("reconsideration", "行政复议", "Reconsideration"),
    Item("litigation_direct", "未经复议直接起诉", "Litigation without reconsideration", group=LITIGATION),
    Item(
        "litigation_after_reconsideration", "复议后起诉", "Litigation after reconsideration", group=LITIGATION
    ),
)
MEASURES = (
    Measure("upheld", "结果维持", "Upheld", "件"),
    Measure("corrected", "结果纠正", "Corrected", "件"),
    Measure("other", "其他结果", "Other result", "件"),
    Measure("pending", "尚未审结", "Pending", "件"),
    Measure("total", "总计", "Total", "件"),
)
RESULTS = Equation(
    "review.results",
    "measures",
    ("upheld", "corrected", "other", "pending"),
    ("total",),
    "各类结果之和，等于总计",
    "The results add up to the total",
)


def _table(edition: str) -> Table:
    return Table(
        "review",
        edition,
        "政府信息公开行政复议、行政诉讼情况",
        "Reconsideration and litigation",
        ITEMS,
        MEASURES,
        {i.id: tuple(m.id for m in MEASURES) for i in ITEMS},
        (RESULTS,),
    )


REVIEW = {"2019": _table("2019"), "2021": _table("2021")}
