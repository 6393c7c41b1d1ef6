"""Pages and cells as pictures: the right place of the right page, in bounded size, or one clear line."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from ogi.extract import read_report
from ogi.readers import image_files, pictures
from ogi.readers.document import Box, UnreadableFile
from ogi.readers.limits import LIMITS
from ogi.readers.pictures import cell_picture, has_pages, lattice_picture, page_picture, page_size
from ogi.readers.scan.pictures import pictures_of

RED, WHITE = (255, 0, 0), (255, 255, 255)


def pdf(path: Path, entries: str, *contents: str) -> Path:
    """A PDF with a page per content stream, each page with these entries."""
    pages = [
        f"<< /Type /Page /Parent 2 0 R /Contents {3 + 2 * n + 1} 0 R {entries} >>"
        for n in range(len(contents))
    ]
    streams = [f"<< /Length {len(text)} >>\nstream\n{text}\nendstream" for text in contents]
    kids = " ".join(f"{3 + 2 * n} 0 R" for n in range(len(contents)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(contents)} >>",
    ]
    objects += [thing for pair in zip(pages, streams, strict=True) for thing in pair]
    data, places = b"%PDF-1.4\n", []
    for number, thing in enumerate(objects, 1):
        places.append(len(data))
        data += f"{number} 0 obj\n{thing}\nendobj\n".encode()
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    start, size = len(data), len(objects) + 1
    data += f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer << /Size {size} /Root 1 0 R >>\n".encode()
    path.write_bytes(data + f"startxref\n{start}\n%%EOF\n".encode())
    return path


def square(x: int, y: int) -> str:
    """A red square of 20 points whose lower left corner is there in user space."""
    return f"1 0 0 rg {x} {y} 20 20 re f"


def middle(picture: Image.Image) -> tuple[int, ...]:
    return picture.getpixel((picture.width // 2, picture.height // 2))


def is_red(picture: Image.Image) -> bool:
    return all(abs(a - b) < 40 for a, b in zip(middle(picture), RED, strict=True))


SHEET = "/MediaBox [0 0 500 100]"


def test_a_page_has_the_size_of_its_resolution(tmp_path):
    path = pdf(tmp_path / "a.pdf", SHEET, square(0, 0))
    assert page_size(path, 1) == (500, 100)
    assert page_picture(path, 1, dpi=144).size == (1000, 200)


@pytest.mark.parametrize(
    ("entries", "place", "box"),
    [
        (SHEET, (50, 30), Box(1, 50, 50, 70, 70)),
        (SHEET + " /Rotate 90", (50, 30), Box(1, 30, 50, 50, 70)),
        (SHEET + " /Rotate 180", (50, 30), Box(1, 430, 30, 450, 50)),
        (SHEET + " /Rotate 270", (50, 30), Box(1, 50, 430, 70, 450)),
        (SHEET + " /CropBox [40 10 180 90]", (50, 30), Box(1, 10, 40, 30, 60)),
        ("/MediaBox [-20 -10 480 90]", (50, 30), Box(1, 70, 40, 90, 60)),
    ],
    ids=["plain", "quarter turn", "half turn", "three quarters", "cropped", "origin elsewhere"],
)
def test_a_cell_is_cut_out_where_the_displayed_page_has_it(tmp_path, entries, place, box):
    picture = cell_picture(pdf(tmp_path / "a.pdf", entries, square(*place)), box, dpi=144, margin=4)
    assert picture.size == (56, 56)
    assert is_red(picture)
    for corner in ((0, 0), (55, 0), (0, 55), (55, 55)):
        assert picture.getpixel(corner) == WHITE


def test_the_page_asked_for_is_drawn(tmp_path):
    path = pdf(tmp_path / "a.pdf", SHEET, square(0, 0), square(240, 40))
    assert not is_red(page_picture(path, 1))
    assert is_red(page_picture(path, 2))


def test_a_margin_ends_with_the_page(tmp_path):
    path = pdf(tmp_path / "a.pdf", SHEET, square(0, 80))
    assert cell_picture(path, Box(1, 0, 0, 20, 20), dpi=72, margin=10).size == (30, 30)


def test_a_box_off_the_page_is_refused(tmp_path):
    path = pdf(tmp_path / "a.pdf", SHEET, square(0, 0))
    with pytest.raises(ValueError, match="a box on page 1"):
        cell_picture(path, Box(1, 600, 10, 620, 30))


@pytest.mark.parametrize("page", [0, 2])
def test_a_page_that_is_not_there(tmp_path, page):
    path = pdf(tmp_path / "a.pdf", SHEET, square(0, 0))
    with pytest.raises(UnreadableFile, match=f"expected a page from 1 to 1, found page {page}"):
        page_picture(path, page)


@pytest.mark.parametrize("dpi", [0, 601, float("nan")])
def test_a_resolution_out_of_bounds_is_refused(tmp_path, dpi):
    path = pdf(tmp_path / "a.pdf", SHEET, square(0, 0))
    with pytest.raises(ValueError, match="1 to 600 dpi"):
        page_picture(path, 1, dpi=dpi)


def test_an_enormous_page_is_drawn_coarser(tmp_path, monkeypatch):
    monkeypatch.setattr(pictures, "LIMITS", replace(LIMITS, shown_pixels=20_000))
    path = pdf(tmp_path / "a.pdf", "/MediaBox [0 0 14000 7000]", square(0, 0))
    width, height = page_picture(path, 1, dpi=600).size
    assert (width, height) == (200, 100)


@pytest.mark.parametrize("name", ["a.html", "a.docx", "a.txt", "a.md", "a"])
def test_a_format_without_pages_is_named(tmp_path, name):
    path = tmp_path / name
    path.write_text("年度报告", encoding="utf-8")
    assert not has_pages(path)
    with pytest.raises(UnreadableFile, match="expected a report with pages: a PDF, PNG, JPEG or TIFF file"):
        page_picture(path, 1)


@pytest.mark.parametrize("name", ["a.pdf", "a.PNG", "a.jpg", "a.tiff"])
@pytest.mark.parametrize("data", [b"", b"not a picture", b"%PDF-1.7 cut", b"\x89PNG\r\n\x1a\n cut"])
def test_a_damaged_file_is_one_line(tmp_path, name, data):
    path = tmp_path / name
    path.write_bytes(data)
    assert has_pages(path)
    with pytest.raises(UnreadableFile, match="expected") as said:
        page_picture(path, 1)
    assert "\n" not in str(said.value)


def test_a_truncated_photo_is_one_line(tmp_path):
    path = tmp_path / "a.jpg"
    Image.effect_noise((300, 200), 80).save(path)
    path.write_bytes(path.read_bytes()[:2000])
    with pytest.raises(UnreadableFile, match="a damaged one"):
        page_picture(path, 1)


def test_the_pages_of_a_tiff(tmp_path):
    path = tmp_path / "a.tif"
    sheets = [Image.new("RGB", (100, 50), colour) for colour in (WHITE, RED)]
    sheets[0].save(path, save_all=True, append_images=sheets[1:])
    assert not is_red(page_picture(path, 1))
    assert is_red(page_picture(path, 2))
    with pytest.raises(UnreadableFile, match="from 1 to 2"):
        page_picture(path, 3)


@pytest.mark.parametrize(("stated", "length"), [(200, 360.0), (72, 1000.0), (1, 360.0), (None, 360.0)])
def test_a_resolution_is_believed_where_it_is_credible(tmp_path, stated, length):
    path = tmp_path / "a.png"
    dpi = {} if stated is None else {"dpi": (stated, stated)}
    Image.new("L", (500, 1000)).save(path, **dpi)
    assert page_size(path, 1)[1] == pytest.approx(length, rel=1e-3)


def test_a_cell_of_a_scan(tmp_path):
    path = tmp_path / "a.png"
    scan = Image.new("RGB", (1000, 500), "white")
    scan.paste(RED, (500, 200, 600, 300))
    scan.save(path, dpi=(200, 200))
    picture = cell_picture(path, Box(1, 180, 72, 216, 108), dpi=200, margin=3.6)
    assert picture.size == (120, 120)
    assert is_red(picture)
    assert picture.getpixel((3, 3)) == WHITE


@pytest.mark.parametrize("stated", [{}, {"dpi": (150, 150)}])
def test_pages_are_measured_as_their_reader_measures_them(tmp_path, stated):
    path = tmp_path / "a.png"
    Image.new("L", (900, 1300)).save(path, **stated)
    (page,) = pictures_of(path)
    assert page_size(path, 1) == pytest.approx((900 * page.points_per_pixel, 1300 * page.points_per_pixel))


def test_a_picture_is_never_enlarged(tmp_path):
    path = tmp_path / "a.png"
    Image.new("L", (400, 842)).save(path, dpi=(72, 72))
    assert page_picture(path, 1, dpi=600).size == (400, 842)
    assert page_picture(path, 1, dpi=36).size == (200, 421)


def test_a_photo_lying_on_its_side_is_put_upright(tmp_path):
    path = tmp_path / "a.jpg"
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.new("L", (300, 100)).save(path, exif=exif)
    assert page_picture(path, 1).size == (100, 300)


def test_what_is_transparent_is_paper(tmp_path):
    path = tmp_path / "a.png"
    Image.new("RGBA", (30, 30), (0, 0, 0, 0)).save(path)
    assert middle(page_picture(path, 1)) == WHITE


def test_a_picture_too_large_is_not_opened(tmp_path, monkeypatch):
    monkeypatch.setattr(image_files, "LIMITS", replace(LIMITS, picture_pixels=99))
    path = tmp_path / "a.png"
    Image.new("1", (10, 10)).save(path)
    with pytest.raises(UnreadableFile, match="million pixels a page, found 10 × 10"):
        page_picture(path, 1)


def test_the_reader_s_own_lattice_is_drawn_upon_the_page(samples):
    path = samples / "淮安市洪泽区人民政府" / "2023.pdf"
    plain, drawn = page_picture(path, 2).convert("RGB"), lattice_picture(path, 2)
    assert drawn.size == plain.size
    scale = plain.width / page_size(path, 2)[0]
    figures = [
        figure for figure in read_report(path).figures if figure.box is not None and figure.box.page == 2
    ]
    assert len(figures) > 20
    for box in (figure.box for figure in figures):
        left, top = round(scale * box.x0), round(scale * (box.top + box.bottom) / 2)
        edge = {drawn.getpixel((left + step, top)) for step in (-2, -1, 0, 1, 2)}
        assert any(blue > red + 60 or red > green + 60 for red, green, blue in edge), box
        inside = round(scale * box.x0) + 4, round(scale * box.top) + 4
        assert drawn.getpixel(inside) != plain.getpixel(inside), box


def test_a_lattice_is_drawn_for_pdf_only(tmp_path):
    path = tmp_path / "a.png"
    Image.new("L", (30, 30)).save(path)
    with pytest.raises(UnreadableFile, match="expected a PDF, whose ruling lines can be shown"):
        lattice_picture(path, 1)
