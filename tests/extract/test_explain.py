"""The trace of a figure: every object that decided it, as the reading itself made them."""

from __future__ import annotations

from pathlib import Path

import pytest

from ogi import readers
from ogi.extract import explain, read_report
from ogi.extract.labels import LabelBasis
from ogi.readers.document import Box, Document
from ogi.values import State

SAMPLES = Path(__file__).resolve().parents[2] / "data" / "samples"
PDFS = sorted(SAMPLES.glob("*/*.pdf"))[:1]


@pytest.fixture(scope="module", params=PDFS, ids=lambda path: path.parent.name)
def printed(request: pytest.FixtureRequest) -> tuple[Path, Document]:
    return request.param, readers.read(request.param)


def test_a_trace_ends_in_the_figure_that_the_report_has(printed: tuple[Path, Document]) -> None:
    path, document = printed
    for figure in read_report(path).figures[::7]:
        assert explain(document, figure.id).figure == figure


def test_a_trace_leads_from_the_page_to_the_value(printed: tuple[Path, Document]) -> None:
    _, document = printed
    trace = explain(document, "requests/new/total")
    figure, found, value = trace.figure, trace.found, trace.value
    assert found is not None
    assert found.cell is not None
    assert value is not None
    assert isinstance(figure.box, Box)
    assert figure.box == found.cell.box
    assert figure.printed == found.cell.text
    assert any(found.cell is cell for cell in found.row.cells)
    assert "本年新收" in found.row.label
    assert (found.match.item, found.match.basis) == ("new", LabelBasis.EXACT)
    assert (found.column.measure, found.column.cell.text) == ("total", "总计")
    assert (value.state, value.value) == (State.REPORTED, figure.value)
    assert found.problem is None


def test_a_column_names_the_item_of_the_table_of_review(printed: tuple[Path, Document]) -> None:
    found = explain(printed[1], "review/litigation_direct/total").found
    assert found is not None
    assert found.match.basis == LabelBasis.COLUMN


def test_what_the_form_has_not_is_refused(printed: tuple[Path, Document]) -> None:
    with pytest.raises(KeyError):
        explain(printed[1], "requests/new/nobody")
