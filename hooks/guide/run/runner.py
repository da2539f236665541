"""Runs code in a warm process: notebooks, figures, the code blocks of pages, the checks of exercises.

The process (guide.run.worker) is started when the first job comes, which on a warm build is never, and kept until the
program ends, so that under `make serve` an edited notebook runs at once. As many jobs run at a time as there are cores.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final, Literal, TypeVar

from guide.run.worker_code import DIED
from guide.tools.cache import Cache, hash_of_files, key_of

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
Item = TypeVar("Item")


class WorkerStoppedError(RuntimeError):
    """The warm process does not start, which is a fault of the installation and not of what it runs."""


@dataclass(frozen=True)
class Job:
    """Sources to run. `limit` is in seconds; what is in `more` depends on the kind (see guide.run.worker).

    `name` is what whoever waits for it is shown; `beside` is what the answer depends on, besides the sources.
    """

    kind: Literal["notebook", "figure", "page", "exercise"]
    sources: Sequence[str]
    limit: float
    name: str = ""
    more: Mapping[str, Any] = field(default_factory=dict)
    beside: str = ""


@dataclass(frozen=True)
class Outcome:
    """What came of a job: the worker's answer, or in plain words why there is none."""

    result: Mapping[str, Any] | None = None
    error: str = ""


def fingerprint() -> str:
    """Return one hash for all that an answer depends on besides the code: versions, and the worker's own bytes."""
    return key_of(
        sys.version,
        *(version(name) for name in PACKAGES),
        hash_of_files(sorted(Path(__file__).parent.glob("worker*.py"))),
    )


class Runner:
    """The near end of one warm process."""

    def __init__(self, cache_directory: Path, tell: Tell = lambda *_: None) -> None:
        """`cache_directory` keeps Matplotlib's list of fonts, which takes seconds to make.

        `tell` hears how many jobs are done, of how many, and the name of the last (guide.tools.progress).
        """
        self.cache_directory = cache_directory
        self._tell = tell
        self._process: subprocess.Popen[str] | None = None
        self._lock = threading.Lock()
        self.started = 0

    def run(self, jobs: Sequence[Job]) -> list[Outcome]:
        """Run all jobs, and return what came of each, in the order of the jobs."""
        if not jobs:
            return []
        with self._lock:
            self.started += len(jobs)
            outcomes = self._send(jobs)
            # A job has ended the process itself. Which one shows when those without an answer run one by one.
            for number in {*range(len(jobs))} - outcomes.keys():
                alone = self._send([jobs[number]]) if len(jobs) > 1 else {}
                outcomes[number] = alone.get(0, Outcome(error=DIED))
        return [outcomes[number] for number in range(len(jobs))]

    def run_kept(self, jobs: Mapping[Item, Job], cache: Cache) -> dict[Item, Outcome]:
        """Run the job of each item, save those that ran without a fault before, by the same code."""
        tools = fingerprint()
        keys = {item: key_of(tools, job.beside, *job.sources) for item, job in jobs.items()}
        return cache.filled(
            keys,
            lambda items: self.run([jobs[item] for item in items]),
            lambda outcome: outcome.result is not None and outcome.result["fault"] is None,
        )

    def _send(self, jobs: Sequence[Job]) -> dict[int, Outcome]:
        """Run jobs, and return what came of each until all are done or the process has ended."""
        process = self._start()
        assert process.stdin is not None
        assert process.stdout is not None
        self._tell(0, len(jobs), "")
        requests = [{**job.more, "kind": job.kind, "sources": [*job.sources], "limit": job.limit} for job in jobs]
        outcomes: dict[int, Outcome] = {}
        # Another thread may end the process at any time, and close what it is spoken to by.
        with contextlib.suppress(OSError, ValueError):
            process.stdin.write(json.dumps(requests) + "\n")
            process.stdin.flush()
            while len(outcomes) < len(jobs) and (line := process.stdout.readline()):
                number, answer = json.loads(line)
                outcomes[number] = Outcome(**answer)
                self._tell(len(outcomes), len(jobs), jobs[number].name)
        if len(outcomes) < len(jobs):
            if self._process is not process:
                raise WorkerStoppedError("The process that runs code was ended while it was at work.")
            self.close()
        return outcomes

    def _start(self) -> subprocess.Popen[str]:
        # Kept in a name of its own: another thread may end the process while this one still speaks to it.
        process = self._process
        if process is None or process.poll() is not None:
            fonts = self.cache_directory / "matplotlib"
            fonts.mkdir(parents=True, exist_ok=True)
            environment = {key: value for key, value in os.environ.items() if key in KEPT}
            environment |= FIXED | {"MPLCONFIGDIR": str(fonts.resolve()), "PYTHONPATH": str(HOOKS)}
            with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as errors:
                self._process = process = subprocess.Popen(
                    [sys.executable, "-P", "-m", WORKER, str(AT_ONCE)],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=errors,
                    text=True,
                    encoding="utf-8",
                    env=environment,
                    start_new_session=True,
                )
                atexit.register(self.close)
                assert process.stdout is not None
                with contextlib.suppress(ValueError):
                    if process.stdout.readline() == "ready\n":
                        return process
                self.close()
                errors.seek(0)
                said = "\n".join(errors.read().strip().splitlines()[-5:]) or "it left no message"
            raise WorkerStoppedError(
                f"The process that runs code stopped: {said}. Try `pip install -r requirements.txt`."
            )
        return process

    def close(self) -> None:
        """End the process, which ends what it runs; the next job starts another."""
        process, self._process = self._process, None
        if process is not None:
            atexit.unregister(self.close)
            process.terminate()
            with contextlib.suppress(BrokenPipeError), process:
                process.wait(timeout=30)
