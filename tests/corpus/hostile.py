"""Small files that are made to take a reader down: bombs, loops, depths, sizes that lie, random damage.

python -m tests.corpus.hostile FOLDER [--seed N]

Each must end within the limits, in one line, and cost itself alone (tests/test_hostile.py; all of them:
benchmarks/hostile.py). The names tell what each tries.
"""

from __future__ import annotations

import argparse
import io
import random
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

MANY = 10**6
MAKERS: list[Callable[[], Iterator[tuple[str, bytes]]]] = []
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def main() -> None:
    parser = argparse.ArgumentParser(description="Write files that try to take a reader down.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    count = 0
    for name, data in hostile(options.seed):
        (options.folder / name).write_bytes(data)
        count += 1
    print(f"{count} files")


def hostile(seed: int = 1) -> Iterator[tuple[str, bytes]]:
    """Every file: its name and its bytes. `seed`: of the random damage."""
    for maker in MAKERS:
        yield from maker()
    yield from damaged(random.Random(seed))


def family(maker: Callable[[], Iterator[tuple[str, bytes]]]) -> Callable[[], Iterator[tuple[str, bytes]]]:
    MAKERS.append(maker)
    return maker


# --- PDF --------------------------------------------------------------------------------------------


def pdf(*objects: str | bytes, root: int = 1, trailer: str = "") -> bytes:
    """A PDF of these objects, numbered from 1, whose table of places is right."""
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += (
            b"%d 0 obj\n" % number
            + (body.encode("latin-1") if isinstance(body, str) else body)
            + b"\nendobj\n"
        )
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += f"trailer << /Size {len(objects) + 1} /Root {root} 0 R {trailer} >>\nstartxref\n{start}\n%%EOF".encode()
    return bytes(out)


def stream(data: bytes, head: str = "") -> bytes:
    return f"<< /Length {len(data)} {head} >>\nstream\n".encode() + data + b"\nendstream"


def packed(data: bytes, head: str = "") -> bytes:
    return stream(zlib.compress(data, 9), f"/Filter /FlateDecode {head}")


def page(
    content: bytes,
    resources: str = "",
    more: tuple[str | bytes, ...] = (),
    keys: str = "",
    box: str = "0 0 595 842",
) -> bytes:
    """A PDF of one page; `more` are the objects from 5 on."""
    return pdf(
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [{box}] /Contents 4 0 R /Resources << {resources} >> {keys} >>",
        content,
        *more,
    )


@family
def pdf_forms() -> Iterator[tuple[str, bytes]]:
    form = "/Type /XObject /Subtype /Form /BBox [0 0 9 9]"
    own = stream(b"/F Do", f"{form} /Resources << /XObject << /F 5 0 R >> >>")
    yield "form_of_itself.pdf", page(stream(b"/F Do"), "/XObject << /F 5 0 R >>", (own,))
    for wide, deep in ((2, 30), (10, 8), (100, 5)):
        calls = b"/F Do " * wide
        forms = [
            stream(calls, f"{form} /Resources << /XObject << /F {number + 1} 0 R >> >>")
            for number in range(5, 5 + deep)
        ]
        last = stream(b"0 0 1 1 re f", form)
        yield (
            f"forms_{wide}_to_the_{deep}.pdf",
            page(stream(calls), "/XObject << /F 5 0 R >>", (*forms, last)),
        )
    mask = stream(
        b"/G gs 0 0 9 9 re f",
        f"{form} /Group << /S /Transparency >> /Resources << /ExtGState << /G 5 0 R >> >>",
    )
    state = "<< /Type /ExtGState /SMask << /S /Luminosity /G 6 0 R >> >>"
    yield (
        "mask_of_itself.pdf",
        page(stream(b"/G gs 0 0 9 9 re f"), "/ExtGState << /G 5 0 R >>", (state, mask)),
    )
    glyph = "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 9 9] /FontMatrix [1 0 0 1 0 0] /CharProcs << /a 6 0 R >>"
    glyph += " /Encoding << /Differences [97 /a] >> /FirstChar 97 /LastChar 97 /Widths [9] /Resources << /Font << /T 5 0 R >> >> >>"
    yield (
        "glyph_of_itself.pdf",
        page(
            stream(b"BT /T 9 Tf (a) Tj ET"),
            "/Font << /T 5 0 R >>",
            (glyph, stream(b"9 0 d0 BT /T 9 Tf (aaaaaaaaaa) Tj ET")),
        ),
    )


@family
def pdf_patterns() -> Iterator[tuple[str, bytes]]:
    for step in ("0.001", "0.0000001", "0"):
        tile = stream(
            b"0 0 1 1 re f",
            f"/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 1 1] /XStep {step} /YStep {step} /Resources << >>",
        )
        yield (
            f"tiles_every_{step}.pdf",
            page(stream(b"/Pattern cs /P scn 0 0 595 842 re f"), "/Pattern << /P 5 0 R >>", (tile,)),
        )
    code = b"{ " + b"dup mul " * 200_000 + b"}"
    function = stream(code, "/FunctionType 4 /Domain [0 1 0 1] /Range [0 1]")
    shade = "<< /ShadingType 1 /ColorSpace /DeviceGray /Function 6 0 R >>"
    yield "shading_by_long_code.pdf", page(stream(b"/S sh"), "/Shading << /S 5 0 R >>", (shade, function))


@family
def pdf_sizes() -> Iterator[tuple[str, bytes]]:
    text = stream(b"BT /F 9 Tf 1 1 Td (1) Tj ET")
    font = "/Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>"
    for box in (
        "0 0 1e6 0.01",
        "0 0 14400 14400",
        "0 0 1e9 1e9",
        "-1e30 -1e30 1e30 1e30",
        "0 0 0 0",
        "9 9 1 1",
    ):
        yield f"page_of_{box.replace(' ', '_')}.pdf", page(text, font, box=box)
    yield "user_unit_of_a_million.pdf", page(text, font, keys="/UserUnit 1000000")
    for size in (10**8, 10**9):
        yield f"content_of_{size}_blanks.pdf", page(packed(b" " * size))
    yield (
        "content_packed_twice.pdf",
        page(
            stream(
                zlib.compress(zlib.compress(b"q " * 4 * 10**8, 9), 9), "/Filter [/FlateDecode /FlateDecode]"
            )
        ),
    )
    yield (
        "a_million_lines.pdf",
        page(packed(b"".join(b"%d 0 m %d 842 l S\n" % (n % 595, n % 595) for n in range(MANY)))),
    )
    yield (
        "a_million_boxes.pdf",
        page(packed(b"".join(b"%d %d 9 9 re S\n" % (n % 595, n % 842) for n in range(MANY)))),
    )
    words = (
        b"BT /F 1 Tf "
        + b"".join(b"1 0 0 1 %d %d Tm (1) Tj\n" % (n % 595, n % 842) for n in range(MANY))
        + b"ET"
    )
    yield "a_million_characters.pdf", page(packed(words), font)
    for operator, count in (
        (b"q ", 5 * MANY),
        (b"BT ", MANY),
        (b"/P BMC ", MANY),
        (b"[", MANY),
        (b"<<", MANY),
        (b"(", MANY),
    ):
        name = (
            operator.strip()
            .decode()
            .replace("/", "")
            .replace("<", "dict")
            .replace("[", "array")
            .replace("(", "text")
        )
        yield f"content_of_{name.replace(' ', '_')}_without_end.pdf", page(packed(operator * count))


@family
def pdf_pictures() -> Iterator[tuple[str, bytes]]:
    for width, height in ((79_000_000, 1), (1, 79_000_000), (60_000, 60_000), (2**31 - 1, 2**31 - 1)):
        head = f"/Type /XObject /Subtype /Image /Width {width} /Height {height} /ColorSpace /DeviceGray /BitsPerComponent 8"
        image = packed(b"\0" * min(width * height, 10**8), head)
        yield (
            f"picture_{width}_by_{height}.pdf",
            page(stream(b"595 0 0 842 0 0 cm /I Do"), "/XObject << /I 5 0 R >>", (image,)),
        )
    small = packed(
        b"\0" * 10_000,
        "/Type /XObject /Subtype /Image /Width 100 /Height 100 /ColorSpace /DeviceGray /BitsPerComponent 8",
    )
    draws = b"q 9 0 0 9 0 0 cm /I Do Q " * 200_000
    yield "one_picture_200000_times.pdf", page(packed(draws), "/XObject << /I 5 0 R >>", (small,))
    for kind in (
        "JPXDecode",
        "JBIG2Decode",
        "DCTDecode",
        "CCITTFaxDecode",
        "LZWDecode",
        "RunLengthDecode",
        "ASCII85Decode",
    ):
        bad = stream(
            b"\xff\xd8\xff" + bytes(range(256)) * 40,
            f"/Type /XObject /Subtype /Image /Width 900 /Height 900 /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /{kind}",
        )
        yield (
            f"picture_of_broken_{kind}.pdf",
            page(stream(b"595 0 0 842 0 0 cm /I Do"), "/XObject << /I 5 0 R >>", (bad,)),
        )


@family
def pdf_trees() -> Iterator[tuple[str, bytes]]:
    leaf = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>"
    yield (
        "pages_within_themselves.pdf",
        pdf("<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 9 >>"),
    )
    kids = " ".join(["3 0 R"] * 100_000)
    yield (
        "one_page_100000_times.pdf",
        pdf("<< /Type /Catalog /Pages 2 0 R >>", f"<< /Type /Pages /Kids [{kids}] /Count 100000 >>", leaf),
    )
    yield (
        "two_milliard_pages.pdf",
        pdf("<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 2147483647 >>", leaf),
    )
    yield "parent_of_itself.pdf", page(stream(b""), keys="/Parent 3 0 R")
    yield (
        "contents_of_itself.pdf",
        pdf(
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents [4 0 R] >>",
            "[4 0 R 4 0 R]",
        ),
    )
    yield "length_of_itself.pdf", page(b"<< /Length 4 0 R >>\nstream\n1 0 m\nendstream")
    yield "filter_of_itself.pdf", page(b"<< /Length 5 /Filter 4 0 R >>\nstream\n1 0 m\nendstream")
    yield "deep_array.pdf", page(stream(b""), keys="/X " + "[" * 100_000 + "]" * 100_000)
    yield (
        "previous_table_is_itself.pdf",
        pdf("<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [] /Count 0 >>", trailer="/Prev 9"),
    )
    layers = "/OCProperties << /OCGs [5 0 R] /D << /Order [6 0 R] >> >>"
    yield (
        "layers_of_themselves.pdf",
        pdf(
            f"<< /Type /Catalog /Pages 2 0 R {layers} >>",
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Properties << /O 5 0 R >> >> >>",
            stream(b"/OC /O BDC 0 0 9 9 re f EMC"),
            "<< /Type /OCMD /VE [/And 7 0 R 7 0 R] >>",
            "[5 0 R 6 0 R]",
            "[/Or 7 0 R 7 0 R]",
        ),
    )
    yield (
        "annotation_of_itself.pdf",
        page(
            stream(b""),
            keys="/Annots 5 0 R",
            more=(
                "[6 0 R 6 0 R]",
                "<< /Type /Annot /Subtype /Widget /Rect [0 0 9 9] /Parent 6 0 R /Kids [6 0 R] /AP << /N 6 0 R >> >>",
            ),
        ),
    )
    yield (
        "encrypted.pdf",
        pdf(
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Kids [] /Count 0 >>",
            "<< /Filter /Standard /V 5 /R 6 /O (x) /U (x) /P 0 >>",
            trailer="/Encrypt 3 0 R /ID [(a) (a)]",
        ),
    )


@family
def pdf_fonts() -> Iterator[tuple[str, bytes]]:
    use = stream(b"BT /F 9 Tf <0001> Tj ET")
    font = "<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /ToUnicode 6 0 R /DescendantFonts [<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>] >>"
    ranges = (
        b"1 begincodespacerange <0000> <ffff> endcodespacerange 100 beginbfrange "
        + b"<0000> <ffff> <0000> " * 100
        + b"endbfrange "
    )
    for name, cmap in (
        ("range_of_all_numbers", b"1 beginbfrange <00000000> <ffffffff> <0000> endbfrange"),
        ("ranges_times_a_thousand", ranges * 1000),
        ("long_target", b"1 beginbfchar <0001> <" + b"0031" * 500_000 + b"> endbfchar"),
        ("map_of_itself", b"/Identity-H usecmap /X usecmap"),
    ):
        yield f"font_{name}.pdf", page(use, "/Font << /F 5 0 R >>", (font, packed(cmap)))
    broken = "<< /Type /Font /Subtype /TrueType /BaseFont /X /FirstChar 0 /LastChar 255 /FontDescriptor << /Type /FontDescriptor /FontName /X /FontFile2 6 0 R >> >>"
    for name, data in (
        ("zeros", b"\0" * 9999),
        ("ones", b"\xff" * 9999),
        ("tables", struct.pack(">IHHHH", 65536, 65535, 0, 0, 0) + b"glyf" * 9999),
    ):
        yield (
            f"font_of_{name}.pdf",
            page(stream(b"BT /F 9 Tf (123) Tj ET"), "/Font << /F 5 0 R >>", (broken, packed(data))),
        )


# --- Word and other packed files ----------------------------------------------------------------------

TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
RELS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)


