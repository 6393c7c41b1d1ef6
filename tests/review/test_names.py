"""What does not hold is called the same on an agency's page, in the index and in the review."""

from __future__ import annotations

from dataclasses import replace

import lxml.html
import pytest

from ogi import pages, review
from ogi.checks.causes import OFFICIAL, WARNING
from ogi.index import Entry, YearEntry, index
from ogi.pages.levels import level_head, level_names
from ogi.review import Review
from ogi.review.words import worded
from ogi.said import told
from tests.index.made import overview
from tests.reports_made import made


@pytest.mark.parametrize("language", ["en", "zh"])
def test_slips_and_warnings_are_called_the_same_everywhere(data: Review, language: str) -> None:
    shown = replace(data, language=language)
    cards, tiles = review.what_to_send_back(shown), review.cover(shown)
    (heads,) = lxml.html.document_fromstring(
        index(overview([Entry("甲", years={2023: YearEntry(1.0, 1, 1, 1)})]), [], language)
    ).xpath("//thead")
    page = pages.breaches(made({2022: {"review/reconsideration/upheld": 10}}, language=language), language)
    for level in (OFFICIAL, WARNING):
        name, head = told(level_names(level), language), told(level_head(level), language)
        assert name in heads.text_content()
        assert f'<p class="gloss">{name}</p>' in tiles
        assert head in cards.unescape()
    assert told(level_head(OFFICIAL), language) in page.unescape()
    assert worded("l.undecided") == level_names("undecided")


def test_labels_of_the_form_have_their_chinese_beside_them_in_english_alone(data: Review) -> None:
    heads = lxml.html.fragment_fromstring(review.how_the_year_went(data), create_parent="div")
    assert next(cell.text_content() for cell in heads.xpath("//th[@colspan]")) == (
        "Newly received requests 本年新收申请数量"
    )
    assert not any("<" in told for told in heads.xpath("//td/@data-head"))
    in_chinese = replace(data, language="zh")
    assert 'class="zh"' not in review.how_the_year_went(in_chinese) + review.who_copied(in_chinese)
    sudden = lxml.html.fragment_fromstring(review.what_is_out_of_the_ordinary(data), create_parent="div")
    assert "Licences 行政许可" in sudden.text_content()


def test_the_heading_of_copies_says_whose_section_is_how_much_alike(data: Review) -> None:
    page = lxml.html.fragment_fromstring(review.who_copied(data), create_parent="div")
    for group in page.find_class("copy"):
        (head,) = group.xpath("h3")
        names = [link.text_content() for link in head.xpath("a")]
        assert len(names) >= 2
        assert "section Problems and improvements 存在的主要问题及改进情况: " in head.text_content()
        assert "same" in head.text_content() or "alike" in head.text_content()
        assert [side.text_content() for side in group.find_class("side")] == names[:2]
