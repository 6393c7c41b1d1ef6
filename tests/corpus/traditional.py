"""A report as a site offers it in Traditional characters: letter by letter, or with words mapped too."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from opencc import OpenCC

from scripts.samples.compose import Sample
from tests.corpus.edit import texts_changed


@cache
def converter(configuration: str) -> Callable[[str], str]:
    """`s2t`: characters alone. `s2twp`: characters and words (信息 → 資訊, 文件 → 檔案)."""
    convert: Callable[[str], str] = OpenCC(configuration).convert
    return convert


def traditional(sample: Sample, configuration: str) -> Sample:
    """Every text of the report converted; the figures stand as they were."""
    return texts_changed(sample, converter(configuration))
