"""The rules: those that the forms demand, and those that rules.yaml declares."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ogi.agencies.near import nearest
from ogi.checks.words.vocabulary import Wording, wordings
from ogi.extract.report import Severity
from ogi.forms import ALL_TABLES, EDITIONS, TABLES, Equation
from ogi.forms.named import name_key
from ogi.said import Said, packaged, say, told, worded
from ogi.tables.csv_rows import LONGEST_SHOWN, fault

_DECLARED = packaged(__package__, "rules.yaml")

THEMES: dict[str, tuple[str, str]] = {
    theme: (names["zh"], names["en"]) for theme, names in _DECLARED["themes"].items()
}
"""Theme → its name in Chinese and in English; the order is that of pages and documents."""


@dataclass(frozen=True)
class Rule:
    """One rule: its id, and what it demands.

    Args:
        severity: that of a breach.
        official: does the form itself demand it?
        equation: the sum that it judges, None for other rules.
    """

    id: str
    theme: str
    zh: str
    en: str
    severity: Severity
    official: bool = False
    equation: Equation | None = None


def _of_the_forms() -> Iterator[Rule]:
    """The equations of every table and edition; one that both editions print is one rule."""
    for table in ALL_TABLES:
        for sum_ in table.equations:
            yield Rule(sum_.id, "sums", sum_.zh, sum_.en, Severity.ERROR, official=True, equation=sum_)


def _declared() -> Iterator[Rule]:
    for rule_id, declared in _DECLARED["rules"].items():
        theme, severity = declared["theme"], Severity(declared["severity"])
        named = [(f"told.{kind.id}", _counted(kind)) for kind in wordings("kinds")]
        for own_id, kind in named if rule_id == "told" else [(rule_id, "")]:
            demand = say(declared["en"], declared["zh"], kind=kind)
            yield Rule(
                own_id, theme, demand.zh, str(demand), severity, equation=_over_years(rule_id, declared)
            )


def _counted(kind: Wording) -> Said:
    """What a count in words is of: by its own name, else as the form calls the one item that it means."""
    if kind.zh:
        return Said(kind.en, kind.zh)
    (meaning,) = kind.means
    table, _, item = meaning.partition(": ")
    found = TABLES[table][EDITIONS[-1]].item(item)
    return Said(found.en[:1].lower() + found.en[1:], found.zh)


def _over_years(rule_id: str, declared: dict[str, Any]) -> Equation | None:
    if "sum" not in declared:
        return None
    axis, left, right = (declared["sum"][name] for name in ("axis", "left", "right"))
    ago = (*left.values(), *right.values())
    return Equation(rule_id, axis, tuple(left), tuple(right), declared["zh"], declared["en"], ago)


RULES: dict[str, Rule] = {rule.id: rule for rule in (*_of_the_forms(), *_declared())}
"""Rule id → rule, by theme."""


_FAILED = ("broken", "undecided")
"""The verdicts, declared above, with which a rule heads what does not hold."""


def failed_rule(rule_id: str, verdict: str) -> Said:
    """A rule that does not hold, as it heads a line: its bare name would tell that it does."""
    name = Said(RULES[rule_id].en, RULES[rule_id].zh)
    return worded("ogi", "failed_rule", name=name, verdict=worded("ogi", f"verdict.{verdict}"))


def _names(rule: Rule) -> Iterator[str]:
    """What a rule may be called: its id, its name, and that as it heads what does not hold."""
    yield from (rule.id, rule.zh, rule.en)
    for verdict in _FAILED:
        failed = failed_rule(rule.id, verdict)
        yield from (str(failed), failed.zh)


_BY_NAME = {name_key(name): rule.id for rule in RULES.values() for name in _names(rule)}


def rule_named(name: str) -> str | None:
    """The id of the rule that has this id, or this name in either language; None where none has it."""
    return _BY_NAME.get(name_key(name))


def no_rule(name: str) -> Said:
    """What is said where this was expected to name a rule: the rule that is nearest."""
    names = {written: rule for rule in RULES.values() for written in (rule.id, rule.zh, rule.en)}
    near = nearest(name, names)[:1]
    told_near = told_rule(names[near[0]].id) if near else ""
    wanted = worded("ogi.tables", "rule_near" if near else "rule", near=told_near)
    return fault(wanted, repr(name[:LONGEST_SHOWN]))


def told_rule(rule_id: str) -> Said:
    """A rule by its name, with the id that programs know it by; of one that is not known, the id alone."""
    if rule_id not in RULES:
        return Said.as_printed(rule_id)
    name = Said(RULES[rule_id].en, RULES[rule_id].zh)
    return say("“{name}” ({id})", "“{name}”（{id}）", name=name, id=rule_id)


def rule_name(rule_id: str, language: str) -> str:
    """What the rule demands, in the language; KeyError for an id that the catalogue lacks."""
    rule = RULES[rule_id]
    return told(say(rule.en, rule.zh), language)
