from __future__ import annotations

import re
from pathlib import Path

import pytest

from ogi.checks import RULES
from ogi.panel import codebook
from scripts.make_docs import (
    CATALOGUE,
    CODEBOOK,
    DICTIONARY,
    INDICATOR_LIST,
    data_dictionary,
    indicator_list,
    rules,
)


def test_the_data_dictionary_is_what_forms_and_schemas_say():
    assert DICTIONARY.read_text(encoding="utf-8") == data_dictionary(), "run `make docs`"


def test_the_codebook_is_what_the_variables_say():
    assert CODEBOOK.read_text(encoding="utf-8") == codebook(), "run `make docs`"


def test_the_rules_are_those_of_the_catalogue():
    assert CATALOGUE.read_text(encoding="utf-8") == rules(), "run `make docs`"


def test_the_indicators_are_those_declared():
    assert INDICATOR_LIST.read_text(encoding="utf-8") == indicator_list(), "run `make docs`"


@pytest.mark.parametrize("rule_id", RULES)
def test_every_rule_is_told_once_in_both_languages(rule_id):
    rule = RULES[rule_id]
    (line,) = [line for line in rules().splitlines() if line.startswith(f"| `{rule_id}` |")]
    assert rule.zh in line
    assert rule.en in line
    assert "{" not in line


ROOT = Path(__file__).resolve().parents[1]


@pytest.mark.parametrize("page", ["docs/architecture.md", "CONTRIBUTING.md"])
def test_files_that_a_page_names_are_there(page):
    text = (ROOT / page).read_text(encoding="utf-8")
    named = set(re.findall(r"`((?:[\w-]+/)+[\w-]+\.(?:py|yaml|csv|md))`", text))
    assert len(named) > 3
    places = (ROOT / "helpers" / "ogi", ROOT / "helpers", ROOT)
    assert [name for name in named if not any((place / name).exists() for place in places)] == []


def test_links_of_a_page_lead_to_files():
    for page in ROOT.glob("*.md"), (ROOT / "docs").glob("*.md"):
        for file in page:
            links = re.findall(r"\]\((?!https?:)([^)#]+)\)", file.read_text(encoding="utf-8"))
            assert [link for link in links if not (file.parent / link).exists()] == [], file.name
