"""Notebooks: read, executed in the warm process, rendered as pages, and written back for download.

A notebook is a page like any other. Its text cells, one after the other, are the page's Markdown, with a placeholder
where a code cell stands; MkDocs renders that Markdown as it renders every page, so headings, anchors, links, formulas,
typed blocks and tooltips work and are checked as elsewhere. What the code cells look like comes from mkdocs-jupyter's
converter through our own template (overrides/notebook), and takes the place of the placeholders.

Two results are cached by content: the outputs of a notebook (by its code alone: a mended sentence runs nothing) and the
HTML of its code cells. So a warm build neither executes nor imports the Jupyter machinery, which takes half a second
to import; for the same reason mkdocs-jupyter is called from here and not listed as a plugin.
"""

from __future__ import annotations

import html
import json
import logging
import os
import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final, NamedTuple

from guide.model.problems import Problem
from guide.render import figures
from guide.render.pages import wrap_tables
from guide.run.runner import Job, Runner, fingerprint, why
from guide.tools.cache import Cache, hash_of_files, key_of

# The contract is twenty seconds; this is where a runaway notebook is stopped, on the slowest machine.
NOTEBOOK_LIMIT: Final = 90.0
# The fences by which the page's Markdown names what is put in place later.
CELL_FENCE: Final = "notebook-cell"
ACTIONS_FENCE: Final = "notebook-actions"

_CELL_MARK: Final = re.compile(r'<div class="tl-cell-source" data-cell="(?P<number>\d+)"></div>')
_ACTIONS_MARK: Final = '<div class="tl-actions-source"></div>'
_ADDRESS: Final = re.compile(r"\bat 0x[0-9a-fA-F]{6,}")
_LINK: Final = re.compile(r"(?<=\]\()(?P<target>[^)\s]+)(?=\))")
_TABLE_TAGS: Final = {"table", "thead", "tbody", "tr", "th", "td", "caption", "b", "em", "i", "strong", "sub", "sup"}


class CellProblem(NamedTuple):
    """One thing to mend in a notebook. `cell` counts all cells from 1, and is 0 when the whole file is meant."""

    path: str
    cell: int
    line: int
    message: str
    cure: str = ""

    def __str__(self) -> str:
        place = f"cell {self.cell}" if self.cell else ""
        place += f", line {self.line}" if self.line else ""
        text = ": ".join(part for part in (self.path, place, self.message.rstrip(".")) if part)
        return f"{text}. {self.cure.rstrip('.')}." if self.cure else text

    def on_line(self, number: int) -> Problem:
        """Return it with the line of the file on which its cell begins."""
        place = ", ".join(part for part in (f"cell {self.cell}", f"line {self.line}" * bool(self.line)) if part)
        return Problem(self.path, number, f"{place}: {self.message}" if self.cell else self.message, self.cure)


class NotebookError(Exception):
    """A file in notebooks/ cannot be read as a notebook; its one argument is the CellProblem."""

    def __init__(self, problem: CellProblem) -> None:
        super().__init__(str(problem))
        self.problem = problem


@dataclass(frozen=True)
class Cell:
    """One cell. `alts` are the descriptions of the plots that it draws, in order."""

    number: int
    kind: str
    source: str
    alts: tuple[str, ...] = ()

    @property
    def shown(self) -> str:
        """The code without the comments that describe its plots, which the page says otherwise."""
        return re.sub(r"\A(?:[ \t]*# alt:.*\n?)+\n*", "", self.source)


@dataclass(frozen=True)
class Notebook:
    """A notebook as it stands in the repository. `path` is relative to the repository root."""

    path: str
    slug: str
    metadata: Mapping[str, Any]
    cells: tuple[Cell, ...]
    raw: Mapping[str, Any]

    @property
    def code(self) -> list[Cell]:
        """The code cells."""
        return [cell for cell in self.cells if cell.kind == "code"]


@dataclass(frozen=True)
class Execution:
    """What came of the code cells, by cell number, and what there is to mend."""

    outputs: Mapping[int, list[dict[str, Any]]]
    counts: Mapping[int, int | None]
    problems: tuple[CellProblem, ...] = ()


# ---- reading -----------------------------------------------------------------------------------------------------


