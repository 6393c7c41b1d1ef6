"""On how many reports of a dataset something was noted in reading."""

from __future__ import annotations

from pathlib import Path

from ogi.tables import empty, from_rows, noted, parts

KINDS = [
    ("a", "label_unknown", "warning"),
    ("a", "label_unknown", "warning"),
    ("a", "table_missing", "error"),
    ("b", "cell_doubtful", "warning"),
    ("b", "label_misspelt", "note"),
    ("c", "unreadable_file", "error"),
    ("d", "correction_refused", "warning"),
    (None, "label_unknown", "warning"),
]


def test_a_report_counts_once_for_each_weight_whatever_the_part(tmp_path: Path) -> None:
    there = []
    for number, kinds in enumerate((KINDS[:4], KINDS[4:])):
        findings = from_rows(
            "findings", [(one, "甲局", 2023, *told, "m", "m", None, None, None, None) for one, *told in kinds]
        )
        names = ("figures", "reports", "checks", "narratives", "corrections", "review_marks", "catalogue")
        parts.put(
            tmp_path,
            str(number) * 32,
            {**{n: empty(n) for n in names}, "findings": findings},
            parts.PartRecord(),
        )
        there.append(parts.Part(str(number) * 32, "" if number == 0 else "丙局"))
    parts.commit(tmp_path, there)
    assert noted(tmp_path) == {"warning": 2, "error": 1, "note": 1}
