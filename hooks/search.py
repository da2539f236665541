"""MkDocs adapter for the search: publishes the indexes that guide.publish.search makes from the catalogue."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from guide.publish import search
from guide.tools.node import Node
from mkdocs.config.defaults import MkDocsConfig

# A preview makes the indexes once: they hold every word of the guide, and a saved line is to show at once.
_made = False


def on_post_build(config: MkDocsConfig) -> None:
    """Write the two index files below the site's data folder."""
    global _made
    if config.extra["preview"] and _made:
        return
    _made = True
    cache = Path(config.config_file_path).parent / ".cache"
    with closing(Node(cache)) as node:
        for name, text in search.indexes(config.extra["catalogue"], node, cache).items():
            target = Path(config.site_dir) / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")
