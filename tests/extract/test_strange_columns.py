"""A column whose head is not understood is told, and no report is accused of lacking its cells."""

from __future__ import annotations

from pathlib import Path

import pytest

from ogi.checks import Verdict, check
from ogi.extract import read_report
from ogi.extract.report import FindingKind
from ogi.tables import alone, frames


@pytest.mark.parametrize("head", ["自然人", "商业企业", "法律服务机构"])
def test_a_column_of_an_unknown_name_is_told_and_left_undecided(
    head: str, samples: Path, tmp_path: Path
) -> None:
    report = tmp_path / "2023.md"
    text = (samples / "示例市教育局" / "2023.md").read_text("utf-8")
    report.write_text(text.replace(f"| {head} |", "| 甲乙丙 |"), "utf-8")
    tables = frames([alone(read_report(report))])
    findings = tables["findings"]
    (told,) = findings[findings["kind"] == FindingKind.HEAD_STRANGE].to_dict("records")
    assert told["message"] == "the column “甲乙丙” is none of the form’s; its figures were not read"
    checks = check(tables["figures"], findings=findings, reports=tables["reports"])
    complete = checks[(checks["rule_id"] == "figures.complete") & (checks["verdict"] != Verdict.HOLDS)]
    assert set(complete["verdict"]) == {Verdict.UNDECIDED}
    assert told["table"] == "requests"


def test_a_columns_name_is_read_without_a_note_and_told(samples: Path, tmp_path: Path) -> None:
    report = tmp_path / "2023.md"
    text = (samples / "示例市教育局" / "2023.md").read_text("utf-8")
    noted = text.replace("| 现行有效件数 |", "| 现行有效件数（历史累计） |")
    report.write_text(noted, "utf-8")
    plain, read = read_report(samples / "示例市教育局" / "2023.md"), read_report(report)
    told = [finding for finding in read.findings if finding.kind == FindingKind.LABEL_MISSPELT]
    assert [(f.printed, f.resembles) for f in told] == [("现行有效件数（历史累计）", "现行有效件数")]
    assert [figure.value for figure in read.figures] == [figure.value for figure in plain.figures]


def test_a_column_of_blanks_needs_no_name(samples: Path, tmp_path: Path) -> None:
    report = tmp_path / "2023.md"
    lines = (samples / "示例市教育局" / "2023.md").read_text("utf-8").splitlines()
    wider = [
        f"{line} {'甲乙丙' if '总计 |' in line else ''} |" if line.startswith("| ") else line
        for line in lines
    ]
    report.write_text("\n".join(wider), "utf-8")
    assert FindingKind.HEAD_STRANGE not in {finding.kind for finding in read_report(report).findings}
