"""What all tests share: their order, and the settings of the property tests.

No deadline, because a busy machine is no fault; and the same examples on every run, because a test that is red one time
in fifty says nothing about a change. The nightly run looks for new ones (HYPOTHESIS_PROFILE=explore).
"""

import importlib.util
import os
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

# `make test-torch` has an environment of its own; without PyTorch there is nothing to collect.
collect_ignore = [] if importlib.util.find_spec("torch") else ["torch"]

# Tests that take much longer than others.
LONG = ("tests/test_tools.py::test_the_browser_applications_core", "tests/browser/test_firefox.py")

# Each of these makes something expensive for all its tests, once if they run in one process: flows of Firefox, a small
# site, the guide kept on a device, a book.
TOGETHER = frozenset(
    {
        "tests/browser/test_firefox.py",
        "tests/browser/test_gym.py",
        "tests/browser/test_offline.py",
        "tests/guide/commands/test_book.py",
    }
)

settings.register_profile("guide", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("explore", parent=settings.get_profile("guide"), derandomize=False, max_examples=500)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "guide"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes long, or the other cores would wait for it at the end."""
    items.sort(key=lambda item: not item.nodeid.startswith(LONG))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Share the tests out one by one, save for files whose tests stay together.

    Not by `--dist loadgroup`: pytest-xdist 3.8 writes a test's group where pytest 9.2 does not look for it.
    """
    from xdist.scheduler import LoadScopeScheduling  # type: ignore[import-untyped]

    class Scheduling(LoadScopeScheduling):  # type: ignore[misc]
        def _split_scope(self, nodeid: str) -> str:
            file = nodeid.split("::")[0]
            return file if file in TOGETHER else nodeid

    return Scheduling(config, log)
