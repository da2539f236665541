"""The warm process that runs code: notebooks, figures, the code blocks of pages, the checks of exercises.

Importing NumPy, scikit-learn, Matplotlib and pandas takes longer than most notebooks do. This program imports them
once and forks a child for each job, so every job starts from the same clean state, in milliseconds, and whatever it
does (a changed setting, a runaway loop, a crash) ends with its child. Jobs come as JSON, a line each, on standard
input; answers leave the same way on standard output, in the order in which they are ready. `guide.run.runner` is the
other end.

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
import linecache
import os
import re
import selectors
import shutil
import signal
import sys
import tempfile
import time
import traceback
import types
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any, Final

from guide.run.worker_errors import describe, line_in
from guide.run.worker_grade import run_exercise, run_mutants
from guide.run.worker_limits import Text, close_files, close_network, limit_memory
from guide.run.worker_plots import FIGURE_SIZE, PALETTE, figure_to_svg, set_style

# Packages that are imported here, once, when a job asks for them; others are imported by the job itself.
IMPORTED_AHEAD: Final = frozenset({"IPython", "matplotlib", "numpy", "pandas", "scipy", "sklearn"})

_IMPORT: Final = re.compile(
    r"^[ \t]*(?:import|from)[ \t]+(?P<module>[\w.]+)(?:[ \t]+import[ \t]+(?P<names>.*))?", re.MULTILINE
)

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
    sources = [
        *job.get("blocks", []),
        *(cell["source"] for cell in job.get("cells", [])),
        job.get("source", ""),
        *job.get("sources", [])[:1],
        job.get("checks", ""),
    ]
    for statement in _IMPORT.finditer("\n".join(sources)):
        module = statement["module"]
        if module.partition(".")[0] in IMPORTED_AHEAD:
            names += [module, *(f"{module}.{name}" for name in re.findall(r"\w+", statement["names"] or ""))]
    for name in names:
        # Most names after `from … import` are no modules; and a mistake in a name is the job's to report.
        with contextlib.suppress(Exception):
            import_module(name)


def _run(source: str, filename: str, namespace: dict[str, Any]) -> None:
    """Execute `source` under a name of its own, which tracebacks and `inspect` can look up."""
    linecache.cache[filename] = (len(source), None, source.splitlines(keepends=True), filename)
    exec(compile(source, filename, "exec"), namespace)


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
    for number, source in enumerate(job["blocks"]):
        text: list[str] = []
        try:
            with contextlib.redirect_stdout(Text(text.append)):
                _run(source, f"<block {number}>", namespace)
        except BaseException as error:
            fault = {"block": number, "line": line_in(error, f"<block {number}>"), "message": describe(error)}
            return {"printed": printed, "fault": fault}
        printed.append("".join(text))
    plt.close("all")
    return {"printed": printed, "fault": None}


def run_figure(job: dict[str, Any]) -> dict[str, Any]:
    """Run the code of one figure. Returns `svg`, its `title`, and `fault` (line, message) if it does not draw one."""
    import matplotlib.pyplot as plt
    import numpy as np

    plt.rcParams["figure.figsize"] = FIGURE_SIZE
    namespace = _new_main()
    namespace.update(plt=plt, np=np, CYCLE=list(PALETTE))

    def fault(line: int, message: str) -> dict[str, Any]:
        return {"svg": "", "title": "", "fault": {"line": line, "message": message}}

    try:
        _run(job["source"], "<figure>", namespace)
        drawn = [plt.figure(number) for number in plt.get_fignums()]
        if len(drawn) != 1:
            return fault(0, f"the code draws {len(drawn) or 'no'} figures where one is wanted")
        rendered = figure_to_svg(drawn[0])
    except BaseException as error:
        return fault(line_in(error, "<figure>"), describe(error))
    if rendered is None:
        return fault(0, "the figure is empty")
    return {"svg": rendered[0], "title": rendered[1]["title"], "fault": None}


def run_notebook(job: dict[str, Any]) -> dict[str, Any]:
    """Run the code cells of a notebook as a fresh kernel would, up to the first that raises.

    Returns `cells`, each with its `outputs` (nbformat), `count` and the `faults` of its plots, and `fault` (cell,
    line, message) if a cell raised. A cell is known by the number that the caller gave it.
    """
    from guide.run.worker_session import Session

    session = Session()
    cells: list[dict[str, Any]] = []
    for cell in job["cells"]:
        if not cell["source"].strip():
            cells.append({"outputs": [], "count": None, "faults": []})
            continue
        answer, fault = session.run(cell["number"], cell["source"])
        if fault is not None:
            return {"cells": cells, "fault": {"cell": cell["number"], **fault}}
        cells.append(answer)
    return {"cells": cells, "fault": None}


JOBS: Final[dict[str, Callable[[dict[str, Any]], dict[str, Any]]]] = {
    "page": run_page,
    "figure": run_figure,
    "notebook": run_notebook,
    "exercise": run_exercise,
    "mutants": run_mutants,
}


# ---- the server --------------------------------------------------------------------------------------------------


class _Child:
    """A forked process at work on one job."""

    def __init__(self, job: dict[str, Any]) -> None:
        self.job = job
        self.answer = bytearray()
        self.folder = tempfile.mkdtemp(prefix="guide-")
        self.deadline = time.monotonic() + float(job["limit"])
        self.pipe, end = os.pipe()
        self.pid = os.fork()
        if self.pid == 0:
            # What was loaded before the fork is not collected here: fonts would close files that are closed below.
            # Matplotlib forgets its fonts at a fork, but not the texts set in them.
            if mathtext := sys.modules.get("matplotlib.mathtext"):
                mathtext.MathTextParser._parse_cached.cache_clear()
            gc.freeze()
            # A job gets the end of its own pipe; the others are no business of its.
            os.closerange(3, end)
            os.closerange(end + 1, 1024)
            _work(job, end, self.folder)
        os.close(end)

    @property
    def result(self) -> Any:
        """Return the answer once all of it is there and it can be read, else None."""
        length = int.from_bytes(self.answer[:8], "big")
        if len(self.answer) < 8 or len(self.answer) - 8 < length:
            return None
        with contextlib.suppress(ValueError):
            return json.loads(self.answer[8 : 8 + length])
        return None

    def finish(self) -> None:
        """End the child and everything that it started, and remove its folder."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        os.close(self.pipe)
        _, self.status = os.waitpid(self.pid, 0)
        shutil.rmtree(self.folder, ignore_errors=True)


