"""What is told of reading the files."""

from __future__ import annotations

from dataclasses import replace

from ogi.extract.report import Finding, FindingKind, Severity
from ogi.pages import findings_of_reading
from ogi.said import Said
from ogi.tables import finding_row
from ogi.tables.frames import from_rows
from tests.reports_made import made


def test_that_a_year_has_several_files_is_told_once_for_each_year() -> None:
    rows = []
    for year in (2022, 2023):
        found = Finding(FindingKind.SAME_YEAR, Severity.WARNING, Said(f"{year}: two", f"{year}年两份"))
        rows += [finding_row((f"甲市/{name}.pdf", "甲市", year), found) for name in ("a", "b")]
    other = Finding(FindingKind.LABEL_MISSPELT, Severity.WARNING, Said("read as", "按此识读"))
    rows += [finding_row(("甲市/a.pdf", "甲市", 2022), other)] * 2
    page = findings_of_reading(replace(made({2022: {}}), findings=from_rows("findings", rows)))
    assert [page.count(text) for text in ("2022: two", "2023: two", "read as")] == [1, 1, 2]
