"""Firefox too: reading, searching, planning, keeping, figures, printing; and it has nothing to say (firefox.mjs)."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from guide.tools.node import node_executable

from tests.browser.conftest import KINDS, Served
from tests.browser.keepsite import hosted
from tests.browser.test_explore import places
from tests.browsers import FIREFOX, find
from tests.builtsite import SITE


@pytest.fixture(scope="module")
def told(site: Served) -> Any:
    """Return what came of every flow."""
    executable = find(FIREFOX)
    assert executable, "no Firefox was found; `python -m tests.browsers` says how to get one"
    paths = {kind: site.of(kind) for kind in KINDS if kind != "404"}
    # Firefox says which formula is not as MathML has it, so it sees the page with the most of them.
    chapters = [path.parent for path in SITE.glob("topics/*/*/index.html")]
    fullest = max(chapters, key=lambda folder: (folder / "index.html").read_text("utf-8").count("<math"))
    paths["formulas"] = f"{fullest.relative_to(SITE).as_posix()}/"
    paths["figure"] = places()["threshold-cost"]
    with hosted(SITE) as host:
        asked = {"executable": executable, "url": site.url, "byteByByte": host.url, "paths": paths}
        command = [node_executable(), str(Path(__file__).with_name("firefox.mjs")), json.dumps(asked)]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=480)
    assert done.returncode == 0, done.stderr[-4000:]
    return json.loads(done.stdout)


@pytest.mark.parametrize("flow", ["reading", "searching", "planning", "exploring", "printing", "keeping", "every kind"])
def test_a_reader_gets_through_in_firefox(flow: str, told: Any) -> None:
    assert told["done"][flow] == ""


def test_firefox_writes_nothing_to_its_console(told: Any) -> None:
    assert {flow: messages for flow, messages in told["said"].items() if messages} == {}
