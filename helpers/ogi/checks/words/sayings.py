"""What a report says of all its requests, of fee notices and of breaches, against its tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from ogi.checks.rows import Check, Verdict, amount, cell_name, judged, message
from ogi.checks.words.context import REQUESTS, only_topic, scope_in
from ogi.checks.words.mentions import mentions
from ogi.checks.words.phrases import relative, understood
from ogi.checks.words.report import ReportWords
from ogi.checks.words.text import LONGEST_SHOWN, flowing, in_digits
from ogi.checks.words.vocabulary import pattern, wordings
from ogi.extract.report import Severity
from ogi.values import shown

_ON_REQUESTS = ("preamble", "overview", "requests")
_RECEIVED = {"new", "received", "requested", "carried_in"}
"""The kinds of counts that are of all requests, whatever became of them."""
_EXPLAINED = {
    "requests.carry_over": ("explained.carried", "explains.mismatch"),
    "proactive.items_last_year": ("explained.items", "explains.mismatch"),
    "proactive.in_force": ("explained.documents", "explains.mismatch_or_revision"),
}
"""Rule over two years → what a sentence must be about, and what it must tell, to explain a breach."""


def all_closed(words: ReportWords) -> Iterator[Check]:
    """A row for each clause by which all requests were answered, in time or not: then none is carried over.

    It is undecided where the words can mean anything else: those of a part, those that were due, those
    answered by the day of the report; or where the report tells itself of some that were carried over.
    """
    carried = _number(words, "carried_out")
    if carried is None:
        return
    is_carried = any(
        mention.kind.id == "carried_out" and mention.number and section in _ON_REQUESTS
        for section, mention in words.mentions
    )
    for sentence in pattern("parts.statement").findall(flowing(words.text(*_ON_REQUESTS))):
        # 申请 may stand in another clause of the sentence than 全部办结.
        is_on_requests = "申请" in sentence or only_topic(sentence) == REQUESTS
        for clause in pattern("parts.clause").findall(sentence) if is_on_requests else ():
            match = pattern("closed.all").search(clause) or _of_the_one(sentence, clause, words)
            if match is None or pattern("closed.other_matters").search(clause):
                continue
            is_plain = not is_carried and _is_plain(sentence, clause, match, words)
            wrong = Verdict.BROKEN if is_plain else Verdict.UNDECIDED
            verdict = Verdict.HOLDS if carried == 0 else wrong
            cell = "requests/carried_out/total"
            yield _against(words, "words.all_closed", verdict, clause, cell, (carried, 0.0))


def _of_the_one(sentence: str, clause: str, words: ReportWords) -> re.Match[str] | None:
    """Where a clause tells that the only request of a sentence was answered: 收到申请1件，按时办结."""
    match = pattern("closed.the_one").search(clause)
    is_one = match is not None and _received(sentence.partition(clause)[0], words) == {1.0}
    return match if is_one else None


def _received(before: str, words: ReportWords) -> set[float] | None:
    """The numbers of all requests that there were, as some words count them; None where they count others.

    Of those handled (办理20件) it is told with what was carried in alone that they are not those closed.
    """
    told = [m for m in mentions(before, words.of.year, words.agency, area=words.area) if m.is_of(REQUESTS)]
    kinds = {mention.kind.id for mention in told}
    known = _RECEIVED | ({"handled"} if "carried_in" in kinds else set())
    found = {m.number for m in told if m.kind.id in known and m.scope is None and not m.measures}
    return None if "closed" in kinds or kinds == {"carried_in"} else found


def _is_plain(sentence: str, clause: str, match: re.Match[str], words: ReportWords) -> bool:
    """Does the clause say that no request of the year was left, and can it mean nothing else?"""
    lead, own = sentence.partition(clause)[0], clause[: match.start()]
    own = relative(own, words.of.year)
    phrase = understood(own, words.agency)
    if not phrase.is_clear or phrase.columns or not _is_of_this_year(own):
        return False
    before = pattern("dates.day").sub(r"\1年", lead + clause[: match.start()])
    is_otherwise = (
        pattern("dates.later").search(relative(before, words.of.year))
        or pattern("closed.others_counted").search(before)
        or pattern("closed.excepted").search(before)
        or pattern("closed.carried").search(_without_carried_in(sentence, words.of.year))
        or pattern("closed.of_part").search(pattern("anyone").sub("", clause))
        or scope_in(sentence, words.agency, words.area)
    )
    return not is_otherwise and _is_of_all(lead, own, words)


def _is_of_all(lead: str, own: str, words: ReportWords) -> bool:
    """Are those that are told to be answered all that were received, and no part of them?

    `own`: the words of the clause itself, whose number (8件均已答复) must be that of all.
    """
    numbers = {float(count[1]) for count in pattern("counts.number").finditer(in_digits(own))}
    is_counted_here = numbers and pattern("closed.came").search(own) is not None
    before = f"{lead}{own}"
    received = _received(before if is_counted_here or not numbers else lead, words)
    if received:
        return numbers <= received | {sum(received)}
    is_counted = received is None or pattern("counts.number").search(in_digits(before))
    is_named = pattern("closed.named").search(before) or understood(before, words.agency).is_clear
    is_narrow = pattern("narrow").search(pattern("whole_kind").sub("", before))
    return not is_counted and not is_narrow and bool(is_named)


def _without_carried_in(sentence: str, year: int | None) -> str:
    """The sentence without what the year before left over: all that was closed holds it, too."""
    carried_in = next(kind for kind in wordings("kinds") if kind.id == "carried_in")
    return carried_in.pattern.sub("", relative(sentence, year))


def fee_notices(words: ReportWords) -> Iterator[Check]:
    """A row for each count of fee notices: no more requests can have ended for an unpaid fee."""
    unpaid = _number(words, "other.fee_unpaid")
    if unpaid is None:
        return
    for clause in pattern("parts.clause").findall(flowing(words.text("overview", "requests", "other"))):
        plain = in_digits(relative(clause, words.of.year))
        counted = pattern("fees.notices").search(plain)
        sent = None if counted is None else float(next(filter(None, counted.groups())))
        if not _is_of_this_year(plain):
            continue
        if sent is not None or pattern("fees.no_notice").search(plain):
            verdict = Verdict.HOLDS if unpaid <= (sent or 0.0) else Verdict.BROKEN
        elif pattern("fees.no_fee").search(plain) and "信息" in plain:
            verdict = Verdict.UNDECIDED if unpaid else Verdict.HOLDS
        else:
            continue
        cell, sides = "requests/other.fee_unpaid/total", (unpaid, sent or 0.0)
        yield _against(words, "words.fee_notices", verdict, clause, cell, sides)


def _is_of_this_year(plain: str) -> bool:
    return set(pattern("dates.period").findall(plain)) <= {"本年"}


def _number(words: ReportWords, item: str) -> float | None:
    """The total of one outcome of requests; None where the report's tables do not tell it."""
    found = None if words.figures is None else words.figures.total("requests", item)
    return None if found is None else found.value