def archive(**parts: str | bytes) -> bytes:
    """A zip file; `__` in a name stands for a slash, `_` for a dot."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as file:
        for name, data in parts.items():
            file.writestr(name.replace("__", "/").replace("_", "."), data)
    return out.getvalue()


def docx(body: str, head: str = "", **more: str | bytes) -> bytes:
    document = f"{head}<w:document {W}><w:body>{body}</w:body></w:document>"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as file:
        for name, data in (
            ("[Content_Types].xml", TYPES),
            ("_rels/.rels", RELS),
            ("word/document.xml", document),
            *more.items(),
        ):
            file.writestr(name, data)
    return out.getvalue()


def lying(data: bytes, name: bytes, size: int) -> bytes:
    """The zip file with another size declared for the part of that name, both times it is declared."""
    out = bytearray(data)
    for mark, place, at in ((b"PK\x03\x04", 22, 30), (b"PK\x01\x02", 24, 46)):
        start = -1
        while (start := out.find(mark, start + 1)) >= 0:
            if out[start + at : start + at + len(name)] == name:
                out[start + place : start + place + 4] = struct.pack("<I", size)
    return bytes(out)


@family
def word_files() -> Iterator[tuple[str, bytes]]:
    text = "<w:p><w:r><w:t>政府信息公开工作年度报告</w:t></w:r></w:p>"
    laughs = (
        "<!DOCTYPE x [<!ENTITY a0 'ha'>"
        + "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 12))
        + "]>"
    )
    yield "laughs.docx", docx("<w:p><w:r><w:t>&a11;</w:t></w:r></w:p>", laughs)
    yield (
        "entity_from_a_file.docx",
        docx(
            "<w:p><w:r><w:t>&x;</w:t></w:r></w:p>", "<!DOCTYPE x [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"
        ),
    )
    for size in (10**8, 10**9):
        yield f"document_of_{size}_blanks.docx", docx(text + " " * size)
    big = docx(text + " " * 10**9)
    yield "document_that_declares_5_kb.docx", lying(big, b"word/document.xml", 5000)
    yield "document_that_declares_4_gb.docx", lying(docx(text), b"word/document.xml", 2**32 - 2)
    for deep in (50, 5000, 100_000):
        yield (
            f"tables_{deep}_deep.docx",
            docx("<w:tbl><w:tr><w:tc>" * deep + text + "</w:tc></w:tr></w:tbl>" * deep),
        )
    for span in (10**4, 10**9, -1):
        cell = f'<w:tc><w:tcPr><w:gridSpan w:val="{span}"/></w:tcPr>{text}</w:tc>'
        yield f"cell_of_{span}_columns.docx", docx(f"<w:tbl><w:tr>{cell}</w:tr></w:tbl>" * 50)
    yield (
        "a_million_cells.docx",
        docx("<w:tbl>" + f"<w:tr>{'<w:tc><w:p/></w:tc>' * 1000}</w:tr>" * 1000 + "</w:tbl>"),
    )
    yield "a_million_paragraphs.docx", docx("<w:p/>" * MANY)
    style = f'<w:styles {W}><w:style w:type="paragraph" w:styleId="a"><w:basedOn w:val="b"/></w:style><w:style w:type="paragraph" w:styleId="b"><w:basedOn w:val="a"/></w:style></w:styles>'
    yield (
        "styles_based_on_each_other.docx",
        docx('<w:p><w:pPr><w:pStyle w:val="a"/></w:pPr></w:p>' + text, **{"word/styles.xml": style}),
    )
    yield "twenty_thousand_parts.docx", docx(text, **{f"word/media/{n}.png": b"" for n in range(20_000)})
    yield "zip_within_zip.docx", archive(**{"word__document_docx": docx(text)})
    for end in (b"PK\x05\x06", b"PK\x05\x06" + b"\xff" * 18):
        yield f"zip_of_{len(end)}_bytes.docx", b"PK\x03\x04" + end


@family
def spreadsheets() -> Iterator[tuple[str, bytes]]:
    space = "".join(
        f' xmlns:{p}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"'
        for p, n in (("office", "office"), ("table", "table"), ("text", "text"))
    )
    for rows, columns in ((10**6, 16_000), (10**9, 10**9), (1000, 1000)):
        cell = f'<table:table-cell table:number-columns-repeated="{columns}"><text:p>1</text:p></table:table-cell>'
        row = f'<table:table-row table:number-rows-repeated="{rows}">{cell}</table:table-row>'
        content = f'<office:document-content{space} office:version="1.2"><office:body><office:spreadsheet><table:table table:name="a">{row}</table:table></office:spreadsheet></office:body></office:document-content>'
        yield (
            f"cells_{rows}_by_{columns}.ods",
            archive(mimetype="application/vnd.oasis.opendocument.spreadsheet", content_xml=content),
        )
    yield "no_sheet.xlsx", archive(xl__workbook_xml="<workbook/>")
    for name, data in (
        ("braces", b"{\\rtf1" + b"{" * MANY),
        ("groups", b"{\\rtf1" + b"{\\b " * 200_000 + b"}" * 200_000 + b"}"),
        ("binary", b"{\\rtf1{\\bin2147483647 x}}"),
        ("rows", b"{\\rtf1" + b"\\trowd\\cellx9 1\\cell\\row " * 200_000 + b"}"),
    ):
        yield f"{name}.rtf", data
    yield (
        "streams_of_themselves.doc",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + b"\0" * 16
        + struct.pack("<HHHHH", 62, 3, 0xFFFE, 9, 6)
        + b"\0" * 480
        + struct.pack("<128I", *range(128)) * 9,
    )


# --- web pages and text -------------------------------------------------------------------------------


@family
def web_pages() -> Iterator[tuple[str, bytes]]:
    title = "<title>示例局2023年政府信息公开工作年度报告</title>".encode()
    for tag, deep in (("div", 100_000), ("table><tr><td", 3000), ("span", MANY), ("b", 50_000)):
        yield (
            f"{tag[:5].strip('>')}_{deep}_deep.html",
            title + f"<{tag}>".encode() * deep + "一、总体情况".encode(),
        )
    for span in (1000, 65534, 10**9):
        yield (
            f"cells_of_{span}_columns.html",
            title + b"<table>" + f"<tr><td colspan={span} rowspan={span}>1<td>2".encode() * 300 + b"</table>",
        )
    yield "a_million_cells.html", title + b"<table>" + (b"<tr>" + b"<td>1" * 1000) * 1000 + b"</table>"
    yield "a_million_attributes.html", title + b"<p " + b" ".join(b"a%d=1" % n for n in range(MANY)) + b">"
    yield (
        "selectors.html",
        title
        + b"<style>"
        + b"* * * * * * * > * + * ~ .a:not(.b) { display: none }" * 5000
        + b"</style>"
        + b"<div class=a>" * 5000
        + "一".encode(),
    )
    yield "css_of_braces.html", title + b"<style>" + b"@media screen {" * 100_000 + b"</style><p>1"
    yield (
        "css_that_imports_itself.html",
        title + b'<style>@import url("css_that_imports_itself.html");</style><p>1',
    )
    yield "entities.html", title + b"<p>" + b"&amp" * MANY
    yield "comment_without_end.html", title + b"<!--" + b"-" * MANY
    yield "nulls.html", title + b"\0" * MANY
    yield "one_line.html", title + b"<p>" + b"1" * (7 * MANY)
    yield "bytes_of_no_charset.html", title + bytes(range(128, 256)) * 9999
    yield (
        "picture_in_the_page.html",
        title + b'<table><tr><td><img src="data:image/png;base64,' + b"A" * (4 * MANY) + b'"></table>',
    )
    head = b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n"
    yield (
        "parts_within_parts.mht",
        head + b"--x\r\nContent-Type: multipart/related; boundary=x\r\n\r\n" * 20_000,
    )
    yield "twenty_thousand_parts.mht", head + b"--x\r\nContent-Type: text/html\r\n\r\n<p>1\r\n" * 20_000
    yield (
        "quoted.mht",
        head + b"--x\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\n" + b"=" * MANY,
    )


@family
def texts() -> Iterator[tuple[str, bytes]]:
    title = "示例局2023年政府信息公开工作年度报告\n".encode()
    for name, line in (
        ("bars", b"|"),
        ("bars_and_figures", b"|1"),
        ("tabs", b"\t1"),
        ("numbers", b"1 "),
        ("lines", b"1\n"),
        ("dashes", b"|-"),
        ("fullwidth", "１，".encode()),
        ("brackets", b"["),
        ("quotes", b"> "),
        ("lists", b"- "),
    ):
        for ending in ("txt", "md"):
            yield f"{name}.{ending}", title + line * (MANY if len(line) < 3 else MANY // 3)
    rows = "| 行政许可 | 1 |\n|---|---|\n".encode()
    yield "two_hundred_thousand_rows.md", title + rows * 200_000
    head = "本年收到申请 结转申请 予以公开 部分公开 行政复议 ".encode()
    yield "every_line_a_head.txt", title + (head + b"\n") * 100_000


# --- pictures -----------------------------------------------------------------------------------------


def png(width: int, height: int, data: bytes, *chunks: tuple[bytes, bytes]) -> bytes:
    parts = [
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)),
        *chunks,
        (b"IDAT", zlib.compress(data, 9)),
        (b"IEND", b""),
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in parts
    )


@family
def pictures() -> Iterator[tuple[str, bytes]]:
    for width, height in (
        (79_000_000, 1),
        (1, 79_000_000),
        (8900, 8900),
        (100_000, 100_000),
        (2**31 - 1, 2**31 - 1),
        (0, 0),
    ):
        rows = b"" if width * height > 10**8 else (b"\0" + b"\xff" * width) * height
        yield f"png_{width}_by_{height}.png", png(width, height, rows)
    yield (
        "png_with_a_text_of_a_gigabyte.png",
        png(9, 9, b"\0" * 90, (b"zTXt", b"a\0\0" + zlib.compress(b" " * 10**9, 9))),
    )
    yield "png_cut.png", png(2000, 2000, (b"\0" + b"\xff" * 2000) * 2000)[:300]
    tags = [
        (256, 4, 1, 100),
        (257, 4, 1, 100),
        (258, 3, 1, 8),
        (259, 3, 1, 1),
        (262, 3, 1, 1),
        (273, 4, 1, 8),
        (277, 3, 1, 1),
        (278, 4, 1, 100),
        (279, 4, 1, 10_000),
    ]

    def tiff(following: int, tags: list[tuple[int, int, int, int]]) -> bytes:
        return (
            b"II*\0"
            + struct.pack("<IH", 8, len(tags))
            + b"".join(struct.pack("<HHII", *tag) for tag in tags)
            + struct.pack("<I", following)
            + b"\xff" * 10_000
        )

    yield "tiff_whose_next_page_is_the_first.tiff", tiff(8, tags)
    yield "tiff_of_a_huge_page.tiff", tiff(0, [(256, 4, 1, 2**31), (257, 4, 1, 2**31), *tags[2:]])
    yield "tiff_of_65535_tags.tiff", b"II*\0" + struct.pack("<IH", 8, 65535) + b"\x01" * 9999
    for size in (65_500, 8900):
        yield (
            f"jpeg_that_declares_{size}.jpg",
            b"\xff\xd8\xff\xc0"
            + struct.pack(">HBHHB", 11, 8, size, size, 1)
            + b"\x01\x11\0"
            + b"\xff\xda"
            + b"\0" * 999,
        )


# --- random damage ------------------------------------------------------------------------------------


def damaged(chance: random.Random) -> Iterator[tuple[str, bytes]]:
    """Sound small files with bytes changed, cut out and repeated."""
    whole = {
        "pdf": page(
            stream(b"BT /F 9 Tf 9 9 Td (123) Tj ET 0 0 99 99 re S"),
            "/Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>",
        ),
        "docx": docx("<w:tbl><w:tr><w:tc><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc></w:tr></w:tbl>" * 20),
        "png": png(300, 300, (b"\0" + bytes(range(256)) + b"\0" * 44) * 300),
    }
    for ending, data in whole.items():
        for number in range(8):
            yield f"damaged_{number}.{ending}", _damaged(data, chance)


def _damaged(data: bytes, chance: random.Random) -> bytes:
    out = bytearray(data)
    for _ in range(chance.randint(1, 12)):
        place = chance.randrange(len(out))
        match chance.randrange(3):
            case 0:
                out[place] = chance.randrange(256)
            case 1:
                del out[place : place + chance.randint(1, 40)]
            case _:
                out[place:place] = out[place : place + chance.randint(1, 40)] * chance.randint(1, 50)
    return bytes(out)


if __name__ == "__main__":
    main()
