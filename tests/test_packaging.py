"""The tree keeps its promises: one list of dependencies, floors that nothing climbs, a form typed once."""

from __future__ import annotations

import re
import shutil
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import ogi

ROOT = Path(__file__).resolve().parents[1]

# --- one list of dependencies ---------------------------------------------------------------------

CONDA_NAMES = {"duckdb": "python-duckdb"}  # where conda-forge says otherwise
# conda's opencc has no Python package, its opencv satisfies no requirement of pip's, and rapidocr's models
# come in the package of PyPI.
NOT_ON_CONDA_FORGE = {
    "noto-cjk-sans-otc",
    "onnxruntime",
    "opencc",
    "opencv-python-headless",
    "rapidocr",
    "rensa",
}
CONDA_OWN = {"python", "pip"}
THIS_PACKAGE = "-e ."


def project() -> dict:
    return tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


def runtime() -> list[Requirement]:
    return [Requirement(text) for text in project()["dependencies"]]


def development() -> list[Requirement]:
    """What the extras ask for: the tests need all of them."""
    extras = project()["optional-dependencies"].values()
    return [Requirement(text) for extra in extras for text in extra]


RUNTIME, ALL = "requirements.lock", "requirements-dev.lock"
both = pytest.mark.parametrize("lock", [RUNTIME, ALL])


def lock_entries(lock: str) -> list[tuple[Requirement, list[str]]]:
    """Each pinned requirement of the lock with its hashes."""
    bare = re.sub(r"^\s*#.*\n?", "", (ROOT / lock).read_text("utf-8"), flags=re.MULTILINE)
    logical_lines = bare.replace("\\\n", " ").splitlines()
    entries = []
    for line in filter(None, map(str.strip, logical_lines)):
        requirement, *hashes = re.split(r"\s+--hash=", line)
        entries.append((Requirement(requirement), hashes))
    return entries


@pytest.mark.parametrize(
    ("lock", "wanted"),
    [*((RUNTIME, one) for one in runtime()), *((ALL, one) for one in [*runtime(), *development()])],
    ids=str,
)
def test_lock_holds_each_dependency_at_a_version_that_satisfies_it(lock: str, wanted: Requirement) -> None:
    name = canonicalize_name(wanted.name)
    pins = [entry for entry, _ in lock_entries(lock) if canonicalize_name(entry.name) == name]
    assert pins, f"{lock} lacks {name}: run `make lock`"
    for pin in pins:
        (specifier,) = pin.specifier
        assert specifier.operator == "==", f"{pin} is not pinned"
        assert wanted.specifier.contains(specifier.version), f"{pin} breaks {wanted}: run `make lock`"


def test_a_user_installs_no_tool_of_ours_and_both_locks_agree() -> None:
    runtime_pins, all_pins = (
        {(canonicalize_name(entry.name), str(entry.specifier)) for entry, _ in lock_entries(lock)}
        for lock in (RUNTIME, ALL)
    )
    assert runtime_pins <= all_pins, "the same versions: run `make lock`"
    names = {name for name, _ in runtime_pins}
    tools = {canonicalize_name(Requirement(text).name) for text in project()["optional-dependencies"]["dev"]}
    assert names & tools <= {"jsonschema", "packaging"}, "which JupyterLab needs anyway"


@both
def test_every_line_of_the_lock_has_hashes(lock: str) -> None:
    entries = lock_entries(lock)
    assert len(entries) > 50
    bare = [str(entry) for entry, hashes in entries if not hashes]
    assert not bare
    digests = {digest for _, hashes in entries for digest in hashes}
    assert not {digest for digest in digests if not re.fullmatch(r"sha256:[0-9a-f]{64}", digest)}


@both
def test_lock_names_no_index_and_no_place(lock: str) -> None:
    text = (ROOT / lock).read_text("utf-8")
    for forbidden in ("://", "index-url", "find-links", "trusted-host", " @ ", "-e "):
        assert forbidden not in text, forbidden
    assert not re.search(r"(^|\s)(\.{0,2}/|~/|[A-Za-z]:\\)\S", text), "a path"


