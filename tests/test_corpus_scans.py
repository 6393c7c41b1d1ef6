"""The committed scans, read by the recogniser: every figure, and the title and sections around them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ogi import forms
from tests.corpus.mix import Document, committed_scans
from tests.corpus.score import compared
from tests.readings import assert_told_in_chinese_too, reading

COMMITTED = Path(__file__).parent / "corpus" / "committed"


@pytest.mark.parametrize("document", committed_scans(1), ids=lambda document: document.layout)
def test_every_figure_and_section_of_a_scan_is_read(document: Document) -> None:
    path = COMMITTED / document.path
    golden = json.loads(path.with_suffix(".json").read_text("utf-8"))
    report = reading(path)
    assert_told_in_chinese_too(path)
    read = compared(path, golden, report, 0)
    assert (read.unmarked, read.sums.accused) == ((), ())
    assert (read.wrong, read.missing) == ((), ())
    assert (report.agency, report.year) == (golden["printed_agency"], golden["year"])
    found = {narrative.section for narrative in report.narratives}
    assert found >= {section.id for section in forms.SECTIONS}
