"""Every notebook of the guide runs, asserts what it claims, repeats itself exactly, and is committed clean."""

import ast
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from guide import notebooks
from guide.cache import Cache, key_of
from guide.notebooks import Notebook
from guide.runner import Runner, fingerprint

ROOT = Path(__file__).parents[2]
PATHS = notebooks.paths(ROOT)
every_notebook = pytest.mark.parametrize("path", PATHS, ids=[path.stem for path in PATHS])


@pytest.fixture(scope="module")
def runner() -> Iterator[Runner]:
    runner = Runner(ROOT / ".cache")
    yield runner
    runner.close()


def read(path: Path) -> Notebook:
    return notebooks.read(path, ROOT)


@every_notebook
def test_a_notebook_runs_and_gives_the_same_again(path: Path, runner: Runner, tmp_path: Path) -> None:
    notebook = read(path)
    first = notebooks.execute([notebook], runner, Cache(ROOT / ".cache", "notebooks"))[notebook.slug]
    assert not first.problems, "\n" + "\n".join(map(str, first.problems))
    # What repeated itself once is not run again while its code is the same. CI keeps nothing, and runs all.
    repeated = Cache(ROOT / ".cache", "repeated")
    key = key_of(fingerprint(), *(cell.source for cell in notebook.code))
    if repeated.get(key) is None:
        again = notebooks.execute([notebook], runner, Cache(tmp_path, "notebooks"))[notebook.slug]
        assert again == first
        repeated.put(key, b"yes")


@every_notebook
def test_a_notebook_asserts_what_it_claims(path: Path) -> None:
    nodes = [node for cell in read(path).code for node in ast.walk(ast.parse(cell.source))]
    assert any(isinstance(node, ast.Assert) for node in nodes)


@every_notebook
def test_a_notebook_is_committed_in_its_normal_form(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    nbformat.validate(nbformat.reads(text, as_version=4))
    assert text == notebooks.normalized(text), f"run `python -m guide run-notebooks --normalize notebooks/{path.name}`"
