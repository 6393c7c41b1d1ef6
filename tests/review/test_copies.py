"""Who copied: the last file of an agency counts, and 100 % is said only of what is the same throughout."""

from __future__ import annotations

import pandas as pd
import pytest

from ogi.review.copies import SAME, SHARED, WITHIN, of_others, own_last_year
from ogi.review.texts import Texts, texts_of
from ogi.review.words import likeness

SECTION = "proactive_text"
WORDS = [f"本单位围绕第{mark}项重点工作，通过网站和公众号及时发布信息。" for mark in "甲乙丙丁戊己庚辛"]
OTHER = "本年度未开展其他需要报告的公开工作事项，各科室均已分别说明。"
ONE, TWO = "甲县水务局", "乙县水务局"


def texts(*reports: tuple[str, str, list[str]], section: str = SECTION) -> Texts:
    """The words of files: agency, file and sentences of each; those whose name begins so are of 2022."""
    rows = [
        (f"{agency}/{file}", agency, int(file[:4]), section, "".join(words))
        for agency, file, words in reports
    ]
    frame = pd.DataFrame(rows, columns=["report_id", "agency", "year", "section", "text"])
    return texts_of(frame, [ONE, TWO], 0, 2023)


def alike(found: Texts) -> list[tuple[str, float]]:
    pairs = of_others(found, 2, lambda units: {})
    return list(zip(pairs["how"], pairs["share"], strict=True))


@pytest.mark.parametrize("again", [WORDS, [*WORDS[:-1], OTHER], []])
def test_a_second_file_on_the_year_changes_nothing(again: list[str]) -> None:
    """A corrected report beside the old one made 100.0 % of what is the same sentence by sentence."""
    files = [(ONE, "2023.html", again), (ONE, "2023（更正版）.html", WORDS), (TWO, "2023.html", WORDS)]
    assert alike(texts(*files)) == [(SAME, 1.0)]


def test_last_years_words_are_counted_once() -> None:
    files = [(ONE, "2022.html", WORDS), (ONE, "2023.html", [OTHER] * 3), (ONE, "2023（更正版）.html", WORDS)]
    (row,) = own_last_year(texts(*files)).to_dict("records")
    assert row["share"] == 1.0
    assert row["characters"] == texts(*files[::2]).sections["characters"].item()


def test_a_section_that_one_file_lacks_is_taken_from_the_other() -> None:
    files = [(ONE, "2023-1.html", []), (ONE, "2023-2.html", WORDS), (TWO, "2023.html", WORDS)]
    assert alike(texts(*files)) == [(SAME, 1.0)]


def test_what_stands_whole_in_a_longer_section_is_not_called_the_same() -> None:
    assert alike(texts((ONE, "2023.html", WORDS), (TWO, "2023.html", [*WORDS, OTHER]))) == [(WITHIN, 1.0)]
    ((how, share),) = alike(
        texts(
            (ONE, "2023.html", [*WORDS, "另外一句话只有这里有这一句。"]), (TWO, "2023.html", [*WORDS, OTHER])
        )
    )
    assert how == SHARED
    assert share < 1


@pytest.mark.parametrize(("share", "told"), [(1.0, "100.0%"), (0.99999, "99.9%"), (0.9949, "99.5%")])
def test_only_all_of_it_reads_100_percent(share: float, told: str) -> None:
    assert likeness(share) == told
