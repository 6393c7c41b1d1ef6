"""Documents as they are met outside: of a figure nothing is told but what shows, however a file is called."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from ogi.values import LEAST_CONFIDENCE
from tests.corpus.manners import BROWSER, OFFICE, Odd, odd
from tests.corpus.manners.cells import faults
from tests.corpus.score import Score, score

ODD = list(odd())
TEXTS = [d for d in ODD if d.layout in ("odd_html", "odd_docx")]
DRAWN = [
    d
    for d in ODD
    if d.layout == "odd_pdf" and d.manner in ("lying_drawn_font", "said_otherwise", "without_ink_behind")
]
FILES = [d for d in ODD if d.layout == "odd_files"]


def read(document: Odd, folder: Path) -> Score:
    path = folder / f"report.{document.extension}"
    data, record = document.made()
    path.write_bytes(data)
    path.with_suffix(".json").write_text(record, "utf-8")
    return score(path)


@pytest.mark.parametrize("document", [*TEXTS, *DRAWN], ids=lambda document: document.path)
def test_nothing_is_told_with_confidence_but_what_shows(document: Odd, tmp_path: Path) -> None:
    found = read(document, tmp_path)
    assert found.error is None
    assert found.unmarked == ()
    assert [told for told in found.wrong if float(told.rpartition("(")[2][:-1]) >= LEAST_CONFIDENCE] == []
    assert found.right >= 150  # all cells that are printed as usual


@pytest.mark.parametrize("document", FILES, ids=lambda document: document.path)
def test_a_file_is_read_as_what_it_is(document: Odd, tmp_path: Path) -> None:
    found = read(document, tmp_path)
    assert (found.error, found.wrong, found.missing) == (None, (), ())


def test_the_manners_are_enough_and_each_is_named_once() -> None:
    assert len({document.path for document in ODD}) == len(ODD) >= 345
    assert {BROWSER, OFFICE} < {document.layout for document in ODD}
    assert json.loads(FILES[0].made()[1]) == json.loads(FILES[0].made()[1])


@given(st.integers(0, 10**9))
@settings(
    deadline=None,
    max_examples=5,  # of 24 cells each
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=list(HealthCheck),
)
def test_no_number_is_told_that_the_picture_does_not_show(seed: int) -> None:
    assert list(faults(random.Random(seed))) == []


@pytest.mark.parametrize(
    "seed",
    [
        pytest.param("7 72", id="digits_pressed_together_in_text_of_no_use"),
        pytest.param("7 76", id="a_number_crossed_out_in_text_of_no_use"),
        pytest.param("101 5", id="drawn_digits_whose_strokes_are_taken_for_a_table"),
        pytest.param("103 100", id="equal_digits_pressed_together"),
    ],
)
def test_no_number_is_told_again_that_once_was(seed: str) -> None:
    assert list(faults(random.Random(seed))) == []
