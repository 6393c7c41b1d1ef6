"""The same pages and tables from a run here, from S3 to S3, and from Dask where a worker dies."""

from __future__ import annotations

import io
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import redirect_stderr
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from ogi import bulk, cluster, tables
from ogi.bulk import Choice, Job, SummaryResult
from ogi.cluster import Cluster
from ogi.cluster.storage import Storage
from ogi.compare import medians
from ogi.ingest import origin, plan
from tests.conftest import ROOT

AGENCIES = ("示例市公安局", "示例县卫生健康局")
BUCKET = "ogi-test"
CREDENTIALS = (
    ("AWS_ACCESS_KEY_ID", "test"),
    ("AWS_SECRET_ACCESS_KEY", "test"),
    ("AWS_DEFAULT_REGION", "us-east-1"),
)


@pytest.fixture(scope="module")
def raw(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two agencies with a report each, that have lain there for long; a correction beside them."""
    top = tmp_path_factory.mktemp("cluster") / "data"
    for name in AGENCIES:
        for path in sorted((ROOT / "data" / "samples" / name).glob("2020.*")):
            (top / "raw" / name).mkdir(parents=True, exist_ok=True)
            copy = Path(shutil.copy(path, top / "raw" / name))
            os.utime(copy, (1_700_000_000, 1_700_000_000))
    shutil.copy(ROOT / "data" / "corrections.csv", top)
    return top / "raw"


@pytest.fixture(scope="module", autouse=True)
def small() -> Iterator[None]:
    """A part for each agency, so that there are two tasks of each kind; and medians of these two."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(medians, "FEWEST_ALIKE", 2)
        patch.setattr(plan, "_FEWEST", 1)
        patch.setattr(plan, "_ONE_IN", 1)
        yield


@pytest.fixture(scope="module")
def here(raw: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a run on this machine makes."""
    top = tmp_path_factory.mktemp("here")
    result = bulk.summarize(Job(raw, top / "tables", top / "out"))
    assert result.reviews
    assert result.made == tuple(sorted(AGENCIES))
    for name in AGENCIES:
        shown = (top / "out" / name / "index.html").read_text("utf-8")
        assert "is the median of 2 agencies of its kind: Department" in shown, (
            "each lies in a part of its own"
        )
    return top


@pytest.fixture(scope="module")
def store() -> Iterator[Any]:
    """A server that speaks S3, in a process of its own."""
    import fsspec

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "moto.server", "-p", str(port)]
    with (
        subprocess.Popen(command, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL) as server,
        pytest.MonkeyPatch.context() as patch,
    ):
        for name, value in (*CREDENTIALS, ("AWS_ENDPOINT_URL", f"http://127.0.0.1:{port}")):
            patch.setenv(name, value)
        _until_it_answers(port)
        system = fsspec.filesystem("s3", skip_instance_cache=True)
        system.mkdir(BUCKET)
        yield system
        server.terminate()


def _until_it_answers(port: int) -> None:
    end = time.monotonic() + 120
    while time.monotonic() < end:
        with socket.socket() as client:
            if client.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)


def test_from_s3_to_s3(raw: Path, here: Path, store: Any, tmp_path: Path) -> None:
    store.put(f"{raw.parent}/", f"{BUCKET}/data/", recursive=True)
    asked = Cluster(*(f"s3://{BUCKET}/{name}" for name in ("data/raw", "tables", "out")))
    assert set(cluster.plan(asked).pages) == set(AGENCIES)
    assert cluster.summarize(asked, Choice()).made == tuple(sorted(AGENCIES))
    again = cluster.summarize(asked, Choice())
    assert replace(again, headline=None) == SummaryResult(unchanged=tuple(sorted(AGENCIES)))
    for name in ("tables", "out"):
        store.get(f"{BUCKET}/{name}/", f"{tmp_path / name}/", recursive=True)
    assert_same(here, tmp_path)

    store.rm(f"{BUCKET}/data/raw/{AGENCIES[0]}", recursive=True)
    assert cluster.summarize(asked, Choice(prune=True)).gone == (AGENCIES[0],)
    left = {name.partition("/")[0] for name in Storage(asked.out).listed()}
    assert left == {AGENCIES[1], "figures.parquet", "index.csv", "index.html", "run.json", *_reviews(raw, 1)}


def test_two_runs_at_once_leave_one_dataset(store: Any) -> None:
    place = Storage(f"s3://{BUCKET}/race")
    place.replace("manifest.json", b"1", None)
    version = place.version("manifest.json")
    place.replace("manifest.json", b"2", version)
    with pytest.raises(cluster.StorageError, match="expected a store that answers"):
        place.replace("manifest.json", b"3", version)
    assert place.read("manifest.json") == b"2"


def test_on_a_cluster_whose_worker_dies(raw: Path, here: Path, tmp_path: Path) -> None:
    from distributed import LocalCluster

    typed: Any = LocalCluster
    with typed(n_workers=2, threads_per_worker=1, dashboard_address=None, memory_limit=0) as workers:
        asked = Cluster(str(raw), str(tmp_path / "tables"), str(tmp_path / "out"), workers.scheduler_address)
        first = next(iter(workers.workers.values()))
        killer = threading.Thread(target=_kill_at_work, args=(workers, first.pid))
        killer.start()
        result = cluster.summarize(asked, Choice())
        killer.join()
    assert result.made == tuple(sorted(AGENCIES))
    assert_same(here, tmp_path)


def _kill_at_work(workers: Any, pid: int) -> None:
    """Kill a worker once tasks are being done."""
    while not any(one.processing for one in workers.scheduler.workers.values()):
        time.sleep(0.01)
    time.sleep(0.5)
    os.kill(pid, signal.SIGKILL)


def test_a_store_that_cannot_be_reached_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import s3fs

    from ogi.cli import app

    s3fs.S3FileSystem.clear_instance_cache()  # one that knows another address
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    for name, value in CREDENTIALS:
        monkeypatch.setenv(name, value)
    said = io.StringIO()
    with redirect_stderr(said):
        code = app(["ingest", "s3://elsewhere/raw", "--tables", str(tmp_path)], standalone_mode=False)
    assert code == 1
    assert said.getvalue().startswith("ogi: s3://elsewhere/raw: expected a store that answers, found:")
    assert said.getvalue().count("\n") == 1


def assert_same(one: Path, other: Path) -> None:
    """The same pages, byte for byte, and the same tables but for the seconds that reading took."""
    ours, theirs = (_files(top / "out") for top in (one, other))
    ours.pop(origin.FILE), theirs.pop(origin.FILE, None)  # no path leads from one store to another
    assert ours.keys() == theirs.keys()
    assert [name for name in ours if ours[name] != theirs[name] and name != "run.json"] == []
    for name in tables.SCHEMAS:
        found = [
            tables.read(top / "tables", name).drop(columns="seconds", errors="ignore") for top in (one, other)
        ]
        pd.testing.assert_frame_equal(*found)
    assert tables.keys(one / "tables") == tables.keys(other / "tables")


def _reviews(raw: Path, agency: int) -> set[str]:
    """The files of the reviews of the years that an agency has reported on, of whom none is written to."""
    years = {path.stem for path in (raw / AGENCIES[agency]).iterdir()}
    return {f"review-{year}.{suffix}" for year in years for suffix in ("html", "ipynb", "xlsx")}


def _files(top: Path) -> dict[str, bytes]:
    return {path.relative_to(top).as_posix(): path.read_bytes() for path in top.rglob("*") if path.is_file()}
