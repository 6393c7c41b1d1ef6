"""What extraction says is there in both languages, and nothing is left that is said nowhere."""

from __future__ import annotations

import re
from pathlib import Path

from ogi import extract
from ogi.said import wordings

SAID = wordings("ogi.extract")


def test_every_sentence_is_said_somewhere_and_every_sentence_said_is_there():
    code = "".join(path.read_text("utf-8") for path in Path(extract.__file__).parent.glob("*.py"))
    literals = set(re.findall(r'"([a-z_. ]+)"', code))
    assert set(SAID) <= literals
    assert set(re.findall(r'worded\(\s*"([^"]+)"', code)) <= set(SAID)


def test_both_languages_have_the_same_places_for_values():
    for key, text in SAID.items():
        assert set(re.findall(r"{\w+}", text)) == set(re.findall(r"{\w+}", text.zh)), key
        assert key == "cell" or re.search("[\u4e00-\u9fff]", text.zh), key
