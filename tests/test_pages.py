"""What a page says about one agency, and that it says it of no other."""

from __future__ import annotations

import base64
import hashlib
import io
import re
from collections import Counter
from dataclasses import replace

import lxml.html
import nbformat
import pandas as pd
import pytest
from fontTools.ttLib import TTFont
from lxml.html import HtmlElement

from ogi import pages, tables
from ogi.compare import Alike
from ogi.forms import SECTIONS, TABLES
from ogi.pages.cells import anchor
from ogi.pages.document import shared_style
from ogi.pages.export import page
from ogi.pages.html import ROOF, TEXT, label, number, say
from ogi.said import Refused, told
from ogi.values import State
from tests.reports_made import made, with_second_file

FRAGMENTS = {
    "cover": pages.cover,
    "breaches": pages.breaches,
    "standing": pages.what_stands_out,
    "words": pages.words_compared,
    "completeness": pages.completeness,
    "requests": lambda frames, language: pages.figures_by_year(frames, "requests", language),
    "review": lambda frames, language: pages.figures_by_year(frames, "review", language),
    "proactive": lambda frames, language: pages.figures_by_year(frames, "proactive", language),
    "as_printed": pages.as_printed,
    "verdicts": pages.verdicts_by_rule,
    "corrections": pages.corrections_list,
    "sources": pages.sources_table,
    "reading": pages.findings_of_reading,
}


def tree(html: str) -> HtmlElement:
    return lxml.html.fragment_fromstring(html, create_parent="div")


def words(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())


def at(table: HtmlElement, id: str) -> HtmlElement:
    found = table.xpath("//*[@id=$id]", id=id)
    assert len(found) == 1, id
    return found[0]


def heads(table: HtmlElement) -> list[str]:
    return [words(th) for th in table.xpath("//thead//th")]


def row_of(table: HtmlElement, name: str) -> list[str]:
    """The cells of the row whose label begins with the name."""
    found = [tr for tr in table.xpath("//tbody/tr") if words(tr[0]).startswith(name) and len(tr) > 1]
    return [words(cell) for cell in found[0][1:]]


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", FRAGMENTS)
def test_whatever_a_report_says_is_escaped(name: str, language: str) -> None:
    evil = "<script>alert('甲')</script>"
    frames = made(
        {2023: {"requests/new/total": (State.UNREADABLE, evil), "requests/granted/total": 7}},
        agency=evil.replace("/", "_"),
        title=evil,
        language=language,
    )
    finding = ("x", frames.agency, 2023, "kind", "error", evil, evil, "requests", 2, evil, evil)
    frames = replace(frames, findings=tables.from_rows("findings", [finding]))
    html = FRAGMENTS[name](frames, language)
    assert "<script" not in html
    assert tree(html).xpath("//script") == []
    assert html._repr_html_() == f'<div class="{ROOF}">{html}</div>'


def test_five_states_look_like_five_states() -> None:
    told = {
        "requests/new/total": 0,
        "requests/granted/total": State.BLANK,
        "requests/partly_granted/total": (State.NOT_APPLICABLE, "—"),
        "requests/carried_in/total": (State.UNREADABLE, "1,5"),
        "requests/carried_out/total": State.ABSENT,
    }
    table = tree(pages.figures_by_year(made({2023: told}), "requests"))
    shown = {
        item: (words(cell), cell.get("class"))
        for item in ("new", "granted", "partly_granted", "carried_in", "carried_out")
        for cell in [at(table, f"requests-{item}-total-2023")]
    }
    assert shown == {
        "new": ("0", None),
        "granted": ("·", State.BLANK),
        "partly_granted": ("—", State.NOT_APPLICABLE),
        "carried_in": ("1,5", State.UNREADABLE),
        "carried_out": ("–", State.ABSENT),
    }
    assert [li.xpath("span/@class")[0].split()[-1] for li in table.xpath("//ul[@class='legend']/li")] == [
        State.BLANK,
        State.NOT_APPLICABLE,
        State.UNREADABLE,
        State.ABSENT,
    ]


