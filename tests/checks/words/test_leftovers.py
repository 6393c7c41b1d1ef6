"""What a template leaves behind, and what only looks like it; a year left over from the report before."""

from __future__ import annotations

from functools import cache

import pandas as pd
import pytest

from ogi.checks import check
from tests.checks.made import narratives, of_rule, whole

LEFT_OVER = (
    *("2023年×月×日", "二〇XX年", "xx局", "联系电话：xxx", "收到申请n件", "公开信息N条", "收到申请x件"),
    *(
        "收到申请（）件",
        "办结( )件",
        "收到申请\u3000\u3000件",
        "收到申请  件，",
        "某某局2023年",
        "○○局",
        "△△镇政府",
    ),
    *(
        "（局名）",
        "【机关名称】",
        "<单位>",
        "（示例）",
        "（模板）",
        "（待补充）",
        "{{单位名称}}",
        "${year}年",
    ),
    *("单击此处输入文字", "请删除此说明", "（删除本行）", "（注：此处不需修改）", "（如无，请填“无”）"),
    *(
        "（字数控制在500字以内）",
        "（可从以下方面撰写）",
        "（请结合实际撰写）",
        "填写说明：见下",
        "#REF!",
        "#DIV/0!",
    ),
)
NONE_LEFT = (
    *("×××不服本局答复一案", "第××号答复书", "××案件信息公开", "XX型号设备", "原告张某某诉本局", "某公司"),
    *("本报告填写说明见附表二", "请填写《政府信息公开申请表》后提交", "申请表填写说明已公布", "（请见附件）"),
    *("（请点击链接）", "（申请表模板）", "二○○九年", "二〇〇〇年以来", "文\u3000件，", "事\u3000\u3000项"),
    *("5×8小时服务", "（无）", "（略）", "【依申请公开】", "A、B、C类", "〔2023〕12号"),
)


@cache
def verdicts() -> dict[str, str]:
    texts = (*LEFT_OVER, *NONE_LEFT)
    figures = pd.concat([whole(name=str(n)) for n in range(len(texts))], ignore_index=True)
    words = pd.concat([narratives(str(n), overview=text) for n, text in enumerate(texts)], ignore_index=True)
    rows = of_rule(check(figures, narratives=words), "words.leftovers")
    return {
        texts[int(name)]: verdict for name, verdict in zip(rows["report_id"], rows["verdict"], strict=True)
    }


@pytest.mark.parametrize("text", LEFT_OVER)
def test_blanks_and_orders_of_a_template_are_found(text: str) -> None:
    assert verdicts()[text] == "broken"


@pytest.mark.parametrize("text", NONE_LEFT)
def test_hidden_names_and_advice_to_readers_are_none(text: str) -> None:
    assert verdicts()[text] == "holds"


@pytest.mark.parametrize(
    ("section", "text", "expected"),
    [
        ("overview", "2022年，我局认真落实条例。", ["broken"]),
        ("overview", "2022年度，本镇认真落实条例。", ["broken"]),
        ("problems", "2022年，我局工作仍有不足：更新慢。", ["broken"]),
        ("overview", "2023年，我局认真落实条例。", ["holds"]),
        ("overview", "2022年，我局收到申请1件，2023年收到2件。", []),
        ("overview", "2022年结转的申请1件。", []),
        ("overview", "本年度更新栏目。2022年，我局获评先进。", []),
        ("problems", "2024年，我局将充实人员。", []),
        ("other", "2022年，我局未收取费用。", []),
    ],
)
def test_a_section_that_begins_with_the_year_before_is_left_over(
    section: str, text: str, expected: list[str]
) -> None:
    checks = check(whole(), narratives=narratives(**{section: text}))
    assert list(of_rule(checks, "dates.period")["verdict"]) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("根据条例编制2022年度政府信息公开工作年度报告。", ["broken"]),
        ("根据条例编制2023年度政府信息公开工作年度报告。", ["holds"]),
        ("本报告根据条例编制。2022年政府信息公开年报见网站。", []),
    ],
)
def test_a_preamble_tells_of_which_year_the_report_is(text: str, expected: list[str]) -> None:
    told = narratives()
    told.loc[len(told)] = {**told.iloc[0], "section": "preamble", "number": "", "title": "", "text": text}
    assert list(of_rule(check(whole(), narratives=told), "dates.period")["verdict"]) == expected
