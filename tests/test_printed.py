"""One report as it was printed: what its fragments say, where its cells are drawn, and that nothing leaks."""

from __future__ import annotations

import base64
import io
import re
from dataclasses import replace
from functools import cache
from pathlib import Path

import lxml.html
import pandas as pd
import pytest
from PIL import Image

from ogi import checks, forms
from ogi.pages import printed
from ogi.pages.clippings import data_uri
from ogi.pages.html import say
from ogi.pages.printed.fragments import LARGEST_PICTURE
from ogi.pages.printed.report import BROKEN, DOUBT, EMPTY, HOLDS, UNCHECKED, OneReport
from ogi.said import Refused, wordings
from ogi.tables import alone, frames
from tests.font_cuts import held

SAMPLES = Path(__file__).resolve().parents[1] / "data" / "samples"
HONGZE, BROKEN_SUMS = "淮安市洪泽区人民政府/2023.pdf", "示例区城市管理局/2022.docx"
ROW_MISSING, BLANKS, MARKS = "示例镇人民政府/2022.txt", "示例县卫生健康局/2022.pdf", "示例市公安局/2022.pdf"


def way(report: OneReport) -> str:
    return printed.way(report, "requests/new/total")


FRAGMENTS = (
    printed.identity,
    printed.tables,
    printed.sums,
    printed.sheets,
    printed.reading,
    printed.narrative,
    printed.lattice,
    way,
)


@cache
def sample(name: str, language: str = "en") -> OneReport:
    return printed.read(SAMPLES / name, language=language)


@pytest.fixture
def hongze() -> OneReport:
    return sample(HONGZE)


def tree(fragment: str) -> lxml.html.HtmlElement:
    return lxml.html.fragment_fromstring(fragment)


def words(fragment: str) -> str:
    """What a reader sees: no style, white space folded."""
    root = tree(fragment)
    for style in root.xpath(".//style"):
        style.drop_tree()
    return " ".join(root.text_content().split())


def with_figure(report: OneReport, id: str, **changes: object) -> OneReport:
    """The report with one figure read otherwise, checked anew."""
    figures = tuple(replace(f, **changes) if f.id == id else f for f in report.read.figures)
    read = replace(report.read, figures=figures)
    found = frames([alone(read)])
    tables = replace(report.frames, checks=checks.check(found["figures"], report.language), **found)
    return replace(report, read=read, frames=tables)


# --- reading ---------------------------------------------------------------------------------------


def test_a_report_says_itself_who_and_when(hongze):
    assert (hongze.frames.agency, hongze.column.year) == (hongze.read.agency, 2023)
    assert "as given" not in words(printed.identity(hongze))


def test_agency_and_year_can_be_given_and_the_page_says_so():
    report = printed.read(SAMPLES / HONGZE, agency=" 某区人民政府 ", year=2022)
    assert (report.frames.agency, report.column.year) == ("某区人民政府", 2022)
    assert set(report.frames.figures["year"]) == {2022}
    said = words(printed.identity(report))
    assert "某区人民政府 as given; the report itself says 洪泽区人民政府" in said
    assert "2022 as given; the report itself says 2023" in said


def test_a_report_that_names_nobody(tmp_path):
    text = (SAMPLES / ROW_MISSING).read_text("utf-8").replace("示例镇人民政府", "").replace("2022", "")
    path = tmp_path / "x.txt"
    path.write_text(text, encoding="utf-8")
    said = words(printed.identity(printed.read(path, agency="某机关")))
    assert "某机关" in said
    assert "year unknown" in said.lower()


@pytest.mark.parametrize(
    ("name", "options", "message"),
    [
        ("none.pdf", {}, "none.pdf: expected a file, found nothing there"),
        ("x.xyz", {}, "expected one of .* found “.xyz”"),
        ("x.txt", {}, "expected an annual report: .* found none of them"),
        ("x.txt", {"year": 1999}, "year: expected 2019 to 2099, or 0 .* found 1999"),
        (
            "x.txt",
            {"language": "zh"},
            "x.txt：未能读取：六个部分和法定表格均无的文件（应为含六个部分或法定表格的年报）",
        ),
        ("x.txt", {"language": "fr"}, "language: expected one of en, zh, found 'fr'"),
    ],
)
def test_a_fault_is_one_line_in_a_notebook_and_an_error_in_batch(tmp_path, name, options, message):
    if name != "none.pdf":
        (tmp_path / name).write_text("一些文字", encoding="utf-8")
    with pytest.raises(Refused, match=message) as fault:
        printed.read(tmp_path / name, **options)
    assert fault.value._render_traceback_() == [str(fault.value)]
    assert "\n" not in str(fault.value)


