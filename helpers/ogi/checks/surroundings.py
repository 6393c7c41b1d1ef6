"""What the words around a count say of it: what a sentence is about, of which time, and of whose part."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ogi.checks.kinds import Told
from ogi.checks.phrases import COMPARED, PERIOD, THIS, relative, understood

REQUESTS, REVIEW, OTHERS = "requests", "review", "others"
"""What a sentence is about: the two tables whose counts are told, or other things."""
_ABOUT = (
    (
        OTHERS,
        r"建议|提案|信访|热线|工单|留言|咨询|来信|信箱|来件|意见|举报|许可|处罚|强制|规章|文件|公文|专栏|栏目|目录|主动公开|解读|批示|督办|网民|招标|投诉",
    ),
    (REVIEW, r"复议|诉讼|起诉|应诉"),
    (REQUESTS, r"申请|信息公开"),
)
_SORT_OF_PAPER = re.compile(r"(?<![收接][到收])(?<![受办处]理)(?<!答复)(?<!办结)依申请公开(?=\d)")
_PAPERS = re.compile(f"{_SORT_OF_PAPER.pattern}|依申请公开$")
"""Papers are 主动公开, 依申请公开 or 不予公开: so told, it is of no requests; nor where it heads papers."""
_INFORMATION = re.compile(r"信息公开|依申请|公开申请")
_ASIDE = re.compile(
    r"(?:与|和|同)政?府?信息公开(?:工作|事项)?(?:均|都)?无关|(?:非|不涉及|未涉及|不属于?)(?:因|由)?政?府?信息公开"
    r"|(?:均|都|全部)(?:为|属|属于|系)(?![^，,。；]{0,8}信息公开)[^，,。；]{2,12}类"
)
"""Disputes so told are of other matters."""
_PARTLY = re.compile(
    r"(?:其中|[（(])[^，,。；;]{0,10}信息公开[^，,。；;]{0,10}\d"
    r"|[，,；;](?:涉及|属于?)(?:政府)?信息公开(?:类|方面|领域|工作)?(?:的|案件|有|为)*\d"
)
"""Disputes of which a part is told to be on information are of other matters, too."""
_SINCE = re.compile(f"(?<!{THIS})以来|活动(?:期间|中|现场)|(?:宣传|活动)[日周月]")
_UNTIL = re.compile(r"截[至止到](?:20\d\d年)?(?!12月)\d{1,2}月")
"""A time that is not the report's year, though it may lie in it."""
_OF_THEM = re.compile(r"涉及|其中|包括|包含|含")
NONE = re.compile(
    r"(?P<before>.*?)(?:均|尚|也|都|并)*(?:(?:未曾?|没)(?:收到|接到|接收|受理|发生|产生|出现|引发|引起|因|被|有|新收)+"
    r"|不存在(?=因|由|被|针对|(?:政府)?信息公开申请|依申请)|零(?=(?:行政)?(?:复议|诉讼|申请))|没有|无(?!法|正当|理由|误|需|须|故|效|关|条件))(?P<what>.*)"
)
"""A clause by which there was none."""
_NUMBER = re.compile(r"\d")
_REQUEST = "申请"


@dataclass(frozen=True)
class Around:
    """What earlier clauses say of the next one: its topic, its period, whose it is, and the last kinds.

    `head`: the kind that a heading names, whose counts follow; `aside`: the words of a count of another part,
    of which the sentence goes on to tell (受理建房申请57件，办结57件); `is_partly`: is but a part of the
    disputes on information, so that each clause must say whether it is?
    """

    topic: str | None = None
    is_other_period: bool = False
    scope: str | None = None
    kinds: tuple[Told, ...] = ()
    is_on_information: bool = False
    head: tuple[Told, ...] = ()
    aside: str = ""
    is_partly: bool = False


@dataclass(frozen=True)
class Text:
    """Whose text it is, and the section it stands in."""

    year: int | None
    agency: str | None
    section: str


def opened(sentence: str, topic: str | None, scope: str | None, head: tuple[Told, ...], text: Text) -> Around:
    """What is known where a sentence begins; `head`: the kind that the sentence before named as a heading."""
    is_partly = _PARTLY.search(sentence) is not None
    is_on_information = text.section == REVIEW and not is_partly and _ASIDE.search(sentence) is None
    is_since = _SINCE.search(relative(sentence, text.year)) is not None
    return Around(topic, is_since, scope, head, is_on_information, head, is_partly=is_partly)


def inside(told: str, clause: str, around: Around, text: Text) -> Around:
    """What is known inside a clause: `told` as by `relative`, `clause` as printed."""
    is_named = _INFORMATION.search(_ASIDE.sub("", told)) is not None
    is_known = around.is_on_information and not around.is_partly
    return replace(
        around,
        topic=topic_of(told, around.topic),
        is_other_period=_is_other_period(told, around, text.agency) or _UNTIL.search(clause) is not None,
        is_on_information=is_known or is_named,
    )


def after(
    told: str, kinds: tuple[Told, ...], is_whole: bool, is_counted: bool, around: Around, text: Text
) -> Around:
    """What a clause leaves to the next ones; `kinds`: those counted in it, `is_whole`: of any in full."""
    is_number = is_counted or (_NUMBER.search(told) and not _INFORMATION.search(told))
    if not is_number:
        return _headed(told, around, text)
    phrase = understood(told, text.agency)
    is_other = not around.kinds and _REQUEST in told and (phrase.is_narrow or phrase.unknown)
    aside = phrase.words if is_other and not is_whole else around.aside
    return replace(around, kinds=kinds or around.kinds, head=(), aside=aside)


def _headed(told: str, around: Around, text: Text) -> Around:
    """What a clause without counts leaves: the one kind of dispute that it names and nothing else."""
    phrase = understood(told, text.agency)
    named = tuple(kind for kind in phrase.special if kind.readings[0].table == REVIEW)
    if phrase.unknown or phrase.is_narrow:
        aside = phrase.words if phrase.is_narrow and _REQUEST in told and not around.kinds else around.aside
        return replace(around, head=(), aside=aside)
    is_head = len(phrase.kinds) == len(named) == 1 and not NONE.fullmatch(told)
    return replace(around, kinds=named, head=named) if is_head else around


def aside_of(told: str, around: Around) -> str | None:
    """The words of the other part that a count of requests goes on to tell of, unless it names them anew."""
    is_anew = _INFORMATION.search(told) and not _OF_THEM.match(told)
    return None if is_anew else around.aside or None


def topic_of(told: str, before: str | None) -> str | None:
    """What a clause is about; what was told before, where it does not say."""
    plain = (_PAPERS if before == OTHERS else _SORT_OF_PAPER).sub("", told)
    return next((name for name, words in _ABOUT if re.search(words, plain)), before)


def _is_other_period(told: str, around: Around, agency: str | None) -> bool:
    """Is it of another year, or of several? So are clauses behind it, until one names the report's own."""
    left = COMPARED.sub("", told)
    if PERIOD.search(left) is None:
        return around.is_other_period
    for kind in understood(left, agency).kinds:
        left = re.sub(kind.words, "", left)
    named = set(PERIOD.findall(left))
    return around.is_other_period if not named else named != {THIS}
