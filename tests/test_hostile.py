"""Files that are made to take a reader down cost themselves alone, in one line each."""

from __future__ import annotations

import os
import random
import re
import subprocess
import sys
from pathlib import Path

import pytest

from ogi.tables import SCHEMAS
from tests.corpus import hostile

ROOT = Path(__file__).resolve().parents[1]
COMMAND = "from ogi.cli import main\nif __name__ == '__main__':\n    main()\n"
SHARED = ROOT.parent / "shared" / "hostile"
FAMILIES = {
    "forms": hostile.pdf_forms,
    "trees": hostile.pdf_trees,
    "fonts": hostile.pdf_fonts,
    "pictures": lambda: (one for one in hostile.pictures() if one[0].startswith("tiff")),
    "damaged": lambda: hostile.damaged(random.Random(1)),
    "shared": lambda: ((path.name, path.read_bytes()) for path in SHARED.glob("*.pdf")),
}


def parse(*files: Path, seconds: int) -> subprocess.CompletedProcess[str]:
    limits = "--seconds", str(seconds), "--megabytes", "1024"
    command = [sys.executable, "-c", COMMAND, *limits, "parse", *map(str, files), "--format", "csv"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "helpers")}
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=500)


@pytest.mark.parametrize("family", FAMILIES)
def test_each_hostile_file_costs_itself_alone(family: str, tmp_path: Path, samples: Path) -> None:
    files = []
    for name, data in FAMILIES[family]():
        files.append(tmp_path / name)
        files[-1].write_bytes(data)
    good = next(samples.glob("*/2023.pdf"))
    done = parse(*files, good, seconds=4)  # what has no end takes them all
    assert "Traceback" not in done.stderr
    assert done.stdout.startswith(",".join(SCHEMAS["figures"].names))
    assert f"\n{good.name}," in done.stdout
    lines = done.stderr.splitlines()
    told = [line for line in lines if line.startswith(str(tmp_path))]
    assert sorted(line.partition(": ")[0] for line in told) == sorted(map(str, files))
    usual = r"reading \d+/\d+ .*|\d+ failed of \d+:"
    others = [line for line in lines if line not in told and not re.fullmatch(usual, line)]
    assert others == [], "what libraries warn of is not told"
    assert done.returncode == (1 if files else 0)
