"""The words of every room: a number is told with the word that belongs to it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from ogi.said import by_number, say

PACKAGE = Path(__file__).parents[1] / "helpers" / "ogi"
WORDS = re.compile(r"\{(\w+):[^{}|]*\|[^{}|]*\}")
NO_PLURALS = {"as", "is", "was", "has", "does", "this", "less"}


def sentences() -> Iterator[str]:
    """Every English sentence of every vocabulary."""
    for path in sorted(PACKAGE.rglob("*.yaml")):
        yield from english(yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader))


def english(told: object) -> Iterator[str]:
    if isinstance(told, dict):
        for name, one in told.items():
            if name == "en" and isinstance(one, str):
                yield one
            else:
                yield from english(one)


COUNTS = {"n", "count", *(name for one in sentences() for name in WORDS.findall(one))}
PLURAL = re.compile(rf"(?<!of )(?<!ll )\{{(?:{'|'.join(sorted(COUNTS))})\}}(?:</b>)? (?:\w+ )?(\w+s)\b")
"""Not where a number is that of a whole: “of {n} agencies”."""


def test_no_sentence_has_a_plural_behind_a_number_that_may_be_one() -> None:
    assert [one for one in sentences() if set(PLURAL.findall(one)) - NO_PLURALS] == []


@pytest.mark.parametrize("sentence", sorted({one for one in sentences() if WORDS.search(one)}))
def test_one_is_told_otherwise_than_several(sentence: str) -> None:
    names = set(WORDS.findall(sentence))
    one, two = (by_number(sentence, dict.fromkeys(names, n)) for n in (1, 2))
    assert one != two
    assert not any("|" in told for told in (one, two))


def test_the_words_follow_the_number_in_both_languages() -> None:
    told = [say("{n} {n:page is|pages are} made", "制作{n}页", n=n) for n in (0, 1, "1", 2)]
    assert told == ["0 pages are made", "1 page is made", "1 page is made", "2 pages are made"]
    assert told[1].zh == "制作1页"
