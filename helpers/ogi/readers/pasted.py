"""Pictures within Word files and web pages. Those that show a table are read, within LIMITS."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterable, Iterator

from ogi.arrays import Pixels
from ogi.readers.document import Block, Paragraph, with_cells, worded
from ogi.readers.limits import LIMITS
from ogi.readers.settings import SETTINGS
from ogi.said import Said

_log = logging.getLogger(__name__)


class Pictures:
    """The pictures of one report, looked at one after the other. `origins` numbers the report's tables."""

    def __init__(self, origins: Iterator[int]) -> None:
        self.origins = origins
        self.seen = 0
        self.bytes = 0
        self.unread: Counter[Said] = Counter()

    def blocks(self, data: bytes, width: float = SETTINGS.picture_width) -> list[Block]:
        """The tables of a picture that is `width` points wide, and the text beside them; else nothing."""
        picture = None if width < SETTINGS.narrowest_picture else self._decoded(data)
        if picture is None:
            return []
        from ogi.readers import scan

        found = scan.read_pasted(scan.on_sheet(picture, width))
        _log.debug("picture %d, %.0f points wide: %s", self.seen, width, "read" if found else "no table")
        return _without_places(scan.blocks_of_pages(found, self.origins))

    def pages(self, pictures: Iterable[bytes]) -> list[Block]:
        """All that stands on pictures that are the pages of a report, one after the other."""
        from ogi.readers import scan

        decoded = enumerate(map(self._decoded, pictures), 1)
        pages = (scan.PagePicture(number, one, 1.0) for number, one in decoded if one is not None)
        return _without_places(scan.read_pages(pages, self.origins))

    def _decoded(self, data: bytes) -> Pixels | None:
        """The next picture, within the bounds of a report."""
        if len(data) < SETTINGS.smallest_picture:
            return None
        self.seen += 1
        self.bytes += len(data)
        if self.seen > LIMITS.pasted_pictures or self.bytes > LIMITS.pasted_bytes:
            most, size = LIMITS.pasted_pictures, LIMITS.pasted_bytes // 1024**2
            self.unread[worded("pasted.too_many", most=most, size=size)] += 1
            return None
        from ogi.readers import scan  # the recogniser is heavy, and most reports need none

        picture = scan.pasted_picture(data)
        if isinstance(picture, Said):
            self.unread[picture] += 1
            return None
        return picture

    def notes(self) -> tuple[Said, ...]:
        """What was not looked at for tables, one line each."""
        return tuple(worded("pasted", n=number, why=why) for why, number in self.unread.items())


def _without_places(blocks: list[Block]) -> list[Block]:
    """The blocks of pictures in a format without pages: what stands where on a picture is no place there."""
    return [
        Paragraph(block.text) if isinstance(block, Paragraph) else block
        for block in with_cells(blocks, lambda cell: cell._replace(box=None))
    ]
