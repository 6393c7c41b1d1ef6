"""The shipped samples: what the script makes, small, and with every special case among them."""

from __future__ import annotations

import json
import re
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any

import docx
import pypdfium2
import pytest

from ogi import forms
from scripts.make_samples import all_samples, make
from scripts.samples.compose import Sample

GOLDEN = Path(__file__).parent / "golden"
SAMPLES = {sample.path: sample for sample in all_samples()}
REAL = {"尧都区商务局", "淮安市洪泽区人民政府", "上海市人民政府办公厅"}
FICTIONAL = [sample for sample in SAMPLES.values() if sample.agency not in REAL]
RADICALS = re.compile("[\u2e80-\u2fdf\uf900-\ufaff\ufb00-\ufb06]")
MAX_SAMPLE, MAX_ALL = 200_000, 2_000_000


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Samples and records made anew, the PDFs left out."""
    folder = tmp_path_factory.mktemp("made")
    make(folder / "samples", folder / "golden", with_pdf=False)
    return folder


def of(quirk: str) -> list[Sample]:
    return [sample for sample in SAMPLES.values() if quirk in sample.plan.quirks]


def only(quirk: str) -> Sample:
    (sample,) = of(quirk)
    return sample


def text_of(samples: Path, sample: Sample) -> str:
    return (samples / sample.path).read_bytes().decode(sample.plan.encoding)


def record(sample: Sample) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((GOLDEN / sample.agency / f"{sample.year}.json").read_text("utf-8"))
    return loaded


def relative_files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def members(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def is_broken(equation: forms.Equation, table_id: str, other: str, values: dict[str, float | None]) -> bool:
    """Does a sum of the form fail in one column (of items) or row (of measures)? A blank counts as zero."""

    def side(ids: tuple[str, ...]) -> float:
        places = [(i, other) if equation.axis == "items" else (other, i) for i in ids]
        return sum(values[f"{table_id}/{item}/{measure}"] or 0 for item, measure in places)

    return side(equation.left) != side(equation.right)


def broken_sums(sample: Sample, values: dict[str, float | None]) -> set[tuple[str, str]]:
    tables = [forms.TABLES[table_id][edition] for table_id, edition in sample.editions.items()]
    return {
        (equation.id, other.id)
        for table in tables
        for equation in table.equations
        for other in (table.measures if equation.axis == "items" else table.items)
        if is_broken(equation, table.id, other.id, values)
    }


def test_the_samples_are_the_ones_the_script_makes(samples: Path) -> None:
    assert relative_files(samples) == set(SAMPLES)


def test_the_records_are_the_ones_the_script_makes(made: Path) -> None:
    assert relative_files(GOLDEN) == relative_files(made / "golden")
    for name in relative_files(GOLDEN):
        assert (GOLDEN / name).read_bytes() == (made / "golden" / name).read_bytes(), name


def test_text_formats_are_made_byte_for_byte(made: Path, samples: Path) -> None:
    names = [name for name in relative_files(made / "samples") if not name.endswith(".docx")]
    assert len(names) > 15
    for name in names:
        assert (made / "samples" / name).read_bytes() == (samples / name).read_bytes(), name


def test_word_files_are_made_part_for_part(made: Path, samples: Path) -> None:
    """Their compression may differ between machines, their content may not."""
    names = [name for name in relative_files(made / "samples") if name.endswith(".docx")]
    assert len(names) > 3
    for name in names:
        assert members(made / "samples" / name) == members(samples / name), name


@pytest.mark.parametrize("name", [name for name in SAMPLES if name.endswith(".pdf")])
def test_a_pdf_says_what_the_record_says_in_ordinary_characters(name: str, samples: Path) -> None:
    with pypdfium2.PdfDocument(samples / name) as pdf:
        pages = [page.get_textpage().get_text_range() for page in pdf]
    text = re.sub(r"\s", "", "".join(pages))
    assert RADICALS.search(text) is None
    feet = "".join(f"-{number}-" for number in range(1, len(pages) + 1))
    assert Counter(text) == Counter(re.sub(r"\s", "", SAMPLES[name].text()) + feet)


@pytest.mark.parametrize("name", [name for name in SAMPLES if name.endswith(".pdf")])
def test_a_pdf_tells_no_date_of_its_making(name: str, samples: Path) -> None:
    dates = re.findall(rb"/(?:CreationDate|ModDate) \(D:(\d+)", (samples / name).read_bytes())
    assert set(dates) == {b"20000101000000"}


def test_the_samples_are_small(samples: Path) -> None:
    sizes = {name: (samples / name).stat().st_size for name in SAMPLES}
    assert max(sizes.values()) < MAX_SAMPLE
    assert sum(sizes.values()) < MAX_ALL


def test_every_agency_but_the_three_real_ones_is_plainly_fictional() -> None:
    assert len({sample.agency for sample in FICTIONAL}) == 6
    assert all("示例" in sample.agency and "示例" in sample.printed_agency for sample in FICTIONAL)
    assert all("虚构" in sample.text() for sample in FICTIONAL)


def test_the_real_bodies_are_said_to_be_printed_from_published_figures() -> None:
    real = [sample for sample in SAMPLES.values() if sample.agency in REAL]
    assert len(real) == 4
    assert all("本样例由项目依据公开数字排印" in sample.text() for sample in real)


def test_the_real_bodies_have_their_true_figures(shared_reports: Path) -> None:
    truths = json.loads((shared_reports / "truth.json").read_text("utf-8")).values()
    by_name = {(s.printed_agency, s.year): record(s)["figures"] for s in SAMPLES.values() if s.agency in REAL}
    for truth in truths:
        figures = by_name[truth["agency"], truth["year"]]
        assert {key: figure[1] for key, figure in figures.items()} == truth["figures"]


def test_each_format_and_both_forms_occur_several_times() -> None:
    assert all(count >= 4 for count in Counter(name.rpartition(".")[2] for name in SAMPLES).values())
    assert {name.rpartition(".")[2] for name in SAMPLES} == {"pdf", "html", "docx", "txt", "md"}
    assert Counter(sample.editions["requests"] for sample in FICTIONAL)["2019"] >= 12
    assert Counter(sample.editions["requests"] for sample in FICTIONAL)["2021"] >= 20


def test_one_agency_published_nothing_for_a_year_in_the_middle() -> None:
    missing = {
        s.agency: set(range(2019, 2025)) - {o.year for o in FICTIONAL if o.agency == s.agency}
        for s in FICTIONAL
    }
    assert {agency: years for agency, years in missing.items() if years} == {"示例市教育局": {2022}}


def test_every_sum_of_a_fictional_agency_holds_before_it_is_misprinted() -> None:
    assert all(broken_sums(sample, sample.values) == set() for sample in FICTIONAL)


def test_the_misprints_break_sums_of_every_kind() -> None:
    sample = only("broken_sums")
    printed = {key: figure[1] for key, figure in record(sample)["figures"].items()}
    assert {key: true for key, (true, _) in record(sample)["misprints"].items()} == {
        key: sample.values[key] for key in sample.plan.misprints
    }
    assert {rule for rule, _ in broken_sums(sample, printed)} == {
        "requests.balance",
        "requests.outcomes",
        "requests.applicants",
        "review.results",
    }


def test_the_carry_over_is_broken_once() -> None:
    broken = []
    for sample in FICTIONAL:
        before = [s for s in FICTIONAL if (s.agency, s.year) == (sample.agency, sample.year - 1)]
        for last in before:
            out, into = last.values["requests/carried_out/total"], sample.values["requests/carried_in/total"]
            broken += [sample.path] if out != into else []
    assert broken == [only("carry_break").path]


def test_the_hybrids_print_two_editions() -> None:
    hybrids = [s for s in SAMPLES.values() if len({s.editions["proactive"], s.editions["requests"]}) > 1]
    assert hybrids == of("hybrid")
    assert {sample.agency in REAL for sample in hybrids} == {True, False}


def test_one_agency_was_renamed() -> None:
    (agency,) = {sample.agency for sample in of("renamed")} - REAL
    names = {sample.printed_agency for sample in FICTIONAL if sample.agency == agency}
    assert len(names) == 2
    assert agency in names


@pytest.mark.parametrize("quirk", ["blank_for_zero", "totals_only"])
def test_blanks_stand_for_zeros(quirk: str) -> None:
    for sample in of(quirk):
        states = Counter(state for state, _, _ in record(sample)["figures"].values())
        assert states["blank"] > 50, sample.path
        assert states["reported"] >= 30, sample.path


def test_only_totals_are_filled_in_outcome_rows() -> None:
    for sample in of("totals_only"):
        granted = {k: v for k, v in record(sample)["figures"].items() if k.startswith("requests/granted/")}
        filled = [key for key, (state, _, _) in granted.items() if state == "reported"]
        assert filled == ["requests/granted/total"]


def test_cells_hold_marks_notes_units_signs_and_separators() -> None:
    printed = " ".join(text for sample in SAMPLES.values() for text in record(sample)["printed"].values())
    words = printed.split()
    assert {"/", "—", "无"} <= set(words)
    for pattern in (
        r"\d+（其中修订\d+件）",
        r"\d+件",
        r"\+\d+",
        r"-\d+",
        r"[０-９]+",
        r"\d+(,\d{3}){2}",
        r"\d+\.\d+万元",
    ):
        assert any(re.fullmatch(pattern, word) for word in words), pattern


def test_a_mark_is_not_applicable_and_a_note_leaves_the_number() -> None:
    for sample in of("notes_and_units"):
        figures, printed = record(sample)["figures"], record(sample)["printed"]
        marked = [figures[key] for key, text in printed.items() if text in {"/", "—", "无"}]
        assert marked
        assert all(state == "not_applicable" and value is None for state, value, _ in marked)
        (noted,) = [key for key, text in printed.items() if "其中修订" in text]
        assert figures[noted] == ["reported", sample.values[noted], "件"]


def test_one_count_is_above_ten_million() -> None:
    counts = [
        v for s in of("above_ten_million") for st, v, u in record(s)["figures"].values() if u == "件" and v
    ]
    assert max(counts) > 10_000_000


def test_labels_are_misspelt_and_shortened(samples: Path) -> None:
    sample = next(s for s in of("label_errors") if s.agency not in REAL)
    text = text_of(samples, sample)
    assert "其他法律行政止公开" in text
    assert "1.逾期不补正" in text
    assert forms.TABLES["requests"]["2021"].item("other.no_correction").zh not in text


def test_content_management_pages_split_digits_in_gb18030(samples: Path) -> None:
    for sample in of("split_digits"):
        text = text_of(samples, sample)
        assert re.search(r"\d</span><font[^>]*>\d</font>", text), sample.path
        assert text.count("<table") > 3 + 3
        assert "&nbsp;" in text
        with pytest.raises(UnicodeDecodeError):
            (samples / sample.path).read_bytes().decode("utf-8")
        with pytest.raises(UnicodeDecodeError):
            (samples / sample.path).read_bytes().decode("gb2312")


def test_column_spans_disagree_between_rows(samples: Path) -> None:
    text = text_of(samples, only("uneven_colspans"))
    rows = re.findall(r"<tr>(.*?)</tr>", text)
    shapes = {
        tuple(re.findall(r'class="figure"( colspan="\d+")?', row)) for row in rows if row.count("figure") == 7
    }
    assert len(shapes) == 2


def test_one_locality_added_a_row_that_holds_no_figure_of_the_form(samples: Path) -> None:
    sample = only("added_row")
    rows = [
        [cell.text for cell in row.cells] for row in docx.Document(str(samples / sample.path)).tables[0].rows
    ]
    assert ["其他主动公开文件", "4", "0", "31"] in rows
    assert len(record(sample)["figures"]) == 10 + 175 + 15


def test_one_row_is_missing(samples: Path) -> None:
    sample = only("missing_row")
    (row,) = sample.plan.missing_rows
    assert forms.TABLES["requests"]["2021"].item(row).zh not in text_of(samples, sample)
    absent = {key for key, (state, _, _) in record(sample)["figures"].items() if state == "absent"}
    assert absent == {key for key in sample.printed if key.startswith(f"requests/{row}/")}


def test_word_tables_have_merged_cells_and_one_is_nested(samples: Path) -> None:
    sample = only("nested_table")
    body = members(samples / sample.path)["word/document.xml"].decode()
    assert 'w:vMerge w:val="restart"' in body
    assert 'w:gridSpan w:val="7"' in body
    assert len(docx.Document(str(samples / sample.path)).tables[0].cell(0, 0).tables) == 1


def test_text_comes_in_several_encodings() -> None:
    encodings = {sample.plan.encoding for sample in SAMPLES.values() if sample.plan.extension == "txt"}
    assert encodings == {"utf-8", "utf-8-sig", "utf-16", "gb18030"}
