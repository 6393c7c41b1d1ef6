"""Traditional characters read as simplified ones: many sites offer the same report in both scripts."""

from __future__ import annotations

from functools import cache, lru_cache

from opencc import OpenCC


@cache
def _converter(kind: str) -> OpenCC:
    return OpenCC(kind)


@lru_cache(4096)
def simplified(text: str) -> str:
    """The text in simplified characters, its words as they are (資訊 → 资讯, not 信息).

    What is no character (half a surrogate pair, a file name in another charset) becomes a question mark.
    """
    return str(_converter("t2s").convert(text.encode("utf-8", "replace").decode("utf-8")))


@cache
def spellings(official: str) -> tuple[str, ...]:
    """An official text, and as sites that map words too would print it: 文件 → 檔案, read as 档案."""
    mapped = simplified(str(_converter("s2twp").convert(official)))
    return (official,) if mapped == official else (official, mapped)
