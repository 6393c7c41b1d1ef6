"""A sentence in English that is also told in Chinese."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from pathlib import Path

import pytest

from ogi.readers import SUFFIXES
from ogi.said import Said, in_chinese, say, told
from tests.readings import assert_told_in_chinese_too

RECOGNISED = {"digits_outlined", "image_200dpi", "no_tounicode", "ocr_under_image_wrong", "skew2deg"}
"""Shared documents whose pages are read as scans, a quarter of a minute each: the corpus has more of them."""


def test_each_value_is_told_in_the_language_of_the_sentence() -> None:
    problem = say("“{printed}” is no number", "“{printed}”不是数字", printed="{甲}")
    whole = say("row “{row}”: {problem}", "“{row}”行：{problem}", row="乙", problem=problem)
    assert whole == "row “乙”: “{甲}” is no number"
    assert in_chinese(whole) == whole.zh == "“乙”行：“{甲}”不是数字"


def test_what_is_printed_is_the_same_in_both_languages() -> None:
    assert in_chinese(Said.as_printed("a")) == in_chinese("a") == "a"
    assert in_chinese(7) == "7"


def test_sentences_put_together_keep_their_chinese() -> None:
    both = "(" + Said("a", "甲") + ") " + Said("b", "乙") + "."
    assert (both, in_chinese(both)) == ("(a) b.", "(甲) 乙.")


@pytest.mark.parametrize(
    "drop", [lambda s: s.format(1), lambda s: s % 1, lambda s: s.join(["a"])], ids=["format", "%", "join"]
)
def test_what_would_drop_the_chinese_is_refused(drop: Callable[[Said], str]) -> None:
    with pytest.raises(TypeError, match="would drop the Chinese"):
        drop(Said("{}", "{}"))


def test_it_comes_back_whole_from_another_process() -> None:
    again = pickle.loads(pickle.dumps(Said("a", "甲")))
    assert (again, again.zh) == ("a", "甲")


def test_it_is_told_in_the_language_of_the_page() -> None:
    assert [told(Said("a", "甲"), language) for language in ("en", "zh")] == ["a", "甲"]


def test_what_a_reader_is_told_of_a_real_report_is_told_in_chinese_too(shared_reports: Path) -> None:
    """As of those of the corpus and the samples, where these are read."""
    for folder in (shared_reports, shared_reports.parent / "wild"):
        for path in sorted(folder.rglob("*.*")):
            if path.suffix in SUFFIXES and path.stem not in RECOGNISED:
                assert_told_in_chinese_too(path)
