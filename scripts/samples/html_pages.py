"""Samples as web pages: clean ones, fragments, and what a content management system makes of them."""

from __future__ import annotations

import base64
import re
from html import escape

from scripts.samples.compose import Part, Sample
from scripts.samples.grids import Cell, Grid, pieces, uneven

STYLE = """
body { font-family: "Noto Serif CJK SC", "SimSun", serif; line-height: 1.8; max-width: 50em; margin: auto; }
h1 { text-align: center; font-size: 1.5em; }
h2 { font-size: 1.15em; }
p { text-indent: 2em; }
table { border-collapse: collapse; width: 100%; font-size: 0.85em; line-height: 1.4; }
td { border: 1px solid #333; padding: 0.2em 0.3em; text-align: center; }
td.label { text-align: left; }
"""


def write(sample: Sample) -> bytes:
    """A clean page, or the bare fragment of one."""
    if "fragment" in sample.plan.quirks:
        title = f'<p style="text-align: center;font-weight: bold;">{escape(sample.title_line)}</p>'
        return (title + body(sample, heading="p")).encode(sample.plan.encoding)
    return page(sample, STYLE).encode(sample.plan.encoding)


def page(sample: Sample, style: str) -> str:
    """A whole page in one language, one style, one charset."""
    title = "<br>".join(escape(line) for line in sample.title)
    return (
        f'<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{escape(sample.title_line)}</title>\n<style>{style}</style>\n</head>\n<body>\n"
        f"<h1>{title}</h1>\n{body(sample)}</body>\n</html>\n"
    )


def body(sample: Sample, heading: str = "h2") -> str:
    """The period and the six sections."""
    parts = [part_html(part, sample, heading) for part in sample.parts]
    return f"<p>{escape(sample.period)}</p>\n" + "".join(parts)


def part_html(part: Part, sample: Sample, heading: str) -> str:
    """One section; its paragraphs stand in a ruled box where the plan says so."""
    text = "".join(f"<p>{escape(paragraph)}</p>\n" for paragraph in part.paragraphs)
    if "boxed_text" in sample.plan.quirks and text:
        text = f'<table class="box"><tr><td class="label">{text}</td></tr></table>\n'
    table = "" if part.grid is None else table_html(_shaped(part.grid, sample), sample.plan.interruption)
    return f"<{heading}>{escape(part.heading)}</{heading}>\n{text}{table}{picture_html(part)}"


def picture_html(part: Part) -> str:
    """The picture pasted in a table's stead, if any."""
    if part.picture is None:
        return ""
    return f'<p><img width="640" src="data:image/png;base64,{base64.b64encode(part.picture).decode()}"></p>\n'


def _shaped(grid: Grid, sample: Sample) -> Grid:
    """The table, its column spans disagreeing where the plan says so."""
    wanted = {"uneven_colspans", f"uneven_{grid.table}"} & set(sample.plan.quirks)
    return uneven(grid) if wanted else grid


def table_html(grid: Grid, interruption: str = "") -> str:
    """A statutory table; cut in two where a page must end inside it."""
    first, *rest = pieces(grid)
    between = f"<p>{escape(interruption)}</p>\n" if interruption else ""
    return _whole_table(first, grid.table) + "".join(
        between + _whole_table(part, f"{grid.table} continued") for part in rest
    )


def _whole_table(grid: Grid, name: str) -> str:
    rows = (f"<tr>{''.join(_cell(cell) for cell in grid.row(row))}</tr>\n" for row in range(grid.height))
    return f'<table class="{name}">\n{"".join(rows)}</table>\n'


def _cell(cell: Cell) -> str:
    text = escape(cell.text).replace("\n", "<br>").replace("\xa0", "&nbsp;")
    return f'<td class="{cell.kind}"{spans(cell)}>{text}</td>'


def spans(cell: Cell) -> str:
    """The attributes of a merged cell."""
    named = (("rowspan", cell.rowspan), ("colspan", cell.colspan))
    return "".join(f' {name}="{count}"' for name, count in named if count > 1)


