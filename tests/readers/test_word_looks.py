"""A cell of a Word file is read as it shows, or not at all: never blank, never joined to its neighbour."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ogi import values
from ogi.readers.document import Cell, Grid
from ogi.readers.looks import PICTURE
from ogi.readers.settings import SETTINGS
from ogi.readers.word import read


def run(text: str, looks: str = "") -> str:
    return f"<w:r><w:rPr>{looks}</w:rPr><w:t>{text}</w:t></w:r>"


def field(code: str, data: str = "", result: str | None = None) -> str:
    shown = "" if result is None else f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(result)}'
    return (
        f'<w:r><w:fldChar w:fldCharType="begin">{data}</w:fldChar></w:r>'
        f"<w:r><w:instrText> {code} </w:instrText></w:r>{shown}"
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


CODE = f"</w:instrText></w:r>{field('MERGEFIELD 数', result='{}')}<w:r><w:instrText>"
"""A field within what another is told by, as in letters filled in from a list."""


NOTE = '<w:r><w:footnoteReference {}w:id="2"/><w:t>{}</w:t></w:r>'


def dropdown(chosen: int | None, *entries: str) -> str:
    told = "" if chosen is None else f'<w:result w:val="{chosen}"/>'
    listed = "".join(f'<w:listEntry w:val="{entry}"/>' for entry in entries)
    return field("FORMDROPDOWN", f"<w:ffData><w:ddList>{told}{listed}</w:ddList></w:ffData>")


def text_of(inner: str, folder: Path, ground: str = "", paragraph: str = "") -> str:
    """The text of the first of two cells that hold such runs and a 7."""
    return cell_of(inner, folder, ground, paragraph).text


def cell_of(inner: str, folder: Path, ground: str = "", paragraph: str = "") -> Cell:
    document = docx.Document()
    shade = f'<w:tcPr><w:shd w:val="clear" w:fill="{ground}"/></w:tcPr>' if ground else ""
    cell = f"<w:tc>{shade}<w:p><w:pPr>{paragraph}</w:pPr>{inner}</w:p></w:tc>"
    other = f"<w:tc><w:p>{run('7')}</w:p></w:tc>"
    table = f"<w:tbl {nsdecls('w')}><w:tr>{cell}{other}</w:tr><w:tr>{other}{other}</w:tr></w:tbl>"
    document.element.body.insert(0, parse_xml(table))
    document.save(str(folder / "2023.docx"))
    (grid,) = [block for block in read(folder / "2023.docx").blocks if isinstance(block, Grid)]
    assert {cell.confidence for cell in grid.cells if (cell.row, cell.column) != (0, 0)} == {1.0}
    return next(cell for cell in grid.cells if (cell.row, cell.column) == (0, 0))


def colour(value: str) -> str:
    return f'<w:color w:val="{value}"/>'


def size(half_points: int) -> str:
    return f'<w:sz w:val="{half_points}"/>'


def level(half_points: int) -> str:
    return f'<w:position w:val="{half_points}"/>'


SOLID = '<w:shd w:val="solid" w:color="{}" w:fill="FFFFFF"/>'
"""A pattern that hides the colour it is drawn on."""
EDGE = f"{255 - SETTINGS.same_colour:02X}" * 3
BEYOND = f"{255 - SETTINGS.same_colour - 1:02X}" * 3


@pytest.mark.parametrize(
    ("inner", "ground", "shown"),
    [
        (run("9", colour("FFFFFF")) + run("4"), "", "4"),
        (run("9", colour(EDGE)) + run("4"), "", "4"),
        (run("9", colour(BEYOND)) + run("4"), "", "94"),
        (run("94", colour("FFFFFF")), "1F3864", "94"),
        (run("9", colour("1F3864")) + run("4", colour("FFFFFF")), "1F3864", "4"),
        (run("9", colour("FFFFFF") + '<w:shd w:val="clear" w:fill="000000"/>') + run("4"), "", "94"),
        (run("9", colour("FFFFFF") + '<w:highlight w:val="black"/>') + run("4"), "", "94"),
        (run("9", colour("FFFF00") + '<w:highlight w:val="yellow"/>') + run("4"), "", f"{PICTURE}4"),
        (run("9", colour("FFFFFF") + '<w:highlight w:val="white"/>') + run("4"), "000000", f"{PICTURE}4"),
        (run("9", colour("FFFFFF") + '<w:highlight w:val="none"/>') + run("4"), "", "4"),
        (run("9", colour("00B050") + SOLID.format("00B050")) + run("4"), "", f"{PICTURE}4"),
        (run("9", colour("FFFFFF") + SOLID.format("00B050")) + run("4"), "", "94"),
        (run("9", colour("auto")) + run("4"), "", "94"),
        (run("9", size(SETTINGS.tiny_text)) + run("4"), "", "4"),
        (run("9", size(SETTINGS.tiny_text + 1)) + run("4"), "", "94"),
        (run("20") + run("1", level(8)), "", "20¹"),
        (run("20") + run("1", level(-8)), "", "20₁"),
        (run("20", level(3)) + run("1", level(3)), "", "201"),
        (run("20") + run("1", '<w:vertAlign w:val="subscript"/>'), "", "20₁"),
        (field(r"EQ \o(\s\up 0(4))"), "", PICTURE),
        (run("1") + field(r"EQ \o(\s\up 0(4))"), "", f"1{PICTURE}"),
        (field("=SUM(ABOVE)", result="12"), "", "12"),
        (run("4") + field("XE 索引"), "", "4"),
        (field("IF " + CODE.format("9") + ' = 9 "1"', result="12"), "", "12"),
        (field(CODE.format("9"), "<w:x/>") + run("4"), "", f"{PICTURE}4"),
        (run("4") + '<w:r><w:fldChar w:fldCharType="begin"/></w:r>' + run("9"), "", f"4{PICTURE}"),
        (run("31") + NOTE.format('w:customMarkFollows="1" ', "7"), "", "31⁷"),
        (run("31") + NOTE.format("", "7"), "", "317"),
        (dropdown(1, "0", "4"), "", "4"),
        (dropdown(None, "0", "4"), "", "0"),
        (field("FORMTEXT", "<w:ffData><w:textInput/></w:ffData>", "5"), "", "5"),
    ],
)
def test_a_cell_holds_what_shows(inner: str, ground: str, shown: str, tmp_path: Path) -> None:
    assert text_of(inner, tmp_path, ground) == shown


def test_white_on_a_dark_paragraph_is_read(tmp_path: Path) -> None:
    dark = '<w:shd w:val="clear" w:fill="000080"/>'
    assert text_of(run("94", colour("FFFFFF")), tmp_path, paragraph=dark) == "94"


HIDDEN = (colour("FFFFFF"), size(2), "<w:vanish/>")
APART = (
    level(9),
    level(-9),
    '<w:vertAlign w:val="superscript"/>',
    '<w:vertAlign w:val="subscript"/>',
    "<w:strike/>",
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(st.sampled_from("123456789"), st.sampled_from(("", *HIDDEN, *APART))),
        min_size=1,
        max_size=4,
    )
)
def test_no_number_is_told_that_does_not_show(tmp_path: Path, pieces: list[tuple[str, str]]) -> None:
    plain = run("5") + "".join(run(digit, looks) for digit, looks in pieces)
    told = values.parse(text_of(plain, tmp_path))
    visible = [(digit, looks) for digit, looks in pieces if looks not in HIDDEN]
    if told.state == values.State.REPORTED:
        number = "5" + "".join(digit for digit, looks in visible if looks == "")
        assert told.value == float(number) or any(looks in APART for _, looks in visible)
        first_apart = next((n for n, (_, looks) in enumerate(visible) if looks in APART), len(visible))
        assert told.value == float("5" + "".join(digit for digit, _ in visible[:first_apart]))
    else:
        assert any(looks in APART for _, looks in visible)


def numbered(path: Path, number: str) -> str:
    """The text of a blank cell whose paragraph is numbered by a style that is based on another."""
    told = '<w:numPr><w:numId w:val="{}"/></w:numPr>'
    document = docx.Document()
    styles = document.styles.element
    for name, base, own in (("Counted", "", told.format(1)), ("Row", "Counted", "")):
        based = f'<w:basedOn w:val="{base}"/>' if base else ""
        named = f'{nsdecls("w")} w:type="paragraph" w:styleId="{name}"'
        styles.append(parse_xml(f"<w:style {named}>{based}<w:pPr>{own}</w:pPr></w:style>"))
    own = told.format(number) if number else ""
    cell = f'<w:tc><w:p><w:pPr><w:pStyle w:val="Row"/>{own}</w:pPr></w:p></w:tc>'
    other = f"<w:tc><w:p>{run('7')}</w:p></w:tc>"
    table = f"<w:tbl {nsdecls('w')}><w:tr>{cell}{other}</w:tr><w:tr>{other}{other}</w:tr></w:tbl>"
    document.element.body.insert(0, parse_xml(table))
    document.save(str(path))
    (grid,) = [block for block in read(path).blocks if isinstance(block, Grid)]
    return next(cell.text for cell in grid.cells if (cell.row, cell.column) == (0, 0))


@pytest.mark.parametrize(("number", "shown"), [("", PICTURE), ("1", PICTURE), ("0", "")])
def test_a_blank_cell_that_its_style_numbers_is_not_blank(number: str, shown: str, tmp_path: Path) -> None:
    assert numbered(tmp_path / "2023.docx", number) == shown


SMALL, USUAL = '<w:sz w:val="14"/>', '<w:sz w:val="21"/>'


@pytest.mark.parametrize(
    ("inner", "text", "is_doubted"),
    [
        (run("350") + run("1", SMALL), "3501", True),
        (run("1", SMALL) + run("350", USUAL), "1350", True),
        (run("350\u200b") + run("1", SMALL), "350\u200b1", True),
        (run("350", SMALL) + run("1", SMALL), "3501", False),
        (run("350", USUAL) + run("1", '<w:sz w:val="18"/>'), "3501", False),
        (run("350") + run("件", SMALL), "350件", False),
        (run("350") + run("1", SMALL + '<w:vertAlign w:val="superscript"/>'), "350¹", False),
        (run("350") + run("9", SMALL + "<w:vanish/>") + run("1"), "3501", False),
    ],
)
def test_a_digit_in_smaller_type_on_the_line_may_be_the_sign_of_a_note(
    inner: str, text: str, is_doubted: bool, tmp_path: Path
) -> None:
    found = cell_of(inner, tmp_path)
    assert found.text == text
    assert found.confidence == (SETTINGS.doubtful if is_doubted else 1.0)


def test_a_paragraph_begins_anew(tmp_path: Path) -> None:
    found = cell_of(f"{run('350')}</w:p><w:p>{run('1', SMALL)}", tmp_path)
    assert (found.text, found.confidence) == ("350\n1", 1.0)
