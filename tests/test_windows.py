"""What can be tested of Windows elsewhere: missing modules, processes that start afresh, files in use."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from ogi.bulk import Choice, Job, summarize
from ogi.files import write_whole

ROOT = Path(__file__).resolve().parents[1]
TOWN = "示例镇人民政府"
_LIKE_WINDOWS = """
import builtins, multiprocessing, os

real = builtins.__import__

def without(name, globals=None, *rest, **named):
    # The libraries that we use have a Windows of their own; this one is Linux to them.
    importer = (globals or {}).get("__name__", "")
    if name in ("fcntl", "resource", "pwd", "grp", "termios") and importer.startswith("ogi"):
        raise ModuleNotFoundError(f"No module named {name!r}", name=name)
    return real(name, globals, *rest, **named)

builtins.__import__ = without
del os.killpg
multiprocessing.get_all_start_methods = lambda: ["spawn"]
multiprocessing.set_start_method("spawn")
"""
"""Loaded by Python as it starts, in workers and kernels, too."""


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory):
    """The command in a process that lacks what Windows lacks, with a console that takes GBK alone."""
    place = tmp_path_factory.mktemp("windows")
    (place / "sitecustomize.py").write_text(_LIKE_WINDOWS, "utf-8")
    path = os.pathsep.join((str(place), str(ROOT / "helpers")))
    own = {"PYTHONPATH": path, "PYTHONIOENCODING": "gbk:strict", "PYTHONWARNDEFAULTENCODING": "1"}

    def ran(*arguments: object) -> subprocess.CompletedProcess[bytes]:
        command = [sys.executable, "-m", "ogi", *map(str, arguments)]
        return subprocess.run(
            command, cwd=place, env=os.environ | own, capture_output=True, timeout=300, check=False
        )

    return ran


def _told(result: subprocess.CompletedProcess[bytes]) -> str:
    return result.stderr.decode("gbk", "replace")


def test_reports_are_read_and_pages_made_without_fork_locks_and_limits(run, samples: Path, tmp_path: Path):
    for year in (2021, 2022):
        file = samples / TOWN / f"{year}.txt"
        (tmp_path / "raw" / TOWN).mkdir(parents=True, exist_ok=True)
        shutil.copy(file, tmp_path / "raw" / TOWN)
    places = ("--out", tmp_path / "out", "--tables", tmp_path / "tables")
    result = run(
        "summarize", tmp_path / "raw", *places, "--engine", "kernel", "--language", "zh", "--no-reviews"
    )
    assert result.returncode == 0, _told(result)
    assert "新制作1个页面" in _told(result)
    assert TOWN in (tmp_path / "out" / TOWN / "index.html").read_text("utf-8")
    own = [
        line for line in _told(result).splitlines() if "EncodingWarning" in line and "/helpers/ogi/" in line
    ]
    assert own == [], "a file is read or written in the encoding of the machine"


def test_results_do_not_depend_on_the_code_page(run, samples: Path):
    result = run("parse", samples / TOWN / "2022.txt", "--format", "csv")
    assert result.returncode == 0, _told(result)
    assert TOWN in result.stdout.decode("utf-8-sig")
    assert run("check", samples / TOWN / "2022.txt", "--language", "zh").returncode in (0, 1)


def test_the_engine_can_be_imported_where_a_signal_is_not_named(run):
    code = "import signal; del signal.SIGKILL; import ogi.engine.kernels"
    subprocess.run(
        [sys.executable, "-c", code], check=True, env=os.environ | {"PYTHONPATH": str(ROOT / "helpers")}
    )


# --- a file that is open elsewhere cannot be replaced -------------------------------------------------


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch):
    """Names of files that another program holds: nothing takes their place."""
    names: set[str] = set()
    replace = Path.replace

    def refused(self: Path, target: Path) -> Path:
        if Path(target).name in names or self.name in names:
            raise PermissionError(13, "Access is denied", str(target))
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", refused)
    return names


def test_a_held_file_stays_as_it_was_and_is_told_in_both_languages(tmp_path: Path, held: set[str]):
    file = tmp_path / "checks.csv"
    write_whole(file, b"old")
    held.add(file.name)
    with pytest.raises(PermissionError) as caught:
        write_whole(file, b"new")
    told = caught.value.args[0]
    assert str(file) in told
    assert "请关闭" in told.zh
    assert [path.name for path in tmp_path.iterdir()] == [file.name]
    assert file.read_bytes() == b"old"


def test_a_held_table_costs_only_itself(tmp_path: Path, samples: Path, held: set[str]):
    raw, out = tmp_path / "raw", tmp_path / "out"
    (raw / TOWN).mkdir(parents=True)
    shutil.copy(samples / TOWN / "2021.txt", raw / TOWN)
    job = Job(raw, tmp_path / "tables", out, reviews=False)
    assert summarize(job).failures == ()
    table = (out / "index.csv").read_bytes()
    shutil.copy(samples / TOWN / "2022.txt", raw / TOWN)
    held.add("index.csv")
    (failure,) = summarize(job).failures
    assert "index.csv" in failure
    assert (out / "index.csv").read_bytes() == table
    assert "index.csv" in (out / "index.html").read_text("utf-8"), "and the index tells of it"
    held.clear()
    assert summarize(job, Choice()).failures == ()
    assert (out / "index.csv").read_bytes() != table


def test_a_held_page_stays_whole_and_the_next_run_makes_it(tmp_path: Path, samples: Path, held: set[str]):
    from ogi.bulk.folders import made_whole

    with made_whole(tmp_path, TOWN) as folder:
        (folder / "index.html").write_text("old", "utf-8")
    held.add(TOWN)
    with pytest.raises(PermissionError), made_whole(tmp_path, TOWN) as folder:
        (folder / "index.html").write_text("new", "utf-8")
    assert [path.name for path in tmp_path.iterdir()] == [TOWN]
    assert (tmp_path / TOWN / "index.html").read_text("utf-8") == "old"
