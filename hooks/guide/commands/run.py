"""What `python -m guide run-code` and `run-notebooks` do: run what one is writing, without a build.

Both answer with the place of everything that is wrong, share their caches with the build and the tests, and can
rewrite what a machine can: output fences, and the form in which notebooks are committed.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

from guide.model.catalogue import Catalogue, Page
from guide.model.problems import Problem, exit_code, nearest, render
from guide.publish.notebooks import normalized
from guide.read.load import load
from guide.render import figures
from guide.render.fences import Picture
from guide.run import codeblocks
from guide.run.notebooks import execute
from guide.run.runner import Runner
from guide.tools.cache import Cache
from guide.tools.progress import Progress


def code_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of run-code."""
    parser.add_argument("pages", nargs="*", metavar="PAGE", help="ids of pages, or Markdown files (default: all)")
    parser.add_argument("--fix", action="store_true", help="rewrite the output fences to what was printed")


def run_code(options: argparse.Namespace) -> int:
    """Run the python and figure fences of pages; say what does not agree, or rewrite it. Returns the exit code."""
    root = options.root.resolve()
    catalogue, _ = load(root, root / ".cache")
    pages: list[Page] | None = codeblocks.pages_with_code(catalogue, "python", "output", "figure")
    if options.pages:
        pages = named(catalogue, root, options.pages)
    if pages is None:
        return 2
    problems = list(run_pages(pages, root, options.fix))
    print(render(problems))
    return exit_code(problems)


def named(catalogue: Catalogue, root: Path, names: Sequence[str]) -> list[Page] | None:
    """Return the pages and fragments of these ids or files; say which there is not, and return None."""
    pages = [*catalogue.pages, *catalogue.fragments]
    found: list[Page] = []
    for name in names:
        bare = name.removeprefix("docs/").removesuffix(".md").removesuffix("/index").rstrip("/")
        file = os.path.relpath(os.path.realpath(name), root)
        page = next((page for page in pages if page.path in (name, file) or page.id in (bare, f"{bare}/index")), None)
        if page is None:
            near = nearest(name, [page.id for page in catalogue.pages])
            print(f"There is no page `{name}`." + (f" Did you mean `{near}`?" if near else ""), file=sys.stderr)
            return None
        found.append(page)
    return found


def run_pages(pages: Sequence[Page], root: Path, fix: bool) -> Iterator[Problem]:
    """Run the code of pages and draw their figures; yield what is wrong, or rewrite outputs to what was printed."""
    cache = root / ".cache"
    with closing(Runner(cache, tell=Progress(print))) as runner:
        runs = codeblocks.run_pages(pages, root, runner, Cache(cache, "code"))
        wanted = [fence for page in pages for fence in page.body.fences if fence.lang == "figure"]
        sketches = [
            Picture(fence.text.rstrip(), fence.attrs.get("alt", ""), fence.attrs.get("caption", "")) for fence in wanted
        ]
        drawn = figures.draw(sketches, runner, Cache(cache, "figures"))
    yield from figures.problems(pages, drawn)
    for page, run in zip(pages, runs, strict=True):
        path = root / page.path
        text = path.read_text(encoding="utf-8")
        if fix and (better := codeblocks.rewritten(text, page, run)) != text:
            path.write_text(better, encoding="utf-8")
            print(f"{page.path}: outputs rewritten")
            run = codeblocks.Run((), run.fault)
        yield from codeblocks.compare(page, run)


def notebook_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of run-notebooks."""
    parser.add_argument("notebooks", nargs="*", type=Path, metavar="NOTEBOOK", help="notebooks (default: all)")
    parser.add_argument(
        "--normalize", action="store_true", help="do not run: strip outputs and write the form that is committed"
    )


def run_notebooks(options: argparse.Namespace) -> int:
    """Execute notebooks and say what is wrong with them, or write their normal form. Returns the exit code."""
    root = options.root.resolve()
    catalogue, problems = load(root, root / ".cache")
    paths = {path.resolve() for path in options.notebooks} or set((root / "notebooks").glob("*.ipynb"))
    read = [notebook for notebook in catalogue.notebooks if root / notebook.path in paths]
    unread = paths - {root / notebook.path for notebook in read}
    problems = [problem for problem in problems if root / problem.path in unread]
    problems += [Problem(str(path), 1, "there is no such notebook") for path in unread if not path.is_file()]
    if options.normalize:
        for notebook in read:
            path = root / notebook.path
            before = path.read_text(encoding="utf-8-sig")
            if (after := normalized(before)) != before:
                path.write_text(after, encoding="utf-8")
                print(f"{notebook.path}: normalized")
    else:
        cache = root / ".cache"
        with closing(Runner(cache, tell=Progress(print))) as runner:
            executions = execute(read, runner, Cache(cache, "notebooks"))
        problems += [problem for notebook in read for problem in executions[notebook.slug].problems]
    print(render(problems))
    return exit_code(problems)
