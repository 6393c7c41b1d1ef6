"""The six sections: titles in other words, mistyped numbers, and what the fifth must say."""

from __future__ import annotations

import pytest

from ogi.checks import check
from ogi.checks.words.sections import FEWEST_CHARACTERS, substance
from tests.checks.made import narratives, of_rule, whole

NOTHING = (
    *(
        "无。",
        "暂无",
        "略",
        "同上年",
        "N/A",
        "……",
        "此项无内容。",
        "不适用。",
        "待完善",
        "待补充",
        "未发现明显问题。",
    ),
    *(
        "未发现明显问题。",
        "见总结",
        "目前不存在突出问题。",
        "未发现问题，将继续保持。",
        "我局无此类情况。",
        "问题：无；改进：无",
    ),
    "本单位在政府信息公开工作中暂未发现存在的主要问题，故无改进情况。",
    "今后将继续努力，再接再厉，不断提高工作水平。",
    "下一步将继续努力改进。",
    "我局政府信息公开工作取得了一定成效，但仍存在一些问题和不足，下一步将继续努力改进。",
    "与上级要求和群众期盼相比还存在一定差距。今后，我局将继续加强政府信息公开工作。",
    "存在问题：暂无。下一步打算：继续做好政府信息公开工作。",
    "我办将再接再厉，做好下一年度工作。",
)
SOMETHING = (
    *(
        "个别信息更新慢。",
        "更新不及时。",
        "栏目更新滞后",
        "解读形式单一。",
        "无固定办公场所。",
        "公开意识有待加强",
    ),
    *(
        "人员变动频繁，业务不熟。",
        "网站栏目偏少，将增设3个。",
        "下一步将举办两期培训班。",
        "加强培训，提高能力",
    ),
    "没有建立长效机制，将尽快建立。",
    "无法及时更新信息，将配备专人。",
    "上年提出的问题已整改完毕，本年将继续完善目录。",
)


@pytest.mark.parametrize("text", NOTHING)
def test_good_intentions_are_no_substance(text: str) -> None:
    assert substance(text) < FEWEST_CHARACTERS


@pytest.mark.parametrize(("text", "verdict"), [("人手不足", "holds"), ("人手少", "broken")])
def test_four_characters_are_the_least_of_substance(text: str, verdict: str) -> None:
    (row,) = of_rule(check(whole(), narratives=narratives(problems=text)), "sections.problems").itertuples()
    assert (row.verdict, row.left) == (verdict, len(text))


@pytest.mark.parametrize("text", SOMETHING)
def test_few_words_may_be_of_substance(text: str) -> None:
    assert substance(text) >= FEWEST_CHARACTERS


@pytest.mark.parametrize(
    ("section", "stands_in", "line", "verdict"),
    [
        ("problems", "review", "五、存在问题和下一步改进情况\n更新不及时。", "undecided"),
        ("other", "problems", "更新不及时。\n六、其他需要说明的情况\n无。", "undecided"),
        ("review", "requests", "四、行政复议和行政诉讼情况", "undecided"),
        ("requests", "proactive", "第三部分依申请公开政府信息情况", "undecided"),
        ("requests", "problems", "三、加大培训力度", "broken"),
        ("requests", "problems", "一、依申请公开政府信息情况有待改进", "broken"),
        ("overview", "preamble", "本报告由本局编制。", "broken"),
        ("overview", "preamble", "本年度，本局围绕群众关切的事项做好政府信息公开工作。" * 5, "undecided"),
    ],
)
def test_a_title_in_other_words_is_not_a_missing_section(
    section: str, stands_in: str, line: str, verdict: str
) -> None:
    told = narratives()
    told = told[told["section"] != section]
    if stands_in == "preamble":
        told.loc[len(told) + 1] = {**told.iloc[0], "section": "preamble", "number": "", "title": ""}
    told = told.assign(text=told["text"].mask(told["section"] == stands_in, line))
    (row,) = of_rule(check(whole(), narratives=told), "sections.present").to_dict("records")
    assert row["verdict"] == verdict
    assert ("headed" in row["message"]) == (verdict == "undecided")


def test_only_the_sections_that_are_truly_missing_are_named() -> None:
    told = narratives(proactive="三、依申请公开政府信息情况")
    told = told[~told["section"].isin(["requests", "other"])]
    (row,) = of_rule(check(whole(), narratives=told), "sections.present").to_dict("records")
    assert (row["verdict"], row["message"]) == ("broken", "Not there: 六、其他需要报告的事项.")


@pytest.mark.parametrize(("title", "verdict"), [("—、总体情况", "broken"), ("（一）总体情况", "holds")])
def test_a_dash_is_no_number(title: str, verdict: str) -> None:
    told = narratives()
    first = told["section"] == "overview"
    told = told.assign(number=told["number"].mask(first, ""), title=told["title"].mask(first, title))
    assert list(of_rule(check(whole(), narratives=told), "sections.numbers")["verdict"]) == [verdict]


def test_a_wrong_number_is_named_with_its_title() -> None:
    told = narratives()
    first = told["section"] == "overview"
    told = told.assign(number=told["number"].mask(first, "四"), title=told["title"].mask(first, "总体情况"))
    (row,) = of_rule(check(whole(), narratives=told), "sections.numbers").to_dict("records")
    assert "四、总体情况" in row["message"]


@pytest.mark.parametrize("section", ["overview", "proactive", "requests", "review", "other"])
@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("（文字描述）", "broken"),
        ("（文字描述，没有的填“无”）\n无。", "broken"),
        ("××局", "holds"),  # left over, but not all there is
        ("本年度没有其他需要报告的事项。", "holds"),
        ("", "holds"),
    ],
)
def test_a_section_of_placeholders_has_no_substance(section: str, text: str, verdict: str) -> None:
    checks = check(whole(), narratives=narratives(**{section: text}))
    (row,) = of_rule(checks, "sections.template").itertuples()
    assert row.verdict == verdict
