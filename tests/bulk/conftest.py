"""What the tests of disturbed runs start from: reports, and what a run leaves that nothing disturbs."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bulk.faults import finished, left, prepared, started


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("faults")
    prepared(made, agencies=4)
    return made


@pytest.fixture(scope="session")
def whole(folder: Path) -> dict[str, object]:
    """What an undisturbed run leaves."""
    finished(started(folder, "whole"))
    return left(folder, "whole")
