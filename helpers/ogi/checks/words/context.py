"""What the words before a count tell about it: what is counted, for which year, and for whom."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ogi.agencies.bodies import body_of
from ogi.checks.words.mention import Mention
from ogi.checks.words.phrases import relative, understood
from ogi.checks.words.sums import Meaning
from ogi.checks.words.vocabulary import Wording, pattern, wordings

REQUESTS, REVIEW, PROACTIVE, OTHERS = "requests", "review", "proactive", "others"
"""What a sentence is about: one of the tables whose counts are told, or other things."""


@dataclass(frozen=True)
class Context:
    """What is known where a clause begins.

    Args:
        year, agency, section: whose report it is, and where in it.
        area: the words that tell of the area whose figures the tables hold, as those of `scope` else do not.
        topic: what the words are about, None until they say.
        scope: words that tell whose requests are counted, where these may not be those of the tables;
            `lasting_scope` holds to the end of the paragraph, whatever a clause says of its own.
        kinds: what the clauses before counted, those of which there were none left out.
        last: the counts of the clause before, which 均 speaks of.
        head: a kind of disputes or documents that a clause named without a count: the heading of the counts
            behind it.
        aside: the words of a count of other applications, which the counts behind it may be of, too
            (受理建房申请57件，办结57件).
        is_other_period: are the words about another year, or several?
        is_named: do the words name information?
        is_on_information: do the words say that the disputes are about information?
        is_partly: do they say so of some disputes only? Then each clause must say it itself.
        is_of_outcomes: does the sentence tell an outcome that but requests have? Then bare 公开 is one, too.
    """

    year: int | None
    agency: str | None
    section: str
    area: re.Pattern[str] | None = None
    topic: str | None = None
    scope: str | None = None
    lasting_scope: str | None = None
    kinds: tuple[Wording, ...] = ()
    last: tuple[Mention, ...] = ()
    head: tuple[Wording, ...] = ()
    aside: str = ""
    is_other_period: bool = False
    is_named: bool = False
    is_on_information: bool = False
    is_partly: bool = False
    is_of_outcomes: bool = False

    def in_sentence(self, sentence: str, topic: str | None) -> Context:
        """What is known where a sentence begins, after the one before; `topic`: that of its paragraph."""
        # 本年新收152件。其中自然人140件: they are parts of what the sentence before counts.
        own = _without_name(sentence, self.agency)
        goes_on = sentence.startswith("其中")
        named = self._scope_in(sentence)
        is_own = pattern("own_body").search(sentence) is not None
        scope = named[0] if named is not None else None if is_own else self.lasting_scope
        is_partly = pattern("about.partly").search(sentence) is not None
        is_aside = pattern("about.aside").search(sentence) is not None
        # The form's own words for the results of disputes are of those in its table.
        is_of_others = pattern("about.tribunal").search(sentence) is not None
        is_on_information = (
            self.section == REVIEW
            or not is_of_others
            or pattern("about.results").search(sentence) is not None
        )
        return replace(
            self,
            topic=topic or (self.topic if goes_on else None) or only_topic(own),
            scope=scope,
            lasting_scope=scope,
            kinds=self.kinds if goes_on else self.head,
            last=self.last if goes_on else (),
            aside=self.aside if goes_on else "",
            is_other_period=pattern("dates.since").search(relative(sentence, self.year)) is not None,
            is_named=self.section == REVIEW,
            is_on_information=is_on_information and not is_partly and not is_aside,
            is_partly=is_partly,
            is_of_outcomes=pattern("about.outcomes").search(sentence) is not None,
        )

    def in_clause(self, clause: str, plain: str) -> Context:
        """What is known inside a clause: as printed, and with its years and numbers made plain."""
        # Which an office's tables hold beside its government's area, its own or all, is not told.
        is_office = body_of(self.agency or "").ending == "办公室"
        is_named_own = pattern("own_body").search(clause) is not None and not self._scope_in(clause)
        is_own = is_named_own and not is_office
        # Requests of other bodies are told apart from one's own; other applications may be one's own, too.
        is_apart = is_own and pattern("about.information").search(self.aside) is not None
        is_named = pattern("about.information").search(pattern("about.aside").sub("", plain)) is not None
        return replace(
            self,
            scope=None if is_own else self.scope,
            aside="" if is_apart or self._is_whole_again(plain) else self.aside,
            topic=topic_of(_without_name(plain, self.agency), self.topic),
            is_other_period=self._is_other_period(plain) or pattern("dates.until").search(clause) is not None,
            is_named=is_named or self.is_named,
            is_on_information=is_named or (self.is_on_information and not self.is_partly),
        )

    def after(self, plain: str, told: Sequence[Mention], is_counted: bool) -> Context:
        """What is known behind a clause with these counts told; `is_counted`: has it any number?"""
        # Applicants of what was closed change nothing about what is counted.
        named = [one for one in told if one.number and not (one.measures and one.scope)]
        kinds = tuple(dict.fromkeys(mention.kind for mention in named))
        is_whole = any(mention.scope is None for mention in told)
        phrase = understood(plain, self.agency)
        # 依申请公开 is no application for something else.
        is_request = not self.kinds and pattern("about.applied").search(plain) is not None
        # Behind a number, even one of another thing, no heading waits for its count any longer.
        if is_counted or (re.search(r"\d", plain) and not pattern("about.information").search(plain)):
            is_other = is_request and not phrase.is_clear and not is_whole
            aside = phrase.words if is_other else self.aside
            kinds = kinds or self.kinds or tuple(mention.kind for mention in told)
            return replace(self, kinds=kinds, last=self._last(told), head=(), aside=aside)
        told_ids = {one.kind.id for one in told}
        documents = tuple(dict.fromkeys(one.kind for one in told if one.is_of(PROACTIVE)))
        if documents:
            # 未制发规范性文件，无废止文件: what is told next is still of them.
            return replace(self, kinds=documents, head=())
        if pattern("about.applicants").search(plain):
            return replace(self, kinds=tuple(kind for kind in wordings("kinds") if kind.id == "requested"))
        if any(one.measures and one.is_of(REVIEW) for one in told):
            # Of disputes whose results are told, 均 speaks no more.
            return replace(self, last=tuple(one for one in self.last if one.kind.id not in told_ids))
        is_of_head = bool(told) and {mention.kind for mention in told} <= set(self.head)
        if not phrase.is_clear and not is_of_head:
            aside = phrase.words if is_request and phrase.is_narrow else self.aside
            return replace(self, head=(), aside=aside)
        heads = tuple(kind for kind in phrase.counted if _is_told_by_columns(kind))
        is_head = len(phrase.kinds) == len(heads) == 1 and not pattern("about.none").search(plain)
        return replace(self, kinds=heads, head=heads) if is_head else self

    def _is_whole_again(self, plain: str) -> bool:
        """Do the words count all requests, behind those of one channel: 网上申请8件，占申请总数10件的80%?"""
        bare = understood(pattern("about.by_channel").sub("", self.aside), self.agency)
        return bool(self.aside) and bare.is_clear and pattern("about.whole").search(plain) is not None

    def _last(self, told: Sequence[Mention]) -> tuple[Mention, ...]:
        """The counts that 均 may speak of; of those whose results are told, it speaks no more."""
        if any(mention.measures for mention in told):
            # Who made all requests says nothing yet of what became of them.
            is_by_all = {one.number for one in told} == {one.number for one in self.last} and len(told) == 1
            return self.last if is_by_all and told[0].is_of(REQUESTS) else ()
        # The disputes of a sentence are told one by one, and then of all of them what became of them.
        is_review = all(one.meanings[0].table == REVIEW for one in (*self.last, *told))
        return (*self.last, *told) if is_review else tuple(told) or self.last

    def beside_others(self, plain: str) -> Context:
        """What is known behind a count of other matters: requests that it names may be those counted next."""
        return replace(self, aside=plain) if pattern("about.applied").search(plain) else self

    def aside_of(self, plain: str) -> str | None:
        """The words of other applications that a count here may be of; None if it names requests itself."""
        is_anew = pattern("about.information").search(plain) and not pattern("about.of_them").search(plain)
        return None if is_anew else self.aside or None

    def _scope_in(self, text: str) -> re.Match[str] | None:
        """The words that tell of another scope than the tables'."""
        return scope_in(text, self.agency, self.area)

    def _is_other_period(self, plain: str) -> bool:
        """Is the clause about another year? So are those behind it, until one names the own year."""
        left = pattern("dates.compared").sub("", plain)
        if pattern("dates.period").search(left) is None:
            return self.is_other_period
        for kind in understood(left, self.agency).kinds:
            left = kind.pattern.sub("", left)
        named = set(pattern("dates.period").findall(left))
        return named != {"本年"} if named else self.is_other_period


