"""Where a report explains in its own words why a year does not follow from the one before."""

from __future__ import annotations

import pandas as pd
import pytest

from ogi.checks import check
from ogi.checks.words.sayings import reason_in
from tests.checks.made import narratives, of_rule, whole

CARRY = "requests.carry_over"


@pytest.mark.parametrize(
    "text",
    [
        "因统计口径调整，上年结转数与上年年报不一致。",
        "上年结转3件，较2022年年报多1件，系2022年漏报所致。",
        "机构改革后原某中心并入本局，其结转申请2件一并办理。",
        "上年度年报数据有误登，现予更正。",
    ],
)
def test_an_explanation_is_quoted_and_makes_a_note(text: str) -> None:
    years = pd.concat([whole(year=2022), whole({"requests/carried_in/total": 90})], ignore_index=True)
    words = narratives(other=f"本年度未收取费用。{text}")
    rows = of_rule(check(years, narratives=words), CARRY)
    broken = rows[rows["verdict"] == "broken"]
    assert list(broken["severity"]) == ["note"]
    assert text.rstrip("。") in broken["message"].iloc[0]


@pytest.mark.parametrize(
    "text",
    [
        "上年结转3件，均已办结。",
        "统计口径较上年结转时未作调整。",
        "及时调整公开栏目，合并同类专栏。",
        "对错报漏报严肃追责。",
    ],
)
def test_other_words_explain_nothing(text: str) -> None:
    years = pd.concat([whole(year=2022), whole({"requests/carried_in/total": 90})], ignore_index=True)
    rows = of_rule(check(years, narratives=narratives(other=text)), CARRY)
    broken = rows[rows["verdict"] == "broken"]
    assert list(broken["severity"]) == ["warning"]
    assert "itself says" not in broken["message"].iloc[0]


def test_what_is_in_force_changes_by_revision_too() -> None:
    assert reason_in("清理行政规范性文件，宣布失效3件。", "proactive.in_force") is not None
    assert reason_in("清理行政规范性文件，宣布失效3件。", CARRY) is None
