"""The words beside a count: which of them name what is counted, which narrow it, which are not understood.

Each group of the vocabulary, in turn, takes its words out of the phrase. What is left at the end is not
understood, and may narrow what is counted: such a count is never held against the tables alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from ogi.agencies.bodies import body_of
from ogi.checks.words.vocabulary import Wording, pattern, wordings

# In the order in which they are taken out, what holds others in front: 我局 (own) before 我 (filler).
_SAY_NOTHING = ("dates.period", "own", "filler")
"""What is understood but changes nothing."""
# Reports repeat each other's phrases, and a phrase is read by several rules: the benchmark's all fit.
_KEPT = 4096
_RUN = re.compile(r"[\u4e00-\u9fffA-Za-z]+")


@dataclass(frozen=True)
class Phrase:
    """What is understood of the words beside a count.

    `kinds`: what may be counted, and `columns`: those of the tables that are named, as table/measure, both in
    print order, `groups`: by the words that name them; `unknown`: the words that the vocabulary lacks;
    `is_narrow`: is it of a part that no cell of the tables holds?
    """

    words: str
    kinds: tuple[Wording, ...]
    columns: tuple[str, ...]
    unknown: str
    is_narrow: bool
    groups: tuple[tuple[str, ...], ...] = ()

    @property
    def counted(self) -> tuple[Wording, ...]:
        """The kinds that are counted: general ones (答复) do not count beside others (不予公开)."""
        least = min((kind.generality for kind in self.kinds), default=0)
        return tuple(kind for kind in self.kinds if kind.generality == least)

    @property
    def is_clear(self) -> bool:
        """Is every word understood, and none of a part only?"""
        return not self.unknown and not self.is_narrow

    def columns_of(self, table: str) -> tuple[str, ...]:
        """The measures of one table that are named."""
        return tuple(measure for of, measure in (c.split("/") for c in self.columns) if of == table)

    @property
    def is_of_citizens(self) -> bool:
        """Does it tell of citizens and no other column? They are natural persons, or whoever may ask."""
        alone = pattern("anyone").sub("", self.words)
        return not self.columns and pattern("citizens").search(alone) is not None


@lru_cache(_KEPT)
def relative(text: str, year: int | None) -> str:
    """The text with its years told beside the report's own, and the forms' words for others of that meaning.

    2022年收到 → 上年收到, of a report on 2023; 复议机关维持原答复 → 维持.
    """

    def beside(told: int) -> str | None:
        names = {-1: "上年", 0: "本年", 1: "下年"}
        return None if year is None else names.get(told - year, "他年")

    plain = pattern("dates.days").sub("", text)
    plain = pattern("dates.year").sub(lambda match: beside(int(match[1])) or match[0], plain)
    for wording in (*wordings("years"), *wordings("same")):
        plain = wording.pattern.sub(wording.means[0], plain)
    return plain


@lru_cache(_KEPT)
def understood(words: str, agency: str | None = None) -> Phrase:
    """What the words beside a count mean, their years told as by `relative`; `agency`: whose report it is."""
    left = pattern("dates.compared").sub("", words)
    # Where each has a count of its own, they are no longer whoever may ask.
    left = left if "分别" in left else pattern("anyone").sub("", left)
    left = pattern("own.all_of_it").sub(" ", pattern("whole_kind").sub("", pattern("scope").sub(" ", left)))
    left = left if agency is None else body_of(agency).pattern.sub(" ", left)
    kinds, left = _taken("kinds", left)
    columns, left = _taken("columns", left)
    is_narrow = pattern("narrow").search(left) is not None or pattern("open_list").search(words) is not None
    for name in _SAY_NOTHING:
        left = pattern(name).sub(" ", left)
    # A piece of the agency's own name is understood; a single sign may be a piece of any.
    runs = [(run, pattern("about.negation").sub("", run)) for run in _RUN.findall(left)]
    unknown = [run for run, bare in runs if agency is None or len(bare) < 2 or bare not in agency]
    printed = sorted(columns, key=lambda found: found[0])
    groups = tuple(dict.fromkeys(column.means for _, column in printed))
    named = dict.fromkeys(cell for group in groups for cell in group)
    ordered = dict.fromkeys(kind for _, kind in sorted(kinds, key=lambda found: found[0]))
    told = words.strip("、“”")
    return Phrase(told, tuple(ordered), tuple(named), "".join(unknown), is_narrow, groups)


def _taken(group: str, words: str) -> tuple[list[tuple[int, Wording]], str]:
    """Where which wordings of a group stand, in its order, and the words with blanks in their place."""
    found: list[tuple[int, Wording]] = []
    # Each is taken out before the next is looked for: 予以公开及部分公开 is one kind, not two others.
    for wording in wordings(group):
        found += [(match.start(), wording) for match in wording.pattern.finditer(words)]
        words = wording.pattern.sub(lambda match: " " * len(match[0]), words)
    return found, words
