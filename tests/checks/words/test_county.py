"""Section texts as counties and townships phrase them, beside a county's tables or tables of zeros.

Each line of county.tsv is a text (\\n: a line break). It "agrees" where a fair reader finds it borne out by
the tables or cannot compare the two; or it holds one contradiction.
"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

import pandas as pd
import pytest

from ogi.checks import check
from tests.checks.made import narratives, report

AGENCY, YEAR = "乙县自然资源局", 2024
TABLES = {
    "requests": (
        ("total", "natural_person", "business", "legal_service", "other_organisation"),
        {
            "new": (137, 118, 12, 5, 2),
            "carried_in": (9, 9),
            "granted": (46, 40, 6),
            "partly_granted": (13, 11, 2),
            "refused.third_party": (3, 1, 2),
            "refused.internal_affairs": (4, 4),
            "refused.deliberative": (2, 2),
            "refused.enforcement_file": (5, 3, 0, 2),
            "refused.administrative_inquiry": (1, 1),
            "unavailable.not_held": (31, 25, 2, 2, 2),
            "unavailable.needs_creation": (6, 6),
            "unavailable.still_unclear": (2, 2),
            "not_processed.petition": (9, 9),
            "not_processed.repeated": (5, 5),
            "other.no_correction": (3, 3),
            "other.other": (4, 3, 0, 1),
            "outcome_total": (134, 115, 10, 7, 2),
            "carried_out": (12, 12),
        },
    ),
    "review": (
        ("total", "upheld", "corrected", "other", "pending"),
        {
            "reconsideration": (11, 6, 2, 2, 1),
            "litigation_direct": (4, 3, 0, 0, 1),
            "litigation_after_reconsideration": (3, 2, 1, 0, 0),
        },
    ),
}
"""Table → measures, and the figures of each item under them, zeros left out."""
with (Path(__file__).parent / "county.tsv").open(encoding="utf-8", newline="") as told:
    TEXTS = list(csv.DictReader(told, delimiter="\t", quoting=csv.QUOTE_NONE))


@cache
def broken() -> list[list[str]]:
    """The rules on words that each text breaks; each stands in a report of its own."""
    county = pd.concat(
        [
            report(
                table,
                cells={
                    f"{i}/{m}": float(value)
                    for i, values in items.items()
                    for m, value in zip(measures, values, strict=False)
                },
            )
            for table, (measures, items) in TABLES.items()
        ]
    ).assign(agency=AGENCY, year=YEAR)
    figures = {"county": county, "zeros": county.assign(value=0.0)}
    held = [figures[text["tables"]].assign(report_id=str(n)) for n, text in enumerate(TEXTS)]
    words = [
        narratives(str(n), YEAR, **{text["section"]: text["text"].replace("\\n", "\n")}).assign(agency=AGENCY)
        for n, text in enumerate(TEXTS)
    ]
    checks = check(pd.concat(held, ignore_index=True), narratives=pd.concat(words, ignore_index=True))
    wrong = checks[checks["rule_id"].str.match("told|words|dates") & (checks["verdict"] == "broken")]
    rules = {name: list(rows["rule_id"]) for name, rows in wrong.groupby("report_id")}
    return [rules.get(str(n), []) for n in range(len(TEXTS))]


@pytest.mark.parametrize("n", range(len(TEXTS)), ids=[text["text"][:24] for text in TEXTS])
def test_what_a_fair_reader_sees_is_what_is_told(n: int) -> None:
    is_contradicted = TEXTS[n]["verdict"] == "contradicts"
    assert bool(broken()[n]) == is_contradicted, (TEXTS[n], broken()[n])
