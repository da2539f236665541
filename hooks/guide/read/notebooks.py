"""A Jupyter notebook → the page that it is, with its cells."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, Final

from guide.model.catalogue import Cell, Notebook
from guide.model.matter import MATTER
from guide.read.disk import PAGE_NAME, Loading, kebab, offset, read_text
from guide.read.markdown import merge, parse
from guide.read.pages import page_url
from guide.read.values import check_matter
from guide.read.yaml import Yaml

_CELL = re.compile(r"^.*?(?<!\\)\"cell_type\"\s*:", re.MULTILINE)
_SAVE: Final = "Save the notebook with Jupyter"


def read_notebook(loading: Loading, path: str) -> None:
    """Read one notebook, which becomes a page when it is a notebook of format 4."""
    text = read_text(loading, path)
    if text is None:
        return
    if path.count("/") > 1:
        loading.problem(path, 1, "a notebook belongs directly in notebooks/", "Move it up")
        return
    data = _content(loading, path, text)
    if data is None:
        return
    name = path.rpartition("/")[2].removesuffix(".ipynb")
    if not PAGE_NAME.match(name):
        fix = f"Rename it to `{kebab(name)}.ipynb`" if kebab(name) else "Rename it"
        loading.problem(path, 1, f"`{name}` is not a page name in kebab-case", fix)
    elif name == "index":
        loading.problem(path, 1, "`index` is the list of notebooks", "Name the notebook after its question")
    cells = _cells(loading, path, text, data["cells"])
    body = merge((parse(cell.source, path=path), cell.line) for cell in cells if cell.kind == "markdown")
    loading.problems += body.problems
    values, lines = _front_matter(loading, path, text, data["metadata"].get("guide"))
    identifier = f"notebooks/{name}"
    loading.pages.append(
        Notebook(
            **values,
            id=identifier,
            path=path,
            src=path,
            url=page_url(identifier),
            title=next((heading.text for heading in body.headings if heading.level == 1), name),
            body=body,
            lines=lines,
            cells=tuple(cells),
            guide=data["metadata"]["guide"] if lines else {},
        )
    )


def _content(loading: Loading, path: str, text: str) -> dict[str, Any] | None:
    """Return the JSON of a notebook, or say why it is none."""
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        loading.problem(path, error.lineno, f"this is not valid JSON ({error.msg})", _SAVE)
        return None
    except (RecursionError, ValueError) as error:
        loading.problem(path, 1, f"the notebook cannot be read ({str(error)[:80]})", _SAVE)
        return None
    if re.search(r"\\u[dD][89a-fA-F]", text) and (half := _half_pair(data)):
        line = text.lower().count("\n", 0, max(0, text.lower().find(half))) + 1
        loading.problem(path, line, f"there is half of a character (`{half}`)", "Delete it and type the text again")
        return None
    parts = (data.get("nbformat"), data.get("cells"), data.get("metadata")) if isinstance(data, dict) else (0, 0, 0)
    if parts[0] != 4 or not isinstance(parts[1], list) or not isinstance(parts[2], dict):
        loading.problem(path, 1, "this is not a notebook of format 4", _SAVE)
        return None
    return dict(data)


def _cells(loading: Loading, path: str, text: str, raw_cells: list[Any]) -> list[Cell]:
    """Return the cells that can be read, each with the line of the file where it begins."""
    starts = [text.count("\n", 0, match.end()) + 1 for match in _CELL.finditer(text)]
    cells: list[Cell] = []
    for number, raw in enumerate(raw_cells, 1):
        line = starts[number - 1] if number <= len(starts) else 1
        cell = _cell(raw, number, line)
        if cell is None:
            loading.problem(path, line, f"cell {number} is not a cell of a notebook", _SAVE)
            continue
        cells.append(cell)
        if raw.get("attachments"):
            fix = "Draw it with code, or leave it out"
            loading.problem(path, line, f"cell {number} has a picture attached", fix)
    return cells


def _front_matter(loading: Loading, path: str, text: str, matter: Any) -> tuple[Mapping[str, Any], dict[str, int]]:
    """Return what is valid of the front matter, and the line of each key."""
    if not isinstance(matter, dict):
        said = "the notebook has no `metadata.guide`"
        fix = "Add it with summary, rounds, level, importance, minutes, prerequisites, tracks and reviewed"
        loading.problem(path, _key_line(text, "metadata"), said, fix)
        return {}, {}
    line = _key_line(text, "guide")
    lines = {str(key): _key_line(text, str(key), line) for key in matter}
    places: dict[tuple[str | int, ...], int] = {(): line, **{(key,): at for key, at in lines.items()}}
    checked = check_matter(MATTER["notebook"], matter, Yaml(matter, places, path=path), what="`metadata.guide`")
    loading.problems += checked.problems
    return checked.values, lines


def _half_pair(data: Any) -> str:
    """Return the first half of a surrogate pair that stands alone, as JSON writes it, or nothing."""
    try:
        json.dumps(data, ensure_ascii=False).encode()
    except UnicodeEncodeError as error:
        return f"\\u{ord(error.object[error.start]):04x}"
    return ""


def _cell(raw: Any, number: int, line: int) -> Cell | None:
    """Return a cell from its JSON, or None when it is none."""
    if not isinstance(raw, dict) or raw.get("cell_type") not in ("markdown", "code", "raw"):
        return None
    source = raw.get("source", "")
    if isinstance(source, list) and all(isinstance(part, str) for part in source):
        source = "".join(source)
    if not isinstance(source, str):
        return None
    outputs, count = raw.get("outputs"), raw.get("execution_count")
    return Cell(
        number,
        raw["cell_type"],
        source,
        line,
        str(raw.get("id", "")),
        kept_metadata(raw.get("metadata")),
        len(outputs) if isinstance(outputs, list) else 0,
        count if isinstance(count, int) else None,
    )


def kept_metadata(metadata: Any) -> dict[str, Any]:
    """Return the metadata of a cell that means something to us; editors leave all kinds of it."""
    if not isinstance(metadata, dict):
        return {}
    return {key: metadata[key] for key in ("alt", "tags") if metadata.get(key)}


def _key_line(text: str, key: str, after: int = 1) -> int:
    """Return the line of a JSON key, the first one at or below a line."""
    pattern = re.compile(rf'(?<!\\)"{re.escape(key)}"\s*:')
    match = pattern.search(text, offset(text, after)) or pattern.search(text)
    return text.count("\n", 0, match.start()) + 1 if match else 1
