"""A sentence as its counts are read: with units, sums and years where it leaves them to the reader."""

from __future__ import annotations

import re

from ogi.checks.words.context import REQUESTS, only_topic
from ogi.checks.words.text import in_digits
from ogi.checks.words.vocabulary import pattern


def plainly(sentence: str, year: int | None) -> str:
    """The sentence with the words of each of its counts in one clause, beside a number with a unit.

    - 逾期不补正，不再处理其申请6件 → 逾期不补正不再处理其申请6件: a reason and its outcome.
    - 除3件结转下年外，均已办结 → 3件结转下年，均已办结.
    - 行政复议一件也没有 → 没有行政复议.
    - 8件申请均由自然人提出 → 8件申请，均由自然人提出.
    """
    digits = in_digits(sentence)
    told = pattern("counts.such").sub(r"\g<own>\g<what>的情况", digits)
    told = pattern("counts.not_even_one").sub(_none_of_them, _without_writing(told))
    told = pattern("counts.any_of_them").sub(r"\g<any>", pattern("counts.no_complaints").sub("", told))
    told = pattern("counts.no_unit").sub(
        r"\g<what>0件", pattern("counts.named_none").sub(r"\g<what>0件", told)
    )
    told = pattern("counts.named_behind").sub(r"\g<of>\g<count>", told)
    told = pattern("counts.named_between").sub(r"\g<of>", told)
    told = pattern("counts.explained_between").sub(r"\g<of>", told)
    told = pattern("counts.others_decided").sub(r"\g<before>其他结果", told)
    told = pattern("counts.carried_to").sub(r"\g<how>\g<year>\g<count>", told)
    told = pattern("counts.disputes_all").sub(r"\g<count>，", told)
    told = pattern("counts.no_fee").sub("0万元", told)
    told = pattern("counts.zero_each").sub(r"\g<what>0件，", told)
    told = pattern("counts.other_applicants").sub(r"\g<last>其他组织", told)
    told = pattern("counts.none_either").sub(r"\g<none>\g<what>，无", told)
    told = _of_own_year(_with_units(pattern("counts.in_order").sub("分别", told)), year)
    told = pattern("counts.goes_with").sub(r"\g<kept>\g<reason>\g<front>\g<why>", told)
    told = pattern("counts.except_for").sub(r"\1\2，", told).replace("，，", "，")
    told = _with_result(_with_sums(pattern("counts.all_by").sub(r"\g<0>，", told)))
    # Where nothing else is made plain, the words stay as printed.
    return sentence if told == digits else told


def _none_of_them(match: re.Match[str]) -> str:
    """What was not even one as none: 行政复议一件也没有发生 → 没有发生行政复议."""
    return f"{match['none'] or match['bare']}{match['rest']}{match['what']}{match['of']}"


def _without_writing(sentence: str) -> str:
    """The sentence without 书面, where no other way to apply is told beside it."""
    told = pattern("counts.in_writing").sub("", sentence)
    return sentence if pattern("narrow.channel").search(told) else told


def _with_units(sentence: str) -> str:
    """The sentence with a unit behind each number of a list that has none: 维持6件、纠正2 → 纠正2件."""
    if pattern("lines.count").search(sentence) is None:
        return sentence
    if "分别" in sentence:
        sentence = pattern("counts.comma_between").sub("、", sentence)
    sentence = pattern("counts.colon").sub("", sentence)
    return pattern("counts.in_list").sub(r"\g<0>件", sentence)


def _with_sums(sentence: str) -> str:
    """The sentence with what a sum of its counts is of: 网上申请20件、信函申请3件，信息公开申请共计23件."""
    alone = pattern("counts.sum_alone").search(sentence)
    before = sentence[: alone.start()] if alone else ""
    parts = [float(count[1]) for count in pattern("counts.number").finditer(before)]
    is_sum = alone is not None and len(parts) > 1 and sum(parts) == float(alone["number"])
    is_of_requests = only_topic(sentence) == REQUESTS
    named = _sum_of(before)
    return f"{before}{named}{sentence[len(before) :]}" if is_sum and is_of_requests else sentence


def _sum_of(counts: str) -> str:
    """What counts of requests come to: all outcomes are those closed, with those carried over all handled."""
    if pattern("about.outcomes_listed").search(counts) is None:
        return "信息公开申请"
    verb = "办理" if pattern("closed.carried").search(counts) else "办结"
    return f"{verb}信息公开申请"


def _with_result(sentence: str) -> str:
    """The sentence with the form's word for what courts had done anew, where it tells no other sort of it."""
    if pattern("about.undone").search(pattern("about.redone").sub("", sentence)):
        return sentence
    return pattern("about.redone").sub("结果纠正", sentence)


def _of_own_year(sentence: str, year: int | None) -> str:
    """The sentence with one year's count where a list tells one of each of several years.

    2022年、2023年分别收到12件和15件 → 2023年收到15件. As it stands where the lists are of other lengths.
    """
    named = pattern("counts.years").search(sentence)
    lists = [match[0] for match in pattern("counts.list").finditer(sentence)]
    if named is None or year is None or not lists or "分别" not in sentence:
        return sentence
    years = _years(named[0])
    counts = [re.split(r"(?<=\D)(?=\d)", one) for one in lists]
    if year not in years or any(len(one) != len(years) for one in counts):
        return sentence
    own = years.index(year)
    for told, each in zip(lists, counts, strict=True):
        sentence = sentence.replace(told, pattern("counts.list_end").sub("", each[own]), 1)
    return sentence.replace(named[0], f"{year}年", 1).replace("分别", "")


def _years(named: str) -> list[int]:
    """The years of a list, or of a span: 2021年至2023年."""
    told = [int(year) for year in re.findall(r"20\d\d", named)]
    is_span = len(told) == 2 and pattern("counts.span").search(named) is not None
    return list(range(told[0], told[1] + 1)) if is_span else told
