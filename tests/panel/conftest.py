from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from ogi.cli import app
from ogi.tables import write
from tests.panel.made import dataset


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tables")
    write(folder, dataset())
    return folder


@pytest.fixture(scope="module")
def out(tables: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("panel") / "panel"
    done = CliRunner().invoke(app, ["export", str(tables), "--out", str(folder)])
    assert done.exit_code == 0
    assert "4 rows, 1 section, 1 report of no known agency or year left out" in done.stderr
    return folder
