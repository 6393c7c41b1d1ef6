"""One task in a process of its own: read from standard input, its result written to standard output."""

from __future__ import annotations

import os
import pickle
import sys
import threading

from ogi import workers

_IN, _OUT, _ERRORS = 0, 1, 2


def main() -> None:
    """Do the task; whoever asked for it holds standard input open, and ends this process by ending."""
    function, arguments = pickle.load(sys.stdin.buffer)  # of our own process
    answered = threading.Event()
    threading.Thread(target=_end_with_owner, args=(answered,), daemon=True).start()
    answer = os.dup(_OUT)
    os.dup2(_ERRORS, _OUT)  # what a library prints is no answer
    result = function(*arguments)
    workers.close()
    with os.fdopen(answer, "wb") as file:
        file.write(pickle.dumps(result))
        file.flush()
        answered.set()  # before it is closed: the owner then ends this process
    os._exit(0)  # the thread still waits


def _end_with_owner(answered: threading.Event) -> None:
    while os.read(_IN, 1):
        pass
    os._exit(0 if answered.is_set() else 1)  # its own workers end with it


if __name__ == "__main__":
    main()
