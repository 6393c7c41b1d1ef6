"""The table of proactive disclosure (主动公开政府信息情况), editions 2019 and 2021.

Only `decisions` means the same in both editions; every other figure is a series break.
"""

from __future__ import annotations

from ogi.forms.model import Group, Item, Measure, Table

DOCUMENTS = Group("article_20_1", "第二十条第（一）项", "Article 20 (1): regulations and normative documents")
LICENSING = Group("article_20_5", "第二十条第（五）项", "Article 20 (5): licensing")
ENFORCEMENT = Group("article_20_6", "第二十条第（六）项", "Article 20 (6): penalties and coercive measures")
FEES = Group("article_20_8", "第二十条第（八）项", "Article 20 (8): administrative fees")
PROCUREMENT = Group("article_20_9", "第二十条第（九）项", "Article 20 (9): government procurement")
BLOCKS = (DOCUMENTS, LICENSING, ENFORCEMENT, FEES, PROCUREMENT)

_REGULATIONS = Item("regulations", "规章", "Regulations", group=DOCUMENTS)
_NORMATIVE = Item(
    "normative_documents", "行政规范性文件", "Normative documents", group=DOCUMENTS, aliases=("规范性文件",)
)
_LICENCES = Item("licences", "行政许可", "Licences", group=LICENSING)
_SERVICES = Item("other_services", "其他对外管理服务事项", "Other external services", group=LICENSING)
_PENALTIES = Item("penalties", "行政处罚", "Penalties", group=ENFORCEMENT)
_COERCIVE = Item("coercive_measures", "行政强制", "Coercive measures", group=ENFORCEMENT)
_FEES = Item("fees", "行政事业性收费", "Administrative fees", group=FEES)
_PROCUREMENT = Item("procurement", "政府集中采购", "Government procurement", group=PROCUREMENT)

_DECISIONS_2021 = Measure("decisions", "本年处理决定数量", "Decisions made", "件", aliases=("处理决定数量",))
_MEASURES_2021 = (
    Measure("issued", "本年制发件数", "Issued this year", "件", comparable=False),
    Measure("repealed", "本年废止件数", "Repealed this year", "件", comparable=False),
    Measure("in_force", "现行有效件数", "In force", "件", comparable=False),
    _DECISIONS_2021,
    Measure(
        "amount",
        "本年收费金额（单位：万元）",
        "Fees collected",
        "万元",
        aliases=("本年收费金额", "收费金额"),
        comparable=False,
    ),
)
_MEASURES_2019 = (
    Measure("made", "本年新制作数量", "Newly made", "件", comparable=False),
    Measure("newly_public", "本年新公开数量", "Newly made public", "件", comparable=False),
    Measure("total_public", "对外公开总数量", "Public in total", "件", comparable=False),
    Measure("items_last_year", "上一年项目数量", "Items last year", "项", comparable=False),
    Measure("change", "本年增/减", "Change this year", "项", comparable=False),
    Measure("decisions", "处理决定数量", "Decisions made", "件", aliases=("本年处理决定数量",)),
    Measure("projects", "采购项目数量", "Projects procured", "项", comparable=False),
    Measure("amount", "采购总金额", "Amount procured", comparable=False),
)
_COUNTED = ("items_last_year", "change", "decisions")


def _table(
    edition: str, measures: tuple[Measure, ...], cells: tuple[tuple[Item, tuple[str, ...]], ...]
) -> Table:
    items = tuple(item for item, _ in cells)
    cells_of = {item.id: ids for item, ids in cells}
    return Table(
        "proactive", edition, "主动公开政府信息情况", "Proactive disclosure", items, measures, cells_of
    )


PROACTIVE = {
    "2019": _table(
        "2019",
        _MEASURES_2019,
        (
            (_REGULATIONS, ("made", "newly_public", "total_public")),
            (_NORMATIVE, ("made", "newly_public", "total_public")),
            (_LICENCES, _COUNTED),
            (_SERVICES, _COUNTED),
            (_PENALTIES, _COUNTED),
            (_COERCIVE, _COUNTED),
            (_FEES, ("items_last_year", "change")),
            (_PROCUREMENT, ("projects", "amount")),
        ),
    ),
    "2021": _table(
        "2021",
        _MEASURES_2021,
        (
            (_REGULATIONS, ("issued", "repealed", "in_force")),
            (_NORMATIVE, ("issued", "repealed", "in_force")),
            (_LICENCES, ("decisions",)),
            (_PENALTIES, ("decisions",)),
            (_COERCIVE, ("decisions",)),
            (_FEES, ("amount",)),
        ),
    ),
}
