"""An IPython shell whose outputs are collected instead of sent, so that they equal those of a fresh kernel.

Imported when the first notebook comes, since IPython takes its time.
"""

from __future__ import annotations

import contextlib
import sys
import traceback
from base64 import b64encode
from importlib import import_module
from typing import Any, Final

import matplotlib.pyplot as plt
from IPython.core.compilerop import CachingCompiler
from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from matplotlib.figure import Figure
from traitlets.config import Config

from guide.run.worker_code import describe, line_in
from guide.run.worker_limits import Text
from guide.run.worker_plots import faults_of, figure_to_svg, set_style

SHELL_CONFIG: Final = {"HistoryManager": {"enabled": False}, "InteractiveShell": {"colors": "nocolor"}}
BACKEND: Final = "module://matplotlib_inline.backend_inline"


class _Compiler(CachingCompiler):
    """Names code after its cell, so that the line of an error is known."""

    cell = 0

    def get_code_name(self, raw_code: str, transformed_code: str, number: int) -> str:
        return f"<cell {self.cell}>"


class _Publisher(DisplayPublisher):
    """Hands what is displayed to the session."""

    guide_session: Any = None

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
        self.guide_session.display(data, metadata or {}, (transient or {}).get("display_id"), update)

    def clear_output(self, wait: bool = False) -> None:
        self.guide_session.outputs.clear()


class _Hook(DisplayHook):
    """Hands the value of a cell to the session."""

    guide_session: Any = None

    def start_displayhook(self) -> None: ...

    def write_output_prompt(self) -> None: ...

    def write_format_data(self, format_dict: dict[str, Any], md_dict: dict[str, Any] | None = None) -> None:
        output = {"output_type": "execute_result", "execution_count": self.prompt_count}
        self.guide_session.outputs.append(output | {"data": _as_json(format_dict), "metadata": md_dict or {}})

    def finish_displayhook(self) -> None: ...


class _ZMQFreeShell(InteractiveShell):
    """The shell of a fresh kernel, without a kernel.

    pandas asks whether the shell's class is a kernel's by looking for "zmq" in its name, and lays its tables out by the
    answer. There is no ZeroMQ here, but the tables must be those of a kernel.
    """

    compiler_class = _Compiler
    display_pub_class = _Publisher
    displayhook_class = _Hook
    kernel = None  # pandas asks for it when the notebook imports it later
    guide_session: Any = None

    def enable_gui(self, gui: Any = None) -> None: ...

    def init_virtualenv(self) -> None: ...

    def _showtraceback(self, etype: Any, evalue: BaseException, stb: Any) -> None:
        self.guide_session.errors.append(evalue)


class Session:
    """A shell, and what came of its cells."""

    def __init__(self) -> None:
        self.outputs: list[dict[str, Any]] = []
        self.by_display_id: dict[str, list[dict[str, Any]]] = {}
        self.errors: list[BaseException] = []
        self.faults: list[str] = []
        # IPython drops blank lines on top of a cell, and counts from there.
        self.skipped: dict[str, int] = {}
        for part in (_Publisher, _Hook, _ZMQFreeShell):
            part.guide_session = self
        shell_class: Any = _ZMQFreeShell
        self.shell: Any = shell_class.instance(config=Config(SHELL_CONFIG))
        self._draw_inline()
        # pandas decides when it is imported how wide tables may be; it was, when there was no kernel in sight.
        if "pandas" in sys.modules:
            sys.modules["pandas"].set_option("display.max_columns", 20)
        set_style()
        self.errors.clear()

    def _draw_inline(self) -> None:
        """Let Matplotlib's inline backend show every figure as SVG, through `draw`."""
        # Neither is typed.
        pylabtools: Any = import_module("IPython.core.pylabtools")
        backend_inline: Any = import_module("matplotlib_inline.backend_inline")
        select = pylabtools.select_figure_formats

        def only_svg(shell: Any, formats: Any, **options: Any) -> None:
            """Draw figures as SVG, whatever format the notebook asks for: a picture of pixels is white in the dark."""
            select(shell, {"svg"}, **options)
            shell.display_formatter.formatters["image/svg+xml"].for_type(Figure, self.draw)

        pylabtools.select_figure_formats = only_svg
        backend_inline.select_figure_formats = only_svg
        # The backend meets the shell when it is imported; it was, before there was a shell.
        plt.switch_backend(BACKEND)
        pylabtools.activate_matplotlib(BACKEND)
        backend_inline.configure_inline_support(self.shell, BACKEND)

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
        _Compiler.cell, self.outputs, self.faults = number, [], []
        self.errors.clear()
        here = f"<cell {number}>"
        self.skipped[here] = len(source) - len(source.lstrip("\n"))
        count = self.shell.execution_count
        out, err = (Text(lambda text, name=name: self.write(name, text)) for name in ("stdout", "stderr"))  # type: ignore[misc]
        try:
            with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
                result = self.shell.run_cell(source, store_history=True)
            error = result.error_before_exec or result.error_in_exec
        except BaseException as raised:
            error = raised
        error = error or next(iter(self.errors), None)
        if error is not None:
            line = line_in(error, here)
            line += self.skipped[here] if line else 0
            return {}, {"line": line, "message": describe(error), "deeper": self._deeper(error, here)}
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
    return {mime: b64encode(v).decode() if isinstance(v, bytes) else v for mime, v in data.items()}
