"""Processes of a run killed at random moments: the next run must leave what an undisturbed one leaves.

python -m tests.bulk.faults [TIMES [KIND...]]    kills each kind of process so often, and tells what was left
"""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import nbformat
import psutil

from ogi.bulk.record import JOURNAL
from ogi.tables import SCHEMAS, read

ROOT = Path(__file__).resolve().parents[2]
KINDS = ("run", "template", "worker")
_RUN = """
import sys
from pathlib import Path
from ogi.bulk import Choice, Job, summarize
raw, tables, out, notebook = map(Path, sys.argv[1:])
result = summarize(Job(raw, tables, out, notebook=notebook, reviews=False), Choice(workers=2))
print(result.failures)
assert "rfc3987_syntax.syntax_helpers" not in sys.modules  # takes over a second in each process
"""
_CELLS = (
    "from ogi import notebook, pages\ndata = notebook.of_agency(agency, reports, tables, language)",
    "pages.cover(data, language)",
)


def prepared(folder: Path, agencies: int = 6) -> None:
    """Write reports and a short notebook into the folder."""
    source = ROOT / "data" / "samples"
    texts = sorted(source.glob("*/202[012].txt"))
    for n in range(agencies):
        own = folder / "raw" / f"示例{n:02}局"
        own.mkdir(parents=True)
        shutil.copyfile(texts[n % len(texts)], own / texts[n % len(texts)].name)
    declared = 'agency: str = ""\nreports: str = ""\ntables: str = ""\nlanguage: str = "en"'
    cells = [nbformat.v4.new_code_cell(declared, metadata={"tags": ["parameters"]}, id="parameters")]
    cells += [nbformat.v4.new_code_cell(source, id=f"cell{n}") for n, source in enumerate(_CELLS)]
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    made = nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})
    nbformat.write(made, folder / "short.ipynb")


def started(folder: Path, out: str, *wrapper: str) -> subprocess.Popen[str]:
    """A run into folder/out/pages, with its dataset beside them; all runs name their places alike.

    `wrapper`: a command that is given the run's own.
    """
    own = folder / out
    own.mkdir(exist_ok=True)
    command = [*wrapper, sys.executable, "-c", _RUN, "../raw", "tables", "pages", "../short.ipynb"]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, cwd=own, stdout=pipe, stderr=pipe, text=True, env=_environment())


def finished(run: subprocess.Popen[str]) -> str:
    """What a run said that came to its end."""
    told, errors = run.communicate(timeout=300)
    assert run.returncode == 0, errors
    return told


def disturbed(folder: Path, out: str, kind: str, moment: float | None = None) -> bool:
    """Kill a process of that kind at a moment of a run (seconds); was there one?

    By default when the first page is done, so that others are being made.
    """
    run, began = started(folder, out), time.monotonic()
    journal = folder / out / "pages" / JOURNAL
    while run.poll() is None:
        if journal.exists() if moment is None else time.monotonic() - began > moment:
            break
        time.sleep(0.02)
    victims = [run.pid] if kind == "run" and run.poll() is None else _processes(run.pid, kind)
    for pid in victims[:1]:
        os.kill(pid, 9)
    if kind == "run":
        run.communicate(timeout=300)
    else:
        finished(run)
    return bool(victims)


def left(folder: Path, out: str) -> dict[str, object]:
    """All that a run left, save how long things took."""
    place = folder / out / "pages"
    found: dict[str, object] = {
        str(path.relative_to(place)): path.read_bytes()
        for path in place.rglob("*")
        if path.is_file() and path.name != "run.json"
    }
    agencies = agencies_of(folder / out)
    found["run.json"] = {name: (one["key"], one["failure"], one["entry"]) for name, one in agencies.items()}
    for name in SCHEMAS:
        rows = read(folder / out / "tables", name)
        found[name] = rows.drop(columns="seconds", errors="ignore").to_csv()
    return found


def agencies_of(out: Path) -> dict[str, Any]:
    """What run.json tells of each agency."""
    found: dict[str, Any] = json.loads((out / "pages" / "run.json").read_text("utf-8"))["agencies"]
    return found


def _processes(pid: int, kind: str) -> list[int]:
    told = "ogi.engine.template" if kind == "template" else "forkserver"
    found = []
    try:
        for process in psutil.Process(pid).children(recursive=True):
            if told in " ".join(process.cmdline()) and (kind != "worker" or _is_worker(process)):
                found.append(process.pid)
    except psutil.Error:
        pass
    return found


def _is_worker(process: psutil.Process) -> bool:
    """Is it forked from the server, and not the server itself?"""
    parent = process.parent()
    return parent is not None and "forkserver" in " ".join(parent.cmdline())


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": f"{ROOT / 'helpers'}", "PYTHONWARNINGS": "ignore"}


def main() -> None:
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    chance = random.Random(1)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        prepared(folder)
        began = time.monotonic()
        finished(started(folder, "whole"))
        longest, whole = time.monotonic() - began, left(folder, "whole")
        for kind in sys.argv[2:] or KINDS:
            hit = same = 0
            for n in range(times):
                out = f"{kind}{n}"
                hit += disturbed(folder, out, kind, chance.uniform(0, longest))
                finished(started(folder, out))
                same += left(folder, out) == whole
                shutil.rmtree(folder / out)
            print(f"{kind}: {hit} of {times} killed, {same} runs after them left the same", flush=True)


if __name__ == "__main__":
    main()
