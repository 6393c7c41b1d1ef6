"""Counts told in words: “受理政府信息公开申请859件” → what is counted, how many, and for whom."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ogi.checks.flow import flowing, is_heading, unnumbered
from ogi.checks.kinds import KINDS, Reading, Told
from ogi.checks.numerals import in_digits
from ogi.checks.phrases import COMPARED, SCOPE, THIS, Phrase, relative, understood
from ogi.checks.surroundings import (
    NONE,
    OTHERS,
    REQUESTS,
    REVIEW,
    Around,
    Text,
    after,
    aside_of,
    inside,
    opened,
    topic_of,
)


@dataclass(frozen=True)
class Mention:
    """One count told in a text: its kind, number and clause, and words that may narrow the scope.

    `readings`: what the number may be; `measures`: the columns it is of, none for the total; `also`: columns
    that it may be of instead.
    """

    kind: Told
    number: float
    clause: str
    scope: str | None
    readings: tuple[Reading, ...] = ()
    measures: tuple[str, ...] = ()
    also: tuple[str, ...] = ()


_OWN = re.compile(r"[我本](?:局|委|办|厅|镇|乡|街道|单位|机关|部门)")
_SHARE = re.compile(r"(?:占|居|列|排名?|高于|低于)全[省市区县镇乡州盟旗]")
"""Whose requests one's own are but compared with."""
_PARAGRAPH = re.compile(r"[^\n]+")
_SENTENCE = re.compile(r"[^。！？\n]+")
_CLAUSE = re.compile(r"[^，,。；;（）()：:！？\n]+")
_COUNT = re.compile(
    r"(?<![\d.第])(\d{1,9})(?P<rough>余|多|几)?(?P<unit>件|宗|份|起|例|条)(?![次一不])"
    r"(?P<above>左右|上下|以上|以下|多)?"
)
_THOUSANDS = re.compile(r"(?<=\d)[,，](?=\d{3}(?!\d))")
_BARE_COUNT = re.compile(r"(?<=[数量])([为是]?)(\d{1,9})(?=$|、)")
"""受理数20, 结转数3: without a unit."""
_BY_HOW_MUCH = re.compile(r"(?:增加|减少|增长|下降|上升|净增|多|少|增|减|差)[了约为]*$")
_RISEN_TO = re.compile(rf"(?:增|升|降|减|变|增加|上升|下降|减少|增长|变)[至到为](?:{THIS}[度的]*)?$")
_FROM = re.compile(r"(?:从|由)[^，。；]{0,8}?的?$")
_ROUGH = re.compile(r"约|近(?!年|期)|超过|超(?!期)|逾(?!期)|不足|不到|[平人日月年]均|每|至少|最[多少高]")
_NEGATION = re.compile("[未没无曾零不]")
_PARTS = re.compile("分别|其中|包括|含")
"""What stands behind a count of which parts are told, whose words are the parts' own."""
_RECEIVED_AND_CLOSED = re.compile(r".*(?:收|收到|受理)的\d.*(?:已|均|全部)+(?:办结|答复).*")
"""新收的17件均已办结: of what was received, those that were closed."""
_JOINTS = tuple("、和及与")
"""What joins counts of one thing: what is said of the first holds for the next."""
_MATTERS = "事项"
"""What people apply for at a counter, unless information is told of."""
_REQUESTED = re.compile(r"依申请公开|申请(?!人)")
_RECEIVED = next(kind for kind in KINDS if kind.id == "received")
_NEW, _CLOSED = "new", "closed"
"""The kinds of which a part is told together: 新收的申请办结17件; that none was closed late is no count."""


def mentions(
    text: str, year: int | None = None, agency: str | None = None, section: str = "overview"
) -> list[Mention]:
    """Every count of requests, reconsiderations or litigation that a text tells, in order.

    None of them are rounded numbers (余, 约), differences (增加5件), numbers of other things (建议, 提案,
    信访 …) or of a part that the tables do not hold (网上申请), and those of other years than `year`. That
    there was none (未收到申请) counts as zero. What is said of 全市 holds to the end of the paragraph.
    """
    plain = _THOUSANDS.sub("", flowing(text))
    of = Text(year, agency, section)
    own = section if section in (REQUESTS, REVIEW) else None
    topic = own
    found: list[Mention] = []
    for part in _PARAGRAPH.findall(plain):
        if is_heading(part):
            topic = own or (REQUESTS if topic_of(part, None) == REQUESTS else None)
        found += _in_paragraph(part, of, topic)
    return found


def _in_paragraph(paragraph: str, text: Text, topic: str | None) -> Iterator[Mention]:
    scope = None
    head: tuple[Told, ...] = ()
    for sentence in _SENTENCE.findall(paragraph):
        told = SCOPE.search(_SHARE.sub("", sentence))
        scope = told[0] if told else None if _OWN.search(sentence) else scope
        around = opened(sentence, topic, scope, head, text)
        for clause in _CLAUSE.findall(sentence):
            around, found = _in_clause(clause, around, text)
            yield from found
        head = around.head


def _in_clause(clause: str, around: Around, text: Text) -> tuple[Around, list[Mention]]:
    if _OWN.search(clause) and not SCOPE.search(clause):
        around = replace(around, scope=None)
    told = in_digits(_BARE_COUNT.sub(r"\1\2件", relative(unnumbered(clause), text.year)))
    around = inside(told, clause, around, text)
    if around.topic == OTHERS or around.is_other_period:
        return around, []
    counts = list(_COUNT.finditer(told))
    found = _counted(told, counts, around, text) if counts else _none(told, around, text)
    kept = [_placed(mention, clause, told, around) for mention in found if mention is not None]
    kinds = tuple(dict.fromkeys(mention.kind for mention in kept))
    is_whole = any(mention.scope is None for mention in kept)
    return after(told, kinds, is_whole, bool(counts), around, text), kept


