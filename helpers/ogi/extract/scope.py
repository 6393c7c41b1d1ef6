"""Whose figures a report tells: its body's own, or those of the whole area; no form says which."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from enum import StrEnum

from ogi.agencies.bodies import Body, body_of
from ogi.extract.report import Narrative
from ogi.extract.script import simplified

# An overview under a title of its own is in the preamble; problems and other matters tell of other counts.
COUNTED_IN = ("preamble", "overview", "requests", "review")
"""The sections whose words tell of the tables."""
_SENTENCE = re.compile(r"[^。！？；;\n]+")
_NUMBER = r"(?:\d|[一二两三四五六七八九十百千]{1,7}[件宗份])"
"""A count, or the end of one in numerals."""
_COUNT = re.compile(
    rf"(?:申请|复议|诉讼)[^。；]{{0,12}}?{_NUMBER}"
    rf"|(?:新收|(?:上年|[12]\d{{3}}年)(?:度)?结转)[^。；，,]{{0,6}}?{_NUMBER}"
    rf"|(?:行政(?:许可|处罚|强制)|规范性文件)[^。；，,\d]{{0,20}}?{_NUMBER}"
    r"|(?:现行有效|废止|制发|制定|出台|作出|做出|办理|实施)[^。；，,]{0,8}?(?:规章|规范性文件|行政(?:许可|处罚|强制))[^。；，,]{0,8}?\d"
    rf"|(?:(?:予以|部分|不予)公开|无法提供|不予处理|办理结果)[^。；，,]{{0,8}}?{_NUMBER}"
    r"|(?:数据|统计)(?:范围|口径|包括|涵盖|汇总)"
    rf"|行政事业性收费[^。；，,]{{0,8}}?{_NUMBER}"
)
"""A sentence that can show whose figures the tables hold: it counts as they do, or says what was counted."""
_COMPARED = re.compile(r"(?:占|居|列|排名?|高于|低于|在)全[省市区县镇乡州盟旗]")
_SYSTEM = re.compile(r"全[省市区县州盟旗]?[^，。；]{0,8}?系统|系统内|系统共")
_OF_ALL = (
    r"各(?:级|有关|相关|承办|责任|职能)?(?:部门|单位|乡镇|镇街?|街道|行政机关|科室)"
    r"|及其(?:各|所属|组成|工作)*(?:部门|单位)|[省市区县]直(?:各)?(?:部门|单位)|(?:政府|行政)系统"
)
_OWN = re.compile(r"[我本](?:局|委|办|厅|院|中心|单位|机关|部门|办公[厅室])")
_OF_A_PART = re.compile(r"本级|代表[^，。；]{0,8}?政府|机关本身")
"""What a government's office did for it: of the area's tables a part, of the office's own all."""


class Scope(StrEnum):
    """Whose figures the tables of a report hold."""

    OWN = "own"
    AREA = "area"
    UNKNOWN = "unknown"


def scope_of(agency: str | None, narratives: Iterable[Narrative]) -> tuple[Scope, str | None]:
    """Whose figures a report tells, and the first sentence that says so; none where it is not known.

    `agency`: the name printed. It is unknown where no sentence says so, where some count the area's requests
    and others the body's own, and where an office did it for a government: which the tables hold is not told.
    """
    body = body_of(agency or "")
    shown: dict[Scope, str] = {}
    for sentence in _counting(narratives):
        for scope in _of_sentence(sentence, body):
            shown.setdefault(scope, sentence)
    if len(shown) != 1 or Scope.UNKNOWN in shown:
        return Scope.UNKNOWN, None
    return shown.popitem()


def area_words(body: Body) -> re.Pattern[str]:
    """The words by which the report of a government tells of all its area: 全区, 各部门, 区直单位."""
    whole = f"全[城新]?{body.rank}(?!年[度均])" if body.rank else "(?!)"
    return re.compile(f"{whole}|{_OF_ALL}") if body.is_government else _SYSTEM


def _counting(narratives: Iterable[Narrative]) -> Iterator[str]:
    for narrative in narratives:
        if narrative.section in COUNTED_IN:
            for sentence in _SENTENCE.findall(simplified(narrative.text)):
                if _COUNT.search("".join(sentence.split())):
                    yield "".join(sentence.split())


def _of_sentence(sentence: str, body: Body) -> Iterator[Scope]:
    left = _COMPARED.sub("", sentence)
    if area_words(body).search(left):
        yield Scope.AREA
    if _OF_A_PART.search(left):
        yield Scope.UNKNOWN
    # 区政府 may be all bodies of a government.
    if _OWN.search(left) or (not body.is_government and body.pattern.search(left)):
        yield Scope.OWN
