"""What does not hold is called the same on an agency's page, in the index and in the review."""

from __future__ import annotations

from dataclasses import replace

import lxml.html
import pytest

from ogi import pages, review
from ogi.index import Entry, YearEntry, index
from ogi.pages.causes import OFFICIAL, WARNING, level_head, level_names
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
