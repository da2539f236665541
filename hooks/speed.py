"""MkDocs adapter that does nothing twice: it builds no site that is built, and renders no page that was rendered.

When nothing was changed since the last build (guide.tools.unchanged), there is nothing to do, and the site stays as it
is. Otherwise, what has not changed is not turned from Markdown into HTML again.

A kept page is found by everything its HTML is made from: its Markdown as the other hooks have completed it, what it
includes, the settings of the extensions (the glossary among them) and the code that renders. Where it leads is not
part of that, because a page that was added, moved or removed would make all others anew. Instead, every link is
resolved again, which also checks it; a page with a link that now resolves differently is rendered again. A page that
gave a warning is not kept, so the warning comes back with every build. It comes last: what the other hooks do before
and after rendering happens to kept pages as well.
"""

from __future__ import annotations

import gc
import importlib.metadata
import json
import logging
import re
from pathlib import Path
from typing import Any, ClassVar

from guide.model.problems import Problem
from guide.tools import unchanged
from guide.tools.cache import Cache, hash_of_files, key_of
from guide.tools.patches import private
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority, get_plugin_logger
from mkdocs.structure import pages as structure
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, get_toc
from mkdocs.utils import get_build_date

HOOKS = Path(__file__).parent
log = get_plugin_logger("speed")
PACKAGES = ("mkdocs", "Markdown", "Pygments", "pymdown-extensions", "markdown-include")
_INCLUDE = re.compile(r"\{!\s*([^!]+?)\s*!\}")

# The build that is under way: the settings' hash, what was kept of earlier builds, and what is to be kept of this one.
_settings = ""
_cache: Cache | None = None
_fresh: dict[str, bytes] = {}
# The hash of all that `mkdocs build` reads; None in a preview, which builds anyway.
_inputs: str | None = None


def on_startup(command: str, dirty: bool) -> None:
    """Take note of whether this is a build of the whole site and nothing else; look for garbage less often.

    Rendering makes and drops small objects by the million while the catalogue stands, which Python would go through
    again and again in search of garbage.
    """
    global _inputs
    _inputs = "" if command == "build" and not dirty else None
    gc.freeze()
    gc.set_threshold(100_000, 50, 1_000)


@event_priority(100)
def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """End here, before anything is read or written, when the site is what this build would write."""
    global _inputs
    if _inputs is not None:
        _inputs = _hash_of_inputs(config)
        if unchanged.is_unchanged(_cache_directory(config), _inputs, Path(config.site_dir)):
            log.info("Nothing has changed since the last build")
            raise SystemExit(0)
        unchanged.forget(_cache_directory(config))
        _listen(_listener)
    return config


@event_priority(-100)
def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Take note of everything that shapes all pages; the other hooks have set up their extensions."""
    global _settings, _cache
    code = [path for path in sorted(HOOKS.rglob("*.py")) if "__pycache__" not in path.parts]
    # Functions among the settings are told by their names; where they lie in memory says nothing.
    settings = re.sub(r" at 0x[0-9a-f]+", "", repr((config.markdown_extensions, config.mdx_configs)))
    versions = [importlib.metadata.version(name) for name in PACKAGES]
    _settings = key_of(settings, str(config.use_directory_urls), hash_of_files(code), *versions)
    _cache = Cache(_cache_directory(config), "pages")
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


@event_priority(-200)
def on_post_build(config: MkDocsConfig) -> None:
    """Remember what was built, unless there was a warning, which is to come back, or a file was changed meanwhile."""
    if _inputs is not None and not _listener.warned and _inputs == _hash_of_inputs(config):
        unchanged.remember(_cache_directory(config), _inputs, Path(config.site_dir))


# ---- helpers -------------------------------------------------------------------------------------------------


def _cache_directory(config: MkDocsConfig) -> Path:
    return Path(config.config_file_path).parent / ".cache"


def _hash_of_inputs(config: MkDocsConfig) -> str:
    root = Path(config.config_file_path).parent
    folders = [
        Path(config.docs_dir),
        root / "notebooks",
        root / "wheels",
        root / "dist",
        HOOKS.resolve(),
        Path(config.theme.custom_dir or "").resolve(),
    ]
    # mkdocs.yml takes texts from the environment (the address of the site, say); the map of the site tells the day.
    settings = {name: value for name, value in config.items() if isinstance(value, str)}
    return unchanged.inputs(root, folders, repr(sorted(settings.items())), str(get_build_date()))


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
    listener = _WarningListener()
    _listen(listener)
    _Links.resolved.clear()
    try:
        Page.render(page, config, files)
    except PluginError:
        raise
    except Exception as error:
        # An extension gave up on a text that nobody foresaw: nested without end, or an address that is none.
        logging.getLogger("mkdocs.hooks").debug("Rendering %s", page.file.src_uri, exc_info=True)
        known = config.extra["catalogue"].page_at(page.file.src_uri)
        what = f"the page cannot be rendered ({str(error)[:120] or type(error).__name__})"
        fix = "Take out what was added last, or write it in a simpler way"
        raise PluginError(f"\n{Problem(known.path if known else page.file.src_uri, 1, what, fix)}") from None
    finally:
        for logger in _loggers():
            logger.removeHandler(listener)
    if listener.warned:
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


def _loggers() -> list[logging.Logger]:
    return [logging.getLogger(), logging.getLogger("mkdocs")]


def _listen(listener: _WarningListener) -> None:
    for logger in _loggers():
        logger.addHandler(listener)


class _WarningListener(logging.Handler):
    """Takes note of whether there was a warning."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.warned = False

    def emit(self, record: logging.LogRecord) -> None:
        self.warned = True


# Takes note for all of the build that is under way.
_listener = _WarningListener()


class _Links(private("mkdocs.structure.pages:_RelativePathTreeprocessor")):  # type: ignore[misc]
    """The part of MkDocs that resolves and checks the links of a page, with a memory for the page at hand."""

    resolved: ClassVar[list[tuple[str, str]]] = []

    def path_to_url(self, url: str) -> str:
        found: str = super().path_to_url(url)
        self.resolved.append((url, found))
        return found


structure._RelativePathTreeprocessor = _Links  # type: ignore[misc]
