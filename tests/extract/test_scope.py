"""Whose figures a report tells, as its words show."""

from __future__ import annotations

import pytest

from ogi.extract.report import Narrative
from ogi.extract.scope import Scope, scope_of


def told(agency: str | None, text: str, section: str = "overview") -> tuple[str, str | None]:
    return scope_of(agency, [Narrative(section, "一", "总体情况", text)])


@pytest.mark.parametrize(
    ("agency", "sentence", "scope"),
    [
        ("东岭市人民政府", "全市共收到政府信息公开申请1568件", Scope.AREA),
        ("云溪区人民政府", "各部门、各街道共收到政府信息公开申请340件", Scope.AREA),
        ("白石镇人民政府", "全镇收到政府信息公开申请1件", Scope.AREA),
        ("国家税务总局东岭市税务局", "全市税务系统收到政府信息公开申请46件", Scope.AREA),
        ("东岭市民政局", "我局收到政府信息公开申请20件", Scope.OWN),
        ("东岭市卫生健康委员会", "市卫健委收到政府信息公开申请20件", Scope.OWN),
        ("云溪区人民政府", "本年度报告数据统计范围包括各部门、各街道", Scope.AREA),
        ("东岭市人民政府", "全市收到政府信息公開申請1568件", Scope.AREA),
        ("云溪区人民政府", "全区38个行政机关共作出行政许可决定3200件", Scope.AREA),
        ("云溪区人民政府", "全区制发行政规范性文件6件", Scope.AREA),
    ],
)
def test_the_words_tell_it(agency: str, sentence: str, scope: Scope) -> None:
    found, shown = told(agency, f"今年工作有序。{sentence}。")
    assert found == scope
    assert shown is not None
    assert shown.startswith(sentence[:4])


@pytest.mark.parametrize(
    ("agency", "text"),
    [
        ("东岭市人民政府", "共收到政府信息公开申请1568件。"),
        ("东岭市人民政府", "全市公开政府信息1568条。"),
        ("东岭市人民政府", "全市收到政府信息公开申请1568件，其中市本级20件。"),
        ("东岭市人民政府", "全市收到申请1568件。市政府本级收到申请20件。"),
        ("东岭市人民政府", "市政府本级收到政府信息公开申请20件。"),
        ("云溪区人民政府办公室", "区政府办代表区政府受理政府信息公开申请17件。"),
        ("东岭市民政局", "收到政府信息公开申请20件，占全市的5%。"),
        (None, "收到政府信息公开申请20件。"),
        ("东岭市民政局", ""),
    ],
)
def test_it_is_unknown_where_no_words_tell_it_or_they_tell_both(agency: str | None, text: str) -> None:
    assert told(agency, text) == (Scope.UNKNOWN, None)


def test_problems_and_other_matters_do_not_tell_it() -> None:
    assert told("东岭市民政局", "我局收到政府信息公开申请20件。", "problems") == (Scope.UNKNOWN, None)
