from __future__ import annotations

from pathlib import Path

import pytest

from ogi.extract.title import identity, names_report, year_in
from ogi.readers.document import Document, Paragraph


def named(
    *lines: str, path: str = "report.html", titles: tuple[str, ...] = ()
) -> tuple[str | None, int | None]:
    found = identity(Document(Path(path), "html", tuple(Paragraph(line) for line in lines), titles))
    return found.agency, found.year


def kinds(*lines: str, path: str) -> list[str]:
    return [
        f.kind
        for f in identity(Document(Path(path), "html", tuple(Paragraph(line) for line in lines))).findings
    ]


@pytest.mark.parametrize(
    "lines",
    [
        ["示例市教育局2023年政府信息公开工作年度报告"],
        ["2023年示例市教育局政府信息公开工作年度报告"],
        ["示例市教育局 ", "2023年政府信息公开工作年度报告"],
        ["示例市教育局", "2023 年度政府信息公开", "工作年度报告"],
        ["示例市教育局政府信息公开2023年度报告"],
        ["示例市教育局二〇二三年政府信息公开年度报告"],
        ["示例市教育局２０２３年政府信息公开工作年度报告"],
        ["示例市教育局2023年政府資訊公開工作年度報告"],
        ["示例市教育局政府信息公开工作年度报告（2023年）"],
        ["示例市教育局政府信息公开工作年度报告", "（2023年度）"],
        ["关于示例市教育局2023年政府信息公开工作情况的报告"],
        ["《示例市教育局2023年度政府信息公开工作报告》"],
        [
            "首页 > 政府信息公开 > 年报",
            "示例市教育局2023年政府信息公开工作年度报告",
            "发布日期：2024-01-31 来源：本站",
        ],
        ["发布时间：2024年1月20日", "示例市教育局", "2023年政府信息公开工作年度报告", "一、总体情况"],
        ["索引号：000014349/2024-00012", "示例市教育局2023年政府信息公开年报"],
    ],
)
def test_agency_and_year_from_the_printed_title(lines):
    assert named(*lines) == ("示例市教育局", 2023)


def test_a_sentence_about_reports_is_no_title():
    lines = [
        "示例市教育局",
        "2023年政府信息公开工作年度报告",
        "根据条例要求编制2023年政府信息公开工作年度报告，现予公布。",
    ]
    assert named(*lines) == ("示例市教育局", 2023)


@pytest.mark.parametrize(
    ("lines", "who"),
    [
        (["根据条例要求，现公布《示例市教育局2023年政府信息公开工作年度报告》。"], ("示例市教育局", 2023)),
        (["按照要求，特向社会公布示例市教育局2023年度政府信息公开年度报告。"], ("示例市教育局", 2023)),
        (["特向社会公布示例市统计局2023年政府信息公开情况。"], ("示例市统计局", 2023)),
        (["现将示例市统计局2023年政府信息公开工作情况公布如下。"], ("示例市统计局", 2023)),
        (["现将示例市教育局2023年政府信息公开工作年度报告公布如下："], ("示例市教育局", 2023)),
        (["现将2023年政府信息公开工作年度报告公布如下："], ("a", 2023)),
        (["现公布我局2023年政府信息公开工作年度报告。"], ("a", 2023)),
        (["本报告由示例市教育局编制，数据自2023年1月1日起至2023年12月31日止。"], ("示例市教育局", 2023)),
        (["统计期限为2023年1月1日至12月31日。"], ("a", 2023)),
        (["数据自2022年1月1日起至2023年12月31日止。"], ("a", None)),
        (
            ["网址：http://www.example.gov.cn/2024/1/t20240112_77.html", "来源：示例区审计局", "2023-01-12"],
            ("a", None),
        ),
    ],
)
def test_without_a_title_running_text_tells_and_it_is_said(lines: list[str], who: tuple[str, int | None]):
    assert named(*lines, path="x/a.txt") == who
    told = "named_in_text" in kinds(*lines, path="x/a.txt")
    assert told == (who[1] is not None)


def test_a_file_named_for_another_year_than_its_text_tells_contradicts_it():
    lines = ("统计期限为2023年1月1日至12月31日。",)
    assert "year_contradiction" in kinds(*lines, path="x/2022.txt")
    assert "year_contradiction" not in kinds(*lines, path="x/2023.txt")


