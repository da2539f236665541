"""The parser: what it finds, on which line, and that it holds against the real Markdown."""

from __future__ import annotations

import functools
import re
from typing import Any

import markdown
import pytest
from guide.model.body import Block
from guide.model.vocabulary import BLOCKS
from guide.read.markdown import Anchors, merge, parse, plain, slugify
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown.extensions.toc import slugify as markdown_slugify

# Pieces that mean something to the parser: random characters alone would hardly ever form a fence or a block.
INLINE = [
    "`",
    "``",
    "$",
    "$$",
    "\\",
    "[",
    "](",
    ")",
    "![",
    "]: ",
    "{",
    "}",
    "{!",
    "!}",
    "{#a}",
    "<",
    ">",
    "*",
    "_",
    "=",
]
MARKUP = ["<u>", "<!--", "-->", "<!-- gap: x -->", "javascript:", "onclick=", "&lt;", "[[listing x]]"]
LINES = [
    "```",
    "~~~",
    "=",
    "# ",
    "## ",
    "- ",
    "> ",
    "1. ",
    "|",
    "|--|",
    "---",
    "///",
    "////",
    "/// note",
    "/// short\n",
]
SPACE = ["\n", "\n\n", " ", "    ", "\t", "\r", "\x0c", "\u2028", "\x00"]
OTHERS = ["a", "word", "é", "\ud7ff", "🙂", "//// question | Q?\n    id: x\n"]
PIECES = st.sampled_from([*INLINE, *MARKUP, *LINES, *SPACE, *OTHERS])
TEXTS = st.one_of(st.text(), st.lists(PIECES, max_size=60).map("".join))


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_no_text_makes_the_parser_raise(text: str) -> None:
    parse(text)


@settings(max_examples=150, deadline=None)
@given(TEXTS, st.integers(1, 500))
def test_everything_found_is_on_a_line_of_the_text(text: str, first: int) -> None:
    body = parse(text, first)
    last = first + len(re.split("\r\n|\r|\n", text)) - 1
    found = [*body.headings, *body.links, *body.fences, *body.problems, *body.all_blocks()]
    assert all(first <= item.line <= last for item in found)
    assert all(first <= line <= last for _, line in (*body.gaps, *body.includes, *body.listings))


@given(st.text())
@example("Bias² and variance: 50 % – “quoted”_x")
def test_slugs_are_those_of_markdown(text: str) -> None:
    assert slugify(text) == markdown_slugify(text, "-")


@given(st.lists(st.sampled_from(["a", "a_1", "b", ""]), max_size=8))
def test_anchors_are_unique(texts: list[str]) -> None:
    anchors = Anchors()
    assert len({anchors.unique(text) for text in texts}) == len(texts)


# Without the signs that become symbols: `(c)` and `1/2` have no place in a heading that is linked to.
WORDS = (
    st.text(alphabet="abcXYZ019 éß-:,.?'%&", min_size=1, max_size=30)
    .map(str.strip)
    .filter(lambda text: slugify(text) not in ("", "-") and text[-1] not in "#")
)


@functools.cache
def site_markdown() -> markdown.Markdown:
    """Return Markdown with what the site uses where code, HTML and anchors are concerned."""
    return markdown.Markdown(
        extensions=["abbr", "attr_list", "def_list", "footnotes", "tables", "toc"]
        + [f"pymdownx.{name}" for name in ("arithmatex", "betterem", "superfences", "tasklist")],
        extension_configs={"pymdownx.arithmatex": {"generic": True}},
    )


def render(text: str) -> tuple[str, list[Any]]:
    converter = site_markdown()
    converter.reset()
    html = converter.convert(text)
    return html, converter.toc_tokens  # type: ignore[attr-defined]


def _anchors(tokens: list[Any]) -> list[str]:
    return [anchor for token in tokens for anchor in (token["id"], *_anchors(token["children"]))]


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=6))
def test_heading_anchors_are_those_of_markdown(titles: list[str]) -> None:
    text = "\n\n".join(f"## {title}\n\nText." for title in titles)
    assert [heading.anchor for heading in parse(text).headings] == _anchors(render(text)[1])


