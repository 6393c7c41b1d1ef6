"""Charsets: with and without a declaration, true or false, on short and long texts."""

from __future__ import annotations

import codecs
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ogi.readers.document import UnreadableFile
from ogi.readers.encoding import STRAY, decode, stray_note

SIMPLIFIED = "某市财政局二〇二三年政府信息公开工作年度报告，本年新收申请12件，上年结转3件；“予以公开”9件。"
TRADITIONAL = "某市財政局政府信息公開工作年度報告，本年新收申請12件，上年結轉3件；「予以公開」9件。"
CASES = [
    (SIMPLIFIED, "utf-8"),
    (SIMPLIFIED.replace("〇", "零"), "gb2312"),
    (SIMPLIFIED, "gb18030"),
    (SIMPLIFIED, "utf-16"),
    (SIMPLIFIED, "utf-16-le"),
    (SIMPLIFIED, "utf-16-be"),
    (TRADITIONAL, "utf-8"),
    (TRADITIONAL, "gb18030"),
    (TRADITIONAL, "big5"),
    (TRADITIONAL, "utf-16-le"),
]
NAMED = [f"{charset}-{'traditional' if text is TRADITIONAL else 'simplified'}" for text, charset in CASES]


@pytest.mark.parametrize(("text", "charset"), CASES, ids=NAMED)
@pytest.mark.parametrize("length", [4, 12, None])
def test_without_a_declaration(text: str, charset: str, length: int | None):
    piece = text[:length] if length is not None else text * 500
    assert decode(piece.encode(charset)) == piece


@pytest.mark.parametrize(("text", "charset"), CASES, ids=NAMED)
@pytest.mark.parametrize("declared", ["utf-8", "gb2312", "GBK", "big5", "utf-16", "iso-8859-1", "nonsense"])
@pytest.mark.parametrize(
    "declaration",
    ["<meta charset='{}'>", '<meta http-equiv="Content-Type" content="text/html; charset={}">'],
)
def test_a_declaration_true_or_false(text: str, charset: str, declared: str, declaration: str):
    page = declaration.format(declared) + "<p>" + text + "</p>"
    assert decode(page.encode(charset)) == page


def test_an_xml_declaration_that_lies():
    page = f'<?xml version="1.0" encoding="gb2312"?><p>{SIMPLIFIED}</p>'
    assert decode(page.encode()) == page


def test_markup_does_not_outvote_a_little_chinese():
    page = "<meta charset=big5>" + "<td></td>" * 5000 + "<p>年报</p>"
    assert decode(page.encode("gb18030")) == page


@pytest.mark.parametrize("charset", ["utf-8-sig", "utf-16"])
def test_a_byte_order_mark_is_taken_off(charset: str):
    assert decode(SIMPLIFIED.encode(charset)) == SIMPLIFIED


def test_byte_order_marks_of_both_orders():
    assert decode(codecs.BOM_UTF16_BE + "年报".encode("utf-16-be")) == "年报"
    assert decode(b"\x84\x31\x95\x33" + "年报".encode("gb18030")) == "年报"


def test_characters_beyond_gbk_are_kept():
    text = SIMPLIFIED + "𠮷㐂"
    assert decode(text.encode("gb18030")) == text


def test_ascii_is_no_utf_16():
    assert decode(b"Bush hid the facts") == "Bush hid the facts"


def test_other_scripts_in_utf_8():
    text = "ھۆكۈمەت ئۇچۇرلىرىنى ئاشكارىلاش"
    assert decode(text.encode()) == text


@given(st.text(st.characters(codec="gb2312", min_codepoint=0x4E00), min_size=1), st.data())
def test_no_byte_is_lost(text: str, data: st.DataObject):
    charset = data.draw(st.sampled_from(["utf-8", "gb18030"]))
    read = decode((SIMPLIFIED + text).encode(charset))
    assert read == SIMPLIFIED + text


@pytest.mark.parametrize(
    "data",
    [
        SIMPLIFIED.encode() + b"\xff\xfe\xfd",
        SIMPLIFIED.encode("gb18030")[:-1],
        b"\xff\xfe" + bytes(200),
        random.Random(1).randbytes(500),
        "Отчёт о раскрытии информации".encode("cp1251"),
        "情報公開の年次報告書について".encode("shift_jis"),
    ],
    ids=["trailing rubbish", "cut character", "nothing but nulls", "random", "Russian", "Japanese"],
)
def test_what_no_charset_decodes_is_refused(data: bytes):
    with pytest.raises(UnreadableFile, match=r"^annual\.txt: expected text in UTF-8.*found bytes"):
        decode(data, "annual.txt")


@pytest.mark.parametrize("charset", ["utf-8", "gbk", "big5"])
@pytest.mark.parametrize("stray", [b"\xff", b"\xd6", b"\x81"])
def test_a_stray_byte_spoils_its_own_character_alone(charset: str, stray: bytes):
    text = TRADITIONAL if charset == "big5" else SIMPLIFIED.replace("〇", "零")
    at = len(text[: text.index("12件")].encode(charset))
    whole = (text * 9).encode(charset)
    read = decode(whole[:at] + stray + whole[at:])
    assert read == text.replace("12件", STRAY + "12件", 1) + text * 8


def test_a_part_in_another_charset_costs_no_figure_of_the_rest():
    read = decode((SIMPLIFIED * 20).encode() + "版权所有".encode("gbk"))
    assert read.startswith(SIMPLIFIED * 20)
    assert "stray" in stray_note(read)[0]


def test_enc_mixed():
    """One heading in GBK, taken into a page in UTF-8."""
    heading = "六、其他需要报告的事项".encode("gbk")
    whole = "<p>本机关公开政府信息12件。</p>\n".encode() * 30
    read = decode(whole + b"<h2>" + heading + b"</h2>\n" + whole)
    assert read.count("公开政府信息12件。</p>") == 60
    assert "stray" in stray_note(read)[0]


def test_many_stray_bytes_are_no_text():
    with pytest.raises(UnreadableFile):
        decode(b"\xff".join(letter.encode() for letter in SIMPLIFIED * 9))
