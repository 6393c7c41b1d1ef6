"""Which counts of a sentence are parts of another that it tells, and which numbers are of which thing named.

A part that no cell of the tables holds is not held against the cells of the whole: it gets its own words as
its scope.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ogi.checks.words.context import REQUESTS
from ogi.checks.words.mention import Mention
from ogi.checks.words.phrases import Phrase
from ogi.checks.words.vocabulary import pattern


def parted(told: Sequence[Mention]) -> Iterator[Mention]:
    """The counts of a sentence, its parts told as such.

    Of what it counts twice for different reasons, each is a part; so are the counts that add up to the first.
    """
    for one in told:
        same = [other for other in told if (other.kind, *_columns(other)) == (one.kind, *_columns(one))]
        numbers = [other.number for other in same]
        is_for_a_reason = len(set(numbers)) > 1 and pattern("about.for_a_reason").search(one.clause)
        is_of_sum = one is not same[0] and len(same) > 2 and numbers[0] == sum(numbers[1:])
        yield as_part(one) if is_for_a_reason or is_of_sum else one


def _columns(one: Mention) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return one.measures, one.also


def as_part(one: Mention) -> Mention:
    """The count with its own words as those that narrow it."""
    return replace(one, scope=one.scope or one.clause)


def is_part_of(one: Mention, wholes: Sequence[Mention]) -> bool:
    """Is it, behind 其中, another number of what was counted before: 受理216件，其中县政府办受理38件?"""
    is_any = one.is_of(REQUESTS) and one.kind.id in ("handled", "requested")
    return any(
        (whole.kind == one.kind or (is_any and whole.kind.generality > 0))
        and _columns(whole) == _columns(one)
        and whole.number != one.number
        for whole in wholes
    )


def is_in_time(one: Mention) -> bool:
    """Is it of what was answered in time: a part, where the same sentence counts what was answered late?"""
    return one.kind.id == "closed" and pattern("about.in_time").search(one.clause) is not None


def runs_of(plain: str, counts: Sequence[re.Match[str]]) -> list[list[re.Match[str]]]:
    """The counts, those of one 分别 together: each of 分别为1件、2件 is of another thing named before."""
    runs: list[list[re.Match[str]]] = []
    end, is_list = 0, False
    for count in counts:
        before = plain[end : count.start()]
        if is_list and pattern("counts.between").fullmatch(before):
            runs[-1].append(count)
        else:
            is_list = "分别" in before
            runs.append([count])
        end = count.end()
    return runs


def shared(phrase: Phrase, length: int) -> list[Phrase]:
    """The phrase of each count of a run: its kinds or columns, in order; none, where they do not go around.

    接收申请28件、13件和2件, of three channels: none of them is a count of the tables.
    """
    if length == 1:
        return [phrase]
    if len(phrase.counted) == length:
        return [replace(phrase, kinds=(kind,)) for kind in phrase.counted]
    if len(phrase.groups) == length:
        return [replace(phrase, columns=group, groups=(group,)) for group in phrase.groups]
    return []
