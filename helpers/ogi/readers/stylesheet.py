"""A small cascade: the properties of style that decide whether and how the text of an element shows.

Rules of style sheets and an element's own style are read alike. What holds is what a screen as wide as
SETTINGS.screen_width shows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import lru_cache
from itertools import groupby, islice, pairwise, takewhile
from typing import Any

from cssselect2 import ElementWrapper, Matcher, SelectorError, compile_selector_list
from lxml.html import HtmlElement
from tinycss2 import parse_blocks_contents, parse_rule_list, parse_stylesheet, serialize
from tinycss2.ast import AtRule, Declaration, Node, QualifiedRule
from tinycss2.color4 import parse_color

from ogi.readers.limits import LIMITS
from ogi.readers.settings import SETTINGS

_PROPERTIES = frozenset(
    "display visibility opacity color background-color background-image font-size text-indent position left"
    " top right bottom clip clip-path overflow width height max-width max-height margin-left vertical-align"
    " float text-decoration-line content mso-hide transform scale translate rotate filter mask mask-image"
    " -webkit-mask-image -webkit-text-security unicode-bidi direction letter-spacing order flex-direction"
    " margin-right margin-top grid-area grid-column grid-row".split()
)
_SHORT = {"background": "background-color", "font": "font-size", "text-decoration": "text-decoration-line"}
"""Shorthands, and what is taken from them."""
_OTHER_NAMES = {"-webkit-text-fill-color": "color"}
_NAMED = re.compile(
    r"(?:^|[;\s{])(?:" + "|".join((*_PROPERTIES, *_SHORT, *_OTHER_NAMES)) + r")\s*:", re.IGNORECASE
)
_BRACKETS = re.compile(r"[(\[{}\])]")
_PLAIN = ("ident", "hash", "whitespace", "[] block")
# Siblings (+ ~) are left out: their cost on a page made to be slow has no bound.
_COMBINING = (".", ">", "*")
_CHOOSING = ("not", "is", "where")
"""Pseudo-classes that take selectors."""
# Other pseudo-classes depend on a state, such as :hover, which is for a script or the mouse to bring about.
_PSEUDO = frozenset("before after first-child last-child nth-child root".split())
_WIDTHS = re.compile(r"\((min|max)-width:([\d.]+)(px|r?em)\)")

Declared = tuple[tuple[str, str, bool], ...]
"""Declarations of a rule or a style attribute: property, value, whether it is !important."""


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


def ruled(root: HtmlElement) -> dict[tuple[HtmlElement, str | None], Declared]:
    """Return what the style sheets declare of each element and of its ::before and ::after, weakest first.

    In a page with more rules or elements than LIMITS allow, what comes later has no style.
    """
    matcher, rules = Matcher(), list(islice(_rules(root), LIMITS.css_rules))
    for selector, declared in rules:
        matcher.add_selector(selector, declared)
    found: dict[tuple[HtmlElement, str | None], Declared] = {}
    # Most sheets hide, add and move nothing, and matching them would double the time of reading a page.
    plain = all(_is_harmless(name, value) for _, declared in rules for name, value, _ in declared)
    if not rules or (plain and not root.xpath(_WITH_GROUND)):
        return found
    elements = islice(_Element.from_html_root(root).iter_subtree(), LIMITS.css_trials // len(rules))
    for element in takewhile(lambda element: element.trials[0] <= LIMITS.css_trials, elements):
        for _, _, pseudo, declared in matcher.match(element):  # from the weakest rule to the strongest
            key = (element.etree_element, pseudo)
            found[key] = found.get(key, ()) + declared
    return found


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
    return () if _NAMED.search(style) is None else _declared(_bounded(style))


def _rules(root: HtmlElement) -> Iterator[tuple[Any, Declared]]:
    """The selectors of the rules that hold on the screen, each with what it declares."""
    sheets = (s for s in root.iter("style") if _holds_on_screen(s.get("media", "")))
    text = "\n".join(sheet.text or "" for sheet in sheets)
    yield from _within(parse_stylesheet(_bounded(text), skip_comments=True, skip_whitespace=True))


def _bounded(style: str) -> str:
    """The part of a style that can be parsed without danger."""
    style, depth = style[: LIMITS.css_characters], 0
    for bracket in _BRACKETS.finditer(style):
        depth = max(0, depth + (1 if bracket[0] in "([{" else -1))
        if depth > LIMITS.css_depth:
            return style[: bracket.start()]
    return style


def _within(nodes: Iterable[Node], depth: int = 0) -> Iterator[tuple[Any, Declared]]:
    for rule in nodes:
        if isinstance(rule, AtRule) and rule.content and depth < 3:
            if _holds(rule.lower_at_keyword, serialize(rule.prelude).strip()):
                yield from _within(parse_rule_list(rule.content, True, True), depth + 1)
        elif isinstance(rule, QualifiedRule) and (declared := _declared(rule.content)):
            for selector in _selectors(rule.prelude):
                yield selector, declared


def _holds(keyword: str, condition: str) -> bool:
    """Do the rules hold that stand within such an at-rule? Today's browsers support what pages ask for."""
    if keyword == "media":
        return _holds_on_screen(condition)
    return keyword == "layer" or (keyword == "supports" and not condition.lower().startswith("not"))


