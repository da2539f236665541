"""An exercise to take home: one Python file and one notebook, each with the starter on top and the checks below.

Both hold all that they need, so that a reader without this repository can write the code in an editor of their own.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Final
from urllib.parse import urljoin

from guide.model.catalogue import Catalogue, Exercise
from guide.publish.notebooks import cell, file_of
from guide.read.exercises import ExerciseError, beginning, parse_python

_FILE: Final = '''"""{title}: an exercise of The Training Loop.

The task stands at {address}
Write your code here on top, then run the checks below it:

    python -m pytest {name}.py

That needs {needs}. (PYTEST_DONT_REWRITE: a check says by itself what it was given, what it expected and what it got.)
"""

{starter}

# ---- The checks: nothing has to be changed from here on -----------------------------------------------------------

_yours = frozenset(globals())

{checks}

import sys  # noqa: E402

import pytest  # noqa: E402

_both = _yours & {{{names}}}
if _both:
    raise NameError("the checks need these names for themselves, rename yours: " + ", ".join(sorted(_both)))


@pytest.mark.parametrize("check", [{each}], ids=lambda check: check.__name__)
def test_the_code(check):
    try:
        check(sys.modules[__name__])
    except AssertionError as error:
        pytest.fail(f"{{check.__doc__}}\\n{{error}}", pytrace=False)
'''
_CELL: Final = """{checks}


import sys

passed, checks = 0, [{each}]
for check in checks:
    try:
        check(sys.modules["__main__"])
    except Exception as error:
        said = str(error) if isinstance(error, AssertionError) else f"{{type(error).__name__}}: {{error}}"
        print(f"failed: {{check.__name__}}\\n{{check.__doc__}}\\n{{said}}\\n")
    else:
        passed += 1
print(f"{{passed}} of {{len(checks)}} checks passed")
"""


def published(catalogue: Catalogue, site_url: str) -> Iterator[tuple[str, str]]:
    """Yield path and text of every file to take home; an exercise that cannot be read has none."""
    for exercise in catalogue.exercises:
        try:
            files = {"py": python_file(exercise, site_url), "ipynb": notebook_file(exercise, site_url)}
        except ExerciseError:
            continue  # said by the checks
        for ending, text in files.items():
            yield f"{exercise.src.removesuffix('index.md')}{exercise.slug}.{ending}", text


def python_file(exercise: Exercise, site_url: str) -> str:
    """Return the exercise as one file: the starter, and the checks as tests for pytest."""
    checks = _without_docstring(exercise.checks_source or "")
    names = sorted(_defined(checks) - {"LIMITS"})
    return _FILE.format(
        title=exercise.title.replace("\\", "").replace('"""', ""),
        address=urljoin(site_url, exercise.url),
        name=exercise.slug,
        needs="NumPy and pytest" if exercise.needs_numpy else "pytest",
        starter=_without_docstring(beginning(exercise)),
        checks=checks,
        names=", ".join(f'"{name}"' for name in names),
        each=_each(exercise),
    )


def notebook_file(exercise: Exercise, site_url: str) -> str:
    """Return the exercise as a notebook: the task's address, the starter, and a cell that runs the checks."""
    text = (
        f"# {exercise.title}\n\nThe task stands on [its page]({urljoin(site_url, exercise.url)})."
        " Write your code in the next cell and run it, then run the cell below it, which holds the checks."
    )
    checks = _CELL.format(checks=_without_docstring(exercise.checks_source or ""), each=_each(exercise))
    parts = (("markdown", "task", text), ("code", "code", beginning(exercise)), ("code", "checks", checks))
    return file_of([cell(kind, name, source.strip("\n")) for kind, name, source in parts])


def _each(exercise: Exercise) -> str:
    return ", ".join(check.name for check in exercise.checks)


def _without_docstring(source: str) -> str:
    """Return the source of a module from below its docstring."""
    module = parse_python(source)
    start = module.body[0].end_lineno if ast.get_docstring(module) is not None else 0
    return "\n".join(source.split("\n")[start:]).strip("\n") + "\n"


def _defined(source: str) -> set[str]:
    """Return the names that a module defines, apart from those that it imports."""
    names: set[str] = set()
    for node in parse_python(source).body:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            names.add(node.name)
        elif isinstance(node, ast.Assign):
            names |= {each.id for target in node.targets for each in ast.walk(target) if isinstance(each, ast.Name)}
    return names
