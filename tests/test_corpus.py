"""The layout corpus: its committed part is read without a fault, and any figures in any text layout are."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from PIL import Image

from ogi import forms
from ogi.extract import read_report
from ogi.extract.report import FindingKind
from ogi.readers.document import UnreadableFile
from scripts.samples.compose import compose
from scripts.samples.drawn_pdf import write_long
from scripts.samples.plan import Plan
from scripts.samples.writers import WRITERS
from tests.corpus.layouts import LAYOUTS
from tests.corpus.mix import Document, committed, committed_scans, crossed, sample_of
from tests.corpus.quirks import QUIRKS
from tests.corpus.scans import SCANS
from tests.corpus.score import compared, score
from tests.corpus.verdicts import Verdicts, verdicts
from tests.readings import assert_told_in_chinese_too, reading

COMMITTED = Path(__file__).parent / "corpus" / "committed"
DIGITAL, SCANNED = committed(1), committed_scans(1)
DRAWN = ("pdf_ruled", "pdf_unruled")
TEXTS = ("docx", "html", "cms", "txt_cells", "txt_rows", "md", "md_groups")
QUICK = settings(
    deadline=None,
    max_examples=25,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # a whole report is not worth shrinking
    suppress_health_check=list(HealthCheck),
)
MAX_ALL = 10 * 1024**2

Record = dict[str, Any]


def path_of(document: Document) -> Path:
    return COMMITTED / document.path


def names(documents: list[Document]) -> list[str]:
    return [document.path for document in documents]


LOST = {"pdf_unruled/004-hybrid-wrapped_heads.pdf": "proactive/fees/amount"}
"""A cell that is not read, and is told to be missing: a lone figure under a head of one column on several
lines, without any ruling. The rule for it served six of 12,104 figures, and no report that was ever seen."""


@pytest.mark.parametrize("document", DIGITAL, ids=names(DIGITAL))
def test_every_figure_of_a_digital_document_is_right(document: Document) -> None:
    path = path_of(document)
    read = compared(path, json.loads(path.with_suffix(".json").read_text("utf-8")), reading(path), 0)
    assert read.wrong == ()
    assert [told.partition(":")[0] for told in read.missing] == [*filter(None, [LOST.get(document.path)])]
    assert read.right + len(read.missing) >= 186
    assert (read.sums.accused, read.sums.missed, read.sums.undecided) == ((), 0, 0)


@pytest.mark.parametrize("document", DIGITAL, ids=names(DIGITAL))
def test_what_is_told_of_a_digital_document_is_told_in_chinese_too(document: Document) -> None:
    assert_told_in_chinese_too(path_of(document))


def test_the_committed_part_shows_every_layout_and_every_quirk() -> None:
    shown = [document for document in (*DIGITAL, *SCANNED) if path_of(document).is_file()]
    assert {document.layout for document in shown} == {*LAYOUTS, *SCANS}
    assert {quirk for document in shown for quirk in document.quirks} == set(QUIRKS)


def test_the_committed_part_is_what_the_generator_names_and_small() -> None:
    files = [path for path in COMMITTED.rglob("*") if path.is_file()]
    documents = {path.relative_to(COMMITTED).as_posix() for path in files if path.suffix != ".json"}
    assert documents == {document.path for document in (*DIGITAL, *SCANNED)}
    assert sum(path.stat().st_size for path in files) < MAX_ALL


@pytest.mark.parametrize("document", [*DIGITAL, *SCANNED], ids=names([*DIGITAL, *SCANNED]))
def test_the_seed_tells_every_record(document: Document) -> None:
    assert path_of(document).with_suffix(".json").read_text("utf-8") == document.record()


@pytest.mark.parametrize("document", [d for d in DIGITAL if d.layout in TEXTS[1:]], ids=lambda d: d.path)
def test_the_seed_tells_every_byte_of_a_text(document: Document) -> None:
    assert path_of(document).read_bytes() == WRITERS[document.layout](document.sample)


@pytest.mark.parametrize("document", SCANNED, ids=names(SCANNED))
def test_a_scan_holds_pictures_and_no_text(document: Document) -> None:
    if path_of(document).suffix != ".pdf":
        with Image.open(path_of(document)) as picture:
            assert picture.width > 1000
        return
    with pypdfium2.PdfDocument(path_of(document)) as pdf:
        assert all(page.get_textpage().count_chars() == 0 for page in pdf)


def test_a_long_picture_holds_all_of_a_report_whose_table_is_broken() -> None:
    broken = sample_of("pdf_ruled", ("page_break",), random.Random("long"))
    with pypdfium2.PdfDocument(write_long(broken)) as pdf:
        printed = "".join(page.get_textpage().get_text_range() for page in pdf)
        assert len(pdf) > 1
    assert all(section.zh in printed for section in forms.SECTIONS)


def test_the_whole_corpus_crosses_every_layout_with_every_quirk() -> None:
    documents = crossed(600, 1)
    pairs = {(d.layout, d.quirks[0]) for d in documents if len(d.quirks) == 1}
    assert pairs == {(layout, q.name) for q in QUIRKS.values() for layout in LAYOUTS if q.fits(layout)}
    assert len(documents) == 600
    assert len({document.path for document in documents}) == 600


@pytest.fixture(scope="module")
def honest() -> tuple[Path, Record]:
    """A document that is read without a fault, and its record."""
    path = path_of(next(document for document in DIGITAL if document.layout == "md"))
    return path, json.loads(path.with_suffix(".json").read_text("utf-8"))


def told_otherwise(record: Record, change: Callable[[list[Any]], list[Any]]) -> tuple[str, Record]:
    """A record with one figure changed."""
    key = next(key for key, (state, *_) in record["figures"].items() if state == "reported")
    return key, {**record, "figures": {**record["figures"], key: change(record["figures"][key])}}


def test_a_wrong_value_unit_or_state_is_counted_as_wrong_without_a_mark(honest: tuple[Path, Record]) -> None:
    path, record = honest
    report = reading(path)
    changes: list[Callable[[list[Any]], list[Any]]] = [
        lambda told: [told[0], told[1] + 1, told[2]],
        lambda told: [told[0], told[1], "元"],
        lambda told: ["blank", None, told[2]],
        lambda told: ["absent", None, told[2]],
    ]
    for change in changes:
        key, other = told_otherwise(record, change)
        read = compared(path, other, report, 0)
        assert [said.partition(":")[0] for said in read.wrong] == [key]
        assert read.unmarked == read.wrong
        assert read.right == len(record["figures"]) - 1


def test_a_sum_that_is_broken_by_our_reading_alone_is_counted_against_us(
    honest: tuple[Path, Record],
) -> None:
    path, record = honest
    report = reading(path)
    one = "requests/granted/natural_person"
    misread = replace(
        report,
        figures=tuple(replace(f, value=(f.value or 0) + 1) if f.id == one else f for f in report.figures),
    )
    assert verdicts(report, record) == Verdicts()
    assert len(verdicts(misread, record).accused) == 2
    state, value, unit = record["figures"][one]
    wrongly_printed = {**record, "figures": {**record["figures"], one: [state, (value or 0) + 1, unit]}}
    assert verdicts(misread, wrongly_printed) == Verdicts(broken=2, reported=2)
    assert verdicts(report, wrongly_printed) == Verdicts(broken=2, missed=2)


def test_a_figure_lost_is_missing_and_one_invented_is_wrong(honest: tuple[Path, Record]) -> None:
    path, record = honest
    report = reading(path)
    one = next(iter(record["figures"]))
    more = {**record["figures"], "review/reconsideration/withdrawn": ["reported", 1, "件"]}
    assert len(compared(path, {**record, "figures": more}, report, 0).missing) == 1
    fewer = {key: told for key, told in record["figures"].items() if key != one}
    assert len(compared(path, {**record, "figures": fewer}, report, 0).wrong) == 1


def test_a_file_that_is_no_report_has_all_its_figures_missing(
    tmp_path: Path, honest: tuple[Path, Record]
) -> None:
    path = tmp_path / "empty.txt"
    path.write_text("本页无内容")
    path.with_suffix(".json").write_text(json.dumps(honest[1]))
    with pytest.raises(UnreadableFile):
        read_report(path)
    read = score(path)
    assert (read.right, len(read.missing)) == (0, len(honest[1]["figures"]))
    assert read.error is not None


MARKED = [n for n, quirk in QUIRKS.items() if all(map(quirk.fits, DRAWN)) and n != "pictured"]
"""Quirks of a PDF; a table that is a picture is the recogniser's."""
FEW = settings(QUICK, max_examples=6)
EASY = [name for name, quirk in QUIRKS.items() if all(quirk.fits(layout) for layout in TEXTS)]


