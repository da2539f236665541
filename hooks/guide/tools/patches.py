"""Everything of pinned libraries that we replace or call although they do not promise it, in one list.

A new version of a library may drop any of these. What is missing is then named, with the library and its version,
where it is first asked for; the tests ask for all of them.
"""

from __future__ import annotations

from functools import reduce
from importlib import import_module
from importlib.metadata import version
from typing import Any, Final

RELIED_ON: Final = {
    # Each text goes through only those patterns that can be found in it (guide.render.inline).
    "markdown.treeprocessors:InlineProcessor._InlineProcessor__handleInline": "Markdown",
    "markdown.treeprocessors:InlineProcessor._InlineProcessor__applyPattern": "Markdown",
    # Options are read as the checks read them (guide.render.blocks).
    "pymdownx.blocks:BlocksProcessor.split_header": "pymdown-extensions",
    # The way from a block to the page is not looked for in all of the page (guide.render.blocks).
    "pymdownx.blocks:BlocksProcessor.parse_blocks": "pymdown-extensions",
    # Links of pages whose HTML was kept are resolved anew (hooks/speed.py).
    "mkdocs.structure.pages:_RelativePathTreeprocessor": "mkdocs",
    "mkdocs.structure.pages:Page.render": "mkdocs",
    # The cells of notebooks are converted without the plugin (guide.render.notebooks).
    "mkdocs_jupyter.nbconvert2:nb2html": "mkdocs-jupyter",
    "mkdocs_jupyter.config:settings": "mkdocs-jupyter",
    "nbconvert.exporters.templateexporter:default_filters": "nbconvert",
    # Plots of notebooks are SVG, whatever the notebook asks for (guide.run.worker_session).
    "IPython.core.pylabtools:select_figure_formats": "ipython",
    "matplotlib_inline.backend_inline:select_figure_formats": "matplotlib-inline",
}


class PatchError(RuntimeError):
    """A library is not what it was when we began to rely on more than it promises."""


def private(name: str) -> Any:
    """Return a part of a library by `module:path`, which must stand in the list above."""
    module, _, path = name.partition(":")
    try:
        return reduce(getattr, path.split("."), import_module(module))
    except (ImportError, AttributeError):
        library = RELIED_ON[name]
        said = f"{library} {version(library)} has no `{name}`, on which guide.tools.patches relies."
        raise PatchError(f"{said} Pin the version in requirements.in, or adapt what uses it.") from None
