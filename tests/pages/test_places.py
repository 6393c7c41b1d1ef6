"""How many pictures a page bears, and of which cells."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from ogi.forms import TABLES
from ogi.pages import Frames
from ogi.pages.places import MOST_PICTURES, Places
from tests.reports_made import made

REPORT = "甲市/2023.png"
CELLS = [f"requests/{item.id}/total" for item in TABLES["requests"]["2021"].items]


@pytest.fixture
def frames(tmp_path: Path) -> Frames:
    """A report whose page is a picture, the totals of its requests one below the other."""
    Image.effect_noise((600, 800), 90).save(tmp_path / "2023.png", dpi=(72, 72))
    found = made({2023: {}})
    totals = (found.figures["table"] == "requests") & (found.figures["measure"] == "total")
    figures = found.figures[totals].reset_index(drop=True)
    top = 100.0 + 20 * figures.index.to_numpy()
    figures = figures.assign(report_id=REPORT, page=1, x0=300.0, top=top, x1=340.0, bottom=top + 18)
    return replace(found, figures=figures, files={REPORT: tmp_path / "2023.png"})


def pictures(places: Places, *cells: str) -> int:
    return len(places.clips({"report_id": REPORT, "year": 2023, "cells": list(cells)}))


def test_a_page_bears_only_so_many_pictures(frames: Frames) -> None:
    places = Places(frames)
    assert [pictures(places, cell) for cell in CELLS[: MOST_PICTURES + 2]] == [1] * MOST_PICTURES + [0] * 2


def test_what_an_earlier_picture_shows_needs_no_other(frames: Frames) -> None:
    places = Places(frames)
    assert pictures(places, *CELLS[:2]) == 1
    assert pictures(places, CELLS[1]) == 0
    assert pictures(places, *CELLS[1:3]) == 1
