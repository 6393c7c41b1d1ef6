"""How the command speaks: results on standard output, messages and progress on standard error."""

from __future__ import annotations

import functools
import io
import logging
import os
import re
import signal
import sys
import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import ParamSpec

import typer

from ogi.said import Said, told, worded

OK, FAILED, MISUSED, STOPPED = 0, 1, 2, 130

_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]+")

P = ParamSpec("P")


def plain(text: str) -> str:
    """Text on one line, without characters that steer a terminal: names and cells of files may hold any."""
    return _CONTROLS.sub(" ", text)


def say(message: str) -> None:
    """One line on standard error."""
    print(plain(message), file=sys.stderr, flush=True)


class _OneLine(logging.Formatter):
    """A record on one line, without what steers a terminal: it may quote a report."""

    def format(self, record: logging.LogRecord) -> str:
        return plain(super().format(record))


def counted(thing: str, n: int) -> Said:
    """So many of a thing: a report, a row, a section."""
    return worded("ogi.cli", f"n.{thing}", n=n)


@contextmanager
def stages_logged() -> Iterator[None]:
    """Show on standard error what the loggers of the package tell of each stage: level, logger, message."""
    handler = logging.StreamHandler()
    handler.setFormatter(_OneLine("%(levelname)s %(name)s %(message)s"))
    logger = logging.getLogger("ogi")
    level = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.DEBUG)
    try:
        yield
    finally:  # whoever calls another command in this process did not ask for it
        logger.removeHandler(handler)
        logger.setLevel(level)


def put(text: str) -> None:
    """A result on standard output, in UTF-8 wherever it goes; a terminal shows what it can."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding=None if sys.stdout.isatty() else "utf-8", errors="replace")
    sys.stdout.write(text)


def outcome(failures: Sequence[str], tried: int, language: str = "en", by_hand: Collection[str] = ()) -> int:
    """The exit code; what failed is named, after all else, in the language.

    `by_hand`: those of the failures that are on what people keep by hand; they stand under a head of their
    own, since no report is lost by them.
    """
    failed = [line for line in failures if line not in by_hand]
    of = worded("ogi.cli", "of", n=tried) if tried else ""
    if failed:
        _say_under(worded("ogi.cli", "failed", n=len(failed), of=of), failed, language)
    if by_hand:
        _say_under(worded("ogi.cli", "by_hand", n=len(by_hand)), by_hand, language)
    return FAILED if failures else OK


def _say_under(head: Said, lines: Iterable[str], language: str) -> None:
    for line in (head, *lines):
        say(told(line, language))


def say_doubled(lines: Sequence[str], language: str) -> None:
    """Name the agencies and years that have several files, of which all but one are to go."""
    if lines:
        say(told(worded("ogi.cli", "doubled", n=len(lines)), language))
    for line in lines:
        say(told(line, language))


def command(run: Callable[P, int]) -> Callable[P, None]:
    """A command that ends with the code it returns; interrupted, or without a reader, it ends quietly."""

    @functools.wraps(run)
    def ended(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            with _stoppable():
                code = run(*args, **kwargs)
            sys.stdout.flush()
        except KeyboardInterrupt:
            language = "zh" if kwargs.get("language") == "zh" else "en"
            say(f"ogi: {told(worded('ogi.cli', 'stopped'), language)}")
            code = STOPPED
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            code = OK
        except OSError as error:
            say(f"ogi: {error}")
            code = FAILED
        raise typer.Exit(code)

    return ended


_asked_to_stop = threading.Event()


@contextmanager
def _stoppable() -> Iterator[None]:
    """Ctrl-C stops at the next step at the latest, even where a finaliser swallowed the interrupt."""
    _asked_to_stop.clear()
    is_main = threading.current_thread() is threading.main_thread()
    before, hook = signal.getsignal(signal.SIGINT), sys.unraisablehook
    if is_main:
        signal.signal(signal.SIGINT, _stop)
        sys.unraisablehook = lambda what: None if what.exc_type is KeyboardInterrupt else hook(what)
    try:
        yield
    finally:
        if is_main:
            signal.signal(signal.SIGINT, before)
            sys.unraisablehook = hook


def _stop(*_: object) -> None:
    _asked_to_stop.set()
    raise KeyboardInterrupt


def _unless_stopped(step: Callable[[int, int, str], None]) -> Callable[[int, int, str], None]:
    def checked(done: int, total: int, last: str) -> None:
        if _asked_to_stop.is_set():
            raise KeyboardInterrupt
        step(done, total, last)

    return checked


@contextmanager
def progress(phase: str, language: str, shown: bool = True) -> Iterator[Callable[[int, int, str], None]]:
    """A bar on a terminal, a plain line for each step elsewhere, both on standard error.

    `phase`: the word for what is done, under its key in the wordings. A run that makes pages reads reports
    first; a report is named agency/file there, a page by its agency alone.
    """

    def word(last: str) -> str:
        key = "reading" if "/" in last and phase == "making" else phase
        return told(worded("ogi.cli", f"phase.{key}"), language)

    if not shown:
        yield _unless_stopped(lambda done, total, last: None)
    elif sys.stderr.isatty():
        yield from _bar(word)
    else:
        yield _unless_stopped(lambda done, total, last: say(f"{word(last)} {done}/{total} {last}".rstrip()))


def _bar(word: Callable[[str], str]) -> Iterator[Callable[[int, int, str], None]]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    phase, last_column = TextColumn("{task.fields[word]}"), TextColumn("{task.description}", markup=False)
    columns = (phase, BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), last_column)
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None, word=word(""))
        yield _unless_stopped(
            lambda done, total, last: bar.update(
                task, completed=done, total=total, description=plain(last), word=word(last)
            )
        )