def scope_in(text: str, agency: str | None, area: re.Pattern[str] | None) -> re.Match[str] | None:
    """The words that tell of another scope than that of the agency's tables."""
    left = pattern("compared_scope").sub("", text)
    left = left if area is None else area.sub("", left)
    is_government = body_of(agency or "").is_government
    below = pattern("scope_of_government").search(left) if is_government else None
    return pattern("scope").search(left) or below


def _without_name(text: str, agency: str | None) -> str:
    """The text without a department's name, which may hold words of other matters: 市信访局收到申请.

    The names of a government are those of its area, too, of which the words around them may tell.
    """
    body = body_of(agency or "")
    return text if body.is_government else body.pattern.sub("", text)


def _is_told_by_columns(kind: Wording) -> bool:
    """Is it a kind of disputes, or of documents, whose counts may stand behind it without its name?"""
    meaning = Meaning.parse(kind.means[0])
    return meaning.table != REQUESTS and not meaning.measures


def only_topic(sentence: str) -> str | None:
    """Requests, where a sentence speaks of them and of nothing else: its first clause may not say so."""
    others = any(topic.pattern.search(sentence) for topic in wordings("topics") if topic.id != REQUESTS)
    return REQUESTS if not others and pattern("about.only_of_requests").search(sentence) else None


def topic_of(plain: str, before: str | None) -> str | None:
    """What a clause is about: what the words before it are about, where it does not say."""
    left = pattern("about.sort_of_paper").sub("", plain)
    if before == OTHERS:
        left = pattern("about.heads_papers").sub("", left)
    found = (topic for topic in wordings("topics") if topic.pattern.search(left))
    return next((next(iter(topic.means), topic.id) for topic in found), before)
