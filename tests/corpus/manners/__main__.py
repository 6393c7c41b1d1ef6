"""Write the documents of the manners: `python -m tests.corpus.manners --out FOLDER`."""

from __future__ import annotations

import argparse
from pathlib import Path

from tests.corpus.manners import BROWSER, OFFICE, odd, write


def main() -> None:
    parser = argparse.ArgumentParser(description="Make documents as they are met outside.")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--layouts", nargs="*", default=None, help="these alone")
    parser.add_argument("--alone", action="store_true", help="only those that need no browser and no office")
    options = parser.parse_args()
    documents = [
        document
        for document in odd()
        if (options.layouts is None or document.layout in options.layouts)
        and not (options.alone and document.layout in (BROWSER, OFFICE))
    ]
    write(options.out, documents, options.seed)
    print(f"{len(documents)} documents in {options.out}")


if __name__ == "__main__":
    main()
