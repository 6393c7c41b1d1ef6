"""Lines of Markdown in one of the two languages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ogi.said import told


def heads(language: str, *names: str) -> Iterator[str]:
    """The head of a table."""
    yield row(language, names)
    yield "|---" * len(names) + "|"


def row(language: str, cells: Iterable[str]) -> str:
    return "| " + " | ".join(told(cell, language).replace("<", "&lt;") for cell in cells) + " |"