def _holds_on_screen(media: str) -> bool:
    """Does a media query hold on a screen? One that is not understood holds nowhere."""
    return any(_part_holds("".join(part.split("and"))) for part in media.lower().split(","))


def _part_holds(part: str) -> bool:
    words = "".join(part.split())
    wrong = words.startswith("not")
    kind = _WIDTHS.sub("", words).removeprefix("not").removeprefix("only")
    widths = ((end, float(n) * (1 if unit == "px" else 16)) for end, n, unit in _WIDTHS.findall(words))
    fits = all(
        (n <= SETTINGS.screen_width) if end == "min" else (n >= SETTINGS.screen_width) for end, n in widths
    )
    return (
        ((kind in ("", "all", "screen") and fits) != wrong)
        if kind in ("", "all", "screen", "print")
        else False
    )


def _declared(content: str | list[Node]) -> Declared:
    declarations = parse_blocks_contents(content, skip_comments=True, skip_whitespace=True)
    written = (d for d in declarations if isinstance(d, Declaration))
    return tuple((name, value, d.important) for d in written for name, value in _longhand(d))


def _longhand(declaration: Declaration) -> Iterator[tuple[str, str]]:
    """Property and value, also those within a shorthand; nothing where a colour is not understood."""
    name = _OTHER_NAMES.get(declaration.lower_name, declaration.lower_name)
    value = serialize(declaration.value).strip()
    if name == "background":
        colours = (serialize([token]) for token in declaration.value)
        yield "background-color", next((c for c in colours if parse_color(c) is not None), "transparent")
        yield "background-image", value if "url(" in value or "gradient(" in value else "none"
    elif name == "font":
        sizes = (serialize([t]) for t in declaration.value if t.type in ("dimension", "percentage", "number"))
        yield "font-size", next((size for size in sizes if not size.isdigit() or size == "0"), "medium")
    elif name in _SHORT:
        yield _SHORT[name], value.lower()
    elif name in _PROPERTIES and ("color" not in name or parse_color(value) is not None):
        yield name, value if name == "content" else value.lower()


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
_ANY_LENGTH = ("left", "top", "right", "bottom", "width", "height", "max-width", "max-height")
"""Without a position or an overflow they change nothing."""


def _is_harmless(name: str, value: str) -> bool:
    """Can a declaration neither hide nor move nor add text, whatever else holds?"""
    if name == "display":
        return value != "none"
    if name in ("text-indent", "margin-left", "margin-right", "margin-top", "letter-spacing"):
        return "-" not in value
    return name in _ANY_LENGTH or re.fullmatch(_HARMLESS.get(name, "none"), value) is not None


def _selectors(prelude: list[Node]) -> Iterator[Any]:
    """The selectors of a rule one by one: one that is not understood does not spoil the others."""
    tokens = (token for token in prelude if token.type != "comment")
    for is_comma, group in groupby(tokens, lambda token: token == ","):
        selector = list(group)
        if not is_comma and _is_plain(selector) and len(selector) <= LIMITS.css_selector:
            with suppress(SelectorError):
                yield from compile_selector_list(selector)


def _is_plain(selector: list[Node]) -> bool:
    after_colon = [token for before, token in pairwise(selector) if before == ":"]
    names = [
        getattr(token, "lower_name", getattr(token, "lower_value", ""))
        for token in after_colon
        if token != ":"
    ]
    chosen = [token for token in after_colon if getattr(token, "lower_name", "") in _CHOOSING]
    others = (token for token in selector if token != ":" and token not in after_colon)
    is_known = set(names) <= _PSEUDO.union(_CHOOSING) and all(_is_list(token.arguments) for token in chosen)
    return is_known and all(t.type in _PLAIN or t in _COMBINING for t in others)


def _is_list(selectors: list[Node]) -> bool:
    """Are all selectors of a list plain?"""
    return _is_plain([token for token in selectors if token != "," and token.type != "comment"])