@pytest.mark.parametrize(("confidence", "is_marked"), [(0.89, True), (0.9, False), (0.999, False)])
def test_a_figure_read_with_little_confidence_is_marked(confidence: float, is_marked: bool) -> None:
    frames = made({2023: {"requests/new/total": 7}})
    at_new = (frames.figures["item"] == "new") & (frames.figures["measure"] == "total")
    unsure = frames.figures["confidence"].mask(at_new, confidence)
    frames = replace(frames, figures=frames.figures.assign(confidence=unsure))
    table = tree(pages.figures_by_year(frames, "requests"))
    cell = at(table, "requests-new-total-2023")
    assert words(cell) == "7"
    assert ("doubtful" in cell.get("class", "").split()) == is_marked
    assert cell.get("data-c") == str(confidence)  # 0.999 is not shown as 1.00
    assert len(table.xpath("//td[contains(@class, 'doubtful')]")) == is_marked
    assert ("little confidence" in words(table)) == is_marked


def test_a_year_without_a_report_is_a_gap_and_never_a_number() -> None:
    frames = made({2021: {}, 2023: {"requests/new/total": 5}})
    table = tree(pages.figures_by_year(frames, "requests"))
    assert heads(table)[2] == "2022no report"
    gaps = {words(tr[2]) for tr in table.xpath("//tbody/tr[count(*)>1]")}
    assert gaps == {""}
    assert "There is no report for 2022." in words(tree(pages.completeness(frames)))
    assert row_of(table, "Newly received")[-2:] == ["", ""]  # no year before to compare with


def test_the_change_is_that_of_the_last_year_and_shows_its_sign() -> None:
    years = {
        2022: {"requests/new/total": 1200, "review/reconsideration/total": 3},
        2023: {"requests/new/total": 31},
    }
    frames = made(years)
    assert row_of(tree(pages.figures_by_year(frames, "requests")), "Newly") == [
        *("1,200", "31", "−1,169", "−97%")
    ]
    assert "2022 to 2023" in heads(tree(pages.figures_by_year(frames, "requests")))[-2]


@pytest.mark.parametrize(("editions", "expected"), [({}, "2021"), ({2021: {"proactive": "2019"}}, "2022")])
def test_the_form_breaks_the_proactive_series_where_the_reports_change_it(
    editions: dict[int, dict[str, str]], expected: str
) -> None:
    frames = made({2020: {}, 2021: {}, 2022: {}}, editions=editions)
    broken = tree(pages.figures_by_year(frames, "proactive")).xpath("//thead//th[contains(@class, 'break')]")
    assert [words(th)[:4] for th in broken] == [expected]
    for table in ("requests", "review"):
        assert not tree(pages.figures_by_year(frames, table)).xpath("//*[contains(@class, 'break')]")


def test_what_form_2021_divides_is_summed_up_and_marked_as_our_sum() -> None:
    parts = {"requests/other.no_correction/total": 2, "requests/other.other/total": 3}
    table = tree(pages.figures_by_year(made({2020: {"requests/other/total": 4}, 2021: parts}), "requests"))
    assert row_of(table, "Other handling") == ["4", "5", "+1", "+25%"]
    assert [td.get("class") for td in table.xpath("//tr[contains(@class,'sum')]/td")][:2] == [
        "bs",
        "computed bs",
    ], "the printed total of outcomes is 0"
    assert words(table).count("Other handling") == 1


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_figure_stands_on_the_page_once_with_its_place(language: str) -> None:
    frames = made({2020: {}, 2021: {}, 2022: {}}, rest=17)
    whole = tree("".join(make(frames, language) for make in FRAGMENTS.values()))
    ids = Counter(whole.xpath("//td/@id | //tr/@id"))
    by_applicant = {column.key for column in frames.columns if f"requests-new-{column.key}" in ids}
    assert "2022" in by_applicant, "the latest report's"
    expected = {
        anchor(row["table"], row["item"], row["measure"], str(row["year"]))
        for row in frames.figures.to_dict("records")
        if row["table"] != "requests" or row["measure"] == "total" or str(row["year"]) in by_applicant
    }
    assert set(ids) == expected
    assert max(ids.values()) == 1
    assert set(whole.xpath("//th/@data-p | //tr[@id]/@data-p")) == {"3"}
    assert whole.xpath("//td/@data-p") == [], "the page stands at the head, unless a figure is elsewhere"


