"""MkDocs adapter for decks: publishes the questions as Anki packages, tables and texts below practice/deck/.

They are made from the pages as they were rendered, before formulas are set (`on_env`); until then the files are empty.
The work is done by guide.publish.decks.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from guide.publish import decks
from guide.render import diagrams, figures
from guide.tools.history import history
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files


class DeckFile(File):
    """A file to take away. One that ends in .md is a text like any other, and no page."""

    def is_documentation_page(self) -> bool:
        """Return False."""
        return False


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Announce the files, so that links to them are known."""
    for path in decks.paths(config.extra["catalogue"]):
        files.append(DeckFile.generated(config, path, content=b""))
    return files


def on_env(env: Any, config: MkDocsConfig, files: Files) -> Any:
    """Make the files, and say on the page of decks how large they are."""
    # A preview has no decks: each saved line would make them anew.
    made = {} if config.extra["preview"] else _made(config, files)
    for path, data in made.items():
        file = files.get_file_from_path(path)
        if file is not None:
            file.content_bytes = data
    page = files.get_file_from_path(decks.PAGE)
    if page is not None and page.page is not None and page.page.content:
        page.page.content = decks.sized(page.page.content, made, config.extra["catalogue"])
    return env


# ---- helpers -------------------------------------------------------------------------------------------------


def _made(config: MkDocsConfig, files: Files) -> dict[str, bytes]:
    root, catalogue = Path(config.config_file_path).parent, config.extra["catalogue"]
    pages = {}
    for page in catalogue.pages:
        file = files.get_file_from_path(page.src) if page.questions else None
        if file is not None and file.page is not None:
            html = figures.replace_figures(file.page.content or "", config.extra["figures"])
            pages[page.id] = diagrams.replace_diagrams(html, config.extra["drawings"].diagrams)
    return decks.files(catalogue, pages, config.site_url or "", history(root, *decks.SOURCES), root / ".cache")
