"""Every notebook of the guide runs, asserts what it claims, repeats itself exactly, and is committed clean."""

import ast
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from guide.model.catalogue import Notebook
from guide.publish.notebooks import normalized
from guide.read.load import load
from guide.run.notebooks import execute
from guide.run.runner import Runner
from guide.tools.cache import Cache

ROOT = Path(__file__).parents[2]
NOTEBOOKS = load(ROOT, ROOT / ".cache")[0].notebooks
every_notebook = pytest.mark.parametrize("notebook", NOTEBOOKS, ids=[notebook.slug for notebook in NOTEBOOKS])


@pytest.fixture(scope="module")
def runner() -> Iterator[Runner]:
    runner = Runner(ROOT / ".cache")
    yield runner
    runner.close()


@every_notebook
def test_a_notebook_runs_and_gives_the_same_again(notebook: Notebook, runner: Runner, tmp_path: Path) -> None:
    first = execute([notebook], runner, Cache(ROOT / ".cache", "notebooks"))[notebook.slug]
    assert not first.problems, "\n" + "\n".join(map(str, first.problems))
    again = execute([notebook], runner, Cache(tmp_path, "notebooks"))[notebook.slug]
    assert again == first


@every_notebook
def test_a_notebook_asserts_what_it_claims(notebook: Notebook) -> None:
    nodes = [node for cell in notebook.code for node in ast.walk(ast.parse(cell.source))]
    assert any(isinstance(node, ast.Assert) for node in nodes)


@every_notebook
def test_a_notebook_is_committed_in_its_normal_form(notebook: Notebook) -> None:
    text = (ROOT / notebook.path).read_text(encoding="utf-8")
    nbformat.validate(nbformat.reads(text, as_version=4))
    assert text == normalized(text), f"run `python -m guide run-notebooks --normalize {notebook.path}`"