def test_every_figure_of_a_broken_rule_is_on_the_page() -> None:
    frames = made({2022: {"requests/granted/total": 7}, 2023: {}, 2025: {}})
    whole = tree("".join(make(frames, "en") for make in FRAGMENTS.values()))
    links = {href[1:] for href in whole.xpath("//*[contains(@class, 'cells')]//a/@href")}
    assert "requests-granted-total-2022" in links
    assert links <= set(whole.xpath("//@id"))


def test_a_rule_across_years_leads_to_both_years() -> None:
    frames = made({2022: {"requests/carried_out/total": 4}, 2023: {}})
    links = set(tree(pages.breaches(frames)).xpath("//a/@href"))
    assert {"#requests-carried_out-total-2022", "#requests-carried_in-total-2023"} <= links


def test_what_holds_is_told_in_numbers_and_not_in_rows() -> None:
    frames = made({2023: {}})
    table = tree(pages.verdicts_by_rule(frames))
    assert str(len(frames.checks)) in words(table.xpath("//summary")[0])
    counted = [int(words(td)) for td in table.xpath("//tbody//td")]
    assert words(table.xpath("//tbody/tr/th")[0]) == "Sums and balances of the form"
    assert sum(counted) == len(frames.checks)


def tiles(frames: pages.Frames, language: str = "en") -> list[str]:
    return [
        words(tile) for tile in tree(pages.cover(frames, language)).xpath("//li[starts-with(@class, 'tile')]")
    ]


def test_a_tile_tells_its_change_in_number_and_per_cent_or_in_points() -> None:
    told = {
        "requests/new/total": 40,
        "requests/carried_in/total": 2,
        "requests/granted/total": 30,
        "requests/outcome_total/total": 40,
        "requests/carried_out/total": 2,
    }
    before = {"requests/new/total": 50, "requests/granted/total": 25, "requests/outcome_total/total": 50}
    handled, disclosed, *_ = tiles(made({2022: before, 2023: told}))
    assert "42* 50* in 2022 −8 (−16%)" in handled
    assert "75.0%" in disclosed
    assert "50.0%* in 2022 +25.0 points" in disclosed
    assert "* 2022, 2023" in disclosed


def test_the_star_of_a_doubt_stands_at_the_figure_of_its_year() -> None:
    outcomes = {"granted": 40, "refused.third_party": 10, "outcome_total": 50, "new": 50}
    applicants = ("natural_person", "total")
    sound = {f"requests/{item}/{who}": n for item, n in outcomes.items() for who in applicants}
    broken = sound | {"requests/granted/total": 25}
    (now,) = [tile for tile in tiles(made({2022: sound, 2023: broken})) if "Disclosure" in tile]
    assert "50.0%* 80.0% in 2022" in now
    assert "* 2023" in now
    (before,) = [tile for tile in tiles(made({2022: broken, 2023: sound})) if "Disclosure" in tile]
    assert "80.0% 50.0%* in 2022" in before
    assert "* 2022" in before


def test_a_rate_over_few_cases_is_grey_and_says_so() -> None:
    few = made({2023: {"requests/outcome_total/total": 6, "requests/granted/total": 6}})
    (tile,) = tree(pages.cover(few)).xpath("//li[@class='tile small'][contains(., 'Disclosure')]")
    assert "over 6 cases only" in words(tile)


def test_a_change_from_a_rate_over_few_cases_says_so() -> None:
    few = {"requests/outcome_total/total": 21, "requests/granted/total": 4}
    many = {"requests/outcome_total/total": 95, "requests/granted/total": 59}
    (tile,) = tree(pages.cover(made({2022: few, 2023: many}))).xpath("//li[contains(., 'Disclosure')]")
    assert "19.0%* in 2022 (over 21 cases only)" in words(tile)
    assert "points" not in words(tile), "a case or two would make them"
    (tile,) = tree(pages.cover(made({2022: many, 2023: many}))).xpath("//li[contains(., 'Disclosure')]")
    assert "only" not in words(tile)


