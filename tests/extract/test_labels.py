from __future__ import annotations

from time import monotonic

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ogi import forms
from ogi.extract.labels import (
    LabelBasis,
    LabelMatch,
    PrintedLabel,
    item_labels,
    label,
    names_other_year,
    typing_error,
    without_notes,
)
from ogi.forms import GROUPS

REQUESTS = item_labels("requests")


def misspelt(text: str) -> str | None:
    match = REQUESTS.misspelt(text, REQUESTS.items)
    return None if match is None else match.item


ITEMS = [(table, item) for table in forms.TABLES for item in item_labels(table).items.values()]


@pytest.mark.parametrize(
    "text", ["（三）不予公开", "(三) 不予公开", "（三）\n不予\u3000公开", "三、不予公开", "三．不予公开"]
)
def test_number_and_name_without_spaces_and_marks(text):
    assert label(text) == PrintedLabel("三", "不予公开")


@pytest.mark.parametrize(
    "text",
    [
        "1.属于行政查询事项",
        "1、属于行政查询事项",
        "１．属于行政查询事项",
        "1) 属于“行政查询”事项",
        "1 属于行政查询事项",
    ],
)
def test_any_way_of_numbering(text):
    assert label(text) == PrintedLabel("1", "属于行政查询事项")


@pytest.mark.parametrize(
    "text", ["⒊不予公开", "③不予公开", "(3)不予公开", "3.不予\u200b公\xad开\u200e", "3.不予公开①"]
)
def test_numbers_of_one_character_marks_of_notes_and_what_prints_nothing(text):
    assert label(text) == PrintedLabel("3", "不予公开")


@pytest.mark.parametrize(("table", "item"), ITEMS, ids=[f"{t}/{i.id}" for t, i in ITEMS])
def test_every_official_label_names_its_item(table, item):
    labels = item_labels(table)
    for text in (
        item.label,
        item.zh,
        *item.aliases,
        "".join(g.number + g.zh for g in item.groups) + item.label,
    ):
        assert labels.exact(text, item.group) == item.id


@pytest.mark.parametrize("group", [None, GROUPS["refused"], GROUPS["results"]])
def test_the_bare_word_other_needs_its_own_heading(group):
    assert REQUESTS.exact("3.其他", group) is None
    assert REQUESTS.exact("3.其他", GROUPS["other"]) == "other.other"


@pytest.mark.parametrize(
    ("text", "item"),
    [
        ("2.其他法律行政止公开", "refused.law_forbids"),
        ("2.其它法律行政法规禁止公开", "refused.law_forbids"),
        ("6.属于四类过程信息", "refused.deliberative"),
        ("1.申请人逾期不补正", None),
        ("1.逾期不补正", "other.no_correction"),
        ("3.补正后仍不明确", "unavailable.still_unclear"),
        ("5.要求确认或重新出具已获取信息", "not_processed.reconfirm"),
        ("9.属于四类过程性信息", "refused.deliberative"),
        ("9.属于四类过程信息", None),
        ("其他主动公开文件", None),
        ("某某其他有关事宜", None),
        ("政府信息公开申请数量", None),
        ("申请", None),
        ("其他", None),
    ],
)
def test_a_typing_error_of_one_label_only(text, item):
    assert (REQUESTS.exact(text, None) or misspelt(text)) == item


@pytest.mark.parametrize(
    ("text", "basis", "distance"),
    [
        ("2.其他法律行政止公开", LabelBasis.MISSPELT, 3),
        ("属于行政查询", LabelBasis.PART, 0),
    ],
)
def test_a_match_says_how_the_label_was_understood(text: str, basis: LabelBasis, distance: int) -> None:
    match = REQUESTS.misspelt(text, REQUESTS.items)
    assert match is not None
    assert (match.basis, match.distance) == (basis, distance)


def test_a_label_already_found_is_not_found_again_by_a_typing_error():
    free = [item for item in REQUESTS.items if item != "refused.law_forbids"]
    assert REQUESTS.misspelt("2.其他法律行政止公开", free) is None


def test_an_added_row_is_no_typing_error_of_a_neighbour():
    labels = item_labels("proactive")
    for text in (
        "其他规范性文件",
        "其他行政许可",
        "其他主动公开文件",
        "重大行政决策",
        "行政强制执行",
        "行政检查",
    ):
        assert labels.misspelt(text, labels.items) is None, text


