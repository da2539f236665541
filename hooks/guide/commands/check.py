"""What `python -m guide check` and `schemas` do: say what is wrong, and write what editors know of front matter."""

from __future__ import annotations

import argparse
from pathlib import Path

from guide.check.rules import check
from guide.model.problems import exit_code, render
from guide.publish import listings, schemas
from guide.read.load import load
from guide.render.drawing import drawing_problems


def run_check(options: argparse.Namespace) -> int:
    """Apply every rule to all content; return the exit code."""
    catalogue, problems = load(options.root, options.root / ".cache")
    problems += [*check(catalogue), *listings.problems(catalogue)]
    paths = [options.root / page.path for page in catalogue.pages]
    problems += drawing_problems(options.root, paths, faulty={problem.path for problem in problems})
    print(render(problems))
    return exit_code(problems)


def schema_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the folder."""
    parser.add_argument("directory", type=Path, metavar="DIR", help="where to write them")


def write_all_schemas(options: argparse.Namespace) -> int:
    """Write the JSON Schemas; return the exit code."""
    options.directory.mkdir(parents=True, exist_ok=True)
    for name, text in schemas.published().items():
        path = options.directory / name
        path.write_text(text, encoding="utf-8")
        print(path)
    return 0
