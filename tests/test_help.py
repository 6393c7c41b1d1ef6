"""`--help` speaks Chinese where it is asked to, of every command, argument and option."""

from __future__ import annotations

import copy

import pytest
import typer
from rich.cells import cell_len

from ogi.cli import COMMANDS, app
from ogi.cli.help import asks_for_chinese, put_into_chinese
from ogi.said import packaged


@pytest.mark.parametrize(
    ("arguments", "environment", "wanted"),
    [
        ("--help", {"LANG": "zh_CN.UTF-8"}, True),
        ("--help", {"LANG": "en_US.UTF-8"}, False),
        ("--help", {"LC_ALL": "C", "LANG": "zh_CN"}, False),
        ("check --help --language zh", {"LANG": "en_US"}, True),
        ("check --language=zh --help", {"LANG": "C"}, True),
        ("check --language en --help", {"LANG": "zh_CN"}, False),
        ("check --help --language", {"LANG": "zh_CN"}, False),
        ("", {"LANG": "zh_CN"}, True),  # `ogi` alone shows its help
        ("", {"LANG": "en_US"}, False),
    ],
)
def test_the_command_line_decides_else_the_machine(arguments: str, environment: dict[str, str], wanted: bool):
    assert asks_for_chinese(arguments.split(), environment) == wanted


@pytest.mark.parametrize("name", ["ogi", *(run.__name__ for run in COMMANDS)])
def test_all_of_it_is_chinese(name: str, capsys: pytest.CaptureFixture[str]):
    program = copy.deepcopy(typer.main.get_command(app))
    put_into_chinese(program)
    with pytest.raises(SystemExit):
        program([*([] if name == "ogi" else [name]), "--help"], prog_name="ogi")
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("用法")
    assert not any(english in line for line in lines for english in ("OPTIONS", "ARGS", "range>", "env var"))
    told = [line for line in lines[1:] if line.strip() and not line.lstrip().startswith("--")]
    assert [line for line in told if not any("\u4e00" <= c <= "\u9fff" for c in line)] == []


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_list_of_commands_tells_each_in_one_whole_line(
    language: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("COLUMNS", "80")
    program = copy.deepcopy(typer.main.get_command(app))
    if language == "zh":
        put_into_chinese(program)
    with pytest.raises(SystemExit):
        program(["--help"], prog_name="ogi")
    lines = capsys.readouterr().out.splitlines()
    listed = lines[lines.index("Commands:" if language == "en" else "命令：") + 1 :][: len(COMMANDS)]
    assert [line.split()[0] for line in listed] == [run.__name__ for run in COMMANDS]
    assert [line for line in listed if not line.endswith((".", "。")) or line.endswith("...")] == []
    assert [line for line in listed if cell_len(line) > 80] == []


def test_nothing_is_translated_that_is_not_there():
    program = typer.main.get_command(app)
    words = packaged("ogi.cli", "help.yaml")
    known = {name: {one.name for one in under.params} for name, under in program.commands.items()}
    known["ogi"] = {one.name for one in program.params}
    assert set(words) == {*known, "every", "misuse", "values"}
    for name, names in known.items():
        assert set(words[name]) - {"about", "epilog"} <= names, name