@pytest.mark.parametrize(("language", "told"), [("en", "files differ in 2022"), ("zh", "2022年文件不一")])
def test_a_tile_says_that_last_years_files_differ(language: str, told: str) -> None:
    """It compared with nothing, and said nothing: as if there were no report of the year before."""
    cell = "requests/new/total"
    frames = with_second_file(made({2022: {cell: 40}, 2023: {cell: 50}}), 2022, {cell: 41})
    handled, disclosure, *_ = tree(pages.cover(frames, language)).xpath("//li[starts-with(@class, 'tile')]")
    assert told in words(handled)
    assert told not in words(disclosure), "on what it is made of they agree"
    sole = tree(pages.cover(made({2023: {cell: 50}}), language))
    assert told not in words(sole)


def test_changes_have_the_decimals_of_what_they_are_of() -> None:
    """+5 points stood beside −4.9."""
    years = {
        year: {"requests/outcome_total/total": 100, "requests/granted/total": granted}
        for year, granted in ((2022, 60), (2023, 65))
    }
    assert "+5.0 points" in words(tree(pages.cover(made(years))))


def test_a_section_is_named_with_its_number_as_printed() -> None:
    assert label(SECTIONS[0], "zh") == "一、总体情况"


@pytest.mark.parametrize(
    ("language", "words"), [("en", "the form of the table changes there"), ("zh", "表格格式在此变更")]
)
def test_a_dotted_line_on_a_tile_is_explained_where_there_is_one(language: str, words: str) -> None:
    """Lines stood in the small charts, and nothing said what they were."""
    over, after = (
        pages.cover(made({year: {} for year in years}), language) for years in ((2020, 2021), (2021, 2022))
    )
    assert 'class="f"' in over
    assert words in over
    assert words not in after


def test_the_median_of_its_kind_stands_on_a_tile_where_it_is_given() -> None:
    few = Alike("department", 2023, {"disclosure_rate": (0.57, 12)})
    (tile,) = tree(pages.cover(made({2023: {}}), "en", few.text)).xpath("//li[contains(., 'median')]")
    assert "about 57% is the median of 12 agencies of its kind: Department" in words(tile)
    many = Alike("street", 2023, {"requests_handled": (1200.0, 340)})
    (tile,) = tree(pages.cover(made({2023: {}}), "zh", many.text)).xpath("//li[contains(., '中位数')]")
    assert "同类机关（街道办事处340个以上）的中位数：约1,200" in words(tile)


def test_a_median_of_another_year_is_not_shown() -> None:
    other = Alike("department", 2022, {"disclosure_rate": (0.57, 12)})
    assert "median" not in words(tree(pages.cover(made({2023: {}}), "en", other.text)))


def test_a_blank_is_not_told_as_zero() -> None:
    blank = made({2023: {}}, language="en")
    figures = blank.figures.assign(state=State.BLANK, value=None, printed="")
    handled, *_ = tiles(replace(blank, figures=figures))
    assert handled.endswith("left blank")
    handled, *_ = tiles(replace(blank, figures=figures.assign(state=State.UNREADABLE)))
    assert handled.endswith("–")


def test_a_unit_stands_beside_the_number_only_where_the_form_does_not_give_it() -> None:
    frames = made({2019: {"proactive/procurement/amount": 251000}})
    figures = frames.figures.copy()
    figures.loc[(figures["item"] == "procurement") & (figures["measure"] == "amount"), "unit"] = "元"
    table = tree(pages.figures_by_year(replace(frames, figures=figures), "proactive"))
    assert words(at(table, "proactive-procurement-amount-2019")) == "251,000 元"
    assert words(at(table, "proactive-licences-decisions-2019")) == "0"


