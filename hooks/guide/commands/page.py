"""What `python -m guide page` does: all that the build and the tests would say of one page, in about two seconds.

The whole guide is read, because a link or a prerequisite may name any page of it, but only the given pages are run and
drawn: many writers can work side by side on a small machine.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import closing

from guide.check.numbers import unprinted
from guide.check.rules import check
from guide.commands.run import run_pages
from guide.model.catalogue import Catalogue, Exercise, Page
from guide.model.problems import Problem, exit_code, nearest, render
from guide.model.vocabulary import SLIPS_PER_EQUIVALENT
from guide.read.exercises import ExerciseError, beginning, mutate
from guide.read.load import load
from guide.read.mutation import same_statement
from guide.render.drawing import drawing_problems
from guide.run.grading import grade, survivors
from guide.run.runner import Runner


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
    pages: list[Page] = []
    for given in options.pages:
        page = _named(catalogue, given)
        if page is None:
            near = nearest(str(given), [page.id for page in catalogue.pages])
            print(f"There is no page `{given}`." + (f" Did you mean `{near}`?" if near else ""))
            return 2
        pages.append(page)
    exercises = [page for page in pages if isinstance(page, Exercise)]
    shown = {page.path for page in pages}
    folders = tuple(f"{exercise.folder}/" for exercise in exercises)
    problems += check(catalogue)
    problems = [problem for problem in problems if problem.path in shown or problem.path.startswith(folders)]
    problems += run_pages([page for page in pages if page.path.endswith(".md")], root, options.fix)
    paths = [root / page.path for page in pages]
    problems += drawing_problems(root, paths, faulty={problem.path for problem in problems})
    with closing(Runner(root / ".cache")) as runner:
        problems += [problem for exercise in exercises for problem in grading_problems(exercise, runner)]
        problems += [problem for exercise in exercises for problem in slip_problems(exercise, runner)]
    print(render(problems))
    if options.numbers:
        for page in pages:
            for line, number in unprinted(page):
                print(f"{page.path}:{line}: nothing here prints {number}")
    return exit_code(problems)


def _named(catalogue: Catalogue, given: str) -> Page | None:
    name = given.removeprefix("docs/").removesuffix(".md").removesuffix("/index").rstrip("/")
    known = (page for page in catalogue.pages if page.path == given or page.id in (name, f"{name}/index"))
    return next(known, None)


def slip_problems(exercise: Exercise, runner: Runner) -> Iterator[Problem]:
    """Make small slips in the solution; yield those that no check notices, and what is wrong with the argued ones."""
    if exercise.solution is None or exercise.checks_source is None:
        return
    try:
        passed, count = survivors(exercise.checks_source, exercise.solution, runner)
    except ExerciseError:
        return  # said by the checks already
    for slip in passed:
        if not any(same_statement(slip.becomes, each.equivalent) for each in exercise.equivalents):
            said = f"with this line no check fails: `{slip.becomes}`"
            fix = "Sharpen a check, or list it in mutants.yml with `equivalent:` and a `reason:`"
            yield Problem(f"{exercise.folder}/solution.py", slip.line, said, fix)
    for each in exercise.equivalents:
        if not any(same_statement(slip.becomes, each.equivalent) for slip in passed):
            said = "this is no slip of the solution, or a check notices it"
            yield Problem(f"{exercise.folder}/mutants.yml", each.line, said, "Take it out")
    if len(exercise.equivalents) > count / SLIPS_PER_EQUIVALENT:
        argued = len(exercise.equivalents)
        said = f"{argued} of {count} slips are argued away, and one in {SLIPS_PER_EQUIVALENT} is the most"
        yield Problem(f"{exercise.folder}/mutants.yml", 1, said, "Write the solution so that fewer can be made")


def grading_problems(exercise: Exercise, runner: Runner) -> Iterator[Problem]:
    """Grade an exercise: solution, starter, planted bugs and debug twin; yield what its checks do not say rightly."""
    folder = exercise.folder
    if exercise.solution is None or exercise.checks_source is None:
        return
    codes = {"solution": exercise.solution, "starter": beginning(exercise)}
    if exercise.broken is not None:
        codes["broken"] = exercise.broken
    for mutant in exercise.mutants:
        try:
            codes[f"mutant {mutant.name}"] = mutate(exercise.solution, mutant)
        except ExerciseError:
            continue  # said by the checks already
    results = dict(zip(codes, grade(exercise.checks_source, codes.values(), runner), strict=True))
    lines = {check.name: check.line for check in exercise.checks}
    place = f"{folder}/checks.py"
    for result in results["solution"]:
        if not result.passed:
            yield Problem(
                place, lines[result.name], f"the solution fails `{result.name}`: {result.message}", "Correct either"
            )
    for result in results["starter"]:
        if result.passed and not exercise.repairs:
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
