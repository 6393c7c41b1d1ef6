"""Old Office files through a real LibreOffice."""

from __future__ import annotations

import json
import shutil
import subprocess
import threading
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from ogi.extract import read_report
from ogi.readers import office
from ogi.readers.document import UnreadableFile
from ogi.readers.limits import LIMITS

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "data" / "samples" / "示例市教育局" / "2019.docx"
PAGE = ROOT / "data" / "samples" / "示例市教育局" / "2024.html"


def convert(soffice: str, source: Path, to: str, folder: Path, *options: str) -> Path:
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [
        soffice,
        profile,
        "--headless",
        *options,
        "--convert-to",
        to,
        "--outdir",
        str(folder),
        str(source),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return folder / f"{source.stem}.{to}"


def golden(sample: Path) -> dict[str, list[object]]:
    record = ROOT / "tests" / "golden" / sample.parent.name / f"{sample.stem}.json"
    return json.loads(record.read_text(encoding="utf-8"))["figures"]


@pytest.mark.parametrize("ending", ["doc", "rtf", "odt"])
def test_old_texts_are_read_exactly(soffice, tmp_path, ending):
    made = convert(soffice, SAMPLE, ending, tmp_path)
    report = read_report(made)
    assert {f.id: [f.state, f.value, f.unit] for f in report.figures} == golden(SAMPLE)
    assert (report.agency, report.year, report.method) == ("示例市教育局", 2019, "word")


@pytest.mark.parametrize("ending", ["xls", "xlsx"])
def test_spreadsheets_are_read_exactly(soffice, tmp_path, ending):
    made = convert(soffice, PAGE, ending, tmp_path, "--infilter=HTML (StarCalc)")
    report = read_report(made)
    assert {f.id: [f.state, f.value, f.unit] for f in report.figures} == golden(PAGE)
    assert report.year == 2024


def test_what_is_called_wps_may_be_a_new_word_file(soffice, tmp_path):
    named = tmp_path / "2019.wps"
    shutil.copy(SAMPLE, named)
    assert {f.id: [f.state, f.value, f.unit] for f in read_report(named).figures} == golden(SAMPLE)


def test_without_libreoffice_one_line_says_so(tmp_path, monkeypatch):
    monkeypatch.setattr(office, "_PROGRAMS", ("no-such-program",))
    path = tmp_path / "2019.doc"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 rest")
    with pytest.raises(UnreadableFile, match=r"expected LibreOffice on the PATH to read \.doc, found none"):
        office.read(path)


def test_a_file_that_libreoffice_cannot_open_is_named_itself(soffice, tmp_path):
    path = tmp_path / "2019.xlsx"
    path.write_bytes(b"PK\x03\x04" + bytes(range(256)) * 20)
    with pytest.raises(UnreadableFile) as fault:
        office.read(path)
    assert str(path) in str(fault.value)
    assert "ogi-office" not in str(fault.value)


def test_a_conversion_that_does_not_end_is_killed_with_its_children(tmp_path, monkeypatch):
    endless = tmp_path / "endless"
    endless.write_text(f"#!/bin/sh\nsleep 60 & echo $! > {tmp_path}/child\nwait\n")
    endless.chmod(0o755)
    monkeypatch.setattr(office, "_PROGRAMS", (str(endless),))
    monkeypatch.setattr(office, "LIMITS", replace(LIMITS, office_seconds=1))
    path = tmp_path / "2019.doc"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 rest")
    with pytest.raises(UnreadableFile, match="no end after 1 second"):
        office.read(path)
    state = subprocess.run(
        ["ps", "-o", "stat=", "-p", (tmp_path / "child").read_text().strip()], capture_output=True
    )
    assert state.stdout.strip() in (b"", b"Z")


@pytest.mark.parametrize(("pause", "said"), [(0, "locked"), (4, "no end after 2 seconds")])
def test_a_conversion_may_take_so_many_seconds(tmp_path, monkeypatch, pause, said):
    program = tmp_path / "slow"
    program.write_text(f"#!/bin/sh\nsleep {pause}\n")
    program.chmod(0o755)
    monkeypatch.setattr(office, "_PROGRAMS", (str(program),))
    monkeypatch.setattr(office, "LIMITS", replace(LIMITS, office_seconds=2))
    path = tmp_path / "2019.doc"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 rest")
    with pytest.raises(UnreadableFile, match=said):
        office.read(path)


def test_nothing_is_fetched_while_converting(soffice, tmp_path):
    asked: list[str] = []

    class Server(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        do_HEAD = do_OPTIONS = do_PROPFIND = do_GET  # noqa: N815

        def log_message(self, *_: object) -> None:
            """Keep the test's output clean."""

    server = HTTPServer(("127.0.0.1", 0), Server)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    link = f"http://127.0.0.1:{server.server_port}/picture.png"
    field = rf'{{\field{{\*\fldinst INCLUDEPICTURE "{link}" \\d}}{{\fldrslt x}}}}'
    path = tmp_path / "linked.rtf"
    path.write_text(rf"{{\rtf1\ansi report {field}\par}}", encoding="ascii")
    try:
        office.read(path)
    finally:
        server.shutdown()
        server.server_close()
    assert asked == []
