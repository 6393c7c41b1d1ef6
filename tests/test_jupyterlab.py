"""The notebooks as a researcher opens them: a real JupyterLab, a real kernel, a real browser."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import nbformat
import pytest
from playwright.sync_api import Browser, Page

from ogi.fonts import FAMILY

ROOT = Path(__file__).resolve().parents[1]
AGENCY = "示例镇人民政府"
SECONDS = 180
_RUN_ALL = "async () => { await window.jupyterapp.commands.execute('notebook:run-all-cells'); }"
_CELLS = """() => window.jupyterapp.shell.currentWidget.content.widgets
    .filter(cell => cell.model.type === 'code')
    .map(cell => ({count: cell.model.executionCount, outputs: cell.model.outputs.toJSON()}))"""
_FACES = "async ([font, text]) => (await document.fonts.load(font, text)).length"


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """`ogi lab` with settings of its own: its address, and the folder it shows."""
    folder = tmp_path_factory.mktemp("lab")
    shutil.copy(ROOT / "README.md", folder)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    own = {f"JUPYTER_{name}_DIR": str(folder / name.lower()) for name in ("CONFIG", "DATA", "RUNTIME")}
    options = {
        "ServerApp.port": port,
        "IdentityProvider.token": "",
        "LabApp.expose_app_in_browser": True,
    }
    command = [sys.executable, "-m", "ogi", "lab", str(folder), "--", "--no-browser", "--allow-root"]
    command += [f"--{name}={value}" for name, value in options.items()]
    with (folder / "log").open("w") as log:
        server = subprocess.Popen(
            command, env=os.environ | own, stdout=log, stderr=log, start_new_session=True, cwd=folder
        )
    address = f"http://127.0.0.1:{port}/lab"
    try:
        _wait_for(address, folder / "log")
        yield address, folder
    finally:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait()


def _wait_for(address: str, log: Path) -> None:
    for _ in range(SECONDS):
        try:
            urlopen(address).close()
            return
        except URLError:
            time.sleep(1)
    pytest.fail(f"JupyterLab does not answer:\n{log.read_text()[-2000:]}")


def _prepared(name: str, folder: Path, **parameters: str) -> str:
    """A copy of a notebook with other values in its parameters cell."""
    notebook = nbformat.read(ROOT / "notebooks" / name, as_version=4)
    cell = next(cell for cell in notebook.cells if "parameters" in cell.metadata.get("tags", []))
    for parameter, value in parameters.items():
        line = re.compile(rf"^({parameter}: str = )(\"[^\"]*\")", re.MULTILINE)
        assert line.search(cell.source), f"{name} has no parameter {parameter}"
        cell.source = line.sub(lambda match, value=value: f"{match[1]}{value!r}", cell.source)
    nbformat.write(notebook, folder / name)
    return name


def _run(page: Page, address: str, name: str) -> list[dict[str, object]]:
    # In a workspace of its own: in the one of all, the notebook that was open before is opened again.
    page.goto(f"{address}/workspaces/{Path(name).stem}/tree/{name}")
    page.wait_for_selector(".jp-Notebook", timeout=SECONDS * 1000)
    page.wait_for_function(
        "window.jupyterapp?.shell?.currentWidget?.sessionContext?.isReady", timeout=SECONDS * 1000
    )
    page.evaluate(_RUN_ALL)
    return page.evaluate(_CELLS)


_DARK = "() => window.jupyterapp.commands.execute('apputils:change-theme', {theme: 'JupyterLab Dark'})"
_COLOURS = """() => {
    const style = (where, what) => getComputedStyle(document.querySelector(where))[what];
    return [style('.ogi-charts .plot text', 'fill'), style('.ogi-report table td', 'color')]; }"""
_BACKGROUNDS = """() => [...document.querySelectorAll('.jp-OutputArea-output, .ogi-report, .ogi-charts')]
    .map(one => getComputedStyle(one).backgroundColor)"""


def _lightness(colour: str) -> float:
    """0 for black, 255 for white, of what a browser says of a colour without transparency."""
    return sum(map(float, re.findall(r"[\d.]+", colour)[:3])) / 3


def _expect_dark(page: Page) -> None:
    """In a dark theme text is light, also in charts, and stands on no white slab."""
    page.set_viewport_size({"width": 1280, "height": 9000})
    page.evaluate(_DARK)
    page.wait_for_function("() => document.body.dataset.jpThemeLight === 'false'")
    page.wait_for_selector(".ogi-charts .plot text")
    assert all(_lightness(colour) > 150 for colour in page.evaluate(_COLOURS))
    seen = [colour for colour in page.evaluate(_BACKGROUNDS) if colour != "rgba(0, 0, 0, 0)"]
    assert [colour for colour in seen if _lightness(colour) > 60] == []


def test_the_summary_of_an_agency_runs_in_jupyterlab_with_chinese_on_any_machine(
    lab: tuple[str, Path], browser: Browser
) -> None:
    address, folder = lab
    values = {"agency": AGENCY, "reports": str(ROOT / "data" / "samples"), "tables": str(folder / "tables")}
    name = _prepared("2_agency_summary.ipynb", folder, **values)
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    cells = _run(page, address, name)
    assert all(cell["count"] for cell in cells)
    kinds = [output["output_type"] for cell in cells for output in cell["outputs"]]
    assert "error" not in kinds
    html = [o["data"]["text/html"] for c in cells for o in c["outputs"] if "text/html" in o.get("data", {})]
    assert sum("".join(text).count("<figure") for text in html) >= 5
    assert AGENCY in "".join("".join(text) for text in html)
    assert page.evaluate(_FACES, [f"16px '{FAMILY}'", AGENCY]) > 0, "the font of the pages is not there"
    _expect_dark(page)
    page.close()


@pytest.mark.parametrize("name", ["1_read_one_report.ipynb", "3_periodic_review.ipynb"])
def test_jupyterlab_can_show_every_output(lab: tuple[str, Path], browser: Browser, name: str) -> None:
    """What it cannot, such as a link within a drawing that it tries to rewrite, it shows as an error."""
    address, folder = lab
    samples = ROOT / "data" / "samples"
    own: dict[str, dict[str, str]] = {
        "1_read_one_report.ipynb": {"source": str(samples / "淮安市洪泽区人民政府" / "2023.pdf")},
        "3_periodic_review.ipynb": {"reports": str(samples), "tables": str(folder / "tables")},
    }
    # So high that all cells are drawn at once.
    page = browser.new_page(viewport={"width": 1280, "height": 9000})
    _run(page, address, _prepared(name, folder, language="zh", **own[name]))
    page.wait_for_selector(".jp-OutputArea-output .ogi-report")
    page.wait_for_timeout(1000)
    assert page.locator("[data-mime-type$=stderr], [data-mime-type$=error]").all_inner_texts() == []
    page.close()


def test_it_begins_with_the_readme_and_asks_nothing_of_the_network(
    lab: tuple[str, Path], browser: Browser
) -> None:
    address, _ = lab
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address.removesuffix("/lab"))
    page.wait_for_selector(".jp-MarkdownViewer h1", timeout=SECONDS * 1000)
    page.wait_for_timeout(1500)
    assert "Jupyter news" not in page.evaluate("() => document.body.textContent")
    assert [url for url in asked if "/lab/api/news" in url or "/lab/api/update" in url] == []
    assert [url for url in asked if not url.startswith((address.removesuffix("lab"), "data:", "blob:"))] == []
    page.close()


_PICK = """([select, value]) => {
    const field = [...document.querySelectorAll('.widget-dropdown')].find(
        one => one.querySelector('label').textContent === select).querySelector('select');
    field.value = [...field.options].find(
        one => one.textContent.replaceAll('\u00a0', ' ').includes(value)).value;
    field.dispatchEvent(new Event('change', {bubbles: true}));
}"""
_SHOWN = """() => window.jupyterapp.shell.currentWidget.content.widgets
    .filter(cell => cell.model.type === 'code')
    .map(cell => JSON.stringify(cell.model.outputs.toJSON())).join()"""


def test_the_explorer_follows_its_widgets(lab: tuple[str, Path], browser: Browser) -> None:
    """What is chosen by a click is in the table, in the chart and in the file that is saved."""
    address, folder = lab
    saved = folder / "saved"
    for file in (ROOT / "data" / "samples").glob("示例市*/202[34].*"):
        (folder / "raw" / file.parent.name).mkdir(parents=True, exist_ok=True)
        shutil.copy(file, folder / "raw" / file.parent.name)
    values = {"reports": str(folder / "raw"), "tables": str(folder / "all"), "out": str(saved)}
    name = _prepared("4_explore.ipynb", folder, **values)
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.set_default_timeout(SECONDS * 1000)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    cells = _run(page, address, name)
    assert "error" not in [output["output_type"] for cell in cells for output in cell["outputs"]]
    page.wait_for_function(f"() => ({_SHOWN})().includes('requests-new-total-absolute.csv')")
    page.evaluate("() => window.jupyterapp.shell.currentWidget.content.scrollToItem(0)")
    page.wait_for_selector(".widget-dropdown")
    page.evaluate(_PICK, ["Measure", "Natural persons"])
    page.evaluate(_PICK, ["Shown", "share"])
    label = "Newly received requests: natural persons, share of Newly received requests (%)"
    page.wait_for_function(f"() => ({_SHOWN})().split({label!r}).length > 3")
    page.get_by_role("button", name="Save this view").click()
    page.wait_for_function("() => document.body.textContent.includes('-share.csv')")
    rows = (saved / "requests-new-natural_person-share.csv").read_text("utf-8-sig").splitlines()
    assert rows[0].split(",")[:5] == ["figure", "shown", "agency", "year", "value"]
    assert {row.split(",")[0] for row in rows[1:]} == {"requests/new/natural_person"}
    shares = [float(row.split(",")[4]) for row in rows[1:]]
    assert len(shares) == 6
    assert all(0 < share <= 1 for share in shares)
    assert {
        url for url in asked if not url.startswith((address.removesuffix("/lab"), "data:", "blob:"))
    } == set()
    page.close()
