"""A correction of what the report prints wrongly is told apart from one of what was read wrongly."""

from __future__ import annotations

import pytest

from ogi.tables import apply_corrections, empty, from_rows
from ogi.tables.misprints import MISPRINT, MISREAD, UNSURE, ground, with_grounds
from tests.reports_made import figures


@pytest.mark.parametrize(
    ("reason", "method", "found"),
    [
        ("数位颠倒", "pdf", MISPRINT),
        ("合计漏填", "html", MISPRINT),
        ("读错", "pdf", MISREAD),
        ("扫描件误读", "ocr", MISREAD),
        ("Misread: a stain", "ocr", MISREAD),
        ("数位颠倒", "ocr", UNSURE),
        ("年报印错，数位颠倒", "ocr", MISPRINT),
        ("不是读错，是年报印错", "pdf", UNSURE),
        ("数位颠倒", None, MISPRINT),
    ],
)
def test_the_reason_says_which_and_else_the_way_it_was_read(reason: str, method: str, found: str) -> None:
    assert ground(reason, method) == found


def test_each_correction_has_its_ground_once() -> None:
    there = figures("甲", 2023, {"review/reconsideration/total": 21}, 0, {})
    lines = [
        (None, "甲", 2023, "review", item, "total", printed, "12", reason, "电话核实", "张三", "2024-03-05")
        for item, printed, reason in (
            ("reconsideration", "21", "数位颠倒"),
            ("litigation_direct", "0", "读错"),
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
