"""Published code: how it is run, and its errors: in which line, and in which words."""

from __future__ import annotations

import linecache
import traceback
from typing import Any, Final

# Why a job has no answer, when it was not its time that ended.
DIED: Final = "its process died (out of memory, or a crash in a library)"


def run_code(source: str, filename: str, namespace: dict[str, Any]) -> None:
    """Execute `source` under a name of its own, which tracebacks and `inspect` can look up."""
    linecache.cache[filename] = (len(source), None, source.splitlines(keepends=True), filename)
    exec(compile(source, filename, "exec"), namespace)


def line_in(error: BaseException, filename: str) -> int:
    """Return the line of `filename` in which `error` arose, as deep as the traceback goes; 0 when it did not."""
    if isinstance(error, SyntaxError) and error.filename == filename:
        return error.lineno or 0
    lines = [frame.lineno or 0 for frame in traceback.extract_tb(error.__traceback__) if frame.filename == filename]
    return lines[-1] if lines else 0


def describe(error: BaseException) -> str:
    """Return the kind of an error and what it says, on one line."""
    if isinstance(error, SyntaxError):
        return f"{type(error).__name__}: {error.msg}"
    text = " ".join(str(error).split())
    return f"{type(error).__name__}: {text}" if text else type(error).__name__
