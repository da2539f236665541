"""What `python -m guide try` does: run the checks of an exercise against a file of one's own.

It is what `make try EXERCISE=k-means FILE=mine.py` calls. The code runs in the same closed process as everything that
the guide publishes, so a file that somebody sent may be tried too, after it was read.
"""

from __future__ import annotations

import argparse
import textwrap
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

from guide.model.labels import counted
from guide.model.problems import nearest
from guide.read.load import load
from guide.run.grading import Result, grade
from guide.run.runner import Runner


def try_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of try."""
    parser.add_argument("exercise", metavar="EXERCISE", help="the name of an exercise, such as k-means")
    parser.add_argument("file", type=Path, metavar="FILE", help="the file with your code")


def try_exercise(options: argparse.Namespace) -> int:
    """Grade a file; say what passed and what failed. Returns the exit code: 0 when every check passed."""
    root = options.root.resolve()
    exercises = {exercise.slug: exercise for exercise in load(root, root / ".cache")[0].exercises}
    exercise = exercises.get(options.exercise)
    if exercise is None or exercise.checks_source is None:
        near = nearest(options.exercise, list(exercises))
        print(f"There is no exercise `{options.exercise}`." + (f" Did you mean `{near}`?" if near else ""))
        return 2
    try:
        code = options.file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        print(f"{options.file} cannot be read: {error.strerror if isinstance(error, OSError) else 'it is not UTF-8'}.")
        return 2
    with closing(Runner(root / ".cache")) as runner:
        (results,) = grade(exercise.checks_source, [code], runner)
    print("\n".join(report(exercise.slug, results)))
    return 0 if all(result.passed for result in results) else 1


def report(name: str, results: Sequence[Result]) -> Iterator[str]:
    """Yield lines that tell people what the checks found: what failed first, and why."""
    passed = [result for result in results if result.passed]
    for result in results:
        if not result.passed:
            yield f"failed  {result.name}"
            yield textwrap.indent(f"{result.symptom}\n{result.message}", " " * 8)
            if result.printed.strip():
                yield textwrap.indent(f"your code printed:\n{result.printed.rstrip()}", " " * 8)
            yield ""
    for result in passed:
        yield f"passed  {result.name}"
    yield f"{name}: {len(passed)} of {counted(len(results), 'check')} passed"
