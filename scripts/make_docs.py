"""Write the pages of docs/ that are declared in the package: `make docs`. A test keeps them fresh."""

from __future__ import annotations

from scripts.reference import PAGES

if __name__ == "__main__":
    for file, text in PAGES.items():
        file.write_text(text(), encoding="utf-8")
