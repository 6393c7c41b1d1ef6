"""The pages of docs/ that are written as declared in the package: `make docs`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from scripts.reference.api import api
from scripts.reference.dictionary import data_dictionary
from scripts.reference.indicators import indicator_list
from scripts.reference.panel import panel
from scripts.reference.rules import rules

DOCS = Path(__file__).resolve().parents[2] / "docs"

PAGES: Mapping[Path, Callable[[], str]] = {
    DOCS / "data-dictionary.md": partial(data_dictionary, "en"),
    DOCS / "rules.md": partial(rules, "en"),
    DOCS / "indicators.md": partial(indicator_list, "en"),
    DOCS / "panel.md": panel,
    DOCS / "api.md": api,
    DOCS / "zh" / "data-dictionary.md": partial(data_dictionary, "zh"),
    DOCS / "zh" / "rules.md": partial(rules, "zh"),
    DOCS / "zh" / "indicators.md": partial(indicator_list, "zh"),
    DOCS / "zh" / "panel.md": partial(panel, "zh"),
}
"""File → what makes its text."""
