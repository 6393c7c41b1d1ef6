"""A page rehearsed: the whole notebook, and nothing left behind that a fork would not survive."""

from __future__ import annotations

import ast
import json
import subprocess
import sys

import pytest

from ogi.rehearsal import rehearse
from tests.conftest import ROOT

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="kernels are forked on Linux")


def test_each_cell_of_the_notebook_but_parameters_and_data_is_shown() -> None:
    notebook = json.loads((ROOT / "notebooks" / "2_agency_summary.ipynb").read_text("utf-8"))
    assert rehearse() == sum(cell["cell_type"] == "code" for cell in notebook["cells"]) - 2


def test_a_rehearsal_starts_no_thread() -> None:
    code = (
        "import os; from ogi.engine import template; template.warm_up(); print(os.listdir('/proc/self/task'))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert len(ast.literal_eval(ran.stdout)) == 1
