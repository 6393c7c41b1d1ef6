from __future__ import annotations

import pytest

from ogi.checks import RULES
from scripts.make_docs import CATALOGUE, DICTIONARY, data_dictionary, rules


def test_the_data_dictionary_is_what_forms_and_schemas_say():
    assert DICTIONARY.read_text(encoding="utf-8") == data_dictionary(), "run `make docs`"


def test_the_rules_are_those_of_the_catalogue():
    assert CATALOGUE.read_text(encoding="utf-8") == rules(), "run `make docs`"


@pytest.mark.parametrize("rule_id", RULES)
def test_every_rule_is_told_once_in_both_languages(rule_id):
    rule = RULES[rule_id]
    (line,) = [line for line in rules().splitlines() if line.startswith(f"| `{rule_id}` |")]
    assert rule.zh in line
    assert rule.en in line
    assert "{" not in line
