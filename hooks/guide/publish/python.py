"""Python for the reader's browser: Pyodide's files, the packages that this site has, and the room in which it runs.

Everything is served by the site itself. Pyodide comes from npm with the other packages; wheels (NumPy) come from where
Pyodide publishes them, fetched by `python -m guide fetch-wheels` into the folder `wheels/` before the site is built. A
site that is built without them says so on the pages that need them, before anything is fetched.

The room is an empty page in a frame without an origin (`sandbox`). Its policy allows a worker that it is handed, and
nothing else: no request, no script of the site or of anybody. Workers made of a blob live under the policy of their
maker, while a worker of an address of its own lives under the headers of a server, which a static site cannot set. So
what a reader's program does ends in the room: it sees neither the page nor what is kept in this browser.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from guide.render.pages import script_hash
from guide.tools.packing import packed_sizes

PATH: Final = "assets/python"
MANIFEST: Final = "data/python.json"
WHEELS: Final = "wheels"
# What exercises may import beside the standard library.
PACKAGES: Final = ("numpy",)
# Files of the npm package that Python asks for, beside the lock file and what is bundled with the worker.
_FILES: Final = ("pyodide.asm.wasm", "python_stdlib.zip")


@dataclass(frozen=True, slots=True)
class Part:
    """A file that the browser fetches: its name, its address on the site, the bytes, and their hash."""

    name: str
    url: str
    data: bytes
    sha256: str
    # How many bytes the browser gets, compressed.
    packed: int

    @property
    def facts(self) -> dict[str, Any]:
        """Return what the browser has to know to fetch it, to show how far that is, and to trust it."""
        return {"name": self.name, "url": self.url, "bytes": len(self.data), "sha256": self.sha256}


class WheelError(Exception):
    """A wheel is not what the lock file says; the message is for people."""


@dataclass(frozen=True)
class Python:
    """What the site has of Python."""

    version: str
    files: tuple[Part, ...]
    # The wheels of each package that is here; what a package needs, it names.
    packages: Mapping[str, tuple[Part, ...]]
    lock: Mapping[str, Any]

    @cached_property
    def manifest(self) -> str:
        """Return data/python.json."""
        content = {
            "version": self.version,
            "files": [part.facts for part in self.files],
            "packages": {name: [part.facts for part in parts] for name, parts in self.packages.items()},
            "lock": self.lock,
        }
        return json.dumps(content, separators=(",", ":"), sort_keys=True) + "\n"

    @cached_property
    def address(self) -> str:
        """Return the address of the manifest, which changes with it."""
        return f"{MANIFEST}?v={hashlib.sha256(self.manifest.encode()).hexdigest()[:10]}"

    def megabytes(self, packages: Iterable[str], besides: int = 0) -> str:
        """Return how much a reader fetches to run code with these packages, and so many bytes besides: `6.4`."""
        parts = {part.name: part for part in self.files}
        parts |= {part.name: part for name in packages for part in self.packages.get(name, ())}
        return f"{(besides + sum(part.packed for part in parts.values())) / 1e6:.1f}"


def read_lock(root: Path) -> dict[str, Any]:
    """Return Pyodide's lock file: every package that exists for it, with file name, hash and what it needs."""
    lock: dict[str, Any] = json.loads((root / "node_modules/pyodide/pyodide-lock.json").read_text("utf-8"))
    return lock


def version_of(root: Path) -> str:
    """Return Pyodide's version."""
    return str(json.loads((root / "node_modules/pyodide/package.json").read_text("utf-8"))["version"])


def needed(lock: Mapping[str, Any], packages: Iterable[str]) -> list[str]:
    """Return packages with all that they need, by the names of the lock file, each after what it needs."""
    found: list[str] = []
    for name in packages:
        for each in (*needed(lock, lock["packages"][name]["depends"]), name):
            if each not in found:
                found.append(each)
    return found


def python(root: Path, worker: bytes, worker_address: str) -> Python:
    """Return what the repository at `root` has of Python; `worker` is the bundled script that starts it."""
    lock, version = read_lock(root), version_of(root)
    contents = {name: (root / "node_modules/pyodide" / name).read_bytes() for name in _FILES}
    here: dict[str, dict[str, Path]] = {}
    for package in PACKAGES:
        wheels = {name: root / WHEELS / lock["packages"][name]["file_name"] for name in needed(lock, [package])}
        if all(path.is_file() for path in wheels.values()):
            here[package] = wheels
    for name, path in ((name, path) for wheels in here.values() for name, path in wheels.items()):
        contents[path.name] = path.read_bytes()
        verify(path.name, contents[path.name], lock["packages"][name]["sha256"])
    # The version is part of the address, so that a browser may keep the file for as long as it likes.
    addresses = {name: f"{PATH}/{version}/{name}" for name in contents}
    contents["worker.js"], addresses["worker.js"] = worker, worker_address
    hashes = {name: hashlib.sha256(data).hexdigest() for name, data in contents.items()}
    packed = packed_sizes({hashes[name]: data for name, data in contents.items()}, root / ".cache")
    parts = {
        name: Part(name, addresses[name], data, hashes[name], packed[hashes[name]]) for name, data in contents.items()
    }
    files = tuple(parts[name] for name in (*_FILES, "worker.js"))
    packages = {package: tuple(parts[path.name] for path in wheels.values()) for package, wheels in here.items()}
    names = sorted({name for wheels in here.values() for name in wheels})
    slim = {"info": lock["info"], "packages": {name: lock["packages"][name] for name in names}}
    return Python(version, files, packages, slim)


def verify(name: str, data: bytes, sha256: str) -> None:
    """Refuse a wheel that is not the one that the lock file means."""
    found = hashlib.sha256(data).hexdigest()
    if found != sha256:
        raise WheelError(
            f"{name} has the hash {found}, and Pyodide's lock file says {sha256}. Delete it and fetch again."
        )


def room(script: str) -> str:
    """Return the page in which Python's worker is started; `script` starts it."""
    policy = f"default-src 'none'; script-src 'wasm-unsafe-eval' '{script_hash(script)}'; worker-src blob:"
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="robots" content="noindex">
<title>Python</title>
</head>
<body>
<h1>Python</h1>
<p>This page is empty on purpose: code that readers write in the coding gym runs in it, closed off from the site.</p>
<script>{script}</script>
</body>
</html>
"""
