"""The processes that tests of the library share: starting one takes longer than most tests."""

from collections.abc import Iterator
from contextlib import closing

import pytest
from guide.run.runner import Runner
from guide.tools.node import Node


@pytest.fixture(scope="session")
def runner(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Runner]:
    """Return a warm process with a cache of its own."""
    with closing(Runner(tmp_path_factory.mktemp("cache"))) as runner:
        yield runner


@pytest.fixture(scope="session")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Node]:
    """Return a Node process with a cache of its own."""
    with closing(Node(tmp_path_factory.mktemp("cache"))) as node:
        yield node
