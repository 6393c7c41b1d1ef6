"""Counts told in words: “受理政府信息公开申请859件” → what is counted, how many, and for whom."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from helpers.checks.kinds import Reading, Told
from helpers.checks.numerals import in_digits
from helpers.checks.passages import compact_lines
from helpers.checks.phrases import COMPARED, PERIOD, SCOPE, THIS, Phrase, relative, understood


@dataclass(frozen=True)
class Mention:
    """One count told in a text: its kind, number and clause, and words that may narrow the scope.

    `readings`: what the number may be; `measures`: the columns it is of, none for the total.
    """

    kind: Told
    number: float
    clause: str
    scope: str | None
    readings: tuple[Reading, ...] = ()
    measures: tuple[str, ...] = ()


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
_SORT_OF_PAPER = re.compile(r"(?<![收接][到收])(?<![受办处]理)(?<!答复)(?<!办结)依申请公开(?=\d|$)")
"""Papers are 主动公开, 依申请公开 or 不予公开: so told, it is not of requests."""
_INFORMATION = re.compile(r"信息公开|依申请|公开申请")
_OWN = re.compile(r"[我本](?:局|委|办|厅|镇|乡|街道|单位|机关|部门)")
_PARAGRAPH = re.compile(r"[^\n]+")
_SENTENCE = re.compile(r"[^。！？\n]+")
_CLAUSE = re.compile(r"[^，,。；;（）()：:！？\n]+")
_COUNT = re.compile(
    r"(?<![\d.第])(\d{1,9})(?P<rough>余|多|几)?(?P<unit>件|宗|份|起|例|条)(?![次一不])"
    r"(?P<above>左右|上下|以上|以下|多)?"
)
_THOUSANDS = re.compile(r"(?<=\d)[,，](?=\d{3}(?!\d))")
_BY_HOW_MUCH = re.compile(r"(?:增加|减少|增长|下降|上升|净增|多|少|增|减|差)[了约为]*$")
_RISEN_TO = re.compile(r"(?:增|升|降|减|增加|上升|下降|减少|增长)[至到]$")
_FROM = re.compile(r"(?:从|由)[^，。；]{0,8}?的?$")
_ROUGH = re.compile(r"约|近(?!年|期)|超过|超(?!期)|逾(?!期)|不足|不到|平均|每|至少|最[多少高]")
_NONE = re.compile(
    r"(?P<before>.*?)(?:均|尚|也|都|并)*(?:(?:未曾?|没)(?:收到|接到|接收|受理|发生|产生|出现|引发|引起|因|被|有|新收)+"
    r"|没有|无(?!法|正当|理由|误|需|须|故|效|关|条件))(?P<what>.*)"
)
_SINCE = re.compile(f"(?<!{THIS})以来")
_NEGATION = re.compile("[未没无曾]")
_NEW, _CLOSED = "new", "closed"
"""The kinds of which a part is told together: 新收的申请办结17件; that none was closed late is no count."""


@dataclass(frozen=True)
class _Around:
    """What earlier clauses say of the next one: its topic, its period, whose it is, and the last kinds."""

    topic: str | None = None
    is_other_period: bool = False
    scope: str | None = None
    kinds: tuple[Told, ...] = ()
    is_on_information: bool = False


@dataclass(frozen=True)
class _Text:
    """Whose text it is, and the section it stands in."""

    year: int | None
    agency: str | None
    section: str


def mentions(
    text: str, year: int | None = None, agency: str | None = None, section: str = "overview"
) -> list[Mention]:
    """Every count of requests, reconsiderations or litigation that a text tells, in order.

    None of them are rounded numbers (余, 约), differences (增加5件), numbers of other things (建议, 提案,
    信访 …) or of a part that the tables do not hold (网上申请), and those of other years than `year`. That
    there was none (未收到申请) counts as zero. What is said of 全市 holds to the end of the paragraph.
    """
    plain = _THOUSANDS.sub("", compact_lines(text))
    of = _Text(year, agency, section)
    return [mention for part in _PARAGRAPH.findall(plain) for mention in _in_paragraph(part, of)]


def _in_paragraph(paragraph: str, text: _Text) -> Iterator[Mention]:
    scope = None
    topic = text.section if text.section in (REQUESTS, REVIEW) else None
    for sentence in _SENTENCE.findall(paragraph):
        told = SCOPE.search(sentence)
        scope = told[0] if told else None if _OWN.search(sentence) else scope
        is_since = _SINCE.search(relative(sentence, text.year)) is not None
        around = _Around(topic, is_since, scope, is_on_information=text.section == REVIEW)
        for clause in _CLAUSE.findall(sentence):
            around, found = _in_clause(clause, around, text)
            yield from found


def _in_clause(clause: str, around: _Around, text: _Text) -> tuple[_Around, list[Mention]]:
    told = in_digits(relative(clause, text.year))
    plain = _SORT_OF_PAPER.sub("", told)
    topic = next((name for name, words in _ABOUT if re.search(words, plain)), around.topic)
    around = replace(
        around,
        topic=topic,
        is_other_period=_is_other_period(told, around, text.agency),
        is_on_information=around.is_on_information or _INFORMATION.search(told) is not None,
    )
    if topic == OTHERS or around.is_other_period:
        return around, []
    counts = list(_COUNT.finditer(told))
    found = _counted(told, counts, around, text) if counts else _none(told, around, text)
    kept = [mention for mention in found if mention is not None]
    kinds = tuple(dict.fromkeys(mention.kind for mention in kept)) or around.kinds
    return replace(around, kinds=kinds), [replace(mention, clause=clause.strip()) for mention in kept]


def _is_other_period(told: str, around: _Around, agency: str | None) -> bool:
    """Is it of another year, or of several? So are clauses behind it, until one names the report's own."""
    left = COMPARED.sub("", told)
    if PERIOD.search(left) is None:
        return around.is_other_period
    for kind in understood(left, agency).kinds:
        left = re.sub(kind.words, "", left)
    named = set(PERIOD.findall(left))
    return around.is_other_period if not named else named != {THIS}


