"""The script behind `make mutants` finds its way about; no fault is planted here."""

from __future__ import annotations

import re

import pytest

from scripts.mutants import NEEDED, ROOT, TESTS, Outcome, code_of, drawn, main, report, shares


@pytest.mark.parametrize("part", TESTS)
def test_each_part_has_code_and_tests(part: str) -> None:
    assert code_of(part).exists()
    assert TESTS[part]
    assert all((ROOT / path.partition("::")[0]).exists() for path in [*TESTS[part], *NEEDED])


def test_a_sample_is_the_same_for_the_same_seed_alone() -> None:
    names = [f"x__mutmut_{n}" for n in range(100)]
    assert drawn(names, 10, 1) == drawn(names, 10, 1) != drawn(names, 10, 2)
    assert drawn(names[:5], 10, 1) == names[:5]


def test_each_part_gets_a_share_of_the_sample_by_its_size_and_none_too_small() -> None:
    assert shares({"large": 900, "middle": 95, "small": 5}, 100) == {"large": 90, "middle": 10, "small": 5}


def test_what_no_test_reaches_counts_as_survived() -> None:
    status = {"a": "killed", "b": "survived", "c": "no tests", "d": "timeout", "e": "segfault"}
    lines = list(report([Outcome("values", 50, status)]))
    assert lines[2:] == ["| values | 50 | 5 | 2 | 1 | 2 | 40.0 |", "| all | 50 | 5 | 2 | 1 | 2 | 40.0 |"]


def test_a_part_that_is_none_is_refused_before_anything_is_made(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["nonsense"])
    assert "found nonsense" in capsys.readouterr().err


def test_the_makefile_runs_the_script() -> None:
    recipe = re.search(r"^mutants: .*\n((?:\t.*\n)+)", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert recipe is not None
    assert "-m scripts.mutants --count $(MUTANTS) --seed $(SEED) $(PARTS)" in recipe[1]
