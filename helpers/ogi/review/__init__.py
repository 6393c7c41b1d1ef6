"""All agencies of one year beside each other: what to send back, who stands out, who copied."""

from __future__ import annotations

from ogi.review.data import Review, of_year, years_of
from ogi.review.head import cover
from ogi.review.page import (
    did_everybody_report,
    look,
    what_could_not_be_read,
    what_is_out_of_the_ordinary,
    what_to_send_back,
    which_rules_break,
    who_copied,
)
from ogi.review.standing import where_each_stands
from ogi.review.sums import how_the_year_went
from ogi.review.words import title
from ogi.review.workbook import save, workbook

__all__ = [
    "Review",
    "cover",
    "did_everybody_report",
    "how_the_year_went",
    "look",
    "of_year",
    "save",
    "title",
    "what_could_not_be_read",
    "what_is_out_of_the_ordinary",
    "what_to_send_back",
    "where_each_stands",
    "which_rules_break",
    "who_copied",
    "workbook",
    "years_of",
]
