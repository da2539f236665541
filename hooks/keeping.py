"""MkDocs adapter for keeping the guide on a device: lists the files of the site once all of them are written.

The work is done by guide.publish.keeping. A preview cannot be kept; in place of the worker it has a script that ends
one that a built site left at the same address, or a page that was saved just now would not be shown.
"""

from __future__ import annotations

from pathlib import Path

from guide.publish import frontend, keeping
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority
from mkdocs.structure.files import Files

ENDING = Path(__file__).parents[1] / "overrides/app/keep/ending.js"


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Let a preview end the worker of a site that was kept."""
    worker = files.get_file_from_path(frontend.KEEPER)
    if config.extra["preview"] and worker is not None:
        worker.content_string = ENDING.read_text("utf-8")
    return files


@event_priority(-150)
def on_post_build(config: MkDocsConfig) -> None:
    """Write the lists. Whatever writes to the site has to come before; hooks/speed.py takes note of it after."""
    if config.extra["preview"]:
        return
    site = Path(config.site_dir)
    for name, text in keeping.lists(site, Path(config.config_file_path).parent / ".cache").items():
        (site / name).write_text(text, encoding="utf-8")
