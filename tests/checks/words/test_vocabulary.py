"""The vocabulary: each entry finds its example and not its counter-example, and is what it must be."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

import ogi.checks.words
from ogi import forms
from ogi.checks.words.mentions import mentions
from ogi.checks.words.vocabulary import (
    Wording,
    _compiled,
    parsed,
    pattern,
    vocabulary,
    wordings,
)

ENTRIES = [wording for group in vocabulary().values() for wording in group]
ENTRY: dict[str, Any] = {"id": "a", "words": "申请", "example": "收到申请", "counter": "收到来信"}


def name(wording: Wording) -> str:
    return f"{wording.group}.{wording.id}"


@pytest.mark.parametrize("wording", ENTRIES, ids=name)
def test_an_entry_finds_its_example_and_not_its_counter_example(wording: Wording) -> None:
    found = [_found(wording, text) for text in (wording.example, wording.counter)]
    assert found == [True, False]


def _found(wording: Wording, text: str) -> bool:
    if wording.group == "years":
        return wording.pattern.search(text) is not None
    if wording.group != "kinds":
        return pattern(name(wording)).search(text) is not None
    section = "review" if wording.means[0].startswith("review") else "requests"
    plain = re.sub("上年", "2022年", text)
    return wording.id in [mention.kind.id for mention in mentions(plain, 2023, "甲市乙局", section)]


@pytest.mark.parametrize("wording", wordings("narrow"), ids=name)
def test_a_count_beside_narrowing_words_is_left_aside(wording: Wording) -> None:
    assert mentions(f"收到政府信息公开申请，{wording.example}", 2023) == []


@pytest.mark.parametrize("wording", wordings("scope"), ids=name)
def test_words_of_another_scope_are_kept(wording: Wording) -> None:
    told = mentions(f"2023年，{wording.example}。".replace("收到申请", "收到政府信息公开申请"), 2023)
    assert all(mention.scope for mention in told)


@pytest.mark.parametrize("wording", wordings("columns"), ids=name)
def test_columns_are_those_of_the_forms(wording: Wording) -> None:
    for column in wording.means:
        table, measure = column.split("/")
        editions = forms.TABLES[table].values()
        assert any(measure == one.id for form in editions for one in form.measures)


@pytest.mark.parametrize("table", ["requests", "review"])
def test_the_forms_own_heads_are_understood(table: str) -> None:
    for measure in forms.TABLES[table]["2021"].measures:
        if measure.zh not in ("总计", "其他"):
            assert pattern("columns").search(measure.zh), measure.zh


def test_the_code_asks_for_every_entry_and_for_none_that_is_not_there() -> None:
    code = "\n".join(p.read_text("utf-8") for p in Path(ogi.checks.words.__file__).parent.glob("*.py"))
    asked = set(re.findall(r'"([a-z_]+(?:\.[a-z_]+)?)"', code))
    groups = {group for group in vocabulary() if group in asked}
    lost = [name(w) for w in ENTRIES if w.group not in groups and name(w) not in asked]
    assert lost == []
    for word in re.findall(r'pattern\("([a-z_.]+)"\)', code):
        assert pattern(word)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"wrods": "x"}, "things.a: expected the fields of a wording"),
        ({"words": "("}, "things.a: expected regular expressions"),
        ({"words": "{nowhere}"}, "things.a: expected a fragment of"),
    ],
)
def test_a_faulty_entry_is_named(change: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message) as caught:
        _ = parsed({"things": [{**ENTRY, **change}]})["things"][0].pattern
    assert "vocabulary.yaml" in str(caught.value)


def test_an_id_stands_once_in_its_group() -> None:
    with pytest.raises(ValueError, match="expected an id that stands once"):
        parsed({"things": [ENTRY, ENTRY]})


def test_the_longest_of_plain_words_is_found() -> None:
    found = _compiled(("申请", "申请人"), "x").match("申请人")
    assert found is not None
    assert found[0] == "申请人"
