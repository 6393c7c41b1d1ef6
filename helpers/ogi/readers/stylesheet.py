"""Elements that the rules of a page's own style sheets hide on a screen."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from itertools import groupby, islice, takewhile
from typing import Any

from cssselect2 import ElementWrapper, Matcher, SelectorError, compile_selector_list
from lxml.html import HtmlElement
from tinycss2 import parse_blocks_contents, parse_stylesheet
from tinycss2.ast import Declaration, Node, QualifiedRule

from ogi.readers.limits import LIMITS

_HIDING = {"display": ("none",), "visibility": ("hidden", "collapse")}
_ON_SCREEN = ("", "all", "screen")
_PLAIN = ("ident", "hash", "whitespace")
# Pseudo-classes and siblings (: + ~) are left out: what depends on a state, such as :hover, is for a script
# to show, and their cost on a page made to be slow has no bound.
_COMBINING = (".", ">", "*")


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


def hidden_by_rules(root: HtmlElement) -> set[HtmlElement]:
    """Return the elements that a rule of a style sheet hides and their own style does not show again.

    In a page with more rules or elements than LIMITS allow, what comes later counts as shown.
    """
    matcher, rules = Matcher(), list(islice(_rules(root), LIMITS.css_rules))
    for selector, declared in rules:
        matcher.add_selector(selector, declared)
    if not any(_hides(declaration) for _, declared in rules for declaration in declared):
        return set()
    elements = islice(_Element.from_html_root(root).iter_subtree(), LIMITS.css_trials // len(rules))
    looked_at = takewhile(lambda element: element.trials[0] <= LIMITS.css_trials, elements)
    return {
        element.etree_element
        for element in looked_at
        if element.local_name not in ("html", "body") and _is_hidden(element, matcher)
    }


def _rules(root: HtmlElement) -> Iterator[tuple[Any, list[Declaration]]]:
    """The selectors of the rules that say whether something is shown, each with what it declares."""
    sheets = (s for s in root.iter("style") if s.get("media", "").strip().lower() in _ON_SCREEN)
    text = "\n".join(sheet.text or "" for sheet in sheets)[: LIMITS.css_characters]
    for rule in parse_stylesheet(text, skip_comments=True, skip_whitespace=True):
        # @media and its like are left out: most are for print or for another width of the window.
        declared = _declared(rule.content) if isinstance(rule, QualifiedRule) else []
        if declared:
            for selector in _selectors(rule.prelude):
                yield selector, declared


def _declared(content: str | list[Node]) -> list[Declaration]:
    declarations = parse_blocks_contents(content, skip_comments=True, skip_whitespace=True)
    return [d for d in declarations if isinstance(d, Declaration) and d.lower_name in _HIDING]


def _selectors(prelude: list[Node]) -> Iterator[Any]:
    """The selectors of a rule one by one: one that is not understood does not spoil the others."""
    tokens = (token for token in prelude if token.type != "comment")
    for is_comma, group in groupby(tokens, lambda token: token == ","):
        selector = list(group)
        is_plain = all(token.type in _PLAIN or token in _COMBINING for token in selector)
        if not is_comma and is_plain and len(selector) <= LIMITS.css_selector:
            with suppress(SelectorError):
                yield from compile_selector_list(selector)


def _is_hidden(element: _Element, matcher: Matcher) -> bool:
    """Does the strongest declaration hide the element? Its own style is the strongest but for !important."""
    strongest: dict[str, Declaration] = {}
    for *_, declared in matcher.match(element):  # from the weakest rule to the strongest
        for declaration in declared:
            before = strongest.get(declaration.lower_name)
            if before is None or declaration.important or not before.important:
                strongest[declaration.lower_name] = declaration
    if not strongest:
        return False
    own = {d.lower_name for d in _declared(element.etree_element.get("style", ""))}
    return any(_hides(d) and (d.important or name not in own) for name, d in strongest.items())


def _hides(declaration: Declaration) -> bool:
    words = (token.lower_value for token in declaration.value if token.type == "ident")
    return next(words, "") in _HIDING[declaration.lower_name]
