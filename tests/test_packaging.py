"""The tree keeps its promises: one list of dependencies, floors that nothing climbs, a form typed once."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

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
}
CONDA_OWN = {"python", "pip"}
THIS_PACKAGE = "-e ."


def project() -> dict:
    return tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


def runtime() -> list[Requirement]:
    return [Requirement(text) for text in project()["dependencies"]]


def development() -> list[Requirement]:
    return [Requirement(text) for text in project()["optional-dependencies"]["dev"]]


def lock_text() -> str:
    return (ROOT / "requirements.lock").read_text("utf-8")


def lock_entries() -> list[tuple[Requirement, list[str]]]:
    """Each pinned requirement of the lock with its hashes."""
    bare = re.sub(r"^\s*#.*\n?", "", lock_text(), flags=re.MULTILINE)
    logical_lines = bare.replace("\\\n", " ").splitlines()
    entries = []
    for line in filter(None, map(str.strip, logical_lines)):
        requirement, *hashes = re.split(r"\s+--hash=", line)
        entries.append((Requirement(requirement), hashes))
    return entries


@pytest.mark.parametrize("wanted", [*runtime(), *development()], ids=str)
def test_lock_holds_each_dependency_at_a_version_that_satisfies_it(wanted: Requirement) -> None:
    name = canonicalize_name(wanted.name)
    pins = [entry for entry, _ in lock_entries() if canonicalize_name(entry.name) == name]
    assert pins, f"requirements.lock lacks {name}: run `make lock`"
    for pin in pins:
        (specifier,) = pin.specifier
        assert specifier.operator == "==", f"{pin} is not pinned"
        assert wanted.specifier.contains(specifier.version), f"{pin} breaks {wanted}: run `make lock`"


def test_every_line_of_the_lock_has_hashes() -> None:
    entries = lock_entries()
    assert len(entries) > 50
    bare = [str(entry) for entry, hashes in entries if not hashes]
    assert not bare
    digests = {digest for _, hashes in entries for digest in hashes}
    assert not {digest for digest in digests if not re.fullmatch(r"sha256:[0-9a-f]{64}", digest)}


def test_lock_names_no_index_and_no_place() -> None:
    text = lock_text()
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


# --- floors ----------------------------------------------------------------------------------------

FLOORS = {
    "said": 0,
    "forms": 1,
    "values": 1,
    "readers": 2,
    "fonts": 2,
    "extract": 3,
    "tables": 4,
    "checks": 5,
    "compare": 5,
    "charts": 6,
    "pages": 7,
    "ingest": 8,
    "dataset": 9,
    "bulk": 10,
    "cli": 11,
}


def module_parts(path: Path) -> list[str]:
    """helpers/ogi/readers/pdf.py → ["ogi", "readers", "pdf"]; a package keeps its own name only."""
    parts = list(path.relative_to(ROOT / "helpers").with_suffix("").parts)
    return parts[:-1] if parts[-1] == "__init__" else parts


def imported_modules(path: Path) -> Iterator[tuple[int, str]]:
    """The modules of ogi that a file imports, each with its line, wherever in the file it stands."""
    package = module_parts(path) if path.name == "__init__.py" else module_parts(path)[:-1]
    for node in ast.walk(ast.parse(path.read_text("utf-8"), str(path))):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            start = package[: len(package) - node.level + 1] if node.level else []
            base = ".".join([*start, *filter(None, [node.module])])
            names = [f"{base}.{alias.name}" for alias in node.names] if base == "ogi" else [base]
        for name in names:
            head, _, rest = name.partition(".")
            if head == "ogi" and rest:
                yield node.lineno, rest.partition(".")[0]


def own_modules() -> list[Path]:
    return sorted((ROOT / "helpers").rglob("*.py"))


def test_each_module_has_a_floor() -> None:
    top = {module_parts(path)[1] for path in own_modules() if len(module_parts(path)) > 1}
    unknown = top - {"__main__"} - set(FLOORS)
    assert not unknown, f"give {sorted(unknown)} a floor: add to FLOORS in tests/test_packaging.py"


def climbs(path: Path, floors: dict[str, int] = FLOORS) -> list[str]:
    """Imports of a module that do not go down a floor, as messages. A package may import its own parts."""
    parts = module_parts(path)
    room = parts[1] if len(parts) > 1 else None
    if room == "__main__":
        return []
    floor = floors.get(room, -1) if room else 0
    return [
        f"{'/'.join(parts)}:{line}: {room} (floor {floor}) imports {other} (floor {floors[other]})"
        for line, other in imported_modules(path)
        if other in floors and other != room and floors[other] >= floor
    ]


def test_no_module_imports_upwards() -> None:
    found = [message for path in own_modules() for message in climbs(path)]
    assert not found, "a module imports only from lower floors:\n" + "\n".join(found)


@pytest.mark.parametrize(
    "source",
    [
        "import ogi.cli",
        "from ogi import charts",
        "from ogi.pages.html import page",
        "from . import cli",
        "from .ingest import ingest",
        "def later():\n    from ogi.bulk import run",
    ],
)
def test_a_climb_is_seen(source: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "helpers" / "ogi" / "checks.py"
    path.parent.mkdir(parents=True)
    path.write_text(source)
    monkeypatch.setattr("tests.test_packaging.ROOT", tmp_path)
    assert climbs(path)


# --- the form is declared once ---------------------------------------------------------------------

LABEL = "属于国家秘密"
MAY_REPEAT_LABELS = {"tests", "data", "docs", "reports_out"}
TEXTS = {".py", ".ipynb", ".toml", ".j2", ".css", ".js", ".md", ".csv", ".json", ".yml", ".cff"}


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