# --- standing --------------------------------------------------------------------------------------


def kinds(report: OneReport) -> dict[str, str]:
    return {id: standing.kind for id, standing in report.standings.items()}


def test_every_cell_of_a_broken_sum_is_broken_and_no_other(hongze):
    found = kinds(hongze)
    broken = {id for id, kind in found.items() if kind == BROKEN}
    outcomes = {f"review/{item}/{m.id}" for item in ("reconsideration", "litigation_after_reconsideration")
                for m in forms.TABLES["review"]["2021"].measures}  # fmt: skip
    assert broken == outcomes
    assert found["requests/new/total"] == HOLDS
    assert found["proactive/licences/decisions"] == UNCHECKED
    why = hongze.standings["review/reconsideration/total"].why
    assert len(why) == 1
    assert "= 11, but 总计 = 0" in why[0]


@pytest.mark.parametrize(
    ("verdict", "kind"), [(checks.Verdict.BROKEN, DOUBT), (checks.Verdict.HOLDS, UNCHECKED)]
)
def test_a_rule_beyond_the_form_only_raises_doubt(hongze, verdict, kind):
    told = hongze.frames.checks.tail(1).assign(
        official=False, verdict=verdict, message="told otherwise", cells=[["proactive/licences/decisions"]]
    )
    report = replace(hongze, frames=replace(hongze.frames, checks=pd.concat([hongze.frames.checks, told])))
    standing = report.standings["proactive/licences/decisions"]
    assert standing.kind == kind
    assert standing.why == (("told otherwise",) if kind == DOUBT else ())


def test_a_row_that_is_missing_leaves_its_sums_in_doubt():
    found = kinds(sample(ROW_MISSING))
    doubtful = {id for id, kind in found.items() if kind == DOUBT}
    assert {"requests/granted/total", "requests/outcome_total/natural_person"} <= doubtful
    assert found["requests/new/natural_person"] == HOLDS
    assert BROKEN not in found.values()


def test_a_blank_is_empty_where_the_sums_hold_with_it():
    report = sample(BLANKS)
    found, state = kinds(report), report.frames.figures.set_index(["table", "item", "measure"])["state"]
    assert {found["/".join(key)] for key in state[state == "blank"].index} == {EMPTY}
    assert found["requests/new/total"] == HOLDS


def test_what_cannot_be_read_is_in_doubt_and_says_why(hongze):
    report = with_figure(hongze, "requests/new/total", value=None, state="unreadable", printed="2 1")
    standing = report.standings["requests/new/total"]
    assert standing.kind == DOUBT
    assert standing.why[0] == "the printed text is no single number"


def test_what_was_hardly_recognised_is_in_doubt_though_its_sums_hold(hongze):
    report = with_figure(hongze, "requests/new/total", confidence=0.899)
    assert report.standings["requests/new/total"].why == ("recognised with confidence 89.9%",)
    sure = with_figure(hongze, "requests/new/total", confidence=0.9)
    assert kinds(sure)["requests/new/total"] == HOLDS


# --- tables ----------------------------------------------------------------------------------------


def test_the_tables_hold_every_figure_in_its_place(hongze):
    root = tree(printed.tables(hongze))
    shown = {cell.get("id"): cell.text_content().strip() for cell in root.xpath("//td[@id]")}
    assert len(shown) == len(hongze.read.figures) == 186
    assert shown["requests-new-total-2023"] == "21"
    assert shown["proactive-fees-amount-2023"] == "7,730.28"
    assert shown["review-litigation_after_reconsideration-upheld-2023"] == "5"
    assert "form 2019" in words(printed.tables(hongze))


def test_a_figure_stands_under_its_head_and_beside_its_label(hongze):
    table = tree(printed.tables(hongze)).xpath("//table")[1]
    heads = [" ".join(head.text_content().split()) for head in table.xpath(".//thead/tr[last()]/th")]
    row = next(r for r in table.xpath(".//tbody/tr") if r.xpath(".//td[@id='requests-granted-total-2023']"))
    columns = [cell.get("id") or "" for cell in row]
    assert heads[columns.index("requests-granted-total-2023")].startswith("Total")
    assert "予以公开" in row.xpath("./th")[0].text_content()
    spans = [
        sum(int(h.get("colspan")) for h in tr.xpath("./th"))
        for tr in table.xpath(".//thead/tr[position()<last()]")
    ]
    assert spans == [7, 7]


