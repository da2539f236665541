"""What `python -m guide page` does: all that the build and the tests would say of one page, in about two seconds.

The whole guide is read, because a link or a prerequisite may name any page of it, but only the given pages are run and
drawn: many writers can work side by side on a small machine.
"""

from __future__ import annotations

import argparse
from contextlib import closing

from guide.check.numbers import unprinted
from guide.check.rules import check
from guide.commands.run import named, run_pages
from guide.model.catalogue import Exercise, Notebook
from guide.model.problems import exit_code, render
from guide.read.load import load
from guide.render.drawing import drawing_problems
from guide.run.exercises import exercise_problems
from guide.run.notebooks import execute
from guide.run.runner import Runner
from guide.tools.cache import Cache


def page_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of page."""
    parser.add_argument(
        "pages", nargs="+", metavar="PAGE", help="ids of pages, such as topics/classical-ml/svm, or files"
    )
    parser.add_argument("--numbers", action="store_true", help="list the numbers that none of the code prints, too")
    parser.add_argument("--fix", action="store_true", help="rewrite the output fences to what was printed")


def one_page(options: argparse.Namespace) -> int:
    """Check, run and draw pages and grade exercises; say everything that is wrong. Returns the exit code."""
    root = options.root.resolve()
    catalogue, problems = load(root, root / ".cache")
    pages = named(catalogue, root, options.pages)
    if pages is None:
        return 2
    exercises = [page for page in pages if isinstance(page, Exercise)]
    shown = {page.path for page in pages}
    folders = tuple(f"{exercise.folder}/" for exercise in exercises)
    problems += check(catalogue)
    problems = [problem for problem in problems if problem.path in shown or problem.path.startswith(folders)]
    problems += run_pages([page for page in pages if page.path.endswith(".md")], root, options.fix)
    paths = [root / page.path for page in pages]
    problems += drawing_problems(root, paths, faulty={problem.path for problem in problems})
    notebooks = [page for page in pages if isinstance(page, Notebook)]
    with closing(Runner(root / ".cache")) as runner:
        problems += [problem for exercise in exercises for problem in exercise_problems(exercise, runner)]
        executions = execute(notebooks, runner, Cache(root / ".cache", "notebooks"))
    problems += [problem for execution in executions.values() for problem in execution.problems]
    print(render(problems))
    if options.numbers:
        for page in pages:
            for line, number in unprinted(page):
                print(f"{page.path}:{line}: nothing here prints {number}")
    return exit_code(problems)
