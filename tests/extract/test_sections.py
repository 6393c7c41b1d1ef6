from __future__ import annotations

from pathlib import Path

import pytest

from ogi import forms
from ogi.extract.sections import narratives, section_of
from ogi.readers.document import Document, Paragraph


def told(*lines: str) -> dict[str, str]:
    found, _ = narratives(Document(Path("a.txt"), "text", tuple(Paragraph(line) for line in lines)))
    return {narrative.section: narrative.text for narrative in found}


@pytest.mark.parametrize(
    ("text", "section", "number"),
    [
        ("一、总体情况", "overview", "一"),
        ("l、总体情况", "overview", "l"),
        ("1.总体情况", "overview", "1"),
        ("第一部分 总体情况", "overview", "一"),
        ("总体情况", "overview", ""),
        ("  二、 主动公开政府信息情况 ", "proactive", "二"),
        ("七、收到和处理政府信息公开申请情况", "requests", "七"),
        ("四、政府信息公开行政复议、行政诉讼情况", "review", "四"),
        ("四、政府信息公开行政复议和行政诉讼情况", "review", "四"),
        ("五、政府信息公开工作存在的主要问题及改进情况", "problems", "五"),
        ("三、收到和处理公众申请政府信息情况", "requests", "三"),
        ("四、因政府信息公开工作被申请行政复议、提起行政诉讼情况", "review", "四"),
        ("五、主要问题和改进措施", "problems", "五"),
        ("六、其他需要说明的情况", "other", "六"),
        ("五、存在的主要问题和改进情况", "problems", "五"),
        ("六、其他需要报告的事项：无。", "other", "六"),
    ],
)
def test_a_section_is_known_by_its_title_however_numbered(text, section, number):
    heading = section_of(text)
    assert heading is not None
    assert (heading.section, heading.number) == (section, number)


@pytest.mark.parametrize(
    "text",
    [
        "一、本年新收政府信息公开申请数量",
        "二、上年结转政府信息公开申请数量",
        "（一）主动公开情况",
        "总体情况良好，各项工作有序推进",
        "主动公开政府信息情况见下表",
        "2023年，本机关收到和处理政府信息公开申请情况如下",
        "",
        "三",
    ],
)
def test_what_only_sounds_like_a_section_opens_none(text):
    assert section_of(text) is None


def test_text_goes_to_its_section_without_the_words_of_the_form():
    text = told(
        "一、总体情况",
        "全年收到申请 5 件。",
        "（一）主动公开",
        "若干。",
        "二、主动公开政府信息情况",
        "第二十条第（一）项",
        "六、其他需要报告的事项：无。",
    )
    assert text == {
        "overview": "全年收到申请 5 件。\n（一）主动公开\n若干。",
        "proactive": "",
        "other": "无。",
    }


def test_sentences_before_the_first_section_are_the_preamble():
    period = "所列数据自2023年1月1日起，至2023年12月31日止。"
    text = told("某局2023年年报", "首页", period, "一、总体情况", "好。")
    assert text == {"preamble": period, "overview": "好。"}


def test_each_missing_section_is_a_finding():
    _, findings = narratives(Document(Path("a.txt"), "text", (Paragraph("一、总体情况"),)))
    assert [finding.kind for finding in findings] == ["section_missing"] * (len(forms.SECTIONS) - 1)
    assert "主动公开政府信息情况" in findings[0].message