@pytest.mark.parametrize(
    ("name", "state", "text"),
    [(BLANKS, "blank", "·"), (MARKS, "not_applicable", None), (ROW_MISSING, "absent", "–")],
)
def test_a_state_is_shown_as_such_and_explained(name, state, text):
    report = sample(name)
    root = tree(printed.tables(report))
    cells = root.xpath(f"//td[contains(concat(' ', @class, ' '), ' {state} ')][@id]")
    assert len(cells) == int((report.frames.figures["state"] == state).sum()) > 0
    assert text is None or {cell.text_content().strip() for cell in cells} == {text}
    assert root.xpath(f"//*[contains(@class, 'sample {state}')]")


def test_a_table_that_is_not_there_is_said_to_be_missing(hongze):
    forms_found = {**hongze.read.forms, "review": None}
    read = replace(
        hongze.read, forms=forms_found, figures=tuple(f for f in hongze.read.figures if f.table != "review")
    )
    report = replace(hongze, read=read, frames=replace(hongze.frames, **frames([alone(read)])))
    assert words(printed.tables(report)).count("This table was not found in the report.") == 1


def test_what_a_rule_speaks_of_is_linked_to_its_place():
    report = sample(BROKEN_SUMS)
    ids = set(tree(printed.tables(report)).xpath("//td/@id | //tr/@id"))
    links = {href.removeprefix("#") for href in tree(printed.sums(report)).xpath("//a/@href")}
    assert links
    assert links <= ids


# --- pages -----------------------------------------------------------------------------------------


def places(spot: lxml.html.HtmlElement) -> dict[str, float]:
    return {name: float(value) for name, value in re.findall(r"(\w+):([\d.]+)%", spot.get("style"))}


def test_each_figure_is_drawn_once_on_the_page_that_holds_it(hongze):
    sheets = tree(printed.sheets(hongze)).xpath("//section")
    drawn = [len(sheet.xpath(".//*[contains(@class, 'spot ')]")) for sheet in sheets]
    boxes = [figure.box for figure in hongze.read.figures]
    assert drawn == [sum(box.page == page for box in boxes) for page in (1, 2, 3)]
    ids = tree(printed.sheets(hongze)).xpath("//*[starts-with(@id, 'spot-')]/@id")
    assert len(set(ids)) == len(ids) == 186


def test_a_cell_is_drawn_at_its_box_and_tells_its_figure(hongze):
    root = tree(printed.sheets(hongze))
    spot = root.get_element_by_id("spot-requests-new-total")
    box = next(f.box for f in hongze.read.figures if f.id == "requests/new/total")
    assert places(spot)["left"] == pytest.approx(100 * box.x0 / 595, abs=0.1)
    assert places(spot)["top"] == pytest.approx(100 * box.top / 842, abs=0.1)
    assert places(spot)["height"] == pytest.approx(100 * (box.bottom - box.top) / 842, abs=0.1)
    assert [line.text for line in spot.getnext()] == [
        "requests/new/total = 21 件", "every sum it takes part in holds"
    ]  # fmt: skip
    wrong = root.get_element_by_id("spot-review-reconsideration-total")
    assert "broken" in wrong.get("class").split()
    assert "but 总计 = 0" in wrong.getnext()[1].text


def test_figures_of_one_merged_cell_share_its_place(hongze):
    box = next(f.box for f in hongze.read.figures if f.id == "requests/new/total")
    report = with_figure(hongze, "requests/carried_in/total", box=box, state="unreadable", value=None)
    spot = tree(printed.sheets(report)).get_element_by_id("spot-requests-new-total")
    assert [child.get("id") for child in spot] == ["spot-requests-carried_in-total"]
    assert "doubt" in spot.get("class").split()
    assert len(spot.getnext()) >= 4


def test_above_a_page_stands_how_many_of_its_cells_are_of_each_kind(hongze):
    (sheet, *_) = tree(printed.sheets(hongze)).xpath("//section")
    counts = [int(b.text) for b in sheet.xpath(".//ul[@class='legend']//b")]
    assert sum(counts) == sum(f.box is not None and f.box.page == 1 for f in hongze.read.figures) > 0


