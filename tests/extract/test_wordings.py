"""What readers and extraction say is there in both languages, and nothing is left that is said nowhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import ogi
from ogi import extract, readers
from ogi.said import wordings

ROOMS = pytest.mark.parametrize("room", [extract, readers], ids=lambda room: room.__name__)
VERBATIM = ("cell", "not_read", "office.unopened")
"""Nothing but values in one of the languages."""


@ROOMS
def test_every_sentence_is_said_somewhere_and_every_sentence_said_is_there(room):
    said = set(wordings(room.__name__))
    code, everywhere = (
        "".join(path.read_text("utf-8") for path in Path(module.__file__).parent.rglob("*.py"))
        for module in (room, ogi)  # the reading of many files says the readers' sentences, too
    )
    assert said <= set(re.findall(r'"([a-z_0-9. ]+)"', everywhere))
    assert set(re.findall(r'worded\(\s*"([^"]+)"', code)) <= said


@ROOMS
def test_both_languages_have_the_same_places_for_values(room):
    for key, text in wordings(room.__name__).items():
        units = {"{millions}": "{wan}"}  # 80 million is 8000万
        places = {units.get(place, place) for place in re.findall(r"{\w+}", text)}
        assert places == set(re.findall(r"{\w+}", text.zh)), key
        assert key in VERBATIM or re.search("[\u4e00-\u9fff]", text.zh), key
