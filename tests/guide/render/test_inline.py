"""Inline Markdown with less looking gives what Python-Markdown gives."""

from __future__ import annotations

import pytest
from guide.render import inline
from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown
from markdown.treeprocessors import InlineProcessor

from tests.guide.rendering import markdown

# What the patterns look for, the marks of what was already found, and what stands between them.
PIECES = [
    *"`$\\+[]()!<>&;*_'\"#:^-~{}/ \n\t0as",
    "\x02",
    "\x03",
    "  \n",
    "https://a.b/",
    "a@b.c",
    "klzzwxh:0001",
    "80s",
]
TEXTS = [
    "Plain words, and no more.",
    "`code`, ``a ` b``, \\`no code\\`, and `open",
    "$x_1 * y$ and \\(a*b\\), \\$5 or $ 6$",
    "*em* **strong** ***both*** _under_ snake_case_word __x__ *a **b** c*",
    "[a *link*](https://a.b/ \"Its 'title'\") [again][ref] [ref] ![`alt`](a.svg) [no link]\n\n[ref]: https://c.d/",
    "A note.[^1] And ++ctrl+c++ &amp; &copy; <https://a.b/> <a@b.c> a < b > c\n\n[^1]: Of *what*.",
    "'It's \"quoted 'twice'\"', the '80s, \"**bold**\" and l'été",
    "Ends  \nwith a break\\\nand *spans\ntwo* lines\n\n- 'one'\n- *two*\n\n| a | *b* |\n|---|---|\n| `c` | \"d\" |",
]


def plain() -> Markdown:
    """Return a converter with the processors of Python-Markdown in their places."""
    made = markdown()
    for name, priority in (("inline", 20), ("smarty", 6)):
        theirs = InlineProcessor(made)
        theirs.inlinePatterns = made.treeprocessors[name].inlinePatterns
        made.treeprocessors.register(theirs, name, priority)
    return made


OURS, THEIRS = markdown(), plain()


def test_our_processors_are_in_place() -> None:
    assert {type(OURS.treeprocessors[name]) for name in ("inline", "smarty")} == {inline._Inline}
    assert [type(each) is InlineProcessor for each in map(THEIRS.treeprocessors.__getitem__, ("inline", "smarty"))]
    names = [name for name, _ in OURS.treeprocessors._priority]
    assert names == [name for name, _ in THEIRS.treeprocessors._priority]


@pytest.mark.parametrize("text", TEXTS)
def test_all_of_inline_markdown_is_as_it_was(text: str) -> None:
    assert OURS.reset().convert(text) == THEIRS.reset().convert(text)


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_any_text_is_as_it_was(text: str) -> None:
    assert OURS.reset().convert(text) == THEIRS.reset().convert(text)


def expressions() -> dict[str, tuple[str, object]]:
    """Return the signs of each pattern that has some, and the search for its expression."""
    patterns = {
        name: registry[name]
        for registry in (OURS.treeprocessors[each].inlinePatterns for each in ("inline", "smarty"))
        for name, _ in registry._priority
    }
    return {name: (signs, patterns[name].getCompiledRegExp().search) for name, signs in inline.SIGNS.items()}


@given(st.lists(st.sampled_from([*PIECES, "–", "&mdash;", "++", "\\\\"]), max_size=12).map("".join))
def test_without_its_signs_no_expression_is_found(text: str) -> None:
    for name, (signs, search) in expressions().items():
        without = "".join(sign for sign in text if sign not in signs)
        assert search(without) is None, name  # type: ignore[operator]
