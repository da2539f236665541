"""Exercises: solution → starter, checks, and planted bugs.

The starter is derived from the solution, so that the two can never disagree about a signature. Where the task is to
debug, the reader begins with the broken program instead.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Final, TypeGuard

from guide.model.catalogue import Exercise
from guide.model.exercises import Check, Mutant

KIT: Final = Path(__file__).with_name("kit.py")
# Seconds that a check may take, unless the checks say otherwise: `LIMITS = {"check_…": 20}`.
CHECK_LIMIT: Final = 5.0


class ExerciseError(Exception):
    """The code of an exercise cannot be taken apart; the message says why, `line` where."""

    def __init__(self, message: str, line: int = 1) -> None:
        super().__init__(message)
        self.line = line


def parse_python(source: str) -> ast.Module:
    """Parse Python source; whatever is wrong with it is one kind of error."""
    with _one_kind_of_error():
        return ast.parse(source)


def compile_python(source: str) -> None:
    """Raise ExerciseError when Python source does not compile, as with a `return` outside a function."""
    with _one_kind_of_error():
        compile(source, "<code>", "exec", dont_inherit=True)


@contextmanager
def _one_kind_of_error() -> Iterator[None]:
    try:
        yield
    except SyntaxError as error:
        raise ExerciseError(error.msg or "the code cannot be read", error.lineno or 1) from None
    except (ValueError, RecursionError, MemoryError) as error:
        raise ExerciseError(str(error) or "the code is nested too deeply") from None


def is_public(node: ast.stmt) -> TypeGuard[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]:
    """Tell whether a statement defines a function or a class that the checks may call."""
    return isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)) and not node.name.startswith("_")


def beginning(exercise: Exercise) -> str:
    """Return what the reader begins with: the starter, or the program to repair."""
    if exercise.repairs and exercise.broken is not None:
        return exercise.broken
    return starter(exercise.solution or "")


def starter(solution: str) -> str:
    """Return a solution with nothing written: imports, constants, signatures and docstrings, no body.

    Private helpers and private constants are taken out, for they give the solution away; the reader writes their own.
    Public classes keep their public methods and `__init__`, each emptied like a function.
    """
    tree = parse_python(solution)
    lines = solution.replace("\r\n", "\n").split("\n")
    pieces: list[str] = []
    for node in tree.body:
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            pieces.append(_source(lines, node))
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and node is tree.body[0]:
            pieces.append(_source(lines, node) + "\n")
        elif is_public(node):
            emptied = _class(lines, node) if isinstance(node, ast.ClassDef) else _function(lines, node)
            pieces.append("\n\n" + emptied)
        elif isinstance(node, (ast.Assign, ast.AnnAssign)) and not _private_target(node):
            pieces.append(_source(lines, node))
    text = "\n".join(pieces).strip("\n") + "\n"
    while "\n\n\n\n" in text:
        text = text.replace("\n\n\n\n", "\n\n\n")
    return text


def _private_target(node: ast.Assign | ast.AnnAssign) -> bool:
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    return any(isinstance(target, ast.Name) and target.id.startswith("_") for target in targets)


def _source(lines: list[str], node: ast.stmt) -> str:
    return "\n".join(lines[node.lineno - 1 : node.end_lineno])


def _function(lines: list[str], node: ast.FunctionDef | ast.AsyncFunctionDef) -> str:
    first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
    body = node.body[0]
    documented = (
        isinstance(body, ast.Expr) and isinstance(body.value, ast.Constant) and isinstance(body.value.value, str)
    )
    if body.lineno == node.lineno:
        # `def f(x): return x` on one line: keep what stands before the body.
        head = lines[node.lineno - 1].encode()[: body.col_offset].decode().rstrip()
        kept = [*lines[first - 1 : node.lineno - 1], head]
        indent = " " * (node.col_offset + 4)
    else:
        last = body.end_lineno if documented else body.lineno - 1
        kept = lines[first - 1 : last]
        while kept and (not kept[-1].strip() or kept[-1].lstrip().startswith("#")):
            kept.pop()
        indent = " " * body.col_offset
    return "\n".join([*kept, f"{indent}raise NotImplementedError"])


def _class(lines: list[str], node: ast.ClassDef) -> str:
    first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
    pieces = ["\n".join(lines[first - 1 : node.body[0].lineno - 1]).rstrip()]
    if isinstance(node.body[0], (ast.FunctionDef, ast.AsyncFunctionDef)) and node.body[0].decorator_list:
        pieces = ["\n".join(lines[first - 1 : node.body[0].decorator_list[0].lineno - 1]).rstrip()]
    for item in node.body:
        if isinstance(item, (ast.FunctionDef, ast.AsyncFunctionDef)):
            if not item.name.startswith("_") or (item.name.startswith("__") and item.name.endswith("__")):
                pieces.append("\n" + _function(lines, item))
        elif isinstance(item, (ast.Assign, ast.AnnAssign)):
            if not _private_target(item):
                pieces.append(_source(lines, item))
        elif isinstance(item, ast.Expr) and isinstance(item.value, ast.Constant):
            pieces.append(_source(lines, item))
    return "\n".join(pieces)


def read_checks(source: str) -> tuple[Check, ...]:
    """Return the checks of a checks.py: every function `check_…`, with its docstring as the symptom."""
    tree = parse_python(source)
    limits = _limits(tree)
    checks = tuple(
        Check(
            name=node.name,
            symptom=" ".join((ast.get_docstring(node) or "").split()),
            line=node.lineno,
            takes_candidate=_takes_one(node.args),
            limit=limits.pop(node.name, CHECK_LIMIT),
        )
        for node in tree.body
        if isinstance(node, ast.FunctionDef) and node.name.startswith("check_")
    )
    for name in limits:
        raise ExerciseError(f"LIMITS names `{name}`, and there is no such check")
    return checks


def _limits(tree: ast.Module) -> dict[str, float]:
    """Return what the checks state under `LIMITS`: seconds by the name of a check, written out as a dictionary."""
    for node in tree.body:
        if isinstance(node, ast.Assign) and any(isinstance(t, ast.Name) and t.id == "LIMITS" for t in node.targets):
            said = 'LIMITS is not of the form {"check_name": 20}'
            try:
                given = ast.literal_eval(node.value)
                limits = {str(name): float(seconds) for name, seconds in given.items()}
            except (ValueError, TypeError, AttributeError):
                raise ExerciseError(said, node.lineno) from None
            if not all(0 < seconds <= 60 for seconds in limits.values()):
                raise ExerciseError("a limit is more than 0 and at most 60 seconds", node.lineno)
            return limits
    return {}


@cache
def _kit() -> dict[str, tuple[str, frozenset[str]]]:
    """Return the functions of the kit by name: the source of each, and the other ones that it calls."""
    source = KIT.read_text(encoding="utf-8")
    lines, tree = source.split("\n"), ast.parse(source)
    functions = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
    return {
        name: (
            _source(lines, node),
            frozenset(each.id for each in ast.walk(node) if isinstance(each, ast.Name) and each.id in functions),
        )
        for name, node in functions.items()
    }


def with_kit(source: str) -> str:
    """Return a checks.py as it runs by itself: what it imports from the kit stands below it.

    Lines keep their numbers. The kit's annotations name types that the text does not import, so they go.
    """
    lines = source.split("\n")
    wanted: list[str] = []
    for node in parse_python(source).body:
        if isinstance(node, ast.ImportFrom) and node.module == "kit":
            for alias in node.names:
                if alias.name not in _kit() or alias.asname:
                    raise ExerciseError(f"the kit has no `{alias.asname or alias.name}`", node.lineno)
                wanted.append(alias.name)
            end = node.end_lineno or node.lineno
            lines[node.lineno - 1 : end] = [""] * (end - node.lineno + 1)
    for name in wanted:  # grows while it is read
        wanted += sorted(_kit()[name][1] - set(wanted))
    if not wanted:
        return source
    parts = [_bare(text) for name, (text, _) in _kit().items() if name in wanted]
    return "\n".join(lines).rstrip("\n") + "\n\n\n" + "\n\n\n".join(parts) + "\n"


def _bare(function: str) -> str:
    """Return the source of a function of the kit with nothing in its head but names and defaults."""
    (node,) = ast.parse(function).body
    assert isinstance(node, ast.FunctionDef)
    for arg in ast.walk(node.args):
        if isinstance(arg, ast.arg):
            arg.annotation = None
    body = function.split("\n")[node.body[0].lineno - 1 :]
    return "\n".join([f"def {node.name}({ast.unparse(node.args)}):", *body])


def _takes_one(arguments: ast.arguments) -> bool:
    """Tell whether a function can be called with one argument."""
    given = [*arguments.posonlyargs, *arguments.args]
    needed = len(given) - len(arguments.defaults)
    keywords = any(default is None for default in arguments.kw_defaults)
    return needed <= 1 and (bool(given) or arguments.vararg is not None) and not keywords


def mutate(solution: str, mutant: Mutant) -> str:
    """Return the solution with this bug planted."""
    if solution.count(mutant.replace) != 1:
        raise ExerciseError(f"the text of mutant `{mutant.name}` occurs {solution.count(mutant.replace)} times")
    return solution.replace(mutant.replace, mutant.with_)
