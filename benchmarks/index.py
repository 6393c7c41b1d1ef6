"""The index over very many agencies in a real Chromium: its weight, first paint, and a keystroke.

python -m benchmarks.index [--agencies 20000] [--out FOLDER]

The agencies have the names of real regions and made-up figures on three years. Exits with 1 where the page
weighs over 3 MB, is not painted within 2 s, or answers a keystroke, a sorting or a year later than 100 ms
(the median of several, by the browser's own clock, until the frame after it).
"""

from __future__ import annotations

import argparse
import random
import shutil
import statistics
import sys
import time
from collections.abc import Iterator
from itertools import islice, product
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Page, sync_playwright

from ogi.agencies import Agencies, by_code, last_year
from ogi.agencies.regions import is_code
from ogi.index import Entry, Overview, YearEntry, index
from ogi.index.entries import pinyin
from ogi.index.overview import Status
from ogi.tables import empty
from tests.conftest import BROWSER_ARGUMENTS, BROWSERS

YEARS = (2022, 2023, 2024)
_BODIES = ("人民政府", "人民政府办公室", "教育局", "卫生健康委员会", "自然资源局", "城市管理局", "民政局")
MEGABYTES, PAINT, ANSWER = 3.0, 2000.0, 100.0
_PAINTED = "performance.getEntriesByName('first-contentful-paint')[0].startTime"
_ANSWERED = """([selector, value, kind]) => new Promise((done) => {
  const one = document.querySelector(selector), began = performance.now();
  if (kind === "click") one.click();
  else { one.value = value; one.dispatchEvent(new Event(kind, { bubbles: true })); }
  requestAnimationFrame(() => setTimeout(() => done(performance.now() - began)));
})"""
_ASKED = (
    ("form [name=q]", "洪", "input"), ("form [name=q]", "hz", "input"), ("form [name=q]", "3208", "input"),
    ("form [name=q]", "", "input"), ("form [name=only]", "", "click"), ("form [name=only]", "", "click"),
    ("th.asked button", "", "click"), ("th.first button", "", "click"),
    ("select[name=year]", "2022", "change"),
    ("select[name=region]", "32", "input"), ("select[name=region]", "", "input"),
)  # fmt: skip


def names(number: int) -> Iterator[str]:
    """Names of agencies of real counties and cities."""
    codes = (f"{code:06d}" for code in range(110000, 660000) if is_code(f"{code:06d}"))
    regions = [region for region in (by_code(code, last_year()) for code in codes) if region is not None]
    return islice((f"{region.name}{body}" for body, region in product(_BODIES, regions)), number)


def overview(number: int) -> Overview:
    """Agencies with made-up figures: most have few requests and nothing amiss."""
    chance = random.Random(1)
    entries: list[Entry] = []
    statuses: dict[int, dict[str, Status]] = {year: {} for year in YEARS}
    for name in dict.fromkeys(names(number)):
        years: dict[int, YearEntry] = {}
        for year in YEARS:
            if chance.random() < 0.03:
                statuses[year][name] = Status("missing")
                continue
            late = chance.random() < 0.02
            statuses[year][name] = Status("late", chance.randint(1, 90)) if late else Status("in_time")
            amiss = [chance.choice((1, 2, 3)) if chance.random() < share else 0 for share in (0.1, 0.2, 0.1)]
            official, warnings, undecided = amiss
            received = float(int(chance.paretovariate(0.6)))
            years[year] = YearEntry(received, official, warnings, undecided)
        entries.append(Entry(name, True, chance.random() < 0.001, years, pinyin=pinyin(name)))
    agencies = Agencies(empty("catalogue"))
    known = {entry.agency: agencies.of(entry.agency, YEARS[-1]) for entry in entries}
    return Overview(entries, known, statuses, YEARS)


def measured(page: Page, file: Path) -> tuple[float, dict[str, float]]:
    """First paint and, for each thing asked, the median time of the answer; all in milliseconds."""
    page.goto(file.as_uri())
    page.wait_for_function("performance.getEntriesByName('first-contentful-paint').length > 0")
    paint = float(page.evaluate(_PAINTED))
    found: dict[str, list[float]] = {}
    for _ in range(3):
        for asked in _ASKED:
            took = float(page.evaluate(_ANSWERED, list(asked)))
            found.setdefault(f"{asked[0]} {asked[1]}".strip(), []).append(took)
    return paint, {name: statistics.median(times) for name, times in found.items()}


def main() -> int:
    """Print what was measured; 1 where a bound is not met."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--agencies", type=int, default=20_000)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    made = overview(options.agencies)
    began = time.process_time()
    text = index(made, [])
    seconds = time.process_time() - began
    with TemporaryDirectory() as folder, sync_playwright() as driver:
        file = (options.out or Path(folder)) / "index.html"
        file.write_text(text, "utf-8")
        executable = next(filter(None, map(shutil.which, BROWSERS)), None)
        browser = driver.chromium.launch(executable_path=executable, args=BROWSER_ARGUMENTS)
        paint, answers = measured(browser.new_page(viewport={"width": 1280, "height": 900}), file)
        browser.close()
    megabytes = len(text.encode()) / 1e6
    print(f"{len(made.entries):,} agencies, written in {seconds:.1f} s of CPU: {megabytes:.2f} MB")
    print(f"first paint {paint:.0f} ms")
    for name, took in answers.items():
        print(f"{took:6.0f} ms  {name}")
    is_met = megabytes < MEGABYTES and paint < PAINT and max(answers.values()) < ANSWER
    print("all bounds met" if is_met else f"expected < {MEGABYTES} MB, {PAINT:.0f} ms, {ANSWER:.0f} ms")
    return 0 if is_met else 1


if __name__ == "__main__":
    sys.exit(main())
