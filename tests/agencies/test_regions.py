"""Names of agencies → regions: as of the year, and none where several can be meant."""

from __future__ import annotations

import pytest

from ogi.agencies import by_code, is_code, last_year, resolve
from ogi.agencies.regions import _units


@pytest.mark.parametrize(
    ("name", "region", "code", "city", "rest"),
    [
        ("淮安市洪泽区人民政府", "江苏省淮安市洪泽区", "320813", "320800", "人民政府"),
        ("尧都区商务局", "山西省临汾市尧都区", "141002", "141000", "商务局"),
        ("江苏省昆山市", "江苏省苏州市昆山市", "320583", "320500", ""),
        ("上海市浦东新区民政局", "上海市浦东新区", "310115", "310000", "民政局"),
        ("重庆市忠县教育局", "重庆市忠县", "500233", "500000", "教育局"),
        ("湖北省仙桃市教育局", "湖北省仙桃市", "429004", "429004", "教育局"),
        ("贵州省教育厅", "贵州省", "520000", None, "教育厅"),
        ("海南州人民政府", "青海省海南藏族自治州", "632500", "632500", "人民政府"),
        ("国家税务总局北京市朝阳区税务局", "北京市朝阳区", "110105", "110000", "税务局"),
        ("东莞市长安镇人民政府", "广东省东莞市", "441900", "441900", "长安镇人民政府"),
    ],
)
def test_a_name_tells_its_region(name: str, region: str, code: str, city: str | None, rest: str) -> None:
    found = resolve(name, 2023)
    assert found.region is not None
    assert (found.region.name, found.region.code, found.region.city_code) == (region, code, city)
    assert (found.rest, found.why) == (rest, None)


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("朝阳区人民政府", "its name may mean 2 regions: 北京市朝阳区, 吉林省长春市朝阳区"),
        ("河北省新华区教育局", "its name may mean 2 regions: 河北省石家庄市新华区, 河北省沧州市新华区"),
        ("中山路街道办事处", "its name begins with no region that is known"),
        ("东区街道办事处", "its name begins with no region that is known"),
        ("新疆生产建设兵团", "its name begins with no region that is known"),
        ("长沙海关", "its name begins with no region that is known"),
        ("国家税务总局", "its name begins with no region that is known"),
        ("", "its name begins with no region that is known"),
    ],
)
def test_a_name_that_tells_none_or_several_stays_unresolved(name: str, why: str) -> None:
    found = resolve(name, 2023)
    assert found.region is None
    assert found.why == why
    assert found.why.zh != why


def test_a_county_of_other_years_is_not_taken_for_its_city() -> None:
    found = resolve("邢台市襄都区人民政府", 2019)
    assert (found.region, found.why) == (None, "襄都区 is a region of 2020–2024, not of 2019")
    assert resolve("邢台市襄都区人民政府", 2020).region is not None


def test_a_code_is_that_of_the_year() -> None:
    codes = {
        year: region.code
        for year in (2019, 2020)
        if (region := resolve("崇川区教育局", year).region) is not None
    }
    assert codes == {2019: "320602", 2020: "320613"}


def test_where_it_lies_tells_one_of_several() -> None:
    found = resolve("朝阳区人民政府", 2023, within="220100").region
    assert found is not None
    assert found.name == "吉林省长春市朝阳区"
    assert resolve("朝阳区人民政府", 2023, within="320000").region is None


def test_a_year_after_the_table_is_told_as_its_last() -> None:
    found = resolve("贵州省教育厅", last_year() + 3).region
    assert found is not None
    assert found.year == last_year()


def test_a_code_has_its_region_in_its_years() -> None:
    assert by_code("130502", 2019) != by_code("130502", 2020)
    assert by_code("350427", 2022) is None
    first = next(year for year in range(1980, 2022) if by_code("350427", year) is not None)
    assert by_code("350427", first - 1) is None
    assert is_code("350427")
    assert not is_code("999999")


def test_the_table_counts_as_the_statistical_office_does() -> None:
    # 国家统计局, 年度数据: cities and counties, without Taiwan's.
    counts = {2019: (333, 2846), 2021: (333, 2843), 2024: (333, 2846)}
    for year, told in counts.items():
        units = [unit for unit in _units() if unit.first <= year <= unit.last]
        assert tuple(sum(u.level == level for u in units) for level in ("city", "county")) == told


@pytest.mark.parametrize(
    ("name", "region"),
    [
        ("淮安市公安局洪泽分局", "江苏省淮安市洪泽区"),
        ("淮安市生态环境局洪泽区分局", "江苏省淮安市洪泽区"),
        ("上海市公安局浦东分局", "上海市浦东新区"),
        ("淮安市公安局机场分局", "江苏省淮安市"),
        ("淮安市公安局鼓楼分局", "江苏省淮安市"),
        ("苏州市公安局园区分局", "江苏省苏州市"),
        ("大同市公安局城区分局", "山西省大同市"),
        ("江苏省公安局鼓楼分局", "江苏省"),
    ],
)
def test_a_branch_office_lies_in_the_one_district_that_it_is_named_for(name: str, region: str) -> None:
    """The draft of a catalogue put 淮安市公安局洪泽分局 under 淮安市 (320800)."""
    found = resolve(name, 2024).region
    assert found is not None
    assert found.name == region
