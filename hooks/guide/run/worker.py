"""The warm process that runs what we publish: notebooks, figures, and the code blocks of pages.

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

The module imports nothing of the guide, and the scientific stack only inside functions, so that the library can
read the palette from here without paying for it.
"""

from __future__ import annotations

import contextlib
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

try:
    import resource
except ImportError:  # pragma: no cover - not on Windows
    resource = None  # type: ignore[assignment]

# The colors of plots as they leave Matplotlib. Each stands for a variable of the theme (--tl-plot-1 … 8), which
# takes its place when the plot is published; in a notebook that was downloaded they are simply good colors.
PALETTE: Final = ("#1f5f8b", "#b4472a", "#3c7839", "#7a4ea1", "#966300", "#127473", "#a33a70", "#5f5a52")
# The figure's background. Published, it gives way to the page's; downloaded, the plot stays readable in the dark.
PAPER: Final = "#fffffe"

# One style for all plots. The size of figures and the resolution stay Matplotlib's own, since the text form of an
# output names them (`<Figure size 640x480 with 1 Axes>`) and has to equal a fresh kernel's.
STYLE: Final[dict[str, Any]] = {
    "axes.axisbelow": True,
    "axes.edgecolor": "#000000",
    "axes.facecolor": "none",
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.titlelocation": "left",
    "axes.titlesize": "large",
    "figure.facecolor": PAPER,
    "grid.alpha": 0.15,
    "grid.color": "#000000",
    "legend.frameon": False,
    "lines.linewidth": 1.8,
    "savefig.facecolor": "auto",
    "svg.fonttype": "none",
    "svg.hashsalt": "the-training-loop",
}
FIGURE_SIZE: Final = (6.4, 3.6)

# More printed text than this is a loop that does not end, not an output.
MOST_TEXT: Final = 1_000_000

# What a job may take of the memory, in bytes: several times what any of ours needs, and less than a machine has.
MOST_MEMORY: Final = 6 * 1024**3

# Packages that are imported here, once, when a job asks for them; others are imported by the job itself.
IMPORTED_AHEAD: Final = frozenset({"IPython", "matplotlib", "numpy", "pandas", "scipy", "sklearn"})

_IMPORT: Final = re.compile(
    r"^[ \t]*(?:import|from)[ \t]+(?P<module>[\w.]+)(?:[ \t]+import[ \t]+(?P<names>.*))?", re.MULTILINE
)
SHELL_CONFIG: Final = {"HistoryManager": {"enabled": False}, "InteractiveShell": {"colors": "nocolor"}}


class TooMuchTextError(RuntimeError):
    """The code prints without end."""


class NoNetworkError(RuntimeError):
    """The code reaches for the network."""


class NoFilesError(RuntimeError):
    """The code changes files that are not its own."""


# ---- what every job shares ---------------------------------------------------------------------------------------


def _warm_up() -> None:
    """Import what every job uses, and draw once, so that the children inherit the modules and the fonts found."""
    import matplotlib

    matplotlib.use("Agg")
    import_module("matplotlib.backends.backend_svg")
    import matplotlib.pyplot as plt

    _set_style()
    figure, axes = plt.subplots()
    axes.plot(range(3), label="$x$")
    axes.set_title("warm")
    axes.legend()
    figure.savefig(io.StringIO(), format="svg", bbox_inches="tight")
    plt.close("all")


def _import_ahead(job: dict[str, Any]) -> None:
    """Import what a job is going to import, so that the next ones find it done."""
    names = ["IPython.core.completer", "IPython.core.interactiveshell", "matplotlib_inline.backend_inline"]
    names = names if job["kind"] == "notebook" else []
    sources = [*job.get("blocks", []), *(cell["source"] for cell in job.get("cells", [])), job.get("source", "")]
    for statement in _IMPORT.finditer("\n".join(sources)):
        module = statement["module"]
        if module.partition(".")[0] in IMPORTED_AHEAD:
            names += [module, *(f"{module}.{name}" for name in re.findall(r"\w+", statement["names"] or ""))]
    for name in names:
        # Most names after `from … import` are no modules; and a mistake in a name is the job's to report.
        with contextlib.suppress(Exception):
            import_module(name)


def _set_style() -> None:
    import matplotlib as mpl
    from cycler import cycler

    mpl.rcdefaults()
    settings: Any = mpl.rcParams
    settings.update({**STYLE, "axes.prop_cycle": cycler(color=list(PALETTE))})


