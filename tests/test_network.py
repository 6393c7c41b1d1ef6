"""Nothing is sent anywhere: traced by the system, in a network that has only its own loopback."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pypdfium2
import pytest

ROOT = Path(__file__).resolve().parents[1]
ALONE = """
import fcntl, os, socket, struct, sys
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:  # loopback is there, but off at first
    fcntl.ioctl(any_socket, 0x8914, struct.pack("16sh14x", b"lo", 0x1 | 0x40))
os.execvp(sys.argv[1], sys.argv[1:])
"""
COMMAND = 'import sys\nfrom ogi.cli import main\nif __name__ == "__main__":\n    sys.exit(main())\n'
SENDING = re.compile(r"\b(connect|sendto|sendmsg|sendmmsg)\(")
AWAY = re.compile(r'inet_addr\("(?!127\.)|inet_pton\(AF_INET6, "(?!::1"|::ffff:127\.)|htons\(53\)')
WRITING = re.compile(r'openat\([^"]*"([^"]+)", [^,)]*(?:O_WRONLY|O_RDWR|O_CREAT)[^=]*= \d+')
NOWHERE = ("/dev/", "/proc/", "/memfd:")


@pytest.fixture(scope="module")
def raw(tmp_path_factory: pytest.TempPathFactory, samples: Path) -> Path:
    """One agency with a PDF and two pages of the same as a scan."""
    folder = tmp_path_factory.mktemp("traced") / "raw" / "示例局"
    folder.mkdir(parents=True)
    report = next(samples.glob("*/*.pdf"))
    shutil.copy(report, folder / "2023.pdf")
    document = pypdfium2.PdfDocument(report)
    pages = [document[n].render(scale=150 / 72).to_pil().convert("L") for n in range(2)]
    pages[0].save(folder / "2024.tiff", save_all=True, append_images=pages[1:], dpi=(150, 150))
    return folder.parent


def traced(raw: Path, *arguments: str) -> list[str]:
    """Run the command where only loopback is; every call of the system that opens or sends, in order."""
    top, log = raw.parent, raw.parent / "calls"
    (top / "ogi").write_text(COMMAND, "utf-8")
    command = [
        *("unshare", "--map-root-user", "--net", sys.executable, "-c", ALONE),
        *("strace", "-f", "-qq", "-s", "300", "-e", "trace=connect,sendto,sendmsg,sendmmsg,openat"),
        *("-o", str(log), sys.executable, str(top / "ogi"), *arguments),
    ]
    environment = {
        **os.environ,
        **{"HOME": str(top / "home"), "TMPDIR": str(top), "PYTHONDONTWRITEBYTECODE": "1"},
        "PYTHONPATH": str(ROOT / "helpers"),
    }
    done = subprocess.run(command, cwd=top, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return log.read_text("utf-8", "replace").splitlines()


@pytest.mark.parametrize(
    "arguments",
    [("parse", "raw/示例局/2024.tiff"), ("summarize", "raw", "--out", "out", "--tables", "tables")],
)
def test_no_command_sends_anything_or_writes_elsewhere(raw: Path, arguments: tuple[str, ...]) -> None:
    calls = traced(raw, *arguments)
    assert any("2024.tiff" in call for call in calls), "the scan is read"
    assert [call for call in calls if SENDING.search(call) and AWAY.search(call)] == []
    written = {found[1] for call in calls if (found := WRITING.search(call))}
    strange = {
        name for name in written if name.startswith("/") and not name.startswith((str(raw.parent), *NOWHERE))
    }
    assert strange == set()
    if arguments[0] == "summarize":
        assert (raw.parent / "out" / "示例局" / "index.html").is_file()