def test_two_reports_on_one_year_both_stand_there() -> None:
    frames = made({2023: {"requests/new/total": 5}})
    again = frames.figures.assign(report_id="甲市/2023.html")
    again.loc[(again["item"] == "new") & (again["measure"] == "total"), "value"] = 6.0
    both = replace(
        frames,
        figures=pd.concat([frames.figures, again], ignore_index=True),
        reports=pd.concat(
            [frames.reports, frames.reports.assign(report_id="甲市/2023.html")], ignore_index=True
        ),
    )
    table = tree(pages.figures_by_year(both, "requests"))
    assert {words(at(table, f"requests-new-total-{key}")) for key in ("2023", "2023-2")} == {"5", "6"}
    assert "more than one report for 2023" in words(tree(pages.completeness(both)))


def test_sources_name_the_file_and_no_folder_of_the_machine() -> None:
    frames = made({2023: {}})
    reports = frames.reports.assign(source="/home/someone/raw/2023.pdf", form_review=None)
    html = pages.sources_table(replace(frames, reports=reports))
    assert "/home" not in html
    assert "甲市/2023.pdf" in html
    assert "ab12ab12ab12<" in html
    assert "not found" in html


def test_the_agency_is_the_one_in_the_data() -> None:
    first, second = made({2023: {}}), made({2023: {}}, agency="乙县")
    mixed = replace(first, figures=pd.concat([first.figures, second.figures]))
    assert first.agency == "甲市"
    with pytest.raises(ValueError, match="one agency, found 乙县, 甲市"):
        pages.cover(mixed)


@pytest.mark.parametrize("name", FRAGMENTS)
def test_another_language_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="language"):
        FRAGMENTS[name](made({2023: {}}), "fr")


def test_the_two_languages_say_the_same() -> None:
    for key, text in TEXT.items():
        holes = [set(re.findall(r"{(\w+)}", words)) for words in (text, text.zh)]
        assert holes[0] == holes[1], key


def test_labels_are_the_forms_own() -> None:
    item = TABLES["requests"]["2021"].item("refused.state_secret")
    assert label(item, "zh") == item.label
    assert item.en in label(item, "en")
    assert item.label in label(item, "en")


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.0, "0"), (1234567.0, "1,234,567"), (-8.0, "−8"), (160.5964, "160.5964"), (0.1 + 0.2, "0.3")],
)
def test_a_number_is_written_with_no_more_than_it_has(value: float, text: str) -> None:
    assert number(value) == text


def notebook_of(*fragments: str) -> nbformat.NotebookNode:
    output = [nbformat.v4.new_output("execute_result", {"text/html": html}) for html in fragments]
    cells = [
        nbformat.v4.new_markdown_cell('## <span lang="en">What?</span> <span lang="zh-Hans">什么？</span>'),
        nbformat.v4.new_code_cell("show('<b>')", outputs=output),
    ]
    return nbformat.v4.new_notebook(cells=cells)


@pytest.mark.parametrize(("language", "tag", "heading"), [("en", "en", "What?"), ("zh", "zh-Hans", "什么？")])
def test_a_page_needs_nothing_from_elsewhere(language: str, tag: str, heading: str) -> None:
    frames = made({2023: {}})
    html = page(notebook_of(pages.cover(frames, language)), "甲市", "2.ipynb", language)
    root = lxml.html.document_fromstring(html)
    assert root.get("lang") == tag
    assert root.xpath("string(//title)").startswith("甲市")
    assert root.xpath("//meta[@name='ogi-agency']/@content") == ["甲市"]
    assert [words(h2) for h2 in root.xpath("//h2")] == [heading]
    assert not re.search(r"""(?:src|href|url\()\s*=?\s*["'(]?\s*(?:https?:)?//""", html)
    assert root.xpath("//link/@href | //img/@src | //script/@src") == ["data:,"]
    assert len(html) < 300_000
    policy = root.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    script = root.xpath("//script")[0].text
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert policy.startswith("default-src 'none';")
    assert f"script-src 'sha256-{digest}';" in policy


def test_pages_may_share_their_font_and_style() -> None:
    html = page(notebook_of(pages.cover(made({2023: {}}))), "甲市", "2.ipynb", "en", (), "..")
    root = lxml.html.document_fromstring(html)
    assert root.xpath("//link[@rel='stylesheet']/@href") == ["../page.css"]
    assert "@font-face" not in html
    assert len(html) < 40_000
    style = shared_style("zh")
    assert style.count("@font-face") == 1
    assert ".tiles" in style
    assert "prefers-color-scheme: dark" in style


