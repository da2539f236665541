"""The job of grading: the checks of an exercise, run against some code, each within its own time.

Like the rest of the worker it imports nothing of the library but its own parts. The reader's browser does the same
with the same texts: code and checks are two modules, a check is called with the first, and what it raises is told.
"""

from __future__ import annotations

import contextlib
import linecache
import signal
import sys
import time
import types
from collections.abc import Iterator
from typing import Any, Final

from guide.run.worker_errors import describe, line_in
from guide.run.worker_limits import Text

_CODE: Final = "candidate.py"
# What is kept of what the code prints while a check runs, for people.
_PRINTED: Final = 2000
# A planted bug is given several times what the solution took, so that one that runs forever is soon found.
_PATIENCE: Final = (1.0, 10.0)


class _OutOfTimeError(BaseException):
    """A check has used up its seconds; no `except Exception` of the code under check may catch that."""


@contextlib.contextmanager
def _limited(seconds: float) -> Iterator[None]:
    """Interrupt what runs after so many seconds of the processor, which a busy machine does not make shorter."""

    def stop(*_: object) -> None:
        raise _OutOfTimeError(f"it was still running after {seconds:g} seconds: is there a loop that does not end?")

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def run_exercise(job: dict[str, Any]) -> dict[str, Any]:
    """Run the checks against some code. Returns `messages`, "" where a check passed, and what was `printed` in each."""
    names, limits = job["names"], job["limits"]
    with contextlib.redirect_stdout(Text(lambda text: None)):
        try:
            with _limited(max(limits)):
                candidate = _module("candidate", job["source"])
        except BaseException as error:
            return {"messages": [f"the code does not run: {_told(error)}"] * len(names), "printed": [""] * len(names)}
        checks = _module("checks", job["checks"])
    found = [_checked(getattr(checks, name), candidate, limit) for name, limit in zip(names, limits, strict=True)]
    return {"messages": [message for message, _ in found], "printed": [printed for _, printed in found]}


def run_mutants(job: dict[str, Any]) -> dict[str, Any]:
    """Run the checks against many codes until one fails. Returns `caught`, the names of those checks, "" for none.

    The first code is the solution, whose time says how long the others may take; it is graded as a whole.
    """
    names, limits, times = job["names"], dict(zip(job["names"], job["limits"], strict=True)), {}
    caught = []
    for number, source in enumerate(job["sources"]):
        first = ""
        with contextlib.redirect_stdout(Text(lambda text: None)):
            try:
                with _limited(max(limits.values())):
                    candidate = _module("candidate", source)
                checks = _module("checks", job["checks"])
            except BaseException as error:
                first = f"the code does not run: {_told(error)}"
        for name in names if not first else ():
            began = time.process_time()
            message, _ = _checked(getattr(checks, name), candidate, limits[name])
            times[name] = time.process_time() - began
            if message:
                first = name
                break
        if number == 0 and not first:
            least, share = _PATIENCE
            limits = {name: min(limit, least + share * times[name]) for name, limit in limits.items()}
            # The quickest first: most bugs fail one of them.
            names = sorted(names, key=lambda name: times[name])
        caught.append(first)
    return {"caught": caught}


def _checked(check: Any, candidate: types.ModuleType, limit: float) -> tuple[str, str]:
    """Run one check; return what it says, "" if it passed, and the beginning of what was printed meanwhile."""
    printed: list[str] = []
    message = ""
    try:
        with contextlib.redirect_stdout(Text(printed.append)), _limited(limit):
            check(candidate)
    except AssertionError as error:
        message = str(error) or "the check did not hold"
    except BaseException as error:
        message = _told(error)
    return message, "".join(printed)[:_PRINTED]


def _told(error: BaseException) -> str:
    """Return what an error says, and in which line of the code under check it arose."""
    said = str(error) if isinstance(error, _OutOfTimeError) else describe(error)
    line = line_in(error, _CODE)
    return f"{said} (line {line} of the code)" if line else said


def _module(name: str, source: str) -> types.ModuleType:
    """Run source as a module; dataclasses and pickling look it up by its name."""
    module = sys.modules[name] = types.ModuleType(name)
    filename = f"{name}.py"
    linecache.cache[filename] = (len(source), None, source.splitlines(keepends=True), filename)
    exec(compile(source, filename, "exec"), vars(module))
    return module
