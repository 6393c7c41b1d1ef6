"""What slips are called, by how serious they are: on every page and in every table the same."""

from __future__ import annotations

from ogi.said import Said, worded


def level_name(level: str) -> Said:
    """What one slip of that level is called, on every page and in every table."""
    return worded("ogi.pages", f"level.{level}")


def level_names(level: str) -> Said:
    """What several of that level are called."""
    return worded("ogi.pages", f"levels.{level}")


def level_head(level: str) -> Said:
    """The heading over those of that level: what they are called, and what they are."""
    return worded("ogi.pages", f"level.{level}.head", names=level_names(level))
