"""Notebooks as pages.

A notebook is a page like any other. Its text cells, one after the other, are the page's Markdown, with a placeholder
where a code cell stands; MkDocs renders that Markdown as it renders every page, so headings, anchors, links, formulas,
typed blocks and tooltips work and are checked as elsewhere. What the code cells look like comes from mkdocs-jupyter's
converter through our own template (overrides/notebook), and takes the place of the placeholders.

What mkdocs-jupyter does for us: it sets nbconvert up for MkDocs (templates, highlighting, the outputs of each kind),
and its template is the base of ours. Its converter is called from here and the plugin is not listed in mkdocs.yml,
because importing the Jupyter machinery takes half a second, which a build without a changed notebook is spared: the
HTML of code cells is cached by content.
"""

from __future__ import annotations

import html
import json
import logging
import os
import re
import tempfile
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from guide.render import figures
from guide.render.fences import fence
from guide.render.highlighting import highlighted
from guide.run import plots
from guide.run.notebooks import Execution, is_table
from guide.run.runner import fingerprint
from guide.tools.cache import Cache, hash_of_files, key_of
from guide.tools.code import hash_of_code
from guide.tools.patches import private

if TYPE_CHECKING:
    from guide.model.catalogue import Notebook

# The fences by which the page's Markdown names what is put in place later.
CELL_FENCE: Final = "notebook-cell"
ACTIONS_FENCE: Final = "notebook-actions"

_CELL_MARK: Final = re.compile(r'<div class="tl-cell-source" data-cell="(?P<number>\d+)"></div>')
_ACTIONS_MARK: Final = '<div class="tl-actions-source"></div>'
_TABLE_TAGS: Final = {"table", "thead", "tbody", "tr", "th", "td", "caption", "b", "em", "i", "strong", "sub", "sup"}


def markdown(notebook: Notebook) -> str:
    """Return the page's Markdown: front matter, the text cells, and fences that name the code cells."""
    parts = []
    headed = False
    for cell in notebook.cells:
        if cell.kind == "code":
            # The hash makes the page's text change with the code, for whoever caches pages by their text.
            parts.append(f"```{CELL_FENCE}\n{cell.number} {key_of(cell.source)[:16]}\n```")
        elif cell.kind == "markdown":
            text = cell.source
            if not headed and (heading := re.search(r"^# .*$", text, re.MULTILINE)):
                headed = True
                text = f"{text[: heading.end()]}\n\n```{ACTIONS_FENCE}\n```\n{text[heading.end() :]}"
            parts.append(text)
    # JSON is YAML, on one line whatever is in it.
    front = "".join(f"{key}: {json.dumps(value)}\n" for key, value in notebook.guide.items())
    return (f"---\n{front}---\n\n" if front else "") + "\n\n".join(parts) + "\n"


def custom_fences() -> list[dict[str, Any]]:
    """Return the fences that stand for a code cell, by its number, and for the links to take the notebook along."""
    return [
        fence(CELL_FENCE, lambda body, _: f'<div class="tl-cell-source" data-cell="{body.split()[0]}"></div>'),
        fence(ACTIONS_FENCE, lambda *_: _ACTIONS_MARK),
    ]


def render(
    notebooks: Sequence[Notebook], executions: Mapping[str, Execution], templates: Path, cache: Cache
) -> dict[str, dict[int, str]]:
    """Return the HTML of the code cells of every notebook: by slug, then by cell number."""
    tools = key_of(
        fingerprint(),
        hash_of_code(__name__),
        hash_of_files(sorted(templates.rglob("*.*"))),
        *(version(package) for package in ("mkdocs-jupyter", "nbconvert", "pymdown-extensions", "pygments", "nh3")),
    )
    contents = {nb.slug: _for_conversion(nb, executions[nb.slug]) for nb in notebooks}
    keys = {slug: key_of(tools, json.dumps(content)) for slug, content in contents.items()}
    made = cache.filled(keys, lambda slugs: [_convert(contents[slug], templates) for slug in slugs])
    return {nb.slug: dict(zip([cell.number for cell in nb.code], made[nb.slug], strict=True)) for nb in notebooks}


