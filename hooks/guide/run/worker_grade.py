"""The job of grading: the checks of an exercise, run against some code, each within its own time.

Like the rest of the worker it imports nothing of the library but its own parts. The reader's browser does the same
with the same texts: code and checks are two modules, a check is called with the first, and what it raises is told.
"""

from __future__ import annotations

import contextlib
import signal
import sys
import time
import types
from collections.abc import Iterator
from typing import Any, Final

from guide.run.worker_code import describe, line_in, run_code
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
    """Run the checks against codes: all of them, or until one fails. Returns what was `found` in each, by check.

    That is a message, "" where the check passed, and what was printed meanwhile. The time that a first code takes,
    which passes every check, says how long the others may take.
    """
    limits: dict[str, float] = dict(zip(job["names"], job["limits"], strict=True))
    found: list[dict[str, tuple[str, str]]] = []
    for source in job["sources"]:
        candidate, checks, fault = _read(source, job["checks"], max(limits.values()))
        results: dict[str, tuple[str, str]] = {}
        times: dict[str, float] = {}
        for name, limit in limits.items():
            began = time.process_time()
            results[name] = (fault, "") if fault else _checked(getattr(checks, name), candidate, limit)
            times[name] = time.process_time() - began
            if results[name][0] and job["until_one_fails"]:
                break
        if not found and not any(message for message, _ in results.values()):
            least, share = _PATIENCE
            # The quickest first: most bugs fail one of them.
            quickest = sorted(times.items(), key=lambda each: each[1])
            limits = {name: min(limits[name], least + share * seconds) for name, seconds in quickest}
        found.append(results)
    return {"found": found}


def _read(source: str, checks: str, limit: float) -> tuple[types.ModuleType, types.ModuleType, str]:
    """Return code and checks as modules, and why the code does not run, if it does not. What it prints is dropped."""
    candidate, graders, fault = types.ModuleType("candidate"), types.ModuleType("checks"), ""
    with contextlib.redirect_stdout(Text(lambda text: None)):
        try:
            with _limited(limit):
                _run_module(candidate, source)
            _run_module(graders, checks)
        except BaseException as error:
            fault = f"the code does not run: {_told(error)}"
    return candidate, graders, fault


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


def _run_module(module: types.ModuleType, source: str) -> None:
    """Run source as a module; dataclasses and pickling look it up by its name."""
    sys.modules[module.__name__] = module
    run_code(source, f"{module.__name__}.py", vars(module))
