"""Plant random faults in the package and count those that no test notices: `make mutants`.

The faults ("mutants") are mutmut's, and so is the running of the tests. This script only gives mutmut a copy
of the project in the layout that it expects (`src/`), draws the sample and adds up. See docs/mutants.md.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from mutmut.stats import status_by_exit_code

ROOT = Path(__file__).resolve().parents[1]
STAGE = ROOT / ".mutants"

# Of the tests of the docs this one alone asks for the forms; others look for files that are not copied.
REFERENCE = "tests/test_docs.py::test_a_page_of_the_reference_is_what_the_package_declares"

TESTS = {
    "values": ["tests/test_values.py", "tests/test_compare.py"],
    "figures": ["tests/test_figures.py", "tests/test_compare.py"],
    "columns": ["tests/test_figures.py", "tests/test_compare.py", "tests/checks/test_sums.py"],
    "forms": ["tests/test_compare.py", "tests/test_named.py", "tests/checks/test_sums.py", REFERENCE],
    "extract": ["tests/extract"],
    "checks": ["tests/checks"],
    "compare": [
        "tests/test_compare.py",
        "tests/test_changes.py",
        "tests/test_medians.py",
        "tests/test_named.py",
        "tests/test_sentences.py",
    ],
    "agencies": ["tests/agencies"],
    "panel": ["tests/panel"],
    "releases": ["tests/releases"],
    "bulk": ["tests/bulk", "tests/test_bulk.py"],
    "pages": ["tests/pages", "tests/test_pages.py", "tests/test_printed.py"],
}
"""Part of the package → the tests whose task it is to notice a fault in it."""

NEEDED = ["scripts", "benchmarks", "notebooks", "docs", "data/samples", "data/corrections.csv"]
"""What tests read beside the code, copied for each part."""

# Drawn examples and the longest of all tests take minutes for a mutant that only they would notice.
OPTIONS = ["-o", "addopts=", "-p", "no:cacheprovider", "-m", "not hypothesis"]
OPTIONS += ["--ignore=tests/extract/test_rows_edited.py"]
# It looks for the keys of sentences in the code, in which mutmut writes all mutants beside each other.
OPTIONS += ["--ignore=tests/extract/test_wordings.py"]

CAUGHT = {"killed", "timeout", "segfault", "suspicious"}
"""What mutmut calls a mutant that was noticed: a test failed, or the run came to no good end."""

# A mutant may need three times what its tests need without it, and half a minute to start.
CONFIGURATION = """\
[mutmut]
source_paths=src
only_mutate={patterns}
also_copy={needed}
pytest_add_cli_args_test_selection={tests}
pytest_add_cli_args={options}
process_isolation=forkserver
forkserver_warmup=import
preload_modules_file=preload.txt
timeout_multiplier=3
timeout_constant=30
track_dependencies=false
use_git_change_detection=false
"""


CODES, NO_START = "exit_code_by_key", "did not start"
"""Where mutmut keeps how pytest ended, and what it calls a timeout though pytest had not begun (code 255)."""
PRELOADED = (
    "docx",
    "duckdb",
    "hypothesis",
    "lxml.html",
    "matplotlib.pyplot",
    "pandas",
    "pdfplumber",
    "PIL.Image",
)
PRELOADED += ("papermill", "playwright.sync_api", "pyarrow.parquet", "pytest", "rapidfuzz")
"""What is imported once for all mutants. Not our own modules: a mutant may do its harm on import."""

SPINNER = tuple("⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏")
"""What a line of mutmut begins with that only tells that it is busy."""


@dataclass(frozen=True)
class Outcome:
    """What became of the mutants that were drawn from one part: mutant → mutmut's word for it."""

    part: str
    made: int
    status: Mapping[str, str]

    @property
    def survivors(self) -> list[str]:
        """The mutants that nothing noticed, those that no test reaches among them."""
        return [name for name, status in self.status.items() if status not in CAUGHT]


def code_of(part: str) -> Path:
    """The module or package of that name."""
    package = ROOT / "helpers" / "ogi" / part
    return package if package.is_dir() else package.with_suffix(".py")


def staged(part: str) -> Path:
    """A folder in which mutmut finds the project as it expects it, for one part of the package."""
    folder = STAGE / part
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    (folder / "src").symlink_to(ROOT / "helpers")
    for name in ("tests", "scripts", "benchmarks", "notebooks", "docs", "data", "pyproject.toml"):
        (folder / name).symlink_to(ROOT / name)
    code = Path("src") / code_of(part).relative_to(ROOT / "helpers")
    (folder / "preload.txt").write_text("\n".join(PRELOADED))
    (folder / "setup.cfg").write_text(
        CONFIGURATION.format(
            patterns=_lines([f"{code}/*" if code_of(part).is_dir() else str(code)]),
            needed=_lines(NEEDED),
            tests=_lines(TESTS[part]),
            options=_lines(OPTIONS),
        )
    )
    return folder


def _lines(values: Sequence[str]) -> str:
    return "".join(f"\n    {value}" for value in values)


def environment_of(folder: Path) -> dict[str, str]:
    """The processes that tests start must see the mutants, too; CI makes hypothesis repeatable."""
    return os.environ | {"PYTHONPATH": str(folder / "mutants" / "src"), "CI": "true"}


def run(folder: Path, *command: str) -> str:
    """What a command prints, in the staged folder; its end is waited for, and its failure is ours."""
    done = subprocess.run(command, cwd=folder, env=environment_of(folder), capture_output=True, text=True)
    if done.returncode != 0:
        lines = [line for line in done.stdout.splitlines() if not line.startswith(SPINNER)]
        raise SystemExit("\n".join([" ".join(command)[:200], *lines[-60:], done.stderr[-4000:]]))
    return done.stdout


