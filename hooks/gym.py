"""MkDocs adapter for the coding gym: publishes Python and what the gym needs of each exercise, and gives pages a view.

It comes after hooks/pages.py, which lays out the body of a page, and hooks/frontend.py, which bundles the worker.
"""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

from guide.model.catalogue import Catalogue, Exercise
from guide.publish import frontend, gym, python
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

ROOT = Path(__file__).parents[1]


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Publish Python, the room in which it runs, and the checks of every exercise."""
    catalogue: Catalogue = config.extra["catalogue"]
    bundle: frontend.Bundle = config.extra["bundle"]
    worker = frontend.WORKER
    try:
        known = python.python(ROOT, bundle.files[worker], bundle.address(worker))
    except python.WheelError as error:
        raise PluginError(str(error)) from None
    config.extra["python"] = known
    desk = next(data for name, data in bundle.files.items() if name.startswith("chunks/gym-desk-"))
    config.extra["editor"] = len(gzip.compress(desk, 6, mtime=0))
    for part in {part.name: part for parts in (known.files, *known.packages.values()) for part in parts}.values():
        if part.name != "worker.js":
            files.append(File.generated(config, part.url, content=part.data))
    files.append(File.generated(config, python.MANIFEST, content=known.manifest))
    script = (ROOT / "overrides/app/python/room.js").read_text("utf-8").strip()
    files.append(File.generated(config, f"{python.PATH}/room.html", content=python.room(script)))
    for exercise in catalogue.exercises:
        if (content := gym.gym_json(exercise)) is not None:
            files.append(File.generated(config, f"{exercise.url}gym.json", content=content))
    return files


def on_page_context(context: dict[str, Any], page: Page, config: MkDocsConfig, nav: Navigation) -> dict[str, Any]:
    """Give the page of an exercise its view of the gym."""
    known = config.extra["catalogue"].page_at(page.file.src_uri)
    if isinstance(known, Exercise):
        context["gym"] = gym.gym_view(known, config.extra["python"], context["body"], config.extra["editor"])
    return context
