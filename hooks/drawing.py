"""MkDocs adapter for what Node draws at build: formulas, diagrams and figures that answer back.

All pages are rendered before the first template is filled (`on_env`), so everything is collected there and drawn in
one go; `on_post_page` puts the drawings in place. The work is done by guide.render.drawing.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

from guide.render import drawing, explore, mathematics
from guide.tools.node import Node, NodeMissingError
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

# The drawings of the build that is under way, made in on_env and read in on_post_page.
_drawings = drawing.Drawings()


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Tell MkDocs the anchors of figures, which it does not find in what fences make."""
    if names := {figure.name for figure in explore.explorables(html)}:
        page.present_anchor_ids = (page.present_anchor_ids or set()) | names
    return html


def on_env(env: Any, config: MkDocsConfig, files: Files) -> Any:
    """Draw every formula, diagram and figure of the site, for its pages and for its decks."""
    global _drawings
    root = Path(config.config_file_path).parent
    pages = [file.page for file in files.documentation_pages() if file.page is not None and file.page.content]
    found = []
    for page in pages:
        _mark_contents(page.toc)
        source = drawing.read_source(Path(page.file.abs_src_path or ""), root)
        found.append((source, drawing.find(page.content or "")))
    fragments = [drawing.read_source(path, root) for path in sorted(Path(config.docs_dir).glob("_includes/**/*.md"))]
    try:
        with closing(Node(root / ".cache")) as node:
            _drawings = drawing.draw(node, found, fragments)
    except NodeMissingError as error:
        raise PluginError(str(error)) from None
    config.extra["drawings"] = _drawings
    config.extra["problems"] += _drawings.problems
    return env


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Put the drawings in place."""
    return drawing.replace(output, _drawings)


# ---- helpers -------------------------------------------------------------------------------------------------


def _mark_contents(entries: Iterable[Any]) -> None:
    """Let the formulas in the table of contents be found and set like those of the page."""
    for entry in entries:
        entry.title = mathematics.mark_in_contents(entry.title)
        _mark_contents(entry.children)
