"""The notebooks as a researcher opens them: a real JupyterLab, a real kernel, a real browser."""

from __future__ import annotations

import os
import re
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
    """A JupyterLab with settings of its own: its address, and the folder it shows."""
    folder = tmp_path_factory.mktemp("lab")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    own = {f"JUPYTER_{name}_DIR": str(folder / name.lower()) for name in ("CONFIG", "DATA", "RUNTIME")}
    options = {
        "ServerApp.port": port,
        "ServerApp.root_dir": folder,
        "IdentityProvider.token": "",
        "LabApp.expose_app_in_browser": True,
    }
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root"]
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
    page.goto(f"{address}/tree/{name}")
    page.wait_for_selector(".jp-Notebook", timeout=SECONDS * 1000)
    page.wait_for_function(
        "window.jupyterapp?.shell?.currentWidget?.sessionContext?.isReady", timeout=SECONDS * 1000
    )
    page.evaluate(_RUN_ALL)
    return page.evaluate(_CELLS)


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
    page.close()
