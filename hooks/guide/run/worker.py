"""The warm process that runs code: notebooks, figures, the code blocks of pages, the checks of exercises.

Importing NumPy, scikit-learn, Matplotlib and pandas takes longer than most notebooks do. This program imports them
once and forks a child for each job, so every job starts from the same clean state, in milliseconds, and whatever it
does (a changed setting, a runaway loop, a crash) ends with its child. Jobs come as JSON on standard input, a line for
those that are run together; answers leave on standard output, a line each, in the order in which they are ready.
`guide.run.runner` is the other end.

Notebook cells run in IPython's own shell with the outputs collected instead of sent, so that they equal those of a
fresh kernel, without a kernel. What is published has to be the same on every run and on every machine: hashes of
strings, thread counts, the time zone and the ids inside SVG are fixed, and the user's own Matplotlib and IPython
settings are not read. Randomness is the notebook's business: it seeds what it uses.

The network is closed, files are written in the job's own folder alone, and memory and time are limited. That stops
accidents and says where they are. It is no prison: code from strangers is read before it is run.

It imports nothing of the library but its own parts (`worker_…`), and the scientific stack only inside functions.
"""

from __future__ import annotations

import contextlib
import gc
import io
import json
import os
import re
import shutil
import signal
import sys
import tempfile
import time
import traceback
import types
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from guide.run.worker_code import DIED, describe, line_in, run_code
from guide.run.worker_grade import run_exercise
from guide.run.worker_limits import Text, close_files, close_network, limit_memory
from guide.run.worker_plots import FIGURE_SIZE, PALETTE, figure_to_svg, set_style

# Packages that are imported here, once, when a job asks for them; others are imported by the job itself.
IMPORTED_AHEAD: Final = frozenset({"IPython", "matplotlib", "numpy", "pandas", "scipy", "sklearn"})

_IMPORT: Final = re.compile(
    r"^[ \t]*(?:import|from)[ \t]+(?P<module>[\w.]+)(?:[ \t]+import[ \t]+(?P<names>.*))?", re.MULTILINE
)

# Seconds between two looks at who is done.
_PAUSE: Final = 0.002

# ---- what every job shares ---------------------------------------------------------------------------------------


def _warm_up() -> None:
    """Import what every job uses, and draw once, so that the children inherit the modules and the fonts found."""
    import matplotlib

    matplotlib.use("Agg")
    import_module("matplotlib.backends.backend_svg")
    import matplotlib.pyplot as plt

    set_style()
    figure, axes = plt.subplots()
    axes.plot(range(3), label="$x$")
    axes.set_title("warm")
    axes.legend()
    figure.savefig(io.StringIO(), format="svg", bbox_inches="tight")
    plt.close("all")


def _import_ahead(job: dict[str, Any]) -> None:
    """Import what a job is going to import, so that the next ones find it done."""
    names = ["IPython.core.completer", "guide.run.worker_session", "matplotlib_inline.backend_inline"]
    names = names if job["kind"] == "notebook" else []
    for statement in _IMPORT.finditer("\n".join([*job["sources"], job.get("checks", "")])):
        module = statement["module"]
        if module.partition(".")[0] in IMPORTED_AHEAD:
            names += [module, *(f"{module}.{name}" for name in re.findall(r"\w+", statement["names"] or ""))]
    for name in names:
        # Most names after `from … import` are no modules; and a mistake in a name is the job's to report.
        with contextlib.suppress(Exception):
            import_module(name)


def _new_main() -> dict[str, Any]:
    """Return the namespace of a fresh `__main__`, so that dataclasses and pickling work as in a script."""
    module = types.ModuleType("__main__")
    sys.modules["__main__"] = module
    return vars(module)


# ---- jobs --------------------------------------------------------------------------------------------------------


def run_page(job: dict[str, Any]) -> dict[str, Any]:
    """Run the code blocks of a page in order, in one namespace.

    Returns `printed`, the text of each block that ran, and `fault` (block, line in it, message) if one raised.
    """
    import matplotlib.pyplot as plt

    if job.get("folder"):
        sys.path.insert(0, job["folder"])
    namespace = _new_main()
    printed: list[str] = []
    for number, source in enumerate(job["sources"]):
        text: list[str] = []
        try:
            with contextlib.redirect_stdout(Text(text.append)):
                run_code(source, f"<block {number}>", namespace)
        except BaseException as error:
            fault = {"block": number, "line": line_in(error, f"<block {number}>"), "message": describe(error)}
            return {"printed": printed, "fault": fault}
        printed.append("".join(text))
    plt.close("all")
    return {"printed": printed, "fault": None}


def run_figure(job: dict[str, Any]) -> dict[str, Any]:
    """Run the code of one figure. Returns `svg`, and `fault` (line, message) if it does not draw one."""
    import matplotlib.pyplot as plt
    import numpy as np

    plt.rcParams["figure.figsize"] = FIGURE_SIZE
    namespace = _new_main()
    namespace.update(plt=plt, np=np, CYCLE=list(PALETTE))

    def fault(line: int, message: str) -> dict[str, Any]:
        return {"svg": "", "fault": {"line": line, "message": message}}

    try:
        run_code("\n".join(job["sources"]), "<figure>", namespace)
        drawn = [plt.figure(number) for number in plt.get_fignums()]
        if len(drawn) != 1:
            return fault(0, f"the code draws {len(drawn) or 'no'} figures where one is wanted")
        rendered = figure_to_svg(drawn[0])
    except BaseException as error:
        return fault(line_in(error, "<figure>"), describe(error))
    if rendered is None:
        return fault(0, "the figure is empty")
    return {"svg": rendered[0], "fault": None}


