"""What `python -m guide run-code` and `run-notebooks` do: run what one is writing, without a build.

Both answer with the place of everything that is wrong, share their caches with the build and the tests, and can mend
what a machine can mend: output fences, and the form in which notebooks are committed.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from guide.model.problems import Problem, exit_code, render
from guide.render import figures, notebooks
from guide.run import codeblocks
from guide.run.runner import Runner
from guide.tools.cache import Cache
from guide.tools.progress import Progress


def code_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of run-code."""
    parser.add_argument("pages", nargs="*", type=Path, metavar="PAGE", help="Markdown files (default: all)")
    parser.add_argument("--fix", action="store_true", help="rewrite the output fences to what was printed")


def run_code(options: argparse.Namespace) -> int:
    """Run the python and figure fences of pages; say what does not agree, or mend it. Returns the exit code."""
    root = options.root.resolve()
    pages = [path.resolve() for path in options.pages] or codeblocks.pages_with_code(
        root, ("python", "output", "figure")
    )
    if missing := [path for path in pages if not path.is_file()]:
        print(f"There is no file {missing[0]}.", file=sys.stderr)
        return 2
    cache = root / ".cache"
    with closing(Runner(cache, tell=Progress(print))) as runner:
        runs = codeblocks.run_pages(pages, runner, Cache(cache, "code"))
        problems = [problem for path in pages for problem in figure_problems(path, root, runner, cache)]
    for path, run in zip(pages, runs, strict=True):
        text = path.read_text(encoding="utf-8")
        if options.fix and (mended := codeblocks.mend(text, run)) != text:
            path.write_text(mended, encoding="utf-8")
            print(f"{codeblocks.shown(path, root)}: outputs rewritten")
            text = mended
        problems += codeblocks.compare(codeblocks.shown(path, root), text, run)
    print(render(problems))
    return exit_code(problems)


def figure_problems(path: Path, root: Path, runner: Runner, cache: Path) -> list[Problem]:
    """Draw the figures of one page, and return what cannot be drawn."""
    fences = [f for f in codeblocks.fences(path.read_text(encoding="utf-8")) if f.language == "figure"]
    wanted = {fence: figures.Figure(fence.body.rstrip(), "") for fence in fences}
    drawn = figures.draw(wanted.values(), runner, Cache(cache, "figures"))
    return [
        Problem(
            codeblocks.shown(path, root),
            fence.line + max(drawn[figure].line, 1),
            f"the figure cannot be drawn: {drawn[figure].fault}",
            "Mend its code",
        )
        for fence, figure in wanted.items()
        if drawn[figure].fault
    ]


def notebook_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of run-notebooks."""
    parser.add_argument("notebooks", nargs="*", type=Path, metavar="NOTEBOOK", help="notebooks (default: all)")
    parser.add_argument(
        "--normalize", action="store_true", help="do not run: strip outputs and write the form that is committed"
    )


def run_notebooks(options: argparse.Namespace) -> int:
    """Execute notebooks and say what is wrong with them, or write their normal form. Returns the exit code."""
    root = options.root.resolve()
    paths = [path.resolve() for path in options.notebooks] or notebooks.paths(root)
    read, problems = _read(paths, root)
    if options.normalize:
        for notebook in read:
            path = root / notebook.path
            before = path.read_text(encoding="utf-8-sig")
            if (after := notebooks.normalized(before)) != before:
                path.write_text(after, encoding="utf-8")
                print(f"{notebook.path}: normalized")
    else:
        cache = root / ".cache"
        with closing(Runner(cache, tell=Progress(print))) as runner:
            executions = notebooks.execute(read, runner, Cache(cache, "notebooks"))
        problems += [problem for notebook in read for problem in executions[notebook.slug].problems]
    for problem in problems:
        print(problem)
    print(f"{len(read)} notebooks, {len(problems)} problems")
    return 1 if problems else 0


def _read(paths: Iterable[Path], root: Path) -> tuple[list[notebooks.Notebook], list[notebooks.CellProblem]]:
    read, problems = [], []
    for path in paths:
        try:
            read.append(notebooks.read(path, root))
        except notebooks.NotebookError as error:
            problems.append(error.problem)
        except OSError as error:
            problems.append(notebooks.CellProblem(str(path), 0, 0, f"the file cannot be read ({error.strerror})"))
    return read, problems
