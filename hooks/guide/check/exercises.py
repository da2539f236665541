"""The contracts of exercises."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator

from guide.check.blocks import unparted
from guide.check.sections import section_of
from guide.model.catalogue import Catalogue, Exercise
from guide.model.labels import counted
from guide.model.problems import Problem
from guide.model.vocabulary import MAX_BUGS, MIN_BUGS, MIN_CHECKS, MIN_FOLLOW_UPS, MIN_MUTANTS, TWIN_COLUMNS
from guide.read.exercises import ExerciseError, compile_python, is_public, mutate, parse_python
from guide.read.pages import list_places


def exercises(catalogue: Catalogue) -> Iterator[Problem]:
    """The folder of an exercise is complete, its code can be read, and every mutant can be planted."""
    for exercise in catalogue.exercises:
        for name in ("solution.py", "checks.py", "mutants.yml"):
            path = f"{exercise.folder}/{name}"
            if name not in exercise.sources and path.removeprefix("docs/") not in catalogue.files:
                yield exercise.problem(1, f"the file {name} is missing", f"Write {path}")
        if exercise.solution is not None:
            yield from _solution(exercise, "solution.py", exercise.solution)
            yield from _mutants(exercise, exercise.solution)
        if exercise.torch is not None:
            yield from _solution(exercise, "torch_solution.py", exercise.torch)
            yield from _twin_of(exercise, exercise.torch)
        if exercise.repairs and exercise.broken is None:
            yield exercise.problem(1, "the task is to debug, and broken.py is missing", "Write the program to repair")
        if exercise.broken is not None:
            yield from _python(f"{exercise.folder}/broken.py", exercise.broken)
            if exercise.broken == exercise.solution:
                yield Problem(f"{exercise.folder}/broken.py", 1, "the debug twin is the solution", "Plant 3 to 5 bugs")
        if exercise.checks_source is not None:
            yield from _checks(exercise)


def pages(catalogue: Catalogue) -> Iterator[Problem]:
    """The page of an exercise holds follow-ups with answers, and a table of what its debug twin has wrong."""
    for exercise in catalogue.exercises:
        if (section := section_of(exercise, "Follow-ups")) is not None and not exercise.body.gaps:
            line, text = section
            count = len(list_places(text))
            if count < MIN_FOLLOW_UPS:
                said = f"there are {counted(count, 'follow-up')}, and {MIN_FOLLOW_UPS} are the minimum"
                yield exercise.problem(line, said, "Write each as `- The question — its answer.`")
            yield from unparted(exercise, text, line + 1)
        if exercise.broken is not None and (section := section_of(exercise, "Debug twin")) is not None:
            yield from _twin(exercise, *section)


def _twin(exercise: Exercise, line: int, text: str) -> Iterator[Problem]:
    """Yield what the table of the planted bugs lacks: a column, or rows."""
    rows = [row for row in text.split("\n") if row.lstrip().startswith("|")]
    head = rows[0].lower() if rows else ""
    missing = [name for name in TWIN_COLUMNS if name not in head]
    if missing:
        said = f"the planted bugs are not listed in a table with the columns {', '.join(TWIN_COLUMNS)}"
        yield exercise.problem(line, said, "Add the table, a row for each bug")
    elif not MIN_BUGS <= len(rows) - 2 <= MAX_BUGS:
        said = f"the table of the planted bugs has {counted(len(rows) - 2, 'row')}"
        yield exercise.problem(line, said, f"Plant {MIN_BUGS} to {MAX_BUGS} bugs, and give each a row")


def _python(path: str, source: str) -> Iterator[Problem]:
    try:
        compile_python(source)
    except ExerciseError as error:
        yield Problem(path, error.line, f"the code cannot be read: {error}", "Correct the syntax")


def _solution(exercise: Exercise, name: str, source: str) -> Iterator[Problem]:
    path = f"{exercise.folder}/{name}"
    try:
        tree = parse_python(source)
    except ExerciseError as error:
        yield Problem(path, error.line, f"the code cannot be read: {error}", "Correct the syntax")
        return
    public = [node for node in tree.body if is_public(node)]
    if not public:
        yield Problem(path, 1, "there is no public function to write", "Define at least one function")
    for node in public:
        if not ast.get_docstring(node):
            said = f"`{node.name}` has no docstring"
            yield Problem(path, node.lineno, said, "Say what it returns, with shapes and complexity")
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            arguments = (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)
            bare = [f"the argument `{each.arg}`" for each in arguments if each.annotation is None]
            if bare or node.returns is None:
                said = f"`{node.name}` has no type for {bare[0] if bare else 'the result'}"
                yield Problem(path, node.lineno, said, "Add type hints")
    library, called = ("torch", "PyTorch") if name == "torch_solution.py" else ("numpy", "NumPy")
    for line, imported in _imports(tree):
        if imported.partition(".")[0] not in {library, *sys.stdlib_module_names}:
            yield Problem(path, line, f"the solution imports `{imported}`", f"Use {called} and the standard library")


def _imports(tree: ast.Module) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.lineno, node.module or ""


def _twin_of(exercise: Exercise, torch: str) -> Iterator[Problem]:
    """Yield the public functions and classes that only one of the solution and its PyTorch twin has."""
    path = f"{exercise.folder}/torch_solution.py"
    if any(_python(path, torch)) or exercise.solution is None or any(_python("", exercise.solution)):
        return
    ours, theirs = (
        {node.name for node in parse_python(source).body if is_public(node)} for source in (exercise.solution, torch)
    )
    for name in sorted(ours ^ theirs):
        said = f"`{name}` is missing" if name in ours else f"the solution has no `{name}`"
        yield Problem(path, 1, said, "Give the twin the same public functions and classes as solution.py")


def _checks(exercise: Exercise) -> Iterator[Problem]:
    path = f"{exercise.folder}/checks.py"
    if not exercise.checks and any(_python(path, exercise.checks_source or "")):
        return  # Already reported by `load`.
    if len(exercise.checks) < MIN_CHECKS:
        said = f"there are {counted(len(exercise.checks), 'check')}, and {MIN_CHECKS} are the minimum"
        yield Problem(path, 1, said, "Add functions `check_<symptom>(candidate)`")
    seen: set[str] = set()
    for one in exercise.checks:
        if not one.takes_candidate:
            said = f"`{one.name}` does not take the code that it checks"
            yield Problem(path, one.line, said, f"Write `def {one.name}(candidate):`")
        if not one.symptom:
            said = f"`{one.name}` has no docstring"
            yield Problem(path, one.line, said, "Write the symptom as the reader is told it")
        if one.name in seen:
            yield Problem(path, one.line, f"there are two functions `{one.name}`", "Rename one; the first never runs")
        seen.add(one.name)


def _mutants(exercise: Exercise, solution: str) -> Iterator[Problem]:
    path = f"{exercise.folder}/mutants.yml"
    if exercise.mutants_source is None or any(_python(path, solution)):
        return  # A solution that cannot be read was reported; nothing can be planted in it.
    # Entries that are not valid were reported one by one; they count.
    count = max(len(exercise.mutants), len(re.findall(r"^- (?!equivalent:)", exercise.mutants_source, re.MULTILINE)))
    if count < MIN_MUTANTS:
        said = f"there are {counted(count, 'mutant')}, and {MIN_MUTANTS} are the minimum"
        yield Problem(path, 1, said, "Plant more bugs")
    seen: set[str] = set()
    for mutant in exercise.mutants:
        if mutant.name in seen:
            yield Problem(path, mutant.line, f"there are two mutants `{mutant.name}`", "Rename one of them")
        seen.add(mutant.name)
        times = solution.count(mutant.replace) if mutant.replace else 0
        if times != 1:
            said = f"the text that mutant `{mutant.name}` replaces occurs {times} times in solution.py"
            more = "; quote more of it" if times else ", with its indentation"
            yield Problem(path, mutant.line, said, f"Quote text that occurs exactly once{more}")
        elif mutant.replace == mutant.with_:
            yield Problem(
                path, mutant.line, f"mutant `{mutant.name}` changes nothing", "Write the broken text under `with`"
            )
        else:
            try:
                compile_python(mutate(solution, mutant))
            except ExerciseError as error:
                said = f"with mutant `{mutant.name}` the solution cannot be read: {error}"
                yield Problem(path, mutant.line, said, "A mutant is code that runs and is wrong")
