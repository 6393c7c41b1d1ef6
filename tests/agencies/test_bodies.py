"""How a report calls its own body for short."""

from __future__ import annotations

import pytest

from ogi.agencies.bodies import are_one, are_strangers, body_of, is_body

SHORT = {
    "东岭市发展和改革委员会": "市发改委 市发展改革委 东岭市发改委 发改委",
    "东岭市云溪区人民政府办公室": "区政府办公室 区府办 区政府办 云溪区人民政府办公室",
    "东岭市人力资源和社会保障局": "市人社局 市人力社保局 东岭人社局",
    "东岭市人民政府国有资产监督管理委员会": "市国资委",
    "东岭市城市管理综合行政执法局": "市城管执法局 市城管局 市综合执法局",
    "东岭市文化广电和旅游局": "市文广旅局 市文旅局",
    "东岭市住房公积金管理中心": "市公积金中心 住房公积金中心",
    "国家税务总局东岭市税务局": "东岭市税务局 市税务局",
    "东岭经济技术开发区管理委员会": "管委会 区管委会",
    "东岭高新技术产业开发区管理委员会": "管委会 高新区管委会",
    "东岭市公安局云溪区分局": "区公安分局 云溪区公安分局 区分局",
    "红枫街道办事处": "街道办 红枫街道 红枫街道办事处 街道",
    "白石镇人民政府": "镇政府 白石镇",
    "东岭市人民政府": "市政府 市人民政府",
    "湖南省生态环境厅": "省厅 省生态环境厅",
    "贵州省财政厅": "省厅 省财政厅",
    "阿坝州市场监督管理局": "州局 州市场监管局",
}
"""Full name → short ones."""
OTHERS = {
    "东岭市教育局": "市体育局 县教育局 市教育考试院 市委 教育部门",
    "东岭市人民政府": "县政府 市政府办",
    "东岭市人民政府办公室": "市政府 市委办",
    "东岭市财政局": "邮政局",
    "东岭市人民政府国有资产监督管理委员会": "管委会",
    "东岭市公安局云溪区分局": "市公安局 区教育局",
    "柳河县人民政府": "市政府",
}
"""Full name → what another body is called."""


@pytest.mark.parametrize(
    ("name", "short"), [(name, short) for name, all_ in SHORT.items() for short in all_.split()]
)
def test_a_short_name_is_known(name: str, short: str) -> None:
    assert body_of(name).pattern.fullmatch(short)


@pytest.mark.parametrize(
    ("name", "other"), [(name, other) for name, all_ in OTHERS.items() for other in all_.split()]
)
def test_another_bodys_is_not(name: str, other: str) -> None:
    assert body_of(name).pattern.fullmatch(other) is None


@pytest.mark.parametrize("text", ["县政府办理申请", "政府办结申请"])
def test_what_a_government_does_names_no_office_of_it(text: str) -> None:
    assert body_of("柳河县人民政府办公室").pattern.search(text) is None


