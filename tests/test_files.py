"""Files are written whole or not at all, and two processes never write into one folder."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from ogi.files import locked, write_whole


def test_a_file_is_written_as_given_for_all_to_read(tmp_path: Path) -> None:
    write_whole(tmp_path / "a.txt", "甲\n乙\n".encode())
    assert (tmp_path / "a.txt").read_bytes() == "甲\n乙\n".encode()
    assert (tmp_path / "a.txt").stat().st_mode & 0o777 == 0o644
    write_whole(tmp_path / "a.txt", b"c")
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"c"]


def test_a_file_that_cannot_be_put_in_place_leaves_the_old_one_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "a.txt").mkdir()
    (tmp_path / "a.txt" / "old").touch()
    with pytest.raises(OSError, match=r"a\.txt"):
        write_whole(tmp_path / "a.txt", b"new")
    assert [path.name for path in tmp_path.rglob("*")] == ["a.txt", "old"]


def test_a_file_that_cannot_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    write_whole(tmp_path / "a.txt", b"old")
    with pytest.raises(TypeError):
        write_whole(tmp_path / "a.txt", "no bytes")  # type: ignore[arg-type]
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"old"]


def test_a_folder_is_held_by_one_run_until_it_ends(tmp_path: Path) -> None:
    with locked(tmp_path, wait=False):
        with pytest.raises(BlockingIOError, match=f"{tmp_path}: another run is writing there"):
            locked(tmp_path, wait=False).__enter__()
        assert list(tmp_path.iterdir()) == []
    with locked(tmp_path, wait=False):
        pass


_FULL = """
import resource, signal, sys
from pathlib import Path
from ogi.files import write_new
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (10, 10))
write_new(Path(sys.argv[1]), bytes(100))
"""


def test_of_a_new_file_that_cannot_be_finished_nothing_is_left(tmp_path: Path) -> None:
    """What is waiting to be written fails only as the file is closed."""
    command = [sys.executable, "-c", _FULL, str(tmp_path / "new.csv")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "OSError: [Errno 27]" in done.stderr
    assert not list(tmp_path.iterdir())
