"""Columns without names: taken in the form's order where every sum bears it out, else left with a reason."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ogi import forms
from ogi.extract import read_report
from ogi.extract.report import FindingKind, Report
from ogi.values import LEAST_CONFIDENCE, State
from tests.corpus import crawled

TITLE = "示例县林业局2023年政府信息公开工作年度报告"
Rows = list[list[str]]


def rows_of(seed: str, table: str = "requests") -> tuple[dict[str, float], Rows]:
    """Random figures, and the rows of a table with the label alone before them."""
    sample = crawled.sample("none", seed)
    form = forms.TABLES[table][sample.editions[table]]
    values = {key: value for key, value in sample.values.items() if key.startswith(f"{table}/")}
    rows = [
        [item.full_label, *(f"{values[f'{table}/{item.id}/{m}']:g}" for m in form.cells_of[item.id])]
        for item in form.items
    ]
    return values, rows


def as_markdown(head: list[str], rows: Rows) -> str:
    return "".join(f"| {' | '.join(row)} |\n" for row in (head, ["---"] * len(head), *rows))


def as_page(head: list[str], rows: Rows) -> str:
    lines = ("".join(f"<td>{cell}</td>" for cell in row) for row in (head, *rows))
    return "<table>" + "".join(f"<tr>{line}</tr>" for line in lines) + "</table>"


def as_bars(head: list[str], rows: Rows) -> str:
    return "".join(f"{' | '.join(row)} |\n" for row in (head, *rows))


PRINTS: dict[str, Callable[[list[str], Rows], str]] = {"md": as_markdown, "html": as_page, "txt": as_bars}
HEAD = ["项目", *(f"数据{number}" for number in range(1, 7)), "总计"]


def read(folder: Path, ending: str, rows: Rows, head: list[str] = HEAD) -> Report:
    path = folder / f"2023.{ending}"
    texts = (
        TITLE,
        "三、收到和处理政府信息公开申请情况",
        PRINTS[ending](head, rows),
        "五、存在的主要问题及改进情况",
    )
    marks = ("<p>{}</p>", "<p>{}</p>", "{}", "<p>{}</p>") if ending == "html" else ("{}\n\n",) * 4
    path.write_text("".join(mark.format(text) for mark, text in zip(marks, texts, strict=True)), "utf-8")
    return read_report(path)


def reported(report: Report, table: str = "requests") -> dict[str, float | None]:
    return {f.id: f.value for f in report.figures if f.table == table and f.state == State.REPORTED}


def messages(report: Report) -> list[str]:
    return [f.message for f in report.findings if f.kind == FindingKind.COLUMNS_UNNAMED]


@pytest.mark.parametrize("ending", PRINTS)
def test_in_the_order_of_the_form_where_all_sums_hold(tmp_path: Path, ending: str):
    values, rows = rows_of(f"unnamed {ending}")
    report = read(tmp_path, ending, rows)
    assert reported(report) == values
    assert all(f.confidence < LEAST_CONFIDENCE for f in report.figures if f.state == State.REPORTED)
    (message,) = messages(report)
    assert "have no names; they were taken" in message


def without(item: str) -> Callable[[Rows], Rows]:
    return lambda rows: [row for row in rows if item not in row[0]]


def changed(item: str, column: int) -> Callable[[Rows], Rows]:
    def change(rows: Rows) -> Rows:
        return [[*r[:column], str(int(r[column]) + 1), *r[column + 1 :]] if item in r[0] else r for r in rows]

    return change


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (changed("重复申请", 2), "does not add up"),
        (without("上年结转"), "is missing"),
        (lambda rows: [[row[0], *row[2:]] for row in rows], "has 6 cells, not 7"),
        (lambda rows: [[row[0], *row[7:], *row[1:7]] for row in rows], "does not add up"),
        (lambda rows: [[row[0], *["0"] * 7] for row in rows], "all figures are zero"),
        (lambda rows: [*rows, rows[5]], "stands there twice"),
        (lambda rows: [[*row[:3], "约5", *row[4:]] for row in rows], "what is no number"),
    ],
)
def test_else_nothing_is_read_and_it_is_said_why(tmp_path: Path, change: Callable[[Rows], Rows], why: str):
    _, rows = rows_of("unnamed doubt")
    report = read(tmp_path, "md", change(rows))
    assert reported(report) == {}
    (message,) = messages(report)
    assert why in message
    assert not [f for f in report.findings if f.kind == FindingKind.LABEL_UNKNOWN]


def test_few_rows_below_a_head_without_names_are_told_too(tmp_path: Path):
    _, rows = rows_of("few")
    report = read(tmp_path, "md", rows[:2])
    assert reported(report) == {}
    (message,) = messages(report)
    assert "is missing" in message


def test_a_balance_that_does_not_hold(tmp_path: Path):
    _, rows = rows_of("unnamed balance")
    both = changed("结转下年度", 1)(changed("结转下年度", 7)(rows))
    (message,) = messages(read(tmp_path, "md", both))
    assert "column 1 does not balance" in message


def test_a_table_without_sums_is_not_read(tmp_path: Path):
    _, rows = rows_of("unnamed proactive", "proactive")
    whole = [row for row in rows if len(row) == 2]
    report = read(tmp_path, "md", [*whole, *rows[:2]], ["项目", "数据1"])
    assert reported(report, "proactive") == {}
    assert "no sums of the form" in messages(report)[0]


def test_below_another_table_rows_are_not_compared_with_its_labels(tmp_path: Path):
    _, rows = rows_of("unnamed below")
    above = "信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |\n规章 | 1 | 2 | 3 |\n"
    path = tmp_path / "2023.txt"
    path.write_text(f"{TITLE}\n{above}{as_bars(HEAD, rows)}", "utf-8")
    report = read_report(path)
    assert reported(report, "proactive") == {
        "proactive/regulations/issued": 1,
        "proactive/regulations/repealed": 2,
        "proactive/regulations/in_force": 3,
    }
    assert not [f for f in report.findings if f.resembles is not None]
