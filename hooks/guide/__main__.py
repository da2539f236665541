"""`python -m guide VERB`: what the build does, without the build.

    book                  the built site as an EPUB and a PDF, in dist/
    check                 all Problems of the content, one a line; exit code 1 when there are any
    fetch-wheels          the packages that exercises need in the browser, with their hashes checked
    new KIND SLUG         a new page with its gaps marked
    page PAGE…            everything that can be said of a page: its contract, code, figures and formulas
    run-code [PAGE…]      run the code blocks and figures of pages; --fix rewrites the outputs
    run-notebooks         execute notebooks; --normalize strips their outputs
    schemas DIR           JSON Schemas of the front matter, for editors
    try EXERCISE FILE     the checks of an exercise against your own code

A verb is one entry of VERBS: the module that does it, and there the names of the function that adds its arguments to a
parser and of the one that runs. The module is imported when the verb is asked for, so that `check` pays only for what
it uses.
"""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, Final, NamedTuple


class Verb(NamedTuple):
    """A subcommand: one line of help, its module in guide.commands, and the names of two functions there.

    A verb without arguments of its own has none to declare them.
    """

    help: str
    module: str
    arguments: str
    run: str

    def function(self, name: str) -> Any:
        """Return a function of the module, which is imported now."""
        return getattr(import_module(f"guide.commands.{self.module}"), name)


VERBS: Final[dict[str, Verb]] = {
    "book": Verb("make an EPUB and a PDF of the built site", "book", "book_arguments", "make_book"),
    "check": Verb("say what is wrong with the content", "check", "", "run_check"),
    "fetch-wheels": Verb("fetch packages for the browser", "wheels", "wheel_arguments", "fetch_wheels"),
    "new": Verb("begin a page", "new", "new_arguments", "new_page"),
    "page": Verb("check, run, draw and grade single pages", "page", "page_arguments", "one_page"),
    "run-code": Verb("run the code blocks and figures of pages", "run", "code_arguments", "run_code"),
    "run-notebooks": Verb("execute notebooks", "run", "notebook_arguments", "run_notebooks"),
    "schemas": Verb("write JSON Schemas for editors", "check", "schema_arguments", "write_all_schemas"),
    "try": Verb("run the checks of an exercise against your code", "attempt", "try_arguments", "try_exercise"),
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
        if name in given and verb.arguments:
            verb.function(verb.arguments)(sub)
    options = parser.parse_args(given)
    verb = VERBS[options.verb]
    code: int = verb.function(verb.run)(options)
    return code


if __name__ == "__main__":
    # A report may quote any character; a console that cannot show it must not end the run.
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    sys.exit(main())