def test_beside_a_page_stands_only_what_is_on_it(hongze):
    second = tree(printed.sheets(hongze)).xpath("//section")[1]
    assert len(second.xpath(".//table")) == 1
    assert len(second.xpath(".//table//td[contains(@class, 'on-')]")) == 98
    third = words(lxml.html.tostring(tree(printed.sheets(hongze)).xpath("//section")[2], encoding="unicode"))
    assert "Newly received" not in third
    assert "Carried over to next year" in third


def test_a_row_cut_by_the_page_break_points_to_the_other_page(hongze):
    box = next(f.box for f in hongze.read.figures if f.id == "requests/new/total")
    report = with_figure(hongze, "requests/new/total", box=box._replace(page=3))
    second = tree(printed.sheets(report)).xpath("//section")[1]
    assert [cell.text_content() for cell in second.xpath(".//td[contains(@class, 'elsewhere')]")] == ["p.3"]


def test_links_of_the_tables_lead_to_what_is_drawn(hongze):
    drawn = set(tree(printed.sheets(hongze)).xpath("//*/@id"))
    links = [href.removeprefix("#") for href in tree(printed.tables(hongze)).xpath("//td/a/@href")]
    assert len(links) == 186
    assert set(links) <= drawn


def test_the_picture_of_each_page_is_small_and_whole(hongze):
    for source in tree(printed.sheets(hongze)).xpath("//img/@src"):
        assert len(source) < 150_000
        picture = Image.open(io.BytesIO(base64.b64decode(source.partition(",")[2])))
        assert picture.size == (909, 1287)


def test_even_a_photograph_becomes_small():
    kind, _, data = data_uri(Image.effect_noise((1400, 1900), 120).convert("RGB"), LARGEST_PICTURE).partition(
        ","
    )
    assert kind == "data:image/jpeg;base64"
    assert len(base64.b64decode(data)) <= LARGEST_PICTURE


@pytest.mark.parametrize("name", [BROKEN_SUMS, ROW_MISSING, "上海市人民政府办公厅/2019.html"])
def test_a_format_without_pages_says_so(name):
    report = sample(name)
    assert words(printed.sheets(report)) == str(say("no_pages", "en"))
    assert "it has no place on a page" in words(printed.cell(report, "requests/new/total"))
    assert "PDF files only" in words(printed.lattice(report))


# --- the smaller parts ---------------------------------------------------------------------------


def test_one_cell_as_a_picture(hongze):
    (image,) = tree(printed.cell(hongze, "requests/new/total")).xpath("//img")
    box = next(f.box for f in hongze.read.figures if f.id == "requests/new/total")
    assert int(image.get("width")) == pytest.approx((box.x1 - box.x0 + 8) * 200 / 72, abs=2)
    assert image.get("alt") == "requests/new/total as printed"


def test_a_figure_that_no_form_has(hongze):
    with pytest.raises(Refused, match=r"expected a figure by its id.*found 'requests/new/sum'"):
        printed.cell(hongze, "requests/new/sum")


def test_the_lattice_of_a_page_that_is_not_there(hongze):
    with pytest.raises(Refused, match="a page from 1 to 3, found page 9"):
        printed.lattice(hongze, 9)
    with pytest.raises(Refused, match="第9页（应为第1页至第3页）"):
        printed.lattice(sample(HONGZE, "zh"), 9)


def test_the_words_of_each_section_are_folded_away(hongze):
    sections = tree(printed.narrative(hongze)).xpath("//details[not(@open)]")
    before, *numbered = [s.xpath("string(summary/span[1])") for s in sections]
    assert before == "Before the first section"
    assert numbered == [f"{section.number}、{section.zh}" for section in forms.SECTIONS]
    assert hongze.read.narratives[0].text.splitlines()[0] in sections[0].text_content()


def test_what_was_not_understood_is_told():
    assert "expected by the form, not found" in words(printed.reading(sample(ROW_MISSING)))


# --- languages, untrusted text, style --------------------------------------------------------------


