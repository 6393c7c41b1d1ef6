"""The fields as they are declared."""

from __future__ import annotations

import pytest

from ogi.tables.schema import FIELDS, HEADS, SCHEMAS


@pytest.mark.parametrize("table", ["checks", "corrections", "review_marks", "catalogue"])
def test_each_column_that_a_person_reads_has_a_chinese_head_of_its_own(table: str) -> None:
    heads = [HEADS[name] for name in SCHEMAS[table].names]
    assert len(set(heads)) == len(heads)


def test_no_head_is_of_no_field() -> None:
    assert HEADS.keys() <= FIELDS.keys()
