"""Documents that are read once for several tests of a module."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from ogi.extract import read_report
from ogi.extract.report import Report
from ogi.readers.document import UnreadableFile

reading = cache(read_report)
"""The report in a file; UnreadableFile where there is none."""


def assert_told_in_chinese_too(path: Path) -> None:
    """Whatever is said of a document, be it of a finding or why it was not read."""
    try:
        report: Report = reading(path)
        said = [finding.message for finding in report.findings]
    except UnreadableFile as refusal:
        said = [refusal.expected, refusal.found]
    for message in said:
        assert re.search(r"[\u4e00-\u9fff]", message.zh) or message.zh == message, message
        assert not re.search(r"[a-z]+ [a-z]+", message.zh), message
