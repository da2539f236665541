"""The code that makes something: a module of the library, and every module of it that it imports, however far.

Whoever keeps a result names the code that made it in the key. A list written by hand would miss the module that is
imported next; here Python's own reader finds them.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from guide.tools.cache import hash_of_files

HOOKS = Path(__file__).resolve().parents[2]


@cache
def hash_of_library() -> str:
    """Return a hash over all modules of the library, for what is made quickly enough to be made anew with each."""
    return hash_of_files(sorted((HOOKS / "guide").rglob("*.py")))


@cache
def hash_of_code(module: str, root: Path = HOOKS) -> str:
    """Return a hash over the files of a module, such as `guide.render.figures`, and of all that it imports."""
    return hash_of_files(code_of(module, root))


def code_of(module: str, root: Path = HOOKS) -> list[Path]:
    """Return the files of a module below `root` and of all that it imports from there.

    What is imported for its types alone changes no result, and does not count.
    """
    found: set[Path] = set()
    waiting = [module]
    while waiting:
        path = root / waiting.pop().replace(".", "/")
        path = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
        if path not in found and path.is_file():
            found.add(path)
            waiting += _imports(ast.parse(path.read_bytes()))
    return sorted(found)


def _imports(node: ast.AST) -> Iterator[str]:
    """Yield what is imported, inside functions as well; of `from a import b`, both `a` and `a.b`."""
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        yield from (str(node.module), *(f"{node.module}.{alias.name}" for alias in node.names))
    elif isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
        return
    for child in ast.iter_child_nodes(node):
        yield from _imports(child)