def test_code_is_folded_away_and_highlighted() -> None:
    root = lxml.html.document_fromstring(page(notebook_of(pages.cover(made({2023: {}}))), "甲市", "2.ipynb"))
    folded = root.xpath("//details[contains(@class, 'code')]")
    assert [words(details) for details in folded] == ["Code show('<b>')"]
    assert folded[0].get("open") is None
    assert folded[0].xpath(".//span[@class='s1']")


def test_a_page_is_written_without_what_browsers_do_not_need_but_code_as_it_stands() -> None:
    notebook = notebook_of(pages.cover(made({2023: {}})))
    notebook.cells[1].source = "if x:\n    show('<td id=\"a\"></td>')"
    html = page(notebook, "甲市", "2.ipynb")
    body = html.partition("<body>")[2].partition("<script>")[0]
    _, code, rest = re.split(r"<pre>|</pre>", body.partition("</main>")[0])
    assert "    show(" in code.replace("<span></span>", "")
    assert "&lt;td id=&quot;a&quot;&gt;&lt;/td&gt;" in code.replace('"', "&quot;")
    assert set(re.findall(r'class="(\w+)"', code)) <= {"k", "s1", "s2", "nn", "nb"}, (
        "colours that the style has"
    )
    assert re.findall(r"</li>|</td>|>\n +<|=\"\w+\"[ >]", rest) == []
    assert "甲市" in words(lxml.html.document_fromstring(html).xpath("//h1")[0])


@pytest.mark.parametrize("others", [["乙县"], ["甲市", "乙县"], []])
def test_a_page_of_another_agency_is_refused(others: list[str]) -> None:
    fragments = [pages.cover(made({2023: {}}, agency=other)) for other in others]
    with pytest.raises(Refused, match="expected a page of 甲市, found") as refused:
        page(notebook_of(*fragments), "甲市", "2.ipynb")
    assert told(refused.value.args[0], "zh").startswith("应为甲市的页面，实际")


def test_words_are_escaped_too() -> None:
    assert say("printed", "en", printed="<i>").endswith('"&lt;i&gt;"')


def test_the_look_of_a_notebook_brings_every_character_of_its_fragments() -> None:
    """Also those of rule names, of themes, and of what people keep by hand."""
    frames = made({2021: {"requests/new/total": 7}, 2022: {"review/reconsideration/total": 3}}, language="zh")
    broken = frames.checks[frames.checks["verdict"] == "broken"].iloc[0]
    key = (frames.agency, int(broken["year"]), broken["rule_id"], broken["cells"])
    marks = tables.from_rows("review_marks", [(*key, "confirmed", "驫驫", "龘某", "2025-03-31")])
    cell = ("requests", "new", "total", "7", "1", "犇犇", "鱻鱻", "淼某", "2025-03-31")
    fix = (f"{frames.agency}/2021.pdf", frames.agency, 2021, *cell)
    frames = replace(frames, marks=marks, corrections=tables.from_rows("corrections", [fix]))
    (data,) = re.findall(r"font/woff;base64,([^)]+)\)", pages.look(frames, "zh"))
    glyphs = TTFont(io.BytesIO(base64.b64decode(data))).getBestCmap()
    shown = "".join(tree(make(frames, "zh")).text_content() for make in FRAGMENTS.values())
    assert set("驫龘") <= set(shown)
    assert {c for c in shown if not c.isspace() and ord(c) not in glyphs} == set()


def test_the_latest_report_is_one_click_away() -> None:
    notebook = notebook_of(pages.cover(made({2023: {}}, agency="甲市")))
    text = page(notebook, "甲市", "2.ipynb", originals=["2022.pdf", "2023.shtml"], latest="2023.shtml")
    (link,) = lxml.html.document_fromstring(text).xpath("//nav//li[1]/a")
    assert (link.get("href"), link.text) == ("reports/2023.shtml.html", "Latest report")
    text = page(notebook, "甲市", "2.ipynb", originals=["2022.pdf"], latest="2023.shtml")
    assert "Latest report" not in text