def paths(root: Path) -> list[Path]:
    """Return the notebooks of the repository, in order of their names."""
    return sorted((root / "notebooks").glob("*.ipynb"))


def read(path: Path, root: Path) -> Notebook:
    """Read one notebook. Raises NotebookError with a CellProblem for what is not a notebook of format 4."""
    shown = path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)

    def refuse(message: str, cell: int = 0) -> NotebookError:
        return NotebookError(CellProblem(shown, cell, 0, message, "Save the notebook with Jupyter"))

    try:
        raw = json.loads(path.read_bytes().decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise refuse("this is not UTF-8 text") from None
    except json.JSONDecodeError as error:
        raise refuse(f"this is not valid JSON (line {error.lineno}: {error.msg})") from None
    except (RecursionError, ValueError) as error:
        raise refuse(f"the notebook cannot be read ({str(error)[:80]})") from None
    if not isinstance(raw, dict) or raw.get("nbformat") != 4 or not isinstance(raw.get("cells"), list):
        raise refuse("this is not a notebook of format 4")
    cells = []
    for number, cell in enumerate(raw["cells"], 1):
        source = cell.get("source", "") if isinstance(cell, dict) else None
        if isinstance(source, list) and all(isinstance(line, str) for line in source):
            source = "".join(source)
        if not isinstance(source, str) or cell.get("cell_type") not in ("markdown", "code", "raw"):
            raise refuse("this is not a cell of a notebook", number)
        if cell.get("attachments"):
            raise refuse("the cell has a picture attached; draw it with code, or leave it out", number)
        cells.append(Cell(number, cell["cell_type"], source, _alts(cell, source)))
    metadata = raw.get("metadata")
    return Notebook(shown, path.stem, metadata if isinstance(metadata, dict) else {}, tuple(cells), raw)


def _alts(cell: Mapping[str, Any], source: str) -> tuple[str, ...]:
    """Return the descriptions of a cell's plots: from its metadata, or from the `# alt:` comments on top."""
    given = cell.get("metadata", {}).get("alt") if isinstance(cell.get("metadata"), dict) else None
    if isinstance(given, str):
        return (given,)
    if isinstance(given, list):
        return tuple(str(alt) for alt in given)
    top = re.match(r"(?:[ \t]*# alt:.*(?:\n|\Z))*", source)
    return tuple(re.findall(r"^[ \t]*# alt:[ \t]*(.*?)[ \t]*$", top[0] if top else "", re.MULTILINE))


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
    guide = notebook.metadata.get("guide")
    # JSON is YAML, on one line whatever is in it.
    front = "".join(
        f"{key}: {json.dumps(value)}\n" for key, value in (guide if isinstance(guide, dict) else {}).items()
    )
    return (f"---\n{front}---\n\n" if front else "") + "\n\n".join(parts) + "\n"


def cell_mark(body: str) -> str:
    """Return the HTML that stands for a code cell until its outputs are known; `body` is that of its fence."""
    return f'<div class="tl-cell-source" data-cell="{body.split()[0]}"></div>'


def actions_mark() -> str:
    """Return the HTML that stands for the links to download and open the notebook."""
    return _ACTIONS_MARK


# ---- executing ---------------------------------------------------------------------------------------------------


def execute(notebooks: Sequence[Notebook], runner: Runner, cache: Cache) -> dict[str, Execution]:
    """Execute every notebook whose code changed, as many at a time as there are cores. Returns executions by slug.

    Answers without a fault are cached; a notebook that raises is tried again.
    """
    tools = fingerprint()
    keys = {nb.slug: key_of(tools, *(cell.source for cell in nb.code)) for nb in notebooks}
    known = cache.get_many(keys.values())
    missing = [nb for nb in notebooks if keys[nb.slug] not in known]
    outcomes = runner.run([_job(nb) for nb in missing])
    results: dict[str, Execution] = {}
    fresh: dict[str, bytes] = {}
    for nb, outcome in zip(missing, outcomes, strict=True):
        if outcome.result is None:
            message = f"the notebook did not end well: {why(outcome, NOTEBOOK_LIMIT)}"
            results[nb.slug] = Execution({}, {}, (CellProblem(nb.path, 0, 0, message, "Make it smaller"),))
            continue
        results[nb.slug] = _judged(nb, outcome.result)
        if outcome.result["fault"] is None:
            fresh[keys[nb.slug]] = json.dumps(outcome.result).encode()
    cache.put_many(fresh)
    for nb in notebooks:
        if nb.slug not in results:
            results[nb.slug] = _judged(nb, json.loads(known[keys[nb.slug]]))
    return results


def _job(notebook: Notebook) -> Job:
    cells = [{"number": cell.number, "source": cell.source} for cell in notebook.code]
    return Job("notebook", {"cells": cells}, NOTEBOOK_LIMIT, notebook.path)


def _judged(notebook: Notebook, result: Mapping[str, Any]) -> Execution:
    """Turn the worker's answer into an Execution, with everything that cannot be published."""
    outputs = {c.number: r["outputs"] for c, r in zip(notebook.code, result["cells"], strict=False)}
    counts = {c.number: r["count"] for c, r in zip(notebook.code, result["cells"], strict=False)}
    problems: list[CellProblem] = []
    for cell, answer in zip(notebook.code, result["cells"], strict=False):
        problems += _unpublishable(notebook.path, cell, answer)
    if result["fault"] is not None:
        problems.append(_raised(notebook, result["fault"]))
    return Execution(outputs, counts, tuple(problems))


def _raised(notebook: Notebook, fault: Mapping[str, Any]) -> CellProblem:
    """Say what raised, with the line itself: a bare assertion says nothing by its name."""
    source = notebook.cells[fault["cell"] - 1].source.splitlines()
    line = source[fault["line"] - 1].strip() if 0 < fault["line"] <= len(source) else ""
    message = fault["message"] + (f" in `{line}`" if line else "")
    if fault["deeper"]:
        message += f", raised in the function of {fault['deeper']}"
    return CellProblem(notebook.path, fault["cell"], fault["line"], message)


def _unpublishable(path: str, cell: Cell, answer: Mapping[str, Any]) -> Iterator[CellProblem]:
    """Yield what is wrong with the outputs of one cell."""

    def problem(message: str, cure: str = "") -> CellProblem:
        return CellProblem(path, cell.number, 0, message, cure)

    for fault in answer["faults"]:
        yield problem(fault, "Every plot has a title and a label on each axis")
    plots = 0
    for output in answer["outputs"]:
        if output["output_type"] == "stream":
            text = output["text"]
            if output["name"] == "stderr":
                yield problem(
                    f"the cell writes to standard error: `{_first_line(text)}`", "Mend the cause of the warning"
                )
                continue
        else:
            data = output["data"]
            text = data.get("text/plain", "")
            if "image/svg+xml" in data:
                plots += 1
                if unfit := figures.unpublishable(data["image/svg+xml"]):
                    yield problem(unfit)
            elif not _is_table(data) and re.match(r"<IPython\.core\.display\.\w+ object>", text):
                kind = next((mime for mime in data if mime != "text/plain"), "this")
                yield problem(f"the page cannot show {kind}", "Print text, show a table, or draw with Matplotlib")
        if _ADDRESS.search(text):
            yield problem(
                f"the output holds a memory address: `{_first_line(text)}`",
                "It differs on every run; end the line with a semicolon, or print what matters",
            )
    if plots != len(cell.alts):
        yield problem(
            f"the cell draws {plots or 'no'} plot{'' if plots == 1 else 's'} and describes {len(cell.alts) or 'none'}",
            "Begin the cell with a comment `# alt: what is to be seen` for each plot",
        )


def _first_line(text: str) -> str:
    line = next((line.strip() for line in text.splitlines() if line.strip()), "")
    # A warning names the file that it comes from, which is different on every machine.
    line = re.sub(r"(?:/[^\s/:]+)+/", "", line)
    return line if len(line) <= 120 else line[:117] + "…"


# ---- the published page ------------------------------------------------------------------------------------------


def executed(notebook: Notebook, execution: Execution) -> dict[str, Any]:
    """Return the notebook with its outputs, in format 4.5."""
    cells = []
    for cell, raw in zip(notebook.cells, notebook.raw["cells"], strict=True):
        new: dict[str, Any] = {
            "cell_type": cell.kind,
            "id": raw.get("id", f"cell-{cell.number}"),
            "metadata": _kept(raw.get("metadata", {})),
            "source": _lines(cell.source),
        }
        if cell.kind == "code":
            new["execution_count"] = execution.counts.get(cell.number)
            new["outputs"] = [_stored(output) for output in execution.outputs.get(cell.number, [])]
        cells.append(new)
    return {"cells": cells, "metadata": _notebook_metadata(notebook.raw), "nbformat": 4, "nbformat_minor": 5}


def _stored(output: Mapping[str, Any]) -> dict[str, Any]:
    """Return an output as nbformat keeps it on disk: long texts as lists of lines."""
    stored = dict(output)
    if "text" in stored:
        stored["text"] = _lines(stored["text"])
    if "data" in stored:
        stored["data"] = {mime: _lines(v) if isinstance(v, str) else v for mime, v in stored["data"].items()}
    return stored


def download(notebook: Notebook, execution: Execution, address: Mapping[str, str] | None = None) -> bytes:
    """Return the executed notebook as a file.

    `address` maps the targets of relative links, which lead nowhere from a download, to addresses of the site.
    """
    content = executed(notebook, execution)
    for cell in content["cells"]:
        if cell["cell_type"] == "markdown" and address:
            text = _LINK.sub(lambda m: address.get(m["target"], m["target"]), "".join(cell["source"]))
            cell["source"] = _lines(text)
    return _dump(content).encode()


def link_targets(notebook: Notebook) -> set[str]:
    """Return the targets of the relative links in the text cells."""
    found = {m["target"] for cell in notebook.cells if cell.kind == "markdown" for m in _LINK.finditer(cell.source)}
    return {target for target in found if not re.match(r"[a-z]+:|#|/", target)}


def render(
    notebooks: Sequence[Notebook], executions: Mapping[str, Execution], templates: Path, cache: Cache
) -> dict[str, dict[int, str]]:
    """Return the HTML of the code cells of every notebook: by slug, then by cell number."""
    tools = key_of(
        fingerprint(),
        hash_of_files([Path(__file__), Path(figures.__file__), *sorted(templates.rglob("*.*"))]),
        *(version(package) for package in ("mkdocs-jupyter", "nbconvert", "pymdown-extensions", "pygments", "nh3")),
    )
    contents = {nb.slug: _for_conversion(nb, executions[nb.slug]) for nb in notebooks}
    keys = {slug: key_of(tools, json.dumps(content)) for slug, content in contents.items()}
    known = cache.get_many(keys.values())
    fresh = {keys[slug]: json.dumps(_convert(c, templates)) for slug, c in contents.items() if keys[slug] not in known}
    cache.put_many({key: value.encode() for key, value in fresh.items()})
    return {
        nb.slug: dict(
            zip(
                [cell.number for cell in nb.code],
                json.loads(fresh.get(keys[nb.slug]) or known[keys[nb.slug]]),
                strict=True,
            )
        )
        for nb in notebooks
    }


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
                # A page shows tables; other HTML (diagrams of estimators, with scripts) gives way to its text.
                shown["data"] = {m: v for m, v in shown["data"].items() if m != "text/html" or _is_table(shown["data"])}
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
    return {"cells": cells, "metadata": _notebook_metadata({}), "nbformat": 4, "nbformat_minor": 5}


def _is_table(data: Mapping[str, Any]) -> bool:
    return "<table" in data.get("text/html", "") and "<script" not in data["text/html"]


def _convert(content: Mapping[str, Any], templates: Path) -> list[str]:
    """Return the HTML of each cell, by mkdocs-jupyter's converter through our template."""
    pieces: list[str] = []

    def keep(piece: str) -> str:
        # The converter passes its result through an HTML parser that spoils SVG, so pieces go in afterwards.
        pieces.append(piece)
        return f"<!--piece {len(pieces) - 1}-->"

    filters = {
        "guide_code": lambda source: keep(figures.highlighted(source)) if source.strip() else "",
        "guide_text": lambda text: keep(_text(text)),
        "guide_table": lambda table: keep(_table(table)),
        "guide_plot": lambda svg, meta: keep(_plot(svg, meta["guide"]["prefix"], meta["guide"]["label"])),
    }
    with _clean_settings(), tempfile.TemporaryDirectory(prefix="guide-") as folder:
        # None of these is typed.
        converter: Any = import_module("mkdocs_jupyter.nbconvert2")
        settings: Any = import_module("mkdocs_jupyter.config").settings
        known_filters: dict[str, Any] = import_module("nbconvert.exporters.templateexporter").default_filters
        known_filters.update(filters)
        settings.templates_dir = str(templates)
        # It tells of every conversion, by the name of a file that is gone a moment later.
        logging.getLogger("mkdocs.mkdocs-jupyter").setLevel(logging.WARNING)
        file = Path(folder) / "notebook.ipynb"
        file.write_text(json.dumps(content), encoding="utf-8")
        page: str = converter.nb2html(str(file), execute=False, allow_errors=False)
    # What follows the last cell are styles for every language that Pygments knows; the site has its own.
    cells = page.split("<!--cell-->")[: len(content["cells"])]
    return [re.sub(r"<!--piece (\d+)-->", lambda m: pieces[int(m[1])], cell).strip() for cell in cells]


@contextmanager
def _clean_settings() -> Iterator[None]:
    """Keep the Jupyter settings of whoever builds out of the build."""
    before = os.environ.get("JUPYTER_NO_CONFIG")
    os.environ["JUPYTER_NO_CONFIG"] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ["JUPYTER_NO_CONFIG"]
        else:
            os.environ["JUPYTER_NO_CONFIG"] = before


def _text(text: str) -> str:
    """Return printed text as the output fences of pages show it (guide.render.blocks)."""
    return f'<pre tabindex="0"><samp>{html.escape(text.rstrip(), quote=False)}</samp></pre>'


def _table(table: str) -> str:
    """Return a table that pandas made, without its styles and borders."""
    import nh3

    bare = re.sub(r"<style.*?</style>", "", table, flags=re.DOTALL)
    clean = nh3.clean(bare, tags=_TABLE_TAGS, attributes={"th": {"colspan", "rowspan"}, "td": {"colspan", "rowspan"}})
    return wrap_tables(re.sub(r">\s+<", "><", clean).strip())


def _plot(svg: str, prefix: str, label: str) -> str:
    return f'<figure class="tl-figure">{figures.framed(figures.themed(svg, prefix, label))}</figure>'


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


# ---- the repository's form ---------------------------------------------------------------------------------------


def normalized(text: str) -> str:
    """Return a notebook as it belongs in the repository: without outputs, with stable ids, one line a line."""
    raw = json.loads(text)
    seen: set[str] = set()
    cells = []
    for cell in raw["cells"]:
        source = cell["source"] if isinstance(cell["source"], str) else "".join(cell["source"])
        source = "\n".join(line.rstrip() for line in source.split("\n")).strip("\n")
        new: dict[str, Any] = {
            "cell_type": cell["cell_type"],
            "id": _identity(cell, source, seen),
            "metadata": _kept(cell.get("metadata", {})),
            "source": _lines(source),
        }
        if cell["cell_type"] == "code":
            new |= {"execution_count": None, "outputs": []}
        cells.append(new)
    return _dump({"cells": cells, "metadata": _notebook_metadata(raw), "nbformat": 4, "nbformat_minor": 5})


def _identity(cell: Mapping[str, Any], source: str, seen: set[str]) -> str:
    """Return the id of a cell: its own if it has a sound one, else one made of its text."""
    identity = str(cell.get("id", ""))
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,64}", identity) or identity in seen:
        digest = key_of(cell["cell_type"], source)
        identity = next(part for n in range(len(digest) - 8) if (part := digest[n : n + 8]) not in seen)
    seen.add(identity)
    return identity


def _kept(metadata: Any) -> dict[str, Any]:
    """Return the metadata of a cell that means something to us; editors leave all kinds of it."""
    if not isinstance(metadata, dict):
        return {}
    return {key: metadata[key] for key in ("alt", "tags") if metadata.get(key)}


def _notebook_metadata(raw: Mapping[str, Any]) -> dict[str, Any]:
    guide = raw.get("metadata", {}).get("guide")
    return {
        **({"guide": guide} if guide is not None else {}),
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }


def _lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)


def _dump(content: Mapping[str, Any]) -> str:
    return json.dumps(content, indent=1, ensure_ascii=False, sort_keys=True) + "\n"
