"""Cells by the labels that the forms print."""

from __future__ import annotations

import pytest

from ogi.forms import ALL_TABLES
from ogi.forms.named import cell_named, official_name


@pytest.mark.parametrize("form", ALL_TABLES, ids=lambda form: f"{form.id} {form.edition}")
def test_every_cell_is_found_by_its_ids_and_by_its_labels(form) -> None:
    for item, measure in form.cells():
        cell = f"{form.id}/{item.id}/{measure.id}"
        for named in (
            cell,
            f"{form.zh}/{item.full_label}/{measure.zh}",
            f"{form.id}/{item.label}/{measure.zh}",
            f"{item.label}/{measure.zh}",
            official_name(cell),
        ):
            assert cell_named(named) == cell, named


@pytest.mark.parametrize(
    ("typed", "cell"),
    [
        ("予以公开/自然人", "requests/granted/natural_person"),
        ("部分公开/总计", "requests/partly_granted/total"),
        ("行政许可/本年增/减", "proactive/licences/change"),
        ("review/行政复议/total", "review/reconsideration/total"),
        ("不予公开 属于国家秘密/总计", None),
        ("规章/总计", None),
        ("nothing", None),
        ("", None),
    ],
)
def test_a_label_may_be_short_but_means_one_cell_or_none(typed: str, cell: str | None) -> None:
    assert cell_named(typed) == cell


def test_a_cell_of_no_form_is_told_by_its_id() -> None:
    assert official_name("requests/none/total") == "requests/none/total"