def _counted(
    told: str, counts: Sequence[re.Match[str]], around: _Around, text: _Text
) -> Iterator[Mention | None]:
    """For each count of a clause what it is of, by the words before it, else those behind."""
    at = 0
    waiting: list[Told] = []
    for n, count in enumerate(counts):
        before = told[at : count.start()]
        at = count.end()
        phrase = understood(before, text.agency)
        if not phrase.kinds and not waiting:
            end = counts[n + 1].start() if n + 1 < len(counts) else len(told)
            behind = re.split(r"[、\d]", told[at:end])[0]
            phrase = understood(before + behind, text.agency)
            at += len(behind) if phrase.kinds else 0
        if "分别" in before:
            waiting = list(phrase.kinds)
        if waiting:
            phrase = replace(phrase, kinds=(waiting.pop(0),))
        if not _is_exact(count, before):
            continue
        yield _mention(phrase, float(count[1]), around, count["unit"])


def _none(told: str, around: _Around, text: _Text) -> Iterator[Mention | None]:
    """A zero for each kind of which a clause says that there was none, where every word is understood."""
    match = _NONE.fullmatch(told)
    if match is None:
        return
    phrase = understood(told, text.agency)
    is_unsure = phrase.is_narrow or any(kind.id == _CLOSED for kind in phrase.kinds)
    if is_unsure or _NEGATION.sub("", phrase.unknown):
        return
    for kind in phrase.special:
        yield _mention(replace(phrase, kinds=(kind,), unknown=""), 0.0, around, "件")


def _is_exact(count: re.Match[str], before: str) -> bool:
    if count["rough"] or count["above"] or _ROUGH.search(before):
        return False
    if _RISEN_TO.search(before):
        return True
    compared = next((m for m in COMPARED.finditer(before) if m.end() == len(before)), None)
    return compared is None and not _BY_HOW_MUCH.search(before) and not _FROM.search(before)


def _mention(phrase: Phrase, number: float, around: _Around, unit: str) -> Mention | None:
    kinds = phrase.special or (around.kinds if len(around.kinds) == 1 and phrase.measures else ())
    if not kinds or phrase.is_narrow or not _is_meant(kinds, phrase, around, unit):
        return None
    readings = tuple(dict.fromkeys(reading for kind in kinds for reading in kind.readings))
    table = readings[0].table
    unknown = phrase.words if phrase.unknown else _strange(kinds, phrase, around)
    if len(kinds) > 1:
        items = tuple(dict.fromkeys(item for kind in kinds for item in kind.readings[0].items))
        readings = (Reading(table, items), *(reading for reading in readings if reading.table == table))
    scope = around.scope or unknown or None
    return Mention(kinds[0], number, "", scope, readings, phrase.measures.get(table, ()))


def _is_meant(kinds: Sequence[Told], phrase: Phrase, around: _Around, unit: str) -> bool:
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


def _strange(kinds: Sequence[Told], phrase: Phrase, around: _Around) -> str:
    """Why the words may be of something else although each is understood."""
    tables = {reading.table for kind in kinds for reading in kind.readings}
    is_aside = tables == {REVIEW} and not around.is_on_information
    is_both = {_NEW, _CLOSED} <= {kind.id for kind in phrase.kinds}
    return phrase.words if is_aside or is_both or {*phrase.measures} - tables else ""
