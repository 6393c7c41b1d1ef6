from __future__ import annotations

import re
from pathlib import Path

import pytest

from ogi.agencies import KINDS
from ogi.checks import RULES
from ogi.checks.marks import read_marks
from ogi.tables import read_catalogue, read_corrections
from ogi.tables.schema import HEADS, SCHEMAS
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


CATALOGUE = (ROOT / "docs" / "zh" / "catalogue.md").read_text(encoding="utf-8")


def test_the_chinese_page_on_what_people_fill_in_tells_every_column():
    for table in ("catalogue", "corrections", "review_marks"):
        for name in SCHEMAS[table].names[table == "corrections" :]:
            assert f"{HEADS[name]}（`{name}`）" in CATALOGUE, name
    assert all(f"`{id}`（{kind.label.zh}）" in CATALOGUE for id, kind in KINDS.items() if id in CATALOGUE)


def test_the_examples_of_that_page_mean_what_it_says(tmp_path):
    (lines,) = re.findall(r"^```\n(机关,.*?)^```", CATALOGUE, re.DOTALL | re.MULTILINE)
    (tmp_path / "catalogue.csv").write_text(lines, "utf-8")
    (days,) = re.findall(r"^```toml\n(.*?)^```", CATALOGUE, re.DOTALL | re.MULTILINE)
    rows, faults = read_catalogue(tmp_path / "catalogue.csv")
    assert faults == []
    assert rows["published"].dropna().to_list() == ["2025-01-18", "2025-02-06"]
    assert rows["deadline"].dropna().to_list() == ["01-20", "2025-01-20"]
    (tmp_path / "deadlines.toml").write_text(days, "utf-8")
    assert read_catalogue(tmp_path / "catalogue.csv")[1] == []
    lines = (ROOT / "docs" / "zh" / "corrections.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"^ *(机关,年度,表格.*?)^ *```", lines, re.DOTALL | re.MULTILINE)
    (tmp_path / "corrections.csv").write_text(re.sub("^ +", "", example, flags=re.MULTILINE), "utf-8")
    found, faults = read_corrections(tmp_path / "corrections.csv")
    assert faults == []
    assert found["item"].to_list() == ["reconsideration"]
    (example,) = re.findall(r"^(机关,年度,规则编号.*?)^```", lines, re.DOTALL | re.MULTILINE)
    (tmp_path / "review_marks.csv").write_text(example, "utf-8")
    found, faults = read_marks(tmp_path / "review_marks.csv")
    assert (faults, found["mark"].to_list()) == ([], ["explained"])


def test_links_of_a_page_lead_to_files():
    for page in ROOT.glob("*.md"), (ROOT / "docs").rglob("*.md"):
        for file in page:
            links = re.findall(r"\]\((?!https?:)([^)#]+)\)", file.read_text(encoding="utf-8"))
            assert [link for link in links if not (file.parent / link).exists()] == [], file.name
