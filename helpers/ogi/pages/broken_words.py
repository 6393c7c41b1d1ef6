"""The words of a page on broken rules, corrections and review marks, in both languages."""

from __future__ import annotations

from ogi.tables import MARKS

BROKEN_WORDS: dict[str, tuple[str, str]] = {
    # what does not hold
    "b.official": ("Errors: the form's own sums do not hold", "错误：不符合表内勾稽关系"),
    "b.warning": ("Soft: to be asked about", "软性规则：需核实"),
    "b.note": ("Soft: worth a look", "软性规则：供参考"),
    "b.undecided": (
        "Undecided: what is blank, unclear or in doubt, and no error of the agency's",
        "未能判定：数据空白、不清或存疑，不计为机关之误",
    ),
    "b.soft": ("soft", "软性"),
    "b.official_tag": ("official", "法定"),
    "b.doubt": ("undecided", "未能判定"),
    "b.errors": (
        "<b>{n}</b> of the form's own sums and balances do not hold.",
        "<b>{n}</b>处不符合表内勾稽关系。",
    ),
    "b.errors.1": ("<b>1</b> of the form's own sums does not hold.", "<b>1</b>处不符合表内勾稽关系。"),
    "b.warnings": ("Soft rules warn of <b>{n}</b> more.", "软性规则提出警告<b>{n}</b>处。"),
    "b.notes": ("Soft rules note <b>{n}</b> more.", "软性规则提示<b>{n}</b>处。"),
    "b.settled": (
        "Reviewers have explained or dismissed <b>{n}</b> of these.",
        "其中<b>{n}</b>处经审核人标为已说明或不成立。",
    ),
    "b.undecided_n": (
        "<b>{n}</b> more cannot be decided: a figure is blank, unclear or missing, or the words "
        "leave it open.",
        "另有<b>{n}</b>处因数据空白、不清、缺失或文字表述不明而未能判定。",
    ),
    "b.more": ("{n} more", "另有{n}处"),
    "b.figures": ("{n} figures", "涉及{n}个数据"),
    "b.place": ("page {page} of {file}", "{file}第{page}页"),
    "b.picture": ("The cells as printed on page {page}", "第{page}页的原文单元格"),
    # review marks
    **{f"mark.{mark}": (mark, chinese) for mark, chinese in MARKS.items()},
    "m.by": ("{who}, {when}", "{who}，{when}"),
    "m.unmet": (
        "Review marks on what is no longer broken",
        "审核标记所涉规则现已不再不符",
    ),
    "m.now": ("now: {verdict}", "现为：{verdict}"),
    "m.gone": ("no such line is checked now", "现已无此项核对"),
    # corrections
    "c.mark": ("corrected; the report prints “{printed}”", "已更正；年报原文为“{printed}”"),
    "c.intro": (
        "A person has corrected these figures (†). The page shows and checks the corrected number; "
        "the report itself prints another.",
        "下列数据经人工更正（†）。本页按更正后的数字列示和核对；年报原文并非如此。",
    ),
    "c.none": ("No figure has been corrected.", "没有更正的数据。"),
    "c.refused": ("Corrections that were not applied", "未采用的更正"),
    "c.figure": ("Figure", "数据"),
    "c.printed": ("Printed", "原文"),
    "c.corrected": ("Corrected", "更正为"),
    "c.why": ("Why", "理由"),
    "c.evidence": ("Evidence", "依据"),
    "c.who": ("By", "更正人"),
    "c.blank": ("blank", "空白"),
    "state.corrected": ("corrected by a person", "经人工更正"),
}
"""As TEXT of ogi.pages.words."""
