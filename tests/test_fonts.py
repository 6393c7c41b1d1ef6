"""Chinese shows on a machine without Chinese fonts, in the shapes of mainland China, from the same bytes."""

from __future__ import annotations

import base64
import io
import warnings
from dataclasses import replace
from pathlib import Path

import matplotlib
import pytest
from fontTools.ttLib import TTCollection, TTFont
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib import font_manager
from matplotlib.figure import Figure

from ogi import fonts
from ogi.forms import BALANCE_NOTE, SECTIONS, TABLES
from tests.font_cuts import held


@pytest.fixture(autouse=True)
def _settings_restored() -> object:
    with matplotlib.rc_context():
        yield


def form_text() -> str:
    """Every Chinese word of both forms."""
    tables = [table for editions in TABLES.values() for table in editions.values()]
    items = [item.full_label for table in tables for item in table.items]
    measures = [measure.zh for table in tables for measure in table.measures]
    return "".join([*items, *measures, BALANCE_NOTE, *(section.zh for section in SECTIONS)])


def embedded(css: str) -> TTFont:
    encoded = css.split("base64,")[1].split(")")[0]
    return TTFont(io.BytesIO(base64.b64decode(encoded)))


def found() -> font_manager.FontPath:
    return font_manager.fontManager._find_fonts_by_props(font_manager.FontProperties())[0]


def test_the_chosen_face_is_the_one_of_mainland_china() -> None:
    fonts.use()
    face = TTCollection(str(fonts.FONT_FILE), lazy=True).fonts[found().face_index]
    assert face["name"].getDebugName(6) == "NotoSansCJKsc-Regular"


def test_use_may_be_called_again() -> None:
    fonts.use()
    once = list(font_manager.fontManager.ttflist)
    fonts.use()
    assert font_manager.fontManager.ttflist == once
    assert matplotlib.rcParams["font.family"][0] == fonts.FAMILY


def test_a_stale_font_cache_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    fonts.use()
    manager = font_manager.fontManager
    ours = next(font for font in manager.ttflist if font.name == fonts.FAMILY)
    others = [font for font in manager.ttflist if font.name != fonts.FAMILY]
    gone = replace(ours, fname=str(Path(ours.fname).with_name("gone.ttc")))
    monkeypatch.setattr(manager, "ttflist", [gone, *others])
    manager._findfont_cached.cache_clear()
    fonts.use()
    assert Path(found().path) == fonts.FONT_FILE.resolve()


def test_all_that_the_forms_say_has_a_glyph(tmp_path: Path) -> None:
    fonts.use()
    figure = Figure()
    figure.text(0, 0.5, form_text() + "−1 ≥ “三安全一稳定” 2019—2024 √×·…", parse_math=False)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        figure.savefig(tmp_path / "drawn.png")


def test_a_page_gets_its_characters_and_no_others() -> None:
    css = fonts.web_font_css("公开\n年报")
    characters = set(embedded(css).getBestCmap())
    ascii_printable = set(range(0x20, 0x7F))
    assert characters == {*map(ord, "公开年报"), *ascii_printable}
    assert css.startswith(f"@font-face {{ font-family: '{fonts.FAMILY}'; src: url(data:font/woff;base64,")
    assert embedded(css)["name"].getDebugName(6) == "NotoSansCJKsc-Regular"


def test_quotes_and_dots_are_as_narrow_in_english_as_english_has_them() -> None:
    """An apostrophe stood as wide as an ideograph in “the report’s”."""
    widths = {}
    for language in ("zh", "en"):
        *_, cut = fonts.web_font_css("年“a’s”·", language).splitlines()
        font = embedded(cut)
        widths[language] = [font["hmtx"][font.getBestCmap()[ord(sign)]][0] for sign in "“’”·"]
    assert widths["zh"] == [1000] * 4
    assert max(widths["en"]) < 600
    assert held(fonts.web_font_css("年“a’s”·", "en")) == held(fonts.web_font_css("年“a’s”·"))


def test_the_embedded_glyph_is_the_mainland_one() -> None:
    collection = TTCollection(str(fonts.FONT_FILE), lazy=True)
    of = {font["name"].getDebugName(1): font for font in collection.fonts}
    widths = {}
    for name, font in (
        ("embedded", embedded(fonts.web_font_css("骨"))),
        ("SC", of[fonts.FAMILY]),
        ("JP", of["Noto Sans CJK JP"]),
    ):
        glyphs = font.getGlyphSet()
        widths[name] = _outline(glyphs, font.getBestCmap()[ord("骨")])
    assert widths["embedded"] == widths["SC"] != widths["JP"]


def _outline(glyphs: object, name: str) -> list[object]:
    from fontTools.pens.recordingPen import DecomposingRecordingPen

    pen = DecomposingRecordingPen(glyphs)
    glyphs[name].draw(pen)  # type: ignore[index]
    return pen.value


def test_the_forms_fit_in_a_small_font() -> None:
    assert len(fonts.web_font_css(form_text())) < 60_000


def test_what_the_font_lacks_is_left_out() -> None:
    assert 0x1F600 not in embedded(fonts.web_font_css("😀公")).getBestCmap()


@settings(max_examples=15, deadline=None)
@given(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=30))
def test_the_same_characters_give_the_same_bytes(text: str) -> None:
    assert fonts.web_font_css(text) == fonts.web_font_css(text[::-1] + text)
    assert set(map(ord, text)) <= set(embedded(fonts.web_font_css(text)).getBestCmap())
