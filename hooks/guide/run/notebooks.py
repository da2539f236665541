"""Notebooks: executed in the warm process, and judged by what a page can show.

The outputs of a notebook are cached by its code alone, so a corrected sentence runs nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from guide.model.problems import Problem
from guide.run import plots
from guide.run.runner import Job, Outcome, Runner
from guide.tools.cache import Cache

if TYPE_CHECKING:
    from guide.model.catalogue import Cell, Notebook

# The contract is twenty seconds; this is where a runaway notebook is stopped, on the slowest machine.
NOTEBOOK_LIMIT: Final = 90.0

_ADDRESS: Final = re.compile(r"\bat 0x[0-9a-fA-F]{6,}")


@dataclass(frozen=True)
class Execution:
    """What came of the code cells, by cell number, and what is wrong with them."""

    outputs: Mapping[int, list[dict[str, Any]]]
    counts: Mapping[int, int | None]
    problems: tuple[Problem, ...] = ()


def execute(notebooks: Sequence[Notebook], runner: Runner, cache: Cache) -> dict[str, Execution]:
    """Execute every notebook whose code changed, as many at a time as there are cores. Returns executions by slug.

    A notebook that raises is tried again.
    """
    outcomes = runner.run_kept({nb.slug: _job(nb) for nb in notebooks}, cache)
    return {nb.slug: _judged(nb, outcomes[nb.slug]) for nb in notebooks}


def _job(notebook: Notebook) -> Job:
    sources, numbers = [cell.source for cell in notebook.code], [cell.number for cell in notebook.code]
    return Job("notebook", sources, NOTEBOOK_LIMIT, notebook.path, {"numbers": numbers})


def _judged(notebook: Notebook, outcome: Outcome) -> Execution:
    """Turn the worker's answer into an Execution, with everything that cannot be published."""
    if outcome.result is None:
        message = f"the notebook failed: {outcome.error}"
        return Execution({}, {}, (Problem(notebook.path, 1, message, "Make it smaller"),))
    ran = list(zip(notebook.code, outcome.result["cells"], strict=False))
    problems = [problem for cell, answer in ran for problem in _unpublishable(notebook.path, cell, answer)]
    if outcome.result["fault"] is not None:
        problems.append(_raised(notebook, outcome.result["fault"]))
    outputs = {cell.number: answer["outputs"] for cell, answer in ran}
    return Execution(outputs, {cell.number: answer["count"] for cell, answer in ran}, tuple(problems))


def _raised(notebook: Notebook, fault: Mapping[str, Any]) -> Problem:
    """Say what raised, with the line itself: a bare assertion says nothing by its name."""
    cell = next(cell for cell in notebook.code if cell.number == fault["cell"])
    source = cell.source.splitlines()
    line = source[fault["line"] - 1].strip() if 0 < fault["line"] <= len(source) else ""
    place = f"cell {cell.number}, line {fault['line']}" if fault["line"] else f"cell {cell.number}"
    message = f"{place}: {fault['message']}" + (f" in `{line}`" if line else "")
    if fault["deeper"]:
        message += f", raised in the function of {fault['deeper']}"
    return notebook.problem(cell.line, message)


def _unpublishable(path: str, cell: Cell, answer: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield what is wrong with the outputs of one cell."""
    said = [(fault, "Every plot has a title and a label on each axis") for fault in answer["faults"]]
    for output in answer["outputs"]:
        said += _wrong_output(output)
    plots = sum("image/svg+xml" in output.get("data", {}) for output in answer["outputs"])
    if plots != len(cell.alts):
        drawn = f"{plots or 'no'} plot{'' if plots == 1 else 's'}"
        said.append(
            (
                f"the cell draws {drawn} and describes {len(cell.alts) or 'none'}",
                "Begin the cell with a comment `# alt: what is to be seen` for each plot",
            )
        )
    for message, fix in said:
        yield Problem(path, cell.line, f"cell {cell.number}: {message}", fix)


def _wrong_output(output: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with one output, and how to fix it."""
    data = output.get("data", {})
    text = output["text"] if output["output_type"] == "stream" else data.get("text/plain", "")
    if output.get("name") == "stderr":
        yield f"the cell writes to standard error: `{_first_line(text)}`", "Remove the cause of the warning"
        return
    if "image/svg+xml" in data:
        if unfit := plots.unpublishable(data["image/svg+xml"]):
            yield unfit, ""
    elif not is_table(data) and re.match(r"<IPython\.core\.display\.\w+ object>", text):
        kind = next((mime for mime in data if mime != "text/plain"), "this")
        yield f"the page cannot show {kind}", "Print text, show a table, or draw with Matplotlib"
    if "\x1b" in text:
        yield "the output holds the colors of a terminal", "Print plain text"
    if "style.Styler " in text:
        yield "the page cannot show a styled table", "Show the DataFrame without `.style`"
    elif _ADDRESS.search(text):
        yield (
            f"the output holds a memory address: `{_first_line(text)}`",
            "It differs on every run; end the line with a semicolon, or print what matters",
        )


def _first_line(text: str) -> str:
    line = next((line.strip() for line in text.splitlines() if line.strip()), "")
    # A warning names the file that it comes from, which is different on every machine.
    line = re.sub(r"(?:/[^\s/:]+)+/", "", line)
    return line if len(line) <= 120 else line[:117] + "…"


def is_table(data: Mapping[str, Any]) -> bool:
    """Tell whether an output is a table, which is the one kind of HTML that a page shows."""
    return "<table" in data.get("text/html", "") and "<script" not in data["text/html"]
