"""Take the pictures that README and docs show: `python -m scripts.make_pictures [page] [1] [2] [3] [4]`.

An agency's page as it opens, and each notebook, run in a real JupyterLab: in both languages, on the samples.
By default all of them. Needs a Chromium.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import nbformat
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from ogi.bulk import Job, summarize

ROOT = Path(__file__).resolve().parents[1]
IMAGES = ROOT / "docs" / "images"
_WIDTH, _MS = 1280, 240_000
_AGENCY, _PAGE_WIDTH, _PAGE_HEIGHT = "淮安市洪泽区人民政府", 1100, 1000
_LANGUAGES = (("en", ""), ("zh", "-zh"))
"""Each with the end of its pictures' names."""
_COLOURS = 64
"""Of a picture's palette: text stays sharp, and a file under 100 kB."""
_SHOWN = {
    1: ("printed.sheets", 900),
    2: ("pages.cover", 900),
    3: ("review.what_to_send_back", 900),
    4: ("from ogi import explore", 1640),  # down to the chart that follows the widgets
}
"""Notebook → the cell that the picture begins with, and the picture's height."""
_PLAIN = """async () => {
    const run = (name) => window.jupyterapp.commands.execute(name);
    await run('application:toggle-left-area');
    await run('notebook:run-all-cells'); }"""
_SCROLL = """(wanted) => {
    const panel = window.jupyterapp.shell.currentWidget.content;
    const at = panel.widgets.findIndex(cell => cell.model.sharedModel.getSource().startsWith(wanted));
    panel.activeCellIndex = at;
    return panel.scrollToItem(at, 'start'); }"""


@contextmanager
def _lab(folder: Path) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    own = {f"JUPYTER_{name}_DIR": str(folder / name) for name in ("CONFIG", "DATA", "RUNTIME")}
    command = [sys.executable, "-m", "ogi", "lab", str(folder), "--", "--no-browser", "--allow-root"]
    options = ["--IdentityProvider.token=", "--LabApp.expose_app_in_browser=True", f"--ServerApp.port={port}"]
    with (folder / "log").open("w") as log:
        server = subprocess.Popen([*command, *options], env=os.environ | own, stdout=log, stderr=log)
    try:
        yield _answering(f"http://127.0.0.1:{port}/lab")
    finally:
        server.terminate()
        server.wait()


def _answering(address: str) -> str:
    for _ in range(120):
        try:
            urlopen(address).close()
            return address
        except URLError:
            time.sleep(1)
    raise TimeoutError(f"{address} does not answer")


def _copied(source: Path, language: str, folder: Path) -> str:
    notebook = nbformat.read(source, as_version=4)
    (cell,) = (one for one in notebook.cells if "parameters" in one.metadata.get("tags", []))
    cell.source = re.sub(r'^(language: str = )"en"', rf'\1"{language}"', cell.source, flags=re.MULTILINE)
    name = f"{source.stem}_{language}.ipynb"
    nbformat.write(notebook, folder / name)
    return name


def _take(page: Page, address: str, name: str, wanted: str, picture: Path) -> None:
    page.goto(f"{address}/workspaces/{Path(name).stem}/tree/{name}")
    page.wait_for_function("window.jupyterapp?.shell?.currentWidget?.sessionContext?.isReady")
    page.evaluate(_PLAIN)
    for _ in range(2):  # what is scrolled to first is drawn first, and moves the rest
        page.evaluate(_SCROLL, wanted)
        page.wait_for_timeout(2000)
    _save(page, picture)


def _save(page: Page, picture: Path) -> None:
    page.screenshot(path=picture)
    few = Image.open(picture).convert("RGB").quantize(_COLOURS, dither=Image.Dither.NONE)
    few.save(picture, optimize=True)


def _take_page(browser: Browser, folder: Path) -> None:
    shutil.copytree(ROOT / "data" / "samples" / _AGENCY, folder / "raw" / _AGENCY)
    for language, ending in _LANGUAGES:
        job = Job(folder / "raw", folder / "tables", folder / language, language, reviews=False)
        summarize(job)
        page = browser.new_page(viewport={"width": _PAGE_WIDTH, "height": _PAGE_HEIGHT})
        page.goto((job.out / _AGENCY / "index.html").as_uri())
        page.evaluate("document.fonts.ready")
        _save(page, IMAGES / f"agency-page{ending}.png")
        page.close()


def _take_notebooks(browser: Browser, folder: Path, numbers: Sequence[int]) -> None:
    notebooks = sorted((ROOT / "notebooks").glob("[1-4]_*.ipynb"))
    (folder / "data").mkdir()
    (folder / "data" / "samples").symlink_to(ROOT / "data" / "samples")
    with _lab(folder) as address:
        for number in numbers:
            wanted, height = _SHOWN[number]
            for language, ending in _LANGUAGES:
                page = browser.new_page(viewport={"width": _WIDTH, "height": height})
                page.set_default_timeout(_MS)
                picture = IMAGES / f"notebook-{number}{ending}.png"
                _take(page, address, _copied(notebooks[number - 1], language, folder), wanted, picture)
                page.close()


def main(asked: Sequence[str]) -> None:
    numbers = [number for number in _SHOWN if not asked or str(number) in asked]
    with tempfile.TemporaryDirectory() as place, sync_playwright() as playwright:
        executable = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        if not asked or "page" in asked:
            _take_page(browser, Path(place) / "page")
        if numbers:
            _take_notebooks(browser, Path(place), numbers)


if __name__ == "__main__":
    main(sys.argv[1:])