def run_notebook(job: dict[str, Any]) -> dict[str, Any]:
    """Run the code cells of a notebook as a fresh kernel would, up to the first that raises.

    Returns `cells`, each with its `outputs` (nbformat), `count` and the `faults` of its plots, and `fault` (cell,
    line, message) if a cell raised. A cell is known by its number among `numbers`.
    """
    from guide.run.worker_session import Session

    session = Session()
    cells: list[dict[str, Any]] = []
    for number, source in zip(job["numbers"], job["sources"], strict=True):
        if not source.strip():
            cells.append({"outputs": [], "count": None, "faults": []})
            continue
        answer, fault = session.run(number, source)
        if fault is not None:
            return {"cells": cells, "fault": {"cell": number, **fault}}
        cells.append(answer)
    return {"cells": cells, "fault": None}


JOBS: Final[dict[str, Callable[[dict[str, Any]], dict[str, Any]]]] = {
    "page": run_page,
    "figure": run_figure,
    "notebook": run_notebook,
    "exercise": run_exercise,
}


# ---- the server --------------------------------------------------------------------------------------------------


class _Child:
    """A forked process at work on one job, in a folder of its own."""

    def __init__(self, number: int, job: dict[str, Any]) -> None:
        self.number = number
        self.folder = tempfile.mkdtemp(prefix="guide-")
        self.limit = float(job["limit"])
        self.deadline = time.monotonic() + self.limit
        self.pid = os.fork()
        if self.pid == 0:
            _work(job, self.folder)

    def outcome(self) -> dict[str, Any]:
        """Return what came of the job, or nothing while it is at work; once it is done, nothing is left of it."""
        pid, status = os.waitpid(self.pid, os.WNOHANG)
        if not pid and time.monotonic() < self.deadline:
            return {}
        result = None
        # Whatever a job has written there: it is an answer only if it can be read.
        with contextlib.suppress(OSError, ValueError):
            result = json.loads(_answer_in(self.folder).read_bytes()) if pid and status == 0 else None
        self.end(waited=bool(pid))
        late = f"it was still running after {self.limit:g} seconds and was stopped"
        return {"result": result} if result is not None else {"error": DIED if pid else late}

    def end(self, waited: bool = False) -> None:
        """End the child and everything that it started, and remove its folder."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)
        if not waited:
            # It may not have made a group of its own yet.
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        shutil.rmtree(self.folder, ignore_errors=True)


def _answer_in(folder: str) -> Path:
    return Path(folder, "answer.json")


def _work(job: dict[str, Any], folder: str) -> None:
    """Do a job in the child: never returns."""
    status = 1
    try:
        os.setsid()
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        # What was loaded before the fork is not collected here: fonts would close files that are closed below.
        # Matplotlib forgets its fonts at a fork, but not the texts set in them.
        if mathtext := sys.modules.get("matplotlib.mathtext"):
            mathtext.MathTextParser._parse_cached.cache_clear()
        gc.freeze()
        os.closerange(3, 1024)
        home, work = os.path.join(folder, "home"), os.path.join(folder, "work")
        os.mkdir(home)
        os.mkdir(work)
        os.environ |= {"IPYTHONDIR": home, "TMPDIR": work}
        tempfile.tempdir = None
        os.chdir(work)
        limit_memory()
        close_network()
        close_files(folder, os.environ["MPLCONFIGDIR"])
        # Half a surrogate pair is a character for Python and for nobody else; it is published as a question mark.
        answer = json.dumps(JOBS[job["kind"]](job), ensure_ascii=False).encode("utf-8", "replace")
        _answer_in(folder).write_bytes(answer)
        status = 0
    except BaseException:
        traceback.print_exc(file=sys.__stderr__)
    finally:
        os._exit(status)


def serve(jobs: list[dict[str, Any]], at_once: int, answer: Callable[[int, dict[str, Any]], None]) -> None:
    """Do jobs: at most `at_once` at a time, each ended when its time is over. Answers come as they are ready."""
    waiting = [(number, job) for number, job in enumerate(jobs)]
    children: list[_Child] = []
    try:
        while waiting or children:
            while waiting and len(children) < at_once:
                children.append(_Child(*waiting.pop(0)))
            time.sleep(_PAUSE)
            for child in list(children):
                if outcome := child.outcome():
                    children.remove(child)
                    answer(child.number, outcome)
    finally:
        for child in children:
            child.end()


def main() -> None:
    """Serve until there is nothing more to read; the one argument is how many jobs may run at once."""
    # What runs here finds the packages of the environment, and no module of ours by its bare name.
    ours = os.path.realpath(os.environ.pop("PYTHONPATH", ""))
    sys.path[:] = [folder for folder in sys.path if os.path.realpath(folder) != ours]
    # Standard input and output are for the protocol alone: nothing that a job prints may reach them.
    requests, answers = os.fdopen(os.dup(0)), os.fdopen(os.dup(1), "w")
    with open(os.devnull, "r+b") as nothing:
        os.dup2(nothing.fileno(), 0)
        os.dup2(nothing.fileno(), 1)
    _warm_up()
    # Whoever ends this process ends what it runs.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    # From here on, whatever ends it otherwise is the doing of a job and not of the installation.
    print("ready", file=answers, flush=True)
    for line in requests:
        jobs = json.loads(line)
        for job in jobs:
            _import_ahead(job)
        serve(jobs, int(sys.argv[1]), lambda *told: print(json.dumps(told), file=answers, flush=True))


if __name__ == "__main__":
    main()
