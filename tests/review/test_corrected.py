"""What people corrected: a misprint goes on to be sent back, a misreading of ours does not."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from ogi.review import Review, lists
from ogi.review.asked import Reason, asked
from ogi.review.head import cover
from ogi.review.page import what_to_send_back
from ogi.tables import from_rows
from ogi.tables.misprints import DISPUTED, MISPRINT, MISREAD, UNSURE
from tests.province import YEAR, Planted


def corrected(data: Review, agency: str, ground: str) -> Review:
    """The review with one correction in the agency's report."""
    row = (f"{agency}/{YEAR}.pdf", agency, YEAR, "requests", "outcome_total", "natural_person")
    rows = from_rows("corrections", [(*row, "21", "12", "数位颠倒", "电话核实", "张三", "2024-03-05")])
    return replace(data, found=replace(data.found, corrected=rows.assign(ground=ground)))


@pytest.fixture(scope="module")
def sound(data: Review, planted: Planted) -> str:
    """An agency that is asked about nothing."""
    return sorted(data.with_page - set(asked(data)))[0]


def test_a_misprint_that_was_corrected_is_still_sent_back(data: Review, sound: str) -> None:
    own = asked(corrected(data, sound, MISPRINT))[sound]
    assert own.reasons == [Reason.MISPRINTS]
    assert own.openings[Reason.MISPRINTS].zh.endswith("前更正并重新公布，并反馈更正情况：")
    (line,) = own.lines[Reason.MISPRINTS]
    assert line.zh == (
        "三、收到和处理政府信息公开申请情况，“（七）总计”行“自然人”栏：年报印为“21”，应为“12”。"
    )


def test_a_jump_says_that_its_number_was_corrected(data: Review, planted: Planted) -> None:
    """The list told the printed number, and every other place the corrected one."""
    agency = min(planted.of("sudden"))
    row = lists.sudden(data).rows.set_index("agency").loc[agency]
    assert "doubt" not in {column.id for column in lists.sudden(data).columns}
    own = corrected(data, agency, MISPRINT)
    table, item, measure = row["cell"].split("/")
    rows = own.found.corrected.assign(table=table, item=item, measure=measure)
    before = rows.assign(year=YEAR - 1, printed="")
    own = replace(data, found=replace(data.found, corrected=pd.concat([rows, before])))
    told = lists.sudden(own).rows.set_index("agency")["doubt"].dropna()
    assert told.to_dict() == {agency: "2022: corrected from blank to 12; 2023: corrected from 21 to 12"}
    assert own.corrected["year"].tolist() == [YEAR], "other lists are of the year alone"


def test_what_is_far_by_a_number_in_doubt_says_so(data: Review) -> None:
    agency = data.far["agency"].iloc[0]
    rows = data.found.indicators
    is_its = rows["agency"] == agency
    doubted = rows.assign(doubted_correction=rows["doubted_correction"] | is_its)
    own = replace(data, found=replace(data.found, indicators=doubted))
    found = lists.far(own).rows.set_index("agency")["doubt"].dropna()
    assert set(found.index) == {agency}
    assert "corrected" in str(found.loc[[agency]].iloc[0])


@pytest.mark.parametrize("ground", [MISREAD, UNSURE, DISPUTED])
def test_nobody_is_blamed_for_what_we_may_have_misread(data: Review, sound: str, ground: str) -> None:
    assert sound not in asked(corrected(data, sound, ground))


@pytest.mark.parametrize(
    ("ground", "told"),
    [
        (MISPRINT, "misprinted;"),
        (MISREAD, "misread by us;"),
        (UNSURE, "not said whether"),
        (DISPUTED, "to be looked up"),
    ],
)
def test_the_review_lists_every_correction(data: Review, sound: str, ground: str, told: str) -> None:
    own = corrected(data, sound, ground)
    (row,) = lists.corrected(own).rows.to_dict("records")
    assert (row["printed"], row["corrected"], row["evidence"]) == ("21", "12", "电话核实")
    assert told in row["ground_told"]
    assert told in str(what_to_send_back(own))
    assert ("public reports misprint: 1." in str(cover(own))) is (ground == MISPRINT)
    assert ("Corrections to be looked at again: 1." in str(cover(own))) is (ground == DISPUTED)
    assert "corrected" in {one.id for one in lists.every(own)}, "in the workbook, too"