@pytest.mark.parametrize(
    "title",
    [
        "Plain words",
        "With `code` in it",
        "With *emphasis* and **more**",
        "With _underscores_ and snake_case",
        "A [link](https://example.org) inside",
        "Given an id {#other}",
        "Given a class { .wide }",
        "Closed with marks ##",
        "1. A number",
        "Ampersand & dash – here",
        "Escaped \\* star",
    ],
)
def test_heading_anchors_with_markup_are_those_of_markdown(title: str) -> None:
    text = f"## {title}\n\nText.\n\n## {title}\n"
    first = parse(text).headings[0]
    assert first.anchor == _anchors(render(text)[1])[0]


def _render_block(block: tuple[str, str, list[Any]], marks: int) -> str:
    name, title, inner = block
    head = f"{'/' * marks} {name}" + (f" | {title}" if title else "")
    body = "\n".join(_render_block(child, marks - 1) for child in inner) if inner else "Some text.\n"
    return f"{head}\n    id: x\n\n{body}\n{'/' * marks}\n"


BLOCK = st.recursive(
    st.tuples(st.sampled_from(BLOCKS), WORDS | st.just(""), st.just([])),
    lambda inner: st.tuples(st.sampled_from(BLOCKS), WORDS | st.just(""), st.lists(inner, max_size=3)),
    max_leaves=8,
)


def _depth(block: tuple[str, str, list[Any]]) -> int:
    return 1 + max((_depth(child) for child in block[2]), default=0)


def _shape(block: Block) -> tuple[str, str, list[Any]]:
    return block.name, block.title, [_shape(child) for child in block.children]


@settings(max_examples=150, deadline=None)
@given(st.lists(BLOCK, max_size=3))
def test_blocks_are_read_back_as_they_were_written(blocks: list[tuple[str, str, list[Any]]]) -> None:
    text = "\n".join(_render_block(block, 2 + _depth(block)) for block in blocks)
    body = parse(text)
    assert body.problems == ()
    assert [_shape(block) for block in body.blocks] == blocks
    assert all(block.options == "id: x\n" for block in body.all_blocks())


QUESTION = """Intro.

//// question | Why?
    id: why
    kind: explain

/// short
Because.
///

/// full
```python
# /// weak
print("////")
```
```output
////
```
///
////
After.
"""


def test_a_question_gives_its_parts_with_their_lines() -> None:
    (block,) = parse(QUESTION, first_line=11).blocks
    assert (block.line, block.end_line, block.options) == (13, 30, "id: why\nkind: explain\n")
    assert [(part.name, part.line, part.text_line, part.end_line) for part in block.children] == [
        ("short", 17, 18, 19),
        ("full", 21, 22, 29),
    ]
    short = block.child("short")
    assert short is not None
    assert short.text == "Because.\n"


def test_what_stands_in_a_fence_is_neither_block_nor_heading_nor_link() -> None:
    body = parse("```text\n# a\n/// note\n[a](b.md)\n<u>\n```\n")
    assert (body.headings, body.blocks, body.links, body.problems) == ((), (), (), ())


def test_a_fence_is_paired_with_its_output() -> None:
    body = parse("```python\n1\n```\n```output\n1\n```\n\n```python\n2\n```\n\n```text\n3\n```\n")
    assert [(code.text, output.text if output else None) for code, output in body.snippets()] == [
        ("1\n", "1\n"),
        ("2\n", None),
    ]


def test_the_attributes_of_a_fence_are_read() -> None:
    (fence,) = parse("```figure alt=\"A curve\" caption='It falls'\nplot()\n```\n").fences
    assert (fence.lang, dict(fence.attrs)) == ("figure", {"alt": "A curve", "caption": "It falls"})


@pytest.mark.parametrize("swallowed", ["```python\n2\n```", "/// mistake | A", "## How it fails"])
def test_an_output_that_holds_what_no_program_prints_was_not_closed(swallowed: str) -> None:
    (problem, *_) = parse(f"```python\nprint(1)\n```\n```output\n1\n\n{swallowed}\n\n```output\n2\n```\n").problems
    assert problem.line == 4
    assert f"not closed before `{swallowed.splitlines()[0]}` on line 7" in problem.message


@pytest.mark.parametrize(
    ("opening", "message"),
    [
        ("```py", "a `py` fence is not run"),
        ('```python title="a.py"', "a code fence takes no option `title` here"),
        ('```python hl_lines="1"', "a code fence takes no option `hl_lines` here"),
    ],
)
def test_what_other_sites_write_on_a_fence_is_told_by_its_line(opening: str, message: str) -> None:
    (problem,) = parse(f"Text.\n\n{opening}\n1 / 0\n```\n").problems
    assert (problem.line, problem.message) == (3, message)


