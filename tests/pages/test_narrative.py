"""The words of a report beside last year's."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ogi.pages.narrative import words_compared
from ogi.tables.frames import from_rows
from tests.reports_made import made, with_second_file

SENTENCE = "本局认真办理每一件申请，全年办理{n}件，全部按时答复申请人。"


@pytest.mark.parametrize(
    ("now", "told"),
    [
        (SENTENCE.format(n=9), "2023年的文字全部与2022年的句子相同（数字不计）。"),
        (SENTENCE.format(n=9) + "另建成一处政务公开专区供群众查阅。", "%与2022年的句子相同（数字不计）。"),
    ],
)
def test_words_that_are_all_last_years_are_said_to_be_all(now: str, told: str) -> None:
    frames = made({2022: {}, 2023: {}})
    ids = frames.reports.set_index("year")["report_id"]
    rows = [
        (ids[year], frames.agency, year, "overview", "一", "总体情况", text, 1)
        for year, text in ((2022, SENTENCE.format(n=7)), (2023, now))
    ]
    assert told in words_compared(replace(frames, narratives=from_rows("narratives", rows)), "zh")


def test_a_second_file_on_the_year_is_not_told_as_new_sentences() -> None:
    """A corrected report beside the old one made each of its sentences one that is new."""
    frames = made({2022: {}, 2023: {}})
    files = (("2022", 2022, 7), ("2023", 2023, 9), ("2023（更正版）", 2023, 9))
    rows = [
        (f"甲市/{name}.pdf", frames.agency, year, "overview", "一", "总体情况", SENTENCE.format(n=n), 1)
        for name, year, n in files
    ]
    pages = [
        words_compared(replace(frames, narratives=from_rows("narratives", own)), "zh")
        for own in (rows, rows[:2])
    ]
    assert pages[0] == pages[1]


def test_the_words_are_those_of_the_file_that_the_page_takes_for_the_year() -> None:
    """They were of the first file on the year, while the table of that year and its link showed the last."""
    frames = with_second_file(made({2022: {}, 2023: {}}), 2023, {})
    texts = ("另建成一处政务公开专区供群众查阅资料。", "全年举办政府开放日活动九场，群众踊跃参加。")
    own = zip(*(frames.reports[name] for name in ("report_id", "year")), ("上年文字。", *texts), strict=True)
    rows = [(id, frames.agency, year, "overview", "一", "总体情况", text, 1) for id, year, text in own]
    told = words_compared(replace(frames, narratives=from_rows("narratives", rows)), "zh")
    assert frames.latest is not None
    assert frames.latest.report_id == frames.reports["report_id"].iloc[-1]
    assert texts[1] in told
    assert texts[0] not in told
    assert "2023 · 2023更正版.pdf" in told
