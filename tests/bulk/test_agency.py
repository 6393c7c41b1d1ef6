"""What stands for the folders of this machine."""

from __future__ import annotations

from pathlib import Path

import pytest

import ogi.bulk.agency
from ogi.bulk import Job
from ogi.bulk.agency import make, places
from ogi.files import ROOT
from ogi.pages import Frames
from ogi.said import Said
from ogi.tables import empty

NONE = Frames(*(empty(name) for name in ("reports", "figures", "checks", "findings", "narratives")))


def test_every_folder_of_a_job_has_something_that_stands_for_it(tmp_path: Path) -> None:
    job = Job(tmp_path / "raw", tmp_path / "t", tmp_path / "o", corrections=tmp_path / "c" / "x.csv")
    found = places(job)
    own = {tmp_path / "raw": "raw", tmp_path / "t": "t", tmp_path / "o": "o", tmp_path / "c/x.csv": "x.csv"}
    assert found == {Path.home(): "~", ROOT: ".", tmp_path: tmp_path.name, **own}


def test_a_page_that_cannot_be_made_is_told_in_both_languages(tmp_path: Path) -> None:
    told = make("a/b", Job(tmp_path, tmp_path, tmp_path), NONE).failure
    assert isinstance(told, Said)
    assert told.startswith("a/b: expected a folder's name")
    assert told.zh.startswith("a/b：应为任何系统都可用的文件夹名")


@pytest.mark.parametrize(
    ("error", "told"),
    [(OSError(13, "Permission denied"), "[Errno 13] Permission denied"), (ValueError(), "")],
)
def test_an_error_of_the_system_is_told_in_its_own_words(
    error: Exception, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(ogi.bulk.agency, "_fill", fail)
    assert make("甲", Job(tmp_path, tmp_path, tmp_path), NONE).failure == f"甲: {told}"
