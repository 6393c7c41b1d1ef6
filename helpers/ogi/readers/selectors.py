"""Selectors of style sheets: which are evaluated, and what stands for those that are not.

One that is not evaluated (siblings, :has, nested rules) is loosened to others that choose no less. Its last
part is kept, which describes the element itself: `b + .n:has(i)` becomes `.n`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from tinycss2 import parse_component_value_list
from tinycss2.ast import Node

_COMBINATORS = (">", "+", "~")
_STATES = frozenset(
    "hover active focus focus-visible focus-within visited target invalid valid user-invalid autofill"
    " fullscreen modal popover-open placeholder-shown host playing paused".split()
)
"""Pseudo-classes that a script or the mouse has to bring about."""
_OF_ITSELF = ("first-letter", "first-line")
"""Pseudo-elements that are a part of the element's own text."""
_ADDED = ("before", "after")
_ANYTHING = parse_component_value_list("*")

_PLAIN = ("ident", "hash", "whitespace", "[] block")
# Siblings (+ ~) are left out: their cost on a page made to be slow has no bound. Such rules are loosened.
_COMBINING = (".", ">", "*")
_CHOOSING = ("not", "is", "where")
"""Pseudo-classes that take selectors."""
# Other pseudo-classes depend on a state, such as :hover, which is for a script or the mouse to bring about.
_PSEUDO = frozenset("before after empty first-child last-child nth-child root".split())

Tokens = list[Node]


def selectors_of(prelude: list[Node]) -> Iterator[Tokens]:
    """The selectors of a rule one by one: one that is not understood does not spoil the others."""
    tokens = (token for token in prelude if token.type != "comment")
    yield from (
        list(group) for is_comma, group in groupby(tokens, lambda token: token == ",") if not is_comma
    )


def is_plain(selector: list[Node]) -> bool:
    """Is a selector of the kind that is evaluated?"""
    after_colon = [token for before, token in pairwise(selector) if before == ":"]
    names = {_named(token) for token in after_colon if token != ":"}
    chosen = [token for token in after_colon if getattr(token, "lower_name", "") in _CHOOSING]
    others = (token for token in selector if token != ":" and token not in after_colon)
    is_known = names <= _PSEUDO.union(_CHOOSING) and all(_is_list(token.arguments) for token in chosen)
    return is_known and all(t.type in _PLAIN or t in _COMBINING for t in others)


def _is_list(selectors: list[Node]) -> bool:
    """Are all selectors of a list plain?"""
    return is_plain([token for token in selectors if token != "," and token.type != "comment"])


def loosened(selector: Sequence[Node], parents: Sequence[Tokens] = ()) -> Iterator[Tokens]:
    """The selectors that choose at least what one does; none where it chooses nothing while nobody acts.

    `parents`: of a nested rule, what the rule around it is loosened to, for which & stands.
    """
    if any(_named(token) in _STATES for before, token in pairwise(selector) if before == ":"):
        return
    last = _last_part(selector)
    kept = _kept(last)
    if kept is None:
        return
    if parents and "&" in last:
        yield from ([*parent, *kept] for parent in parents)
    else:
        yield kept if kept and kept[0] != ":" else [*_ANYTHING, *kept]


def _last_part(selector: Sequence[Node]) -> Tokens:
    tokens = list(selector)
    while tokens and tokens[-1].type == "whitespace":
        tokens.pop()
    ends = [at for at, token in enumerate(tokens) if token.type == "whitespace" or token in _COMBINATORS]
    return tokens[ends[-1] + 1 :] if ends else tokens


def _kept(part: Tokens) -> Tokens | None:
    """The part without its pseudo-classes; None where it is of what is no text of the element."""
    kept: Tokens = []
    colons: Tokens = []
    for token in part:
        if token == ":":
            colons.append(token)
        elif not colons:
            kept += [] if token == "&" else [token]
        else:
            name = _named(token)
            if name in _ADDED:
                kept += [*colons, token]
            elif name.startswith("-") or (len(colons) == 2 and name not in _OF_ITSELF):
                return None
            colons = []
    return kept


def _named(token: Node) -> str:
    return str(getattr(token, "lower_name", getattr(token, "lower_value", "")))
