"""Odd ways in which a Word file shows a number: of each its runs, and what of it shows.

LibreOffice prints the same files as PDFs, where the same must be found by other means.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.corpus.manners.marked import GONE, LOST, SAME


@dataclass(frozen=True)
class Trick:
    """`runs`: of a number and another number that is none of the cell's. `on_paper`: None where LibreOffice
    does not print what Word shows.
    """

    name: str
    runs: Callable[[str, str], str]
    shows: str = SAME
    on_paper: str | None = ""


def run(text: str, looks: str = "") -> str:
    """A run of text in small type."""
    return f'<w:r><w:rPr>{looks}<w:sz w:val="16"/></w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def _beside(looks: str) -> Callable[[str, str], str]:
    """The number, and another one that looks so."""
    return lambda n, other: run(n) + run(other, looks)


def _whole(looks: str) -> Callable[[str, str], str]:
    return lambda n, _: run(n, looks)


def _field(code: str, result: str = "") -> str:
    """A field by its code, with what it shows where that stands in the file."""
    shown = f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{result}' if result else ""
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> {code} '
        f'</w:instrText></w:r>{shown}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def _choice(n: str, other: str) -> str:
    return (
        '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:ddList><w:result w:val="1"/>'
        f'<w:listEntry w:val="{other}"/><w:listEntry w:val="{n}"/></w:ddList></w:ffData></w:fldChar></w:r>'
        '<w:r><w:instrText xml:space="preserve"> FORMDROPDOWN </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def _control(n: str, other: str) -> str:
    return (
        f'<w:sdt><w:sdtPr><w:dropDownList><w:listItem w:value="{other}"/></w:dropDownList></w:sdtPr>'
        f"<w:sdtContent>{run(n)}</w:sdtContent></w:sdt>"
    )


_MATH = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'


def _math(inner: Callable[[str, str], str]) -> Callable[[str, str], str]:
    return lambda n, other: (
        f"<m:oMath {_MATH}>{inner(*(f'<m:r><m:t>{t}</m:t></m:r>' for t in (n, other)))}</m:oMath>"
    )


TRICKS = (
    Trick("white_run", _beside('<w:color w:val="FFFFFF"/>')),
    Trick("nearly_white_run", _beside('<w:color w:val="FDFDFD"/>')),
    Trick(
        "run_of_its_shade",
        _beside('<w:color w:val="808080"/><w:shd w:val="clear" w:fill="808080"/>'),
        on_paper=None,
    ),
    Trick("tiny_run", _beside('<w:sz w:val="2"/>'), on_paper=None),
    Trick("hidden_run", _beside("<w:vanish/>")),
    Trick("raised_run", _beside('<w:position w:val="12"/>')),
    Trick("superscript_run", _beside('<w:vertAlign w:val="superscript"/>')),
    Trick("subscript_run", _beside('<w:vertAlign w:val="subscript"/>')),
    Trick("struck_run", _whole("<w:strike/>"), LOST),
    Trick("doubly_struck_run", _whole("<w:dstrike/>"), LOST),
    Trick("white_alone_run", _whole('<w:color w:val="FFFFFF"/>'), GONE),
    Trick("black_run", _whole('<w:shd w:val="clear" w:fill="000000"/><w:color w:val="000000"/>'), LOST),
    Trick("symbol_font_run", _whole('<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>'), LOST, None),
    Trick("dingbats_run", _whole('<w:rFonts w:ascii="Webdings" w:hAnsi="Webdings"/>'), LOST, None),
    Trick(
        "symbol_run",
        lambda n, _: "".join(
            f'<w:r><w:sym w:font="Wingdings" w:char="F0{0x80 + int(d):02X}"/></w:r>' for d in n
        ),
        LOST,
        None,
    ),
    Trick("narrow_run", _beside('<w:w w:val="1"/>'), on_paper=None),
    Trick(
        "unfilled_run",
        _beside(
            '<w14:textFill xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"><w14:noFill/></w14:textFill>'
        ),
        on_paper=None,
    ),
    Trick("overlapping_run", _whole('<w:spacing w:val="-200"/>'), LOST, None),
    Trick(
        "deleted_run",
        lambda n, other: f'{run(n)}<w:del w:id="7">{run(other).replace("w:t", "w:delText")}</w:del>',
    ),
    Trick("inserted_run", lambda n, _: f'<w:ins w:id="7">{run(n)}</w:ins>'),
    Trick("drop_down", _choice),
    Trick("control", _control),
    Trick("text_field", lambda n, _: _field("FORMTEXT", run(n))),
    Trick("formula_with_result", lambda n, _: _field("=SUM(ABOVE)", run(n)), on_paper=None),
    Trick("formula_without", lambda n, _: _field("=SUM(ABOVE)"), LOST, None),
    Trick("fraction_field", lambda n, other: _field(f"EQ \\f({n},{other})"), LOST, None),
    Trick("overstrike_field", lambda n, other: _field(f"EQ \\o({n},{other})"), LOST, None),
    Trick("raised_field", lambda n, other: run(n) + _field(f"EQ \\s\\up8({other})"), on_paper=None),
    Trick("quoted_field", lambda n, _: _field(f'QUOTE "{n}"'), on_paper=None),
    Trick("index_field", lambda n, other: run(n) + _field(f'XE "{other}"')),
    Trick("fraction", _math(lambda n, d: f"<m:f><m:num>{n}</m:num><m:den>{d}</m:den></m:f>"), LOST, None),
    Trick("power", _math(lambda n, d: f"<m:sSup><m:e>{n}</m:e><m:sup>{d}</m:sup></m:sSup>"), SAME, None),
    Trick("plain_math", _math(lambda n, _: n), on_paper=None),
    Trick(
        "ruby",
        lambda n, other: (
            f"<w:r><w:ruby><w:rubyPr/><w:rt>{run(other)}</w:rt><w:rubyBase>{run(n)}</w:rubyBase></w:ruby></w:r>"
        ),
        on_paper=None,
    ),
    Trick("turned_runs", lambda n, _: f'<w:bdo w:val="rtl">{run(n[::-1])}</w:bdo>', on_paper=None),
    Trick("soft_hyphen", lambda n, _: run(n[:1]) + "<w:r><w:softHyphen/></w:r>" + run(n[1:])),
    Trick("split_runs", lambda n, _: "".join(map(run, n))),
    Trick("link", lambda n, _: f"<w:hyperlink>{run(n)}</w:hyperlink>"),
    Trick("broken_number", lambda n, other: f"{run(n)}<w:r><w:br/></w:r>{run(other)}", LOST, None),
    Trick("tabbed_number", lambda n, other: f"{run(n)}<w:r><w:tab/></w:r>{run(other)}", LOST, None),
)
