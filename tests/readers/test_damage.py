"""A PDF with foreign bytes inside was told to be no report; it may be one that is damaged."""

from __future__ import annotations

import re
import zlib
from pathlib import Path

import pytest

from ogi.extract import read_report, report_of
from ogi.readers.document import Document, Method, Paragraph, UnreadableFile
from ogi.readers.pdf.damage import is_damaged

REPORT = "示例市公安局"


def spoilt(path: Path, folder: Path) -> Path:
    """The same file with other bytes in each of its compressed parts."""
    data = bytearray(path.read_bytes())
    for match in re.finditer(rb"\bstream\r?\n", bytes(data)):
        data[match.end() + 2 : match.end() + 12] = b"no reports"
    (folder / "spoilt.pdf").write_bytes(data)
    return folder / "spoilt.pdf"


def test_no_sample_is_damaged_but_one_with_other_bytes_in_it(samples: Path, tmp_path: Path) -> None:
    files = sorted(samples.rglob("*.pdf"))
    assert [path for path in files if is_damaged(path)] == []
    assert is_damaged(spoilt(files[0], tmp_path))


def test_the_refusal_of_a_damaged_file_says_so(samples: Path, tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="may be damaged"):
        read_report(spoilt(samples / "淮安市洪泽区人民政府" / "2023.pdf", tmp_path))


def test_a_report_of_which_a_part_is_lost_says_so(samples: Path, tmp_path: Path) -> None:
    """The lower half of a page was gone, and nothing was told but that a table was not found."""
    whole = samples / "淮安市洪泽区人民政府" / "2023.pdf"
    data = bytearray(whole.read_bytes())
    pages = [
        match.end() for match in re.finditer(rb"\bstream\r?\n", bytes(data)) if _is_page(data, match.end())
    ]
    end = data.index(b"endstream", pages[1])
    cut = (pages[1] + end) // 2
    data[cut:end] = bytes(end - cut)
    (tmp_path / "cut.pdf").write_bytes(data)
    lost = [
        [one.message.zh for one in read_report(file).findings if "无法解压" in one.message.zh]
        for file in (whole, tmp_path / "cut.pdf")
    ]
    assert lost == [[], ["文件有部分内容无法解压，页面可能不全，请打开核对"]]


def _is_page(data: bytes, start: int) -> bool:
    """Does the compressed part draw text?"""
    try:
        return b" Tf" in zlib.decompressobj().decompress(data[start:])
    except zlib.error:
        return False


@pytest.mark.parametrize("is_damaged", [True, False])
def test_a_file_without_tables_is_called_damaged_where_it_is(tmp_path: Path, *, is_damaged: bool) -> None:
    text = Paragraph("会议通知")
    with pytest.raises(UnreadableFile) as refused:
        report_of(Document(tmp_path / "x.pdf", Method.PDF, (text,), is_damaged=is_damaged))
    assert ("may be damaged" in str(refused.value)) == is_damaged
    assert ("可能已损坏" in refused.value.told.zh) == is_damaged