def test_conda_environment_holds_exactly_the_runtime_dependencies() -> None:
    environment = yaml.safe_load((ROOT / "environment.yml").read_text("utf-8"))
    assert environment["channels"] == ["conda-forge"]
    listed = environment["dependencies"]
    conda = {entry for entry in listed if isinstance(entry, str)}
    (pip,) = [set(entry["pip"]) for entry in listed if isinstance(entry, dict)]
    own = {entry for entry in conda if Requirement(entry).name in CONDA_OWN}
    by_name = {requirement.name: requirement for requirement in runtime()}
    assert conda - own == {
        f"{CONDA_NAMES.get(name, name)}{requirement.specifier}"
        for name, requirement in by_name.items()
        if name not in NOT_ON_CONDA_FORGE
    }
    assert pip - {THIS_PACKAGE} == {str(by_name[name]) for name in NOT_ON_CONDA_FORGE}
    assert own == {f"python{project()['requires-python']}", "pip"}


def test_conda_forge_has_what_the_environment_names() -> None:
    """By the list that was looked up; where conda is at hand, by its own solver, too."""
    listed = (ROOT / "tests" / "conda_forge.txt").read_text("utf-8").splitlines()
    environment = yaml.safe_load((ROOT / "environment.yml").read_text("utf-8"))
    named = {Requirement(entry).name for entry in environment["dependencies"] if isinstance(entry, str)}
    assert named <= set(listed), "look the new one up on conda-forge, and add it to tests/conda_forge.txt"
    conda = next(filter(None, map(shutil.which, ("micromamba", "mamba", "conda"))), None)
    if conda is not None:
        solve = [conda, "env", "create", "--dry-run", "--name", "ogi-solved", "--file", "environment.yml"]
        subprocess.run(solve, cwd=ROOT, check=True, timeout=600)


# --- the README ------------------------------------------------------------------------------------


def test_makefile_has_each_target_that_the_readme_names() -> None:
    readme = ROOT / "README.md"
    assert readme.exists(), "README.md is missing"
    code = re.findall(r"```.*?```|`[^`\n]+`", readme.read_text("utf-8"), flags=re.DOTALL)
    named = {target for span in code for target in re.findall(r"\bmake ([a-z][a-z-]*)\b", span)}
    makefile = (ROOT / "Makefile").read_text("utf-8")
    targets = set(re.findall(r"^([a-z][a-z-]*):(?!=)", makefile, flags=re.MULTILINE))
    assert {"summaries", "test"} <= named, "README.md shows the two commands"
    assert named <= targets, f"README.md names {sorted(named - targets)}, which the Makefile lacks"


# --- the form is declared once ---------------------------------------------------------------------

LABEL = "属于国家秘密"
MAY_REPEAT_LABELS = {"tests", "data", "docs", "reports_out"}
TEXTS = {".py", ".ipynb", ".toml", ".j2", ".css", ".js", ".md", ".csv", ".json", ".yml", ".yaml", ".cff"}


def written_files() -> Iterator[Path]:
    for entry in sorted(ROOT.iterdir()):
        if entry.name.startswith(".") or entry.name in MAY_REPEAT_LABELS:
            continue
        files = entry.rglob("*") if entry.is_dir() else [entry]
        yield from (path for path in files if path.suffix in TEXTS and ".ipynb_checkpoints" not in path.parts)


def test_a_label_of_the_form_is_typed_in_one_file_only() -> None:
    holding = [str(path.relative_to(ROOT)) for path in written_files() if LABEL in path.read_text("utf-8")]
    assert len(holding) == 1, holding
    assert holding[0].startswith("helpers/ogi/forms"), holding


# --- what to cite ---------------------------------------------------------------------------------


def test_the_citation_names_the_version_that_the_changelog_released_last() -> None:
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    assert citation["version"] == ogi.__version__
    # Without an address, what else tells which it was has to be named.
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert "urls" not in project, "an address has to be in the citation, too"
    for how in ("version (`ogi --version`)", "date of the commit"):
        assert how in citation["message"]
    released = re.findall(r"^## \[(\d\S*)\] - (\S+)$", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.M)
    assert (citation["version"], str(citation["date-released"])) == released[0]
