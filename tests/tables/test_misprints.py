"""A correction of what the report prints wrongly is told apart from one of what was read wrongly."""

from __future__ import annotations

import pytest

from ogi.tables import apply_corrections, empty, from_rows
from ogi.tables.misprints import DISPUTED, MISPRINT, MISREAD, UNSURE, ground, with_grounds
from tests.reports_made import figures


@pytest.mark.parametrize(
    ("reason", "in_type", "found"),
    [
        ("数位颠倒", True, MISPRINT),
        ("读错", True, DISPUTED),
        ("读错，已核对原文", True, MISREAD),
        ("Misread, checked in the report", True, MISREAD),
        ("扫描件误读", False, MISREAD),
        ("Misread: a stain", False, MISREAD),
        ("数位颠倒", False, UNSURE),
        ("年报印错，数位颠倒", False, MISPRINT),
        ("年报印错，已核对原文", True, MISPRINT),
        ("不是读错，是年报印错", True, UNSURE),
    ],
)
def test_the_reason_says_which_and_else_the_way_it_was_read(reason: str, in_type: bool, found: str) -> None:
    assert ground(reason, in_type=in_type) == found


@pytest.mark.parametrize(
    ("method", "confidence", "found"),
    [("pdf", 1.0, DISPUTED), ("html", 0.9, DISPUTED), ("pdf", 0.5, MISREAD), ("ocr", 1.0, MISREAD)],
)
def test_a_figure_in_type_that_is_said_to_be_misread_is_in_dispute(
    method: str, confidence: float, found: str
) -> None:
    there = figures("甲", 2023, {"requests/new/total": 152}, 0, {})
    there = there.assign(method=method, confidence=confidence)
    line = ("甲", 2023, "requests", "new", "total", "152", "142", "读错", "原件", "张三", "2024-03-05")
    lines = from_rows("corrections", [(None, *line)]).drop(columns="report_id")
    applied = apply_corrections(there, lines).applied
    assert list(with_grounds(applied, there)["ground"]) == [found]


def test_each_correction_has_its_ground_once() -> None:
    there = figures("甲", 2023, {"review/reconsideration/total": 21}, 0, {})
    lines = [
        (None, "甲", 2023, "review", item, "total", printed, "12", reason, "电话核实", "张三", "2024-03-05")
        for item, printed, reason in (
            ("reconsideration", "21", "数位颠倒"),
            ("litigation_direct", "0", "读错，已核对原文"),
        )
    ]
    applied = apply_corrections(there, from_rows("corrections", lines).drop(columns="report_id")).applied
    rows = with_grounds(applied, there)
    assert list(rows["item"]) == list(applied["item"])
    assert dict(zip(rows["item"], rows["ground"], strict=True)) == {
        "reconsideration": MISPRINT,
        "litigation_direct": MISREAD,
    }
    assert list(with_grounds(empty("corrections"), there).columns) == [
        *empty("corrections").columns,
        "ground",
    ]