@pytest.mark.parametrize("room", ["ogi", "ogi.pages", "ogi.charts", "ogi.tables"])
def test_every_word_is_there_in_both_languages(room):
    for key, text in wordings(room).items():
        is_name = text in ("CSV", "PDF", "Word", "SHA-256")  # the same in both languages
        assert is_name or re.search("[\u4e00-\u9fff，。、；：（）—]", text.zh), key
        assert not re.search("[\u4e00-\u9fff]", text), key


@pytest.mark.parametrize("show", [show for show in FRAGMENTS if show not in (printed.reading, way)])
def test_a_fragment_speaks_chinese_where_asked_to(show):
    root = tree(show(sample(HONGZE, "zh")))
    assert root.get("lang") == "zh-Hans"
    for code in root.xpath(".//code"):
        code.drop_tree()
    ids = {part for figure in sample(HONGZE).read.figures for part in re.split(r"[/_.]", figure.id)}
    strange = set(re.findall(r"[A-Za-z]{4,}", words(lxml.html.tostring(root, encoding="unicode"))))
    assert not strange - ids


@pytest.mark.parametrize("show", FRAGMENTS, ids=lambda show: show.__name__)
def test_nothing_of_a_report_becomes_markup(tmp_path, show):
    evil = "<img src=x onerror=alert(1)>"
    text = (SAMPLES / ROW_MISSING).read_text("utf-8")
    text = text.replace("\t1\t", f"\t{evil}\t").replace("。", f"。{evil}")
    text = text.replace("属于国家秘密", f"属于国家秘密{evil}")
    path = tmp_path / f"{evil.replace('/', '')}2022.txt"
    path.write_text(text, encoding="utf-8")
    report = printed.read(path, agency=evil)
    fragment = show(report)
    assert "<img src=x" not in fragment
    assert not tree(fragment).xpath("//*[@onerror]|//script")
    if show is not printed.lattice and show is not printed.sheets:
        assert "onerror" in fragment


def _outermost(style: str) -> dict[str, str]:
    """Selector → what stands between its braces, of the rules that stand in no other."""
    rules, depth, begun, selector = {}, 0, 0, ""
    for at, sign in enumerate(style):
        if sign == "{":
            if depth == 0:
                selector, begun = style[begun:at].strip(), at + 1
            depth += 1
        elif sign == "}":
            depth -= 1
            if depth == 0:
                rules[selector], begun = style[begun:at].strip(), at + 1
    assert (depth, style[begun:].strip()) == (0, "")
    return rules


def test_the_style_reaches_nothing_outside_its_roof(hongze):
    """But for the font, in code, headings and tables of pandas, and for what charts and their theme need."""
    rules = _outermost(tree(printed.identity(hongze)).xpath("string(//style)"))
    assert "@font-face" in rules
    font = rules.pop(".jp-RenderedMarkdown, .jp-RenderedHTMLCommon table.dataframe")
    assert re.fullmatch(r"font-family: [^{};]+;", font)
    assert re.fullmatch(r"font-family: [^{};]+;", rules.pop(".cm-content"))
    assert rules.pop(".jp-RenderedMarkdown :is(h1, h2)") == "line-height: 1.25;"
    own = ("@font-face", ".ogi-report.ogi-report", ".plot", ".ogi-charts .gloss", ".ogi-charts .chart-title")
    assert [selector for selector in rules if not selector.endswith(own)] == []
    assert ":root {" not in rules[".ogi-report.ogi-report"]


def test_the_font_holds_the_characters_that_are_shown(hongze):
    fragment = printed.tables(hongze)
    assert {ord(sign) for sign in words(fragment)} <= held(fragment)


def test_the_first_fragment_brings_the_characters_of_the_headings(hongze):
    import nbformat

    glyphs = held(printed.identity(hongze)._repr_html_())
    notebook = nbformat.read(SAMPLES.parents[1] / "notebooks" / "1_read_one_report.ipynb", as_version=4)
    told = "".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    assert {character for character in told if "\u4e00" <= character <= "\u9fff"} > {"写", "里"}
    assert {c for c in told if not c.isspace() and ord(c) not in glyphs} == set()


def test_a_scan_has_no_lattice_of_its_own_to_show():
    report = sample(BROKEN_SUMS)
    path = SAMPLES.parents[1] / "tests" / "corpus" / "committed" / "scans" / "scan_200" / "000-none.pdf"
    document = replace(report.document, path=path)
    scan = replace(report, document=document, read=replace(report.read, method="ocr"))
    assert "not for scans" in words(printed.lattice(scan))
