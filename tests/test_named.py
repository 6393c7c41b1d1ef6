"""Cells by the labels that the forms print."""

from __future__ import annotations

import pytest

from ogi.compare.labels import cell_label
from ogi.forms import ALL_TABLES
from ogi.forms.named import cell_named, cells_named, official_name, unknown_part
from ogi.review.written import column_label, row_label, table_label
from ogi.said import LANGUAGES, told


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


@pytest.mark.parametrize("form", ALL_TABLES, ids=lambda form: f"{form.id} {form.edition}")
def test_every_cell_is_found_by_what_letters_reviews_and_workbooks_call_it(form) -> None:
    for item, measure in form.cells():
        cell = f"{form.id}/{item.id}/{measure.id}"
        for language in LANGUAGES:
            assert cell_named(told(cell_label(cell), language)) == cell
            parts = (told(label(cell), language) for label in (table_label, row_label, column_label))
            assert cells_named(*parts) == {cell}


@pytest.mark.parametrize(
    ("typed", "part", "label"),
    [
        (("三、收到", "新收", "总计"), "table", "收到和处理政府信息公开申请情况"),
        (("三、收到和处理政府信息公开申请情况", "新收", "总计"), "item", "一、本年新收政府信息公开申请数量"),
        (("requests", "本年新收申请数量", "小计"), "measure", "总计"),
    ],
)
def test_the_part_that_is_not_understood_is_named(typed, part, label) -> None:
    unknown = unknown_part(*typed)
    assert unknown is not None
    assert unknown.part == part
    assert label in [one.zh for one in unknown.labels.values()]
    assert unknown_part("requests", "本年新收申请数量", "总计") is None


@pytest.mark.parametrize(
    ("typed", "cell"),
    [
        ("予以公开/自然人", "requests/granted/natural_person"),
        ("部分公开/总计", "requests/partly_granted/total"),
        ("行政许可/本年增/减", "proactive/licences/change"),
        ("review/行政复议/total", "review/reconsideration/total"),
        ("不予公开 属于国家秘密/总计", None),
        ("规章/总计", None),
        ("other/total", "requests/other/total"),
        ("三、收到和处理政府信息公开申请情况/本年新收政府信息公开申请数量", "requests/new/total"),
        ("行政许可", "proactive/licences/decisions"),
        ("nothing", None),
        ("", None),
    ],
)
def test_a_label_may_be_short_but_means_one_cell_or_none(typed: str, cell: str | None) -> None:
    assert cell_named(typed) == cell


def test_a_cell_of_no_form_is_told_by_its_id() -> None:
    assert official_name("requests/none/total") == "requests/none/total"
