"""Causes: what a review mark settles."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ogi import tables
from ogi.checks.causes import marks_on
from ogi.cli.checking import Checked
from ogi.pages import Frames
from ogi.panel.lines import VerdictCounts
from tests.reports_made import made


@pytest.fixture(scope="module")
def frames() -> Frames:
    """A total of 7 without parts, which breaks two sums, and another wrong total."""
    return made({2022: {"requests/new/total": 7, "review/reconsideration/total": 3}})


def with_mark(frames: Frames, of: int, mark: str) -> Frames:
    """A mark on the line of the first cause that has this place in it."""
    (slip,) = (one for one in frames.slips if one.others)
    line = slip.lines[of]
    row = (frames.agency, 2022, line["rule_id"], line["cells"], mark, "why", "W. L.", "2025-03-31")
    return replace(frames, marks=tables.from_rows("review_marks", [row]))


@pytest.mark.parametrize(
    ("of", "mark", "settled"), [(0, "explained", 2), (0, "dismissed", 2), (0, "open", 0), (1, "explained", 0)]
)
def test_lines_are_settled_by_the_mark_on_the_line_that_tells_their_cause_best(
    frames: Frames, of: int, mark: str, settled: int
) -> None:
    """The command and the panel count lines, and agree with the pages, which count causes."""
    own = with_mark(frames, of, mark)
    marks = marks_on(own.checks, own.figures, own.findings, own.marks, own.corrections)
    assert list(marks.index) == list(own.checks.index)
    assert int(marks["is_settled"].sum()) == settled
    of_settled = marks.loc[marks["is_settled"], ["mark", "comment", "who", "when"]].to_numpy().tolist()
    assert of_settled == [[mark, "why", "W. L.", "2025-03-31"]] * settled, (
        "each line with the mark of its cause"
    )
    assert int(marks["mark"].notna().sum()) == max(settled, 1)
    held = {"checks": own.checks, "figures": own.figures, "findings": own.findings, "reports": own.reports}
    lines = VerdictCounts({**held, "review_marks": own.marks, "corrections": own.corrections})
    key = own.agency, 2022
    assert (lines.settled(key), lines.broken_sums(key)) == (settled, 3 - settled)
    checked = Checked(own.checks, marks, own.corrections, [], [])
    assert checked.of_broken.failing("error") == checked.failing("error") == 3 - settled


def test_of_agencies_without_marks_nothing_is_sought(frames: Frames, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ogi.checks.causes.slips", None)
    found = marks_on(frames.checks, frames.figures, frames.findings, frames.marks, frames.corrections)
    assert not found["is_settled"].any()
    assert found["mark"].isna().all()
