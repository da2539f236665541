"""Whether there is anything to build: one hash of all that a build reads, and one of all that it wrote.

A build whose inputs have the same hash as those of the last one would write the same site again, byte for byte. It is
not needed, provided that the site is still as it was written: both are read, so that neither a time stamp that lies nor
a page that was edited by hand passes for unchanged.
"""

from __future__ import annotations

import hashlib
import os
import sys
import sysconfig
from collections.abc import Iterable, Iterator
from pathlib import Path

from guide.tools.cache import Cache, key_of

_LAST = "last"


def inputs(root: Path, folders: Iterable[Path], *settings: str) -> str:
    """Return the hash of everything that a build reads.

    That is the files right in the repository at `root`, those of the `folders`, what npm and pip have installed, the
    version of Python, and the settings.
    """
    installed = sorted(name for name in os.listdir(sysconfig.get_path("purelib")) if name.endswith(".dist-info"))
    own = [path for path in root.iterdir() if path.is_file()]
    parts = [_hash_of([*own, root / "node_modules/.package-lock.json"]), *(hash_of_folder(each) for each in folders)]
    return key_of(str(root), sys.version, *installed, *parts, *settings)


def hash_of_folder(folder: Path) -> str:
    """Return the hash of every file below a folder: its path and its bytes."""
    return _hash_of(_files(folder))


def is_unchanged(cache_directory: Path, made_from: str, site: Path) -> bool:
    """Tell whether the last build was made from these inputs, and the site is as it left it."""
    kept = Cache(cache_directory, "unchanged").get(_LAST)
    return kept is not None and kept.decode() == key_of(made_from, hash_of_folder(site))


def remember(cache_directory: Path, made_from: str, site: Path) -> None:
    """Remember that a build from these inputs wrote this site."""
    Cache(cache_directory, "unchanged").put(_LAST, key_of(made_from, hash_of_folder(site)).encode())


def forget(cache_directory: Path) -> None:
    """Forget the last build, because the site is about to be written again."""
    Cache(cache_directory, "unchanged").put(_LAST, b"")


# --- helpers ------------------------------------------------------------------------------------------------------


def _files(folder: Path) -> Iterator[Path]:
    for place, below, names in os.walk(folder):
        below[:] = [name for name in below if name != "__pycache__"]
        yield from (Path(place, name) for name in names)


def _hash_of(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in sorted(map(str, paths)):
        try:
            with open(path, "rb") as file:
                data = file.read()
        except OSError:
            data = b""
        digest.update(key_of(path, data).encode())
    return digest.hexdigest()
