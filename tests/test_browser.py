"""The pages as a browser shows them, from disk, without a network."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Literal
from urllib.parse import unquote, urlsplit

import lxml.html
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from pypdfium2 import PdfDocument

from ogi.bulk import Job, summarize
from ogi.bulk.reviews import make_review
from ogi.pages.originals import framed, is_web_page
from tests.font_cuts import held

BROKEN, GAP, BLANK = "示例区城市管理局", "示例市教育局", "示例县卫生健康局"
"""Broken sums and a hybrid form; a missing year; blank cells. Between them they have every format."""
AGENCIES = {"en": (BROKEN, GAP, BLANK), "zh": (BROKEN,)}
PAGES = [f"{language}/{agency}/index.html" for language in AGENCIES for agency in AGENCIES[language]]
INDEXES = [f"{language}/index.html" for language in AGENCIES]
REVIEWS = [f"{language}/review-2022.html" for language in AGENCIES]


@pytest.fixture(scope="session")
def reports_out(tmp_path_factory: pytest.TempPathFactory, samples: Path) -> Path:
    """A folder per language with the pages of its agencies."""
    top = tmp_path_factory.mktemp("browser")
    for language, agencies in AGENCIES.items():
        for agency in agencies:
            shutil.copytree(samples / agency, top / "raw" / language / agency)
        places = (top / "raw" / language, top / "tables" / language, top / language)
        job = Job(*places, language, reviews=False)
        assert summarize(job).made == tuple(sorted(agencies))
        assert make_review("2022", job, {2022: "abc"}) is None
    return top


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that allows no word on the console, no failure, and no request but to the disk."""
    context = browser.new_context(offline=True)
    shown = context.new_page()
    faults: list[str] = []
    shown.on("console", lambda message: faults.append(f"console: {message.text}"))
    shown.on("pageerror", lambda error: faults.append(f"error: {error}"))
    shown.on("requestfailed", lambda request: faults.append(f"failed: {request.url[:200]}"))
    shown.on("request", lambda request: _note_strange(request.url, faults))
    yield shown
    context.close()
    assert faults == []


def _note_strange(url: str, faults: list[str]) -> None:
    if not url.startswith(("file:", "data:")):
        faults.append(f"request: {url[:200]}")


def opened(page: Page, file: Path, width: int = 1280) -> Page:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(file.as_uri())
    page.evaluate("document.fonts.ready")
    return page


@pytest.mark.parametrize("name", INDEXES + PAGES + REVIEWS)
def test_a_page_fits_wide_and_narrow_screens(page: Page, reports_out: Path, name: str) -> None:
    for width in (1280, 360):
        opened(page, reports_out / name, width)
        assert page.evaluate("document.documentElement.scrollWidth") == width
        outside = page.evaluate("""() => [...document.querySelectorAll("h1, h2, h3, p, li, svg, button, nav")]
            .filter((e) => e.closest(".scroll") === null && e.getBoundingClientRect().width > 0)
            .filter((e) => e.getBoundingClientRect().right > window.innerWidth + 1)
            .map((e) => e.outerHTML.slice(0, 80))""")
        assert outside == []


@pytest.mark.parametrize("name", PAGES)
def test_every_chart_is_drawn(page: Page, reports_out: Path, name: str) -> None:
    opened(page, reports_out / name)
    boxes = page.evaluate("""() => [...document.querySelectorAll("figure.chart svg")].map((svg) => {
        const box = svg.getBoundingClientRect();
        const drawn = [...svg.querySelectorAll("line, rect, circle, text")]
            .filter((e) => e.getBoundingClientRect().height > 0);
        return [box.width, box.height, drawn.length, svg.getAttribute("aria-label"), box.top + scrollY];
    })""")
    assert len(boxes) == 6
    assert all(width > 300 and height > 100 and drawn > 10 and alt for width, height, drawn, alt, _ in boxes)
    assert min(top for *_, top in boxes) < 1500


