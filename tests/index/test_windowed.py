"""The index of very many agencies in a real browser: searched, sorted, by keyboard, sent as an address."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from ogi.index import Entry, YearEntry, index
from ogi.index.entries import pinyin
from ogi.index.overview import Status
from tests.index.made import overview

MANY = 700


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Numbered offices: every seventh has a slip in 2023, every ninth in 2022; two are unlike the others."""
    entries = []
    for n in range(MANY):
        name = "重庆市教育局" if n == 5 else f"洪泽区第{n:03d}局"
        slips = {2022: int(n % 9 == 0), 2023: int(n % 7 == 0)}
        years = {year: YearEntry(float(n), slips[year], 0, int(n == 3)) for year in slips}
        entries.append(Entry(name, True, False, {} if n == 6 else years, pinyin=pinyin(name)))
    statuses = {entry.agency: Status("in_time") for entry in entries}
    statuses |= {entries[6].agency: Status("missing"), entries[8].agency: Status("late", 5)}
    path = tmp_path_factory.mktemp("index") / "index.html"
    path.write_text(index(overview(entries, statuses), []), "utf-8")
    return path


WIDE, NARROW = (1280, "light"), (360, "dark")
both = pytest.mark.parametrize("shown", [WIDE, NARROW], indirect=True, ids=["wide", "narrow"])


@pytest.fixture
def shown(request: pytest.FixtureRequest, browser: Browser, file: Path) -> Iterator[Page]:
    """The index, loaded; no error and no request but to the disk is allowed."""
    width, scheme = getattr(request, "param", WIDE)
    context = browser.new_context(offline=True, viewport={"width": width, "height": 800}, color_scheme=scheme)
    page = context.new_page()
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(file.as_uri())
    page.wait_for_selector("table.windowed")
    yield page
    context.close()
    assert faults == []


def names(page: Page) -> list[str]:
    found: list[str] = page.eval_on_selector_all(
        ".index tbody .first a", "all => all.map((one) => one.textContent)"
    )
    return found


def count(page: Page) -> str:
    return page.inner_text("#count")


@both
def test_only_rows_near_the_window_are_there_and_scrolling_brings_the_others(shown: Page) -> None:
    assert len(names(shown)) < 60
    assert shown.get_attribute("table.index", "aria-rowcount") == str(MANY + 1)
    shown.evaluate("window.scrollTo(0, document.documentElement.scrollHeight)")
    shown.wait_for_function("() => document.querySelector('.index tbody').textContent.includes('第699局')")
    assert len(names(shown)) < 60
    assert shown.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("第010", ["洪泽区第010局"]),
        ("cqs", ["重庆市教育局"]),
        ("5000", ["重庆市教育局"]),
        ("hzq 699", ["洪泽区第699局"]),
        ("x!", []),
    ],
)
def test_a_search_finds_by_name_initials_and_code(shown: Page, typed: str, found: list[str]) -> None:
    shown.fill("[name=q]", typed)
    assert (names(shown), count(shown)) == (found, f"{len(found)} of {MANY} agencies")


def test_filters_and_years_tell_each_of_one_year(shown: Page) -> None:
    shown.check("[name=only][value=official]")
    assert count(shown) == f"{sum(n % 7 == 0 for n in range(MANY))} of {MANY} agencies"
    shown.select_option("[name=year]", "2022")
    assert count(shown) == f"{sum(n % 9 == 0 for n in range(MANY))} of {MANY} agencies"
    told = f"2022: agencies with a report here: {MANY - 1} of {MANY - 1}. "
    assert shown.inner_text("#sentence").startswith(told)
    shown.select_option("[name=year]", "2023")
    shown.uncheck("[name=only][value=official]")
    for value, expected in (
        ("missing", "洪泽区第006局"),
        ("late", "洪泽区第008局"),
        ("undecided", "洪泽区第003局"),
    ):
        shown.check(f"[name=only][value={value}]")
        assert names(shown) == [expected]
        shown.uncheck(f"[name=only][value={value}]")
    shown.select_option("[name=region]", label="重庆市")
    assert names(shown) == ["重庆市教育局"]


@both
def test_heads_sort_both_ways_and_a_third_time_not_at_all(shown: Page) -> None:
    worst = names(shown)[:3]
    assert worst == ["洪泽区第000局", "洪泽区第007局", "洪泽区第014局"]
    head = shown.locator("th[data-by=undecided]")
    head.get_by_role("button").click()
    assert (names(shown)[0], head.get_attribute("aria-sort")) == ("洪泽区第003局", "descending")
    head.get_by_role("button").click()
    assert head.get_attribute("aria-sort") == "ascending"
    assert names(shown)[0] == "洪泽区第006局", "no report is less than none"
    head.get_by_role("button").click()
    assert (names(shown)[:3], head.get_attribute("aria-sort")) == (worst, "none")


def test_what_is_chosen_stands_in_the_address_and_is_there_when_it_is_opened(shown: Page, file: Path) -> None:
    shown.select_option("[name=year]", "2022")
    shown.fill("[name=q]", "洪泽")
    shown.check("[name=only][value=official]")
    shown.locator("th[data-by=name] button").click()
    address, before = shown.url, (names(shown), count(shown))
    assert "year=2022" in address
    shown.goto("about:blank")
    shown.goto(address)
    shown.wait_for_selector("table.windowed")
    assert (names(shown), count(shown), shown.input_value("[name=year]")) == (*before, "2022")


def test_the_keyboard_reaches_every_agency(shown: Page) -> None:
    shown.locator(".index tbody .first a").first.focus()
    for _ in range(70):
        shown.keyboard.press("Tab")
    assert shown.evaluate("document.activeElement.closest('tr').ariaRowIndex") == "72"
    assert shown.evaluate("document.activeElement.textContent").endswith("局")


@both
def test_axe_finds_nothing(shown: Page) -> None:
    found = Axe().run(shown).response["violations"]
    assert [(one["id"], [node["html"][:200] for node in one["nodes"]][:3]) for one in found] == []


@pytest.mark.parametrize("shown", [NARROW], indirect=True)
def test_a_narrow_row_tells_the_requests_and_no_count_of_nothing(shown: Page) -> None:
    rows = shown.locator(".index tbody tr:not(.space)")
    assert "New requests" in shown.locator(".index td.asked").first.evaluate(
        "cell => getComputedStyle(cell, '::before').content"
    )
    seen = rows.first.evaluate(
        "row => [...row.children].filter((c) => c.offsetWidth).map((c) => c.className)"
    )
    assert all("zero" not in name for name in seen), seen
    assert any("asked" in name for name in seen) or "missing" in seen[-1]


def test_paper_has_the_table_of_a_wide_screen(shown: Page) -> None:
    """A page of A4 is as narrow as a small screen."""
    shown.set_viewport_size({"width": 703, "height": 1000})
    shown.emulate_media(media="print")
    assert shown.locator(".index tbody td.strip").first.is_visible()
    assert shown.locator(".index tbody td.zero").first.is_visible()
    assert not shown.locator(".tools").is_visible()
