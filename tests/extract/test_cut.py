"""Texts that end early: read as far as they go, said to be cut, no number sure that may be a part of one."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from ogi import forms
from ogi.extract import read_report
from ogi.extract.report import FindingKind, Report
from ogi.values import LEAST_CONFIDENCE, State
from tests.corpus import crawled
from tests.corpus.crawled import MANNERS

CUT = ("row_bars", "cell_bar", "lone_bar", "bars_in_front", "bars_between", "bare_cells")


def whole(manner: str) -> tuple[str, dict[str, float]]:
    """A report as text, and every figure that it prints."""
    sample = crawled.sample("none", f"cut {manner}")
    text = "\n".join(crawled.text_of(sample, MANNERS[manner])) + "\n"
    return text, {key: cell.value for key, cell in sample.printed.items() if cell.value is not None}


def read(folder: Path, text: str, name: str = "2023.txt") -> Report:
    path = folder / name
    path.write_text(text, "utf-8")
    return read_report(path)


def sure(report: Report) -> dict[str, float | None]:
    told = (f for f in report.figures if f.state not in (State.ABSENT, State.UNREADABLE))
    return {figure.id: figure.value for figure in told if figure.confidence >= LEAST_CONFIDENCE}


@pytest.mark.parametrize("manner", CUT)
def test_wherever_it_ends_what_is_sure_is_right(tmp_path: Path, manner: str):
    text, printed = whole(manner)
    rng = random.Random(f"cut {manner}")
    begin, end = text.index("自然人"), text.index("五、存在")
    for at in sorted(rng.sample(range(begin, end), 8)):
        report = read(tmp_path, text[:at] + rng.choice(("", "\n")))
        assert sure(report).items() <= printed.items(), at


@pytest.mark.parametrize("manner", CUT)
def test_it_is_read_as_far_as_it_goes_and_said_where_it_ends(tmp_path: Path, manner: str):
    text, printed = whole(manner)
    report = read(tmp_path, text[: text.index("要求提供公开出版物") - 2])
    items = [item.id for item in forms.TABLES["requests"]["2021"].items]
    read_items = set(items[: items.index("not_processed.repeated")])
    above = {key for key in printed if key.startswith("proactive/") or key.split("/")[1] in read_items}
    assert above <= sure(report).keys()
    (told,) = [finding for finding in report.findings if finding.kind == FindingKind.TABLE_CUT]
    assert told.table == "requests"
    assert "重复申请" in told.message


def test_a_number_at_the_very_end_of_a_page_is_in_doubt(tmp_path: Path):
    page = "<h1>示例县林业局2023年政府信息公开工作年度报告</h1><table><tr><td>信息内容<td>本年制发件数"
    page += "<td>本年废止件数<td>现行有效件数<tr><td>规章<td>1<td>2<td>13"
    figures = {f.id: f for f in read(tmp_path, page, "2023.html").figures}
    assert figures["proactive/regulations/in_force"].confidence < LEAST_CONFIDENCE
    assert figures["proactive/regulations/repealed"].confidence == 1
    closed = {f.id: f for f in read(tmp_path, f"{page}</table>", "2023.html").figures}
    assert closed["proactive/regulations/in_force"].confidence == 1


def test_a_whole_report_is_not_said_to_be_cut(tmp_path: Path):
    text, printed = whole("cell_bar")
    report = read(tmp_path, text)
    assert sure(report) == printed
    assert not [finding for finding in report.findings if finding.kind == FindingKind.TABLE_CUT]
