"""Every python block of every page runs, and prints what the page says that it prints.

A failure names page and line, and `python -m guide run-code PAGE --fix` rewrites an output that is right but not shown.
What ran is remembered by content, so that only pages whose code changed run again.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from guide.model.catalogue import Page
from guide.read.load import load
from guide.run import codeblocks
from guide.run.runner import Runner
from guide.tools.cache import Cache

ROOT = Path(__file__).parents[2]
PAGES = codeblocks.pages_with_code(load(ROOT, ROOT / ".cache")[0])


@pytest.fixture(scope="module")
def runner() -> Iterator[Runner]:
    runner = Runner(ROOT / ".cache")
    yield runner
    runner.close()


@pytest.mark.parametrize("page", PAGES, ids=[page.src for page in PAGES])
def test_code_prints_what_the_page_shows(page: Page, runner: Runner) -> None:
    (run,) = codeblocks.run_pages([page], ROOT, runner, Cache(ROOT / ".cache", "code"))
    problems = list(codeblocks.compare(page, run))
    assert not problems, "\n" + "\n".join(map(str, problems))
