"""What is no report, and what is said to be there instead; a blank form is named as one."""

from __future__ import annotations

from pathlib import Path

import pytest

from ogi import forms
from ogi.extract import read_report
from ogi.readers.document import UnreadableFile
from tests.corpus import crawled
from tests.corpus.crawled import MANNERS

TITLE = "示例县林业局2023年政府信息公开工作年度报告"
HEADINGS = [f"{section.number}、{section.zh}" for section in forms.SECTIONS]


def refusal(folder: Path, *lines: str) -> str:
    path = folder / "report.txt"
    path.write_text("\n".join(lines), "utf-8")
    with pytest.raises(UnreadableFile) as refused:
        read_report(path)
    return str(refused.value)


def form(title: str, texts: list[str]) -> list[str]:
    """The form with its tables blank, and what stands below the headings of its sections without a table."""
    sample = crawled.sample("none", "form")
    told = iter(texts)
    lines = [title]
    for part in sample.parts:
        lines.append(part.heading)
        if part.grid is None:
            lines.append(next(told))
        else:
            lines += crawled.lines_of(crawled.blank(part.grid), MANNERS["row_bars"])
    return lines


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        ((TITLE, HEADINGS[0], "概述。", HEADINGS[1]), f"found {HEADINGS[0]}、{HEADINGS[1]} only, no table"),
        (
            (TITLE + "".join(f"{heading}若干文字。" for heading in HEADINGS),),
            "found a report all in one line",
        ),
        (("示例县林业局2018年政府信息公开工作年度报告", *HEADINGS), "found a report on 2018 (older form)"),
        (("会议通知", "请参加。"), "found none of them"),
    ],
)
def test_it_is_said_what_is_there(tmp_path: Path, lines: tuple[str, ...], found: str):
    assert found in refusal(tmp_path, *lines)


@pytest.mark.parametrize(
    ("title", "texts", "left"),
    [
        ("（行政机关名称）政府信息公开工作年度报告", ["（文字描述）"] * 3, "（行政机关名称）"),
        ("XX局20XX年政府信息公开工作年度报告", ["概述。", "无。", "无。"], "XX"),
        (TITLE, ["（请围绕本年工作填写，不少于300字）", "无。", "无。"], "（请围绕"),
        (TITLE, ["（文字描述）"] * 3, "（文字描述）"),
        (TITLE, ["", "", ""], "no text in it"),
    ],
)
def test_a_blank_form_is_named_as_one(tmp_path: Path, title: str, texts: list[str], left: str):
    told = refusal(tmp_path, *form(title, texts))
    assert "found the form itself: no figure" in told
    assert left in told


def test_a_report_of_an_agency_with_nothing_to_tell_is_a_report(tmp_path: Path):
    path = tmp_path / "2023.txt"
    path.write_text("\n".join(form(TITLE, ["本局未收到申请。", "暂无。", "无。"])), "utf-8")
    assert {figure.state for figure in read_report(path).figures} == {"blank"}