def _close_network() -> None:
    """Refuse connections from now on in this process: what is published must not hang on what is elsewhere."""

    def refuse(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "socket.connect" and isinstance(arguments[1], tuple):
            host = str(arguments[1][0])
            if host not in ("127.0.0.1", "::1", "localhost"):
                raise NoNetworkError(f"the code connects to {host}; published code has no network")
        elif event == "socket.getaddrinfo" and arguments[0] not in (None, "127.0.0.1", "::1", "localhost"):
            raise NoNetworkError(f"the code looks up {arguments[0]}; published code has no network")

    sys.addaudithook(refuse)


# What changes files, as Python's audit events call it, and how many of the first arguments are paths.
_WRITES: Final = {
    "os.chmod": 1,
    "os.link": 2,
    "os.mkdir": 1,
    "os.remove": 1,
    "os.rename": 2,
    "os.rmdir": 1,
    "os.symlink": 2,
    "os.truncate": 1,
}
_WRITING: Final = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def _close_files(*folders: str) -> None:
    """Refuse changes outside these folders from now on in this process: a build leaves nothing behind."""
    allowed = tuple(os.path.join(os.path.realpath(folder), "") for folder in (*folders, "/dev"))

    def refuse(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open":
            paths = arguments[:1] if isinstance(arguments[2], int) and arguments[2] & _WRITING else ()
        else:
            paths = arguments[: _WRITES.get(event, 0)]
        for path in paths:
            if isinstance(path, str | bytes | os.PathLike):
                name = os.fsdecode(path)
                if not os.path.realpath(name).startswith(allowed):
                    raise NoFilesError(f"the code changes the file {name}; published code keeps to its own folder")

    sys.addaudithook(refuse)


def _limit_memory() -> None:
    """Let this process ask for so much memory and no more, so that it fails and not the machine."""
    if resource is not None:
        # Some systems know no such limit.
        with contextlib.suppress(OSError, ValueError):
            _, most = resource.getrlimit(resource.RLIMIT_AS)
            least = MOST_MEMORY if most == resource.RLIM_INFINITY else min(MOST_MEMORY, most)
            resource.setrlimit(resource.RLIMIT_AS, (least, most))


def figure_to_svg(figure: Any) -> tuple[str, dict[str, str]] | None:
    """Return a Matplotlib figure as SVG with its title as metadata, or None when nothing is drawn in it."""
    if not figure.axes and not figure.lines:
        return None
    buffer = io.StringIO()
    nothing = dict.fromkeys(("Date", "Creator", "Format", "Type"))
    figure.savefig(buffer, format="svg", bbox_inches="tight", metadata=nothing)
    return buffer.getvalue(), {"title": title_of(figure)}


def title_of(figure: Any) -> str:
    """Return the figure's title: its own, then those of its axes."""
    titles = [figure.get_suptitle()]
    titles += [axes.get_title(loc) for axes in figure.axes for loc in ("left", "center", "right")]
    return "; ".join(dict.fromkeys(" ".join(title.split()) for title in titles if title.strip()))


def faults_of(figure: Any) -> list[str]:
    """Return what a reader would miss in a figure: a title, and a label on each axis that carries a scale."""
    faults = [] if title_of(figure) else ["the plot has no title"]
    plain = [a for a in figure.axes if a.axison and a.get_label() != "<colorbar>" and not a.images]
    if plain and hasattr(plain[0], "get_zlabel"):
        return faults
    across = figure.get_supxlabel() or any(a.get_xlabel() for a in plain)
    along = figure.get_supylabel() or any(a.get_ylabel() for a in plain)
    faults += ["the plot has no label on its horizontal axis"] if plain and not across else []
    faults += ["the plot has no label on its vertical axis"] if plain and not along else []
    return faults


def _line_in(error: BaseException, filename: str) -> int:
    """Return the line of `filename` in which `error` arose, as deep as the traceback goes; 0 when it did not."""
    if isinstance(error, SyntaxError) and error.filename == filename:
        return error.lineno or 0
    lines = [frame.lineno or 0 for frame in traceback.extract_tb(error.__traceback__) if frame.filename == filename]
    return lines[-1] if lines else 0


def _describe(error: BaseException) -> str:
    if isinstance(error, SyntaxError):
        return f"{type(error).__name__}: {error.msg}"
    text = " ".join(str(error).split())
    return f"{type(error).__name__}: {text}" if text else type(error).__name__


def _run(source: str, filename: str, namespace: dict[str, Any]) -> None:
    """Execute `source` under a name of its own, which tracebacks and `inspect` can look up."""
    linecache.cache[filename] = (len(source), None, source.splitlines(keepends=True), filename)
    exec(compile(source, filename, "exec"), namespace)


def _new_main() -> dict[str, Any]:
    """Return the namespace of a fresh `__main__`, so that dataclasses and pickling work as in a script."""
    module = types.ModuleType("__main__")
    sys.modules["__main__"] = module
    return vars(module)


class _Text(io.TextIOBase):
    """A stream that hands what is written to a function, and stops code that writes without end."""

    encoding = "utf-8"

    def __init__(self, write: Callable[[str], None]) -> None:
        self._hand = write
        self._count = 0

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        self._count += len(text)
        if self._count > MOST_TEXT:
            raise TooMuchTextError(f"the code prints more than {MOST_TEXT:,} characters")
        if text:
            self._hand(text)
        return len(text)


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
            with contextlib.redirect_stdout(_Text(text.append)):
                _run(source, f"<block {number}>", namespace)
        except BaseException as error:
            fault = {"block": number, "line": _line_in(error, f"<block {number}>"), "message": _describe(error)}
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
        return fault(_line_in(error, "<figure>"), _describe(error))
    if rendered is None:
        return fault(0, "the figure is empty")
    return {"svg": rendered[0], "title": rendered[1]["title"], "fault": None}


def run_notebook(job: dict[str, Any]) -> dict[str, Any]:
    """Run the code cells of a notebook as a fresh kernel would, up to the first that raises.

    Returns `cells`, each with its `outputs` (nbformat), `count` and the `faults` of its plots, and `fault` (cell,
    line, message) if a cell raised. A cell is known by the number that the caller gave it.
    """
    session = _Session()
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


class _Session:
    """An IPython shell whose outputs are collected."""

    def __init__(self) -> None:
        import matplotlib.pyplot as plt
        from IPython.core.compilerop import CachingCompiler
        from IPython.core.displayhook import DisplayHook
        from IPython.core.displaypub import DisplayPublisher
        from IPython.core.interactiveshell import InteractiveShell
        from traitlets.config import Config

        # Neither is typed.
        pylabtools: Any = import_module("IPython.core.pylabtools")
        backend_inline: Any = import_module("matplotlib_inline.backend_inline")
        session = self
        self.outputs: list[dict[str, Any]] = []
        self.by_display_id: dict[str, list[dict[str, Any]]] = {}
        self.errors: list[BaseException] = []
        self.faults: list[str] = []
        self.number = 0
        # IPython drops blank lines on top of a cell, and counts from there.
        self.skipped: dict[str, int] = {}

        class Compiler(CachingCompiler):
            """Names code after its cell, so that the line of an error is known."""

            def get_code_name(self, raw_code: str, transformed_code: str, number: int) -> str:
                return f"<cell {session.number}>"

        class Publisher(DisplayPublisher):
            def publish(
                self,
                data: dict[str, Any],
                metadata: dict[str, Any] | None = None,
                source: object = None,
                *,
                transient: dict[str, Any] | None = None,
                update: bool = False,
                **_: Any,
            ) -> None:
                session.display(data, metadata or {}, (transient or {}).get("display_id"), update)

            def clear_output(self, wait: bool = False) -> None:
                session.outputs.clear()

        class Hook(DisplayHook):
            def start_displayhook(self) -> None: ...

            def write_output_prompt(self) -> None: ...

            def write_format_data(self, format_dict: dict[str, Any], md_dict: dict[str, Any] | None = None) -> None:
                session.outputs.append(
                    {
                        "output_type": "execute_result",
                        "execution_count": self.prompt_count,
                        "data": _as_json(format_dict),
                        "metadata": md_dict or {},
                    }
                )

            def finish_displayhook(self) -> None: ...

        # pandas asks whether the shell's class is a kernel's by looking for "zmq" in its name, and lays its tables
        # out by the answer. There is no ZeroMQ here, but the tables must be those of a kernel.
        class ZMQFreeShell(InteractiveShell):
            compiler_class = Compiler
            display_pub_class = Publisher
            displayhook_class = Hook
            kernel = None  # pandas asks for it when the notebook imports it later

            def enable_gui(self, gui: Any = None) -> None: ...

            def init_virtualenv(self) -> None: ...

            def _showtraceback(self, etype: Any, evalue: BaseException, stb: Any) -> None:
                session.errors.append(evalue)

        shell_class: Any = ZMQFreeShell
        self.shell: Any = shell_class.instance(config=Config(SHELL_CONFIG))
        select = pylabtools.select_figure_formats

        def only_svg(shell: Any, formats: Any, **options: Any) -> None:
            """Draw figures as SVG, whatever format the notebook asks for: a picture of pixels is white in the dark."""
            from matplotlib.figure import Figure

            select(shell, {"svg"}, **options)
            shell.display_formatter.formatters["image/svg+xml"].for_type(Figure, session.draw)

        pylabtools.select_figure_formats = only_svg
        backend_inline.select_figure_formats = only_svg
        # pandas decides when it is imported how wide tables may be; it was, when there was no kernel in sight.
        if "pandas" in sys.modules:
            sys.modules["pandas"].set_option("display.max_columns", 20)
        # The backend meets the shell when it is imported; it was, before there was a shell.
        plt.switch_backend("module://matplotlib_inline.backend_inline")
        pylabtools.activate_matplotlib("module://matplotlib_inline.backend_inline")
        backend_inline.configure_inline_support(self.shell, "module://matplotlib_inline.backend_inline")
        _set_style()
        self.errors.clear()

    def draw(self, figure: Any) -> Any:
        """Format a figure for the display, noting what a reader would miss in it."""
        rendered = figure_to_svg(figure)
        if rendered is not None:
            self.faults += faults_of(figure)
        return rendered

    def display(self, data: dict[str, Any], metadata: dict[str, Any], identity: str | None, update: bool) -> None:
        """Keep what was displayed; an update changes every display with that identity."""
        output = {"output_type": "display_data", "data": _as_json(data), "metadata": metadata}
        if update and identity:
            for earlier in self.by_display_id.get(identity, []):
                earlier.update(output)
            return
        self.outputs.append(output)
        if identity:
            self.by_display_id.setdefault(identity, []).append(output)

    def write(self, name: str, text: str) -> None:
        """Keep what was printed; neighbors on the same stream are one output."""
        last = self.outputs[-1] if self.outputs else {}
        if last.get("output_type") == "stream" and last["name"] == name:
            last["text"].append(text)
        else:
            # Pieces, and joined at the end: a string that grows is copied with every line that is printed.
            self.outputs.append({"output_type": "stream", "name": name, "text": [text]})

    def run(self, number: int, source: str) -> tuple[dict[str, Any], dict[str, Any] | None]:
        """Run one cell. Returns its answer, and the fault (line, message) if it raised."""
        # A new list for each cell; a display that a later cell updates is still the same object.
        self.number, self.outputs, self.faults = number, [], []
        self.errors.clear()
        here = f"<cell {number}>"
        self.skipped[here] = len(source) - len(source.lstrip("\n"))
        count = self.shell.execution_count
        out, err = (_Text(lambda text, name=name: self.write(name, text)) for name in ("stdout", "stderr"))  # type: ignore[misc]
        try:
            with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
                result = self.shell.run_cell(source, store_history=True)
            error = result.error_before_exec or result.error_in_exec
        except BaseException as raised:
            error = raised
        error = error or next(iter(self.errors), None)
        if error is not None:
            line = _line_in(error, here)
            line += self.skipped[here] if line else 0
            return {}, {"line": line, "message": _describe(error), "deeper": self._deeper(error, here)}
        for output in self.outputs:
            if output["output_type"] == "stream":
                output["text"] = "".join(output["text"])
        return {"outputs": self.outputs, "count": count, "faults": self.faults}, None

    def _deeper(self, error: BaseException, here: str) -> str:
        """Return the place in an earlier cell in which the error arose, for one that came through its function."""
        frames = [f for f in traceback.extract_tb(error.__traceback__) if f.filename in self.skipped]
        if not frames or frames[-1].filename == here:
            return ""
        line = (frames[-1].lineno or 0) + self.skipped[frames[-1].filename]
        return f"{frames[-1].filename.strip('<>')}, line {line}"


def _as_json(data: dict[str, Any]) -> dict[str, Any]:
    """Return a bundle of representations as nbformat keeps it: pictures of pixels as base64."""
    from base64 import b64encode

    return {mime: b64encode(v).decode() if isinstance(v, bytes) else v for mime, v in data.items()}


JOBS: Final[dict[str, Callable[[dict[str, Any]], dict[str, Any]]]] = {
    "page": run_page,
    "figure": run_figure,
    "notebook": run_notebook,
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
        _limit_memory()
        _close_network()
        _close_files(folder, os.environ["MPLCONFIGDIR"])
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
    with _own_streams() as (requests, answers):
        _warm_up()
        # From here on, whatever ends this process is the doing of a job and not of the installation.
        os.write(answers, b"ready\n")
        serve(requests, answers, int(sys.argv[1]))


if __name__ == "__main__":
    main()
