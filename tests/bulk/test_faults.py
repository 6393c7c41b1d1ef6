"""A run whose processes are killed: the next one leaves what an undisturbed run leaves, byte for byte."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bulk.faults import agencies_of, disturbed, finished, left, started


@pytest.mark.parametrize("kind", ["run", "worker"])  # of KINDS, the template has tests of its own
def test_after_a_killed_process_the_next_run_leaves_the_same(
    folder: Path, whole: dict[str, object], kind: str
) -> None:
    out = kind
    assert disturbed(folder, out, kind), "there was one to be killed"
    if kind != "run":  # it went on, and every page that is there is right
        names = agencies_of(folder / out)
        made = {name for name, one in names.items() if one["failure"] is None}
        assert len(made) >= 1, {name: one["failure"] for name, one in names.items()}
        for name in made:
            page = f"{name}/index.html"
            assert (folder / out / "pages" / page).read_bytes() == whole[page]
    finished(started(folder, out))
    assert left(folder, out) == whole
