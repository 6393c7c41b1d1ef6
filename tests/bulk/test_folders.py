"""Names of folders, and what an exchange leaves behind."""

from __future__ import annotations

from pathlib import Path

import pytest

from ogi.bulk.folders import WORKING, agency_name, made_whole, tidy


@pytest.mark.parametrize("name", ["甲" * 85, "a", "a.b", "甲 乙", "x" * 255])
def test_a_name_of_255_bytes_is_one(name: str) -> None:
    assert agency_name(name) == name


@pytest.mark.parametrize(
    "name",
    [
        "甲" * 85 + "a",
        "x" * 256,
        "a ",
        "a\t",
        "a|b",
        'a"b',
        "a<b",
        "a>b",
        "a*b",
        "CON",
        "nul.txt",
        "Com1",
        "局.",
    ],
)
def test_a_longer_or_a_strange_name_is_refused_in_both_languages(name: str) -> None:
    with pytest.raises(ValueError, match="expected a folder's name") as caught:
        agency_name(name)
    said = caught.value.args[0]
    assert said.endswith(f"a dot at its end and blanks around it, found {name!r}")
    assert said.zh == (
        "应为任何系统都可用的文件夹名（非CON、NUL等保留名，"
        f'不含 / \\ : * ? " < > |、末尾句点及首尾空格），实为{name!r}'
    )


def test_what_is_made_lies_in_a_folder_of_its_own_until_it_is_whole(tmp_path: Path) -> None:
    with made_whole(tmp_path, "甲") as folder:
        assert folder.is_dir()
        assert list(folder.iterdir()) == []
        (working,) = tmp_path.iterdir()
        assert working.name.startswith(WORKING)
        assert working in folder.parents
    assert [path.name for path in tmp_path.iterdir()] == ["甲"]


def test_tidying_leaves_all_else_alone(tmp_path: Path) -> None:
    (tmp_path / "甲").mkdir()
    (tmp_path / f"{WORKING}x").mkdir()
    (tmp_path / "index.html").write_text("kept")
    tidy(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["index.html", "甲"]
