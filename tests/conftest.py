"""What the tests share: where the samples are, the real reports where there are any, and a browser.

A test that asks for `shared_reports` (the folder) or `shared_report` (run once for each file in it) is
deselected where that folder is absent; nothing else needs to be said in the test.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import matplotlib
import pytest
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright

matplotlib.use("agg")
settings.register_profile(  # a crowded machine is no fault of the code; what fails here fails everywhere
    "ogi", deadline=None, derandomize=os.environ.get("CI") is not None
)
settings.load_profile("ogi")

ROOT = Path(__file__).resolve().parents[1]
SHARED_REPORTS = ROOT.parent / "shared" / "reports"
REPORT_SUFFIXES = {".pdf", ".html", ".htm", ".docx", ".txt", ".md"}
NEEDS_SHARED = {"shared_report", "shared_reports"}
LONG = """
    bulk corpus_scans said corpus hostile engine network faults browser jupyterlab wheel reviews windowed
    windows site
""".split()
"""Modules that take half a minute and more, the longest first."""

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
BROWSER_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def shared_report_paths() -> list[Path]:
    """The real reports, in order of name; none where the folder is absent."""
    return sorted(path for path in SHARED_REPORTS.glob("*") if path.suffix in REPORT_SUFFIXES)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "shared_report" in metafunc.fixturenames:
        paths = shared_report_paths()
        metafunc.parametrize("shared_report", paths, ids=[path.name for path in paths])


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    # A module is handed out whole: a long one that is begun last would be waited for by all others.
    names = [f"test_{name}" for name in LONG]
    items.sort(key=lambda item: [*names, item.path.stem].index(item.path.stem))
    if shared_report_paths():
        return
    needing = [item for item in items if NEEDS_SHARED & set(getattr(item, "fixturenames", ()))]
    config.hook.pytest_deselected(items=needing)
    items[:] = [item for item in items if item not in needing]


@pytest.fixture(scope="session")
def root() -> Path:
    """The top of the working tree."""
    return ROOT


@pytest.fixture(scope="session")
def samples() -> Path:
    """The shipped samples, a folder per agency."""
    return ROOT / "data" / "samples"


@pytest.fixture(scope="session")
def shared_reports() -> Path:
    """The folder of real reports, and beside them truth.json."""
    return SHARED_REPORTS


# Not for the whole session: while Playwright runs, its event loop is the thread's, and asyncio.run fails.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The system's chromium, without a window; absent, a skip, or a failure under REQUIRE_BROWSER=1."""
    executable = next(filter(None, map(shutil.which, BROWSERS)), None)
    if executable is None:
        message = f"no browser: none of {', '.join(BROWSERS)} is on PATH"
        if os.environ.get("REQUIRE_BROWSER") == "1":
            pytest.fail(message)
        pytest.skip(message)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable, args=BROWSER_ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def soffice() -> str:
    """The system's LibreOffice; absent, a skip, or a failure under REQUIRE_OFFICE=1."""
    return _program("soffice", "LibreOffice", "REQUIRE_OFFICE")


@pytest.fixture(scope="session")
def rscript() -> str:
    """The system's R; absent, a skip, or a failure under REQUIRE_R=1."""
    return _program("Rscript", "R", "REQUIRE_R")


def _program(name: str, of: str, required: str) -> str:
    executable = shutil.which(name)
    if executable is None:
        message = f"no {of}: {name} is not on PATH"
        if os.environ.get(required) == "1":
            pytest.fail(message)
        pytest.skip(message)
    return executable
