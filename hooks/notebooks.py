"""MkDocs adapter for notebooks and figures: what is executed at build.

Notebooks live outside docs/ and join the site as pages. Those whose code changed are executed while MkDocs renders the
pages, with placeholders; when it is done (`on_env`), every figure whose code changed is drawn, and `on_post_page` puts
the results in place. The work is done by guide.run.notebooks, guide.render.notebooks and guide.render.figures.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import urljoin

from guide.model.catalogue import Catalogue, Notebook
from guide.publish.notebooks import download, link_targets
from guide.render import figures, notebooks
from guide.render.fences import Picture
from guide.run.notebooks import Execution, execute
from guide.run.runner import Runner, WorkerStoppedError
from guide.tools.cache import Cache
from guide.tools.progress import Progress
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

log = get_plugin_logger("notebooks")
TEMPLATES = Path(__file__).resolve().parents[1] / "overrides/notebook"


class NotebookFile(File):
    """A notebook as MkDocs sees it: a page at notebooks/<slug>/ whose Markdown is made of its text cells."""

    def __init__(self, notebook: Notebook, root: Path, config: MkDocsConfig) -> None:
        super().__init__(notebook.path, str(root), config.site_dir, config.use_directory_urls)
        self.notebook = notebook
        # The edit link is built from docs/, and notebooks/ stands beside it.
        self.edit_uri = f"../{notebook.path}"
        # Set below the properties: they would forget where the file is, which messages and links need.
        self._content = notebooks.markdown(notebook)

    def is_documentation_page(self) -> bool:
        """Return True: this is a page."""
        return True


@dataclass
class _Build:
    """What the build that is under way has found and made."""

    executions: Future[dict[str, Execution]] = field(default_factory=Future)
    cells: dict[str, dict[int, str]] = field(default_factory=dict)
    drawn: dict[Picture, figures.Drawn] = field(default_factory=dict)
    # Under `mkdocs serve` the warm process is kept, so that an edited notebook runs at once.
    preview: bool = False


_build = _Build()
_runner: Runner | None = None


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Register the figure fence, and those that stand for the cells of a notebook."""
    superfences = config.mdx_configs.setdefault("pymdownx.superfences", {})
    superfences.setdefault("custom_fences", []).extend([figures.fence(), *notebooks.custom_fences()])
    return config


@event_priority(100)
def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the notebooks as pages, before anybody counts the pages."""
    global _build
    _build = _Build(preview=config.extra["preview"])
    root = _root(config)
    for file in list(files):
        # The theme's folder also holds the templates of notebook cells, which are no part of the site.
        if file.abs_src_path and Path(file.abs_src_path).is_relative_to(TEMPLATES):
            files.remove(file)
    for notebook in config.extra["catalogue"].notebooks:
        files.append(NotebookFile(notebook, root, config))
    cache = root / ".cache"
    _build.executions = _aside(execute, _notebooks(files), _warm(cache), Cache(cache, "notebooks"))
    return files


def on_env(env: Any, config: MkDocsConfig, files: Files) -> Any:
    """Execute what changed."""
    cache = _root(config) / ".cache"
    sources = _notebooks(files)
    pages = [file.page for file in files.documentation_pages() if file.page is not None and file.page.content]
    found = {page.file.src_uri: figures.figures(page.content or "") for page in pages}
    runner = _warm(cache)
    try:
        executions = _build.executions.result()
        _build.drawn = figures.draw((f for each in found.values() for f in each), runner, Cache(cache, "figures"))
    except WorkerStoppedError as error:
        raise PluginError(str(error)) from None
    finally:
        if not _build.preview:
            runner.close()
    config.extra["figures"] = _build.drawn
    catalogue: Catalogue = config.extra["catalogue"]
    config.extra["problems"] += [problem for notebook in sources for problem in executions[notebook.slug].problems]
    config.extra["problems"] += figures.problems((*catalogue.pages, *catalogue.fragments), _build.drawn)
    whole = [notebook for notebook in sources if not executions[notebook.slug].problems]
    _build.cells = notebooks.render(whole, executions, TEMPLATES, Cache(cache, "notebook-cells"))
    for notebook in whole:
        data = download(notebook, executions[notebook.slug], _addresses(notebook, config, files))
        files.append(File.generated(config, f"notebooks/{notebook.slug}/{notebook.slug}.ipynb", content=data))
    return env


def on_build_error(error: Exception) -> None:
    """Wait for no notebook when the build has failed elsewhere."""
    if _runner is not None and not _build.preview:
        _runner.close()


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Put the cells of a notebook and the figures of any page in place."""
    if isinstance(page.file, NotebookFile):
        notebook = page.file.notebook
        links = notebooks.actions(notebook, config.repo_url or "")
        output = notebooks.put_in_place(output, _build.cells.get(notebook.slug, {}), links)
    return figures.replace_figures(output, _build.drawn)


# ---- helpers -----------------------------------------------------------------------------------------------------


def _root(config: MkDocsConfig) -> Path:
    return Path(config.config_file_path).parent


def _warm(cache: Path) -> Runner:
    global _runner
    if _runner is None:
        _runner = Runner(cache, tell=Progress(log.info))
    return _runner


def _aside(work: Callable[..., Any], *arguments: Any) -> Future[Any]:
    """Begin some work beside what goes on, and return where its result will be.

    In a thread that nobody waits for: an executor's would have to end before the program can.
    """
    future: Future[Any] = Future()

    def run() -> None:
        try:
            future.set_result(work(*arguments))
        except BaseException as error:
            future.set_exception(error)

    Thread(target=run, daemon=True).start()
    return future


def _notebooks(files: Files) -> list[Notebook]:
    return [file.notebook for file in files.documentation_pages() if isinstance(file, NotebookFile)]


def _addresses(notebook: Notebook, config: MkDocsConfig, files: Files) -> dict[str, str]:
    """Return the addresses on the site of what a notebook links to."""
    addresses = {}
    for target in link_targets(notebook):
        path, mark, anchor = target.partition("#")
        file = files.get_file_from_path(posixpath.normpath(posixpath.join("notebooks", path)))
        if file is not None:
            addresses[target] = urljoin(config.site_url or "", file.url) + mark + anchor
    return addresses
