"""How far a long work has come, told to whoever shows it."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[int, int, str], None]
"""Called with how many are done, of how many, and what was done last."""


def no_progress(done: int, total: int, what: str) -> None:
    """Say nothing."""
