"""The font that a notebook's review brings along."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ogi import review
from ogi.review import Review
from tests.font_cuts import held


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_look_holds_every_character_that_the_answers_show(data: Review, language: str) -> None:
    own = replace(data, language=language)
    answers = (
        review.cover,
        review.did_everybody_report,
        review.what_to_send_back,
        review.how_the_year_went,
        review.where_each_stands,
        review.what_is_out_of_the_ordinary,
        review.who_copied,
        review.which_rules_break,
        review.what_could_not_be_read,
    )
    shown = {c for answer in answers for c in answer(own).striptags() if not c.isspace()}
    assert {c for c in shown if ord(c) not in held(review.look(own))} == set()
