"""Counts told in words: “受理政府信息公开申请859件” → what is counted, how many, and for whom.

A report tells its counts as: scope? · who? · action · kind · number · unit. A text is split into paragraphs,
sentences and phrases; of each number with a unit, the words before it (else those behind) say what it is of.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ogi.checks.words.context import OTHERS, PROACTIVE, REQUESTS, REVIEW, Context, topic_of
from ogi.checks.words.meant import is_general, told_of
from ogi.checks.words.mention import Mention
from ogi.checks.words.parts import as_part, is_in_time, is_part_of, parted, runs_of, shared
from ogi.checks.words.phrases import Phrase, relative, understood
from ogi.checks.words.plain import plainly
from ogi.checks.words.text import flowing, in_digits, is_heading, unnumbered
from ogi.checks.words.vocabulary import Wording, pattern, wordings

_LOG = logging.getLogger(__name__)
_DOCUMENTS = ("regulations", "normative_documents")
_ISSUED = ("proactive/issued", "proactive/made")
"""What is none where there were no documents at all, in each edition: old ones may still be in force."""


def mentions(
    text: str,
    year: int | None = None,
    agency: str | None = None,
    section: str = "overview",
    area: re.Pattern[str] | None = None,
) -> list[Mention]:
    """Every count that a text tells of what the tables count, in order.

    Left out are rounded numbers (余, 约), differences (增加5件), and numbers of other things (建议, 信访 …),
    of parts that the tables do not hold (网上申请), and of other years than `year`. A sentence that there was
    none (未收到申请) is a count of zero. A scope such as 全市 holds to the end of its paragraph, unless it is
    one of `area`: the words for those whose figures the tables hold.
    """
    own = topic = section if section in (REQUESTS, REVIEW) else None
    found: list[Mention] = []
    for paragraph in pattern("parts.paragraph").findall(pattern("counts.thousands").sub("", flowing(text))):
        if is_heading(paragraph):
            # The sections on requests and on review tell of nothing else, whatever their headings say.
            topic = own or (REQUESTS if topic_of(paragraph, None) == REQUESTS else None)
        context = Context(year, agency, section, area)
        joined = pattern("counts.by_whom").sub("，", paragraph)
        for sentence in pattern("parts.sentence").findall(joined):
            context, told = _in_sentence(sentence, context.in_sentence(sentence, topic))
            found += told
    return found


def _in_sentence(sentence: str, context: Context) -> tuple[Context, list[Mention]]:
    """The counts of a sentence, and what is known behind it."""
    told: list[Mention] = []
    wholes: tuple[Mention, ...] = ()
    is_late = pattern("about.late").search(sentence) is not None
    for clause in pattern("parts.phrase").findall(plainly(sentence, context.year)):
        last = context.last
        context, counted = _in_clause(clause, context)
        if pattern("about.of_them").search(clause):
            wholes = tuple(told)
        parts = [one for one in counted if is_part_of(one, wholes) or (is_late and is_in_time(one))]
        # Behind its parts, 均 speaks of the whole.
        context = replace(context, last=last) if parts else context
        told += [as_part(one) if one in parts else one for one in counted]
    return context, list(parted(told))


def _in_clause(clause: str, before: Context) -> tuple[Context, list[Mention]]:
    """The counts of a clause, and what is known behind it."""
    digits = relative(in_digits(unnumbered(clause)), before.year)
    plain = pattern("counts.bare").sub(r"\1\2件", digits)
    context = before.in_clause(clause, plain)
    counts = list(pattern("counts.number").finditer(plain))
    # Left aside, not doubted: another year's counts stand in another year's table.
    if context.topic == OTHERS or context.is_other_period:
        if counts:
            _LOG.debug("%s: left aside, of %s", clause, "another time" if context.is_other_period else OTHERS)
        return (context.beside_others(plain) if context.topic == OTHERS else context), []
    told = _counted(plain, counts, context) if counts else (*_none(plain, context), *_all(plain, context))
    aside = context.aside_of(plain)
    found = [
        replace(one, clause=clause.strip(), scope=one.scope or (aside if one.is_of(REQUESTS) else None))
        for one in told
    ]
    return context.after(plain, found, bool(counts)), found


def _counted(plain: str, counts: Sequence[re.Match[str]], context: Context) -> Iterator[Mention]:
    """What each count of a clause is of."""
    start, runs = 0, runs_of(plain, counts)
    last: Phrase | None = None
    for run, end in zip(runs, [*(run[0].start() for run in runs[1:]), len(plain)], strict=True):
        before, behind = plain[start : run[0].start()], plain[run[-1].end() : end]
        start = run[-1].end()
        if last is not None and pattern("counts.no_column").search(before):
            continue
        phrase = understood(before, context.agency)
        if not phrase.kinds:
            phrase, taken = _with_words_behind(phrase, before, behind, context, is_last=end == len(plain))
            start += taken
        phrase = _of_these(_like_the_last(phrase, last, before), behind)
        is_of_those = before.endswith("的") and pattern("counts.received_and_closed").search(plain)
        is_of_all = pattern("counts.all_answered").search(behind) and _is_told(run[0], before, context)
        if is_of_those or is_of_all:
            phrase = replace(phrase, unknown=phrase.unknown or before or behind)
        last = phrase
        for count, own in zip(run, shared(phrase, len(run)), strict=False):
            # Where several come to nothing, each does.
            is_of_none = len(own.counted) > 1 and not float(count[1])
            is_of_each = is_of_none or pattern("counts.each").search(before) is not None
            for kinds in [(kind,) for kind in own.counted] if is_of_each else [own.kinds]:
                yield from _mention(replace(own, kinds=kinds), count, before, context)


def _is_told(count: re.Match[str], before: str, context: Context) -> bool:
    """Is it the number of requests that was counted before, or does it but take it up (8件均已答复)?"""
    return not before or any(one.is_of(REQUESTS) and one.number == float(count[1]) for one in context.last)


def _with_words_behind(
    phrase: Phrase, before: str, behind: str, context: Context, is_last: bool
) -> tuple[Phrase, int]:
    """The phrase before a count or, where it names nothing, with the words behind; how many were needed.

    `is_last`: does no other count follow, whose words may begin behind a 、?
    """
    if pattern("counts.parts").search(behind) or "分别" in behind:
        return phrase, 0
    # Of 45件申请中予以公开10件, what stands behind 中 is of the next count.
    of_these = pattern("counts.of_these").search(behind)
    behind = behind[: of_these.end()] if of_these else behind
    behind = re.split(r"\d" if is_last else r"[、\d]", behind)[0].removesuffix("中")
    both = understood(before + behind, context.agency)
    if both.kinds or (both.columns and not phrase.columns):
        return both, len(behind)
    return (phrase if phrase.columns else both), 0


def _like_the_last(phrase: Phrase, last: Phrase | None, before: str) -> Phrase:
    """The phrase with what it takes over from the one before: 申请由18件增至20件, 甲县收到5件、答复3件."""
    if last is None:
        return phrase
    if not phrase.kinds and pattern("counts.risen_to").search(before):
        phrase = replace(last, words=phrase.words)
    if pattern("counts.joint").search(before):
        unknown, is_narrow = phrase.unknown or last.unknown, phrase.is_narrow or last.is_narrow
        kinds = phrase.kinds or (last.kinds if phrase.columns else ())
        columns = phrase.columns or tuple(c for c in last.columns if c.startswith(PROACTIVE))
        phrase = replace(phrase, kinds=kinds, columns=columns, unknown=unknown, is_narrow=is_narrow)
    return phrase


def _of_these(phrase: Phrase, behind: str) -> Phrase:
    """The phrase, its requests as new or closed ones where neither is told: 23件申请中."""
    if pattern("counts.of_these").search(behind) is None:
        return phrase
    handled = next(kind for kind in wordings("kinds") if kind.id == "handled")
    kinds = tuple(handled if kind.id == "requested" else kind for kind in phrase.kinds)
    return replace(phrase, kinds=kinds)


def _none(plain: str, context: Context) -> Iterator[Mention]:
    """A zero for each kind of which a clause says that there was none, where every word is understood."""
    if pattern("about.none").search(_without_reasons(plain)) is None:
        return
    phrase = understood(plain, context.agency)
    # That none was closed late is no count of those closed.
    is_unsure = phrase.is_narrow or any(kind.id == "closed" for kind in phrase.counted)
    if is_unsure or pattern("about.negation").sub("", phrase.unknown):
        _LOG.debug("%s: left aside, not understood: %s", plain, phrase.unknown or "a part only")
        return
    kinds = tuple(kind for kind in phrase.counted if kind.id not in ("handled", "requested"))
    if not phrase.kinds and phrase.columns:
        kinds = context.kinds
    if not kinds and pattern("about.requested").search(plain):
        kinds = tuple(kind for kind in wordings("kinds") if kind.id == "received")
    if pattern("about.none_not").search(plain):
        kinds = tuple(kind for kind in kinds if kind.id not in _DOCUMENTS)
    for kind in kinds:
        unit = "元" if kind.id == "fees" else "件"
        is_of_documents = kind.id in _DOCUMENTS and not phrase.columns_of(PROACTIVE)
        columns = _ISSUED if is_of_documents else phrase.columns
        yield from told_of(replace(phrase, kinds=(kind,), columns=columns, unknown=""), 0.0, unit, context)


def _without_reasons(plain: str) -> str:
    """The clause without the reasons for outcomes, some of which say that there was none: 没有现成信息."""
    for kind in wordings("kinds"):
        plain = kind.pattern.sub("", plain) if kind.generality < 0 else plain
    return plain


def _all(plain: str, context: Context) -> Iterator[Mention]:
    """What became of all that was counted before (收到12件，均予以公开), where every word is understood."""
    is_one = {last.number for last in context.last} <= {0, 1}
    match = pattern("about.of_the_one" if is_one else "about.all_of_them").search(plain)
    match = match or pattern("about.all_of_them").search(plain)
    behind = pattern("about.through").sub("", plain[match.end() :]) if match else ""
    phrase = understood(behind, context.agency) if match else None
    if match is None or phrase is None or not phrase.is_clear:
        return
    some = [last for last in context.last if last.is_of(REVIEW) and last.number]
    sorts = {last.kind.id.partition("_")[0] for last in some}
    if len(sorts) > 1 and pattern("about.each_of_them").search(plain) is None:
        return
    named = {kind.id.partition("_")[0] for kind in understood(match[0], context.agency).kinds}
    for last in context.last:
        # 复议结果均为维持 says nothing of the litigation before it.
        if named & sorts and last.kind.id.partition("_")[0] not in named:
            continue
        if last.scope is not None or last.measures or not last.number:
            continue
        own = _of_disputes(phrase) if last.is_of(REVIEW) else phrase
        columns = own.columns_of(last.meanings[0].table)
        kinds = (last.kind,) if columns else () if is_general(own.counted) else own.counted
        if kinds and (columns or _is_whole(last, kinds)):
            # Of disputes, all may be all that were decided.
            decided = (*columns, "pending") if columns and last.is_of(REVIEW) else ()
            for one in told_of(replace(own, kinds=kinds), last.number, last.unit, context):
                yield replace(one, also=decided)


def _of_disputes(phrase: Phrase) -> Phrase:
    """The phrase as of disputes: those still handled (正在办理) are pending, and carried over no further."""
    is_pending = [kind.id for kind in phrase.counted] == ["carried_out"]
    return replace(phrase, kinds=(), columns=("review/pending",)) if is_pending else phrase


def _is_whole(last: Mention, kinds: Sequence[Wording]) -> bool:
    """May all of a count be of these kinds: requests of an outcome, litigation of one sort?"""
    if last.is_of(REVIEW):
        return last.kind.id == "litigation" and all(kind.id.startswith("litigation_") for kind in kinds)
    return last.kind.generality > 0 or last.kind.id == "new"


def _mention(phrase: Phrase, count: re.Match[str], before: str, context: Context) -> Iterator[Mention]:
    """What one count is of, unless it is rounded or a difference."""
    if _is_exact(count, before):
        yield from told_of(_outcome_alone(phrase, context), float(count[1]), count["unit"], context)
    else:
        _LOG.debug("%s%s: left aside, not an exact number", before, count[0])


def _is_exact(count: re.Match[str], before: str) -> bool:
    if count["rough"] or count["above"] or pattern("counts.rough").search(before):
        return False
    if pattern("counts.risen_to").search(before):
        return True
    is_compared = any(match.end() == len(before) for match in pattern("dates.compared").finditer(before))
    is_difference = pattern("counts.difference").search(before) or pattern("counts.risen_from").search(before)
    return not is_compared and not is_difference


def _outcome_alone(phrase: Phrase, context: Context) -> Phrase:
    """The phrase, bare words (公开6件) as the outcome that they are behind a count of requests."""
    is_behind_requests = bool(context.last) and context.last[0].is_of(REQUESTS)
    if phrase.kinds or not (is_behind_requests or context.is_of_outcomes):
        return phrase
    named = [w for w in wordings("bare_outcomes") if w.pattern.search(phrase.words)]
    # Others may be of any sort: 其中征地类12件、其他18件.
    named = [w for w in named if w.id != "other" or context.is_of_outcomes]
    kinds = tuple(kind for kind in wordings("kinds") for name in named if kind.id in name.means)
    return replace(phrase, kinds=kinds, unknown="") if kinds else phrase
