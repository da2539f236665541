"""Python's side of the coding gym: runs what a reader wrote, and the checks of an exercise against it.

The browser's worker (worker.ts) calls `close` once, then `run`, `load` and `check`, each of which returns text: what to
tell the reader, "" when there is nothing. It does what guide.run.worker_grade does on a contributor's machine.

What is refused here is refused in plain words: who types `import js` is told why it does not work. It is no lock. The
locks are outside of Python: the worker's policy allows no request at all, and its origin is nobody's.
"""

import builtins
import io
import linecache
import sys
import traceback
import types

FILE = "your_code.py"
LONGEST = 4000
# The ways from Python to the browser. What pyodide itself has imported stays with it.
BROWSER = frozenset({"js", "pyodide", "pyodide_js", "_pyodide", "_pyodide_core", "micropip"})
# The way into the memory that Python itself runs in: a wild write there can end the whole tab. NumPy does without.
MEMORY = frozenset({"ctypes", "_ctypes"})


class _Printed(io.TextIOBase):
    """Standard output and error: every text goes to the page at once, so that it is there when the code is stopped."""

    encoding = "utf-8"

    def __init__(self, emit):
        super().__init__()
        self._emit = emit

    def writable(self):
        return True

    def write(self, text):
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        self._emit(text)
        return len(text)


class _Refusal:
    """An import hook that says why some modules are not to be had here."""

    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in BROWSER:
            raise ImportError(f"`{name}` is not to be had here: code that runs in this page cannot reach the page")
        if name.partition(".")[0] in MEMORY:
            raise ImportError(f"`{name}` is not to be had here: it reaches into the memory of Python itself")
        return


def _no_input(prompt=""):
    raise EOFError("input() gets no answer here: write what you want to test with into the code")


def _no_network(*args, **kwargs):
    raise OSError("there is no network here")


def _no_loop(main, **_):
    main.close()
    raise RuntimeError("asyncio.run() does not work here: Python has no event loop of its own in a browser")


_streams = []


def close(emit):
    """Take away what does not work here, and send what is printed to the page."""
    import asyncio
    import socket

    _streams[:] = [_Printed(emit), io.StringIO("")]
    _open_streams()
    builtins.input = _no_input
    asyncio.run = _no_loop
    socket.getaddrinfo = socket.create_connection = _no_network
    socket.socket.connect = socket.socket.connect_ex = _no_network
    for name in [each for each in sys.modules if each.partition(".")[0] in BROWSER | MEMORY]:
        del sys.modules[name]
    sys.meta_path.insert(0, _Refusal())


def _open_streams():
    """Give each run the streams of the page: the one before may have put others in their place, or closed them."""
    sys.stdout = sys.stderr = _streams[0]
    sys.stdin = _streams[1]


def run(code):
    """Run a program. Returns the traceback when it ends with an error."""
    _open_streams()
    try:
        _module("__main__", code, FILE)
    except BaseException as error:
        return told(error)
    return ""


_modules = {}


def load(code, checks):
    """Run code and checks as two modules. Returns the traceback when the code does not run."""
    _open_streams()
    try:
        _modules["candidate"] = _module("candidate", code, FILE)
    except BaseException as error:
        return told(error)
    _modules["checks"] = _module("checks", checks, "checks.py")
    return ""


def check(name):
    """Run one check. Returns what it says when it fails."""
    try:
        getattr(_modules["checks"], name)(_modules["candidate"])
    except AssertionError as error:
        return str(error)[:LONGEST] or "The check did not hold."
    except NotImplementedError as error:
        # As the starter does.
        return str(error)[:LONGEST] or "The code that this check calls is not written yet."
    except BaseException as error:
        return told(error)
    return ""


def told(error):
    """Return the traceback of an error, with no other lines of code than the reader's own."""
    if isinstance(error, SystemExit):
        return "The code called exit()."
    report = traceback.TracebackException.from_exception(error)
    seen, trimmed = report, set()
    while seen is not None and id(seen) not in trimmed:
        trimmed.add(id(seen))
        own = [frame for frame in seen.stack if frame.filename == FILE]
        seen.stack = traceback.StackSummary.from_list(own)
        seen = seen.__cause__ or seen.__context__
    text = "".join(report.format()).strip()
    if not any(frame.filename == FILE for frame in report.stack) and not isinstance(error, SyntaxError):
        text = text.replace("Traceback (most recent call last):\n", "")
    return text if len(text) <= LONGEST else f"{text[: LONGEST // 2]}\n…\n{text[-LONGEST // 2 :]}"


def _module(name, source, filename):
    """Run source as a module; dataclasses look it up by its name, and tracebacks its lines by the name of its file."""
    module = sys.modules[name] = types.ModuleType(name)
    linecache.cache[filename] = (len(source), None, source.splitlines(keepends=True), filename)
    exec(compile(source, filename, "exec"), vars(module))
    return module
