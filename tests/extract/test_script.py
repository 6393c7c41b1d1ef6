from __future__ import annotations

from ogi.extract.script import simplified, spellings


def test_traditional_characters_become_simplified_and_words_stay():
    assert simplified("政府資訊公開工作年度報告") == "政府资讯公开工作年度报告"
    assert simplified("规章 12") == "规章 12"


def test_an_official_text_with_the_words_that_sites_put_in_its_place():
    assert spellings("行政规范性文件") == ("行政规范性文件", "行政规范性档案")
    assert spellings("总体情况") == ("总体情况",)


def test_bytes_of_another_charset_in_a_file_name_do_no_harm():
    assert simplified("\udcca示例\ud835") == "?示例?"
