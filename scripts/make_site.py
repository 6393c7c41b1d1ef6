"""Build the site of the docs in both languages, strictly: a warning, such as a dead link, is an error.

`python -m scripts.make_site [FOLDER]`; nothing is fetched, and what is built fetches nothing.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

from ogi.fonts import web_font_css

ROOT = Path(__file__).resolve().parents[1]
_OF_THE_THEME = "搜索正在中准备结果没有找到任何文档匹配您的查询共个页面内容目录在本页返回顶部下一上一隐藏高亮"
_FRONT = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>OGI Notebooks · 政府信息公开年报笔记本</title>
<script>
location.replace((navigator.language.startsWith("zh") ? "zh/docs/zh/" : "en/docs/") + "index.html");
</script>
<p><a href="en/docs/index.html">English</a> · <a href="zh/docs/zh/index.html">中文</a></p>
</html>
"""


def make_site(out: Path) -> int:
    """The first exit code that is not 0 of the two builds; what they say goes to standard error."""
    shutil.rmtree(out, ignore_errors=True)
    builds = [subprocess.Popen(_build(out, language)) for language in ("en", "zh")]
    codes = [build.wait() for build in builds]
    for language in ("en", "zh"):
        (out / language / "_static" / "font.css").write_text(_font(language), encoding="utf-8")
    (out / "index.html").write_text(_FRONT, encoding="utf-8")
    return max(codes)


@cache
def _font(language: str) -> str:
    """What is Chinese in the docs, for machines without a font for it."""
    pages = [*(ROOT / "docs").rglob("*.md"), *ROOT.glob("*.md"), ROOT / "data" / "README.md"]
    text = "".join(page.read_text(encoding="utf-8") for page in pages)
    return web_font_css("".join(sorted(set(text + _OF_THE_THEME))), language)


def _build(out: Path, language: str) -> list[str]:
    options = ["--quiet", "--fail-on-warning", "--nitpicky", "--write-all", "--conf-dir", str(ROOT / "docs")]
    places = [str(ROOT), str(out / language), "--doctree-dir", str(out / ".doctrees" / language)]
    return [sys.executable, "-m", "sphinx", "--tag", language, *options, *places]


if __name__ == "__main__":
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "site"
    code = make_site(folder)
    shutil.rmtree(folder / ".doctrees", ignore_errors=True)
    if code == 0:
        print(f"{folder / 'index.html'}")
    sys.exit(code)
