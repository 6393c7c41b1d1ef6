"""The wordings that the rules on words know: vocabulary.yaml, read once, when the first is asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from ogi.said import packaged

FILE = "vocabulary.yaml"
_FRAGMENT = re.compile(r"\{([a-z_]+)\}")
"""Names only: {2,8} in a wording is how often it may stand."""


@dataclass(frozen=True, eq=False)
class Wording:
    """One kind of wording: an entry of vocabulary.yaml, whose head explains the fields."""

    group: str
    id: str
    words: tuple[str, ...]
    example: str
    counter: str
    means: tuple[str, ...] = ()
    zh: str = ""
    en: str = ""
    why: str = ""
    generality: int = 0

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Where these words stand in a text."""
        return _compiled(self.words, f"{self.group}.{self.id}")


@cache
def vocabulary() -> dict[str, tuple[Wording, ...]]:
    """Group → its wordings, in the order of the file.

    Raises ValueError where an entry lacks a field, has an unknown one, or repeats an id: the message names
    file and entry, what was expected and what was found.
    """
    return parsed(packaged(__package__, FILE))


def parsed(held: dict[str, Any]) -> dict[str, tuple[Wording, ...]]:
    """What a vocabulary file holds, each entry checked."""
    fragments = held.get("fragments", {})
    groups = {name: entries for name, entries in held.items() if name != "fragments"}
    return {group: tuple(_entries(group, entries, fragments)) for group, entries in groups.items()}


def wordings(group: str) -> tuple[Wording, ...]:
    """The wordings of one group, in the order of the file."""
    return vocabulary()[group]


@cache
def pattern(name: str) -> re.Pattern[str]:
    """The pattern of one wording (`about.none`) or of all wordings of a group (`scope`)."""
    group, _, own = name.partition(".")
    found = [wording for wording in wordings(group) if own in ("", wording.id)]
    if not found:
        raise KeyError(name)
    return _compiled(tuple(word for wording in found for word in wording.words), name)


def _entries(group: str, entries: list[dict[str, Any]], fragments: dict[str, str]) -> Iterator[Wording]:
    seen: set[str] = set()
    for entry in entries:
        name = f"{group}.{entry.get('id')}"
        if name in seen:
            raise _refusal(name, "an id that stands once in its group", entry["id"])
        seen.add(name)
        words = tuple(_spelt_out(word, fragments, name) for word in _listed(entry.get("words", ())))
        means = _listed(entry.get("means", ()))
        try:
            yield Wording(**{**entry, "group": group, "words": words, "means": means})
        except TypeError as error:
            raise _refusal(name, "the fields of a wording", str(error)) from error


def _listed(value: Any) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def _spelt_out(word: str, fragments: dict[str, str], name: str) -> str:
    """The wording with its fragments put in."""

    def fragment(match: re.Match[str]) -> str:
        if match[1] not in fragments:
            raise _refusal(name, f"a fragment of {sorted(fragments)}", match[1])
        return _spelt_out(fragments[match[1]], fragments, name)

    return _FRAGMENT.sub(fragment, word)


def _compiled(words: tuple[str, ...], name: str) -> re.Pattern[str]:
    if all(word.isalnum() for word in words):
        # Plain words are tried longest first: 申请人 is not 申请 and a person.
        words = tuple(sorted(words, key=len, reverse=True))
    try:
        return re.compile("|".join(words), re.MULTILINE)
    except re.error as error:
        raise _refusal(name, "regular expressions", str(error)) from error


def _refusal(entry: str, expected: str, found: object) -> ValueError:
    """What is wrong with one entry."""
    return ValueError(f"{FILE}: {entry}: expected {expected}, found {found!r}")
