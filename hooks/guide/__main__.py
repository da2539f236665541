"""`python -m guide VERB`: what the build does, without the build.

    check                 all Problems of the content, one a line; exit code 1 when there are any
    new KIND SLUG         a new page with its gaps marked
    page PAGE…            everything that can be said of a page: its contract, code, figures and formulas
    run-code [PAGE…]      run the code blocks and figures of pages; --fix rewrites the outputs
    run-notebooks         execute notebooks; --normalize strips their outputs
    schemas DIR           JSON Schemas of the front matter, for editors

A verb is one entry of VERBS: a function that adds its arguments to a parser and one that runs. Imports stand inside the
functions, so that `check` pays only for what it uses.
"""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final


@dataclass(frozen=True, slots=True)
class Verb:
    """A subcommand: one line of help, its arguments, and what it does. Returns the exit code."""

    help: str
    arguments: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace], int]


def _no_arguments(_: argparse.ArgumentParser) -> None:
    """Take nothing beyond --root."""


def _check(options: argparse.Namespace) -> int:
    from guide.check.rules import check
    from guide.model.problems import exit_code, render
    from guide.publish import listings
    from guide.read.load import load
    from guide.render.drawing import drawing_problems

    catalogue, problems = load(options.root)
    problems += [
        *check(catalogue),
        *listings.problems(catalogue),
        *drawing_problems(options.root, [options.root / page.path for page in catalogue.pages]),
    ]
    print(render(problems))
    return exit_code(problems)


def _new_arguments(parser: argparse.ArgumentParser) -> None:
    from guide.commands.new import KINDS

    parser.add_argument("kind", choices=KINDS, metavar="KIND", help=", ".join(KINDS))
    parser.add_argument("slug", metavar="SLUG", help="kebab-case; a chapter is named AREA/SLUG")


def _new(options: argparse.Namespace) -> int:
    from guide.commands.new import ScaffoldError, scaffold

    try:
        written = scaffold(options.root, options.kind, options.slug)
    except ScaffoldError as error:
        print(error, file=sys.stderr)
        return 1
    for path in written:
        print(path)
    print("Fill the gaps; `make check` names those that are left.")
    return 0


def _schemas_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("directory", type=Path, metavar="DIR", help="where to write them")


def _schemas(options: argparse.Namespace) -> int:
    from guide.publish.schemas import write_schemas

    for path in write_schemas(options.directory):
        print(path)
    return 0


def _code_arguments(parser: argparse.ArgumentParser) -> None:
    from guide.commands.run import code_arguments

    code_arguments(parser)


def _run_code(options: argparse.Namespace) -> int:
    from guide.commands.run import run_code

    return run_code(options)


def _page_arguments(parser: argparse.ArgumentParser) -> None:
    from guide.commands.page import page_arguments

    page_arguments(parser)


def _page(options: argparse.Namespace) -> int:
    from guide.commands.page import one_page

    return one_page(options)


def _notebook_arguments(parser: argparse.ArgumentParser) -> None:
    from guide.commands.run import notebook_arguments

    notebook_arguments(parser)


def _run_notebooks(options: argparse.Namespace) -> int:
    from guide.commands.run import run_notebooks

    return run_notebooks(options)


VERBS: Final[dict[str, Verb]] = {
    "check": Verb("say what is wrong with the content", _no_arguments, _check),
    "new": Verb("begin a page", _new_arguments, _new),
    "page": Verb("check, run, draw and grade single pages", _page_arguments, _page),
    "run-code": Verb("run the code blocks and figures of pages", _code_arguments, _run_code),
    "run-notebooks": Verb("execute notebooks", _notebook_arguments, _run_notebooks),
    "schemas": Verb("write JSON Schemas for editors", _schemas_arguments, _schemas),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one verb and return the exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    parser = argparse.ArgumentParser(prog="guide", description="Work with the content of the guide.")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    # Only the chosen verb declares its arguments: declaring them may import what they are about.
    for name, verb in VERBS.items():
        sub = verbs.add_parser(name, help=verb.help, description=verb.help)
        sub.add_argument("--root", type=Path, default=Path(), help="the repository (default: here)")
        if name in given:
            verb.arguments(sub)
    options = parser.parse_args(given)
    return VERBS[options.verb].run(options)


if __name__ == "__main__":
    # A report may quote any character; a console that cannot show it must not end the run.
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    sys.exit(main())