def write_cms(sample: Sample) -> bytes:
    """The page as a government site serves it: navigation, metadata, fonts around every few characters."""
    name, title = escape(sample.printed_agency), escape(sample.title_line)
    text = _CMS.format(
        charset=_CMS_CHARSET if sample.year >= 2022 else "",
        title=title,
        name=name,
        year=sample.year,
        next_year=sample.year + 1,
        body=_cms_body(sample),
    )
    return text.replace("\n", "\r\n").encode(sample.plan.encoding)


_CMS_CHARSET = '<meta http-equiv="Content-Type" content="text/html; charset=gb2312">'
_CMS = """<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "xhtml1-transitional.dtd">
<html><head>{charset}<title>{title}-示例政务网</title>
<style type="text/css">.MsoNormal {{ text-indent: 2em; }} td {{ border: 1px solid #000; }}</style>
<script type="text/javascript">var total = 2024; document.title = "网站首页";</script>
</head><body>
<table width="1000" class="nav"><tr><td><a href="#">网站首页</a></td><td><a href="#">机构概况</a></td>
<td><a href="#">政务公开</a></td><td><a href="#">办事服务</a></td>
<td><a href="#">互动交流</a></td></tr></table>
<table width="1000" class="place"><tr>
<td>当前位置：首页&nbsp;&gt;&nbsp;政务公开&nbsp;&gt;&nbsp;年度报告</td></tr></table>
<table width="1000" class="metadata"><tr><td>索&nbsp;引&nbsp;号：</td><td>SL000{year}-01</td>
<td>发布机构：</td><td>{name}</td></tr><tr><td>公开日期：</td><td>{next_year}-01-20</td>
<td>文　　号：</td><td>&nbsp;</td></tr></table>
<div class="title"><p align="center"><b>{title}</b></p>
<p align="center">来源：{name}&nbsp;&nbsp;编辑：王喆&nbsp;&nbsp;
浏览次数：<span id="hits">1286</span></p></div>
<div class="TRS_Editor">
{body}</div>
<table width="1000" class="footer"><tr><td>上一篇：没有了</td><td>下一篇：<a href="#">公开指南</a></td></tr>
<tr><td colspan="2">主办：示例政务网&nbsp;&nbsp;示例备00000000号</td></tr></table>
</body></html>
"""


def _cms_body(sample: Sample) -> str:
    parts = [_normal(sample.period)]
    for part in sample.parts:
        parts.append(f'<p class="MsoNormal"><b>{_split(part.heading)}</b></p>\n')
        parts += [_normal(paragraph) for paragraph in part.paragraphs]
        parts.append(picture_html(part))
        if part.grid is not None:
            tables = [_cms_table(piece) for piece in pieces(_shaped(part.grid, sample))]
            between = _normal(sample.plan.interruption) if sample.plan.interruption else ""
            parts.append(between.join(tables))
    return "".join(parts)


def _normal(text: str) -> str:
    return f'<p class="MsoNormal">{_split(text)}</p>\n'


def _cms_table(grid: Grid) -> str:
    rows = []
    for row in range(grid.height):
        cells = "".join(
            f'<td valign="center"{spans(c)}><p class="MsoNormal" align="center">{_split(c.text)}</p></td>'
            for c in grid.row(row)
        )
        rows.append(f"<tr>{cells}</tr>\n")
    return f'<table class="MsoNormalTable" border="1"><tbody>{"".join(rows)}</tbody></table>\n'


def _split(text: str) -> str:
    """Each digit in a tag of its own kind, other text in spans, blanks as the site's editor puts them."""
    if not text.strip():
        return "<span>&nbsp;</span>"
    runs = re.findall(r"\d|\D+", text)
    return "".join(_piece(place, run) for place, run in enumerate(runs)) + "<span>&nbsp;</span>"


def _piece(place: int, piece: str) -> str:
    if piece.isdigit() and place % 2:
        return f'<font face="仿宋">{piece}</font>'
    broken = escape(piece).replace("\n", "<br />")
    return f'<span style="font-family:仿宋">{broken}</span>'
