"""Which elements the rules of a page's own style sheets hide: display: none for a class, an id or a tag."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from lxml.html import HtmlElement

MOST_CHARACTERS = 300_000
MOST_RULES = 400
"""Of style sheets and of rules on what is shown; more are left unread."""

MOST_TRIALS = 1_000_000
"""Of rules on elements; what comes later in a larger page is taken for shown."""
_HIGHEST = 40
"""How far above an element the steps of a selector are looked for."""

_COMMENT = re.compile(r"/\*(?:[^*]|\*(?!/))*+(?:\*/)?|<!--|-->")
_DECLARED = re.compile(r"(?:^|;)\s*(display|visibility)\s*:\s*([\w-]+)\s*(!\s*important)?", re.IGNORECASE)
_PART = re.compile(r"(?:\*|[a-z][\w-]*)?(?:[.#][\w-]+)*", re.IGNORECASE)
_MARK = re.compile(r"([.#])([\w-]+)")
_HIDING = frozenset(("none", "hidden", "collapse"))
_KEPT = frozenset(("html", "body"))

Weight = tuple[bool, int, int, int]
"""Importance, number of ids, of classes, of tags: what makes one rule stronger than another."""


@dataclass(frozen=True)
class _Part:
    """One step of a selector: a tag (or any), its classes, its ids."""

    tag: str
    classes: frozenset[str]
    ids: frozenset[str]

    @property
    def key(self) -> str:
        """One of the names that an element must have to fit."""
        names = [*(f"#{name}" for name in self.ids), *(f".{name}" for name in self.classes)]
        return next(iter(names), self.tag or "*")

    def fits(self, element: HtmlElement) -> bool:
        """Has the element the tag, all classes and all ids?"""
        return (
            self.tag in ("", "*", element.tag)
            and self.classes <= set(element.get("class", "").split())
            and self.ids <= {element.get("id", "")}
        )


@dataclass(frozen=True)
class _Rule:
    """A selector, outermost step first, and whether it hides."""

    steps: tuple[_Part, ...]
    hides: bool
    weight: Weight

    def fits(self, element: HtmlElement) -> bool:
        """Does the last step fit the element, and each other one an element around it, in that order?"""
        if not self.steps[-1].fits(element):
            return False
        above = islice(element.iterancestors(), _HIGHEST)
        return all(any(step.fits(ancestor) for ancestor in above) for step in reversed(self.steps[:-1]))


def hidden_by_rules(root: HtmlElement) -> set[HtmlElement]:
    """The outermost elements that are hidden by the strongest rule that fits them, on a screen."""
    text = "".join(style.text or "" for style in root.iter("style"))[:MOST_CHARACTERS]
    rules = list(islice(_rules(_COMMENT.sub("", text)), MOST_RULES))
    if not any(rule.hides for rule in rules):
        return set()
    last = {(rule.steps, rule.weight): (rank, rule) for rank, rule in enumerate(rules)}
    by_key: dict[str, list[tuple[Weight, int, _Rule]]] = {}
    for rank, rule in last.values():
        by_key.setdefault(rule.steps[-1].key, []).append((rule.weight, rank, rule))
    most = max(len(same) * max(len(rule.steps) for _, _, rule in same) for same in by_key.values())
    elements = islice(root.iterdescendants(), MOST_TRIALS // most)
    return {e for e in elements if e.tag not in _KEPT and _is_hidden(e, by_key)}


def _is_hidden(element: HtmlElement, by_key: dict[str, list[tuple[Weight, int, _Rule]]]) -> bool:
    """Does the strongest rule that fits an element hide it, and the element itself say nothing else?"""
    names = ["*", str(element.tag), *(f".{name}" for name in element.get("class", "").split())]
    candidates = [rule for name in (*names, f"#{element.get('id', '')}") for rule in by_key.get(name, ())]
    fitting = [ranked for ranked in candidates if ranked[2].fits(element)]
    if not fitting:
        return False
    strongest = max(fitting, key=lambda ranked: ranked[:2])[2]
    told_itself = _DECLARED.search(element.get("style", "")) is not None
    return strongest.hides and (strongest.weight[0] or not told_itself)


def _rules(text: str) -> Iterator[_Rule]:
    for selectors, body in _blocks(text):
        declared = _DECLARED.search(body)
        if declared is None:
            continue
        for selector in selectors.split(","):
            steps = _steps(selector.strip())
            if steps:
                ids, classes = sum(len(s.ids) for s in steps), sum(len(s.classes) for s in steps)
                tags = sum(s.tag not in ("", "*") for s in steps)
                weight = (declared[3] is not None, ids, classes, tags)
                yield _Rule(steps, declared[2].lower() in _HIDING, weight)


def _blocks(text: str) -> Iterator[tuple[str, str]]:
    """Selectors and declarations of each rule; what stands within @media and its like is left out."""
    at = 0
    while (opening := text.find("{", at)) >= 0:
        selectors = text[at:opening].rpartition(";")[2].strip()
        closing = _closing(text, opening)
        if not selectors.startswith("@"):
            yield selectors, text[opening + 1 : closing]
        at = closing + 1


def _closing(text: str, opening: int) -> int:
    depth = 0
    for brace in re.finditer(r"[{}]", text[opening:]):
        depth += 1 if brace[0] == "{" else -1
        if depth == 0:
            return opening + brace.start()
    return len(text)


def _steps(selector: str) -> tuple[_Part, ...]:
    """The steps of a selector; none where it uses more than tags, classes, ids and blanks between them."""
    steps = []
    for part in selector.split():
        if _PART.fullmatch(part) is None:
            return ()
        marks = _MARK.findall(part)
        tag = re.match(r"[\w*-]*", part)
        steps.append(
            _Part(
                tag[0].lower() if tag is not None else "",
                frozenset(name for kind, name in marks if kind == "."),
                frozenset(name for kind, name in marks if kind == "#"),
            )
        )
    return tuple(steps)
