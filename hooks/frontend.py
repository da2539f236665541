"""MkDocs adapter for scripts and styles: bundles them, publishes them, tells the templates their addresses.

They replace those of Material, of which nothing is published: its styles, scripts, search worker and the stemmers of
thirty languages would be copied to be never asked for. The work is done by guide.publish.frontend.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from guide.publish import frontend
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files

ROOT = Path(__file__).parents[1]
# What the build reads from overrides/ and the reader's browser never asks for.
SOURCES = ("app/", "book/", "styles/", "partials/", "licenses/")


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Replace the theme's static files by our bundles, which other hooks find in `config.extra["bundle"]`."""
    ours = Path(config.theme.custom_dir or "").resolve()
    theme = [Path(folder).resolve() for folder in config.theme.dirs if Path(folder).resolve() != ours]
    for file in list(files):
        folder = Path(file.src_dir).resolve() if file.src_dir else None
        if folder in theme or (folder == ours and file.src_uri.startswith(SOURCES)):
            files.remove(file)
    hues = {facts.id: facts.hue for facts in config.extra["catalogue"].rounds}
    try:
        bundle = config.extra["bundle"] = frontend.bundle(ROOT, ROOT / ".cache", hues)
    except frontend.FrontendError as error:
        raise PluginError(str(error)) from None
    for name, data in bundle.files.items():
        path = name if name == frontend.KEEPER else f"assets/{name}"
        files.append(File.generated(config, path, content=data))
    return files


def on_env(env: Any, config: MkDocsConfig, files: Files) -> Any:
    """Give the templates `asset(name)`; spare them and every page the blank lines of their own statements."""
    bundle = config.extra["bundle"]
    env.globals |= {"asset": bundle.address, "assets_version": bundle.version}
    env.trim_blocks = env.lstrip_blocks = True
    return env
