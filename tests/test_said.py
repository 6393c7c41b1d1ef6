"""A sentence in English that is also told in Chinese."""

from __future__ import annotations

import pickle
import re
from pathlib import Path

import pytest

from ogi.extract import read_report
from ogi.said import Said, in_chinese, say, told

ROOT = Path(__file__).resolve().parents[1]
TELLING = sorted(
    path
    for path in (ROOT / "tests" / "corpus" / "committed").glob("*/*.*")
    if path.suffix != ".json" and path.parent.name != "scans"
)


def test_each_value_is_told_in_the_language_of_the_sentence() -> None:
    problem = say("“{printed}” is no number", "“{printed}”不是数字", printed="{甲}")
    whole = say("row “{row}”: {problem}", "“{row}”行：{problem}", row="乙", problem=problem)
    assert whole == "row “乙”: “{甲}” is no number"
    assert in_chinese(whole) == whole.zh == "“乙”行：“{甲}”不是数字"


def test_a_sentence_without_chinese_stands_for_itself() -> None:
    assert in_chinese(Said("a")) == in_chinese("a") == "a"
    assert in_chinese(7) == "7"


def test_it_comes_back_whole_from_another_process() -> None:
    again = pickle.loads(pickle.dumps(Said("a", "甲")))
    assert (again, again.zh) == ("a", "甲")


def test_it_is_told_in_the_language_of_the_page() -> None:
    assert [told(Said("a", "甲"), language) for language in ("en", "zh")] == ["a", "甲"]


@pytest.mark.parametrize("path", TELLING, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_what_a_reader_is_told_is_told_in_chinese_too(path: Path) -> None:
    for finding in read_report(path).findings:
        assert re.search(r"[a-z]+ [a-z]+", finding.message), finding
        assert not re.search(r"[a-z]+ [a-z]+", in_chinese(finding.message)), finding
