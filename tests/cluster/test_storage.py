"""Folders listed, fetched from and written to, on this machine and in memory."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ogi.cluster.storage import Stamp, Storage, StorageError, stand_in
from ogi.files import is_url


@pytest.fixture(params=["here", "memory"])
def storage(request: pytest.FixtureRequest, tmp_path: Path) -> Storage:
    where = {"here": str(tmp_path / "store"), "memory": f"memory://{tmp_path.name}"}
    return Storage(where[request.param])


def test_a_folder_is_sent_and_fetched(storage: Storage, tmp_path: Path) -> None:
    made = tmp_path / "made"
    (made / "内").mkdir(parents=True)
    (made / "内" / "a.txt").write_text("1")
    (made / "last.json").write_text("2")
    storage.send(made, "top/folder", "last.json")
    assert set(storage.listed()) == {"top/folder/内/a.txt", "top/folder/last.json"}
    assert storage.listed("top/folder").keys() == storage.listed().keys()
    (made / "内" / "a.txt").unlink()
    (made / "b.txt").write_text("3")
    storage.send(made, "top/folder", "last.json")
    assert {name for name in storage.listed() if not name.endswith("/")} == {
        "top/folder/b.txt",
        "top/folder/last.json",
    }
    storage.fetch(["top/folder/b.txt", "top/folder/gone"], tmp_path / "to")
    assert [path.name for path in (tmp_path / "to" / "top" / "folder").iterdir()] == ["b.txt"]


def test_what_is_not_there_is_none(storage: Storage) -> None:
    assert storage.listed() == {}
    assert storage.read("x") is None
    assert storage.version("x") is None


def test_files_keep_size_and_time_as_stand_ins_and_as_copies(tmp_path: Path) -> None:
    top = tmp_path / "raw"
    (top / "甲").mkdir(parents=True)
    (top / "乙").mkdir()
    (top / "甲" / "2020.txt").write_text("一二三")
    os.utime(top / "甲" / "2020.txt", ns=(5, 1_234_567_891_234_567_891))
    files = Storage(str(top)).listed()
    assert files == {"甲/2020.txt": Stamp(9, 1_234_567_891_234_567_891), "乙/": Stamp(0, 0)}
    stand_in(files, tmp_path / "a")
    Storage(str(top)).fetch(files, tmp_path / "b", files)
    assert Storage(str(tmp_path / "a")).listed() == files == Storage(str(tmp_path / "b")).listed()


def test_links_out_of_the_folder_stay_links_and_are_never_followed(tmp_path: Path) -> None:
    top, secret = tmp_path / "raw", tmp_path / "secret"
    (top / "甲").mkdir(parents=True)
    secret.write_text("secret")
    (top / "甲" / "2020.txt").symlink_to(secret)
    (top / "乙").symlink_to(tmp_path)
    files = Storage(str(top)).listed()
    assert {name: stamp.link for name, stamp in files.items()} == {
        "甲/2020.txt": str(secret),
        "乙": str(tmp_path),
    }
    Storage(str(top)).fetch(files, tmp_path / "copy", files)
    assert (tmp_path / "copy" / "甲" / "2020.txt").is_symlink()


@pytest.mark.parametrize("name", ["../x", "a/../../x", "/etc/x"])
def test_no_name_leads_out_of_the_folder(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="expected the name of a file in a folder"):
        stand_in({name: Stamp(0, 0)}, tmp_path / "a")


def test_an_unknown_protocol_is_one_line() -> None:
    with pytest.raises(
        StorageError, match=r"^nope://x: expected a store that answers, found: Protocol not known"
    ):
        Storage("nope://x").listed()


def test_what_a_url_is() -> None:
    assert is_url("s3://a/b")
    assert not is_url("/a/b")
    assert not is_url("C:\\a")
