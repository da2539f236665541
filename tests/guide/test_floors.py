"""Each floor of the library imports only from those below it, so that every part can be read without those above."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

LIBRARY = Path(__file__).resolve().parents[2] / "hooks/guide"
# From the ground up; check and run share a floor, and neither knows the other.
FLOORS = (("model",), ("tools",), ("read",), ("check", "run"), ("render",), ("publish",), ("commands",))
BELOW = {stage: {name for lower in FLOORS[:height] for name in lower} for height, f in enumerate(FLOORS) for stage in f}
MODULES = sorted(path.relative_to(LIBRARY).as_posix() for path in LIBRARY.rglob("*.py"))


def imported(path: Path) -> Iterator[str]:
    """Yield the parts of the library that a module imports, inside functions as well, as `stage` or `stage.module`."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}: write the whole name of what is imported"
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            continue
        yield from (name.removeprefix("guide.") for name in names if name.startswith("guide."))


@pytest.mark.parametrize("module", [name for name in MODULES if "/" in name])
def test_a_floor_imports_only_from_below(module: str) -> None:
    stage = module.split("/")[0]
    upward = {name for name in imported(LIBRARY / module) if name.split(".")[0] not in {stage, *BELOW[stage]}}
    assert not upward


@pytest.mark.parametrize("module", MODULES)
def test_nothing_imports_the_program_or_the_site_generator(module: str) -> None:
    text = (LIBRARY / module).read_text("utf-8")
    roots = {alias.name for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Import) for alias in node.names}
    roots |= {node.module or "" for node in ast.walk(ast.parse(text)) if isinstance(node, ast.ImportFrom)}
    assert not {name for name in roots if name.split(".")[0] == "mkdocs" or name == "guide.__main__"}


def test_every_module_stands_on_a_floor() -> None:
    assert {name for name in MODULES if "/" not in name} == {"__init__.py", "__main__.py"}
    assert {name.split("/")[0] for name in MODULES if "/" in name} == set(BELOW)


@pytest.mark.parametrize("module", MODULES)
def test_a_module_and_its_functions_can_be_read_at_a_sitting(module: str) -> None:
    text = (LIBRARY / module).read_text("utf-8")
    assert len(text.splitlines()) <= 470
    functions = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef)]
    assert {node.name for node in functions if (node.end_lineno or 0) - node.lineno >= 60} == set()
