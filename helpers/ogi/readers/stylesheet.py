"""A small cascade: the properties of style that decide whether and how the text of an element shows.

Rules of style sheets and an element's own style are read alike. What holds is what a screen as wide as
SETTINGS.screen_width shows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from functools import lru_cache
from itertools import chain, islice, takewhile
from typing import Any, NamedTuple

from cssselect2 import ElementWrapper, Matcher, SelectorError, compile_selector_list
from lxml.html import HtmlElement
from tinycss2 import parse_blocks_contents, parse_rule_list, parse_stylesheet, serialize
from tinycss2.ast import AtRule, Declaration, Node, QualifiedRule
from tinycss2.color4 import parse_color

from ogi.readers.limits import LIMITS
from ogi.readers.looks import colour_of
from ogi.readers.screen import holds, holds_on_screen
from ogi.readers.selectors import Tokens, is_plain, loosened, selectors_of

_PROPERTIES = frozenset(
    "display visibility opacity color background-color background-image font-size text-indent position left"
    " top right bottom clip clip-path overflow width height max-width max-height margin-left vertical-align"
    " float text-decoration-line content mso-hide transform scale translate rotate filter mask mask-image"
    " -webkit-mask-image -webkit-text-security unicode-bidi direction letter-spacing order flex-direction"
    " margin-right margin-top padding-left padding-right min-width grid-area grid-column grid-row".split()
)
_SHORT = {"background": "background-color", "font": "font-size", "text-decoration": "text-decoration-line"}
"""Shorthands, and what is taken from them."""
_SIDES = ("margin", "padding")
"""Shorthands of a length for each side."""
_OTHER_NAMES = {
    "-webkit-text-fill-color": "color",
    "-webkit-mask": "mask",
    "-webkit-clip-path": "clip-path",
}
_NAMED = re.compile(
    r"(?:^|[;\s{])(?:" + "|".join((*_PROPERTIES, *_SHORT, *_SIDES, *_OTHER_NAMES)) + r")\s*:", re.IGNORECASE
)
_BRACKETS = re.compile(r"[(\[{}\])]")

_WORST = {"display": "none", "visibility": "hidden", "opacity": "0", "position": "absolute"}
"""What a custom property (var) may stand for in these, where a script may set it to anything."""

Declared = tuple[tuple[str, str, bool], ...]
"""Declarations of a rule or a style attribute: property, value, whether it is !important."""
Ruled = dict[tuple[HtmlElement, str | None], Declared]
"""What rules declare of an element (None) and of its ::before and ::after, weakest first."""


class _Rule(NamedTuple):
    """A selector of a rule and what the rule declares. `is_sure`: does it choose what the rule does?"""

    selector: list[Node]
    declared: Declared
    is_sure: bool

    @property
    def is_harmless(self) -> bool:
        """Can it change no number? One that is not evaluated may show again what another hides."""
        return all(_is_harmless(name, value) for name, value, _ in self.declared) and (
            self.is_sure or all(name != "display" for name, _, _ in self.declared)
        )


class _Element(ElementWrapper):  # type: ignore[misc]
    """An element of the page, as selectors see it, which counts how often they look at what is around it."""

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.previous = None  # or each element of a long list would keep all those before it in memory
        self.trials: list[int] = [0] if self.parent is None else self.parent.trials
        around = () if self.parent is None else (self.parent, *self.parent.around)
        self.around: tuple[_Element, ...] = around[: LIMITS.css_ancestors]

    @property
    def ancestors(self) -> tuple[_Element, ...]:
        """The nearest elements around this one, innermost first; none once the page has cost too much."""
        self.trials[0] += len(self.around)
        return self.around if self.trials[0] <= LIMITS.css_trials else ()


def ruled(root: HtmlElement, *, every: bool) -> tuple[Ruled, Ruled]:
    """Return what the style sheets declare, and what they may declare by rules that are not evaluated.

    In a page with more rules or elements than LIMITS allow, what comes later has no style. `every`: must also
    rules be looked at that hide, move and add nothing?
    """
    found: dict[tuple[HtmlElement, str | None], list[Declared]] = {}
    perhaps: dict[tuple[HtmlElement, str | None], list[Declared]] = {}
    rules = list(_bounded_rules(root, every=every))
    # Most sheets hide, add and move nothing, and matching them would double the time of reading a page.
    is_harmless = all(rule.is_harmless for rule in rules) and not root.xpath(_WITH_GROUND)
    if not rules or (is_harmless and not every):
        return {}, {}
    matcher = Matcher()
    for rule in rules:
        with suppress(SelectorError):
            for selector in compile_selector_list(rule.selector):
                matcher.add_selector(selector, rule)
    elements = islice(_Element.from_html_root(root).iter_subtree(), LIMITS.css_trials // len(rules))
    for element in takewhile(lambda element: element.trials[0] <= LIMITS.css_trials, elements):
        for _, _, pseudo, rule in matcher.match(element):  # from the weakest rule to the strongest
            key, into = (element.etree_element, pseudo), found if rule.is_sure else perhaps
            into.setdefault(key, []).append(rule.declared)
    return _together(found), _together(perhaps)


def _together(told: dict[tuple[HtmlElement, str | None], list[Declared]]) -> Ruled:
    # What many rules declare alike is the same once, as said by the last.
    return {
        key: tuple(chain.from_iterable(reversed(dict.fromkeys(reversed(declared)))))
        for key, declared in told.items()
    }


def _bounded_rules(root: HtmlElement, *, every: bool) -> Iterator[_Rule]:
    """The rules up to LIMITS, and as many of those that are not evaluated and may hide, move or add text.

    `every`: also those that do nothing of this.
    """
    counts = {True: 0, False: 0}
    for rule in _rules(root):
        if rule.is_sure or (counts[False] < LIMITS.css_rules and (every or not rule.is_harmless)):
            counts[rule.is_sure] += 1
            yield rule
        if counts[True] == LIMITS.css_rules:
            return


def strongest(declared: Iterable[tuple[str, str, bool]]) -> dict[str, str]:
    """The value of each property, of declarations from the weakest to the strongest."""
    values: dict[str, tuple[str, bool]] = {}
    for name, value, important in declared:
        if name not in values or important or not values[name][1]:
            values[name] = value, important
    return {name: value for name, (value, _) in values.items()}


@lru_cache(maxsize=4096)
def declared_in(style: str) -> Declared:
    """What a style attribute declares of the properties looked at."""
    # Most attributes set none of them, and to search one costs a tenth of parsing it.
    return () if _NAMED.search(style) is None else _declared(_contents(_bounded(style)))[0]


def perhaps_in(style: str) -> Declared:
    """What a style attribute may declare, as `_declared` tells it."""
    return _declared(_contents(_bounded(style)))[1]


def _rules(root: HtmlElement) -> Iterator[_Rule]:
    """The rules that hold on the screen, a selector each; then those that may hold."""
    sheets = [(sheet.text or "", holds_on_screen(sheet.get("media", ""))) for sheet in root.iter("style")]
    for is_held in (True, None):
        text = _bounded("\n".join(text for text, held in sheets if held is is_held))
        nodes = parse_stylesheet(text, skip_comments=True, skip_whitespace=True)
        yield from _within(nodes, is_sure=is_held is True)


def _bounded(style: str) -> str:
    """The part of a style that can be parsed without danger."""
    style, depth = style[: LIMITS.css_characters], 0
    for bracket in _BRACKETS.finditer(style):
        depth = max(0, depth + (1 if bracket[0] in "([{" else -1))
        if depth > LIMITS.css_depth:
            return style[: bracket.start()]
    return style


def _within(
    nodes: Iterable[Node], depth: int = 0, *, is_sure: bool = True, parents: Sequence[Tokens] = ()
) -> Iterator[_Rule]:
    """The rules among the contents of a sheet, of an at-rule, or of a rule with the selectors `parents`."""
    for rule in nodes:
        if isinstance(rule, AtRule) and rule.content and depth < 3:
            is_held = holds(rule.lower_at_keyword, serialize(rule.prelude).strip())
            if is_held is not False:
                inside = _contents(rule.content) if parents else parse_rule_list(rule.content, True, True)
                own, more = _declared(inside) if parents else ((), ())
                yield from (_Rule(parent, own + more, False) for parent in parents if own + more)
                yield from _within(inside, depth + 1, is_sure=is_sure and is_held is True, parents=parents)
        elif isinstance(rule, QualifiedRule):
            yield from _of_rule(rule, depth, is_sure and not parents, parents)


def _of_rule(rule: QualifiedRule, depth: int, is_sure: bool, parents: Sequence[Tokens]) -> Iterator[_Rule]:
    inside = _contents(rule.content)
    declared, perhaps = _declared(inside)
    nested = [node for node in inside if not isinstance(node, Declaration)]
    if not declared and not perhaps and not nested:
        return
    around: list[Tokens] = []
    for selector in selectors_of(rule.prelude):
        if is_sure and is_plain(selector) and len(selector) <= LIMITS.css_selector:
            yield from [_Rule(selector, declared, True)] if declared else ()
            wider = [selector]
        else:
            wider = [one for one in loosened(selector, parents) if len(one) <= LIMITS.css_selector]
            yield from (_Rule(one, declared, False) for one in wider if declared)
        yield from (_Rule(one, perhaps, False) for one in wider if perhaps)
        around += loosened(selector, parents) if nested else ()
    if around and depth < 3:
        yield from _within(nested, depth + 1, is_sure=False, parents=around[: LIMITS.css_nested])


def _contents(content: str | list[Node]) -> list[Node]:
    """The declarations, and nested rules, of a rule or a style attribute."""
    return list(parse_blocks_contents(content, skip_comments=True, skip_whitespace=True))


def _declared(contents: Iterable[Node]) -> tuple[Declared, Declared]:
    """What is declared, and what may be: at worst, or by custom properties that are still to be looked up."""
    sure, perhaps = list[tuple[str, str, bool]](), list[tuple[str, str, bool]]()
    for declaration in contents:
        if not isinstance(declaration, Declaration):
            continue
        for name, value in _longhand(declaration):
            is_custom = "var(" in value
            if is_custom and name not in _WORST:
                perhaps.append((name, value, declaration.important))
            elif is_custom or (name == "color" and colour_of(value) is None and "(" in value):
                perhaps.append((name, _WORST.get(name, "transparent"), declaration.important))
            else:
                sure.append((name, value, declaration.important))
    return tuple(sure), tuple(perhaps)


def _longhand(declaration: Declaration) -> Iterator[tuple[str, str]]:
    """Property and value, also those within a shorthand; a shorthand that holds var() as it stands."""
    name = _OTHER_NAMES.get(declaration.lower_name, declaration.lower_name)
    value = serialize(declaration.value).strip()
    if "var(" in value and (name in _PROPERTIES or name in _SHORT or name in _SIDES):
        yield name, value
    elif name == "background":
        colours = (serialize([token]) for token in declaration.value)
        yield "background-color", next((c for c in colours if parse_color(c) is not None), "transparent")
        yield "background-image", value if "url(" in value or "gradient(" in value else "none"
    elif name == "font":
        sizes = (serialize([t]) for t in declaration.value if t.type in ("dimension", "percentage", "number"))
        yield "font-size", next((size for size in sizes if not size.isdigit() or size == "0"), "medium")
    elif name in _SIDES:
        yield from _sides(name, [serialize([t]).lower() for t in declaration.value if t.type != "whitespace"])
    elif name in _SHORT:
        yield _SHORT[name], value.lower()
    elif name in _PROPERTIES and ("color" not in name or "(" in value or parse_color(value) is not None):
        yield name, value if name == "content" else value.lower()


def _sides(name: str, told: list[str]) -> Iterator[tuple[str, str]]:
    """Those looked at of the lengths for each side, which are told from the top clockwise."""
    if told:
        right = told[min(1, len(told) - 1)]
        left = told[3] if len(told) == 4 else right  # opposite sides are alike where one is not told
        sides = {"top": told[0], "right": right, "left": left}
        longhand = ((f"{name}-{side}", length) for side, length in sides.items())
        yield from (one for one in longhand if one[0] in _PROPERTIES)


_HARMLESS = {
    "visibility": r"visible",
    "opacity": r"1(\.0*)?",
    "color": r"#0{3,6}|#333(333)?|black",
    "background-color": r"transparent|white|#[f][0-9a-f][f][0-9a-f][f][0-9a-f]|#fff|#eee",
    "background-image": r"none",
    "font-size": r"0?\.[5-9]\d*r?em|[1-9](\.\d+)?r?em|[6-9](px|pt)|[1-9]\d(\.\d+)?(px|pt)|medium|large",
    "position": r"static",
    "overflow": r"visible|auto",
    "vertical-align": r"middle|top|bottom|baseline",
    "text-decoration-line": r"none|underline",
    "direction": r"ltr",
    "flex-direction": r"row|column",
    "content": r"none|''|\"\"",
}
_WITH_GROUND = "//@bgcolor | //@style[contains(translate(., 'BACKGROUND', 'background'), 'background')]"
"""Where grounds are set beside the sheets, their colours matter."""
_NOT_NEGATIVE = frozenset(
    "text-indent margin-left margin-right margin-top padding-left padding-right letter-spacing".split()
)
_ANY_LENGTH = ("left", "top", "right", "bottom", "width", "height", "max-width", "max-height", "min-width")
"""Without a position or an overflow they change nothing."""


def _is_harmless(name: str, value: str) -> bool:
    """Can a declaration neither hide nor move nor add text, whatever else holds?"""
    if name == "display":
        return value != "none"
    if name in _NOT_NEGATIVE:
        return "-" not in value
    return name in _ANY_LENGTH or re.fullmatch(_HARMLESS.get(name, "none"), value) is not None
