"""Differences told: counted by what changed and why, with the first of each as rows and as a page."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from operator import attrgetter
from pathlib import Path
from typing import Any

import pandas as pd

from ogi.checks import told_rule
from ogi.compare import cell_label
from ogi.forms import TABLES
from ogi.forms.named import official_name
from ogi.pages.document import whole
from ogi.pages.html import render
from ogi.releases.difference import CHANGES, COLUMNS, Difference
from ogi.said import Said, joined, say, told, worded, wordings
from ogi.tables import number
from ogi.values import shown

SHOWN = 2000
"""Rows of a kind that a page holds: more would be a page that no browser turns quickly."""
_LONGEST_CELLS = 60
"""Characters that are shown of the cells of a rule."""
_HASH = 12
"""Characters that are shown of a SHA-256."""
_VALUES = attrgetter(*COLUMNS)


@dataclass
class Summary:
    """How often what changed and why, and the first `limit` changes of each kind."""

    limit: int = SHOWN
    counts: Counter[str] = field(default_factory=Counter)
    causes: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    first: dict[str, list[Difference]] = field(default_factory=lambda: defaultdict(list))

    def add(self, one: Difference) -> None:
        """Count a change."""
        self.counts[one.change] += 1
        if one.cause:
            self.causes[one.change][one.cause] += 1
        if len(self.first[one.change]) < self.limit:
            self.first[one.change].append(one)

    def sections(self, language: str) -> Iterator[dict[str, Any]]:
        """What is told of each kind of change that there is: title, count, causes, rows, how many more."""
        for change in CHANGES:
            rows = self.first[change]
            if rows:
                yield {
                    "title": told(_word(f"change.{change}"), language),
                    "count": self.counts[change],
                    "causes": told(_causes(self.causes[change]), language),
                    "rows": [_shown(row, language) for row in rows],
                    "more": self.counts[change] - len(rows),
                }


def _word(key: str, **values: object) -> Said:
    return worded("ogi.releases", key, **values)


def _causes(counts: Counter[str]) -> Said:
    each = (_word("and_of_cause", n=n, cause=_word(f"cause.{cause}")) for cause, n in counts.most_common())
    return joined(each, ", ", "，")


def _shown(one: Difference, language: str) -> dict[str, str]:
    """A change for a reader: with the label of its cell, and a cause in words."""
    old, new = _sides(one)
    return {
        "agency": one.agency,
        "year": "" if one.year is None else str(one.year),
        "what": told(_named(one), language) or one.report_id,
        "old": told(old, language),
        "new": told(new, language),
        "printed_old": _printed(one.printed_old, one.value_old),
        "printed_new": _printed(one.printed_new, one.value_new),
        "cause": told(_word(f"cause.{one.cause}") if one.cause else Said(one.why, one.why_zh), language),
    }


def _sides(one: Difference) -> list[Said]:
    """What was and what is: a number with its unit, else the state, the verdict, the years, or the hash."""
    if one.change == "report_changed":
        return [Said.as_printed(text[:_HASH]) for text in (one.old, one.new)]
    sides = ((one.old, one.value_old, one.unit_old), (one.new, one.value_new, one.unit_new))
    return [
        _worded_side(one.change, text)
        if value is None
        else Said.as_printed(f"{number(value)} {unit}".rstrip())
        for text, value, unit in sides
    ]


def _worded_side(change: str, text: str) -> Said:
    """A state or a verdict in words; years as they are."""
    kinds = {"figure": "state", "check": "verdict"}
    is_word = text != "" and change in kinds
    return worded("ogi", f"{kinds[change]}.{text}") if is_word else Said.as_printed(text)


def _printed(text: str, value: float | None) -> str:
    """The text as it stands in the report, where it is not the number alone."""
    return "" if value is not None and text == number(value) else shown(text)


def _named(one: Difference) -> Said:
    """What changed by its labels; in English with the ids, which say more there than official Chinese."""
    if one.change == "check":
        rule_id, *cells = one.what.split(" ")
        named = Said(" ".join(cells), "；".join(map(_label, cells)))
        cut = Said(shown(named, _LONGEST_CELLS), shown(named.zh, _LONGEST_CELLS))
        rule = told_rule(rule_id)
        return say("{rule}: {cells}", "{rule}：{cells}", rule=rule, cells=cut) if cells else rule
    if one.change != "figure":
        return Said.as_printed(one.what)
    table, item, measure = one.what.split("/")
    title = next(Said(form.en, form.zh) for form in TABLES[table].values())
    values = {"name": cell_label(one.what), "official": official_name(one.what), "title": title}
    return say(
        "{name} ({title}; {item}/{measure})", "{official}（{title}）", item=item, measure=measure, **values
    )


def _label(cell: str) -> str:
    """A cell that a rule names, maybe after YEAR:, by its official labels."""
    year, _, id = cell.rpartition(":")
    label = official_name(id).zh
    return f"{year}年{label}" if year else label


def in_rows(found: list[Difference]) -> pd.DataFrame:
    """Differences as a frame with the columns COLUMNS, years as Int64."""
    rows = pd.DataFrame(list(map(_VALUES, found)), columns=list(COLUMNS))
    return rows.astype({"year": "Int64"})


def page(summary: Summary, old: str, new: str, language: str) -> str:
    """A whole page on the differences; all that comes from reports and names is escaped."""
    words, sections = wordings("ogi.releases"), list(summary.sections(language))
    body = render("differences", language, Path(__file__).parent, words, sections=sections, old=old, new=new)
    return whole(body, told(words["title"], language), language)
