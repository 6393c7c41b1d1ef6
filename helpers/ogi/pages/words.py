"""The page's own words in both languages, and how a figure is written. Official labels come from forms."""

from __future__ import annotations

from markupsafe import Markup

from ogi.forms import REPORT_TITLE, Group, Item, Measure
from ogi.pages.broken_words import BROKEN_WORDS

LANGUAGES = {"en": "en", "zh": "zh-Hans"}
"""Language → its tag in HTML."""

TEXT: dict[str, tuple[str, str]] = {
    # frame of a page
    "product": ("Open government information, year by year", "政府信息公开年度报告解读"),
    "kind": ("Annual reports on open government information", REPORT_TITLE),
    "all_agencies": ("All agencies", "全部机关"),
    "show_code": ("Show code", "显示代码"),
    "hide_code": ("Hide code", "隐藏代码"),
    "code": ("Code", "代码"),
    "contents": ("On this page", "本页内容"),
    "footer": (
        "Every figure stands as the report prints it, but for those marked †, which a person has corrected. "
        "Point at a figure to see its place.",
        "数据均按年报原样列示，仅标有†者经人工更正。将指针移到数字上可见其出处。",
    ),
    "figures_file": ("All figures as CSV", "全部数据（CSV）"),
    "notebook_file": ("The notebook of this page", "本页的笔记本"),
    # cover
    "years": ("Years", "年度"),
    "reports": ("Reports", "年报"),
    "reports_of": ("for {n} of {span} years", "{span}个年度中有{n}个年度"),
    "received": ("New requests", "新收申请"),
    "in_year": ("in {year}", "{year}年"),
    "broken": ("Rules broken", "不符规则"),
    "official_rules": ("of the form's own sums and balances", "表内勾稽关系"),
    "and_warnings": ("{n} soft warnings", "软性警告{n}处"),
    "and_undecided": ("{n} undecided", "未能判定{n}处"),
    "undecided": ("Undecided", "未能判定"),
    "in_doubt": ("blank or in doubt", "空白或存疑"),
    "errors": ("Errors", "错误"),
    "warnings": ("Warnings", "警告"),
    "soft_rules": ("of the soft rules", "软性规则"),
    "printed_as": ("printed in the reports as {names}", "年报署名：{names}"),
    "no_report": ("no report", "无年报"),
    "has_report": ("report", "有年报"),
    # figures
    "item": ("Item", "项目"),
    "change": ("Change", "增减"),
    "change_between": ("{before} to {year}", "{year}年比{before}年"),
    "break": ("The form changes here", "表格格式在此变更"),
    "edition": ("form {edition}", "{edition}年格式"),
    "year_unknown": ("year unknown", "年度不明"),
    "where": ("page {page}", "第{page}页"),
    "printed": ('printed "{printed}"', "原文“{printed}”"),
    "not_comparable": ("not comparable across the change of form", "格式变更前后不可比"),
    "as_printed": ("{year}: all applicants, as printed", "{year}年：按申请人分列（原表）"),
    "state.blank": ("blank in the report", "年报中为空白"),
    "state.not_applicable": ("a mark in place of a number, as printed", "以符号代替数字（照录原文）"),
    "state.unreadable": ("not read as a number; the printed text stands", "无法识别为数字（照录原文）"),
    "state.absent": ("not in the report", "年报中无此栏"),
    "state.doubtful": ("read with little confidence: compare it with the print", "识读把握不大，请对照原件"),
    "state.not_on_form": ("not asked by that form", "该格式无此项"),
    "state.computed": ("sum of the rows below it", "下列各项之和"),
    "state.no_report": ("no report for the year", "该年度无年报"),
    # checks
    "rule": ("Rule", "规则"),
    "year": ("Year", "年度"),
    "nothing_checked": ("There was nothing to check.", "没有可供核对的数据。"),
    "verdicts": ("All {n} verdicts, by rule", "全部{n}项核对结果（按规则）"),
    "verdict.holds": ("hold", "符合"),
    "verdict.holds_blank_as_zero": ("hold if blank means zero", "空白按零计时符合"),
    "verdict.broken": ("broken", "不符"),
    "verdict.undecided": ("undecided", "无法判定"),
    "verdict.not_applicable": ("not applicable", "不适用"),
    # sources
    "file": ("File", "文件"),
    "title": ("Title in the file", "文件标题"),
    "format": ("Format", "类型"),
    "method.pdf": ("PDF", "PDF"),
    "method.html": ("web page", "网页"),
    "method.word": ("Word", "Word"),
    "method.text": ("text", "文本"),
    "method.ocr": ("scan or picture", "扫描件或图片"),
    "forms_found": ("Forms found", "所用格式"),
    "fingerprint": ("SHA-256", "SHA-256"),
    "not_found": ("not found", "未见"),
    "all_understood": ("Everything in the tables was understood.", "表格内容均已识别。"),
    "page": ("Page", "页"),
    "severity.error": ("error", "错误"),
    "severity.warning": ("warning", "警告"),
    "severity.note": ("note", "说明"),
    "said": ("What the reading came upon", "识别情况"),
    "resembles": ("resembles {label}", "近似“{label}”"),
    # findings in words
    "w.no_broken": (
        "All <b>{n}</b> sums and balances that could be checked hold.",
        "可核对的<b>{n}</b>项勾稽关系全部符合。",
    ),
    "w.blank_as_zero": (
        "<b>{n}</b> of them hold only when blank cells are read as zero.",
        "其中<b>{n}</b>项须将空白视为零方才符合。",
    ),
    "w.missing_years": ("There is no report for <b>{years}</b>.", "缺<b>{years}</b>年度年报。"),
    "w.unreadable": (
        "<b>{n}</b> cells hold text that is no number ({years}).",
        "有<b>{n}</b>个单元格的内容无法识别为数字（{years}）。",
    ),
    "w.absent": (
        "<b>{n}</b> cells of the form are not in the report ({years}).",
        "有<b>{n}</b>个法定单元格未见于年报（{years}）。",
    ),
    "w.doubtful": (
        "<b>{n}</b> figures were read with little confidence ({years}); they are marked for comparison with "
        "the print.",
        "有<b>{n}</b>个数据识读把握不大（{years}），已加标注，请对照原件。",
    ),
    "w.requests": (
        "In <b>{year}</b> the agency received <b>{new}</b> new requests{change}{zh_new}.",
        "<b>{year}</b>年新收政府信息公开申请<b>{new}</b>件{change}。",
    ),
    "w.more": (", {by} more than the year before", "，比上年增加{by}件"),
    "w.fewer": (", {by} fewer than the year before", "，比上年减少{by}件"),
    "w.same": (", as many as the year before", "，与上年持平"),
    "w.handled": (
        "Of <b>{handled}</b> to handle, <b>{carried_in}</b> came from the year before; "
        "<b>{closed}</b> were closed{zh_closed} and <b>{carried_out}</b> carried over{zh_carried}.",
        "应办理<b>{handled}</b>件，其中上年结转<b>{carried_in}</b>件；"
        "办结<b>{closed}</b>件，结转下年度<b>{carried_out}</b>件。",
    ),
    "w.granted": (
        "<b>{share}</b> of the outcomes were disclosure in full or in part ({n} of {of}{few}).",
        "予以公开和部分公开占办理结果的<b>{share}</b>（{of}件中的{n}件{few}）。",
    ),
    "w.few": (", a small number to divide by", "，基数较小"),
    "w.review": (
        "{what}: <b>{n}</b> in <b>{year}</b>, <b>{corrected}</b> of them with the decision corrected.",
        "<b>{year}</b>年{what}<b>{n}</b>件，其中结果纠正<b>{corrected}</b>件。",
    ),
    "w.no_figures": (
        "No figures of the requests table could be read for <b>{year}</b>.",
        "未能读取<b>{year}</b>年的申请办理数据。",
    ),
    "w.break": (
        "The form of the table {table} changes between <b>{before}</b> and <b>{year}</b>: "
        "only {measures} can be compared.",
        "“{table}”表在<b>{before}</b>年与<b>{year}</b>年之间更换格式：仅“{measures}”可比。",
    ),
    "w.hybrid": (
        "The <b>{year}</b> report prints the table {table} on the form of {edition}, not that of {expected}.",
        "<b>{year}</b>年年报的“{table}”沿用{edition}年格式，应为{expected}年格式。",
    ),
    "w.unread": ("<b>{n}</b> file(s) could not be read.", "有<b>{n}</b>份文件无法读取。"),
    "w.unknown_year": (
        "<b>{n}</b> report(s) do not say which year they are for.",
        "有<b>{n}</b>份年报未能确定年度。",
    ),
    "w.two_reports": (
        "There is more than one report for <b>{years}</b>.",
        "<b>{years}</b>年度有一份以上年报。",
    ),
    # index
    "index_title": ("Agencies", "机关一览"),
    "agency": ("Agency", "机关"),
    "latest": ("Latest report", "最新年报"),
    "matrix": ("Years with a report", "年报年度"),
    "stale": ("page of an earlier run", "上次生成的页面"),
    "no_page": ("no page", "未生成页面"),
    "not_read": ("What could not be read or made", "未能读取或生成的内容"),
    "index_order": ("Those with most errors come first.", "按错误多少排列。"),
    "index_footer": (
        "An error is a sum or balance of the form that does not hold as printed; what is blank or "
        "could not be read beyond doubt is undecided, and no error of the agency.",
        "“错误”指不符合法定表格勾稽关系之处；凡数据空白或识读存疑的，记为“未能判定”，不计为机关之误。",
    ),
    "summary": ("{agencies} agencies, {reports} reports.", "{agencies}个机关，{reports}份年报。"),
    **BROKEN_WORDS,
}


