"""Pictures as data URIs, no larger than a page can bear."""

from __future__ import annotations

import base64
import io

from PIL import Image

_JPEG_QUALITIES = (75, 55, 40, 25)
_COLOURS, _GREYS = 32, 8


def data_uri(picture: Image.Image, largest: int) -> str:
    """The picture as a data URI of at most `largest` bytes: in few colours, else JPEG, else smaller."""
    drawn = _saved(picture.quantize(_COLOURS), format="PNG", optimize=True)
    if len(drawn) <= largest:
        return _uri("png", drawn)
    for quality in _JPEG_QUALITIES:
        drawn = _saved(picture, format="JPEG", quality=quality, optimize=True)
        if len(drawn) <= largest:
            return _uri("jpeg", drawn)
    smaller = max(1, picture.width * 2 // 3), max(1, picture.height * 2 // 3)
    return data_uri(picture.resize(smaller), largest)


def in_few_greys(picture: Image.Image, largest: int) -> str | None:
    """Print as a data URI of at most `largest` bytes; None where it is larger."""
    drawn = _saved(picture.convert("L").quantize(_GREYS), format="PNG", optimize=True)
    return _uri("png", drawn) if len(drawn) <= largest else None


def _saved(picture: Image.Image, **options: object) -> bytes:
    written = io.BytesIO()
    picture.save(written, **options)  # type: ignore[arg-type]
    return written.getvalue()


def _uri(kind: str, data: bytes) -> str:
    return f"data:image/{kind};base64,{base64.b64encode(data).decode()}"
