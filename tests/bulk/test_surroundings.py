"""A run whose surroundings change under it: a full disk, reports that go or change."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import pytest

from ogi.bulk.record import JOURNAL
from tests.bulk.faults import agencies_of, finished, left, prepared, started

_FULL = """
mkdir -p pages tables
mount -t tmpfs -o size=40k none $WHERE
"$@" 2>&1
echo ended: $?
cp -a pages ../full
mount -o remount,size=100m $WHERE
"$@" || exit
cp -a $WHERE ../room
"""
"""A run on a disk that is too small, and the same command when there is room; what each left is kept."""


@pytest.mark.parametrize("where", ["pages", "tables"])
def test_on_a_full_disk_no_page_is_half_and_the_same_command_finishes(
    where: str, folder: Path, whole: dict[str, object]
) -> None:
    script = _FULL.replace("$WHERE", where)
    told = finished(started(folder, where, "unshare", "-rm", "sh", "-c", script, "sh"))
    assert "No space left on device" in told.partition("ended:")[0], "the disk was full"
    for page in (folder / "full").glob("*/index.html"):
        assert page.read_bytes() == whole[str(page.relative_to(folder / "full"))]
    shutil.rmtree(folder / where / where)
    (folder / "room").rename(folder / where / where)
    assert left(folder, where) == whole
    shutil.rmtree(folder / "full")


def test_reports_that_go_or_change_meanwhile_cost_only_their_agencies(tmp_path: Path) -> None:
    prepared(tmp_path, agencies=6)
    finished(started(tmp_path, "before"))
    before = left(tmp_path, "before")
    run = started(tmp_path, "out")
    journal = tmp_path / "out" / "pages" / JOURNAL
    while not journal.exists() and run.poll() is None:
        time.sleep(0.02)
    gone, changed = (next((tmp_path / "raw" / f"示例{n:02}局").glob("*.txt")) for n in (4, 5))
    gone.unlink()
    changed.write_text(changed.read_text("utf-8") + "\n附：本年度另有说明。\n", "utf-8")
    finished(run)
    for name, one in agencies_of(tmp_path / "out").items():
        page = f"{name}/index.html"
        if one["failure"] is None and name[2:4] < "04":
            assert (tmp_path / "out" / "pages" / page).read_bytes() == before[page]
    finished(started(tmp_path, "out"))
    finished(started(tmp_path, "after"))
    assert left(tmp_path, "out") == left(tmp_path, "after")
