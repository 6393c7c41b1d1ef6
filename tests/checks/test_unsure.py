"""What is broken between two years of which a report may be another agency's, or names none."""

from __future__ import annotations

import pandas as pd
import pytest

from ogi.checks.unsure import with_doubts_beside
from ogi.tables import empty

TOWN = "示例镇人民政府"


@pytest.mark.parametrize(
    ("names", "told"),
    [
        ([TOWN, TOWN], ""),
        ([None, TOWN], " The report on 2023 names no agency: look first whether it is this one’s."),
        ([TOWN, None], " The report on 2024 names no agency: look first whether it is this one’s."),
        ([None, None], " The reports on 2023, 2024 name no agency: look first whether they are this one’s."),
    ],
)
def test_only_what_is_broken_between_years_tells_of_a_report_that_names_nobody(
    names: list[str | None], told: str
) -> None:
    reports = pd.DataFrame({"agency": TOWN, "year": [2023, 2024], "printed_agency": names})
    cells = ["2023:requests/carried_out/total", "2024:requests/carried_in/total"]
    lines = [("broken", cells), ("broken", ["requests/new/total"]), ("holds", cells)]
    checks = pd.DataFrame(lines, columns=["verdict", "cells"]).assign(
        report_id="2024.md", agency=TOWN, year=2024, rule_id="a", message="It differs.", message_zh="不符。"
    )
    found = with_doubts_beside(checks, reports, empty("review_marks"), "en")
    assert found["message"].tolist() == [f"It differs.{told}", "It differs.", "It differs."]
    assert found["message_zh"].str.contains("未注明机关").tolist() == [bool(told), False, False]
    assert found["verdict"].equals(checks["verdict"])
