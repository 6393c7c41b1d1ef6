"""A dataset of two agencies with every state, role and kind of value that a panel may have."""

from __future__ import annotations

from typing import Any

import pandas as pd

from ogi.checks import check
from ogi.tables import empty, from_rows, joined
from tests.reports_made import figures, made

BUREAU, FORMULA = "尧都区商务局", "=1+1局"
NEW, OTHER = "requests/new/total", "requests/other/total"
TOLD: dict[int, dict[str, Any]] = {
    2020: {NEW: 10, "requests/carried_in/total": "blank", "proactive/procurement/amount": 160.5},
    2021: {
        **{NEW: "unreadable", "requests/outcome_total/total": 40, "requests/granted/total": 10},
        **{"review/litigation_direct/upheld": 2, "review/litigation_direct/total": "blank"},
    },
    2023: {
        **{NEW: 7, "requests/other.no_correction/total": 2, "requests/other.other/total": 1},
        **{"review/reconsideration/total": 5, "requests/other.fee_unpaid/total": "blank"},
    },
}
MIXED = {"requests": "2019"}
SECTION = "第一节  概况１。本局2023年收到申请7件。"


def dataset() -> dict[str, pd.DataFrame]:
    bureau, formula = (
        made(TOLD, agency=BUREAU),
        made({2023: {NEW: 3}}, agency=FORMULA, editions={2023: MIXED}),
    )
    again = figures(FORMULA, 2023, {NEW: 4}, 0, MIXED).assign(report_id=f"{FORMULA}/2023b.pdf")
    bureau.reports["scope"], formula.reports["scope"] = "own", "own"
    second = formula.reports.assign(report_id=f"{FORMULA}/2023b.pdf", scope="area")
    undated = formula.reports.assign(report_id=f"{FORMULA}/x.pdf", year=None).astype({"year": "Int64"})
    all_figures = joined("figures", [bureau.figures, formula.figures, again])
    correction = (f"{BUREAU}/2023.pdf", BUREAU, 2023, *NEW.split("/"), "7", "8", "r", "e", "w", "2024-01-01")
    told = (f"{BUREAU}/2023.pdf", BUREAU, 2023, "overview", "一", "概况", SECTION, 1)
    place = (FORMULA, None, "department", None, None, None, "130502", None, None)
    return {
        "figures": all_figures,
        "reports": joined("reports", [bureau.reports, formula.reports, second, undated]),
        "checks": check(all_figures),
        "findings": empty("findings"),
        "narratives": from_rows("narratives", [told]),
        "corrections": from_rows("corrections", [correction]),
        "review_marks": empty("review_marks"),
        "catalogue": from_rows("catalogue", [place]),
    }
