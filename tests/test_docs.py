from __future__ import annotations

import re
from pathlib import Path

import pytest

from ogi.checks import RULES
from scripts.reference import DOCS, PAGES
from scripts.reference.rules import rules


@pytest.mark.parametrize("file", PAGES, ids=lambda file: file.relative_to(DOCS).as_posix())
def test_a_page_of_the_reference_is_what_the_package_declares(file):
    assert file.read_text(encoding="utf-8") == PAGES[file](), "run `make docs`"


@pytest.mark.parametrize("rule_id", RULES)
def test_every_rule_is_told_once_in_both_languages(rule_id):
    rule = RULES[rule_id]
    for language, told in (("en", (rule.en, rule.zh)), ("zh", (rule.zh,))):
        lines = rules(language).splitlines()
        (line,) = [line for line in lines if line.startswith(f"| `{rule_id}` |")]
        assert all(text in line for text in told)
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
    for page in ROOT.glob("*.md"), (ROOT / "docs").rglob("*.md"):
        for file in page:
            links = re.findall(r"\]\((?!https?:)([^)#]+)\)", file.read_text(encoding="utf-8"))
            assert [link for link in links if not (file.parent / link).exists()] == [], file.name
