"""Whole files that are another kind than they are called, or that their programs mend in silence."""

from __future__ import annotations

import base64
import random
import re
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile

from scripts.samples import drawn_pdf, html_pages, word
from scripts.samples.compose import Sample
from tests.corpus.edit import texts_changed

_RADICALS = str.maketrans("人一高方言长见", "⼈⼀⾼⽅⾔⻓⻅")
_STRICT = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "http://purl.oclc.org/ooxml/wordprocessingml/main",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "http://purl.oclc.org/ooxml/officeDocument/relationships",
}
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_OTHERS = {
    "template": _MAIN.replace("document.main", "template.main"),
    "macros": "application/vnd.ms-word.document.macroEnabled.main+xml",
}


class File(NamedTuple):
    """A way to hand over a report: the layout it is composed for, the file's ending, its bytes."""

    name: str
    layout: str
    extension: str
    write: Callable[[Sample, random.Random], bytes]


def parts_changed(data: bytes, change: Callable[[str, bytes], bytes | None]) -> bytes:
    """A zip file with each part changed; None leaves one out."""
    buffer = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(buffer, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            if (part := change(name, old.read(name))) is not None:
                new.writestr(name, part)
    return buffer.getvalue()


def _html(sample: Sample, _: random.Random) -> bytes:
    return html_pages.write(sample)


def _docx(sample: Sample, _: random.Random) -> bytes:
    return word.write(sample)


def _saved_whole(sample: Sample, _: random.Random) -> bytes:
    page = base64.encodebytes(html_pages.write(sample)).replace(b"\n", b"\r\n")
    head = b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="x"\r\n\r\n--x\r\n'
    part = b'Content-Type: text/html; charset="utf-8"\r\nContent-Transfer-Encoding: base64\r\n\r\n'
    return head + part + page + b"\r\n--x--\r\n"


def _with_radicals(write: Callable[[Sample], bytes]) -> Callable[[Sample, random.Random], bytes]:
    return lambda sample, _: write(texts_changed(sample, lambda text: text.translate(_RADICALS)))


def _mixed_charsets(sample: Sample, _: random.Random) -> bytes:
    """A heading in GBK taken into a page in UTF-8."""
    heading = "示例政务网　信息公开栏目".encode("gbk")
    return html_pages.write(sample).replace(b"<h1>", b"<div>" + heading + b"</div><h1>", 1)


def _one_table(sample: Sample, _: random.Random) -> bytes:
    """The whole report in one table: each text a row, the statutory tables among them."""
    text = html_pages.write(sample).decode()
    inner = text[text.index("<h1>") : text.index("</body>")]
    rows = re.sub(r"<(h1|h2|p)>(.*?)</\1>", r'<tr><td colspan="40">\2</td></tr>', inner, flags=re.DOTALL)
    return (
        text[: text.index("<h1>")] + f"<table>{re.sub('</?table[^>]*>', '', rows)}</table></body></html>"
    ).encode()


def _linked_to_nothing(sample: Sample, _: random.Random) -> bytes:
    link = '<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" Target="../NULL"/>'
    return parts_changed(
        word.write(sample),
        lambda name, part: (
            part.replace(b"</Relationships>", link.encode() + b"</Relationships>")
            if name == "word/_rels/document.xml.rels"
            else part
        ),
    )


def _strict(sample: Sample, _: random.Random) -> bytes:
    def change(_: str, part: bytes) -> bytes:
        for usual, strict in _STRICT.items():
            part = part.replace(usual.encode(), strict.encode())
        return part

    return parts_changed(word.write(sample), change)


def _broken_side(sample: Sample, _: random.Random) -> bytes:
    return parts_changed(
        word.write(sample), lambda name, part: b"<broken" if name == "docProps/core.xml" else part
    )


def _typed(kind: str) -> Callable[[Sample, random.Random], bytes]:
    def write(sample: Sample, _: random.Random) -> bytes:
        return parts_changed(
            word.write(sample),
            lambda name, part: (
                part.replace(_MAIN.encode(), _OTHERS[kind].encode())
                if name == "[Content_Types].xml"
                else part
            ),
        )

    return write


def _page_within(sample: Sample, _: random.Random) -> bytes:
    """A Word file whose body is a web page (altChunk)."""
    chunk = '<w:altChunk xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="rId98"/>'
    link = '<Relationship Id="rId98" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/aFChunk" Target="chunk.html"/>'

    def change(name: str, part: bytes) -> bytes:
        if name == "word/document.xml":
            return re.sub(
                rb"<w:body>.*?(<w:sectPr|</w:body>)",
                b"<w:body>" + chunk.encode() + rb"\1",
                part,
                count=1,
                flags=re.DOTALL,
            )
        if name == "word/_rels/document.xml.rels":
            return part.replace(b"</Relationships>", link.encode() + b"</Relationships>")
        return (
            part.replace(b"<Default ", b'<Default Extension="html" ContentType="text/html"/><Default ', 1)
            if name == "[Content_Types].xml"
            else part
        )

    data = parts_changed(word.write(sample), change)
    buffer = BytesIO(data)
    with ZipFile(buffer, "a", ZIP_DEFLATED) as file:
        file.writestr("word/chunk.html", html_pages.write(sample))
    return buffer.getvalue()


def _large_unit(sample: Sample, rng: random.Random) -> bytes:
    """Pages counted in tens of points: each page a form drawn at a tenth."""
    unit = rng.choice((4, 10, 20))
    data = drawn_pdf.write_ruled(sample)
    whole = re.compile(rb"/MediaBox \[0 0 595.00 842.00\]")
    small = f"/MediaBox [0 0 {595 / unit:.4f} {842 / unit:.4f}] /UserUnit {unit}".encode()
    return _scaled(whole.sub(small, data), 1 / unit)


def _scaled(data: bytes, by: float) -> bytes:
    """The file with the contents of its pages scaled, its table of places made anew by whoever reads it."""
    import zlib

    def change(found: re.Match[bytes]) -> bytes:
        content = zlib.decompress(found[1])
        if b"BT" not in content:
            return found[0]
        packed = zlib.compress(f"{by} 0 0 {by} 0 0 cm\n".encode() + content, 9)
        return b"<< /Length %d /Filter /FlateDecode  >>\nstream\n" % len(packed) + packed + b"\nendstream"

    out = re.sub(
        rb"<< /Length \d+ /Filter /FlateDecode  >>\nstream\n(.*?)\nendstream", change, data, flags=re.DOTALL
    )
    body, _, rest = out.partition(b"xref\n0 ")
    places = [match.start() for match in re.finditer(rb"(?m)^\d+ 0 obj$", body)]
    trailer = rest[rest.index(b"trailer") :].partition(b"startxref")[0]
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1) + b"".join(
        b"%010d 00000 n \n" % p for p in places
    )
    return body + table + trailer + b"startxref\n%d\n%%%%EOF\n" % len(body)


FILES = (
    *(File(f"page_called_{ending}", "html", ending, _html) for ending in ("doc", "wps", "xls")),
    *(File(f"saved_page_called_{ending}", "html", ending, _saved_whole) for ending in ("doc", "mht")),
    *(File(f"new_word_called_{ending}", "docx", ending, _docx) for ending in ("doc", "wps")),
    File("radicals", "html", "html", _with_radicals(html_pages.write)),
    File("radicals_in_word", "docx", "docx", _with_radicals(word.write)),
    File("mixed_charsets", "html", "html", _mixed_charsets),
    File("one_table", "html", "html", _one_table),
    File("linked_to_nothing", "docx", "docx", _linked_to_nothing),
    File("strict", "docx", "docx", _strict),
    File("broken_side_part", "docx", "docx", _broken_side),
    File("template", "docx", "dotx", _typed("template")),
    File("macros", "docx", "docm", _typed("macros")),
    File("template_called_docx", "docx", "docx", _typed("template")),
    File("page_within", "docx", "docx", _page_within),
    File("large_unit", "pdf_ruled", "pdf", _large_unit),
)


def endings() -> Iterator[str]:
    yield from sorted({file.extension for file in FILES})
