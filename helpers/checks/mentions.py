"""Counts told in words: “受理政府信息公开申请859件” → what is counted, how many, and for whom."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from helpers.forms import Item
from helpers.forms.requests import NOT_PROCESSED, OTHER, REFUSED, UNAVAILABLE


@dataclass(frozen=True)
class Reading:
    """What a word can mean: items of one table whose totals are added up."""

    table: str
    items: tuple[str, ...]


@dataclass(frozen=True)
class Told:
    """A kind of count that reports tell in words, the words they use, and what these can mean."""

    id: str
    zh: str
    en: str
    words: str
    readings: tuple[Reading, ...]


def _requests(*items: str) -> Reading:
    return Reading("requests", items)


def _review(*items: str) -> Reading:
    return Reading("review", items)


_LITIGATION = ("litigation_direct", "litigation_after_reconsideration")

KINDS = (
    Told(
        "carried_out",
        "结转下年度",
        "carried over",
        r"(?:结转|顺延|延期|转)[至到入]?(?:至|到)?(?:下一?年度?|次年|明年|20\d\d年)|下年度继续办理",
        (_requests("carried_out"),),
    ),
    Told(
        "carried_in",
        "上年结转",
        "carried in",
        r"(?:上一?年度?|去年)[^，。；]{0,4}?(?:结转|遗留|顺延)|结转(?:上一?年度?|去年)",
        (_requests("carried_in"),),
    ),
    Told(
        "granted_in_full_or_part",
        "予以公开及部分公开",
        "granted in full or in part",
        r"(?:予以)?公开[（(]?(?:及|和|或|、|包括|含)[（(]?(?:予以)?部分公开",
        (_requests("granted", "partly_granted"),),
    ),
    Told("refused", "不予公开", "refused", r"不予公开", (_requests(f"{REFUSED.id}."),)),
    Told("partly_granted", "部分公开", "partly granted", r"部分公开", (_requests("partly_granted"),)),
    Told("granted", "予以公开", "granted", r"(?<!不)予以公开|(?<!不)同意公开", (_requests("granted"),)),
    Told("unavailable", "无法提供", "unavailable", r"无法提供", (_requests(f"{UNAVAILABLE.id}."),)),
    Told("not_processed", "不予处理", "not processed", r"不予处理", (_requests(f"{NOT_PROCESSED.id}."),)),
    Told("other", "其他处理", "other handling", r"其[他它]处理", (_requests(OTHER.id, f"{OTHER.id}."),)),
    Told(
        "reconsideration",
        "行政复议",
        "reconsideration",
        r"复议",
        (_review("reconsideration"),),
    ),
    Told(
        "litigation",
        "行政诉讼",
        "litigation",
        r"诉讼|起诉|应诉",
        (_review(*_LITIGATION), *(_review(item) for item in _LITIGATION)),
    ),
    Told("new", "新收", "newly received", r"新收|新增|新接收", (_requests("new"),)),
    Told(
        "closed",
        "办结",
        "closed",
        r"办结|答复|办理完毕|办复",
        (_requests("outcome_total"), _requests("new"), _requests("new", "carried_in")),
    ),
    Told(
        "received",
        "收到、受理",
        "received",
        r"收到|受理|接收|收办|收件",
        (_requests("new"), _requests("new", "carried_in")),
    ),
)
"""In the order in which they are recognised: a later word counts only where no earlier one stands."""


def items_of(reading: Reading, items: tuple[Item, ...]) -> tuple[str, ...]:
    """The ids that a reading adds up in one edition; `refused.` stands for all items under that heading."""
    known = [item.id for item in items]
    return tuple(
        i for i in known if any(i == r or (r.endswith(".") and i.startswith(r)) for r in reading.items)
    )


@dataclass(frozen=True)
class Mention:
    """One count told in a text: its kind, number and clause, and words that narrow the scope."""

    kind: Told
    number: float
    clause: str
    scope: str | None


_CLAUSE = re.compile(r"[^，,。；;（）()：:！？\n]+")
_SENTENCE = re.compile(r"[^。；;！？\n]+")
_COUNT = re.compile(r"(?<![\d.,年第])(\d{1,9})\s*(?:余|多)?\s*(?:件|宗|份|起|条)(?!次)")
_THOUSANDS = re.compile(r"(?<=\d)[,，](?=\d{3}(?!\d))")
_ABOUT_REQUESTS = re.compile(
    r"申请|信息公开|复议|诉讼|结转|予以公开|不予公开|部分公开|无法提供|不予处理|其[他它]处理"
)
_ABOUT_OTHERS = re.compile(
    r"建议|提案|信访|热线|工单|留言|咨询|来信|举报件|许可|处罚|强制|规章|规范性文件|主动公开|解读|批示|督办|网民|招标|投诉件"
)
_COMPARED = re.compile(r"(?:增加|减少|增长|下降|上升|多|少|比)[了约为]?\s*$")
_OTHER_YEAR = re.compile(r"(?:较|比|同比|与)(?:上一?年度?|去年|20\d\d\s*年)[^，。；]{0,6}?\s*$")
_SCOPE = re.compile(
    r"代表[^，。；]{0,8}?政府|[市区县]本级|本级|全[省市区县镇乡]|各[^，。；]{0,8}?(?:部门|单位|街道|镇)|办公[厅室]机关|局机关|机关本身"
)


def mentions(text: str) -> list[Mention]:
    """Every count of requests, reconsiderations or litigation that a text tells, in order.

    Rounded numbers (余, 多), numbers of other things (建议, 提案, 信访 …) and differences (增加5件) are none.
    """
    plain = _THOUSANDS.sub("", text)
    return [mention for sentence in _SENTENCE.findall(plain) for mention in _in_sentence(sentence)]


def _in_sentence(sentence: str) -> Iterator[Mention]:
    if not _ABOUT_REQUESTS.search(sentence):
        return
    scope = _SCOPE.search(sentence)
    for clause in _CLAUSE.findall(sentence):
        if _ABOUT_OTHERS.search(clause):
            continue
        at = 0
        for count in _COUNT.finditer(clause):
            before, after = clause[at : count.start()], clause[count.end() :]
            at = count.end()
            kind = _kind(before) or _kind(re.split(r"\d", after)[0])
            if kind is not None and _is_exact(count[0], before):
                number = float(count[1])
                yield Mention(kind, number, clause.strip(), None if scope is None else scope[0])


def _is_exact(count: str, before: str) -> bool:
    rounded = "余" in count or "多" in count
    return not rounded and not _COMPARED.search(before) and not _OTHER_YEAR.search(before)


def _kind(words: str) -> Told | None:
    return next((kind for kind in KINDS if re.search(kind.words, words)), None)
