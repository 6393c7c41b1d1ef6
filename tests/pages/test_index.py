"""In which order the index names the agencies."""

from __future__ import annotations

import lxml.html
import pytest

from ogi.pages.index import Entry, index


def order(*entries: Entry) -> list[str]:
    rows = lxml.html.document_fromstring(index(entries, [])).xpath("//tbody/tr")
    names = {entry.agency for entry in entries}
    return [next(name for name in names if name in row.text_content()) for row in rows]


def counted(agency: str, broken: int, warnings: int, undecided: int, *, failed: bool = False) -> Entry:
    return Entry(agency, None, failed, broken=broken, warnings=warnings, undecided=undecided)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (counted("甲", 0, 0, 0, failed=True), counted("乙", 9, 9, 9)),
        (counted("甲", 1, 0, 0), counted("乙", 0, 9, 9)),
        (counted("甲", 2, 0, 0), counted("乙", 1, 9, 9)),
        (counted("甲", 1, 1, 0), counted("乙", 1, 0, 9)),
        (counted("甲", 1, 1, 1), counted("乙", 1, 1, 0)),
        (counted("甲", 0, 0, 1), Entry("乙", None)),
    ],
    ids=["no page", "an error", "more errors", "a warning", "a doubt", "no report"],
)
def test_what_needs_a_look_more_urgently_comes_first(first: Entry, second: Entry) -> None:
    assert order(first, second) == order(second, first) == ["甲", "乙"]


def test_agencies_alike_stay_in_the_order_given() -> None:
    assert order(*(counted(name, 1, 2, 3) for name in "丙甲乙")) == ["丙", "甲", "乙"]
