"""The code that makes something: whatever it imports, however far, is part of it."""

from pathlib import Path

from guide.tools.code import HOOKS, code_of, hash_of_code

MODULES = {
    "a.py": "from guide import b\nfrom typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from guide import types\n",
    "b.py": "import json\n\n\ndef f():\n    from guide.deep.c import (\n        LIMIT,\n    )\n",
    "deep/__init__.py": "",
    "deep/c.py": "import guide.a\n\nLIMIT = 1\n",
    "types.py": "",
    "other.py": "",
}


def library(root: Path) -> Path:
    for name, text in MODULES.items():
        path = root / "guide" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def test_all_that_is_imported_counts_and_nothing_else(tmp_path: Path) -> None:
    names = [path.relative_to(tmp_path / "guide").as_posix() for path in code_of("guide.a", library(tmp_path))]
    assert names == ["a.py", "b.py", "deep/c.py"]


def test_a_change_of_a_constant_that_is_imported_far_away_is_a_change_of_the_code(tmp_path: Path) -> None:
    before = hash_of_code("guide.a", library(tmp_path))
    hash_of_code.cache_clear()
    (tmp_path / "guide/deep/c.py").write_text("import guide.a\n\nLIMIT = 2\n", encoding="utf-8")
    assert hash_of_code("guide.a", tmp_path) != before


def test_a_figure_is_made_by_all_that_finishes_and_refuses_it() -> None:
    names = {path.relative_to(HOOKS).as_posix() for path in code_of("guide.render.figures")}
    finishing = ("render/highlighting.py", "run/plots.py", "run/plot_marks.py", "read/svg.py", "run/worker_plots.py")
    assert names >= {f"guide/{name}" for name in finishing}
    # A word in the nouns draws no figure again.
    assert "guide/model/catalogue.py" not in names
