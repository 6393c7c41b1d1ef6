"""Sentences in other words than the vocabulary's: contradictions of their table are told, and no others.

How many exactly: docs/accuracy.md. Those of the project's owner are looked at where they are at hand.
"""

from __future__ import annotations

import csv
import json
from functools import cache
from pathlib import Path

import pytest

from tests.checks.words.sentences import SETS, Score, Sentence, named, scored, sentences

LEAST_TOLD, MOST_ALARMS = 0.90, 0.005
"""Of the counts that contradict their table, the share told; of the tables that agree, that called broken."""


@cache
def scores(name: str) -> list[Score]:
    return scored(sentences(SETS[name]))


@pytest.mark.parametrize("name", SETS)
def test_contradictions_are_told(name: str) -> None:
    seen = [is_seen for one in scores(name) for is_seen in one.seen]
    assert sum(seen) >= LEAST_TOLD * len(seen)


@pytest.mark.parametrize("name", SETS)
def test_what_agrees_is_not_called_broken(name: str) -> None:
    alarms = [one.sentence.text for one in scores(name) if one.alarms]
    assert len(alarms) <= MOST_ALARMS * 2 * len(scores(name)), alarms


def test_there_are_three_hundred_sentences() -> None:
    assert sum(len(scores(name)) for name in SETS) >= 300


# The owner's names for what a sentence tells, and ours.
NAMES = {
    **{"received": "new", "closed": "closed", "handled": "handled", "carried_in": "in", "carried_out": "out"},
    **{"granted": "granted", "gp": "gp", "refused": "refused", "unavailable": "unavailable"},
    **{"none_req": "new", "none_rec": "rec", "none_lit": "lit", "rec": "rec"},
    **{"rec_up": "rec.upheld", "rec_cor": "rec.corrected", "sub_not_held": "unavailable.not_held"},
    **{"sub_deliberative": "refused.deliberative", "sub_repeated": "not_processed.repeated"},
}


def test_the_owners_sentences_are_understood(shared_reports: Path) -> None:
    path = shared_reports.parent / "wild" / "sentences.tsv"
    with path.open(encoding="utf-8", newline="") as file:
        told = [_owners(line) for line in csv.DictReader(file, delimiter="\t")]
    lost = [one.sentence.text for one in scored(told) if not all(one.seen)]
    assert lost == []


def _owners(line: dict[str, str]) -> Sentence:
    counts = json.loads(line["tells"])
    tells = tuple((named(NAMES[name], "2021"), float(number)) for name, number in counts)
    return Sentence(line["kind"], line["agency"], int(line["year"]), line["sentence"], tells)
