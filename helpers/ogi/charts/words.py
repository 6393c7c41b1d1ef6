"""The charts' own words in both languages; what the form says is taken from the form."""

from __future__ import annotations

from ogi.forms import Group, Item, Measure
from ogi.said import told, wordings

NO_REPORT, CONFLICT = "no_report", "conflict"
"""Why a year has no figure, besides the states of a cell."""


def say(key: str, language: str, **values: object) -> str:
    """The words of that key, with its fields filled in."""
    return told(wordings("ogi.charts")[key], language).format(**values)


def gap(state: str, language: str) -> str:
    """Why there is no figure."""
    return say(f"gap.{state}", language)


def label(thing: Group | Item | Measure, language: str) -> str:
    """What the form calls it; in Chinese its short form, where the form's own words fill a line."""
    if language == "en":
        return thing.en
    short = [alias for alias in thing.aliases if len(alias) < len(thing.zh)]
    return short[0] if len(thing.zh) > 12 and short else thing.zh


def both(thing: Group | Item | Measure, language: str) -> str:
    """What the form calls it, in English with its own Chinese words behind."""
    return thing.zh if language == "zh" else f"{thing.en} {label(thing, 'zh')}"
