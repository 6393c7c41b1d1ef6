"""The words that only a single report needs, in both languages; the others are those of every page."""

from __future__ import annotations

from markupsafe import Markup

from ogi.pages.words import known

TEXT: dict[str, tuple[str, str]] = {
    # who says it
    "no_title": ("No title was found.", "未见标题。"),
    "no_agency": ("agency not told", "未注明机关"),
    "given": ("as given; the report itself says {said}", "按参数指定；年报自身为：{said}"),
    "said_nothing": ("nothing", "未注明"),
    # tables
    "missing": ("This table was not found in the report.", "年报中未见此表。"),
    "elsewhere": ("p.{page}", "第{page}页"),
    # the standing of a cell
    "standing": ("Where the figures stand", "数据核对情况"),
    "standing.holds": ("every sum it takes part in holds", "所涉勾稽关系均成立"),
    "standing.doubt": ("in doubt: a sum is undecided, or the text unclear", "存疑：无法核对或文字不清"),
    "standing.broken": ("a sum it takes part in is broken", "所涉勾稽关系不成立"),
    "standing.empty": ("blank, or a mark in place of a number", "空白，或以符号代替数字"),
    "standing.unchecked": ("no sum speaks of it", "无勾稽关系可核对"),
    "unclear": ("recognised with confidence {confidence}", "识别置信度{confidence}"),
    "no_number": ("the printed text is no single number", "原文不是单一数字"),
    "more": ("and {n} more", "另有{n}处"),
    # pages
    "page_alt": ("Page {page} of the report, with {n} cells marked", "年报第{page}页，已标出{n}个单元格"),
    "page_said": (
        "Page {page}. Point at a cell, or tap it, to see how it was read.",
        "第{page}页。将指针移到单元格上（或点按）可见识别结果。",
    ),
    "no_pages": (
        "This format has no pages to draw; the tables above show all that was read.",
        "此格式没有可绘制的页面；识别结果见上列各表。",
    ),
    "no_cells": (
        "No figure of this report has a place on a page.",
        "本年报的数据均没有页面位置。",
    ),
    # words of the report
    "section_empty": ("This section holds no text outside its table.", "本节除表格外没有文字。"),
    "preamble": ("Before the first section", "正文各节之前"),
    "no_narrative": ("No section of the report was found.", "未见年报的任何一节。"),
    # one cell
    "cell_alt": ("{id} as printed", "{id}的原文"),
    "no_place": ("{id}: {state}; it has no place on a page.", "{id}：{state}；没有页面位置。"),
    "lines_alt": ("Page {page} with the ruling lines that were found", "第{page}页及所识别的表格线"),
    "only_pdf": (
        "Ruling lines can be shown for PDF files only, and not for scans; this one is read as “{method}”.",
        "仅PDF文件（扫描件除外）可显示表格线；本文件的类型为“{method}”。",
    ),
}


def tell(key: str, language: str, **values: object) -> Markup:
    """A sentence or word about one report; values are escaped. KeyError for an unknown key."""
    english, chinese = TEXT[key]
    return Markup(english if known(language) == "en" else chinese).format(**values)
