"""MkDocs adapter for what is wrong: one list for each build, told at once.

The other hooks add what they find to `config.extra["problems"]`. A build goes on until everything was looked at, then
tells all of it and stops before a page is written. A preview goes on to the end: each page shows above its text what
is wrong with it, so that a page can be looked at while it is being written.
"""

from __future__ import annotations

from typing import Any

from guide.model.problems import Problem, ordered, render
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority, get_plugin_logger
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

log = get_plugin_logger("problems")

# Set by `mkdocs serve`.
_preview = False
# Found in the build that is under way, and not told yet.
_untold: list[Problem] = []


def on_startup(command: str, dirty: bool) -> None:
    """Remember whether this is a preview."""
    global _preview
    _preview = command == "serve"


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Begin the list."""
    global _untold
    config.extra["problems"] = _untold = []
    # For the other hooks as well.
    config.extra["preview"] = _preview
    return config


@event_priority(-50)
def on_env(env: Any, config: MkDocsConfig, files: Files) -> Any:
    """Tell everything; go on only in a preview."""
    _tell(config)
    return env


def on_page_context(context: dict[str, Any], page: Page, config: MkDocsConfig, nav: Navigation) -> dict[str, Any]:
    """Give the template what is wrong with the page."""
    known = config.extra["catalogue"].page_at(page.file.src_uri)
    told = config.extra["told"] if known is not None else ()
    folder = known.path.removesuffix("index.md") if known is not None and known.kind == "exercise" else None
    shown = [each for each in told if each.path == known.path or (folder and each.path.startswith(folder))]
    return context | {"problems": shown}


def on_build_error(error: Exception) -> None:
    """Tell what was found before something else ended the build: it may be the reason."""
    if _untold:
        log.error("\n%s", render(_untold))
        _untold.clear()


def _tell(config: MkDocsConfig) -> None:
    found = ordered(_untold)
    config.extra["told"] = found
    _untold.clear()
    if found and not _preview:
        raise PluginError("\n" + render(found))
    if found:
        log.warning("\n%s", render(found))
