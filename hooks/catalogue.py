"""MkDocs adapter for the catalogue: reads and checks the whole guide, publishes it, and gives templates their views.

The guide is read once for each build, under `mkdocs serve` again for each rebuild. Other hooks find the catalogue in
`config.extra["catalogue"]`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from guide.check.rules import check
from guide.model import views
from guide.model.catalogue import Catalogue
from guide.publish import book, data, exercise_files, listings, plans
from guide.read.load import load
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext


def on_pre_build(config: MkDocsConfig) -> None:
    """Read and check the guide."""
    root = Path(config.config_file_path).parent
    catalogue, problems = load(root, root / ".cache")
    config.extra["problems"] += [*problems, *check(catalogue), *listings.problems(catalogue)]
    config.extra["catalogue"] = catalogue
    config.extra["views"] = views.Views(catalogue)


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Publish data, calendar files of plans, exercises to take home, former addresses, and the book if it is made."""
    catalogue, site = config.extra["catalogue"], config.site_url or ""
    texts = data.published(catalogue)
    texts |= {
        f"{former}index.html": data.redirect_page(former, page.url, page.title, site)
        for former, page in data.redirects(catalogue).items()
    }
    root = Path(config.config_file_path).parent
    try:
        texts |= plans.calendars(catalogue, root / ".cache", site)
    except plans.PlanError as error:
        raise PluginError(str(error)) from None
    for path, text in texts.items():
        files.append(File.generated(config, path, content=text.encode()))
    for path, text in exercise_files.published(catalogue, site):
        # Python files of the content are not published; these are.
        files.append(File.generated(config, path, content=text, inclusion=InclusionLevel.INCLUDED))
    for path, made in book.published(root).items():
        files.append(File.generated(config, path, abs_src_path=str(made)))
    return files


def on_env(env: Any, config: MkDocsConfig, files: Files) -> Any:
    """Let MkDocs look for no anchor where a link to the planner carries the settings of a plan."""
    for file in files.documentation_pages():
        links_to_anchors = file.page.links_to_anchors if file.page is not None else None
        for links in (links_to_anchors or {}).values():
            for settings in [anchor for anchor in links if anchor.startswith("plan=")]:
                del links[settings]
    return env


def on_page_context(context: TemplateContext, page: Page, config: MkDocsConfig, nav: Navigation) -> TemplateContext:
    """Give the templates `catalogue`, and `guide`: a PageView, or None for a page that the catalogue does not know."""
    catalogue: Catalogue = config.extra["catalogue"]
    known = catalogue.page_at(page.file.src_uri)
    view = config.extra["views"].page(known.id) if known is not None else None
    more: dict[str, Any] = {"catalogue": catalogue, "guide": view}
    context.update(more)  # type: ignore[typeddict-item]
    return context
