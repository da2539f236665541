"""How many bytes a file has on its way: a server compresses what it sends, and readers are told the size beforehand.

Packing Python's files takes a second, and two pages tell their size, so each content is packed once and its size kept.
"""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from pathlib import Path

from guide.tools.cache import Cache


def packed_sizes(contents: Mapping[str, bytes], cache_directory: Path) -> dict[str, int]:
    """Return the size of each content, named by the hash of its bytes, when a server has compressed it."""

    def packed(name: str) -> int:
        return len(gzip.compress(contents[name], 6, mtime=0))

    cache = Cache(cache_directory, "sizes")
    return cache.filled({name: name for name in contents}, lambda names: map(packed, names))
