"""Where a report says that all its requests were closed, and whether it can mean anything else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ogi.checks.flow import flowing
from ogi.checks.mentions import mentions
from ogi.checks.passages import Words
from ogi.checks.phrases import NEXT, PERIOD, SCOPE, THIS, relative, understood

_SECTIONS = ("preamble", "overview", "requests")
_SENTENCE = re.compile(r"[^。；;！？\n]+")
_CLAUSE = re.compile(r"[^，,。；;！？\n]+")
_YEARS = re.compile(r"(20\d\d)(?:年\d{1,2}月(?:\d{1,2}日)?|\.\d{1,2}\.\d{1,2})")
_OTHERS = re.compile(r"建议|提案|议案|信访|热线|工单|留言|来信|来件|咨询|督办|复议|诉讼|意见")
_MANNER = r"(?:予以|按[时期规]|如期|依法|依规|在\w{1,8}[内前]|及时)*"
_ALL_CLOSED = re.compile(
    rf"(?:已|均|都)?(?:全部|全数){_MANNER}(?:办结|答复|办理完[毕结成]|办复|回复)"
    rf"|(?:均|都)已?{_MANNER}(?:办结|办理完[毕结成])|(?:办结|答复)率(?:均|达到?|为|保持)*(?:100%|百分之百|百分之一百)"
)
_CARRIED = re.compile(r"(?<![无未])(?<!没有|无一)结转|顺延|延期|下一?年|未办结|正在办理")
_LATER = re.compile(rf"目前|至今|现已|截[至止][^，,。；]{{0,4}}(?:报告|发布|公布|编制)|{NEXT}")
"""By then what was carried over may have been closed too."""
_OF_THOSE = re.compile(r"(?:办理|办结|答复|处理)(?:(?!收到|受理)[^。；;])*\d[件宗份起]")
"""A number that was handled, of which all are told to be closed."""
_OF_PART = re.compile(r"应|时限|期限|到期|其余|其他|除|按[时期]\w{0,2}率|答复率|\d[件宗份起]")
"""All of what was due, of the rest, of a number that is told: not of all there were."""


@dataclass(frozen=True)
class Saying:
    """A clause by which all requests were closed. `is_plain`: is it said of all of them, and nothing else?"""

    clause: str
    is_plain: bool


def sayings(told: Words) -> Iterator[Saying]:
    """Every clause of the overview and the section on requests that says so."""
    is_carried = any(
        mention.kind.id == "carried_out" and mention.number
        for passage in told.passages
        if passage.section in _SECTIONS
        for mention in mentions(passage.text, told.of.year, told.of.agency, passage.section)
    )
    for sentence in _SENTENCE.findall(flowing(told.text(*_SECTIONS))):
        for clause in _CLAUSE.findall(sentence) if "申请" in sentence else ():
            match = _ALL_CLOSED.search(clause)
            if match is not None and not _OTHERS.search(clause):
                before = _YEARS.sub(r"\1年", sentence.partition(clause)[0] + clause[: match.start()])
                is_later = _LATER.search(relative(before, told.of.year))
                is_later = is_later or _OF_THOSE.search(before)
                is_otherwise = is_carried or is_later or _CARRIED.search(sentence) or SCOPE.search(sentence)
                yield Saying(clause, not is_otherwise and _is_of_all(clause, match, told))


def _is_of_all(clause: str, match: re.Match[str], told: Words) -> bool:
    before = relative(clause[: match.start()], told.of.year)
    phrase = understood(before, told.of.agency)
    is_part = _OF_PART.search(clause) or phrase.is_narrow or phrase.unknown or phrase.measures
    return not is_part and set(PERIOD.findall(before)) <= {THIS}
