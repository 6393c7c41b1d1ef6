"""A phrase and its number → what they count of the tables, if anything."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence

from ogi.checks.words.context import PROACTIVE, REQUESTS, REVIEW, Context
from ogi.checks.words.mention import Mention
from ogi.checks.words.phrases import Phrase
from ogi.checks.words.sums import Meaning
from ogi.checks.words.vocabulary import Wording, pattern, wordings

_LOG = logging.getLogger(__name__)
_PIECES = ("件", "宗", "份", "起", "例", "次")
"""What documents, decisions, requests and disputes are counted in; projects by 个, information by 条."""


def told_of(phrase: Phrase, number: float, unit: str, context: Context) -> Iterator[Mention]:
    """The mention of a number beside a phrase; none where it is not of what the tables count."""
    kinds = phrase.counted or (context.kinds if len(context.kinds) == 1 and phrase.columns else ())
    kinds = kinds or (() if phrase.unknown else context.head)
    if not kinds or phrase.is_narrow or not _is_meant(kinds, phrase, unit, context):
        reason = "a part only" if phrase.is_narrow else "not told as a count of the tables"
        _LOG.debug("%s %g%s: left aside, %s", phrase.words, number, unit, reason)
        return
    meanings = tuple(dict.fromkeys(Meaning.parse(told) for kind in kinds for told in kind.means))
    table = meanings[0].table
    if len(kinds) > 1 and not meanings[0].measures:
        items = dict.fromkeys(item for kind in kinds for item in Meaning.parse(kind.means[0]).items)
        meanings = (Meaning(table, tuple(items)), *(r for r in meanings if r.table == table))
    if not phrase.counted and kinds[0].id == "closed":
        # Behind 收到18件，办结18件 the applicants may be those of either.
        received = next(kind for kind in wordings("kinds") if kind.id == "received")
        meanings += tuple(map(Meaning.parse, received.means))
    # That there was none in the whole area holds for each of its bodies.
    is_of_all = not number and pattern("scope.area").fullmatch(context.scope or "") is not None
    is_of_all = is_of_all and pattern("scope.each_body").search(phrase.words) is None
    named = None if is_of_all else context.scope
    scope = named or (phrase.words if _is_strange(kinds, phrase, context) else None)
    also = ("natural_person",) if table == REQUESTS and phrase.is_of_citizens else ()
    yield Mention(kinds[0], number, "", scope or None, meanings, phrase.columns_of(table), also, unit)


def _tables(kinds: Sequence[Wording]) -> set[str]:
    return {Meaning.parse(told).table for kind in kinds for told in kind.means}


def _is_meant(kinds: Sequence[Wording], phrase: Phrase, unit: str, context: Context) -> bool:
    """General words (收到, 答复) tell of requests only where the topic does, and nothing else is named."""
    if _tables(kinds) == {PROACTIVE}:
        return _is_counted_so(kinds, phrase, unit)
    is_of_matters = unit == "项" and pattern("about.matters").search(phrase.words) is not None
    if unit not in (*_PIECES, "条") and not is_of_matters:
        return False
    # Items of information are counted by 条: 新增信息120条.
    is_anew = pattern("about.requested").search(phrase.words) is not None
    is_request = unit != "条" or is_anew or any(last.unit == unit for last in context.last)
    if is_general(kinds):
        is_named = not phrase.unknown or "申请" in phrase.words
        return context.topic == REQUESTS and is_request and is_named
    if kinds[0].id == "new":
        # What is new must be told of requests.
        return _tables(kinds) == {REQUESTS} and context.topic == REQUESTS and is_request
    return _tables(kinds) == {REVIEW} or (_tables(kinds) == {REQUESTS} and context.topic in (REQUESTS, None))


def _is_counted_so(kinds: Sequence[Wording], phrase: Phrase, unit: str) -> bool:
    """Are they documents of which it is said what became of them, decisions, or an amount?"""
    measures = phrase.columns_of(PROACTIVE) or Meaning.parse(kinds[0].means[0]).measures
    is_of_documents = not Meaning.parse(kinds[0].means[0]).measures
    pieces = (*_PIECES, "个", "项", "部") if is_of_documents else _PIECES
    of_measure = {"amount": ("元", "万元", "亿元"), "projects": ("个", "项", "件")}
    is_unit = all(unit in of_measure.get(measure, pieces) for measure in measures)
    return len(kinds) == 1 and bool(measures) and is_unit


def is_general(kinds: Sequence[Wording]) -> bool:
    """Are they words such as 收到 and 答复, which may be said of anything?"""
    return all(kind.generality > 0 for kind in kinds)


def _is_strange(kinds: Sequence[Wording], phrase: Phrase, context: Context) -> bool:
    """May the words be of something else than what the tables count?"""
    tables = _tables(kinds)
    is_aside = tables == {REVIEW} and not context.is_on_information
    is_both = {"new", "closed"} <= {kind.id for kind in phrase.kinds}
    is_matter = pattern("about.matters").search(phrase.words) and tables == {REQUESTS} and is_general(kinds)
    is_other_column = {column.split("/")[0] for column in phrase.columns} - tables
    is_other_matter = is_matter and not context.is_named
    is_area = context.area is not None and REQUESTS in tables
    is_part = is_area and bool(pattern("area_part").search(phrase.words))
    is_part = is_part or _is_of_closed(kinds, phrase, context)
    return bool(phrase.unknown or is_aside or is_both or is_other_matter or is_other_column or is_part)


def _is_of_closed(kinds: Sequence[Wording], phrase: Phrase, context: Context) -> bool:
    """Are applicants told of requests that were closed: 办结的18件中，自然人申请17件?"""
    is_behind_closed = [kind.id for kind in context.kinds] == ["closed"]
    return is_behind_closed and bool(phrase.columns) and kinds[0].id == "requested"
