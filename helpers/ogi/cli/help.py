"""Help, and what is told of wrong use, in Chinese where the command line or the machine asks for it."""

from __future__ import annotations

import io
import itertools
import locale
import os
import re
import sys
from collections.abc import Mapping, Sequence
from typing import Any
from unicodedata import east_asian_width

import typer

from ogi.said import packaged

_HEADINGS = {
    "Usage:": "用法：",
    "Arguments:": "参数：",
    "Options:": "选项：",
    "Commands:": "命令：",
    "[default:": "[默认：",
    "[required]": "[必填]",
    "[env var:": "[环境变量：",
    "[OPTIONS]": "[选项]",
    "COMMAND [ARGS]...": "命令 [参数]...",
    "<float range>": "<数字>",
    "<int range>": "<整数>",
    "<dir>": "<文件夹>",
    "<file>": "<文件>",
    "<str>": "<文字>",
    "<list[Path]>": "<路径，可多个>",
    "<list[str]>": "<文字，可多个>",
}
_ROW, _MORE = re.compile(r"^(  \S.*?) {2,}(\S.*)$"), re.compile(r"^ {4,}(?=\S)")
"""What stands in a list of the help and what is said of it; what goes on in the next line."""
_LOCALES = ("LC_ALL", "LC_MESSAGES", "LANG")


def asks_for_chinese(arguments: Sequence[str], environment: Mapping[str, str] = os.environ) -> bool:
    """Does the command line say --language, else the machine, that Chinese is wanted?"""
    for option, value in itertools.pairwise([*arguments, ""]):
        if option == "--language" or option.startswith("--language="):
            return (value if option == "--language" else option.partition("=")[2]) == "zh"
    named = next((environment[name] for name in _LOCALES if environment.get(name)), None)
    name = (locale.getlocale()[0] or "") if named is None else named
    return name.lower().startswith(("zh", "chinese"))


def put_into_chinese(command: Any, name: str = "ogi") -> None:
    """Let the command and those under it show their help in Chinese."""
    words = packaged(__package__, "help.yaml")
    own = words[name]
    command.help = own["about"]
    command.short_help = own["about"].partition("。")[0] + "。"  # as the list of commands shows it in English
    command.epilog = own.get("epilog")
    for parameter in command.params:
        named = parameter.metavar or parameter.name
        parameter.metavar = words["values"].get(named, parameter.metavar)
        parameter.help = own.get(parameter.name) or words["every"][parameter.name]
    in_english = command.get_help
    command.get_help = lambda context: _aligned(_headed(in_english(context)))
    in_english_option = command.get_help_option
    command.get_help_option = lambda context: _told(in_english_option(context), words["every"]["help"])
    for under, one in getattr(command, "commands", {}).items():
        put_into_chinese(one, under)


def _told(option: Any, text: str) -> Any:
    option.help = text
    return option


def _headed(text: str) -> str:
    for english, chinese in _HEADINGS.items():
        text = text.replace(english, chinese)
    return text


def _aligned(text: str) -> str:
    """Descriptions one below the other again: a Chinese character takes two columns of a terminal."""
    return "\n\n".join(map(_list_aligned, text.split("\n\n")))


def _list_aligned(lines: str) -> str:
    rows = [(line, _ROW.match(line)) for line in lines.split("\n")]
    start = max((_columns(row[1]) for _, row in rows if row is not None), default=None)
    if start is None:
        return lines
    return "\n".join(
        f"{row[1]}{' ' * (start - _columns(row[1]))}  {row[2]}"
        if row is not None
        else _MORE.sub(" " * (start + 2), line)
        for line, row in rows
    )


def _columns(text: str) -> int:
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


def put_misuse_into_chinese() -> None:
    """Let what typer says of wrong use be Chinese; a sentence that is not known stays as it is."""
    words = packaged(__package__, "help.yaml")["misuse"]
    usage_error: Any = typer.BadParameter.__bases__[0]  # typer does not export the class itself
    in_english = usage_error.show

    def show(error: Any, file: Any = None) -> None:
        said = io.StringIO()
        in_english(error, said)
        text = said.getvalue()
        for english, chinese in words.items():
            text = re.sub(english, chinese, text)
        print(_headed(text), end="", file=file or sys.stderr)

    usage_error.show = show
