"""What `python -m guide page` does: all that the build and the tests would say of one page, in about two seconds.

The whole guide is read, because a link or a prerequisite may name any page of it, but only the given pages are run and
drawn: many writers can work side by side on a small machine.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

from guide.check.rules import check
from guide.commands import run
from guide.model.catalogue import Catalogue, Exercise
from guide.model.problems import Problem, exit_code, nearest, render
from guide.read.exercises import ExerciseError, mutate, run_many, starter
from guide.read.load import load
from guide.render.drawing import drawing_problems
from guide.run import codeblocks
from guide.run.runner import Runner
from guide.tools.cache import Cache


def page_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of page."""
    parser.add_argument(
        "pages", nargs="+", metavar="PAGE", help="ids of pages, such as topics/classical-ml/svm, or files"
    )
    parser.add_argument("--fix", action="store_true", help="rewrite the output fences to what was printed")


def one_page(options: argparse.Namespace) -> int:
    """Check, run and draw pages and grade exercises; say everything that is wrong. Returns the exit code."""
    root = options.root.resolve()
    catalogue, problems = load(root)
    paths: list[Path] = []
    for given in options.pages:
        path = _file(root, catalogue, given)
        if path is None:
            near = nearest(str(given), [page.id for page in catalogue.pages])
            print(f"There is no page `{given}`." + (f" Did you mean `{near}`?" if near else ""))
            return 2
        paths.append(path)
    shown = {codeblocks.shown(path, root) for path in paths}
    exercises = [page for page in catalogue.exercises if page.path in shown]
    folders = tuple(f"{page.path.rpartition('/')[0]}/" for page in exercises)
    problems += check(catalogue, root)
    problems = [problem for problem in problems if problem.path in shown or problem.path.startswith(folders)]
    problems += _run(paths, root, options.fix)
    problems += drawing_problems(root, [path for path in paths if path.suffix in (".md", ".ipynb")])
    problems += [problem for exercise in exercises for problem in grading_problems(exercise)]
    print(render(problems))
    return exit_code(problems)


def _file(root: Path, catalogue: Catalogue, given: str) -> Path | None:
    name = given.removeprefix("docs/").removesuffix(".md").removesuffix("/index").rstrip("/")
    for page in catalogue.pages:
        if page.path == given or page.id == name or page.id == f"{name}/index":
            return root / page.path
    return None


def _run(paths: Sequence[Path], root: Path, fix: bool) -> Iterator[Problem]:
    cache = root / ".cache"
    with closing(Runner(cache)) as runner:
        pages = [path for path in paths if path.suffix == ".md"]
        runs = codeblocks.run_pages(pages, runner, Cache(cache, "code"))
        for path, ran in zip(pages, runs, strict=True):
            text = path.read_text(encoding="utf-8")
            if fix and (better := codeblocks.mend(text, ran)) != text:
                path.write_text(better, encoding="utf-8")
                print(f"{codeblocks.shown(path, root)}: outputs rewritten")
                text = better
            yield from codeblocks.compare(codeblocks.shown(path, root), text, ran)
            yield from run.figure_problems(path, root, runner, cache)


def grading_problems(exercise: Exercise) -> Iterator[Problem]:
    """Grade an exercise: solution, starter, planted bugs and debug twin; yield what its checks do not say rightly."""
    folder = exercise.path.rpartition("/")[0]
    if exercise.solution is None or exercise.checks_source is None:
        return
    codes = {"solution": exercise.solution, "starter": starter(exercise.solution)}
    if exercise.broken is not None:
        codes["broken"] = exercise.broken
    for mutant in exercise.mutants:
        try:
            codes[f"mutant {mutant.name}"] = mutate(exercise.solution, mutant)
        except ExerciseError:
            continue  # said by the checks already
    results = dict(zip(codes, run_many(exercise.checks_source, codes.values()), strict=True))
    lines = {check.name: check.line for check in exercise.checks}
    place = f"{folder}/checks.py"
    for result in results["solution"]:
        if not result.passed:
            yield Problem(
                place, lines[result.name], f"the solution fails `{result.name}`: {result.message}", "Correct either"
            )
    for result in results["starter"]:
        if result.passed:
            yield Problem(
                place, lines[result.name], f"the empty starter passes `{result.name}`", "Let the check call the code"
            )
    tried = {name: found for name, found in results.items() if name.startswith(("mutant", "broken"))}
    for name, found in tried.items():
        if all(result.passed for result in found):
            what = "the debug twin" if name == "broken" else f"the planted bug `{name.removeprefix('mutant ')}`"
            file = "broken.py" if name == "broken" else "mutants.yml"
            yield Problem(
                f"{folder}/{file}", 1, f"{what} passes every check", "Sharpen a check, or plant a bug that matters"
            )
    caught = {result.name for found in tried.values() for result in found if not result.passed}
    for name, line in lines.items():
        if tried and name not in caught:
            yield Problem(place, line, f"no planted bug fails `{name}`", "Plant the bug that it is there for")