@pytest.mark.parametrize("name", PAGES)
def test_the_courses_of_tiles_beside_each_other_are_at_one_height(
    page: Page, reports_out: Path, name: str
) -> None:
    for width, beside in ((1280, 5), (768, 3), (360, 2)):
        opened(page, reports_out / name, width)
        tops = page.evaluate("""() => [...document.querySelectorAll(".tile")].map((tile) => {
            const course = tile.querySelector("svg.plot");
            return course && course.getBoundingClientRect().top;
        })""")
        assert len(tops) == 5
        assert sum(top is not None for top in tops) > 3
        for row in (tops[n : n + beside] for n in range(0, 5, beside)):
            assert len({round(top) for top in row if top is not None}) <= 1


@pytest.mark.parametrize("name", INDEXES + PAGES + REVIEWS)
def test_no_character_is_missing_from_the_font_of_the_page(page: Page, reports_out: Path, name: str) -> None:
    opened(page, reports_out / name)
    html = (reports_out / name).read_text("utf-8")
    glyphs = held(html)
    text = page.evaluate("""() => {
        const copy = document.body.cloneNode(true);
        copy.querySelectorAll("script, style, .beside, .verdicts").forEach((e) => e.remove());
        return copy.textContent + document.title;
    }""")
    assert {
        character for character in text if not character.isspace() and ord(character) not in glyphs
    } == set()
    assert page.evaluate("document.fonts.check('16px \"Noto Sans CJK SC\"', '政府信息')")
    assert page.evaluate("[...document.fonts].every((face) => face.status === 'loaded')")
    family = page.evaluate("getComputedStyle(document.body).fontFamily")
    assert family.strip("\"'").startswith("Noto Sans CJK SC")


@pytest.mark.parametrize("language", AGENCIES)
def test_the_index_and_the_pages_lead_to_each_other(page: Page, reports_out: Path, language: str) -> None:
    folder = reports_out / language
    opened(page, folder / "index.html")
    for agency in AGENCIES[language]:
        page.get_by_role("link", name=agency, exact=True).click()
        assert unquote(page.url) == f"file://{folder}/{agency}/index.html"
        assert page.locator("h1").inner_text() == agency
        page.locator("nav.bar > a").click()
        assert unquote(page.url) == f"file://{folder}/index.html"


@pytest.mark.parametrize("name", PAGES + REVIEWS)
def test_every_link_leads_somewhere(page: Page, reports_out: Path, name: str) -> None:
    opened(page, reports_out / name)
    # Of a link in a drawing `href` is an object, and the attribute another.
    hrefs = "(a) => a.getAttribute('href') ?? a.getAttribute('xlink:href')"
    for link in page.evaluate(f"[...document.querySelectorAll('a')].map({hrefs})"):
        place = urlsplit(link)
        if place.path == "":
            assert page.evaluate("(id) => document.getElementById(id) !== null", place.fragment), link
        else:
            assert (place.scheme, place.netloc) == ("", "")
            assert ((reports_out / name).parent / unquote(place.path)).is_file(), link


@pytest.mark.parametrize("name", PAGES)
def test_what_is_broken_leads_to_the_page_of_the_report_wherever_the_pages_are_sent(
    page: Page, reports_out: Path, samples: Path, tmp_path: Path, name: str
) -> None:
    sent = shutil.copytree((reports_out / name).parent, tmp_path / "sent to a colleague 100%")
    agency = (reports_out / name).parent.name
    opened(page, sent / "index.html")
    links = page.locator("a.original").all()
    assert len(links) > 2
    for link in links:
        place = urlsplit(str(link.evaluate("(link) => link.href")))
        copy = Path(unquote(place.path))
        assert copy.is_relative_to(sent)
        assert copy.is_file()
        if not is_web_page(copy.name):
            assert copy.read_bytes() == (samples / agency / copy.name).read_bytes()
        if place.fragment:
            assert f"{int(place.fragment.removeprefix('page='))}" in link.inner_text()


