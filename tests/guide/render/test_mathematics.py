"""Formulas: what is set, what is refused and in which words, and that the page stays safe and accessible."""

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from guide.render import mathematics
from guide.tools.node import Drawing, Node


def page_with(tex: str, display: bool = False) -> str:
    return f'<div class="arithmatex">\\[{tex}\\]</div>' if display else f'<span class="arithmatex">\\({tex}\\)</span>'


def done(node: Node, page: str) -> str:
    found = mathematics.formulas(page)
    return mathematics.replace_formulas(page, dict(zip(found, node.draw("math", found), strict=True)))


def set_(node: Node, tex: str, display: bool = False) -> str:
    (answer,) = node.draw("math", [Drawing(tex, display)])
    assert not answer.error
    return answer.html


def said(node: Node, tex: str) -> tuple[str, str]:
    formula = Drawing(tex)
    explained = mathematics.explain(formula, node.draw("math", [formula])[0])
    assert explained is not None
    return explained


def test_a_formula_becomes_mathml_and_nothing_else(node: Node) -> None:
    page = done(node, page_with("x^2"))
    assert re.fullmatch(r'<span class="tl-kept" translate="no"><math data-tex="x\^2">.*</math></span>', page)
    assert "<span" not in page.removeprefix("<span")
    ElementTree.fromstring(page)


def test_escaped_signs_reach_the_typesetter_as_written() -> None:
    assert mathematics.formulas(page_with("a &lt; b &amp; c")) == [Drawing("a < b & c")]


@pytest.mark.parametrize("after", [",", ").", "?", "’s"])
def test_no_line_begins_with_what_follows_a_formula(node: Node, after: str) -> None:
    page = done(node, page_with("w") + f"{after} and")
    kept = after if after != "’s" else "’"
    assert f"</math>{kept}</span>{after.removeprefix(kept)} and" in page


def test_a_long_formula_may_be_broken_and_takes_the_comma_along(node: Node) -> None:
    page = done(node, page_with("a = b + c + d + e + f + g + h + i") + ", and")
    assert 'class="tl-long"' in page
    assert page.count("<mrow>") > 5
    assert page.endswith('<mtext class="tl-after">,</mtext></mrow></math></span> and')


def test_a_formula_in_long_brackets_may_be_broken_within_them(node: Node) -> None:
    parts = set_(node, r"-\sum_i [y_i \log p_i + (1-y_i)\log(1-p_i)]").split("</mrow><mrow><mrow><mo fence")
    assert 'class="tl-long"' in parts[0]
    assert parts[0].endswith("<mo>+</mo>")


def test_a_wide_formula_can_be_scrolled_by_keyboard_and_is_not_translated(node: Node) -> None:
    page = done(node, page_with("x", display=True))
    assert page.startswith('<div class="tl-math" translate="no" tabindex="0"')
    assert '<math display="block"' in page


def test_the_exponent_of_a_sum_stands_at_its_parenthesis(node: Node) -> None:
    assert re.search(r"<msup><mo[^>]*>\)</mo><mn[^>]*>2</mn></msup>", set_(node, r"(y - \hat{f})^2"))


def test_a_bar_that_opens_is_told_from_one_that_closes(node: Node) -> None:
    forms = re.findall(r'form="(\w+)">\|', set_(node, r"\bigl| x \bigr| + \bigl| y \bigr|"))
    assert forms == ["prefix", "postfix", "prefix", "postfix"]


def test_a_function_has_space_before_it_whatever_stands_there(node: Node) -> None:
    for before in ("y", r"\frac{1}{2}", "p(x)"):
        assert '<mrow><mspace width="0.1667em"></mspace><mi>log</mi>' in set_(node, rf"{before} \log z")
    assert "<mrow><mi>log</mi>" in set_(node, r"= \log z")


