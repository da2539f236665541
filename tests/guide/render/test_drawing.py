"""Formulas and diagrams of whole pages, tried without a build: what is found, and where it is told."""

import json
from contextlib import closing
from pathlib import Path

import pytest
from guide.model.problems import Problem
from guide.render import drawing
from guide.render.drawing import drawing_problems
from guide.tools.node import Node

from tests.guide.rendering import render


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "docs/_includes").mkdir(parents=True)
    return tmp_path


def found(root: Path, text: str, name: str = "docs/page.md") -> list[Problem]:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return drawing_problems(root, [path])


def told(root: Path, text: str) -> list[tuple[int, str]]:
    return [(problem.line, problem.message) for problem in found(root, text)]


def lines(root: Path, text: str) -> set[int]:
    return {line for line, _ in told(root, text)}


def test_a_sound_page_has_no_problems(root: Path) -> None:
    text = (
        "---\ntitle: Prices\n---\n\n# Prices\n\nFrom $12,000 to $15, `$ x $`, $x^2$.\n\n$$\na = b\n$$\n\n"
        "- item\n\n    $$\n    a = b\n    $$\n\n```python\ncost = '$x'  # \\alpha\n```\n\n"
        '```mermaid alt="two"\nflowchart TD\n  a --> b\n```\n\n| a | b |\n|---|---|\n| $x \\mid y$ | `a \\| b` |\n'
    )
    assert found(root, text) == []


def test_every_fault_is_told_at_its_line(root: Path) -> None:
    text = (
        "---\ntitle: Formulas\n---\n\n$\\mathbbm{1}[x > 0]$ and $D_{\\KL}(p \\| q)$ and $50%$\n\n"
        "$$\na = b \\label{eq:one}\n$$\n\n"
        '```mermaid alt="x"\nflowchart TD\n    A[Model: f(x)] --> B\n    classDef hot fill:#f96\n```\n'
    )
    assert sorted(line for line, _ in told(root, text)) == [5, 5, 5, 8, 13, 14]


@pytest.mark.parametrize("text", ["/// mistake | Late\n\ntext", "some **bold text", "a [link](x.md"])
def test_what_was_not_read_as_markdown_is_told_at_its_line(root: Path, text: str) -> None:
    assert lines(root, f"---\ntitle: Signs\n---\n\nfirst\n\n{text}\n") == {7}


def test_the_signs_of_a_fault_that_was_told_are_not_told_again(root: Path) -> None:
    path = root / "docs/page.md"
    path.write_text("some **bold text\n", encoding="utf-8")
    assert drawing_problems(root, [path], faulty={"docs/page.md"}) == []


def test_the_same_fault_is_told_wherever_it_stands(root: Path) -> None:
    assert [line for line, _ in told(root, "$\\KL$\n\ntext\n\n$\\KL$\n")] == [1, 5]


@pytest.mark.parametrize("cell", ["$P(A|B)$", "$|3| = 3$", r"$P(A\|B)$"])
def test_a_pipe_in_a_formula_of_a_table_is_refused(root: Path, cell: str) -> None:
    ((line, message),) = told(root, f"| quantity | formula |\n|---|---|\n| conditional | {cell} |\n| $a$ | $b$ |\n")
    assert line == 3
    assert "formula in a table" in message


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("$$\\mathrm{loss} = 1$$\nText right after.", 1),
        ("First.\n\nAnd $$ x^2 $$ in a sentence.", 3),
        ("- item\n  $$\n  a = b\n  $$\n- next", 2),
        ("Below text:\n\\begin{align}\na &= b\n\\end{align}", 2),
        ("It makes $-\\infty - (-\\infty) = $ nan", 1),
        ("So \\alpha is small", 1),
        ("So $ x $ is small", 1),
    ],
)
def test_what_was_meant_as_a_formula_and_is_none_is_refused(root: Path, text: str, line: int) -> None:
    assert lines(root, text) == {line}


@pytest.mark.parametrize("text", ['---\ntitle: "$k$-NN and trees"\n---\n\n# Trees\n', "# $k$-NN and trees\n\nText.\n"])
def test_a_title_holds_no_formula(root: Path, text: str) -> None:
    ((_, message),) = told(root, text)
    assert "plain text" in message


def test_a_heading_may_hold_a_formula(root: Path) -> None:
    assert found(root, "# Trees\n\n## Cost $O(n^2 \\log n)$\n") == []


def test_an_option_that_there_is_not_is_refused_and_the_diagram_is_not_shown_as_code(root: Path) -> None:
    ((line, message),) = told(root, '```mermaid alt="x" title="y"\nflowchart TD\n  a --> b\n```\n')
    assert line == 1
    assert "`title`" in message


def test_the_text_cells_of_a_notebook_are_read_as_well(root: Path) -> None:
    cells = [
        {"cell_type": "code", "source": ["print('$ x $')\n"]},
        {"cell_type": "markdown", "source": ["A sum:\n", "\n", "$$\n", "\\KL(p)\n", "$$"]},
    ]
    text = json.dumps({"cells": cells, "nbformat": 4}, indent=1)
    (problem,) = found(root, text, "notebooks/sums.ipynb")
    assert "KL(p)" in text.split("\n")[problem.line - 1]


def test_what_stands_in_a_fragment_is_told_there(root: Path) -> None:
    (root / "docs/_includes/part.md").write_text("Text.\n\n$\\KL$\n", encoding="utf-8")
    (problem,) = found(root, "# Page\n\n{!_includes/part.md!}\n")
    assert (problem.path, problem.line) == ("docs/_includes/part.md", 3)


def test_a_second_look_asks_nobody(root: Path) -> None:
    text = "# Page\n\n$x$\n\n```mermaid alt='x'\nflowchart TD\n  a --> b\n```\n"
    found(root, text)
    with closing(Node(root / ".cache")) as node:
        page = drawing.find(render("$x$"))
        assert drawing.draw(node, [(drawing.Source("page.md", text), page)]).problems == []
        assert node._process is None