def mutmut(folder: Path, *arguments: str) -> str:
    return run(folder, str(Path(sys.executable).with_name("mutmut")), *arguments)


def statuses(folder: Path) -> dict[str, str]:
    """Every mutant of a staged part → what mutmut knows of it."""
    files = (folder / "mutants" / "src").rglob("*.meta")
    codes = {name: code for file in files for name, code in json.loads(file.read_text())[CODES].items()}
    return {name: NO_START if code == 255 else status_by_exit_code[code] for name, code in codes.items()}


def planted(folder: Path) -> list[str]:
    """The names of all mutants of a staged part, which are made but not tested."""
    run(folder, sys.executable, "-c", "from mutmut.__main__ import create_mutants; create_mutants(2)")
    return sorted(statuses(folder))


def drawn(names: Sequence[str], count: int, seed: int) -> list[str]:
    """A sample that is the same for the same code and seed."""
    return sorted(random.Random(seed).sample(names, min(count, len(names))))


def shares(made: Mapping[str, int], count: int) -> dict[str, int]:
    """How many of `count` mutants each part gets: as many as its size asks for, and at least ten."""
    whole = sum(made.values())
    return {part: min(size, max(10, round(count * size / whole))) for part, size in made.items()}


def tested(folder: Path, names: Sequence[str]) -> dict[str, str]:
    """What became of these mutants."""
    mutmut(folder, "run", "--max-children", str(os.cpu_count() or 2), *names)
    found = statuses(folder)
    return {name: found[name] for name in names}


ON_IMPORT = """\
import pkgutil, ogi
from mutmut.mutation.trampoline import set_mutant_under_test
from mutmut.state import state
set_mutant_under_test("stats")
for module in pkgutil.walk_packages(ogi.__path__, "ogi."):
    if module.name.startswith("ogi.{part}"):
        __import__(module.name)
print("\\n".join(state()._stats))
"""
"""Names the functions that run when the modules of a part are imported."""


def tested_on_import(folder: Path, part: str, status: Mapping[str, str]) -> dict[str, str]:
    """The statuses, where mutants that do their harm on import are tested in processes of their own.

    Of the tests that such a function may spoil, mutmut runs only the one before which it ran; and where the
    tests do not even start, it may be the mutant's doing or not.
    """
    functions = set(run(folder, sys.executable, "-c", ON_IMPORT.format(part=part)).split())
    missed = [name for name, told in status.items() if told not in CAUGHT]
    again = [n for n in missed if n.partition("__mutmut_")[0] in functions or status[n] == NO_START]
    return dict(status) | {name: "killed" for name in again if _fails_from_the_start(folder, part, name)}


def _fails_from_the_start(folder: Path, part: str, name: str) -> bool:
    command = [sys.executable, "-m", "pytest", "-x", "-q", *OPTIONS]
    environment = environment_of(folder) | {"MUTANT_UNDER_TEST": name}
    done = subprocess.run(
        [*command, *TESTS[part]], cwd=folder / "mutants", env=environment, capture_output=True
    )
    return done.returncode != 0


def report(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """The figures as a table in Markdown."""
    yield "| part | made | tested | noticed | out of time | survived | % |"
    yield "|---|---:|---:|---:|---:|---:|---:|"
    for one in outcomes:
        yield _row(one.part, one.made, list(one.status.values()), len(one.survivors))
    status = [status for one in outcomes for status in one.status.values()]
    made, survived = sum(one.made for one in outcomes), sum(len(one.survivors) for one in outcomes)
    yield _row("all", made, status, survived)


def _row(part: str, made: int, status: Sequence[str], survived: int) -> str:
    late = Counter(status)["timeout"]
    share = 100 * survived / len(status) if status else 0
    cells = (part, made, len(status), len(status) - late - survived, late, survived, f"{share:.1f}")
    return f"| {' | '.join(map(str, cells))} |"


def main(arguments: Sequence[str] | None = None) -> None:
    """Draw the sample, test it part by part, print the figures and keep the survivors' differences."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", help=f"of {', '.join(TESTS)}; all, if none is named")
    parser.add_argument("--count", type=int, default=600, help="how many mutants to test in all")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args(arguments)
    parts = given.parts or list(TESTS)
    if unknown := set(parts) - TESTS.keys():
        parser.error(f"expected parts of {', '.join(TESTS)}; found {', '.join(sorted(unknown))}")
    folders = {part: staged(part) for part in parts}
    names = {part: planted(folder) for part, folder in folders.items()}
    share = shares({part: len(found) for part, found in names.items()}, given.count)
    outcomes = []
    for part, folder in folders.items():
        status = tested(folder, drawn(names[part], share[part], given.seed))
        status = tested_on_import(folder, part, status)
        outcomes.append(Outcome(part, len(names[part]), status))
        print(f"{part}: {len(outcomes[-1].survivors)} of {len(status)} survived", flush=True)
        differences = (mutmut(folder, "show", name) for name in outcomes[-1].survivors)
        (STAGE / f"{part}-survivors.diff").write_text("\n".join(differences), "utf-8")
        (STAGE / f"{part}.json").write_text(json.dumps(status, indent=1), "utf-8")
    print("\n".join(report(outcomes)))
    print(f"The survivors: {STAGE.relative_to(ROOT)}/*-survivors.diff")


if __name__ == "__main__":
    main()
