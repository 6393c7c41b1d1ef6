"""Notebook 1 run as a reader would run it: what it says of each format, and how it looks in a browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import lxml.html
import nbformat
import pytest
from nbconvert import HTMLExporter
from nbformat import NotebookNode
from playwright.sync_api import Browser, Page

from ogi.bulk.run import NotebookFailure, execute, load
from ogi.pages import printed
from ogi.pages.export import page as whole_page

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOK = ROOT / "notebooks" / "1_read_one_report.ipynb"
PDF, HTML, TEXT = "淮安市洪泽区人民政府/2023.pdf", "上海市人民政府办公厅/2019.html", "示例镇人民政府/2022.txt"


def run(sample: str, language: str, **given: str | int) -> NotebookNode:
    parameters = {"source": f"data/samples/{sample}", "language": language, **given}
    return execute(load(NOTEBOOK), NOTEBOOK.name, parameters, engine="ogi")


@pytest.fixture(scope="module")
def of_pdf() -> NotebookNode:
    return run(PDF, "en")


def outputs(notebook: NotebookNode) -> dict[str, str]:
    """Cell id → what its output shows to a reader."""
    found = {}
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            root = lxml.html.fragment_fromstring(output["data"]["text/html"])
            for style in root.xpath(".//style"):
                style.drop_tree()
            found[cell.id] = " ".join(" ".join(root.itertext()).split())
    return found


# --- the notebook as it lies in the repository -----------------------------------------------------


def test_the_notebook_is_thin_and_reads_like_an_article():
    notebook = load(NOTEBOOK)
    code = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
    lengths = sorted(len([line for line in source.splitlines() if line.strip()]) for source in code)
    assert lengths[-1] <= 8
    assert lengths[len(lengths) // 2] <= 3
    assert not any(line.startswith(("def ", "class ")) for source in code for line in source.splitlines())
    assert not any(cell.get("outputs") or cell.get("execution_count") for cell in notebook.cells)
    headings = [cell.source.splitlines()[0] for cell in notebook.cells if cell.cell_type == "markdown"]
    assert all(heading.count("?</span>") == heading.count("？</span>") == 1 for heading in headings)
    nbformat.validate(notebook)


# --- what it says ----------------------------------------------------------------------------------


def test_a_pdf_in_english(of_pdf):
    said = outputs(of_pdf)
    assert "洪泽区人民政府 2023年政府信息公开工作年度报告" in said["report-identity"]
    assert "Requests received and handled: form 2019" in said["report-identity"]
    assert "Newly received requests 一、本年新收政府信息公开申请数量 21 0 0 0 0 0 21" in said["report-tables"]
    assert "the form's own sums do not hold 2" in said["report-sums"]
    assert "but 总计 = 0 (difference 11)" in said["report-sums"]
    assert "requests/new/total = 21 件 every sum it takes part in holds" in said["report-sheets"]
    assert "10 a sum it takes part in is broken" in said["report-sheets"]
    assert "was read as" in said["report-reading"]
    assert "总体情况 page 1" in said["report-narrative"]
    for id in ("one-cell", "table-lines"):
        (picture,) = [output for cell in of_pdf.cells if cell.id == id for output in cell.outputs]
        assert "data:image/png;base64," in picture["data"]["text/html"]


def test_a_web_page_in_chinese():
    said = outputs(run(HTML, "zh"))
    assert "上海市人民政府办公厅" in said["report-identity"]
    assert "2019" in said["report-identity"]
    assert "一、本年新收政府信息公开申请数量" in said["report-tables"]
    assert "年报中为空白" in said["report-tables"]
    assert "存疑" in said["report-tables"]
    assert "未能判定" in said["report-sums"]
    assert said["report-sheets"] == "此格式没有可绘制的页面；识别结果见上列各表。"
    assert "没有页面位置" in said["one-cell"]
    assert "仅PDF文件" in said["table-lines"]


def test_pasted_text_with_a_row_missing_in_english():
    said = outputs(run(TEXT, "en"))
    assert "示例镇人民政府" in said["report-identity"]
    assert "not in the report" in said["report-tables"]
    assert "sums and balances that could be checked hold" in said["report-sums"]
    assert "Warnings: to be asked about" in said["report-sums"]
    assert "expected by the form, not found" in said["report-reading"]
    assert "总体情况" in said["report-narrative"]


def test_pasted_text_in_chinese_with_agency_and_year_given():
    said = outputs(run(TEXT, "zh", agency="某镇人民政府", year=2023))
    assert "某镇人民政府 按参数指定；年报自身为：示例镇人民政府" in said["report-identity"]
    assert "2023 按参数指定；年报自身为：2022" in said["report-identity"]
    assert "年报中无此栏" in said["report-tables"]
    assert "项勾稽关系全部符合" in said["report-sums"]


def test_a_bad_file_is_one_line_and_stops_the_run(tmp_path):
    path = tmp_path / "empty.pdf"
    path.touch()
    with pytest.raises(
        NotebookFailure, match=r"Refused: .*empty\.pdf: expected a report, found an"
    ) as failure:
        execute(load(NOTEBOOK), NOTEBOOK.name, {"source": str(path)}, engine="ogi")
    shown = failure.value.__cause__
    assert shown.traceback == [shown.evalue]


# --- how it looks ----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def exported(of_pdf, tmp_path_factory) -> dict[str, Path]:
    """The run as plain nbconvert exports it, and as the project's own page."""
    folder = tmp_path_factory.mktemp("notebook")
    paths = {"nbconvert": folder / "lab.html", "page": folder / "page.html"}
    paths["nbconvert"].write_text(HTMLExporter().from_notebook_node(of_pdf)[0], encoding="utf-8")
    paths["page"].write_text(whole_page(of_pdf, "洪泽区人民政府", NOTEBOOK.name), encoding="utf-8")
    return paths


