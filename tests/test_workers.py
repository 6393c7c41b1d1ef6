"""A file that crashes its reader, hangs or eats memory costs itself alone, in one line."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from ogi import workers
from ogi.readers.document import UnreadableFile
from ogi.said import Said

ONE = Path("one")
CRASHED = "found one that crashes its reader"


def name_of(path: Path) -> str:
    return path.name


def work(path: Path) -> str:
    """What the file's name asks for."""
    match path.stem:
        case "crash":
            os.abort()
        case "end":
            os._exit(3)
        case "hang":
            time.sleep(100)
        case "nap":
            path.touch()
            time.sleep(1)
        case "eat":
            return str(len(bytearray(2 * 1024**3)))
        case "bug":
            raise KeyError("no\nsuch key")
        case "refuse":
            raise UnreadableFile(path, Said("a page", "网页"), Said("none", "无"))
        case "gone":
            raise FileNotFoundError(2, "No such file or directory")
    return path.name


@pytest.fixture
def limits(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Limits that are soon reached, and no workers left when the test is over."""
    monkeypatch.setenv(workers.SECONDS, "2.5")
    monkeypatch.setenv(workers.MEGABYTES, "600")
    yield
    workers.close()


@pytest.mark.usefixtures("limits")
def test_each_fault_costs_its_own_file_and_is_one_line() -> None:
    names = ["a", "crash", "b", "hang", "eat", "bug", "refuse", "gone", "end", "c", "d"]
    results = list(workers.run_each(work, [Path(f"{name}.pdf") for name in names]))
    told = {name: str(result) for name, result in zip(names, results, strict=True)}
    assert [told.pop(name) for name in "abcd"] == ["a.pdf", "b.pdf", "c.pdf", "d.pdf"]
    allowed = "allowed: 2.5 seconds, 600 MB"
    assert told == {
        "crash": f"crash.pdf: expected an annual report, {CRASHED} (SIGABRT; {allowed})",
        "end": f"end.pdf: expected an annual report, {CRASHED} (code 3; {allowed})",
        "hang": "hang.pdf: expected a file read within 2.5 seconds, found no end after 2.5 seconds",
        "eat": "eat.pdf: expected a file read with at most 600 MB of memory, found one that takes more",
        "bug": told["bug"],
        "refuse": "refuse.pdf: expected a page, found none",
        "gone": "gone.pdf: expected an annual report, found No such file or directory",
    }
    assert "what no reader foresaw (test_workers.py:" in told["bug"]
    assert "KeyError" in told["bug"]


@pytest.mark.usefixtures("limits")
def test_one_file_is_worked_on_as_many_are() -> None:
    assert workers.run(name_of, ONE) == "one"
    with pytest.raises(UnreadableFile, match="crashes its reader"):
        workers.run(work, Path("crash"))
    assert workers.run(name_of, ONE) == "one"


def test_the_limits_are_those_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(workers.SECONDS, raising=False)
    monkeypatch.delenv(workers.MEGABYTES, raising=False)
    assert workers.WorkLimits.of_environment() == workers.WorkLimits(100, 1024)
    monkeypatch.setenv(workers.SECONDS, "7.5")
    assert workers.WorkLimits.of_environment() == workers.WorkLimits(7.5, 1024)
    monkeypatch.setenv(workers.SECONDS, "soon")
    with pytest.raises(ValueError, match="could not convert"):
        workers.WorkLimits.of_environment()


@pytest.mark.usefixtures("limits")
def test_who_stops_early_stops_the_work() -> None:
    results = workers.run_each(work, [Path("a"), *[Path("hang")] * 20])
    assert next(results) == "a"
    began = time.monotonic()
    results.close()  # type: ignore[attr-defined]
    assert workers.run(name_of, ONE) == "one"
    assert time.monotonic() - began < 20 * 2.5 / 2


SCRIPT = """
import sys, os, signal, threading, time
from pathlib import Path
from ogi import workers
from tests.test_workers import work
signal.signal(signal.SIGINT, signal.default_int_handler)  # it is ignored where tests run in the background
workers.run(work, Path("a"))  # a script without a guard is not run again in the workers
print("ready", flush=True)
workers.run(work, Path("hang"))
"""


@pytest.mark.parametrize("signal_number", [2, 9])
def test_no_worker_outlives_its_parent(tmp_path: Path, signal_number: int) -> None:
    script = tmp_path / "script.py"
    script.write_text(SCRIPT, encoding="utf-8")
    root = Path(__file__).resolve().parents[1]
    environment = {**os.environ, "PYTHONPATH": f"{root}{os.pathsep}{root / 'helpers'}"}
    with subprocess.Popen(
        [sys.executable, str(script)],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as parent:
        assert parent.stdout is not None
        assert parent.stdout.readline() == "ready\n"
        time.sleep(0.5)
        below = psutil.Process(parent.pid).children(recursive=True)
        assert below
        for _ in range(4):  # a finaliser may swallow an interrupt
            parent.send_signal(signal_number)
            with suppress(subprocess.TimeoutExpired):
                parent.wait(10)
                break
        assert parent.poll() is not None
    assert psutil.wait_procs(below, timeout=20)[1] == []


def test_a_pool_that_breaks_is_made_anew() -> None:
    """As where the system, short of memory, kills a worker that has nothing to do."""
    names = [str(n) for n in range(8)]
    for work_on in (
        lambda: list(workers.run_each(named, list(map(Path, names)), processes=os.cpu_count())),
        lambda: [workers.run(named, Path(name)) for name in names],
    ):
        workers.run(named, Path("first"))
        (pool,) = workers._POOLS.values()
        next(iter(pool._pool_manager.worker_manager.workers.values())).kill()
        time.sleep(1)
        assert work_on() == names


@pytest.mark.usefixtures("limits")
@pytest.mark.parametrize("many", [False, True])
def test_a_clock_that_is_put_forward_takes_no_time_from_a_file(
    many: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The pool looks at the time of day, and ends what seems to take a day."""
    path, true = tmp_path / "nap.pdf", time.time
    monkeypatch.setattr(time, "time", lambda: true() + 86_400 * path.exists())
    found = list(workers.run_each(work, [path])) if many else [workers.run(work, path)]
    assert found == ["nap.pdf"]


def named(path: Path) -> str:
    time.sleep(0.05)
    return path.name


def process_of(path: Path) -> int:
    return os.getpid()


def nested(path: Path) -> tuple[int, int]:
    return os.getpid(), workers.run(process_of, path)


def test_a_worker_has_no_workers_of_its_own() -> None:
    outer, inner = workers.run(nested, ONE)
    assert outer == inner != os.getpid()


def with_word(path: Path, word: str) -> str:
    return f"{path.stem} {word}"


@pytest.mark.usefixtures("limits")
def test_each_is_sent_what_is_its_own() -> None:
    paths = [Path("a.pdf"), Path("b.pdf")]
    words = dict(zip(paths, ("one", "two"), strict=True))
    found = workers.run_each(with_word, paths, beside=lambda path: (words[path],))
    assert list(found) == ["a one", "b two"]


def test_the_workers_end_before_the_process_does(tmp_path: Path) -> None:
    """Pebble may start one more while it ends them, and the process then waited for it for ever."""
    script = (
        "import atexit; from pathlib import Path; from ogi import workers;"
        "atexit.register(lambda: print(len(workers._POOLS)));"
        f"print(workers.run(Path.exists, Path({str(tmp_path)!r})))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=100)
    assert done.stdout.split() == ["True", "0"], done.stderr
