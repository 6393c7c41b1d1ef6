"""The docs as a site: every link leads somewhere, in both languages, and nothing outside is fetched."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from lxml import html
from playwright.sync_api import Browser

from scripts.make_site import make_site

_FETCHED = "//script/@src | //img/@src | //iframe/@src | //source/@src | //link[not(@rel='canonical')]/@href"
_OUTSIDE = re.compile(r"(https?:)?//")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built strictly: a dead link or anchor is an error."""
    out = tmp_path_factory.mktemp("site")
    assert make_site(out) == 0
    return out


def test_nothing_outside_is_fetched_and_all_that_is_fetched_is_there(site: Path) -> None:
    pages = sorted(site.rglob("*.html"))
    assert len(pages) > 50
    for page in pages:
        for address in html.parse(str(page)).xpath(_FETCHED):
            assert not _OUTSIDE.match(address), f"{page}: {address}"
            file = re.split(r"[?#]", address)[0]
            assert not file or (page.parent / file).is_file(), f"{page}: {address}"
    for style in site.rglob("*.css"):
        text = style.read_text("utf-8")
        assert not re.search(r"(url\(|@import)\s*[\"']?(https?:)?//", text), style
    for script in site.rglob("*.js"):
        text = script.read_text("utf-8")
        assert not re.search(r"(fetch|import|src\s*=)\s*\(?\s*[\"'](https?:)?//", text), script


def test_a_page_leads_to_the_same_one_in_the_other_language(site: Path) -> None:
    for page, other in (("en/docs/rules", "zh/docs/zh/rules"), ("en/docs/scaling", "zh/docs/zh/scaling")):
        for here, there in ((page, other), (other, page)):
            (link,) = html.parse(str(site / f"{here}.html")).xpath("//a[@class='other-language']/@href")
            assert (site / f"{here}.html").parent.joinpath(link).resolve() == site / f"{there}.html"


def test_chinese_is_found_by_two_characters(site: Path) -> None:
    index = (site / "zh" / "searchindex.js").read_text("utf-8")
    found = json.loads(index.removeprefix("Search.setIndex(").removesuffix(")"))
    assert "docs/zh/accuracy" in [found["docnames"][page] for page in found["terms"]["勾稽"]]


def test_a_reader_finds_a_page_and_asks_nothing_of_the_network(site: Path, browser: Browser) -> None:
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{(site / 'zh' / 'search.html').as_uri()}?q=结转下年度")
    # Results are listed one after the other.
    page.locator("#search-results li a", has_text="核对规则").wait_for()
    page.goto((site / "index.html").as_uri())
    page.wait_for_selector("article h1")
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    page.close()
