"""What the coding gym gets of an exercise: its checks, the code to begin with, and what its page says before a click.

One JSON file beside the page, fetched when the reader wants to write. The checks are the text that the tests run.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import Any, Final

from guide.model.catalogue import Exercise
from guide.publish.data import compact
from guide.publish.python import Python
from guide.read.exercises import ExerciseError, beginning, parse_python

# A browser's Python takes two to three times the seconds of a machine's own.
SLOWER: Final = 2
# Seconds for a program that the reader runs.
RUN_LIMIT: Final = 10
# What the page says of other places to write comes after the one in the page.
_ELSEWHERE: Final = '<section class="tl-section">\n<h2 id="take-it-to-your-own-machine"'


@dataclass(frozen=True, slots=True)
class GymView:
    """What the page of an exercise says of the gym, before anything is fetched."""

    slug: str
    data: str
    python: str
    # What the code needs and this copy of the site does not have: "NumPy", or nothing.
    missing: str
    megabytes: str
    minutes: int
    # The page up to the gym, and the rest.
    before: str
    after: str


def gym_view(exercise: Exercise, python: Python, body: str, editor: int) -> GymView | None:
    """Return the view of the gym for an exercise's page; None for an exercise that cannot be graded.

    `editor` is the size of the gym's own script as it is fetched.
    """
    if exercise.solution is None or not exercise.checks:
        return None
    packages = packages_of(exercise)
    before, elsewhere, after = body.partition(_ELSEWHERE)
    return GymView(
        slug=exercise.slug,
        data=f"{exercise.url}gym.json",
        python=python.address,
        missing="" if all(name in python.packages for name in packages) else "NumPy",
        megabytes=python.megabytes(packages, editor),
        minutes=exercise.minutes or 0,
        before=before,
        after=elsewhere + after,
    )


def packages_of(exercise: Exercise) -> list[str]:
    """Return the packages that an exercise needs in the page."""
    return ["numpy"] if exercise.needs_numpy else []


def gym_json(exercise: Exercise) -> str | None:
    """Return what the gym fetches of an exercise, or None when its code cannot be read."""
    try:
        begin = beginning(exercise)
        content: dict[str, Any] = {
            "id": exercise.id,
            "title": exercise.title,
            "starter": begin,
            # What is to be repaired is shown as it stands.
            "signatures": begin if exercise.repairs else signatures(begin),
            "packages": packages_of(exercise),
            "limit": RUN_LIMIT,
            "checks": exercise.checks_source or "",
            "names": [
                {"name": check.name, "symptom": check.symptom, "limit": SLOWER * check.limit}
                for check in exercise.checks
            ],
        }
    except ExerciseError:
        return None  # said by the checks
    return compact(content)


def signatures(begin: str) -> str:
    """Return a starter without its docstrings: what an interviewer would leave on an empty screen."""
    lines = begin.split("\n")
    for node in ast.walk(parse_python(begin)):
        if not isinstance(node, (ast.Module, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            continue
        if ast.get_docstring(node) is not None:
            said = node.body[0]
            lines[said.lineno - 1 : said.end_lineno] = ["\0"] * ((said.end_lineno or 0) - said.lineno + 1)
    text = "\n".join(line for line in lines if line != "\0").strip("\n") + "\n"
    try:
        parse_python(text)
    except ExerciseError:
        return begin  # a class of nothing but a docstring
    return text