def _work(job: dict[str, Any], end: int, folder: str) -> None:
    """Do a job in the child: never returns."""
    status = 1
    try:
        os.setsid()
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
        with os.fdopen(end, "wb") as pipe:
            # With its length, so that nobody waits for a process that the job has left behind with the pipe.
            pipe.write(len(answer).to_bytes(8, "big") + answer)
        status = 0
    except BaseException:
        traceback.print_exc(file=sys.__stderr__)
    finally:
        os._exit(status)


def serve(requests: int, answers: int, at_once: int) -> None:
    """Answer jobs until the requests end: at most `at_once` children, each ended when its time is over."""
    os.set_blocking(requests, False)
    chooser = selectors.DefaultSelector()
    chooser.register(requests, selectors.EVENT_READ)
    waiting: list[dict[str, Any]] = []
    children: dict[int, _Child] = {}
    unread = bytearray()

    def answer(child: _Child, result: dict[str, Any]) -> None:
        chooser.unregister(child.pipe)
        del children[child.pipe]
        child.finish()
        line = json.dumps({"id": child.job["id"], **result}).encode() + b"\n"
        while line:
            line = line[os.write(answers, line) :]

    try:
        while True:
            while waiting and len(children) < at_once:
                child = _Child(waiting.pop(0))
                children[child.pipe] = child
                os.set_blocking(child.pipe, False)
                chooser.register(child.pipe, selectors.EVENT_READ)
            soonest = min((child.deadline for child in children.values()), default=None)
            patience = None if soonest is None else max(0.0, soonest - time.monotonic())
            for key, _ in chooser.select(patience):
                chunk = os.read(key.fd, 1 << 20)
                if key.fd == requests:
                    if not chunk:
                        return
                    unread += chunk
                    *lines, unread = unread.split(b"\n")
                    arrived = [json.loads(line) for line in lines]
                    for job in arrived:
                        _import_ahead(job)
                    waiting += arrived
                    continue
                child = children[key.fd]
                child.answer += chunk
                if (result := child.result) is not None:
                    answer(child, {"result": result})
                elif not chunk:
                    answer(child, {"error": "died"})
            now = time.monotonic()
            for child in [child for child in children.values() if child.deadline <= now]:
                answer(child, {"error": "timeout"})
    finally:
        for child in list(children.values()):
            child.finish()


@contextlib.contextmanager
def _own_streams() -> Iterator[tuple[int, int]]:
    """Keep standard input and output for the protocol alone: nothing that a job prints may reach them."""
    requests, answers = os.dup(0), os.dup(1)
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(nothing, 1)
    yield requests, answers


def main() -> None:
    """Serve; the one argument is how many jobs may run at once."""
    # What runs here finds the packages of the environment, and no module of ours by its bare name.
    ours = os.path.realpath(os.environ.pop("PYTHONPATH", ""))
    sys.path[:] = [folder for folder in sys.path if os.path.realpath(folder) != ours]
    with _own_streams() as (requests, answers):
        _warm_up()
        # From here on, whatever ends this process is the doing of a job and not of the installation.
        os.write(answers, b"ready\n")
        serve(requests, answers, int(sys.argv[1]))


if __name__ == "__main__":
    main()
