"""Signs of Markdown in what a reader sees: each kind is found, and ordinary text and code are not taken for it."""

import pytest
from guide.render.leftovers import leftover
from guide.render.safety import findings

LEFT = [
    "a **bold word that ends nowhere",
    "see [the chapter](../a.md",
    "as shown[^1]",
    "the value $x_i$ here",
    "and $$ x^2 $$",
    "the share \\frac of it",
    "```python",
    "| a | b |\n|---|---|",
    "First\n- one thing\n- another",
    "1. one\n2. two",
    "a heading {: #anchor }",
    "a heading { .tl-wide }",
    "[!NOTE] mind this",
    "--8<-- file.md",
    "see [[Another page]]",
    "some ==marked== text",
    "some ~~struck text",
    "a &amp; b",
]
SOUND = [
    "from $4,000 to $5,000 a month",
    "2 * 3 * 4 = 24, and a*b",
    "the matrix [[5, 2], [2, 2]]",
    "x == y, and f(x) is no link",
    "file names such as my_module.py and __init__",
    "a range 5–7, a dash – and a list: one, two",
    "C:\\ is a drive",
    "Did it rise? - No.",
]


@pytest.mark.parametrize("text", LEFT)
def test_markdown_that_was_not_read_is_found(text: str) -> None:
    assert leftover(text) is not None


@pytest.mark.parametrize("text", SOUND)
def test_ordinary_text_is_left_alone(text: str) -> None:
    assert leftover(text) is None


@pytest.mark.parametrize("page", ["<p><code>**a**</code></p>", '<p><span class="arithmatex">\\(\\alpha\\)</span></p>'])
def test_code_and_formulas_may_hold_any_sign(page: str) -> None:
    assert findings(page) == []


def test_a_page_with_a_sign_is_refused_with_what_it_shows() -> None:
    (finding,) = findings("<p>a **bold word</p>")
    assert finding.markup == "**bold word"
    assert "strong text" in finding.message
