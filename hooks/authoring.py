"""MkDocs adapter for what authors write: the blocks, the fences, includes, listings, exercises, tooltips and tags.

Extensions are registered here and not in mkdocs.yml, where their names would be resolved before this folder is on the
path. Every page is looked at again once it is rendered.
"""

from __future__ import annotations

import sys
from importlib.metadata import version
from pathlib import Path
from typing import Any

from guide.model import views
from guide.model.catalogue import Catalogue, Exercise
from guide.model.problems import Problem
from guide.publish import listings
from guide.read import includes
from guide.render import blocks, diagrams, exercise_page, explore, highlighting, safety
from guide.tools.cache import Cache, key_of
from guide.tools.code import hash_of_library
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

BLOCKS = "guide.render.blocks:TypedBlocks"
GLOSSARY = "guide.render.glossary:Tooltips"
# Hashes of HTML in which nothing was found: of the last build, and of the one that is under way.
_sound: frozenset[str] = frozenset()
_found_sound: list[str] = []


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Register the Markdown extensions and the fences."""
    highlighting.leave_plain()
    config.markdown_extensions += [BLOCKS, GLOSSARY, "guide.render.inline:Inline"]
    superfences = config.mdx_configs.setdefault("pymdownx.superfences", {})
    superfences.setdefault("custom_fences", []).extend([blocks.output_fence(), diagrams.fence(), explore.fence()])
    if "markdown_include.include" in config.markdown_extensions:
        # Relative to docs/, wherever the build was started.
        config.mdx_configs.setdefault("markdown_include.include", {})["base_path"] = config.docs_dir
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Tell the extensions what the catalogue knows: how the rounds are called, and the terms."""
    global _sound
    _sound = frozenset((_cache(config).get("sound") or b"").decode().split())
    _found_sound.clear()
    catalogue: Catalogue = config.extra["catalogue"]
    names = {facts.id: facts.name for facts in catalogue.rounds}
    config.mdx_configs[BLOCKS] = {"round_names": names}
    config.mdx_configs[GLOSSARY] = {"terms": catalogue.glossary}
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Give the page its description and tags (before the tags plugin reads them), its listings and its code."""
    catalogue: Catalogue = config.extra["catalogue"]
    known = catalogue.page_at(page.file.src_uri)
    if known is not None:
        page.meta["title"] = known.title
        if known.summary:
            page.meta["description"] = known.summary
        if tags := views.tags(catalogue, known):
            page.meta["tags"] = tags
        if isinstance(known, Exercise):
            markdown = exercise_page.complete(markdown, known)
    markdown = listings.expand(markdown, catalogue, Path(config.config_file_path).parent, page.file.src_uri)
    # After everything that completes a page, and before markdown-include, which would open whatever is named.
    _, faults = includes.expand(markdown, includes.texts(catalogue))
    config.extra["problems"] += [Problem(_where(page, config), 1, fault, "Write the text out") for fault in faults]
    return "" if faults else markdown


@event_priority(100)
def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Look for blocks that could not be read and for what must not be published, nor shown in a preview.

    HTML in which the last build found nothing is not looked at again.
    """
    key = key_of(html)
    if key in _sound:
        _found_sound.append(key)
        return html
    path, source, first = _where(page, config), page.markdown or "", 1
    known = config.extra["catalogue"].page_at(page.file.src_uri)
    if known is not None:
        # The page's Markdown begins below its front matter.
        path, source, first = known.path, known.body.text, known.body.line
    found = [Problem(path, blocks.line_of(message, source), message) for message in blocks.problems(html)]
    unsafe = safety.problems(html, path, source)
    config.extra["problems"] += [problem._replace(line=problem.line + first - 1) for problem in (*found, *unsafe)]
    if not found and not unsafe:
        _found_sound.append(key)
    shown = not unsafe or (config.extra["preview"] and safety.is_shown(unsafe))
    return html if shown else ""


def on_env(env: Any, config: MkDocsConfig, files: Files) -> Any:
    """Keep what was found sound; a preview renders some of the pages alone."""
    if not config.extra["preview"]:
        _cache(config).put("sound", " ".join(_found_sound).encode())
    return env


# ---- helpers -----------------------------------------------------------------------------------------------------


def _cache(config: MkDocsConfig) -> Cache:
    """Return what is kept of the last build, by the code that looks at HTML and by what it parses HTML with."""
    code = key_of(hash_of_library(), sys.version, version("selectolax"))
    return Cache(Path(config.config_file_path).parent / ".cache", "safety", code)


def _where(page: Page, config: MkDocsConfig) -> str:
    path = page.file.abs_src_path
    root = Path(config.config_file_path).parent
    return Path(path).relative_to(root).as_posix() if path and Path(path).is_relative_to(root) else page.file.src_uri
