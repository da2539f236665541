"""Every python block of every page runs, and prints what the page says that it prints.

A failure names page and line, and `python -m guide run-code PAGE --fix` mends an output that is right but not shown.
What ran is remembered by content, so that only pages whose code changed run again.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from guide.run import codeblocks
from guide.run.runner import Runner
from guide.tools.cache import Cache

ROOT = Path(__file__).parents[2]
PAGES = codeblocks.pages_with_code(ROOT)


@pytest.fixture(scope="module")
def runner() -> Iterator[Runner]:
    runner = Runner(ROOT / ".cache")
    yield runner
    runner.close()


@pytest.mark.parametrize("page", PAGES, ids=[page.relative_to(ROOT / "docs").as_posix() for page in PAGES])
def test_code_prints_what_the_page_shows(page: Path, runner: Runner) -> None:
    problems = codeblocks.check_pages([page], ROOT, runner, Cache(ROOT / ".cache", "code"))
    assert not problems, "\n" + "\n".join(map(str, problems))