def any_figures(data: st.DataObject, edition: str, most: int) -> dict[str, int | None]:
    """A number up to `most`, or a blank, for every figure of an edition."""
    keys = [f"{t}/{i.id}/{m.id}" for t, e in forms.TABLES.items() for i, m in e[edition].cells()]
    number = st.none() | st.integers(0, most)
    return dict(zip(keys, data.draw(st.lists(number, min_size=len(keys), max_size=len(keys))), strict=True))


def read_back(folder: Path, layout: str, edition: str, values: dict[str, int | None]) -> None:
    """Print the values into a layout and read every one of them back."""
    plan = Plan(layout)
    editions = dict.fromkeys(forms.TABLES, edition)
    year = 2020 if edition == "2019" else 2023
    # The sentences of section one tell some of the totals, whatever they are.
    sample = compose("示例市教育局", year, values, plan, editions, voice=0, real=True)
    path = folder / f"report.{plan.extension}"
    path.write_bytes(WRITERS[layout](sample))
    figures = {figure.id: figure for figure in read_report(path).figures}
    found = {key: (f.state, f.value, f.unit) for key, f in figures.items()}
    assert found == {key: tuple(printed.golden) for key, printed in sample.printed.items()}


@given(st.data(), st.sampled_from(TEXTS), st.sampled_from(forms.EDITIONS))
@QUICK
def test_any_figures_in_any_text_layout_are_read_back(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject, layout: str, edition: str
) -> None:
    read_back(tmp_path_factory.mktemp("report"), layout, edition, any_figures(data, edition, 10**8))


