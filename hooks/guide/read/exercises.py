"""Exercises: solution → starter, planted mutants, and the checks run against any code.

The starter is derived from the solution, so that the two can never disagree about a signature. Checks run in a process
of their own with a limit on time and memory, because the code they are given may loop forever, fill the machine or call
`exit`; the same holds in the reader's browser, where a worker plays that part.
"""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
import tempfile
import types
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from guide.model.catalogue import Check, Mutant

TIME_LIMIT: Final = 20.0
MEMORY_LIMIT: Final = 4 * 1024**3
# What a check may say before it is cut: a message is for people.
_MESSAGE: Final = 2000


class ExerciseError(Exception):
    """The code of an exercise cannot be taken apart; the message says why, `line` where."""

    def __init__(self, message: str, line: int = 1) -> None:
        super().__init__(message)
        self.line = line


@dataclass(frozen=True, slots=True)
class Result:
    """What one check found."""

    name: str
    symptom: str
    passed: bool
    message: str = ""


def parse_python(source: str) -> ast.Module:
    """Parse Python source; whatever is wrong with it is one kind of error."""
    try:
        return ast.parse(source)
    except SyntaxError as error:
        raise ExerciseError(error.msg or "the code cannot be read", error.lineno or 1) from None
    except (ValueError, RecursionError, MemoryError) as error:
        raise ExerciseError(str(error) or "the code is nested too deeply") from None


def _public(node: ast.stmt) -> bool:
    return isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)) and not node.name.startswith("_")


def starter(solution: str) -> str:
    """Return what the reader begins with: imports, constants, signatures and docstrings, no body.

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
        elif _public(node):
            assert isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef))
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


def public_functions(source: str) -> tuple[str, ...]:
    """Return the names of the public functions and classes, in the order of the file."""
    return tuple(
        node.name
        for node in parse_python(source).body
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)) and not node.name.startswith("_")
    )


def signatures(source: str) -> tuple[str, ...]:
    """Return the signature of every public function, as `def f(x: int) -> int`."""
    found: list[str] = []
    for node in parse_python(source).body:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and not node.name.startswith("_"):
            returns = f" -> {ast.unparse(node.returns)}" if node.returns is not None else ""
            found.append(f"def {node.name}({ast.unparse(node.args)}){returns}")
    return tuple(found)


def read_checks(source: str) -> tuple[Check, ...]:
    """Return the checks of a checks.py: every function `check_…`, with its docstring as the symptom."""
    return tuple(
        Check(
            name=node.name,
            symptom=" ".join((ast.get_docstring(node) or "").split()),
            line=node.lineno,
            takes_candidate=_takes_one(node.args),
        )
        for node in parse_python(source).body
        if isinstance(node, ast.FunctionDef) and node.name.startswith("check_")
    )


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


def load_module(source: str, name: str = "candidate") -> types.ModuleType:
    """Run source as a module. Nothing is written to disk, so no stale bytecode can be picked up later."""
    module = types.ModuleType(name)
    module.__file__ = f"{name}.py"
    # dataclasses and pickling look a class up through sys.modules.
    sys.modules[name] = module
    exec(compile(source, f"{name}.py", "exec"), module.__dict__)
    return module


def run_here(checks_source: str, code: str) -> list[Result]:
    """Run every check against the code in this process. For code that is not trusted, use `run_checks`."""
    try:
        candidate: types.ModuleType | None = load_module(code)
        broken = ""
    except BaseException as error:  # the code under check may raise anything, SystemExit included
        candidate, broken = None, f"the code does not run: {_said(error)}"
    checks = load_module(checks_source, "checks")
    results: list[Result] = []
    for check in read_checks(checks_source):
        if candidate is None:
            results.append(Result(check.name, check.symptom, False, broken))
            continue
        try:
            getattr(checks, check.name)(candidate)
        except BaseException as error:  # a check fails by any exception that the code raises in it
            results.append(Result(check.name, check.symptom, False, _said(error)))
        else:
            results.append(Result(check.name, check.symptom, True))
    return results


def _said(error: BaseException) -> str:
    text = str(error)
    if isinstance(error, AssertionError):
        return text[:_MESSAGE] or "the check did not hold"
    return f"{type(error).__name__}: {text}"[:_MESSAGE] if text else type(error).__name__


# Run by a fresh interpreter, that imports NumPy once and then forks for every code: no code can reach another, each
# has its own time, and what it prints or exits with is its own.
_CHILD: Final = """
import json, os, resource, select, signal, sys, time
sys.dont_write_bytecode = True
sys.path.insert(0, sys.argv[1])
try:
    import numpy, numpy.linalg, numpy.random
except ImportError:
    pass
from guide.read.exercises import run_here
given = json.load(sys.stdin)

def grade(code, out):
    os.setsid()
    quiet = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(quiet, stream)
    try:
        resource.setrlimit(resource.RLIMIT_AS, (given["memory"], given["memory"]))
    except (OSError, ValueError):
        pass
    rows = [[r.name, r.symptom, r.passed, r.message] for r in run_here(given["checks"], code)]
    with os.fdopen(out, "wb") as pipe:
        pipe.write(json.dumps(rows).encode())

for code in given["codes"]:
    source, sink = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(source)
            grade(code, sink)
        finally:
            os._exit(0)
    os.close(sink)
    data, late, end = b"", False, time.monotonic() + given["limit"]
    while True:
        ready, _, _ = select.select([source], [], [], max(0.0, end - time.monotonic()))
        if not ready:
            late = True
            break
        piece = os.read(source, 65536)
        if not piece:
            break
        data += piece
    os.close(source)
    try:
        os.killpg(child, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    try:
        answer = None if late else json.loads(data)
    except ValueError:
        answer = None
    print(json.dumps({"late": late, "rows": answer}), flush=True)
"""


def run_checks(checks_source: str, code: str, time_limit: float = TIME_LIMIT) -> list[Result]:
    """Run every check against the code in a process of its own; when it hangs or dies, every check has failed."""
    return run_many(checks_source, [code], time_limit)[0]


def run_many(checks_source: str, codes: Iterable[str], time_limit: float = TIME_LIMIT) -> list[list[Result]]:
    """Run the checks against several codes, each in a process of its own with its own time limit."""
    given = list(codes)
    request = {"checks": checks_source, "codes": given, "limit": time_limit, "memory": MEMORY_LIMIT}
    with tempfile.TemporaryDirectory(prefix="guide-") as folder:
        finished = subprocess.run(
            [sys.executable, "-c", _CHILD, str(Path(__file__).resolve().parents[2])],
            input=json.dumps(request).encode(),
            capture_output=True,
            cwd=folder,
            env=_environment(),
            check=False,
        )
    answers = [json.loads(line) for line in finished.stdout.splitlines()]
    if len(answers) != len(given):
        raise RuntimeError(f"the grader stopped: {finished.stderr.decode('utf-8', 'replace')[-_MESSAGE:]}")
    results: list[list[Result]] = []
    for answer in answers:
        if answer["rows"] is not None:
            results.append([Result(*row) for row in answer["rows"]])
            continue
        late = f"the code did not finish within {time_limit:g} seconds"
        why = late if answer["late"] else "the code ended the process"
        results.append([Result(check.name, check.symptom, False, why) for check in read_checks(checks_source)])
    return results


def _environment() -> dict[str, str]:
    """Return the environment of the child: one thread, so that parallel tests share the machine fairly."""
    return {
        **os.environ,
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONHASHSEED": "0",
    }