@pytest.fixture
def server() -> Iterator[tuple[str, list[str]]]:
    """A server on this machine, and the paths that it is asked for."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}", asked
        running.shutdown()


def test_nothing_of_a_report_that_is_a_web_page_runs_or_is_fetched(
    browser: Browser, tmp_path: Path, server: tuple[str, list[str]]
) -> None:
    address, asked = server
    report = f"""<p style="color: rgb(4, 5, 6)">受理申请20件 &amp; "</p>
        <script>top.document.title = "run"</script>
        <link rel="stylesheet" href="{address}/a.css"><img src="{address}/b.png" onerror="document.title = 1">
        <iframe src="{address}/c"></iframe><a href="{address}/d" target="_top">away</a>"""
    copy = tmp_path / "2019.html"
    page = browser.new_page()

    def shown(text: str) -> None:
        copy.write_text(text, "utf-8")
        page.goto(copy.as_uri())
        page.wait_for_timeout(300)

    shown(report)
    assert {"/a.css", "/b.png", "/c"} <= set(asked), "as it was published it fetches"
    asked.clear()
    shown(framed(report, "2019.html"))
    frame = page.frame_locator("iframe")
    assert frame.locator("p").inner_text() == '受理申请20件 & "'
    assert frame.locator("p").evaluate("(p) => getComputedStyle(p).color") == "rgb(4, 5, 6)"
    frame.locator("a").click()
    page.wait_for_timeout(300)
    assert (page.title(), page.url, asked) == ("2019.html", copy.as_uri(), [])
    page.close()


@pytest.mark.parametrize("name", PAGES)
def test_the_headings_are_in_the_language_of_the_page_alone(page: Page, reports_out: Path, name: str) -> None:
    opened(page, reports_out / name)
    language = page.evaluate("document.documentElement.lang")
    spans = page.evaluate("[...document.querySelectorAll('.text h2 span')].map((e) => e.lang)")
    assert set(spans) == {language}
    assert len(spans) == page.locator(".text h2").count() == 6


def test_one_button_shows_and_hides_the_code(page: Page, reports_out: Path) -> None:
    opened(page, reports_out / PAGES[0])
    button, code = page.locator("button.code-button"), page.locator("details.code")
    assert button.is_visible()
    assert not code.first.is_visible()
    label = button.inner_text()
    button.click()
    assert button.get_attribute("aria-pressed") == "true"
    assert button.inner_text() != label
    assert code.first.is_visible()
    assert "agency" in code.first.inner_text()
    button.click()
    assert not code.first.is_visible()
    assert button.inner_text() == label


def test_without_scripts_the_code_opens_cell_by_cell(browser: Browser, reports_out: Path) -> None:
    context = browser.new_context(java_script_enabled=False, offline=True)
    page = context.new_page()
    page.goto((reports_out / PAGES[0]).as_uri())
    assert not page.locator("button.code-button").is_visible()
    first = page.locator("details.code").first
    assert not first.locator(".highlight").is_visible()
    first.locator("summary").click()
    assert first.locator(".highlight").is_visible()
    context.close()


def test_a_broken_rule_leads_to_its_figure(page: Page, reports_out: Path) -> None:
    opened(page, reports_out / PAGES[0])
    page.locator("details.cells summary").first.click()
    link = page.locator("details.cells a").first
    target = link.get_attribute("href")
    link.click()
    assert target is not None
    assert page.locator(f"[id='{target[1:]}']").is_visible()


def test_a_script_that_slipped_in_does_not_run(browser: Browser, reports_out: Path, tmp_path: Path) -> None:
    html = (reports_out / PAGES[0]).read_text("utf-8")
    slipped = html.replace("</main>", "<script>document.title = 'slipped'</script></main>")
    (tmp_path / "page.html").write_text(slipped, "utf-8")
    context = browser.new_context(offline=True)
    page = opened(context.new_page(), tmp_path / "page.html")
    assert slipped != html
    assert page.title() != "slipped"
    assert page.locator("html").get_attribute("class") == "js"
    context.close()


@pytest.mark.parametrize("name", PAGES)
def test_a_printed_page_holds_no_folded_code(page: Page, reports_out: Path, name: str) -> None:
    opened(page, reports_out / name)
    page.emulate_media(media="print")
    assert not page.locator("nav.bar").is_visible()
    assert not page.locator("details.code").first.is_visible()
    assert len(PdfDocument(page.pdf(prefer_css_page_size=True))) <= 4


def test_a_printed_page_holds_all_that_does_not_hold(page: Page, reports_out: Path) -> None:
    opened(page, reports_out / PAGES[0])
    folded = page.locator(".breaches details:not(.cells):not([open])")
    page.evaluate("""() => addEventListener("beforeprint", () => {
        window.seen = document.querySelectorAll(".breaches details:not(.cells):not([open])").length;
    })""")
    before = folded.count()
    assert before > 0
    page.pdf(format="A4")
    assert page.evaluate("window.seen") == 0
    assert folded.count() == before


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", [PAGES[0], PAGES[-1], INDEXES[0], *REVIEWS])
def test_a_page_hinders_no_reader_in_either_colour_scheme(
    browser: Browser, reports_out: Path, name: str, scheme: Literal["light", "dark"]
) -> None:
    context = browser.new_context(offline=True, color_scheme=scheme)
    page = opened(context.new_page(), reports_out / name, 360 if scheme == "dark" else 1280)
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    found = Axe().run(page).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"][:200]) for one in found] == []
    context.close()


@pytest.mark.parametrize("name", PAGES + REVIEWS)
def test_nothing_scrolls_sideways_on_a_phone_but_what_is_folded(
    page: Page, reports_out: Path, name: str
) -> None:
    opened(page, reports_out / name, 360)
    wide = page.evaluate("""() => [...document.querySelectorAll("main *")]
        .filter((e) => e.getBoundingClientRect().height > 0 && e.closest("details:not([open])") === null)
        .filter((e) => e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).overflowX !== "visible")
        .map((e) => e.outerHTML.slice(0, 100))""")
    assert wide == []


def test_a_figure_tells_what_it_is_on_tap_and_by_keyboard(browser: Browser, reports_out: Path) -> None:
    context = browser.new_context(offline=True, has_touch=True)
    page = opened(context.new_page(), reports_out / PAGES[0], 360)
    tip = page.locator("#tip")
    page.locator("#requests > summary").click()
    page.locator("[id='requests-granted-total-2023']").tap()
    assert "Granted" in tip.inner_text()
    assert "2023" in tip.inner_text()
    assert "2023.pdf, page 2" in tip.inner_text()
    assert str(tip.locator("a").get_attribute("href")).startswith("reports/2023.pdf#page=2")
    page.keyboard.press("ArrowRight")
    assert "2024.html" in tip.inner_text()
    page.keyboard.press("ArrowDown")
    assert "Partly granted" in tip.inner_text()
    page.keyboard.press("Escape")
    assert not tip.is_visible()
    context.close()


def test_rows_of_zeros_stand_behind_a_button_and_a_link_into_them_opens_it(
    page: Page, reports_out: Path
) -> None:
    opened(page, reports_out / PAGES[1])
    page.locator("#proactive > summary").click()
    zeros, row = page.locator("#proactive button.zeros"), page.locator("#proactive tr.z td").first
    assert re.search(r"^\d+ rows? of zeros$", zeros.inner_text())
    assert not row.is_visible()
    zeros.click()
    assert row.is_visible()
    zeros.click()
    page.evaluate(
        "(id) => { location.hash = id; }", page.locator("#proactive tr.z td").first.get_attribute("id")
    )
    row.wait_for(state="visible")


@pytest.mark.parametrize("file", [f"zh/{BROKEN}/index.html", "zh/index.html", "zh/review-2022.html"])
def test_no_id_of_the_program_stands_in_a_chinese_sentence(reports_out: Path, file: str) -> None:
    """A page said 未设定government_office类机关的公布期限."""
    root = lxml.html.fromstring((reports_out / file).read_bytes())
    for hidden in root.xpath("//script | //style | //code | //pre"):
        hidden.drop_tree()
    shown = " ".join(root.xpath("//body//text()"))
    # A name of a file that a person fills in is meant.
    ids = set(re.findall(r"(?<![\w.])[a-z]+_[a-z_]+(?![\w.])", shown, re.ASCII))
    assert ids == set()
