"""Formulas and diagrams: what is drawn, what is refused, and that the page stays safe and accessible."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from guide.render import diagrams, mathematics
from guide.render.diagrams import Diagram
from guide.tools.node import Answer, Drawing, Node
from hypothesis import given
from hypothesis import strategies as st

FLOW = "flowchart TD\n  a[Logs] --> b{Label?}\n  b -->|yes| c[(Store)]\n"


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


def test_a_diagram_travels_through_its_placeholder_unharmed() -> None:
    diagram = Diagram(FLOW, 'Logs <b> & "labels"', "A caption")
    assert diagrams.diagrams(f"<p>{diagrams.placeholder(diagram)}</p>") == [diagram]


def drawn(node: Node, source: str = FLOW, times: int = 1) -> str:
    diagram = Diagram(source, "Logs flow into a <store>", "")
    page = diagrams.placeholder(diagram) * times
    return diagrams.replace_diagrams(page, {diagram.drawing: node.draw("diagram", [diagram.drawing])[0]})


def test_a_diagram_has_a_text_alternative(node: Node) -> None:
    assert 'role="img" aria-label="Logs flow into a &lt;store&gt;"' in drawn(node)


def test_a_diagram_asks_for_no_font_and_brings_no_style_element(node: Node) -> None:
    assert "http" not in drawn(node).replace("http://www.w3.org/2000/svg", "")
    assert "<style" not in drawn(node)


def test_two_diagrams_on_a_page_share_no_id(node: Node) -> None:
    ids = re.findall(r'\bid="([^"]+)"', drawn(node, times=2))
    assert len(ids) == len(set(ids)) > 0


@pytest.mark.parametrize(
    "source",
    [
        FLOW,
        'flowchart TD\n  subgraph s[Serving]\n  a["f(x) [y]"] --> b((End))\n  end\n  b -.-> c([Go]) & d\n  %% remark',
        "stateDiagram-v2\n  [*] --> Idle\n  Idle --> Busy: work\n  Busy --> [*]",
        "sequenceDiagram\n  participant U as User\n  U->>S: ask\n  S-->>U: answer",
    ],
)
def test_sound_sources_have_no_faults(source: str) -> None:
    assert diagrams.faults(source) == []


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("", 1),
        ("pie\n  a: 1", 1),
        ("flowchart TD\n  a[Open --> b", 2),
        ("flowchart TD\n  a -> b", 2),
        ("flowchart TD\n  a --> b\n  end", 3),
        ("flowchart TD\n  subgraph s[S]\n  a --> b", 2),
        ("flowchart LR\n  " + " --> ".join("abcdef"), 1),
        ("flowchart TD\n  " + " --> ".join(f"n{k}" for k in range(17)), 1),
        ("stateDiagram-v2\n  A => B", 2),
        ("sequenceDiagram\n  A says B", 2),
    ],
)
def test_a_malformed_source_is_refused_at_its_line(source: str, line: int) -> None:
    faults = diagrams.faults(source)
    assert [fault.line for fault in faults] == [line]
    assert faults[0].cure


@given(st.text())
def test_no_source_makes_the_check_raise(source: str) -> None:
    diagrams.faults("flowchart TD\n" + source)
    diagrams.faults(source)


def test_an_undrawn_diagram_is_left_as_it_was() -> None:
    page = diagrams.placeholder(Diagram(FLOW, "alt", ""))
    assert diagrams.replace_diagrams(page, {Drawing(FLOW): Answer(error="no")}) == page
