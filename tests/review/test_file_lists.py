"""Reports that may lie in a wrong folder."""

from __future__ import annotations

import pandas as pd

from ogi.review.file_lists import strange_titles


def test_a_title_is_strange_where_it_is_that_of_another_folder_or_of_another_report() -> None:
    """A folder may be called as it likes, as long as no other agency is meant."""
    rows = [
        ("区教育局", "某市某区教育局", 2024),
        ("公安局", "卫生健康局", 2024),
        ("卫生健康局", "卫生健康局", 2024),
        ("甲", "丙镇人民政府", 2024),
        ("乙", "丙镇人民政府", 2024),
        ("交通局", "水务局", 2023),
        ("水务局", None, 2024),
    ]
    reports = pd.DataFrame(rows, columns=["agency", "printed_agency", "year"]).astype({"year": "Int64"})
    assert strange_titles(reports, 2024).to_numpy().tolist() == [
        ["乙", "丙镇人民政府", "甲"],
        ["甲", "丙镇人民政府", "乙"],
        ["公安局", "卫生健康局", "卫生健康局"],
    ]
    assert strange_titles(reports, 2023).to_numpy().tolist() == [["交通局", "水务局", "水务局"]]
