"""The search, judged on the real guide with what candidates type (search_queries.yml)."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from guide.publish import search
from guide.read.load import load
from guide.tools.node import Node, node_executable

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
NEEDED = 0.97


@pytest.fixture(scope="module")
def found() -> list[tuple[dict[str, Any], list[str]]]:
    """Return every query with the addresses of its first three results."""
    catalogue, _ = load(ROOT, ROOT / ".cache")
    node = Node(ROOT / ".cache")
    indexes = search.indexes(catalogue, node, ROOT / ".cache")
    node.close()
    cases = yaml.safe_load((HERE / "search_queries.yml").read_text(encoding="utf-8"))
    request = {
        "indexes": {part: indexes[name] for part, name in search.FILES.items()},
        "queries": [case["type"] for case in cases],
    }
    command = [node_executable(), str(HERE / "search_queries.mjs")]
    done = subprocess.run(command, input=json.dumps(request), capture_output=True, text=True, check=True)
    return list(zip(cases, json.loads(done.stdout), strict=True))


def test_the_right_page_is_among_the_first_three(found: list[tuple[dict[str, Any], list[str]]]) -> None:
    missed = [
        f"{case['type']!r} finds {urls}"
        for case, urls in found
        if not any(url.startswith(tuple(case["wants"])) for url in urls)
    ]
    assert len(missed) <= len(found) * (1 - NEEDED), "\n".join(missed)


def test_a_subject_leads_to_its_own_chapter_before_all_that_mention_it(
    found: list[tuple[dict[str, Any], list[str]]],
) -> None:
    assert [(case["type"], urls) for case, urls in found if urls[0] != case.get("first", urls[0])] == []
