"""Figures, words and dates → verdicts: every rule of the catalogue on every report."""

from __future__ import annotations

import logging
from collections.abc import Collection, Mapping
from typing import Any

import pandas as pd

from ogi.checks.catalogue import RULES, THEMES, Rule, failed_rule, rule_name, told_rule
from ogi.checks.cells import complete, sound_numbers
from ogi.checks.corrected import Doubt, doubt_of
from ogi.checks.explain import explain, with_explanations
from ogi.checks.rows import COLUMNS, Check, Verdict, framed
from ogi.checks.sums import sums
from ogi.checks.unsure import with_doubts_beside
from ogi.checks.words.dates import periods, published
from ogi.checks.words.report import ReportWords, doubtful_reports, words_of
from ogi.checks.words.sayings import all_closed, fee_notices, with_reasons
from ogi.checks.words.sections import leftovers, sections
from ogi.checks.words.told import told
from ogi.checks.years import folders, graded, names, same_year, sudden_changes
from ogi.extract.script import simplified
from ogi.figures import Figures, identities
from ogi.said import known as known_language
from ogi.tables import as_printed, empty

_LOG = logging.getLogger(__name__)

# In the order of the catalogue: what is missing from a report comes before what its words contradict.
_ON_WORDS = (
    sections,
    leftovers,
    all_closed,
    fee_notices,
    told,
    periods,
)


def check(
    figures: pd.DataFrame,
    language: str = "en",
    *,
    narratives: pd.DataFrame | None = None,
    reports: pd.DataFrame | None = None,
    findings: pd.DataFrame | None = None,
    catalogue: pd.DataFrame | None = None,
    corrections: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Every rule on every report: a row per rule and line (an item, a measure, a saying), with a verdict.

    Each table that is not given leaves out the rules that need it. The two sides of a sum are compared with
    blank cells (state blank or not_applicable) read as zero:

    - `not_applicable`: every cell of the line is blank.
    - `undecided`: a cell is unreadable or absent; or a total is blank although its parts are not all zero, or
      one side is blank throughout while the other is not zero. Those cells are not filled in, and what is
      not there contradicts nothing (reports that fill only the totals, or everything but the totals). Also
      where the sides differ but a cell was read with little confidence, or `findings` tell of a row or head
      that was not understood, or it is one of the `corrections` laid on the figures that makes them differ
      (see `doubt_of`): a doubt of ours is no error of the agency's.
    - `holds`: equal, every cell reported. `holds_blank_as_zero`: equal, some cells blank.
    - `broken`: not equal though both sides are filled in; a blank among other parts is then read as zero. The
      message ends with the smallest set of cells that would explain it, where there is one (see `explain`).

    `left` and `right` are null where a side is not known, `difference` where either is not. `cells` are the
    cells of the line, left side first. Across years, an agency's reports on adjacent years are compared, and
    the row is the later report's; where its words explain a breach, they are told and it is a note. A report
    of no known agency is compared with none.
    `language` is that of the messages: en or zh.
    Raises ValueError for another language, for a cell that no form has, or one that a report holds twice.
    """
    known_language(language)
    given: dict[str, Any] = {"narratives": narratives, "reports": reports, "findings": findings}
    doubt = None
    if corrections is not None and not corrections.empty:
        own: dict[str, Any] = {
            name: _of(frame, corrections) for name, frame in given.items() if frame is not None
        }
        printed = _checks(as_printed(_of(figures, corrections), corrections), **own)
        doubt = doubt_of(printed, corrections, figures)
    checks = _checks(figures, **given, catalogue=catalogue, doubt=doubt)
    return framed(checks, language, figures["year"].dtype)


def _of(frame: pd.DataFrame, corrections: pd.DataFrame) -> pd.DataFrame:
    """The rows of the agencies of which a figure was corrected."""
    is_own = frame["report_id"].isin(corrections["report_id"])
    return frame[is_own | frame["agency"].isin(corrections["agency"])].reset_index(drop=True)


def _checks(
    figures: pd.DataFrame,
    narratives: pd.DataFrame | None = None,
    reports: pd.DataFrame | None = None,
    findings: pd.DataFrame | None = None,
    catalogue: pd.DataFrame | None = None,
    doubt: Doubt | None = None,
) -> list[Check]:
    """Every rule on every report, in the order of the reports."""
    index = Figures.of(figures, findings)
    doubtful = doubtful_reports(figures, findings)
    checks = on_figures(index, findings, doubtful, doubt)
    _LOG.debug("%d reports, %d figures: %d verdicts", len(index), len(figures), len(checks))
    # The reports in the order of the figures, then those that have none.
    known = identities(*(frame for frame in (figures, reports, narratives) if frame is not None))
    if reports is not None:
        checks += [*names(reports), *folders(reports)]
    if narratives is not None:
        words = words_of(known, index, _in_simplified(narratives), reports, doubtful)
        checks = _with_words(checks, {own.of.report_id: own for own in words})
    if catalogue is not None:
        checks += published(known.values(), catalogue)
    _LOG.debug("%d verdicts with those on words and dates", len(checks))
    order = {report_id: place for place, report_id in enumerate(known)}
    checks.sort(key=lambda check: order[check.of.report_id])
    return checks if doubt is None else [doubt(check) for check in checks]


def _in_simplified(narratives: pd.DataFrame) -> pd.DataFrame:
    """The sections in simplified characters: the rules on words know no others, and quote them so."""
    plain = {name: narratives[name].map(simplified, na_action="ignore") for name in ("title", "text")}
    return narratives.assign(**plain)


def _with_words(checks: list[Check], words: Mapping[str, ReportWords]) -> list[Check]:
    """The checks, told with the reports' own reasons, and those of the rules on words."""
    own = (check for report in words.values() for rule in _ON_WORDS for check in rule(report))
    return [*with_reasons(checks, words), *own]


def check_tables(tables: Mapping[str, pd.DataFrame], language: str = "en") -> pd.DataFrame:
    """`check` with all that it can use of the tables of a dataset.

    Undecided is also what is broken between years of which a report may be another agency's, by its title;
    where one names nobody, the message says so.
    """
    beside = ("narratives", "reports", "findings", "catalogue", "corrections")
    checks = check(tables["figures"], language, **{name: tables[name] for name in beside if name in tables})
    marks = tables["review_marks"] if "review_marks" in tables else empty("review_marks")
    reports = tables["reports"] if "reports" in tables else empty("reports")
    return with_doubts_beside(checks, reports, marks, language)


def on_figures(
    figures: Figures,
    findings: pd.DataFrame | None = None,
    doubtful: Collection[str] = (),
    doubt: Doubt | None = None,
) -> list[Check]:
    """Every rule on the figures alone; `doubtful`: the reports of which something may not have been read.

    `doubt`: what a correction alone has broken is not explained by other cells.
    """
    added = [graded(check) for check in sums(figures)]
    return [
        *with_explanations(added if doubt is None else [doubt(check) for check in added], figures),
        *sound_numbers(figures),
        *(complete(figures, doubtful) if findings is not None else ()),
        *sudden_changes(figures),
        *same_year(figures),
    ]


__all__ = [
    "COLUMNS",
    "RULES",
    "THEMES",
    "Rule",
    "Verdict",
    "check",
    "check_tables",
    "explain",
    "failed_rule",
    "on_figures",
    "rule_name",
    "told_rule",
]
