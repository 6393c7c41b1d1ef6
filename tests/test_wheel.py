"""The package as `pip install` gives it: whole, in an empty folder, with nothing of the tree beside it."""

from __future__ import annotations

import shutil
import subprocess
import sys
import sysconfig
import venv
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import nbformat
import pytest

ROOT = Path(__file__).resolve().parents[1]
TOWN = "示例镇人民政府"
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an environment that has the wheel, and borrows from ours only what it depends on."""
    folder = tmp_path_factory.mktemp("installed")
    built = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(built, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    venv.create(folder / "env", with_pip=False, symlinks=True)
    (own,) = (folder / "env").glob("lib/python*/site-packages")
    ZipFile(wheel).extractall(own)
    # A folder named in a .pth is searched, but no .pth in it is read: not the one of our editable install.
    (own / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n")
    (folder / "env" / "share").mkdir(exist_ok=True)  # the templates of JupyterLab's exporters
    (folder / "env" / "share" / "jupyter").symlink_to(Path(sys.prefix) / "share" / "jupyter")
    (folder / "empty").mkdir()
    return folder


@pytest.fixture(scope="module")
def run(place: Path) -> Run:
    """The command there, with an empty home and nothing of our environment."""

    def ran(*arguments: object) -> subprocess.CompletedProcess[str]:
        command = [str(place / "env" / "bin" / "python"), *map(str, arguments)]
        environment = {"HOME": str(place / "home"), "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"}
        return subprocess.run(
            command,
            cwd=place / "empty",
            env=environment,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )

    return ran


def test_the_wheel_brings_all_that_lies_beside_the_package(place: Path, run: Run) -> None:
    where = run("-c", "import ogi; print(ogi.__file__)").stdout
    assert where.startswith(str(place / "env")), where
    (package,) = (place / "env").glob("lib/python*/site-packages/ogi")
    ours = {path.name for path in (ROOT / "notebooks").glob("*.ipynb")}
    assert {path.name for path in (package / "notebooks").iterdir()} == ours
    kinds = {path.suffix for path in (ROOT / "helpers" / "ogi").rglob("*") if path.is_file()} - {".pyc"}
    assert kinds <= {path.suffix for path in package.rglob("*")}


def test_notebooks_are_copied_with_what_they_show_and_never_over_what_is_there(place: Path, run: Run) -> None:
    first = run("-m", "ogi", "notebooks", "work")
    assert first.returncode == 0, first.stderr
    work = place / "empty" / "work"
    assert first.stderr.splitlines()[-1].endswith("open them with `ogi lab work`")
    notebook = work / "2_agency_summary.ipynb"
    assert nbformat.read(notebook, 4).cells
    assert (work / "data" / "samples" / TOWN / "2021.txt").is_file()
    notebook.write_text("mine")
    (work / "4_explore.ipynb").unlink()
    again = run("-m", "ogi", "notebooks", "work", "--language", "zh")
    assert again.returncode == 1
    assert notebook.read_text() == "mine"
    assert again.stderr.splitlines()[-1].startswith("已复制1个文件")


def test_pages_are_made_in_an_empty_folder(place: Path, run: Run) -> None:
    raw = place / "empty" / "raw" / TOWN
    raw.mkdir(parents=True)
    for year in (2021, 2022):
        shutil.copy(ROOT / "data" / "samples" / TOWN / f"{year}.txt", raw)
    made = run("-m", "ogi", "summarize", "raw", "--out", "out", "--no-reviews")
    assert made.returncode == 0, made.stderr
    assert made.stderr.splitlines()[-1] == "1 page made, 0 as before, 0 not made: out/index.html"
    page = (place / "empty" / "out" / TOWN / "index.html").read_text("utf-8")
    assert TOWN in page
    assert "@font-face" in page