@given(st.text(alphabet="公开申请处理其他信息不予", min_size=1, max_size=14))
def test_a_typing_error_is_never_far(text):
    cost = typing_error(text, "其他法律行政法规禁止公开")
    assert cost is None or len(text) >= 7


def test_a_long_row_of_marks_takes_no_time():
    began = monotonic()
    assert label("予以公开" + "①" * 50_000).name.startswith("予以公开")
    assert monotonic() - began < 2


@pytest.mark.parametrize(
    ("printed", "official"),
    [
        ("上年新收政府信息公开申请数量", "本年新收政府信息公开申请数量"),
        ("上年制发件数", "本年制发件数"),
        ("去年处理决定数量", "本年处理决定数量"),
        ("下年结转政府信息公开申请数量", "上年结转政府信息公开申请数量"),
        ("未按收费通知要求缴纳费用不予公开", "按收费通知要求缴纳费用不予公开"),
    ],
)
def test_another_year_or_a_negation_is_no_typing_error(printed, official):
    assert typing_error(printed, official) is None


@pytest.mark.parametrize(
    ("printed", "official"),
    [
        ("补正后申请内容仍不不明确", "补正后申请内容仍不明确"),
        ("尚未未审结", "尚未审结"),
        ("无无正当理由大量反复申请", "无正当理由大量反复申请"),
    ],
)
def test_a_negation_printed_twice_is_a_typing_error(printed, official):
    assert typing_error(printed, official) == 2


def test_a_misread_word_for_the_year_still_is():
    assert typing_error("木年新收政府信息公开申请数量", "本年新收政府信息公开申请数量") == 2


@pytest.mark.parametrize(
    ("text", "item"),
    [
        ("规章（设区的市以上政府填写）", "regulations"),
        ("规范性文件（含以办公室名义印发的文件（内部文件除外））", "normative_documents"),
        ("行政许可（按事项计", "licences"),
    ],
)
def test_a_note_of_the_forms_editors_is_left_out_and_that_is_known(text: str, item: str):
    labels = item_labels("proactive")
    assert labels.exact(text, None) is None
    assert labels.misspelt(text, [item]) == LabelMatch(item, LabelBasis.NOTED)
    assert labels.misspelt(text, []) is None


def test_a_unit_is_no_part_of_a_label_but_one_of_thousands_changes_its_figures():
    labels = item_labels("proactive")
    assert labels.exact("行政许可（件）", None) == "licences"
    assert labels.exact("行政许可（单位：件）", None) == "licences"
    assert labels.exact("行政许可（万件）", None) is None
    assert labels.misspelt("行政许可（万件）", ["licences"]) is None


def test_a_long_label_is_no_misprint_of_one_in_another_unit_or_year():
    labels, item = item_labels("requests"), "not_processed.reconfirm"
    name = "要求行政机关确认或重新出具已获取信息"
    assert labels.misspelt(f"{name}吗", [item]) == LabelMatch(item, LabelBasis.MISSPELT, 2)
    assert labels.misspelt(f"{name}（万件）", [item]) is None
    assert labels.misspelt(f"{name}（上年）", [item]) is None


@pytest.mark.parametrize("note", ["上年", "上年度", "去年", "上一年度数", "指2022年", "2022年度"])
def test_a_note_may_name_another_year(note: str):
    assert names_other_year(f"行政许可（{note}）", 2023)
    assert item_labels("proactive").exact(without_notes(f"行政许可（{note}）"), None) == (
        "licences" if "2022" in note else None
    )


@pytest.mark.parametrize("note", ["本年", "2023年", "不含上年结转", "2022年以来新增", "设区的市填写"])
def test_most_notes_name_no_other_year(note: str):
    assert not names_other_year(f"行政许可（{note}）", 2023)
    assert not names_other_year("行政许可（2023年）", None)


@pytest.mark.parametrize("text", ["二、上年结转政府信息公开申请数量（2022年）", "上一年项目数量（2022年）"])
def test_what_is_named_after_another_year_may_say_which(text: str):
    assert not names_other_year(text, 2023)