def _against(
    words: ReportWords,
    rule_id: str,
    verdict: Verdict,
    clause: str,
    cell: str,
    sides: tuple[float, float],
) -> Check:
    """The verdict on a clause that is held against one cell, whose number is the first of the sides."""
    assert words.figures is not None
    name = cell_name(words.figures.tables["requests"], cell)
    values = {"clause": clause.strip(), "cell": name, "number": amount(sides[0])}
    return judged(words.of, rule_id, verdict, sides, [cell], **values)


def with_reasons(checks: Iterable[Check], words: Mapping[str, ReportWords]) -> Iterator[Check]:
    """The checks, each breach over two years that the report explains told with its words, as a note."""
    for check in checks:
        own, reason = words.get(check.of.report_id), None
        if own is not None and check.rule_id in _EXPLAINED and check.verdict == Verdict.BROKEN:
            reason = reason_in(own.text(), check.rule_id)
        if reason is not None:
            told = check.message + message("reasons", "explains", words=reason)
            check = check._replace(message=told, severity=Severity.NOTE)
        yield check


@lru_cache(32)  # a report that breaks such a rule breaks it in several columns
def reason_in(text: str, rule_id: str) -> str | None:
    """The first sentence by which a text explains a breach of a rule over two years; None where none does."""
    # Both in one sentence: 结转 here and 调整 there explain nothing of one another.
    for sentence in pattern("parts.sentence").findall(flowing(text)):
        is_told = all(pattern(name).search(sentence) for name in _EXPLAINED[rule_id])
        if is_told and not pattern("explains.unchanged").search(sentence):
            return re.sub(r",(?!\d)", "，", shown(sentence, LONGEST_SHOWN))
    return None
