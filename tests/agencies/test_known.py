"""What the catalogue says of an agency comes before what its name tells."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from ogi.agencies import Agencies, kind_name, kind_of


def agencies(*rows: dict[str, Any]) -> Agencies:
    columns = ["agency", "year", "kind", "code", "region", "parent"]
    return Agencies(pd.DataFrame(list(rows), columns=columns).astype({"year": "Int64"}))


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("淮安市洪泽区人民政府", "government"),
        ("上海市人民政府办公厅", "government_office"),
        ("示例市教育局", "department"),
        ("国家发展和改革委员会", "department"),
        ("示例镇人民政府", "township"),
        ("示例苏木人民政府", "township"),
        ("示例街道办事处", "street"),
        ("国家税务总局示例区税务局", "vertical"),
        ("国家统计局示例调查队", "vertical"),
        ("示例高新区管理委员会", "other"),
        ("示例大学", "other"),
    ],
)
def test_a_kind_follows_from_the_name(name: str, kind: str) -> None:
    assert kind_of(name) == kind


def test_a_kind_of_a_persons_own_is_called_as_it_is() -> None:
    assert str(kind_name("department")) == "Department"
    assert (str(kind_name("校办")), kind_name("校办").zh) == ("校办", "校办")


def test_without_a_catalogue_the_name_tells() -> None:
    found = agencies().of("尧都区商务局", 2023)
    assert found.region is not None
    assert (found.kind, found.parent, found.region.code) == ("department", None, "141002")


def test_the_row_of_the_year_comes_before_that_of_the_agency() -> None:
    known = agencies(
        {"agency": "甲局", "code": "320813", "kind": "vertical"},
        {"agency": "甲局", "year": 2021, "code": "110105", "kind": "street"},
    )
    told = {year: known.of("甲局", year) for year in (2020, 2021)}
    assert [(one.kind, one.region and one.region.code) for one in told.values()] == [
        ("vertical", "320813"),
        ("street", "110105"),
    ]


def test_a_code_of_other_years_gives_way_to_the_name_and_is_told_where_that_says_nothing() -> None:
    known = agencies({"agency": "崇川区教育局", "code": "320613"}, {"agency": "甲局", "code": "320613"})
    region = known.of("崇川区教育局", 2019).region
    assert region is not None
    assert region.code == "320602"
    assert known.of("甲局", 2019).why == "no region had the code 320613 in 2019"


def test_a_parent_tells_which_of_several_and_where_the_name_names_none() -> None:
    known = agencies(
        {"agency": "朝阳区人民政府", "parent": "北京市人民政府"},
        {"agency": "教育局", "parent": "朝阳区人民政府"},
        {"agency": "昆山市民政局", "parent": "北京市人民政府"},
    )
    codes = {name: known.of(name, 2023).region for name in ("朝阳区人民政府", "教育局", "昆山市民政局")}
    assert [region and region.code for region in codes.values()] == ["110105", "110105", None]


def test_parents_in_a_circle_end() -> None:
    known = agencies({"agency": "甲局", "parent": "乙局"}, {"agency": "乙局", "parent": "甲局"})
    assert known.of("甲局", 2023).region is None


def test_the_printed_name_tells_where_the_folder_was_renamed() -> None:
    found = agencies().of("邢台市襄都区人民政府", 2019, printed="邢台市桥东区人民政府")
    assert found.region is not None
    assert found.region.name == "河北省邢台市桥东区"
