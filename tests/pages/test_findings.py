"""How complete the reports are: figures that are not there or not sure are told, and no others are."""

from __future__ import annotations

from dataclasses import replace

import lxml.html

from ogi import pages
from ogi.forms import REPORT_TITLE
from ogi.pages import Frames
from ogi.values import State
from tests.reports_made import made

ABSENT, READ = "requests/carried_in/total", "requests/new/total"


def sentences(frames: Frames, language: str = "en") -> list[str]:
    tree = lxml.html.fragment_fromstring(pages.completeness(frames, language), create_parent="div")
    return [" ".join(item.text_content().split()) for item in tree.iter("li")]


def with_confidence(frames: Frames, cells: list[str], confidence: float) -> Frames:
    figures = frames.figures.copy()
    ids = figures["table"] + "/" + figures["item"] + "/" + figures["measure"]
    figures.loc[ids.isin(cells), "confidence"] = confidence
    return replace(frames, figures=figures)


def test_only_a_figure_that_was_read_with_little_confidence_is_doubtful() -> None:
    frames = made({2022: {ABSENT: State.ABSENT}})
    sure = sentences(frames)
    assert not any("confidence" in sentence for sentence in sure)
    one, *others = [s for s in sentences(with_confidence(frames, [READ, ABSENT], 0.5)) if s not in sure]
    assert (one.split()[0], others) == ("1", []), "what is absent was not read at all"


def test_where_nothing_is_missing_one_line_says_so() -> None:
    frames = made({2022: {READ: 3}})
    assert sentences(frames, "zh") == []
    assert "2022年：年度、表格和单元格均无缺漏" in pages.completeness(frames, "zh")
    both = made({2021: {READ: 3}, 2022: {READ: 3}})
    assert "2021–2022: no year, table or cell is missing" in pages.completeness(both)


def test_the_cover_says_what_kind_of_report_it_is() -> None:
    assert REPORT_TITLE in pages.cover(made({2022: {}}))