def _for_conversion(notebook: Notebook, execution: Execution) -> dict[str, Any]:
    """Return the notebook of code cells for the template, each plot with its name and the prefix of its ids."""
    cells: list[dict[str, Any]] = []
    for cell in notebook.code:
        alts = iter(cell.alts)
        plots = 0
        outputs = []
        for output in execution.outputs.get(cell.number, []):
            shown = dict(output)
            if "data" in shown:
                # A page shows plots and tables; every other rich form (HTML, LaTeX) gives way to the text.
                kept = ("image/svg+xml", "text/plain", *(("text/html",) if is_table(shown["data"]) else ()))
                shown["data"] = {mime: value for mime, value in shown["data"].items() if mime in kept}
            if "image/svg+xml" in shown.get("data", {}):
                plots += 1
                title = shown["metadata"].get("image/svg+xml", {}).get("title", "")
                label = ": ".join(part for part in (title, next(alts, "")) if part)
                shown["metadata"] = {"guide": {"label": label, "prefix": f"c{cell.number}-{plots}"}}
            outputs.append(shown)
        cells.append(
            {
                "cell_type": "code",
                "id": f"cell-{cell.number}",
                "metadata": {},
                "source": cell.shown,
                "execution_count": execution.counts.get(cell.number),
                "outputs": outputs,
            }
        )
    return {"cells": cells, "metadata": {"language_info": {"name": "python"}}, "nbformat": 4, "nbformat_minor": 5}


def _convert(content: Mapping[str, Any], templates: Path) -> list[str]:
    """Return the HTML of each cell, by mkdocs-jupyter's converter through our template."""
    pieces: list[str] = []

    def keep(piece: str) -> str:
        # The converter passes its result through an HTML parser that spoils SVG, so pieces go in afterward.
        pieces.append(piece)
        return f"<!--piece {len(pieces) - 1}-->"

    filters = {
        "guide_code": lambda source: keep(highlighted(source)) if source.strip() else "",
        "guide_text": lambda text: keep(_text(text)),
        "guide_table": lambda table: keep(_table(table)),
        "guide_plot": lambda svg, meta: keep(_plot(svg, meta["guide"]["prefix"], meta["guide"]["label"])),
    }
    # The Jupyter settings of whoever builds stay out of the build.
    os.environ["JUPYTER_NO_CONFIG"] = "1"
    with tempfile.TemporaryDirectory(prefix="guide-") as folder:
        nb2html = private("mkdocs_jupyter.nbconvert2:nb2html")
        settings = private("mkdocs_jupyter.config:settings")
        known_filters = private("nbconvert.exporters.templateexporter:default_filters")
        known_filters.update(filters)
        settings.templates_dir = str(templates)
        # It tells of every conversion, by the name of a file that is gone a moment later.
        logging.getLogger("mkdocs.mkdocs-jupyter").setLevel(logging.WARNING)
        file = Path(folder) / "notebook.ipynb"
        file.write_text(json.dumps(content), encoding="utf-8")
        page: str = nb2html(str(file), execute=False, allow_errors=False)
    # What follows the last cell are styles for every language that Pygments knows; the site has its own.
    cells = page.split("<!--cell-->")[: len(content["cells"])]
    return [re.sub(r"<!--piece (\d+)-->", lambda m: pieces[int(m[1])], cell).strip() for cell in cells]


def _text(text: str) -> str:
    """Return printed text as the output fences of pages show it (guide.render.blocks)."""
    return f'<pre tabindex="0" translate="no"><samp>{html.escape(text.rstrip(), quote=False)}</samp></pre>'


def _table(table: str) -> str:
    """Return a table that pandas made, without its styles and borders."""
    import nh3

    bare = re.sub(r"<style.*?</style>", "", table, flags=re.DOTALL)
    clean = nh3.clean(bare, tags=_TABLE_TAGS, attributes={"th": {"colspan", "rowspan"}, "td": {"colspan", "rowspan"}})
    # In a box that scrolls sideways, so that a phone shows all of it.
    opened = '<div class="tl-scroll" role="group" tabindex="0" aria-label="Table"><table class="tl-table">'
    bare = re.sub(r">\s+<", "><", clean).strip()
    return bare.replace("<table>", opened).replace("</table>", "</table></div>")


def _plot(svg: str, prefix: str, label: str) -> str:
    return f'<figure class="tl-figure">{figures.framed(plots.themed(svg, prefix, label))}</figure>'


def actions(notebook: Notebook, repository: str) -> str:
    """Return the links with which a reader takes the notebook along. Colab opens notebooks that are on GitHub."""
    links = [f'<a class="md-button" href="{notebook.slug}.ipynb" download>Download the executed notebook</a>']
    found = re.match(r"https://github\.com/(?P<name>[\w.-]+/[\w.-]+?)(?:\.git)?/?$", repository)
    if found:
        address = f"https://colab.research.google.com/github/{found['name']}/blob/main/{notebook.path}"
        links.append(f'<a class="md-button" href="{html.escape(address)}" rel="noopener">Open in Colab</a>')
    return f'<p class="tl-actions">{" ".join(links)}</p>'


def put_in_place(page: str, cells: Mapping[int, str], links: str) -> str:
    """Return a rendered page with its code cells and links in place of their marks."""
    page = page.replace(_ACTIONS_MARK, links)
    return _CELL_MARK.sub(lambda match: cells.get(int(match["number"]), ""), page)
