"""Every indicator with what it means and how it is computed."""

from __future__ import annotations

from collections.abc import Iterator

from ogi.compare import INDICATORS, SMALL
from ogi.said import Said, say, told
from scripts.reference.markdown import heads, row

_MADE = Said(
    "Made by `make docs` from `helpers/ogi/compare/indicators.yaml`; change it there. A figure that is\n"
    "not known makes no indicator, nor does a denominator of zero. Two things are marked: a rate over\n"
    "fewer than {few} cases, and figures that take part in a sum of the form that does not hold.",
    "<!-- 由`make docs`根据`helpers/ogi/compare/indicators.yaml`生成，请在该处修改。 -->\n"
    "任一数据不明或分母为零时，不计算指标。"
    "以下两种情形加以标注：分母少于{few}件的比率；所用数据涉及不符的勾稽关系。",
)


def indicator_list(language: str) -> str:
    return "\n".join(_indicators(language)) + "\n"


def _indicators(language: str) -> Iterator[str]:
    made = say(_MADE, _MADE.zh, few=SMALL)
    yield from (f"# {told(Said('Indicators', '指标'), language)}", "", told(made, language), "")
    if language == "zh":
        yield from heads(language, "编号", "名称", "含义", "计算方法")
        for one in INDICATORS.values():
            yield row(language, (f"`{one.id}`", one.name, one.means, one.formula))
        return
    yield from heads(language, "indicator", "名称", "name", "what it tells", "how it is computed", "计算方法")
    for one in INDICATORS.values():
        cells = (f"`{one.id}`", one.name.zh, one.name, one.means, one.formula, one.formula.zh)
        yield row(language, cells)
