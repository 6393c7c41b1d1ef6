"""A name that is not there is told with those that are most like it."""

from __future__ import annotations

import pytest

from ogi.agencies import UnknownAgency, nearest, refuse_unknown

NAMES = ["淮安市洪泽区人民政府", "示例市公安局", "示例市教育局", "示例市人民政府办公室"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("洪泽区人民政府", NAMES[0]), ("示例市公按局", NAMES[1]), ("示例市人民政府", NAMES[3])],
)
def test_the_likest_comes_first(typed: str, meant: str) -> None:
    assert nearest(typed, dict.fromkeys(NAMES))[0] == meant


def test_nothing_is_named_where_nothing_is_like_it() -> None:
    assert nearest("xyz", NAMES) == []
    with pytest.raises(UnknownAgency, match=r"nearest: \u2013$"):
        refuse_unknown([NAMES[0], "xyz"], NAMES)


def test_several_names_are_parted_by_commas() -> None:
    with pytest.raises(UnknownAgency, match="nearest: 示例市公安局, 示例市教育局"):
        refuse_unknown(["示例市公教局"], NAMES[1:3])


def test_the_refusal_is_one_sentence_in_the_language_asked_for() -> None:
    with pytest.raises(UnknownAgency) as refused:
        refuse_unknown(["示例市公按局"], NAMES, "zh")
    assert str(refused.value).startswith("示例市公按局：年报中没有该机关；相近名称：示例市公安局")
    assert refused.value._render_traceback_() == [str(refused.value)]
    assert refused.value.message.startswith("示例市公按局: no such agency")
