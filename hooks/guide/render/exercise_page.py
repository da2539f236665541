"""What the build adds to the page of an exercise: the starter, what the checks look for, the solution, the debug twin.

The author writes the task and the commentary; the code stands in solution.py and broken.py, where it is executed by
the tests, and is put into the page from there. So the page can never show other code than what passed. Where the task
is to debug, the broken program is the starter. The answers of the follow-ups are closed, as those of a question's are.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence
from typing import Final

from guide.model.catalogue import Exercise
from guide.model.problems import FileProblems
from guide.model.vocabulary import HINTS
from guide.read.exercises import ExerciseError, beginning
from guide.read.fences import read_fences
from guide.read.pages import list_items

_HEADING = re.compile(r"^## +(?P<text>.+?)(?: +#+)?(?: +\{[^}]*\})? *$")
_STARTER: Final = "The signatures to fill in. Helpers of your own are welcome; the checks call only what stands here."
_REPAIRED: Final = "The program to repair, as the editor begins with it. The checks call only its public names."

# The budget in as many parts as there are hints.
_PACE: Final = (
    "One for each third of the time: work for {minutes} minutes before you open the first, and again before each."
)
_HOME: Final = (
    "[{name}.py]({name}.py){{ download }} is one file: the starter, and the checks below it."
    " Write your code and run `python -m pytest {name}.py`, which needs {needs}."
    " [{name}.ipynb]({name}.ipynb){{ download }} is the same as a notebook."
    " In a copy of the guide's repository, `make try EXERCISE={name} FILE=mine.py` runs the checks against a file."
)
_TWIN: Final = (
    "The editor runs NumPy, and so does `make test`. This version is tested every night: `make test-torch` runs the"
    " same checks on it and compares what it returns with the NumPy solution, for which it computes in 64 bits."
)


def complete(markdown: str, exercise: Exercise) -> str:
    """Return the Markdown of an exercise's page with the code in its places."""
    sections = _sections(markdown)
    filled: list[str] = []
    for title, lines in sections:
        text = list(lines)
        if title == "Solution" and exercise.solution is not None:
            text[1:1] = ["", *_block("Reference solution", _solutions(exercise.solution, exercise.torch)), ""]
        if title == "Hints" and exercise.minutes is not None:
            text[1:1] = ["", _PACE.format(minutes=max(1, exercise.minutes // HINTS))]
        if title == "Follow-ups":
            text = [text[0], "", *_follow_ups("\n".join(text[1:]))]
        if title == "Debug twin" and exercise.broken is not None and not exercise.repairs:
            place = next((index for index, line in enumerate(text) if line.startswith("///")), len(text))
            text[place:place] = ["", *_code(exercise.broken), ""]
        filled += text
        if title == "Example" and exercise.solution is not None:
            filled += _starter(exercise)
    return "\n".join(filled)


def _sections(markdown: str) -> list[tuple[str, list[str]]]:
    """Return the `##` sections of a text, each with its heading line first; what stands before them has no title."""
    sections: list[tuple[str, list[str]]] = [("", [])]
    lines = markdown.split("\n")
    for line, prose in zip(lines, read_fences(lines, 1, FileProblems())[1], strict=True):
        if heading := _HEADING.match(prose):
            sections.append((heading["text"], []))
        sections[-1][1].append(line)
    return sections


def _starter(exercise: Exercise) -> list[str]:
    try:
        code = beginning(exercise)
    except ExerciseError:
        return []  # The checks report it, with its line.
    lines = ["", "## Starter", "", _REPAIRED if exercise.repairs else _STARTER, "", *_code(code), ""]
    # Markdown in which no HTML can stand.
    symptoms = [f"- {check.symptom}".replace("<", "&lt;") for check in exercise.checks if check.symptom]
    if symptoms:
        lines += [*_block("What the checks look for", symptoms), ""]
    if exercise.checks:
        needs = "NumPy and pytest" if exercise.needs_numpy else "pytest"
        lines += ["## Take it to your own machine", "", _HOME.format(name=exercise.slug, needs=needs), ""]
    return lines


def _solutions(solution: str, torch: str | None) -> list[str]:
    """Return the solution, in tabs where there is a second one."""
    if torch is None:
        return _code(solution)
    tabs = {"NumPy": _code(solution), "PyTorch": [_TWIN, "", *_code(torch)]}
    return [line for name, lines in tabs.items() for line in ("", f'=== "{name}"', "", *_indented(lines))]


def _indented(lines: Sequence[str]) -> list[str]:
    return [f"    {line}" if line else "" for line in lines]


def _follow_ups(text: str) -> list[str]:
    """Return the follow-ups with their answers closed: `- The question — its answer.` What comes after them stays."""
    lines: list[str] = []
    after = ""
    for item in list_items(text):
        # The last item goes on to the end of the section, and what belongs to it is indented.
        item, *others = re.split(r"\n\n(?=\S)", item, maxsplit=1)
        after = "".join(others)
        question, _, answer = item.partition(" — ")
        first, _, rest = answer.strip().partition("\n")
        # Indented, the first line would be read as an option of the block.
        inner = [first, *textwrap.dedent(rest).split("\n")]
        lines += [*_block(" ".join(question.split()), inner), ""]
    return [*lines, *after.split("\n")]


def _block(title: str, inner: Sequence[str]) -> list[str]:
    return [f"/// solution | {title}", *inner, "///"]


def _code(source: str) -> list[str]:
    """Return a Python fence that the source cannot end early."""
    longest = max((len(run) for run in re.findall(r"`{3,}", source)), default=2)
    marks = "`" * (longest + 1)
    return [f"{marks}python", *source.strip("\n").split("\n"), marks]