@pytest.fixture(params=["nbconvert", "page"])
def shown(request, exported, browser: Browser) -> Iterator[Page]:
    """The file opened without any network."""
    view = browser.new_page()
    view.route(
        "**/*", lambda route: route.abort() if route.request.url.startswith("http") else route.continue_()
    )
    view.goto(exported[request.param].as_uri())
    yield view
    view.close()


EVERY_IMAGE_LOADS = """async () => {
    for (const image of document.images) { image.loading = 'eager'; await image.decode(); }
    return document.images.length > 0;
}"""
"""What is folded away is loaded when it is shown; one that is broken cannot be decoded."""
OUTSIDE = """() => [...document.querySelectorAll('.paper')].flatMap(paper => {
    const page = paper.querySelector('img').getBoundingClientRect();
    return [...paper.querySelectorAll('.spot')].filter(spot => {
        const box = spot.getBoundingClientRect();
        return box.width < 3 || box.height < 3 || box.left < page.left - 1 || box.right > page.right + 1
            || box.top < page.top - 1 || box.bottom > page.bottom + 1;
    }).map(spot => spot.id);
})"""


@pytest.mark.parametrize("width", [360, 1280])
def test_the_cells_lie_on_the_page_and_nothing_runs_over_the_edge(shown: Page, width: int):
    shown.set_viewport_size({"width": width, "height": 900})
    assert shown.locator(".spot").count() == 186
    assert shown.evaluate(OUTSIDE) == []
    assert shown.evaluate("document.documentElement.scrollWidth") <= width
    assert shown.evaluate(EVERY_IMAGE_LOADS)
    first, beside = (shown.locator(name).first.bounding_box() for name in (".paper", ".read-side"))
    if width == 360:
        assert beside["y"] >= first["y"] + first["height"]
    else:
        assert beside["x"] >= first["x"] + first["width"]


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize(
    "name", ["requests-new-natural_person", "requests-new-total", "review-reconsideration-total"]
)
def test_a_cell_tells_its_figure_when_tapped(shown: Page, width: int, name: str):
    shown.set_viewport_size({"width": width, "height": 900})
    tip = shown.locator(f"#spot-{name} + .tip")
    assert not tip.is_visible()
    shown.locator(f"#spot-{name}").click()
    assert tip.is_visible()
    assert tip.inner_text().startswith(name.replace("-", "/") + " = ")
    told, paper = (
        tip.bounding_box(),
        shown.locator(".paper", has=shown.locator(f"#spot-{name}")).bounding_box(),
    )
    assert told["x"] >= paper["x"] - 1
    assert told["x"] + told["width"] <= paper["x"] + paper["width"] + 1
    assert told["width"] > 100


def test_a_figure_leads_to_its_place_on_the_page(shown: Page):
    shown.locator('a[href="#spot-requests-new-total"]').first.click()
    assert shown.evaluate("document.querySelector(':target').id") == "spot-requests-new-total"
    shown.wait_for_function(
        "() => { const box = document.querySelector(':target').getBoundingClientRect();"
        " return box.top >= 0 && box.bottom <= innerHeight; }"
    )


def test_standings_differ_in_line_not_in_colour_alone(shown: Page):
    styles = {
        kind: shown.locator(f".spot.{kind}").first.evaluate(
            "e => [getComputedStyle(e).borderBottomStyle, getComputedStyle(e).borderTopWidth].join(' ')"
        )
        for kind in ("holds", "broken", "unchecked")
    }
    assert len(set(styles.values())) == 3, styles


def test_what_colours_mean_is_no_numbered_list(shown: Page):
    before = "e => getComputedStyle(e, '::before').content"
    assert not any(
        "counter" in content
        for content in shown.locator(".legend li").evaluate_all(f"all => all.map({before})")
    )


def test_the_style_of_the_outputs_stays_in_them(exported, browser: Browser):
    view = browser.new_page()
    view.route("http**", lambda route: route.abort())
    view.goto(exported["nbconvert"].as_uri())
    assert "Noto" not in view.evaluate("getComputedStyle(document.body).fontFamily")
    assert "Noto" in view.evaluate("getComputedStyle(document.querySelector('.ogi-report')).fontFamily")
    view.close()


def test_chinese_heads_stand_upright_in_an_english_jupyter(browser: Browser):
    report = printed.read(ROOT / "data" / "samples" / PDF, language="zh")
    view = browser.new_page()
    view.set_content(f'<html lang="en"><body>{printed.sheets(report)._repr_html_()}</body></html>')
    heads = view.locator(".read-side thead .n > span")
    turned = "all => all.map(head => getComputedStyle(head).transform)"
    assert set(heads.evaluate_all(turned)) == {"none"}
    view.close()