def known(language: str) -> str:
    """The language itself; ValueError where no page can be made in it."""
    if language not in LANGUAGES:
        raise ValueError(f"language: expected one of {', '.join(LANGUAGES)}, found {language!r}")
    return language


def say(key: str, language: str, **values: object) -> Markup:
    """A sentence or word of the page; values are escaped. KeyError for an unknown key."""
    english, chinese = TEXT[key]
    return Markup(english if known(language) == "en" else chinese).format(**values)


def chinese(text: str) -> Markup:
    """Official Chinese beside English."""
    return Markup('<span lang="zh-Hans" class="zh">{}</span>').format(text)


def label(thing: Item | Measure | Group, language: str) -> Markup:
    """An official label: in Chinese as printed, in English with the Chinese beside it."""
    number = getattr(thing, "number", "")
    if known(language) == "zh":
        return Markup("{}{}").format(number, thing.zh)
    return Markup("{} {}").format(thing.en, chinese(f"{number}{thing.zh}"))


def number(value: float, signed: bool = False) -> str:
    """A figure with thousands separated, a real minus sign, and no more decimals than it has."""
    text = f"{abs(value):,.6f}".rstrip("0").rstrip(".")
    sign = "\u2212" if value < 0 else "+" if signed and value > 0 else ""
    return f"{sign}{text}"


def percent(share: float) -> str:
    """A share as a percentage with one decimal."""
    return f"{100 * share:.1f}%"


def listed(things: list[str], language: str) -> str:
    """Several things in one sentence."""
    return ("、" if known(language) == "zh" else ", ").join(things)
