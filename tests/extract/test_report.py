"""Whole files: the samples against what was printed into them, and the real reports where there are any."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ogi.extract import read_report
from ogi.values import State
from tests.readings import assert_told_in_chinese_too, reading

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = sorted(path for path in (ROOT / "data" / "samples").glob("*/*") if path.is_file())


@pytest.mark.parametrize("sample", SAMPLES, ids=[f"{p.parent.name}/{p.name}" for p in SAMPLES])
def test_every_figure_of_a_sample_is_what_was_printed(sample):
    golden = json.loads((ROOT / "tests" / "golden" / sample.parent.name / f"{sample.stem}.json").read_text())
    report = reading(sample)
    assert {f.id: [f.state, f.value, f.unit] for f in report.figures} == golden["figures"]
    assert (report.agency, report.year) == (golden["printed_agency"], golden["year"])
    assert [n.section for n in report.narratives if n.section != "preamble"] == [
        "overview",
        "proactive",
        "requests",
        "review",
        "problems",
        "other",
    ]


@pytest.mark.parametrize("sample", SAMPLES, ids=[f"{p.parent.name}/{p.name}" for p in SAMPLES])
def test_what_is_told_of_a_sample_is_told_in_chinese_too(sample):
    assert_told_in_chinese_too(sample)


def test_every_figure_of_the_real_reports_is_exact(shared_reports):
    truth = json.loads((shared_reports / "truth.json").read_text())
    for name, true in truth.items():
        report = read_report(shared_reports / name)
        read = {figure.id: None if figure.state == State.BLANK else figure.value for figure in report.figures}
        assert read == true["figures"], name
        assert {figure.state for figure in report.figures} <= {State.REPORTED, State.BLANK}
        assert (report.agency, report.year) == (true["agency"], true["year"])
    assert sum(len(true["figures"]) for true in truth.values()) == 768
