"""What is said to a reader in English and in Chinese at once."""

from __future__ import annotations


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
