"""What the sums of two years leave out is counted, also where nothing is left to sum."""

from __future__ import annotations

from dataclasses import replace

from ogi import review
from ogi.extract.scope import Scope
from ogi.review import Review
from ogi.review.totals import left_out


def test_where_all_tell_another_scope_than_last_year_the_page_says_so(data: Review) -> None:
    """It said that no agency told the same figure in both years, though each had."""
    reports = data.found.reports
    is_now = reports["year"] == data.year
    scopes = reports["scope"].mask(is_now, Scope.UNKNOWN.value).mask(~is_now, Scope.AREA.value)
    found = replace(data.found, reports=reports.assign(scope=scopes))
    only, other = left_out(found, data.year)
    assert other > 100
    page = review.how_the_year_went(replace(data, found=found))
    assert f"{only} agencies that reported on this year alone, and {other} that tell another scope" in page
    assert "There is nothing to sum, like with like." in page
