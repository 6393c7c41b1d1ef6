"""What readers expected of a file that they refuse, and what they found, as far as several say the same."""

from __future__ import annotations

from ogi.said import Said, say

A_FILE, A_FOLDER = Said("a file", "文件"), Said("a folder", "文件夹")
NOTHING_THERE = Said("nothing there", "不存在的文件")
EMPTY = Said("an empty file", "空文件")
NO_VISIBLE_TEXT = Said("no visible text", "无可见文字的文件")

PDF = Said("a PDF", "PDF文件")
PDF_THAT_OPENS = Said("a PDF that opens", "可打开的PDF文件")
WHOLE_PDF = Said("a whole PDF", "完整的PDF文件")
WHOLE_PICTURE = Said("a whole picture", "完整的图片")

USUAL_TABLES = Said("tables of a report's size", "规模合理的表格")
ABSURD_SPANS = Said("a table with absurd spans", "跨行跨列数目异常的表格")
MORE = Said("more", "超出此限")


def nested(most: int) -> Said:
    """Tables within tables, as many as are followed."""
    return say("at most {most} tables within one another", "嵌套不超过{most}层的表格", most=most)


def damaged(fault: object) -> Said:
    """A damaged file, with what the library that opened it says."""
    return say("a damaged one ({fault})", "已损坏的文件（{fault}）", fault=fault)


def not_read(fault: str) -> Said:
    """A file that the system does not give, in the system's words."""
    return Said(fault, f"系统无法读取的文件（{fault}）")


def size_in_bytes(size: int) -> Said:
    """How large a file is that is too large."""
    return say("{size} bytes", "{size}字节", size=size)


def megabytes_of(expected: Said, most: int) -> Said:
    """A file of that kind of at most so many bytes."""
    told = "{expected} of at most {most} MB", "不超过{most} MB的{expected}"
    return say(*told, expected=expected, most=most // 1024**2)