@pytest.mark.parametrize(("length", "is_title"), [(79, True), (80, False)])
def test_a_title_is_so_long_at_most(length: int, is_title: bool):
    name, title = "示例市教育局", "2023年政府信息公开工作年度报告"
    assert names_report(name + " " * (length - len(name) - len(title)) + title) is is_title


@pytest.mark.parametrize(
    "above",
    [
        "来源：示例区审计局",
        "首页 > 政务公开",
        "字体 大 中 小",
        "http://www.example.gov.cn/a.html",
        "2024-01-12",
    ],
)
def test_lines_of_a_crawler_are_no_agency(above: str):
    lines = (above, "2023年政府信息公开工作年度报告", "一、总体情况")
    assert named(*lines, path="示例市教育局/2023.txt") == ("示例市教育局", 2023)


@pytest.mark.parametrize(
    "name", ["示例市人民政府（市人民政府办公厅）", "示例市教育局(示例市语委办)", "中共示例市委（办公室）"]
)
def test_a_bracket_at_the_end_of_a_name_is_part_of_it(name: str):
    assert named(f"{name}2023年政府信息公开工作年度报告") == (name, 2023)
    assert named(f"（{name}）", "2023年政府信息公开工作年度报告") == (name, 2023)


def test_a_title_behind_its_name():
    assert named("标题：示例市教育局2023年政府信息公开工作年度报告") == ("示例市教育局", 2023)


def test_the_page_title_counts_where_none_is_printed():
    assert named("正文", titles=("示例市教育局2023年政府信息公开工作年度报告_示例市人民政府",)) == (
        "示例市教育局",
        2023,
    )


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("示例市教育局2023年政府信息公开工作年度报告.pdf", ("示例市教育局", 2023)),
        ("示例市教育局/2023.pdf", ("示例市教育局", 2023)),
        ("示例市教育局_2023.pdf", ("示例市教育局", 2023)),
        ("2023/示例市教育局.pdf", ("示例市教育局", 2023)),
        ("hongze-2023.pdf", ("hongze", 2023)),
    ],
)
def test_without_a_title_the_file_then_the_folder_tell(path, expected):
    assert named("正文", path=path) == expected


def test_contradictions_are_findings_and_the_title_counts():
    title = "示例市教育局2023年政府信息公开工作年度报告"
    assert kinds(title, path="示例市教育局/2022.html") == ["year_contradiction"]
    assert named(title, path="示例市教育局/2022.html") == ("示例市教育局", 2023)
    assert kinds(title, path="x/示例市公安局2023.html") == ["agency_contradiction"]
    assert kinds(title, path="x/虚构区2023.html") == ["agency_contradiction"]
    assert kinds(title, path="x/汇总材料2023.html") == [], "no agency is named"
    assert kinds(title, path="示例市教育局/2023.html") == []
    assert (
        kinds("洪泽区人民政府", "2023年政府信息公开工作年度报告", path="淮安市洪泽区人民政府2023.pdf") == []
    )
    assert kinds("正文", path="报告.html") == ["year_unknown"]


@pytest.mark.parametrize(
    ("text", "year"),
    [("2023年", 2023), ("2 0 2 3年", 2023), ("二〇二一年", 2021), ("二○二一年度", 2021), ("12023年", None),
     ("2022年和2023年", None), ("20231", None), ("", None)],
)  # fmt: skip
def test_a_year_is_taken_only_where_one_is_told(text, year):
    assert year_in(text) == year


@pytest.mark.parametrize(
    "name",
    [
        *("2023年（更正版）", "2023更正版", "2023-最终版2", "2023 (1)", "2023_盖章扫描件", "2023年公开版"),
        *("2023副本(2)", "2023年度报告（修订版）", "2023_v2.1", "2023年报更新"),
    ],
)
def test_which_version_a_file_is_names_no_agency(name: str) -> None:
    title = "示例市教育局2023年政府信息公开工作年度报告"
    assert kinds(title, path=f"示例市教育局/{name}.html") == []
    assert named("一、总体情况", path=f"示例市教育局/{name}.html") == ("示例市教育局", 2023)


@pytest.mark.parametrize(
    ("name", "agency"),
    [
        ("城市更新局2023", "城市更新局"),
        ("2023年政务公开办公室（更正版）", "政务公开办公室"),
        ("2023年新乡市", "新乡市"),
        ("示例市教育局2023年政府信息公开工作年度报告（更正版）", "示例市教育局"),
    ],
)
def test_such_words_within_a_name_are_part_of_it(name: str, agency: str) -> None:
    assert named("一、总体情况", path=f"x/{name}.html") == (agency, 2023)