def test_the_source_of_a_formula_stands_in_it_for_whoever_copies(node: Node) -> None:
    page = done(node, page_with(r"\lambda &lt; 1"))
    assert ElementTree.fromstring(page)[0].get("data-tex") == r"\lambda < 1"


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
        r"\class{a}{x}",
        r"\data{a=b}{x}",
        r"\style{position:fixed}{x}",
        r"\id{content}{x}",
        r"\htmlClass{a}{x}",
        r"\def\a{\a\a}\a",
        r"\color{red;background:url(x)}x",
        r"\rule{10000em}{10000em}",
    ],
)
def test_a_formula_holds_no_links_pictures_html_or_endless_macros(node: Node, tex: str) -> None:
    (answer,) = node.draw("math", [Drawing(tex)])
    assert answer.error
    assert not answer.html


def test_a_formula_cannot_grow_over_the_page(node: Node) -> None:
    for tex in (r"a \hspace{10000em} b", r"a \kern 10000em b"):
        (answer,) = node.draw("math", [Drawing(tex)])
        assert not re.search(r'="\d{3,}\.?\d*em"', answer.html)


@pytest.mark.parametrize(
    ("tex", "message", "fix"),
    [
        (r"a = b \label{eq:one}", r"`\label`", "the formula above"),
        (r"by \eqref{eq:one}", r"`\eqref`", "link to the section"),
        (r"\mathbbm{1}[x > 0]", r"`\mathbbm`", r"`\mathbf{1}`"),
        (r"D_{\KL}(p \| q)", r"`\KL`", r"`\operatorname{KL}`"),
        ("50%", "lone `%`", r"`\%`"),
        (r"\newcommand{\R}{\mathbb{R}} \R", r"`\newcommand`", "Write it out"),
        (r"\DeclareMathOperator{\KL}{KL}", r"`\DeclareMathOperator`", r"\operatorname"),
        ("x_{é}", "letter", r"\text"),
        (r"\begin{align} a &= b \end{align}", "`align`", "aligned"),
        (r"\frac{1", "cannot be set", "TeX"),
        (r"x \cancel{y}", "styles cannot show", "TeX"),
        (r"\mathfrak{g}", "fonts do not have: 𝔤", "words"),
    ],
)
def test_what_is_wrong_is_said_in_plain_words_with_the_cure(node: Node, tex: str, message: str, fix: str) -> None:
    told, help_ = said(node, tex)
    assert f"`{tex}`" in told
    assert message in told
    assert fix in help_
    assert "\N{COMBINING LOW LINE}" not in told


@pytest.mark.parametrize(
    "tex",
    [
        r"\operatorname{softmax}(z)_i = \frac{e^{z_i}}{\sum_{j=1}^{K} e^{z_j}}",
        r"\bm{\theta} \in \mathbb{R}^d, \mathcal{N}(\mu, \sigma^2), \mathbf{1}^\top w, \text{see é}",
        r"\begin{aligned} a &= b \\ c &= \begin{cases} 1 & x > 0 \\ 0 & \text{otherwise} \end{cases} \end{aligned}",
        r"\underbrace{\sigma^2}_{\text{noise}} + \overline{ab} + \widehat{xyz} + \lVert w \rVert_2 \gg f''(x)",
    ],
)
def test_what_chapters_use_is_set_with_the_signs_of_the_face(node: Node, tex: str) -> None:
    formula = Drawing(tex, display=True)
    assert mathematics.explain(formula, node.draw("math", [formula])[0]) is None


def test_what_was_drawn_is_not_drawn_again(tmp_path: Path) -> None:
    first = Node(tmp_path)
    drawn = first.draw("math", [Drawing("z")])
    first.close()
    second = Node(tmp_path)
    assert second.draw("math", [Drawing("z")]) == drawn
    assert second._process is None


def test_an_unknown_formula_is_left_as_it_was() -> None:
    assert mathematics.replace_formulas(page_with("q"), {}) == page_with("q")


def test_a_formula_in_a_heading_is_marked_in_the_contents() -> None:
    assert mathematics.mark_in_contents(r"Cost \(O(n^2)\) of this") == f"Cost {page_with('O(n^2)')} of this"