@given(st.data(), st.sampled_from(forms.EDITIONS))
@FEW
def test_any_figures_in_a_ruled_pdf_are_read_back(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject, edition: str
) -> None:
    read_back(tmp_path_factory.mktemp("report"), "pdf_ruled", edition, any_figures(data, edition, 10**8))


@given(st.randoms(use_true_random=False), st.sampled_from(forms.EDITIONS))
@FEW
def test_any_figures_in_a_pdf_without_lines_are_read_back(
    tmp_path_factory: pytest.TempPathFactory, rng: Any, edition: str
) -> None:
    keys = [f"{t}/{i.id}/{m.id}" for t, e in forms.TABLES.items() for i, m in e[edition].cells()]
    values = {key: rng.choice((0, rng.randrange(100), rng.randrange(100_000))) for key in keys}
    read_back(tmp_path_factory.mktemp("report"), "pdf_unruled", edition, values)


@given(
    st.randoms(use_true_random=False), st.sampled_from(DRAWN), st.lists(st.sampled_from(MARKED), max_size=2)
)
@FEW
def test_no_figure_of_a_drawn_pdf_with_any_quirks_is_wrong(
    tmp_path_factory: pytest.TempPathFactory, rng: Any, layout: str, quirks: list[str]
) -> None:
    ordered = tuple(name for name in QUIRKS if name in quirks)
    document = Document(layout, ordered, 0, str(rng.getrandbits(60)))
    sample = sample_of(layout, ordered, document.rng())
    path = tmp_path_factory.mktemp("report") / "report.pdf"
    path.write_bytes(WRITERS[layout](sample))
    path.with_suffix(".json").write_text(document.record(), "utf-8")
    read = score(path)
    assert read.error is None
    assert read.wrong == ()
    assert layout != "pdf_ruled" or read.missing == ()


@given(st.randoms(use_true_random=False), st.sampled_from(TEXTS), st.lists(st.sampled_from(EASY), max_size=4))
@QUICK
def test_a_random_report_with_any_quirks_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, rng: Any, layout: str, quirks: list[str]
) -> None:
    ordered = tuple(name for name in QUIRKS if name in quirks)
    document = Document(layout, ordered, 0, str(rng.getrandbits(60)))
    sample = sample_of(layout, ordered, document.rng())
    path = tmp_path_factory.mktemp("report") / f"report.{sample.plan.extension}"
    path.write_bytes(WRITERS[layout](sample))
    path.with_suffix(".json").write_text(document.record(), "utf-8")
    read = score(path)
    assert read.error is None
    assert read.wrong == ()
    assert read.missing == ()


@pytest.mark.parametrize(("path", "cell"), LOST.items())
def test_a_cell_that_is_lost_is_told_to_be_missing(path: str, cell: str) -> None:
    table, item, _ = cell.split("/")
    report = reading(COMMITTED / path)
    found = [one for one in report.findings if one.kind == FindingKind.ROW_MISSING and one.table == table]
    assert [forms.TABLES[table]["2021"].item(item).zh in one.message for one in found] == [True]
