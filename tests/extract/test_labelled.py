"""Lines such as “行政许可 97” beside the tables."""

from __future__ import annotations

from pathlib import Path

import pytest

from ogi.extract import read_report
from ogi.extract.report import Report
from ogi.values import LEAST_CONFIDENCE, State

HEAD_2021 = "信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |\n规章 | 1 | 2 | 3 |"
HEAD_2019 = "信息内容 | 本年新制作数量 | 本年新公开数量 | 对外公开总数量 |\n规章 | 1 | 2 | 3 |"


def read(folder: Path, *lines: str, year: int = 2023, heading: str = "二、主动公开政府信息情况") -> Report:
    path = folder / f"{year}.txt"
    title = f"示例县林业局{year}年政府信息公开工作年度报告"
    path.write_text("\n".join([title, heading, *lines, "五、存在的主要问题及改进情况", "无。"]), "utf-8")
    return read_report(path)


def labelled(report: Report) -> dict[str, float | None]:
    told = (f for f in report.figures if f.state == State.REPORTED and f.confidence < LEAST_CONFIDENCE)
    return {figure.id.split("/", 1)[1]: figure.value for figure in told}


def test_they_are_read_in_doubt_beside_a_table(tmp_path: Path):
    lines = (
        HEAD_2021,
        "第二十条第（五）项。",
        "行政许可 97",
        "行政处罚：12件",
        "行政强制0",
        "行政事业性收费 12.5万元",
    )
    assert labelled(read(tmp_path, *lines)) == {
        "licences/decisions": 97,
        "penalties/decisions": 12,
        "coercive_measures/decisions": 0,
        "fees/amount": 12.5,
    }


@pytest.mark.parametrize(
    "lines",
    [
        (HEAD_2021, "。", "行政许可97件，行政处罚12件"),
        (HEAD_2021, "。", "行政许可 约97"),
        (HEAD_2021, "。", "行政许可事项 97"),
        (HEAD_2019, "。", "行政许可 97"),
    ],
)
def test_a_sentence_another_name_or_the_older_form_gives_none(tmp_path: Path, lines: tuple[str, ...]):
    assert labelled(read(tmp_path, *lines)) == {}


def test_only_in_their_own_section_and_year(tmp_path: Path):
    assert (
        labelled(read(tmp_path, HEAD_2021, "。", "四、政府信息公开行政复议、行政诉讼情况", "行政许可 97"))
        == {}
    )
    assert (
        labelled(read(tmp_path, "行政许可 97", "三、收到和处理政府信息公开申请情况", "无。", year=2020)) == {}
    )


def test_two_that_differ_give_none(tmp_path: Path):
    report = read(tmp_path, HEAD_2021, "。", "行政许可 97", "行政许可 98")
    assert labelled(report) == {}
