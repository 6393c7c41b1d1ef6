"""Two names of one agency, and an agency's name in the words of its report."""

from __future__ import annotations

import pandas as pd
import pytest

from ogi.checks import check
from ogi.checks.words.names import may_be_one
from tests.checks.made import narratives, of_rule, reports, whole

RULE = "agency.name_in_words"


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("淮安市洪泽区人民政府办公室", "洪泽区人民政府"),
        ("洪泽区城管局", "淮安市洪泽区城市管理局"),
        ("市政府办公厅", "上海市人民政府办公厅"),
        ("区政府办公室", "洪泽区人民政府"),
        ("某县某乡党政办公室", "某乡人民政府"),
        ("甲市教育局", "甲市教育局"),
    ],
)
def test_one_agency_in_full_and_in_short(words: str, title: str) -> None:
    assert may_be_one(words, title)
    assert may_be_one(title, words)


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("甲市教育局", "甲市民政局"),
        ("甲市教育局", "甲市人民政府"),
        ("甲县人民政府办公室", "乙县人民政府"),
        ("甲镇人民政府", "乙镇人民政府"),
    ],
)
def test_two_agencies(words: str, title: str) -> None:
    assert not may_be_one(words, title)


def judged(text: str, section: str = "overview", title: str = "甲市乙局") -> pd.DataFrame:
    told = narratives(**{section: text})
    return of_rule(check(whole(), reports=reports(title, first=2023), narratives=told), RULE)


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("本报告由甲市乙局办公室根据条例编制。", "holds"),
        ("本年度报告由甲市丙局按照条例要求编制。", "broken"),
        ("2023年，甲市丙局认真贯彻条例。", "broken"),
        ("2023年，甲市乙局认真贯彻条例。", "holds"),
        ("根据条例要求，由甲市丙局编制本年度报告。", "broken"),
        ("根据条例规定，甲市丙局编制2023年年度报告。", "broken"),
        ("现将甲市丙局2023年度政府信息公开工作报告公布如下。", "broken"),
        ("现将甲市乙局2023年度政府信息公开工作报告公布如下。", "holds"),
    ],
)
def test_what_the_words_say_of_the_agency(text: str, verdict: str) -> None:
    rows = judged(text)
    assert list(rows["verdict"]) == [verdict]
    assert list(rows["severity"]) == ["note"]


@pytest.mark.parametrize(
    "text",
    [
        "本报告由本局编制。",
        "2023年，我局认真贯彻条例。",
        "甲市丙局认真答复了来信。",
        "2023年，在甲市丙局指导下，工作有序开展。",
        "2023年，在甲市丙局认真指导下，工作有序开展。",
        "2023年，根据甲市丙局全面部署，工作有序开展。",
        "2023年，市政府办公室认真履行职责。",
        "按照甲省政府办公厅2023年政府信息公开工作年度报告格式，现报告如下。",
        "为落实条例，甲省政府办公厅2023年政府信息公开年度报告编制要求已下发。",
        "本年度工作有序。指导甲市丙局编制2023年年度报告。",
        "请与甲市丙局联系。",
    ],
)
def test_an_agency_merely_mentioned_is_not_judged(text: str) -> None:
    assert judged(text).empty


def test_a_name_in_another_script_is_the_same() -> None:
    told = judged("本報告由甲市衛生健康局根據條例編製。", title="甲市卫生健康局")
    assert list(told["verdict"]) == ["holds"]