def _placed(mention: Mention, clause: str, told: str, around: Around) -> Mention:
    """The mention with its clause; it is of another part where the sentence goes on to tell of one."""
    aside = aside_of(told, around) if mention.readings[0].table == REQUESTS else None
    return replace(mention, clause=clause.strip(), scope=mention.scope or aside)


def _counted(
    told: str, counts: Sequence[re.Match[str]], around: Around, text: Text
) -> Iterator[Mention | None]:
    """For each count of a clause what it is of, by the words before it, else those behind."""
    at = 0
    waiting: list[Told] = []
    last: Phrase | None = None
    for n, count in enumerate(counts):
        before = told[at : count.start()]
        at = count.end()
        phrase = understood(before, text.agency)
        if not phrase.kinds and not waiting:
            end = counts[n + 1].start() if n + 1 < len(counts) else len(told)
            behind = "" if _PARTS.match(told, at) else re.split(r"[、\d]", told[at:end])[0]
            phrase, taken = _with(phrase, understood(before + behind, text.agency))
            at += len(behind) if taken else 0
        if before.endswith("的") and _RECEIVED_AND_CLOSED.fullmatch(told):
            phrase = replace(phrase, unknown=phrase.unknown or before)
        if not phrase.kinds and last is not None and _RISEN_TO.search(before):
            phrase = replace(last, words=phrase.words)
        if last is not None and before[:1] in _JOINTS:
            unknown, is_narrow = phrase.unknown or last.unknown, phrase.is_narrow or last.is_narrow
            phrase = replace(phrase, unknown=unknown, is_narrow=is_narrow)
        last = phrase
        if "分别" in before:
            waiting = list(phrase.kinds)
        if waiting:
            phrase = replace(phrase, kinds=(waiting.pop(0),))
        if not _is_exact(count, before):
            continue
        yield _mention(phrase, float(count[1]), around, count["unit"])


def _with(before: Phrase, both: Phrase) -> tuple[Phrase, bool]:
    """What stands before a count, or that with what stands behind; and was the latter needed?"""
    if before.measures and not both.kinds:
        return before, False
    return both, bool(both.kinds or both.measures)


def _none(told: str, around: Around, text: Text) -> Iterator[Mention | None]:
    """A zero for each kind of which a clause says that there was none, where every word is understood."""
    match = NONE.fullmatch(told)
    if match is None:
        return
    phrase = understood(told, text.agency)
    is_unsure = phrase.is_narrow or any(kind.id == _CLOSED for kind in phrase.kinds)
    if is_unsure or _NEGATION.sub("", phrase.unknown):
        return
    for kind in phrase.special or ((_RECEIVED,) if _REQUESTED.search(told) else ()):
        yield _mention(replace(phrase, kinds=(kind,), unknown=""), 0.0, around, "件")


def _is_exact(count: re.Match[str], before: str) -> bool:
    if count["rough"] or count["above"] or _ROUGH.search(before):
        return False
    if _RISEN_TO.search(before):
        return True
    compared = next((m for m in COMPARED.finditer(before) if m.end() == len(before)), None)
    return compared is None and not _BY_HOW_MUCH.search(before) and not _FROM.search(before)


def _mention(phrase: Phrase, number: float, around: Around, unit: str) -> Mention | None:
    kinds = phrase.special or (around.kinds if len(around.kinds) == 1 and phrase.measures else ())
    kinds = kinds or (() if phrase.unknown else around.head)
    if not kinds or phrase.is_narrow or not _is_meant(kinds, phrase, around, unit):
        return None
    readings = tuple(dict.fromkeys(reading for kind in kinds for reading in kind.readings))
    table = readings[0].table
    unknown = phrase.words if phrase.unknown else _strange(kinds, phrase, around)
    if len(kinds) > 1:
        items = tuple(dict.fromkeys(item for kind in kinds for item in kind.readings[0].items))
        readings = (Reading(table, items), *(reading for reading in readings if reading.table == table))
    scope = around.scope or unknown or None
    columns = phrase.measures.get(table, ())
    also = phrase.may_be_of if table == REQUESTS else ()
    return Mention(kinds[0], number, "", scope, readings, columns, also)


def _is_meant(kinds: Sequence[Told], phrase: Phrase, around: Around, unit: str) -> bool:
    """General words (收到, 答复) tell of requests only where the topic does, and nothing else is named."""
    if all(kind.generality for kind in kinds):
        is_named = not phrase.unknown or "申请" in phrase.words
        return around.topic == REQUESTS and unit != "条" and is_named
    tables = {reading.table for kind in kinds for reading in kind.readings}
    if kinds[0].id == _NEW and unit == "条":
        return False
    return tables == {REVIEW} or (tables == {REQUESTS} and around.topic in _topics(kinds[0]))


def _topics(kind: Told) -> tuple[str | None, ...]:
    """Outcomes need no topic; what is new must be told of requests."""
    return (REQUESTS,) if kind.id == _NEW else (REQUESTS, None)


def _strange(kinds: Sequence[Told], phrase: Phrase, around: Around) -> str:
    """Why the words may be of something else although each is understood."""
    tables = {reading.table for kind in kinds for reading in kind.readings}
    is_aside = tables == {REVIEW} and not around.is_on_information
    is_both = {_NEW, _CLOSED} <= {kind.id for kind in phrase.kinds}
    is_matter = _MATTERS in phrase.words and tables == {REQUESTS} and not around.is_on_information
    return phrase.words if is_aside or is_both or is_matter or {*phrase.measures} - tables else ""
