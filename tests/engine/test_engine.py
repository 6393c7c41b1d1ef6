"""The engine `ogi` against papermill's own: the same outputs, in kernels as new as fresh ones."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import nbformat
import papermill
import psutil
import pytest
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from papermill.exceptions import PapermillExecutionError

from ogi.engine import kernels
from ogi.engine.template import can_fork
from tests.conftest import ROOT

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="kernels are forked on Linux")
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
EVERYDAY = (
    "import sys, os, warnings, logging",
    "print('out'); print('err', file=sys.stderr); warnings.warn('careful')",
    "import matplotlib.pyplot as plt\nplt.plot([1, 2], label='一')\nplt.title('x')",
    "plt.bar([1], [2]); plt.show()\nplt.bar([1], [3])",
    "fig, axes = plt.subplots(1, 2)\nfig",
    "%matplotlib inline\nplt.scatter([1], [1]);",
    "import pandas as pd\npd.DataFrame({'甲': [1, None]})",
    "pd.Series([1, 2, 3]).plot()",
    "from IPython.display import *\ndisplay(HTML('<b>x</b>'), {'text/plain': 'y'}, raw=True)",
    "!echo from a shell",
    "%%bash\necho $0; pwd",
    "1 / 1",
    "_ + 1",
    "sys.argv[0].endswith('ipykernel_launcher.py'), sys.path[0], __name__, sorted(set(dir()) - set(dir()))",
    "class A: ...\nimport pickle; pickle.loads(pickle.dumps(A())).__class__ is A",
    "import asyncio; await asyncio.sleep(0); 'awaited'",
    "import threading; [t.name for t in threading.enumerate() if t.name.startswith('ogi')]",
    "os.environ.get('MPLBACKEND'), plt.get_backend(), sorted(plt.rcParams['font.sans-serif'])[:3]",
    "get_ipython().__class__.__module__, In[-1][:20], os.getcwd()",
    "input('?')",
)


def notebook(*cells: str) -> nbformat.NotebookNode:
    kernel = {"name": "python3", "language": "python", "display_name": "Python 3"}
    made = [nbformat.v4.new_code_cell(cell) for cell in cells]
    return nbformat.v4.new_notebook(cells=made, metadata={"kernelspec": kernel})


def run(made: nbformat.NotebookNode, engine: str | None = "ogi", **options: Any) -> list[Any]:
    """The outputs of each cell."""
    done = papermill.execute_notebook(
        deepcopy(made), None, kernel_name="python3", engine_name=engine, progress_bar=False, **options
    )
    return [cell.get("outputs", []) for cell in done.cells]


def text(outputs: list[Any]) -> str:
    return "".join(one.get("text") or one.get("data", {}).get("text/plain", "") for one in outputs)


def alike(outputs: list[Any]) -> Any:
    """Outputs without what differs between any two runs: places in memory, processes, widgets."""
    changing = r"0x[0-9a-f]{6,}|/tmp/ipykernel_\d+/\d+|ipykernel_\d+|\b[0-9a-f]{32}\b|itables_\w+"
    return re.sub(changing, "…", repr(outputs))


def test_each_output_of_each_cell_is_that_of_a_fresh_kernel() -> None:
    for cells in (EVERYDAY[:-1], EVERYDAY[-1:]):
        results = []
        for engine in (None, "ogi"):
            try:
                results.append([alike(one) for one in run(notebook(*cells), engine)])
            except PapermillExecutionError as error:
                results.append([error.ename, error.evalue])
        fresh, forked = results
        assert len(fresh) == len(forked)
        for cell, one, other in zip(cells, fresh, forked, strict=False):
            assert one == other, cell


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_our_notebooks_have_the_same_outputs(path: Path, tmp_path: Path) -> None:
    made = nbformat.read(path, as_version=4)
    given = {"tables": str(tmp_path / "tables")} if path.stem.startswith("2") else {}
    fresh, forked = (run(made, engine, parameters=given, cwd=ROOT) for engine in (None, "ogi"))
    for cell, one, other in zip(
        made.cells, fresh[-len(made.cells) :], forked[-len(made.cells) :], strict=True
    ):
        assert alike(one) == alike(other), cell.source


def test_a_kernel_knows_nothing_of_the_one_before(tmp_path: Path) -> None:
    spoil = notebook(
        "import os, warnings, random, matplotlib.pyplot as plt; spoilt = 1",
        f"os.chdir({str(tmp_path)!r}); os.environ['SPOILT'] = 'x'; warnings.simplefilter('ignore')",
        "plt.figure(); plt.rcParams['font.size'] = 3; import ogi.forms; ogi.forms.spoilt = 1",
    )
    look = notebook(
        "import os, warnings, random, numpy, matplotlib.pyplot as plt, ogi.forms",
        "print('spoilt' in dir(), os.environ.get('SPOILT'), os.getcwd(), hasattr(ogi.forms, 'spoilt'))",
        "size = plt.rcParams['font.size']",
        "plt.get_fignums(), size, ('ignore', None, Warning, None, 0) in warnings.filters",
        "random.random(), numpy.random.random()",
    )
    run(spoil)
    first, second = run(look), run(look)
    assert text(first[1]) == f"False None {Path.cwd()} False\n"
    assert text(first[3]) == "([], 10.0, False)"
    assert text(first[4]) != text(second[4]), "each has random numbers of its own"


def test_it_runs_where_it_is_told_with_what_the_environment_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TOLD", "yes")
    monkeypatch.setenv("MPLBACKEND", "agg")
    cells = notebook(
        "import os; print(os.getcwd(), os.environ['TOLD'])", "import matplotlib; matplotlib.get_backend()"
    )
    where, backend = (text(one) for one in run(cells, cwd=str(tmp_path)))
    assert where == f"{tmp_path} yes\n"
    assert backend == "'agg'"


def test_a_kernel_that_takes_too_much_memory_ends_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(kernels.MEGABYTES, "700")
    with pytest.raises(PapermillExecutionError, match="MemoryError"):
        run(notebook("x = bytearray(2_000_000_000)"))
    assert text(run(notebook("1 + 1"))[0]) == "2"


def children() -> list[psutil.Process]:
    return psutil.Process().children(recursive=True)


def until(holds: Callable[[], bool], seconds: float = 10) -> bool:
    end = time.monotonic() + seconds
    while not holds() and time.monotonic() < end:
        time.sleep(0.05)
    return holds()


def test_a_cell_that_never_ends_is_ended(tmp_path: Path) -> None:
    run(notebook("1"))
    before = {process.pid for process in children()}
    endless = notebook("import subprocess; subprocess.Popen(['sleep', '600'])", "while True: pass")
    with pytest.raises(CellTimeoutError):
        run(endless, execution_timeout=2)
    assert until(lambda: {p.pid for p in children() if p.status() != "zombie"} <= before)


def test_a_kernel_that_dies_says_so_and_the_next_one_runs() -> None:
    for cell in ("import os; os.kill(os.getpid(), 9)", "import ctypes; ctypes.string_at(0)"):
        with pytest.raises(DeadKernelError):
            run(notebook(cell))
    assert text(run(notebook("1 + 1"))[0]) == "2"


def test_a_template_that_is_killed_costs_its_kernels_and_is_started_again() -> None:
    killed = notebook("import os, time; os.kill(os.getppid(), 9)", "time.sleep(60)")
    began = time.monotonic()
    with pytest.raises(DeadKernelError):
        run(killed)
    assert time.monotonic() - began < 30
    assert text(run(notebook("1 + 1"))[0]) == "2"


def test_the_template_and_its_kernels_end_with_their_owner(tmp_path: Path) -> None:
    script = tmp_path / "owner.py"
    script.write_text(
        "import papermill, nbformat\n"
        'cell = nbformat.v4.new_code_cell(\'import os, time; open("pids", "w")'
        '.write(f"{os.getpid()} {os.getppid()}"); time.sleep(60)\')\n'
        "made = nbformat.v4.new_notebook(cells=[cell])\n"
        "papermill.execute_notebook(made, None, kernel_name='python3', engine_name='ogi')\n"
    )
    owner = subprocess.Popen([sys.executable, script], cwd=tmp_path, stderr=subprocess.DEVNULL)
    pids = tmp_path / "pids"
    assert until(lambda: pids.exists() and len(pids.read_text().split()) == 2, 60)
    owner.send_signal(signal.SIGKILL)
    owner.wait()
    kernel, template = (int(pid) for pid in pids.read_text().split())
    assert until(lambda: not psutil.pid_exists(kernel) and not psutil.pid_exists(template))


def test_papermill_knows_the_engine_by_its_name(tmp_path: Path) -> None:
    nbformat.write(notebook("print(6 * 7)"), tmp_path / "in.ipynb")
    command = [sys.executable, "-m", "papermill", "--engine", "ogi", "--no-progress-bar", "-k", "python3"]
    done = subprocess.run([*command, "in.ipynb", "out.ipynb"], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert nbformat.read(tmp_path / "out.ipynb", as_version=4).cells[0].outputs[0].text == "42\n"


def test_the_template_has_one_thread() -> None:
    run(notebook("1"))
    process = kernels._TEMPLATE._process
    assert process is not None
    assert psutil.Process(process.pid).num_threads() == 1, "a fork takes no other thread along"


def test_only_kernels_of_this_interpreter_are_forked() -> None:
    assert can_fork([sys.executable, "-m", "ipykernel_launcher", "-f", "x"])
    assert not can_fork(["/usr/bin/R", "--slave", "-e", "IRkernel::main()"])
    assert not can_fork(["/nowhere/python", "-m", "ipykernel_launcher", "-f", "x"])
