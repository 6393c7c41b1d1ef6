"""What is said to a reader in English and in Chinese at once."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import yaml

LANGUAGES = ("en", "zh")
"""The languages in which everything is said."""


class Said(str):
    """A sentence in English, for all the world a str, that is also told in Chinese: `zh`."""

    zh: str

    def __new__(cls, en: str, zh: str = "") -> Said:
        """Both texts as they are to be read; without a Chinese one, the English stands for it."""
        told = super().__new__(cls, en)
        told.zh = zh or en
        return told


def say(en: str, zh: str, /, **values: object) -> Said:
    """Both sentences with the values put in their places, each value in the sentence's own language."""
    chinese = {name: in_chinese(value) for name, value in values.items()}
    return Said(en.format(**values), zh.format(**chinese))


def told(value: object, language: str) -> str:
    """The text in a language: its Chinese for zh, else as it stands."""
    return in_chinese(value) if language == "zh" else str(value)


def in_chinese(value: object) -> str:
    """The Chinese of what is said in both languages, else the text itself."""
    return value.zh if isinstance(value, Said) else str(value)


def known(language: str) -> str:
    """Return the language itself; ValueError where nothing is said in it."""
    if language not in LANGUAGES:
        raise ValueError(f"language: expected one of {', '.join(LANGUAGES)}, found {language!r}")
    return language


@cache
def wordings(package: str) -> dict[str, Said]:
    """Return the sentences of a package's wordings.yaml by their keys, with {name} where a value goes."""
    text = files(package).joinpath("wordings.yaml").read_text(encoding="utf-8")
    entries = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return {key: Said(entry["en"], entry["zh"]) for key, entry in entries.items()}
