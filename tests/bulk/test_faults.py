"""A run whose processes are killed: the next one leaves what an undisturbed run leaves, byte for byte."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.bulk.faults import disturbed, finished, left, prepared, started


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("faults")
    prepared(made, agencies=3)
    return made


@pytest.fixture(scope="module")
def whole(folder: Path) -> dict[str, object]:
    """What an undisturbed run leaves."""
    finished(started(folder, "whole"))
    return left(folder, "whole")


@pytest.mark.parametrize("kind", ["run", "worker"])  # of KINDS, the template has tests of its own
def test_after_a_killed_process_the_next_run_leaves_the_same(
    folder: Path, whole: dict[str, object], kind: str
) -> None:
    out = kind
    assert disturbed(folder, out, kind), "there was one to be killed"
    if kind != "run":  # it went on, and every page that is there is right
        names = json.loads((folder / out / "pages" / "run.json").read_text("utf-8"))["agencies"]
        made = {name for name, one in names.items() if one["failure"] is None}
        assert len(made) >= 1, {name: one["failure"] for name, one in names.items()}
        for name in made:
            page = f"{name}/index.html"
            assert (folder / out / "pages" / page).read_bytes() == whole[page]
    finished(started(folder, out))
    assert left(folder, out) == whole