def test_a_longer_fence_holds_a_shorter_one() -> None:
    (fence,) = parse("````markdown\n```python\n1\n```\n````\n").fences
    assert fence.text == "```python\n1\n```\n"


def test_an_indented_fence_loses_its_indent() -> None:
    (fence,) = parse("- item\n\n    ```python\n    if x:\n        y\n    ```\n").fences
    assert fence.text == "if x:\n    y\n"


def test_an_unclosed_inner_block_does_not_swallow_the_next() -> None:
    body = parse("//// question | Q?\n/// short\nA.\n\n/// full\nB.\n///\n////\n")
    assert [problem.line for problem in body.problems] == [2]
    assert [child.name for child in body.blocks[0].children] == ["short", "full"]


def test_a_link_may_hold_parentheses_and_a_picture() -> None:
    body = parse('[a](b_(c).md) and [![alt](p.svg)](q.md) and [t](<with space.md> "title")')
    assert [(link.target, link.image) for link in body.links] == [
        ("b_(c).md", False),
        ("q.md", False),
        ("p.svg", True),
        ("with space.md", False),
    ]


def test_code_and_mathematics_hold_no_links() -> None:
    assert parse("`[a](b.md)` and $[a](b.md)$ and\n\n$$\n[a](b.md)\n$$\n").links == ()


def test_reading_takes_longer_with_words_formulas_and_code() -> None:
    words = parse("word " * 400).reading_minutes
    assert words == pytest.approx(2.0)
    assert parse("word " * 400 + "\n\n$$\nx\n$$\n").reading_minutes > words
    assert parse("word " * 400 + "\n\n```python\nx = 1\n```\n").reading_minutes > words


FOLDED = """//// question | {title}
    id: q
    kind: explain
    level: mid
    rounds: [ml-breadth]

/// short
{words}

```python
x = 1
```
///
////
"""


def test_questions_and_other_closed_parts_are_not_read_on_the_way() -> None:
    question = FOLDED.format(title="What is this? " * 40, words="word " * 300)
    why = "/// why | Why so\n" + "word " * 200 + "\n///\n"
    assert parse("word " * 400 + f"\n\n{question}\n{why}").reading_minutes == pytest.approx(2.0)


def test_a_line_of_code_takes_two_seconds() -> None:
    code = "\n".join(f"x = {n}" for n in range(30))
    assert parse(f"```python\n{code}\n```\n").reading_minutes == pytest.approx(1.0)


def test_the_short_version_is_the_section_in_short_alone() -> None:
    body = parse(
        "# A\n\nword\n\n## In short\n\n" + "word " * 100 + "\n\n### More\n\nword\n\n## The idea\n\n" + "word " * 300
    )
    assert body.short_minutes == pytest.approx(102 / 200)
    assert parse("# A\n\n## The idea\n\nword\n").short_minutes == 0


def test_a_link_target_is_not_read_aloud() -> None:
    assert parse("[one word](a/very/long/path-of-many-words.md)").reading_minutes == pytest.approx(2 / 200)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("A *b* `c`", "A b c"),
        ("[a](b)", "a"),
        ("snake_case", "snake_case"),
        ("_a_ b", "a b"),
        ("a[^1]", "a"),
        ("a &amp; b", "a & b"),
    ],
)
def test_the_text_of_a_heading_is_without_markup(written: str, shown: str) -> None:
    assert plain(written) == shown


def test_cells_are_joined_on_their_lines() -> None:
    body = merge([(parse("# A\n\ntext"), 4), (parse("text\n\n## B\n\n[c](d.md)"), 20)])
    assert [(heading.text, heading.line) for heading in body.headings] == [("A", 4), ("B", 20)]
    assert [link.line for link in body.links] == [20]


REPEATED = [
    "```a\n",
    "`",
    "$",
    "[",
    "[a",
    "/// note\n",
    "<",
    "{",
    "> ",
    "![a](",
    "\\",
    "\\[",
    "$$",
    "*",
    "{!",
    "    ",
    "| a ",
]
REPEATED += ["/////\n", "a\n=\n\n", "<!-- gap:", "` ``", "{ on", "#", "[x]:", "<u"]


@pytest.mark.parametrize("piece", REPEATED)
def test_a_large_page_of_one_piece_is_read_to_its_end(piece: str) -> None:
    """Repeats of one piece are where a parser that looks back and forth would never finish."""
    parse(piece * (200_000 // len(piece)))
