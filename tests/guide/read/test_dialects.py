"""Markdown that other tools read and ours does not is told by line; what is right passes, and so does Material's."""

from __future__ import annotations

import pytest
from guide.read.markdown import parse

WRONG = {
    "heading below a table": ("|a|b|\n|-|-|\n|1|2|\n## More\n", 4, "would become a row"),
    "text below a table": ("|a|b|\n|-|-|\n|1|2|\nMore.\n", 4, "would become a row"),
    "list below text": ("Steps:\n1. First\n2. Second\n", 2, "a list needs an empty line"),
    "bullets below text": ("Text.\n\nItems:\n- one\n- two\n", 4, "a list needs an empty line"),
    "list below text in an item": ("- a\n\n    Text:\n    - b\n", 4, "a list needs an empty line"),
    "list below text in a quotation": ("> Items:\n> - one\n", 2, "a list needs an empty line"),
    "list below a fence": ("```text\nx\n```\n- one\n", 4, "a list needs an empty line"),
    "two spaces": ("- a\n  - b\n", 2, "indented by 2"),
    "three spaces": ("1. a\n   - b\n", 2, "indented by 3"),
    "number that wraps in an item": ("- The shares are 18% for\n  32. With fewer it is more.\n", 2, "indented by 2"),
    "paragraph of an item": ("1. a\n\n   Text of a.\n", 3, "this paragraph is indented by 3"),
    "outer item below a nested one": ("- a\n\n    - b\n- c\n", 4, "becomes nested"),
    "item below a paragraph of an item": ("- a\n\n    More.\n- c\n", 4, "a list needs an empty line"),
    "sign at the end of a heading": ("## C++ and C#\n", 1, "would vanish"),
    "fence of an item": ("1. A\n\n   ```bash\n   cmd\n   ```\n\n2. B\n", 3, "this code fence is indented by 3"),
    "alert": ("> [!NOTE]\n> Text.\n", 1, "alerts are not read"),
    "snippet": ('--8<-- "snippet.md"\n', 1, "includes nothing"),
    "wikilink": ("See [[a page]].\n", 1, "is not a link"),
    "contents": ("Here: [TOC]\n", 1, "`[TOC]` is not read"),
    "emoji": ("Good :smile: work\n", 1, "is not a picture"),
    "icon": ("Good :material-check: work\n", 1, "is not a picture"),
    "lowered": ("H~2~O\n", 1, "do not lower"),
    "raised": ("x^2^ grows\n", 1, "do not lower"),
    "annotation": ("Text (1).\n{ .annotate }\n", 2, "annotations are not read"),
    "spaces in an address": ("[spaces](my file.md)\n", 1, "an address may not hold spaces"),
    "footnote": ("One.\n\nTerm[^missing]\n", 3, "the footnote `[^missing]` is not defined"),
    "surplus cell": ("| a | b |\n|---|---|\n| 1 | 2 |\n| 1 | 2 | 3 |\n", 4, "this row has 3 cells"),
    "comment": ("Text.\n\n<!-- TODO: private -->\n", 3, "raw HTML"),
    "note without a kind": ("!!!\n    Text.\n", 1, "looks like a note"),
    "tab without quotation marks": ("=== NumPy\n\n    Text.\n", 1, "looks like a note"),
    "note whose text is not indented": ("!!! note\nText.\n", 1, "nothing belongs to this header"),
}
RIGHT = {
    "lists": "Items:\n\n- a\n    - b\n\n        More of b.\n\n- c\n  and more\n\n1. one\n2. two\n",
    "list below a heading": "## A heading\n- one\n",
    "list in a block": "/// note | Title\n- one\n///\n",
    "number that ends a sentence": "Of ten it finds\n5. The others are lost.\n",
    "code in an item": "1. A\n\n    ```text\n    x\n    ```\n\n2. B\n\n    - C\n",
    "a fence below text": "Text:\n```text\n- x\n```\n",
    "code": "Write `--8<--`, `[[x]]`, `[TOC]`, `:smile:`, `x^2^`, `[^x]`, `[a](b c.md)`.\n",
    "formulas": "The matrix $[[a]]_{i}$ and $x^2 + y^2$, or $a \\mid b$; a ratio of 1:2:3.\n",
    "signs in headings": "## C++ and C\\#\n\n## Closed ##\n\n## `C#`\n",
    "footnote": "Term[^a]\n\n[^a]: What it means.\n",
    "bar that is text": "| a | b |\n|---|---|\n| `x \\| y` | 2 |\n",
    "title of a link": '[a](page.md "Its title")\n',
    "Material's": '!!! note "A title"\n    Text.\n\n    - one\n\n??? question "Why?"\n    Text.\n\n'
    '=== "NumPy"\n\n    ```text\n    x\n    ```\n\n=== "PyTorch"\n\n    ==marked== ~~struck~~\n',
    "underlined heading": "A heading\n=========\n\nText.\n",
}


@pytest.mark.parametrize("name", WRONG)
def test_what_would_silently_read_otherwise_is_told_by_line(name: str) -> None:
    text, line, said = WRONG[name]
    told = [(problem.line, problem.message) for problem in parse(text).problems]
    assert [at for at, _ in told] == [line]
    assert said in told[0][1]


@pytest.mark.parametrize("name", RIGHT)
def test_what_is_right_passes(name: str) -> None:
    assert not parse(RIGHT[name]).problems
