"""Word files as converters and other programs leave them, which Word opens all the same."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from ogi.extract import read_report
from ogi.readers.document import UnreadableFile

Parts = dict[str, bytes]
DOCUMENT, LINKS, TYPES = "word/document.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"
OFFICE = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


def linked(parts: Parts, id: str, kind: bytes, target: bytes) -> Parts:
    link = b'<Relationship Id="%s" Type="%s%s" Target="%s"/></Relationships>' % (
        id.encode(),
        OFFICE,
        kind,
        target,
    )
    return {**parts, LINKS: parts[LINKS].replace(b"</Relationships>", link)}


def strict(parts: Parts) -> Parts:
    names = re.compile(
        rb"http://schemas\.openxmlformats\.org/(officeDocument|wordprocessingml|drawingml)/2006/"
    )
    return {name: names.sub(rb"http://purl.oclc.org/ooxml/\1/", part) for name, part in parts.items()}


def retyped(kind: bytes) -> Callable[[Parts], Parts]:
    usual = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    return lambda parts: {**parts, TYPES: parts[TYPES].replace(usual, kind)}


MANNERS: dict[str, Callable[[Parts], Parts]] = {
    "rel_null": lambda parts: linked(parts, "rId999", b"image", b"../NULL"),
    "rel_away": lambda parts: linked(parts, "rId999", b"image", b"media/gone.png"),
    "strict": strict,
    "core_broken": lambda parts: {**parts, "docProps/core.xml": b"<cp:coreProperties <broken"},
    "template": retyped(b"application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"),
    "macros": retyped(b"application/vnd.ms-word.document.macroEnabled.main+xml"),
    "macro_template": retyped(b"application/vnd.ms-word.template.macroEnabledTemplate.main+xml"),
}


def packed(parts: Parts, path: Path) -> Path:
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    path.write_bytes(out.getvalue())
    return path


@pytest.fixture
def report(samples: Path) -> Path:
    return next(samples.glob("*/*.docx"))


@pytest.fixture
def parts(report: Path) -> Parts:
    with ZipFile(report) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize("manner", MANNERS)
def test_what_word_opens_is_read(manner: str, parts: Parts, report: Path, tmp_path: Path) -> None:
    changed = MANNERS[manner](parts)
    assert changed != parts
    found, whole = read_report(packed(changed, tmp_path / report.name)), read_report(report)
    assert (found.figures, found.findings, found.agency) == (whole.figures, whole.findings, whole.agency)


@pytest.mark.parametrize("manner", ["page", "saved whole", "other"])
def test_a_web_page_within_is_text_of_the_document(
    manner: str, parts: Parts, samples: Path, tmp_path: Path
) -> None:
    page = next(samples.glob("*/*.html"))
    data = page.read_bytes()
    if manner == "saved whole":
        head = b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n"
        data = head + b"--x\r\nContent-Type: text/html\r\n\r\n" + data + b"\r\n--x--\r\n"
    if manner == "other":
        data = b"{\\rtf1 text}"
    body = re.sub(
        rb"<w:body>.*</w:body>",
        lambda _: b'<w:body><w:altChunk r:id="rId999"/></w:body>',
        parts[DOCUMENT],
        flags=re.DOTALL,
    )
    kind = b'<Default Extension="htm" ContentType="text/html"/></Types>'
    whole = {
        **linked(parts, "rId999", b"aFChunk", b"afchunk.htm"),
        **{DOCUMENT: body, "word/afchunk.htm": data, TYPES: parts[TYPES].replace(b"</Types>", kind)},
    }
    path = packed(whole, tmp_path / "2023.docx")
    if manner == "other":
        with pytest.raises(UnreadableFile):
            read_report(path)
        return
    assert [(f.id, f.value) for f in read_report(path).figures] == [
        (f.id, f.value) for f in read_report(page).figures
    ]


def test_a_part_in_another_format_beside_the_text_is_told(parts: Parts, tmp_path: Path) -> None:
    body = parts[DOCUMENT].replace(b"<w:body>", b'<w:body><w:altChunk r:id="rId999"/>')
    whole = {**linked(parts, "rId999", b"aFChunk", b"a.rtf"), DOCUMENT: body, "word/a.rtf": b"{\\rtf1 text}"}
    whole[TYPES] = parts[TYPES].replace(
        b"</Types>", b'<Default Extension="rtf" ContentType="text/rtf"/></Types>'
    )
    found = read_report(packed(whole, tmp_path / "2023.docx"))
    assert any("another format than that of Word" in finding.message for finding in found.findings)


def test_a_broken_body_is_refused(parts: Parts, tmp_path: Path) -> None:
    path = packed({**parts, DOCUMENT: parts[DOCUMENT][:-200]}, tmp_path / "2023.docx")
    with pytest.raises(UnreadableFile, match="XML is damaged"):
        read_report(path)
