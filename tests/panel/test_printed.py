"""Where a variable stands in print is told by the labels of the forms alone."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from ogi.columns import CELLS
from ogi.forms import TABLES
from ogi.panel import VARIABLES, codebook
from ogi.panel.printed import ADDED_UP, BOTH, Printed, printed

OF_2019, OF_2021 = (TABLES["requests"][edition] for edition in ("2019", "2021"))


def test_a_cell_of_one_form_stands_there_alone() -> None:
    row = "第二十条第（一）项 规章"
    assert printed("proactive/regulations/made") == Printed("2019", row, "本年新制作数量")
    assert printed("proactive/regulations/issued") == Printed("2021", row, "本年制发件数")


def test_a_cell_of_both_forms_tells_each_label_where_they_differ() -> None:
    heads = "2019: 处理决定数量; 2021: 本年处理决定数量"
    assert printed("proactive/licences/decisions") == Printed(BOTH, "第二十条第（五）项 行政许可", heads)
    total = Printed(BOTH, "三、本年度办理结果 （七）总计", "申请人情况 总计")
    assert printed("requests/outcome_total/total") == total


def test_a_sum_of_parts_names_the_one_row_and_the_parts() -> None:
    found = printed("requests/other/total")
    assert (found.form, found.printed_column) == (ADDED_UP, "申请人情况 总计")
    parts = [item for item in OF_2021.items if item.series == "other"]
    one = OF_2019.item("other").full_label
    assert len(parts) == 3
    assert found.printed_row == (
        f"2019: {one}; 2021: {parts[0].full_label} + {parts[1].label} + {parts[2].label}"
    )


def test_of_a_table_of_one_row_the_heads_tell_all() -> None:
    found = printed("review/litigation_direct/upheld")
    assert found == Printed(BOTH, "", "行政诉讼 未经复议直接起诉 结果维持")


@pytest.mark.parametrize("cell", CELLS)
def test_no_two_cells_stand_in_one_place(cell: str) -> None:
    table = cell.split("/")[0]
    alike = [other for other in CELLS if other.startswith(table) and printed(other) == printed(cell)]
    assert alike == [cell]


def test_all_three_codebooks_tell_it(out: Path) -> None:
    names = ["form", "printed_row", "printed_column"]
    rows = pd.read_csv(out / "codebook.csv", dtype=str, keep_default_na=False).set_index("variable")
    package = json.loads((out / "datapackage.json").read_text("utf-8"))
    fields = {one["name"]: one for one in package["resources"][0]["schema"]["fields"]}
    lines = codebook().splitlines()
    for one in VARIABLES:
        told = ["", "", ""] if one.printed is None else [getattr(one.printed, name) for name in names]
        assert rows.loc[one.name, names].to_list() == told
        assert [fields[one.name].get(name, "") for name in names] == told
        if one.role == "cell":
            (line,) = [line for line in lines if line.startswith(f"| `{one.name}` |")]
            assert line.endswith(f" | {told[1]} | {told[2]} |")
    assert rows.loc["pa_licences_change", "more"] == "negative where they became fewer"
    assert fields["pa_licences_change"]["description"].count("negative where they became fewer") == 1
