"""MkDocs adapter for the plan: publishes the calendar files of the ready-made plans."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from guide.model.catalogue import Catalogue
from guide.publish import plans
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Publish a calendar file beside each ready-made plan."""
    catalogue: Catalogue = config.extra["catalogue"]
    allocation = catalogue.allocation
    if allocation is None:
        return files
    cache = Path(config.config_file_path).parent / ".cache"
    try:
        for path, text in plans.calendars(catalogue, allocation, cache, config.site_url or "").items():
            files.append(File.generated(config, path, content=text.encode()))
    except plans.PlanError as error:
        raise PluginError(str(error)) from None
    return files


def on_env(env: Any, config: MkDocsConfig, files: Files) -> Any:
    """Let MkDocs look for no anchor where a link to the planner carries the settings of a plan."""
    for file in files.documentation_pages():
        links_to_anchors = file.page.links_to_anchors if file.page is not None else None
        for links in (links_to_anchors or {}).values():
            for settings in [anchor for anchor in links if anchor.startswith("plan=")]:
                del links[settings]
    return env
