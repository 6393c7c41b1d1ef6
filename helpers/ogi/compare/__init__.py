"""Figures and words → what can be compared: series over both forms, indicators, changes, sentences."""

from __future__ import annotations

from ogi.compare.annual import added_into, annual, corrected_in, in_disputed_correction, in_unsure, is_divided
from ogi.compare.changes import Change, standing_out
from ogi.compare.equations import in_broken_sum, in_doubted_correction, marks_in, parts_of
from ogi.compare.indicators import INDICATORS, SMALL, Indicator, in_numbers, indicators, outcomes_in
from ogi.compare.labels import cell_label
from ogi.compare.lines import Line, line
from ogi.compare.medians import (
    FEWEST_ALIKE,
    LEADING,
    MANY_ALIKE,
    Alike,
    leading_values,
    medians_by_kind,
)
from ogi.compare.sentences import (
    Pair,
    Sentence,
    difference,
    normalised,
    one_a_year,
    paired,
    repeated,
    sentences_of,
)
from ogi.compare.series import all_years, annual_of_one, by_year, form_changes, is_comparable, series

__all__ = [
    "FEWEST_ALIKE",
    "INDICATORS",
    "LEADING",
    "MANY_ALIKE",
    "SMALL",
    "Alike",
    "Change",
    "Indicator",
    "Line",
    "Pair",
    "Sentence",
    "added_into",
    "all_years",
    "annual",
    "annual_of_one",
    "by_year",
    "cell_label",
    "corrected_in",
    "difference",
    "form_changes",
    "in_broken_sum",
    "in_disputed_correction",
    "in_doubted_correction",
    "in_numbers",
    "in_unsure",
    "indicators",
    "is_comparable",
    "is_divided",
    "leading_values",
    "line",
    "marks_in",
    "medians_by_kind",
    "normalised",
    "one_a_year",
    "outcomes_in",
    "paired",
    "parts_of",
    "repeated",
    "sentences_of",
    "series",
    "standing_out",
]
