"""What a file is called says little: web pages and new Word files are called .doc, .wps or .xls."""

from __future__ import annotations

from pathlib import Path

import pytest

from ogi.extract import read_report
from ogi.readers import office, read
from ogi.readers.document import FOLDED, Method

SAVED = (
    b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n"
    b"--x\r\nContent-Type: text/html; charset=utf-8\r\n\r\n%s\r\n--x--\r\n"
)


@pytest.fixture(autouse=True)
def _no_office(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "_PROGRAMS", ())


@pytest.mark.parametrize("ending", ["doc", "docx", "wps", "rtf", "xls", "xlsx", "et"])
@pytest.mark.parametrize("manner", ["utf-8", "utf-16", "saved whole"])
def test_a_web_page_is_read_as_one_whatever_its_name(
    ending: str, manner: str, samples: Path, tmp_path: Path
) -> None:
    page = next(samples.glob("*/*.html"))
    data = page.read_bytes()
    path = tmp_path / f"2023.{ending}"
    path.write_bytes(
        SAVED % data
        if manner == "saved whole"
        else data.decode("utf-8").replace('charset="utf-8"', "").encode(manner)
    )
    found, whole = read_report(path), read_report(page)
    assert found.method == Method.HTML
    assert [(f.id, f.value, f.state) for f in found.figures] == [
        (f.id, f.value, f.state) for f in whole.figures
    ]


@pytest.mark.parametrize("ending", ["doc", "wps", "xls"])
def test_a_new_word_file_needs_no_office_whatever_its_name(
    ending: str, samples: Path, tmp_path: Path
) -> None:
    word = next(samples.glob("*/*.docx"))
    path = tmp_path / f"2023.{ending}"
    path.write_bytes(word.read_bytes())
    found = read_report(path)
    assert found.method == Method.WORD
    assert found.figures == read_report(word).figures


@pytest.mark.parametrize("ending", ["html", "md", "txt"])
def test_radicals_are_read_as_the_characters_that_they_look_like(
    ending: str, samples: Path, tmp_path: Path
) -> None:
    """As PDF converters write them: kangxi_few."""
    report = next(samples.glob(f"*/*.{ending}"))
    back = {character: radical for radical, character in FOLDED.items() if "\u2e80" <= radical < "\u2fe0"}
    text = report.read_text("utf-8")
    path = tmp_path / report.name
    path.write_text(text.translate(str.maketrans(back)), "utf-8")
    assert path.read_text("utf-8") != text
    found, whole = read_report(path), read_report(report)
    assert (found.agency, found.year, found.title) == (whole.agency, whole.year, whole.title)
    assert found.figures == whole.figures
    assert found.findings == whole.findings
    assert read(path).blocks == read(report).blocks
