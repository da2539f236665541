"""The contracts of notebooks."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from guide.check.links import resolved
from guide.model.catalogue import Catalogue
from guide.model.problems import Problem
from guide.read.exercises import ExerciseError, parse_python


def notebooks(catalogue: Catalogue) -> Iterator[Problem]:
    """A notebook has no outputs, asserts what it claims, links to its chapter and ends with "Try it yourself"."""
    for notebook in catalogue.notebooks:
        path, cells = notebook.path, notebook.cells
        if not cells:
            yield Problem(path, 1, "the notebook has no cells", "Write it")
            continue
        if cells[0].kind != "markdown" or not re.match(r"\s*# \S", cells[0].source):
            fix = "Begin with a Markdown cell `# The question`"
            yield Problem(path, cells[0].line, "the first cell is not a title", fix)
        asserted = False
        for cell in notebook.code:
            if cell.outputs or cell.execution_count is not None:
                said = "the cell was committed with its output"
                yield Problem(path, cell.line, said, "Clear all outputs; the build runs the notebook")
            try:
                tree = parse_python(cell.source)
            except ExerciseError as error:
                said = f"line {error.line} of this cell cannot be read: {error}"
                yield Problem(path, cell.line, said, "Write plain Python, without `%` and `!` commands")
                continue
            asserted = asserted or any(isinstance(node, ast.Assert) or _asserts(node) for node in ast.walk(tree))
        if notebook.body.gaps:
            continue
        if not asserted:
            yield Problem(path, 1, "the notebook asserts nothing", "Add an `assert` on what it claims")
        linked = (catalogue.page_at(resolved(notebook, link.target)) for link in notebook.body.links)
        if not any(page is not None and page.kind in ("chapter", "case", "round", "exercise") for page in linked):
            yield Problem(path, 1, "the notebook links to no chapter", "Add a link `../topics/<area>/<slug>.md`")
        sections = [heading for heading in notebook.body.headings if heading.level == 2]
        titles = [heading.text.lower() for heading in sections]
        if "try it yourself" not in titles:
            said = "the notebook does not end with things to try"
            yield Problem(path, cells[-1].line, said, "Add `## Try it yourself`")
        elif titles[-1] != "try it yourself":
            said = "a section follows `## Try it yourself`"
            yield Problem(path, sections[-1].line, said, "Move that section to the end")


def _asserts(node: ast.AST) -> bool:
    """Tell whether this is a call such as `np.testing.assert_allclose(…)`."""
    return isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2].startswith("assert_")