@pytest.mark.parametrize(
    ("name", "rank", "is_government"),
    [
        ("东岭市云溪区人民政府", "区", True),
        ("滁州市南谯区人民政府", "区", True),
        ("张掖市甘州区人民政府", "区", True),
        ("新乡市人民政府", "市", True),
        ("景德镇市人民政府", "市", True),
        ("镇江市人民政府", "市", True),
        ("凉山彝族自治州人民政府", "州", True),
        ("红枫街道办事处", "街道", True),
        ("东岭市市场监督管理局", "市", False),
        ("云溪区城市管理局", "区", False),
        ("某局", "", False),
        ("", "", False),
    ],
)
def test_which_area_a_body_has(name: str, rank: str, is_government: bool) -> None:
    body = body_of(name)
    assert (body.rank, body.is_government) == (rank, is_government)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("虚构市气象局", "示例市人民政府办公室"),
        ("虚构市人民政府", "示例市人民政府"),
        ("虚构市人民政府办公室", "示例市人民政府办公室"),
        ("洪泽区人民政府", "淮安市人民政府"),
        ("虚构市气象局", "示例县卫生健康局"),
        ("苏州市人民政府", "徐州市教育局"),
        ("示例甲市公安局", "示例乙市公安局"),
        ("徐州市公安局", "苏州市公安局"),
        ("江苏省徐州市人民政府", "江苏省苏州市人民政府"),
        ("南京市鼓楼区教育局", "徐州市鼓楼区教育局"),
        ("苏州市姑苏区教育局", "昆山市教育局"),
        ("沭阳县水利局", "泗阳县水利局"),
        ("示例市公安局", "示例市教育局"),
        ("示例市司法局", "国家税务总局示例市税务局"),
        ("上海市教育委员会", "上海市公安局"),
        ("淮安市审计局", "洪泽区统计局"),
        ("教育局", "示例市民政局"),
        ("示例市财政局", "示例市卫生健康局"),
        ("示例区城市管理局", "示例县卫生健康局"),
        ("卫生健康局", "示例市公安局"),
    ],
)
def test_names_that_cannot_be_one_place_or_body_are_of_two_agencies(one: str, other: str) -> None:
    assert are_strangers(one, other)
    assert are_strangers(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("示例区城市管理局", "示例区综合行政执法局"),
        ("示例市教育局", "示例市教育体育局"),
        ("示例市司法局", "示例市人民政府法制办公室"),
        ("示例市财政局", "示例市金融工作局"),
        ("示例市民政局", "示例市卫生健康局"),
        ("示例市公安局", "示例市综合行政执法局"),
        ("示例市公安局", "示例市公安交通管理局"),
        ("示例市公安局", "示例市人民政府"),
        ("洪泽县人民政府", "淮安市洪泽区人民政府"),
        ("示例市人民政府", "示例市人民政府办公室"),
        ("苏州市教育局", "苏州市人民政府"),
        ("忻州市忻府区教育局", "忻府区人民政府"),
        ("滦县人民政府", "滦州市人民政府"),
        ("下城区教育局", "拱墅区教育局"),
        ("襄樊市公安局", "襄阳市公安局"),
        ("桥东区教育局", "邢台市襄都区教育局"),
        ("西藏自治区普兰县教育局", "阿里地区普兰县教育局"),
        ("徐州市公安局", "徐洲市公安局"),
        ("江苏省苏州市公安局", "苏州市公安局"),
        ("江苏省公安厅", "江苏省苏州市公安局"),
        ("苏州市昆山市公安局", "昆山市公安局"),
        ("吴江市公安局", "苏州市吴江区公安局"),
        ("淮安市教育局", "洪泽区教育局"),
        ("云溪区公安局", "东岭市公安局云溪区分局"),
        ("丹阳市公安局", "镇江市公安局丹阳分局"),
        ("高新区管委会", "东岭高新技术产业开发区管理委员会"),
        ("国家税务总局东岭市税务局", "东岭市税务局"),
        ("东岭市卫健委", "云溪区卫生健康委员会"),
        ("市气象局", "示例市人民政府办公室"),
        ("inbox", "示例市人民政府办公室"),
    ],
)
def test_a_renamed_short_or_neighbouring_name_may_be_the_same_agency(one: str, other: str) -> None:
    assert not are_strangers(one, other)
    assert not are_strangers(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("云溪区人民政府", "东岭市云溪区人民政府"),
        ("苏州市教育局", "江苏省苏州市教育局"),
        ("兴义市教育局", "贵州省黔西南布依族苗族自治州兴义市教育局"),
        ("教育局", "示例市教育局"),
        ("示例教育局", "示例市教育局"),
        ("县局", "示例县教育局"),
        ("东岭市发改委", "东岭市发展和改革委员会"),
        ("市城管局", "示例市城市管理局"),
        ("示例市教体局", "示例市教育体育局"),
        ("示例市农业局", "示例市农业农村局"),
        ("东岭市税务局", "国家税务总局东岭市税务局"),
        ("白石镇政府", "示例县白石镇人民政府"),
        ("红枫街道", "红枫街道办事处"),
        ("高新区管委会", "东岭高新技术产业开发区管理委员会"),
        ("阿坝州教育局", "阿坝藏族羌族自治州教育局"),
        ("市公积金中心", "东岭市住房公积金管理中心"),
        ("东岭市科技局", "东岭市科学技术局（东岭市外国专家局）"),
        ("示例市人民政府办公厅", "示例市人民政府（办公厅）"),
    ],
)
def test_a_name_for_short_or_without_its_places_is_the_same(one: str, other: str) -> None:
    assert are_one(one, other)
    assert are_one(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("示例区城市管理局", "示例县卫生健康局"),
        ("示例市财政局", "示例县卫生健康局"),
        ("示例市人民政府", "示例市人民政府办公室"),
        ("东岭市教育局", "东岭市云溪区教育局"),
        ("安县教育局", "固安县教育局"),
        ("洪泽县教育局", "洪泽区教育局"),
        ("甘孜州教育局", "甘南藏族自治州教育局"),
        ("示例市教育局", "示例市教育体育局"),
        ("示例市统计局", "示例市发展改革和统计局"),
        ("示例市生态环境局", "示例市生态环境局云溪分局"),
        ("示例市卫生局", "示例市卫生健康委员会"),
        ("示例市教育局", "东岭市住房公积金管理中心"),
    ],
)
def test_the_name_of_a_neighbour_part_or_office_is_another(one: str, other: str) -> None:
    assert not are_one(one, other)
    assert not are_one(other, one)


@pytest.mark.parametrize("name", ["inbox", "示例市", "2022年年报", "某某大学"])
def test_what_is_called_like_no_body_is_none(name: str) -> None:
    assert not is_body(name)
