"""MkDocs adapter that keeps rendered pages: what has not changed is not turned from Markdown into HTML again.

A kept page is found by everything its HTML is made from: its Markdown as the other hooks have completed it, what it
includes, the settings of the extensions (the glossary among them) and the code that renders. Where it leads is not
part of that, because a page that was added, moved or removed would make all others anew. Instead, every link is
resolved again, which also checks it; a page with a link that now resolves differently is rendered again. A page that
gave a warning is not kept, so the warning comes back with every build. It comes last: what the other hooks do before
and after rendering happens to kept pages as well.
"""

from __future__ import annotations

import importlib.metadata
import json
import logging
import re
from pathlib import Path
from typing import Any, ClassVar

from guide.cache import Cache, hash_of_files, key_of
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority
from mkdocs.structure import pages as structure
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, get_toc

HOOKS = Path(__file__).parent
PACKAGES = ("mkdocs", "Markdown", "Pygments", "pymdown-extensions", "markdown-include")
_INCLUDE = re.compile(r"\{!\s*([^!]+?)\s*!\}")

# The build that is under way: the settings' hash, what was kept of earlier builds, and what is to be kept of this one.
_settings = ""
_cache: Cache | None = None
_fresh: dict[str, bytes] = {}


@event_priority(-100)
def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Take note of everything that shapes all pages; the other hooks have set up their extensions."""
    global _settings, _cache
    code = [path for path in sorted(HOOKS.rglob("*.py")) if "__pycache__" not in path.parts]
    # Functions among the settings are told by their names; where they lie in memory says nothing.
    settings = re.sub(r" at 0x[0-9a-f]+", "", repr((config.markdown_extensions, config.mdx_configs)))
    versions = [importlib.metadata.version(name) for name in PACKAGES]
    _settings = key_of(settings, str(config.use_directory_urls), hash_of_files(code), *versions)
    _cache = Cache(Path(config.config_file_path).parent / ".cache", "pages")
    _fresh.clear()
    return files


@event_priority(-100)
def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Let the page render itself from what was kept, unless another hook renders it."""
    if "render" not in vars(page):
        page.render = lambda config, files: _render(page, config, files)  # type: ignore[method-assign]
    return markdown


@event_priority(-100)
def on_env(env: Any, config: MkDocsConfig, files: Files) -> Any:
    """Keep what was rendered."""
    if _cache is not None:
        _cache.put_many(_fresh)
    _fresh.clear()
    return env


# ---- helpers -------------------------------------------------------------------------------------------------


def _render(page: Page, config: MkDocsConfig, files: Files) -> None:
    assert _cache is not None
    markdown = page.markdown or ""
    key = key_of(_settings, page.file.src_uri, markdown, _included(markdown, Path(config.docs_dir)))
    kept = _cache.get(key)
    if kept is not None and _restore(page, config, files, json.loads(kept)):
        return
    made = _render_anew(page, config, files)
    if made is not None:
        _fresh[key] = json.dumps(made, ensure_ascii=False).encode()


def _included(markdown: str, folder: Path) -> str:
    """Return a hash of the files that a text includes, and of what these include."""
    paths = [folder / name for name in _INCLUDE.findall(markdown)]
    texts = [path.read_text("utf-8", errors="replace") for path in paths if path.is_file()]
    return key_of(*texts, *(_included(text, folder) for text in texts)) if paths else ""


def _restore(page: Page, config: MkDocsConfig, files: Files, kept: dict[str, Any]) -> bool:
    """Give the page what was kept; return False if one of its links leads elsewhere now."""
    links = _Links(page.file, files, config)
    if any(links.path_to_url(written) != resolved for written, resolved in kept["links"]):
        return False
    page.content = kept["html"]
    page.toc = get_toc(kept["toc"])
    page._title_from_render = kept["title"]
    page.present_anchor_ids = set(kept["anchors"])
    page.links_to_anchors = links.links_to_anchors
    return True


def _render_anew(page: Page, config: MkDocsConfig, files: Files) -> dict[str, Any] | None:
    """Render the page; return what to keep of it, or None when there was a warning."""
    ear = _Ear()
    loggers = [logging.getLogger(), logging.getLogger("mkdocs")]
    for logger in loggers:
        logger.addHandler(ear)
    _Links.resolved.clear()
    try:
        Page.render(page, config, files)
    finally:
        for logger in loggers:
            logger.removeHandler(ear)
    if ear.heard:
        return None
    return {
        "html": page.content,
        "toc": [_token(link) for link in page.toc],
        "title": page._title_from_render,
        "anchors": sorted(page.present_anchor_ids or ()),
        "links": list(dict.fromkeys(_Links.resolved)),
    }


def _token(link: AnchorLink) -> dict[str, Any]:
    """Return an entry of the contents in the form that `get_toc` reads."""
    children = [_token(child) for child in link.children]
    return {"name": link.title, "id": link.id, "level": link.level, "children": children}


class _Ear(logging.Handler):
    """Hears whether there was a warning."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.heard = False

    def emit(self, record: logging.LogRecord) -> None:
        self.heard = True


class _Links(structure._RelativePathTreeprocessor):
    """The part of MkDocs that resolves and checks the links of a page, with a memory for the page at hand."""

    resolved: ClassVar[list[tuple[str, str]]] = []

    def path_to_url(self, url: str) -> str:
        found = super().path_to_url(url)
        self.resolved.append((url, found))
        return found


structure._RelativePathTreeprocessor = _Links  # type: ignore[misc]
