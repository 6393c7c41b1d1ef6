"""Chinese in charts that a reader draws with matplotlib or pandas."""

from __future__ import annotations


def use_font() -> None:
    """Let matplotlib write Chinese from now on, in a font that this package brings along."""
    from ogi import fonts  # imports matplotlib

    fonts.use()
