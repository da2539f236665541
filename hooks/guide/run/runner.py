"""Runs code in a warm process: notebooks, figures, the code blocks of pages, the checks of exercises.

The process (guide.run.worker) is started when the first job comes, which on a warm build is never, and kept until the
program ends, so that under `make serve` an edited notebook runs at once. As many jobs run at a time as there are cores.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import IO, Any, Final, Literal

from guide.tools.cache import hash_of_files, key_of

WORKER: Final = "guide.run.worker"
HOOKS: Final = Path(__file__).resolve().parents[2]
AT_ONCE: Final = os.cpu_count() or 1
# What a job's answer depends on, besides its code.
PACKAGES: Final = ("numpy", "scipy", "scikit-learn", "matplotlib", "matplotlib-inline", "pandas", "ipython")

# The environment of the worker: one thread for each job (there is one for each core), strings that hash the same on
# every run, one time zone and language.
FIXED: Final = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "VECLIB_MAXIMUM_THREADS": "1",
    "PYTHONHASHSEED": "0",
    "PYTHONDONTWRITEBYTECODE": "1",
    "PYTHONUTF8": "1",
    "TZ": "UTC",
    "LC_ALL": "C.UTF-8",
    "COLUMNS": "80",
    "LINES": "24",
    # macOS refuses to fork a process that has used its Objective-C frameworks, unless told that it may.
    "OBJC_DISABLE_INITIALIZE_FORK_SAFETY": "YES",
}
# What the worker learns of the user's machine. The rest could change the outputs, or be published by them.
KEPT: Final = ("PATH", "HOME", "TMPDIR", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")


Tell = Callable[[int, int, str], None]


class WorkerStoppedError(RuntimeError):
    """The warm process does not start, which is a fault of the installation and not of what it runs."""


@dataclass(frozen=True)
class Job:
    """One thing to run. `limit` is in seconds; what stands in `content` depends on the kind (see guide.run.worker).

    `name` is what whoever waits for it is shown.
    """

    kind: Literal["notebook", "figure", "page", "exercise", "mutants"]
    content: Mapping[str, Any]
    limit: float
    name: str = ""


@dataclass(frozen=True)
class Outcome:
    """What came of a job: the worker's answer, or why there is none."""

    result: Mapping[str, Any] | None = None
    error: Literal["", "timeout", "died"] = ""


def fingerprint() -> str:
    """Return one hash for all that an answer depends on besides the code: versions, and the worker's own bytes."""
    return key_of(
        sys.version,
        *(version(name) for name in PACKAGES),
        hash_of_files(sorted(Path(__file__).parent.glob("worker*.py"))),
    )


def why(outcome: Outcome, limit: float) -> str:
    """Say in plain words why a job has no answer."""
    if outcome.error == "timeout":
        return f"it was still running after {limit:g} seconds and was stopped"
    return "its process died (out of memory, or a crash in a library)"


class Runner:
    """The near end of one warm process."""

    def __init__(self, cache_directory: Path, at_once: int = AT_ONCE, tell: Tell = lambda *_: None) -> None:
        """`cache_directory` keeps Matplotlib's list of fonts, which takes seconds to make.

        `tell` hears how many jobs are done, of how many, and the name of the last (guide.tools.progress).
        """
        self.cache_directory = cache_directory
        self._tell = tell
        self._at_once = at_once
        self._process: subprocess.Popen[str] | None = None
        self._errors: IO[str] | None = None
        self._lock = threading.Lock()
        self.started = 0

    def run(self, jobs: Sequence[Job]) -> list[Outcome]:
        """Run all jobs, and return what came of each, in the order of the jobs."""
        if not jobs:
            return []
        with self._lock:
            self.started += len(jobs)
            return self._run(jobs)

    def _run(self, jobs: Sequence[Job]) -> list[Outcome]:
        outcomes = self._send(jobs)
        left = [number for number in range(len(jobs)) if number not in outcomes]
        # A job has ended the process itself. Which one shows when those without an answer run one by one.
        for number in left:
            alone = self._send([jobs[number]]) if len(jobs) > 1 else {}
            outcomes[number] = alone.get(0, Outcome(error="died"))
        return [outcomes[number] for number in range(len(jobs))]

    def _send(self, jobs: Sequence[Job]) -> dict[int, Outcome]:
        """Run jobs, and return what came of each until all are done or the process has ended."""
        process = self._start()
        self._tell(0, len(jobs), "")
        lines = [
            json.dumps({**job.content, "id": number, "kind": job.kind, "limit": job.limit}) + "\n"
            for number, job in enumerate(jobs)
        ]
        # Requests are written beside the reading of answers: either pipe may be full while the other waits.
        writer = threading.Thread(target=_write, args=(process, lines), daemon=True)
        writer.start()
        outcomes: dict[int, Outcome] = {}
        assert process.stdout is not None
        while len(outcomes) < len(jobs):
            line = "" if process.stdout.closed else process.stdout.readline()
            if not line and self._process is not process:
                raise WorkerStoppedError("The process that runs code was ended while it was at work.")
            if not line:
                self._stop(process)
                return outcomes
            answer = json.loads(line)
            outcomes[answer["id"]] = Outcome(answer.get("result"), answer.get("error", ""))
            self._tell(len(outcomes), len(jobs), jobs[answer["id"]].name)
        writer.join()
        return outcomes

    def _start(self) -> subprocess.Popen[str]:
        # Kept in a name of its own: another thread may end the process while this one still speaks to it.
        process = self._process
        if process is None or process.poll() is not None:
            fonts = self.cache_directory / "matplotlib"
            fonts.mkdir(parents=True, exist_ok=True)
            environment = {key: value for key, value in os.environ.items() if key in KEPT}
            environment |= FIXED | {"MPLCONFIGDIR": str(fonts.resolve()), "PYTHONPATH": str(HOOKS)}
            self._errors = tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace")  # noqa: SIM115
            self._process = process = subprocess.Popen(
                [sys.executable, "-P", "-m", WORKER, str(self._at_once)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._errors,
                text=True,
                encoding="utf-8",
                env=environment,
                start_new_session=True,
            )
            atexit.register(self.close)
            assert process.stdout is not None
            if process.stdout.closed or process.stdout.readline() != "ready\n":
                raise WorkerStoppedError(self._last_words())
        return process

    def _stop(self, process: subprocess.Popen[str]) -> None:
        """Put away a process that has ended, whatever it has left running."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.kill()
        self.close()

    def _last_words(self) -> str:
        said = ""
        if self._errors is not None:
            self._errors.seek(0)
            said = "\n".join(self._errors.read().strip().splitlines()[-5:])
        self.close()
        said = said or "it left no message"
        return f"The process that runs code stopped: {said}. Try `pip install -r requirements.txt`."

    def close(self) -> None:
        """End the process; the next job starts another."""
        process, self._process = self._process, None
        if process is not None:
            atexit.unregister(self.close)
            assert process.stdin is not None
            assert process.stdout is not None
            # The worker ends its children and itself when there is nothing more to read.
            with contextlib.suppress(BrokenPipeError):
                process.stdin.close()
            process.wait(timeout=30)
            process.stdout.close()
        if self._errors is not None:
            self._errors.close()
            self._errors = None


def _write(process: subprocess.Popen[str], lines: Sequence[str]) -> None:
    assert process.stdin is not None
    try:
        process.stdin.writelines(lines)
        process.stdin.flush()
    except (OSError, ValueError):
        return  # The reader finds the end of the answers, and says what happened.
