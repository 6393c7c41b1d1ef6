from time import monotonic

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ogi.values import CellValue, State, one_decimal, parse, shown


@pytest.mark.parametrize(
    "text", ["", " ", "\u3000", "\xa0\n", "\u200b", "\u2007\u202f", "\u200e\u2060", "\u2800"]
)
def test_nothing_printed_is_blank(text):
    assert parse(text) == CellValue(State.BLANK)


@pytest.mark.parametrize("text", ["/", "／", "—", "——", "-", "–", "无", "無", " 无 ", "N/A", "不涉及"])
def test_a_mark_is_not_applicable_and_not_zero(text):
    assert parse(text) == CellValue(State.NOT_APPLICABLE)


@pytest.mark.parametrize(
    ("text", "value", "unit", "note"),
    [
        ("0", 0, None, None),
        ("\u3000 0 \u3000", 0, None, None),
        ("+19", 19, None, None),
        ("-8", -8, None, None),
        ("－8", -8, None, None),
        ("１２３", 123, None, None),
        ("1,234", 1234, None, None),
        ("1，234", 1234, None, None),
        ("12,345,678", 12345678, None, None),
        ("98765432", 98765432, None, None),
        ("7730.28", 7730.28, None, None),
        ("251000元", 251000, "元", None),
        ("160.5964万元", 160.5964, "万元", None),
        ("160.5964（万元）", 160.5964, "万元", None),
        ("0件", 0, "件", None),
        ("160.5964萬元", 160.5964, "万元", None),
        ("22（其中修订16件）", 22, None, "其中修订16件"),
        ("22件(其中修订16件)", 22, "件", "其中修订16件"),
        ("22\n（其中修订16件）", 22, None, "其中修订16件"),
        ("1\u200b\xad\ufeff2\u200e\u2009", 12, None, None),
        ("22①", 22, None, "①"),
        ("22件*", 22, "件", "*"),
        ("22¹", 22, None, "¹"),
        ("22[1]", 22, None, "[1]"),
        ("22 [注1]", 22, None, "[注1]"),
        ("22[^1]", 22, None, "[^1]"),
    ],
)
def test_a_number_with_its_unit_and_note(text, value, unit, note):
    assert parse(text) == CellValue(State.REPORTED, value, unit, note)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "1,5",
            "12 and 34",
            "5-10",
            "1 234",
            "12\n34",
            "1234,567",
            "1,2345",
            "22(16)",
            "05",
            "3.",
            ".5",
            "1.2.3",
        ),
        *(
            "约20",
            "20余",
            "5%",
            "一",
            "三",
            "10万",
            "O",
            "l0",
            "1e3",
            "٣",
            "²",
            "0x1F",
            "1_000",
            "--5",
            "+-5",
            "￥5",
        ),
        *("~~12~~15", "\ufffc", "[1]", "①", "*", "12[1]3", "12①3", "[12]3", "12[100]", "\u202e21\u202c"),
        *("=1+1", "nan", "inf", "1" * 16, "5（", "（5）"),
    ],
)
def test_what_could_mean_something_else_gives_no_number(text):
    value = parse(text)
    assert (value.state, value.value) == (State.UNREADABLE, None)
    assert shown(text) in value.problem or text == "\ufffc"


@given(st.integers(-(10**14), 10**14), st.sampled_from(["", " ", "\u3000", "\n", "\xa0"]))
def test_any_whole_number_is_read_back(number, blank):
    assert parse(f"{blank}{number}{blank}").value == number
    assert parse(f"{number:,}").value == number


@given(st.text(max_size=12))
def test_any_text_has_a_state_and_a_number_only_where_reported(text):
    value = parse(text)
    assert (value.value is not None) == (value.state == State.REPORTED)
    assert (value.problem is not None) == (value.state == State.UNREADABLE)


@given(
    st.integers(0, 999), st.sampled_from([" ", ",", "、", "-", "/", "~", "\n", " and "]), st.integers(0, 99)
)
def test_two_numbers_are_never_read_as_one(left, between, right):
    assert parse(f"{left}{between}{right}").state == State.UNREADABLE


@pytest.mark.parametrize(
    "text", ["1" + "①" * 50_000 + "x", "1" + "\u3000" * 50_000 + "x", "1" + "¹" * 50_000 + "x"]
)
def test_long_rows_of_marks_or_blanks_take_no_time(text):
    began = monotonic()
    assert parse(text).state == State.UNREADABLE
    assert monotonic() - began < 2


@pytest.mark.parametrize(
    ("text", "en", "zh"),
    [
        ("1,5", "“1,5” is no single number", "“1,5”不是单个数字"),
        ("12\n34", "“12 34” is no single number", "“12 34”不是单个数字"),
        ("22(16)", "“22(16)” holds two numbers", "“22(16)”含有两个数字"),
    ],
)
def test_a_refusal_says_why_in_both_languages(text, en, zh):
    problem = parse(text).problem
    assert (str(problem), problem.zh) == (en, zh)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("a b", "a b"), (" a\n\n b ", "a b"), ("x" * 40, "x" * 40), ("x" * 41, "x" * 39 + "…")],
)
def test_a_text_in_a_message_has_forty_characters_at_most(text, expected):
    assert shown(text) == expected


@pytest.mark.parametrize(("value", "shown"), [(6.25, "6.3"), (6.349, "6.3"), (0, "0.0"), (-0.05, "-0.1")])
def test_a_decimal_is_rounded_as_by_hand(value, shown):
    assert one_decimal(value) == shown
