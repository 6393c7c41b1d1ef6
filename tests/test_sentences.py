"""Which sentences stood in another report: whatever their numbers, without what every report has to say."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ogi.compare import difference, normalised, paired, repeated, sentences_of
from ogi.forms import SECTIONS


def of(text: str, section: str = "overview") -> list[str]:
    return [one.text for one in sentences_of(section, text)]


def test_a_sentence_is_the_same_whatever_its_numbers_script_and_marks() -> None:
    one, other = (
        sentences_of("overview", text)[0]
        for text in ("全年收到申请1,203件，同比增长12.5%。", "全年收到申請７件,同比增長3%;")
    )
    assert one.hash == other.hash
    assert one.plain == other.plain
    assert sentences_of("overview", "全年收到投诉1,203件，同比增长12.5%。")[0].hash != one.hash


def test_lines_broken_inside_a_sentence_are_joined_and_headings_stand_alone() -> None:
    text = (
        "（一）主动公开情况\n全区主动公开政府信\n息二千余条。加强队伍建设，\n组织培训三次；完善目录管理制度"
    )
    assert of(text) == ["全区主动公开政府信息二千余条。", "加强队伍建设，组织培训三次；", "完善目录管理制度"]
    assert of("1.政策解读形式较为单一\n2.公开目录更新偶有延迟") == [
        "1.政策解读形式较为单一",
        "2.公开目录更新偶有延迟",
    ]


@pytest.mark.parametrize(
    "statutory",
    [
        "根据《中华人民共和国政府信息公开条例》第五十条的规定编制本报告。",
        "数据统计自2023年1月1日起，至2023年12月31日止。",
        "本报告所列数据统计期限为2022年1月1日至12月31日。",
        "本年度没有其他需要报告的事项。",
        "如对本报告有疑问，请与区政府办公室联系，电话：0517-0000000。",
        *(f"{section.number}、{section.zh}" for section in SECTIONS),
    ],
)
def test_what_every_report_says_copies_no_one(statutory: str) -> None:
    assert of(statutory) == []


def test_what_stands_beside_a_statutory_phrase_is_still_compared() -> None:
    assert len(of("根据《中华人民共和国政府信息公开条例》编制本报告，并由区长办公会议审议通过后发布。")) == 1


def test_the_share_of_words_that_are_last_years() -> None:
    before, now = (
        sentences_of("problems", text)
        for text in ("政策解读的形式较为单一。", "政策解读的形式较为单一。部分栏目检索不太方便。")
    )
    assert repeated(before, now) == pytest.approx(11 / 21)
    assert repeated(before, before) == 1
    assert repeated([], now) == 0
    assert repeated(before, []) is None


def test_sentences_are_paired_once_the_same_before_the_alike_and_the_rest_stand_alone() -> None:
    before = sentences_of("problems", "政策解读的形式较为单一。公开目录更新偶有延迟。经办人员轮换较快。")
    now = sentences_of("problems", "部分公开目录更新偶有延迟。政策解读的形式较为单一。拟开发新的检索系统。")
    assert [(p.old and p.old.text, p.new and p.new.text, p.likeness == 1) for p in paired(before, now)] == [
        ("公开目录更新偶有延迟。", "部分公开目录更新偶有延迟。", False),
        ("政策解读的形式较为单一。", "政策解读的形式较为单一。", True),
        (None, "拟开发新的检索系统。", False),
        ("经办人员轮换较快。", None, False),
    ]


text = st.text(alphabet="公开目录更新，。1 2\n（", max_size=40)


@given(text, text)
def test_a_difference_put_together_again_is_both_texts(old: str, new: str) -> None:
    steps = list(difference(old, new))
    assert "".join(a for _, a, _ in steps) == old
    assert "".join(b for *_, b in steps) == new
    assert all(a == b for tag, a, b in steps if tag == "equal")


@given(text, text)
def test_pairs_hold_every_sentence_once(old: str, new: str) -> None:
    before, now = sentences_of("overview", old), sentences_of("overview", new)
    pairs = paired(before, now)
    assert [pair.new for pair in pairs if pair.new is not None] == now
    assert sorted(pair.old for pair in pairs if pair.old is not None) == sorted(before)


def test_texts_are_compared_by_their_words_in_one_script() -> None:
    assert normalised("收到申请12件。") == normalised("收到申请 7 件")
    assert normalised("政府信息公開（２０２３年）") == "政府信息公开0年"


def test_a_hostile_text_costs_no_more_than_its_length() -> None:
    started = time.process_time()
    for hostile in ("根据" * 100_000, "根据条例。" * 20_000, "（一）" * 60_000, "报告由" * 60_000):
        both = sentences_of("overview", hostile)
        paired(both, both[:-1])
    assert time.process_time() - started < 5
