"""What `python -m guide fetch-wheels` does: bring the packages that exercises need in the browser.

Pyodide's lock file names each wheel and its hash; it is published beside Pyodide itself. What arrives with another hash
is refused, and nothing of it is kept. The publish workflow runs this before it builds; without it the site says, on the
pages that need NumPy, that it has none.
"""

from __future__ import annotations

import argparse
import urllib.error
import urllib.request
from pathlib import Path
from typing import Final

from guide.publish.python import PACKAGES, WHEELS, WheelError, needed, read_lock, verify, version_of

SOURCE: Final = "https://cdn.jsdelivr.net/pyodide/v{version}/full/"
_TIMEOUT: Final = 120


def wheel_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of fetch-wheels."""
    parser.add_argument("--source", default=SOURCE, help="the folder that holds the wheels (default: Pyodide's own)")


def fetch_wheels(options: argparse.Namespace) -> int:
    """Fetch what is not here yet. Returns the exit code: 1 when a wheel cannot be had or is not what it should be."""
    root: Path = options.root.resolve()
    lock = read_lock(root)
    source = options.source.format(version=version_of(root)).rstrip("/") + "/"
    for name in needed(lock, PACKAGES):
        facts = lock["packages"][name]
        path = root / WHEELS / facts["file_name"]
        try:
            if not path.is_file():
                _keep(path, _fetch(source + facts["file_name"]), facts["sha256"])
            verify(path.name, path.read_bytes(), facts["sha256"])
        except (WheelError, OSError) as error:
            print(f"{name}: {error}")
            return 1
        print(f"{name} {facts['version']}: {path.relative_to(root).as_posix()}")
    return 0


# ---- helpers -------------------------------------------------------------------------------------------------


def _fetch(address: str) -> bytes:
    try:
        with urllib.request.urlopen(address, timeout=_TIMEOUT) as response:
            data: bytes = response.read()
    except urllib.error.URLError as error:
        raise WheelError(f"{address} cannot be fetched: {error.reason}") from None
    return data


def _keep(path: Path, data: bytes, sha256: str) -> None:
    """Write a wheel, if it is the one that is meant."""
    verify(path.name, data, sha256)
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data)
