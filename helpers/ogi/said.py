"""What is said to a reader in English and in Chinese at once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, NoReturn
from unicodedata import category

import yaml

LANGUAGES = ("en", "zh")
"""The languages in which everything is said."""
_UNSEEN = frozenset(("Cc", "Cf", "Cs", "Zl", "Zp"))
"""Categories of Unicode: controls, format marks, half characters, line and paragraph separators."""
_BY_NUMBER = re.compile(r"\{(\w+):([^{}|]*)\|([^{}|]*)\}")


class Said(str):
    """A sentence in English that is also told in Chinese, `zh`.

    It is a str so that tables and exceptions can hold it. What would leave its Chinese behind is refused, by
    mypy and when it runs: it is put together with `say`, or with `+`, which joins the texts of each language.
    """

    zh: str

    def __new__(cls, en: str, zh: str) -> Said:
        """Both texts as they are to be read."""
        said = super().__new__(cls, en)
        # What is empty in Chinese (a name, a number) reads the same in both languages.
        said.zh = zh or en
        return said

    @classmethod
    def as_printed(cls, text: str) -> Said:
        """What is the same in both languages: a name, a number, words printed in a report."""
        return cls(text, in_chinese(text))

    def __add__(self, other: str) -> Said:
        return Said(str(self) + str(other), self.zh + in_chinese(other))

    def __radd__(self, other: str) -> Said:
        return Said(str(other) + str(self), in_chinese(other) + self.zh)

    def __reduce__(self) -> tuple[type[Said], tuple[str, str]]:
        """The same in another process."""
        return Said, (str(self), self.zh)

    def format(self, *_: object, **__: object) -> NoReturn:
        """Refused; `say` puts the values into both sentences."""
        raise TypeError("format would drop the Chinese: use say")

    def __mod__(self, value: object) -> NoReturn:
        raise TypeError("% would drop the Chinese: use say")

    def join(self, texts: object) -> NoReturn:
        """Refused: it would drop the Chinese."""
        raise TypeError("join would drop the Chinese: join the texts of each language")


class Refused(ValueError):
    """What was asked for cannot be done: one sentence, which a notebook prints without a traceback.

    `message`: the sentence in both languages, where it is told in both; the text is in the language given.
    """

    def __init__(self, message: str, language: str = "en") -> None:
        self.message = message
        super().__init__(in_chinese(message) if language == "zh" else message)

    def _render_traceback_(self) -> list[str]:
        return [str(self)]


def say(en: str, zh: str, /, **values: object) -> Said:
    """Put the values into both sentences, each value in the sentence's own language."""
    chinese = {name: in_chinese(value) for name, value in values.items()}
    return Said(by_number(str(en), values).format(**values), by_number(zh, chinese).format(**chinese))


def by_number(sentence: str, values: Mapping[str, object]) -> str:
    """The sentence with the first of two words where a number is one, else the second.

    A sentence has them as {n:page|pages}, beside the number itself: “{n} {n:page|pages} made”.
    """
    if "|" not in sentence:  # most have none, and many are put together
        return sentence
    return _BY_NUMBER.sub(lambda words: words[2] if str(values[words[1]]) == "1" else words[3], sentence)


def joined(texts: Iterable[str], en: str, zh: str) -> Said:
    """Join texts into one, with what stands between two of them in each language."""
    parts = list(texts)
    return Said(en.join(parts), zh.join(map(in_chinese, parts)))


def told(value: object, language: str) -> str:
    """Return the text in a language: its Chinese for zh, else as it stands."""
    return in_chinese(value) if language == "zh" else str(value)


def in_chinese(value: object) -> str:
    """Return the Chinese of what is said in both languages, else the text itself."""
    return value.zh if isinstance(value, Said) else str(value)


def known(language: str) -> str:
    """Return the language itself; ValueError where nothing is said in it."""
    if language not in LANGUAGES:
        raise ValueError(f"language: expected one of {', '.join(LANGUAGES)}, found {language!r}")
    return language


def worded(package: str, key: str, **values: object) -> Said:
    """Put the values into the sentence that a package's wordings.yaml has under that key."""
    sentence = wordings(package)[key]
    return say(sentence, sentence.zh, **values)


@cache
def packaged(package: str, name: str) -> Any:
    """Return what a YAML file beside a package's modules holds; whoever asks must not change it."""
    # The loader in C, where there is one, takes a tenth of the time.
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(files(package).joinpath(name).read_bytes(), Loader=loader)


def printable(name: str) -> str:
    """Return a name with what cannot be seen as %XX: bytes that are no UTF-8, controls, marks of direction.

    Archives made elsewhere hold such names. Per cent, since that may stand in a name everywhere.
    """
    return "".join(_escaped(c) if category(c) in _UNSEEN else c for c in name)


def _escaped(character: str) -> str:
    is_byte = "\udc80" <= character <= "\udcff"  # as Python holds a byte of a name that is no UTF-8
    escaped = character.encode("utf-8", "surrogateescape" if is_byte else "surrogatepass")
    return "".join(f"%{byte:02X}" for byte in escaped)


@cache
def wordings(package: str) -> dict[str, Said]:
    """Return the sentences of a package's wordings.yaml by their keys, with {name} where a value goes."""
    return {key: Said(said["en"], said["zh"]) for key, said in packaged(package, "wordings.yaml").items()}
