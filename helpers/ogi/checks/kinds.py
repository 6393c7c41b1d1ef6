"""What reports count in words, the words they use for it, and what these can mean in the tables."""

from __future__ import annotations

from dataclasses import dataclass

from ogi.forms import Item
from ogi.forms.requests import NOT_PROCESSED, OTHER, REFUSED, UNAVAILABLE


@dataclass(frozen=True)
class Reading:
    """What a word can mean: items of one table whose totals are added up, and those that are taken off."""

    table: str
    items: tuple[str, ...]
    less: tuple[str, ...] = ()


@dataclass(frozen=True)
class Told:
    """A kind of count that reports tell in words, the words they use, and what these can mean.

    `words` is a pattern over a phrase whose years are told as 上年, 本年 and 下年 (see `phrases`).
    `generality`: words also stand beside those of a less general kind, which then is the one that is counted
    (答复 in 作出不予公开答复5件).
    """

    id: str
    zh: str
    en: str
    words: str
    readings: tuple[Reading, ...]
    generality: int = 0


def _requests(*items: str) -> Reading:
    return Reading("requests", items)


def _review(*items: str) -> Reading:
    return Reading("review", items)


_OUTCOMES = {
    "granted": "granted",
    "partly_granted": "partly_granted",
    "refused": f"{REFUSED.id}.",
    "unavailable": f"{UNAVAILABLE.id}.",
    "not_processed": f"{NOT_PROCESSED.id}.",
}
_LITIGATION = ("litigation_direct", "litigation_after_reconsideration")
_HANDLED = (_requests("outcome_total"), _requests("new"), _requests("new", "carried_in"))
_ANSWERED = _requests(*(_OUTCOMES[kind] for kind in ("granted", "partly_granted", "refused", "unavailable")))
"""The outcomes that tell the applicant something on the matter: some count these alone as answered."""
_OF_THIS_YEAR = Reading("requests", ("outcome_total",), ("carried_in",))
"""The outcomes of what was newly received: what had been carried in was closed first."""

KINDS = (
    Told(
        "carried_out",
        "结转下年度",
        "carried over",
        r"(?:结转|顺延|延期|延续|转)(?:至|到|入)*下年|下年度?继续办理|(?:正在|尚在|仍在)\w{0,2}?办理|办理之?中"
        r"|未办结|(?:尚|还)未(?:办理完毕|答复)",
        (_requests("carried_out"),),
    ),
    Told(
        "carried_in",
        "上年结转",
        "carried in",
        r"上年(?:[度末底]|申请|未办结|依申请公开|政府信息公开)*(?:结转|遗留|顺延|转入)(?:(?:至|到|入)*本年)?"
        r"|结转上年|结转(?:至|到|入)*本年",
        (_requests("carried_in"),),
    ),
    Told(
        "granted_in_full_or_part",
        "予以公开及部分公开",
        "granted in full or in part",
        r"(?<!不)(?:予以)?公开[（(]?(?:以?及|和|或者?|与|、|包括|含)[（(]?(?:予以)?部分公开",
        (_requests("granted", "partly_granted"),),
    ),
    Told("refused", "不予公开", "refused", r"不(?:予|予以|同意)公开", (_requests(_OUTCOMES["refused"]),)),
    Told(
        "partly_granted",
        "部分公开",
        "partly granted",
        r"(?:予以|同意)?部分公开",
        (_requests("partly_granted"),),
    ),
    Told("granted", "予以公开", "granted", r"(?<!不)(?:予以|同意|全部|决定)公开", (_requests("granted"),)),
    Told("unavailable", "无法提供", "unavailable", r"无法提供", (_requests(_OUTCOMES["unavailable"]),)),
    Told(
        "not_processed",
        "不予处理",
        "not processed",
        r"不予处理",
        (_requests(_OUTCOMES["not_processed"]),),
    ),
    Told("other", "其他处理", "other handling", r"其[他它]处理", (_requests(OTHER.id, f"{OTHER.id}."),)),
    Told(
        "litigation_direct",
        "未经复议直接起诉",
        "litigation without reconsideration",
        r"(?:未经|不经)(?:行政)?复议[^，。；]{0,4}?(?:起诉|提起(?:行政)?诉讼|(?:行政)?诉讼)",
        (_review("litigation_direct"),),
    ),
    Told(
        "litigation_after",
        "复议后起诉",
        "litigation after reconsideration",
        r"复议后[^，。；]{0,6}?(?:起诉(?!讼)|诉讼)",
        (_review("litigation_after_reconsideration"),),
    ),
    Told("reconsideration", "行政复议", "reconsideration", r"(?:行政)?复议", (_review("reconsideration"),)),
    Told(
        "litigation",
        "行政诉讼",
        "litigation",
        r"(?:行政)?(?:诉讼|起诉(?!讼)|应诉)",
        (_review(*_LITIGATION), *(_review(item) for item in _LITIGATION)),
    ),
    Told("new", "新收", "newly received", r"新收到?|新增|新接收|新受理", (_requests("new"),)),
    Told(
        "closed",
        "办结",
        "closed",
        r"办结|答复|办理完[毕结成]|办复|回复",
        (*_HANDLED, _ANSWERED, _OF_THIS_YEAR),
        generality=1,
    ),
    Told(
        "received",
        "收到、受理",
        "received",
        r"收到|(?<!不予)受理|接收|接到|收办|收件|收取",
        (_requests("new"), _requests("new", "carried_in")),
        generality=1,
    ),
    Told(
        "handled",
        "办理",
        "handled",
        r"办理|处理|处置|(?<!依)申请(?:公开(?:政府)?信息|(?:政府)?信息公开|公开)?的?(?:总|件)*(?:数量?|量)?(?:一?共计?|合计|总计|累计|有|为|达到?|计)*$",
        _HANDLED,
        generality=2,
    ),
)
"""In the order in which they are recognised: a later word counts only where no earlier one stands."""


def items_of(reading: Reading, items: tuple[Item, ...]) -> tuple[str, ...]:
    """The ids that a reading adds up in one edition; `refused.` stands for all items under that heading."""
    known = [item.id for item in items]
    return tuple(
        i for i in known if any(i == r or (r.endswith(".") and i.startswith(r)) for r in reading.items)
    )
