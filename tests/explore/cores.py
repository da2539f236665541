"""Asks the core of a figure for its numbers, in Node, where it runs as it is."""

from __future__ import annotations

import itertools
import json
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from guide.tools.node import node_executable

Values = dict[str, float | str]


def grid(**choices: Sequence[float | str]) -> list[Values]:
    """Return every combination of the values of some controls."""
    return [dict(zip(choices, each, strict=True)) for each in itertools.product(*choices.values())]


def computed(name: str, values: Sequence[Values]) -> list[tuple[Values, Any]]:
    """Return the numbers of a figure for each set of values; what is not named has the value that it starts with."""
    command = [node_executable(), str(Path(__file__).with_name("compute.mjs"))]
    asked = json.dumps({"name": name, "values": values})
    done = subprocess.run(command, input=asked, capture_output=True, text=True, check=False, encoding="utf-8")
    assert done.returncode == 0, done.stderr[-4000:]
    return list(zip(values, json.loads(done.stdout), strict=True))
