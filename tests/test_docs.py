from __future__ import annotations

from scripts.make_docs import DICTIONARY, data_dictionary


def test_the_data_dictionary_is_what_forms_and_schemas_say():
    assert DICTIONARY.read_text(encoding="utf-8") == data_dictionary(), "run `make docs`"
