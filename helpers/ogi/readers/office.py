"""Old Word files and spreadsheets → Document, converted by LibreOffice where it is installed.

.doc, .wps, .rtf and .odt become .docx for the Word reader, .xls, .xlsx, .et and .ods a web page for the HTML
reader. Each conversion has a profile of its own, without macros, without network, and a time limit.
"""

from __future__ import annotations

import logging
import os
import shutil
import signal
import subprocess
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.sax.saxutils import quoteattr

import psutil

from ogi.readers import html, word
from ogi.readers.document import Document, Method, UnreadableFile, worded
from ogi.readers.files import contents
from ogi.readers.limits import LIMITS
from ogi.readers.unpacked import ZIP_FAULTS, require_bounded, require_usual_sheets
from ogi.said import Said

_log = logging.getLogger(__name__)
TEXTS = frozenset((".doc", ".docx", ".wps", ".rtf", ".odt"))
"""What becomes a Word file; everything else is a spreadsheet."""
_PROGRAMS = ("soffice", "libreoffice", "/Applications/LibreOffice.app/Contents/MacOS/soffice")
_REAL_ENDING = (
    (b"PK\x03\x04", {"text": ".docx", "sheet": ".xlsx"}),
    (b"{\\rtf", {"text": ".rtf", "sheet": ".rtf"}),
)
_OLD_ENDING = {"text": ".doc", "sheet": ".xls"}
_SETTINGS = (
    ("/org.openoffice.Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("/org.openoffice.Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("/org.openoffice.Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    # A proxy that answers nobody, so that nothing is fetched.
    ("/org.openoffice.Inet/Settings", "ooInetProxyType", "2"),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPSProxyPort", "9"),
)
_NO_NETWORK = dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"), "http://127.0.0.1:9")


def read(path: Path) -> Document:
    """Read through LibreOffice; UnreadableFile, one line, where it is missing or cannot open the file."""
    program = next(filter(None, map(shutil.which, _PROGRAMS)), None)
    if program is None:
        expected = worded("office.program", ending=path.suffix.lower())
        raise UnreadableFile(path, expected, worded("office.no_program"))
    data = contents(path, worded("office"))
    kind = "text" if path.suffix.lower() in TEXTS else "sheet"
    if data.startswith(b"PK"):
        _require_bounded(path, data)
    with TemporaryDirectory(prefix="ogi-office-") as folder:
        source = Path(folder, "report" + _ending(data, kind))
        source.write_bytes(data)
        made = _convert(program, source, "docx" if kind == "text" else "html", path)
        try:
            document = word.read(made) if kind == "text" else html.read(made)
        except UnreadableFile as fault:
            raise UnreadableFile(path, fault.expected, fault.found) from fault
    titles = tuple(title for title in document.titles if title != source.stem)
    return replace(document, path=path, method=Method.WORD if kind == "text" else Method.HTML, titles=titles)


def _require_bounded(path: Path, data: bytes) -> None:
    """UnreadableFile where a zip file would keep LibreOffice busy without end."""
    try:
        require_bounded(path, data)
        require_usual_sheets(path, data)
    except ZIP_FAULTS as error:
        raise UnreadableFile(path, worded("office.opens"), worded("office.locked")) from error


def _ending(data: bytes, kind: str) -> str:
    """The ending that the bytes ask for: what is called .wps may be an old Word file, a new one or RTF."""
    return next((ending[kind] for mark, ending in _REAL_ENDING if data.startswith(mark)), _OLD_ENDING[kind])


def _convert(program: str, source: Path, to: str, path: Path) -> Path:
    out = source.parent / "out"
    profile = source.parent / "profile"
    _write_settings(profile)
    command = [
        *(program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--nolockcheck"),
        *("--convert-to", to, "--outdir", str(out), str(source)),
    ]
    _log.debug("%s: LibreOffice converts %s to %s", path, source.name, to)
    said = _run(command, path)
    made = out / f"{source.stem}.{to}"
    if not made.is_file():
        raise UnreadableFile(path, worded("office.opens"), _unopened(said))
    return made


def _unopened(said: str) -> Said:
    """The file by the last words of the program, where they tell more than that it failed."""
    if "Error" in said or not said:
        return worded("office.locked")
    return worded("office.unopened", fault=said.splitlines()[-1])


def _run(command: list[str], path: Path) -> str:
    """Run to the end or to the time limit, the whole process group then being killed."""
    quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    environment = {**os.environ, **_NO_NETWORK, "SAL_USE_VCLPLUGIN": "svp"}
    with subprocess.Popen(command, env=environment, start_new_session=True, text=True, **quiet) as process:  # type: ignore[call-overload]
        try:
            said: str = process.communicate(timeout=LIMITS.office_seconds)[0]
        except subprocess.TimeoutExpired as error:
            _kill(process)
            found = worded("office.no_end", n=LIMITS.office_seconds)
            raise UnreadableFile(path, worded("office.opens"), found) from error
    return said


def _kill(process: subprocess.Popen[str]) -> None:
    """The whole process group; where there are none (Windows), the program and what it has started."""
    if hasattr(os, "killpg"):
        os.killpg(process.pid, signal.SIGKILL)
        return
    for child in psutil.Process(process.pid).children(recursive=True):
        child.kill()
    process.kill()


def _write_settings(profile: Path) -> None:
    items = "".join(
        f'<item oor:path={quoteattr(place)}><prop oor:name={quoteattr(name)} oor:op="fuse">'
        f"<value>{value}</value></prop></item>"
        for place, name, value in _SETTINGS
    )
    head = '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry">'
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(
        f"{head}{items}</oor:items>", encoding="utf-8"
    )
