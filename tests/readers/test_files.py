"""Files that are not what their name says, or too large, or not there."""

from __future__ import annotations

import os

import pytest

from ogi.readers.document import UnreadableFile
from ogi.readers.files import contents, kind_of, text_contents
from ogi.readers.limits import LIMITS

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (OLE + "EncryptedPackage".encode("utf-16-le"), "password"),
        (OLE + "WordDocument".encode("utf-16-le"), r"old Word file \(\.doc"),
        (OLE, "old Office file"),
        (b"{\\rtf1", "rich text"),
        (b"\x89PNG\r\n", "picture"),
        (b"\xff\xd8\xff\xe0", "picture"),
    ],
)
def test_a_renamed_file_is_called_what_it_is(tmp_path, data: bytes, kind: str):
    path = tmp_path / "report.txt"
    path.write_bytes(data)
    with pytest.raises(UnreadableFile, match=kind):
        text_contents(path, "a text file")


def test_text_is_of_no_known_kind():
    assert kind_of("年度报告".encode()) is None


def test_a_missing_file_and_a_folder(tmp_path):
    for path in (tmp_path / "none.txt", tmp_path):
        with pytest.raises(UnreadableFile, match="expected a text file, found"):
            contents(path, "a text file")


def test_a_file_too_large_is_not_even_opened(tmp_path):
    path = tmp_path / "large.txt"
    path.touch()
    os.truncate(path, LIMITS.file_bytes + 1)  # a hole: takes no room on the disk
    with pytest.raises(UnreadableFile, match="at most 64 MB"):
        contents(path, "a text file")
