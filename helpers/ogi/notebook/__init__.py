"""What a notebook calls first: its parameters held against what it expects, the tables of its agency."""

from __future__ import annotations

from ogi.files import place
from ogi.notebook.agency import dataset_of, frames_of, held_in, of_agency
from ogi.notebook.parameters import expect

__all__ = ["dataset_of", "expect", "frames_of", "held_in", "of_agency", "place"]
