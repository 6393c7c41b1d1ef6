"""Lines of text in pieces: bars end cells wherever the lines end, and words of the forms come together."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ogi import forms
from ogi.extract.pieces import by_line, is_barred, pieces_of
from tests.corpus.crawled import MANNERS

FILLED = st.text("甲乙丙0123456789", min_size=1, max_size=4)
CELL = st.one_of(st.just(""), FILLED)
ROWS = st.lists(st.tuples(FILLED, st.lists(CELL, min_size=1, max_size=5), FILLED), min_size=2, max_size=5)
QUICK = settings(max_examples=30, deadline=None)
KEEPING = sorted(name for name, manner in MANNERS.items() if manner.keeps_blanks)


def texts(lines: list[str]) -> list[str]:
    return [piece.text for piece in pieces_of(lines)]


@pytest.mark.parametrize("name", KEEPING)
@QUICK
@given(rows=ROWS)
def test_every_manner_gives_back_its_cells(name: str, rows: list[tuple[str, list[str], str]]):
    table = [[first, *middle, last] for first, middle, last in rows]
    lines = [line for row in table for line in MANNERS[name].lines(row)]
    assert texts(lines) == [text for row in table for text in row]


@QUICK
@given(rows=ROWS)
def test_where_a_line_is_a_row_it_stays_one(rows: list[tuple[str, list[str], str]]):
    table = [[first, *middle, last] for first, middle, last in rows]
    for name in ("row_bars", "bars_in_front", "framed", "ruled", "bars_between"):
        lines = [line for row in table for line in MANNERS[name].lines(row)]
        assert [[piece.text for piece in line] for line in by_line(pieces_of(lines))] == table, name


@QUICK
@given(st.lists(FILLED, min_size=1, max_size=30))
def test_lines_without_bars_are_a_cell_each(cells: list[str]):
    assert texts(cells) == cells


WORDS = sorted(
    {
        measure.zh
        for editions in forms.TABLES.values()
        for form in editions.values()
        for measure in form.measures
    }
    | {item.label for item in forms.TABLES["requests"]["2021"].items if len(item.zh) > 3}
)


@QUICK
@given(st.data())
def test_a_word_of_the_forms_broken_over_lines_is_put_together(data: st.DataObject):
    word = data.draw(st.sampled_from(WORDS))
    ends = sorted(data.draw(st.sets(st.integers(2, max(2, len(word) - 1)), max_size=3)))
    lines = [word[a:b] for a, b in zip([0, *ends], [*ends, len(word)], strict=True) if word[a:b]]
    assume("/" not in lines)  # alone in its line it is a mark
    assert texts(["5", *lines, "7"]) == ["5", word, "7"]
    assert texts([*lines[:-1], f"{lines[-1]} |", "7 |", "8 |"]) == [word, "7", "8"]


def test_a_word_broken_within_its_number_is_put_together():
    assert texts(["5", "（一", "）予以公开", "7"]) == ["5", "（一）予以公开", "7"]
    assert texts(["5", "（", "一）予以公开", "7"]) == ["5", "（一）予以公开", "7"]


def test_a_number_is_never_put_together():
    assert texts(["规章", "1", "2", "行政规范性文件", "1,", "000"]) == [
        "规章",
        "1",
        "2",
        "行政规范性文件",
        "1,",
        "000",
    ]


def test_a_bar_keeps_apart_what_would_be_a_word():
    assert texts(["商业 |", "企业 |", "科研 |", "机构 |"]) == ["商业", "企业", "科研", "机构"]


def test_a_bar_in_the_text_is_no_table():
    assert not is_barred(["首页 | 政务公开", "本年新收", "12", "13"])
    assert not is_barred([])


def test_a_cut_table_ends_where_its_last_line_does():
    assert texts(["规章 |", "1 |", "2 |", "行政规"]) == ["规章", "1", "2", "行政规"]
