"""Formulas: what is set, what is refused, and that the page stays safe and accessible."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from guide.render import mathematics
from guide.tools.node import Drawing, Node


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Node]:
    node = Node(tmp_path_factory.mktemp("cache"))
    yield node
    node.close()


def page_with(tex: str, display: bool = False) -> str:
    return f'<div class="arithmatex">\\[{tex}\\]</div>' if display else f'<span class="arithmatex">\\({tex}\\)</span>'


def test_a_formula_becomes_html_with_mathml(node: Node) -> None:
    page = page_with("x^2")
    (drawing,) = mathematics.formulas(page)
    answers = dict(zip([drawing], node.draw("math", [drawing]), strict=True))
    done = mathematics.replace_formulas(page, answers)
    assert "<math" in done
    assert 'class="katex"' in done
    assert "arithmatex" not in done


def test_escaped_signs_reach_the_typesetter_as_written() -> None:
    assert mathematics.formulas(page_with("a &lt; b &amp; c")) == [Drawing("a < b & c")]


def test_no_line_breaks_between_a_formula_and_its_punctuation(node: Node) -> None:
    page = page_with("w") + ", and"
    (drawing,) = mathematics.formulas(page)
    done = mathematics.replace_formulas(page, {drawing: node.draw("math", [drawing])[0]})
    assert done.endswith('<span class="tl-after">,</span></span></span></span> and')


def test_a_wide_formula_can_be_scrolled_by_keyboard(node: Node) -> None:
    page = page_with("x", display=True)
    (drawing,) = mathematics.formulas(page)
    done = mathematics.replace_formulas(page, {drawing: node.draw("math", [drawing])[0]})
    assert 'tabindex="0"' in done


def test_a_faulty_formula_answers_with_its_error_and_the_others_are_set(node: Node) -> None:
    bad, good = node.draw("math", [Drawing(r"\frac{1"), Drawing("y")])
    assert bad.error
    assert not bad.html
    assert good.html


@pytest.mark.parametrize(
    "tex",
    [
        r"\href{javascript:alert(1)}{x}",
        r"\href{https://example.org}{x}",
        r"\url{javascript:alert(1)}",
        r"\includegraphics{https://example.org/x.png}",
        r"\htmlClass{a}{x}",
        r"\htmlData{a=b}{x}",
        r"\htmlStyle{position:fixed}{x}",
        r"\def\a{\a\a}\a",
        r"\color{red;background:url(x)}x",
    ],
)
def test_a_formula_holds_no_links_pictures_html_or_endless_macros(node: Node, tex: str) -> None:
    (answer,) = node.draw("math", [Drawing(tex)])
    assert answer.error
    assert not answer.html


def test_a_formula_cannot_grow_over_the_page(node: Node) -> None:
    (answer,) = node.draw("math", [Drawing(r"\rule{10000em}{10000em}")])
    assert "10000em" not in re.sub("<annotation.*?</annotation>", "", answer.html)


def test_what_was_drawn_is_not_drawn_again(tmp_path: Path) -> None:
    first = Node(tmp_path)
    drawn = first.draw("math", [Drawing("z")])
    first.close()
    second = Node(tmp_path)
    assert second.draw("math", [Drawing("z")]) == drawn
    assert second._process is None


def test_an_unknown_formula_is_left_as_it_was() -> None:
    assert mathematics.replace_formulas(page_with("q"), {}) == page_with("q")
